"""The character model fitted to one document: its own words, and the script it is written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articlekit.text.character_model import Floats, shipped

_OWN_WORDS = 0.3  # weight of the document's own pairs of characters
_KEPT_CONTEXTS = 4096


class Candidates(NamedTuple):
    """Characters to choose from, as the character model sees them; `index` gives their places."""

    characters: tuple[str, ...]
    symbols: NDArray[np.int64]
    forms: Floats
    scripts: NDArray[np.uint8]
    simplified: Floats
    index: Mapping[str, int]


def candidates(characters: tuple[str, ...]) -> Candidates:
    """Prepare characters for `DocumentModel.ranked`."""
    symbols, forms, scripts = shipped().looked_up("".join(characters))
    simplified = np.array([shipped().script(c) == "Hans" for c in characters], np.float32)
    return Candidates(characters, symbols, forms, scripts, simplified, {c: i for i, c in enumerate(characters)})


class DocumentModel:
    """Log probabilities in one document, which is written in traditional characters.

    Args:
        text: text of the document that is known to be sound.
        simplified: nats that a character of simplified Chinese costs.
    """

    def __init__(self, text: str, simplified: float) -> None:
        self.model, self.simplified = shipped(), simplified
        self.pairs = Counter(map(str.__add__, text, text[1:]))
        self.singles = Counter(text)
        self.scores: dict[str, float] = {}
        self.followers: dict[str, dict[str, float]] = {}
        for pair in self.pairs:
            self.followers.setdefault(pair[0], {})[pair[1]] = self._own(pair)

    def _own(self, pair: str) -> float:
        return log(_OWN_WORDS * self.pairs[pair] / (self.singles[pair[0]] + 2))

    def after(self, context: str, character: str) -> float:
        """Return the log probability of a character behind the last two of `context`."""
        key = context + character
        score = self.scores.get(key)
        if score is None:
            if len(self.scores) > _KEPT_CONTEXTS * 8:
                self.scores.clear()
            score = self.model.after(context, character)
            if self.model.script(character) == "Hans":
                score -= self.simplified
            own = self.followers.get(context[-1:], {}).get(character)
            if own is not None and own > score:
                score = own
            self.scores[key] = score
        return score

    def all_after(self, context: str, among: Candidates) -> Floats:
        """Return the log probability of each of the candidates behind `context`."""
        scores = self.model.each_after(context, among.symbols, among.scripts)
        scores = scores - among.forms - self.simplified * among.simplified
        for character, own in self.followers.get(context[-1:], {}).items():
            place = among.index.get(character)
            if place is not None and own > scores[place]:
                scores[place] = own
        return scores

    def ranked(self, context: str, among: Candidates, gains: Mapping[str, float], count: int) -> list[tuple[str, float]]:
        """Return the best `count` candidates behind `context` with their log probabilities plus gains."""
        if not among.characters:
            return []
        scores = self.all_after(context, among)
        for character, gain in gains.items():
            if (place := among.index.get(character)) is not None:
                scores[place] += gain
        if len(scores) > count:
            places = np.argpartition(scores, -count)[-count:]
        else:
            places = np.arange(len(scores))
        characters = among.characters
        return [(characters[place], score) for place, score in zip(places.tolist(), scores[places].tolist(), strict=True)]
