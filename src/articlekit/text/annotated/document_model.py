"""The character model fitted to one document: its own words, and the script it is written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import exp, log

import numpy as np

from articlekit.text.character_model import Candidates, Floats, shipped

_OWN_PAIRS = 0.3  # weight of the document's own pairs of characters
_OWN_CHARACTERS = 0.08  # weight of its own characters
_UNKNOWN = -3.0  # a character of which nothing is known, but that it stands there
UNKNOWN = "\ufffd"
_KEPT_SCORES = 50_000
_LEAST = 1500  # characters for which a shorter document is taken
_READ = 30_000  # characters of the document that are looked at


class DocumentModel:
    """Log probabilities in one document, which is written in traditional characters.

    Args:
        text: text of the document that is known to be sound.
        foreign: nats that a character costs that traditional Chinese hardly ever has.
    """

    def __init__(self, text: str, foreign: float) -> None:
        text = text[:_READ]
        self.model, self.foreign, self.text = shipped(), foreign, text
        self.followers: dict[str, dict[str, float]] = {}
        self.scores: dict[str, float] = {}
        size = max(len(text), _LEAST)
        self.singles = {c: _OWN_CHARACTERS * n / size for c, n in Counter(text).items()}

    def own(self, context: str) -> dict[str, float]:
        """Return the weighted probability of what stands behind a character in the document's own text."""
        last = context[-1:]
        found = self.followers.get(last)
        if found is None:
            parts = self.text.split(last)[1:] if last else []
            # Where the character is doubled, an empty part hides what follows it.
            counts: dict[str, int] = {}
            for part in parts:
                character = part[0] if part else last
                counts[character] = counts.get(character, 0) + 1
            found = {c: _OWN_PAIRS * count / (len(parts) + 2) for c, count in counts.items()}
            self.followers[last] = found
        return found

    def after(self, context: str, character: str) -> float:
        """Return the log probability of a character behind the last two of `context`.

        U+FFFD stands for an unknown character.
        """
        if character == UNKNOWN:
            return _UNKNOWN
        key = context + character
        score = self.scores.get(key)
        if score is None:
            if len(self.scores) > _KEPT_SCORES:
                self.scores.clear()
            if context[-1:] == UNKNOWN:
                score = self.model.alone(character) - 0.5
            else:
                score = self.model.after(context, character)
            if self.model.is_foreign(character):
                score -= self.foreign
            own = self.own(context).get(character, 0.0) + self.singles.get(character, 0.0)
            score = self.scores[key] = log(exp(score) + own)
        return score

    def written(self, context: str, text: str) -> float:
        """Return the log probability of `text` behind `context`."""
        total = 0.0
        for character in text:
            total += self.after(context, character)
            context = (context + character)[-2:]
        return total

    def all_after(self, context: str, among: Candidates) -> Floats:
        """Return the log probability of each of the candidates behind `context`."""
        scores = self.model.each_after(context, among) - self.foreign * among.foreign
        singles, pairs = self.singles, self.own(context)
        own = [singles.get(c, 0.0) + pairs.get(c, 0.0) for c in among.characters]
        mixed: Floats = np.log(np.exp(scores) + np.array(own, np.float32))
        return mixed

    def ranked_places(
        self, context: str, among: Candidates, gains: Mapping[str, float], count: int
    ) -> list[tuple[int, float]]:
        """Return the places of the best `count` candidates, with log probabilities plus gains."""
        if not among.characters:
            return []
        scores = self.all_after(context, among)
        for character, gain in gains.items():
            if (place := among.places.get(character)) is not None:
                scores[place] += gain
        places = np.argpartition(scores, -count)[-count:] if len(scores) > count else np.arange(len(scores))
        return list(zip(places.tolist(), scores[places].tolist(), strict=True))
