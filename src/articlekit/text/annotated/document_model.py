"""The character model fitted to one document: its words, its script, and what it leaves unannotated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from articlekit.text.annotated import gbk
from articlekit.text.character_model import Candidates, Floats, shipped

Gains: TypeAlias = "tuple[tuple[str, float], ...]"  # characters and what speaks for them, in nats
UNKNOWN = "\ufffd"
FOREIGN = 5.0  # nats: how rare simplified characters, kana and such are in traditional text
_OWN_PAIRS = 0.3  # weight of the document's own pairs of characters
_OWN_CHARACTERS = 0.08  # weight of its own characters
_UNKNOWN = -3.0  # a character of which nothing is known, but that it stands there
_KEPT_SCORES = 50_000
_LEAST = 1500  # characters for which a shorter document is taken
_READ = 30_000  # characters of the document that are looked at
_KEPT_RIGHT, _KEPT_GAINED = 1024, 1000
_CODES = 0x10000


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Characters to choose from, with their bytes; equal to itself alone, so that it can be a key.

    Attributes:
        among: the characters, as the character model sees them.
        codes: their code points, 0xFFFF for those beyond.
        leads: their first bytes in GBK.
        trails: their second bytes.
        foreign: what each costs in nats because traditional text hardly ever has it.
    """

    among: Candidates
    codes: NDArray[np.int64]
    leads: NDArray[np.int64]
    trails: NDArray[np.int64]
    foreign: Floats


def choice(characters: str) -> Choice:
    """Return characters of GBK as a choice."""
    among = shipped().candidates(characters)
    codes = np.array([min(ord(character), _CODES - 1) for character in characters], np.int64)
    pairs = np.array([gbk.pairs()[character] for character in characters], np.int64)
    return Choice(among, codes, pairs >> 8, pairs & 0xFF, among.foreign * FOREIGN)


class Way(NamedTuple):
    """A text over some lost pairs, its log probability, and of its last character symbol and second byte."""

    written: str
    score: float
    symbol: int
    trail: int


class DocumentModel:
    """Log probabilities in one document, which is written in traditional characters.

    Args:
        text: text of the document that is known to be sound.
        bare: what each code point costs in nats where it has no annotation, see `Evidence`.
    """

    def __init__(self, text: str, bare: Floats) -> None:
        text = text[:_READ]
        self.model, self.text, self.bare = shipped(), text, bare
        self.followers: dict[str, dict[str, float]] = {}
        self.scores: dict[str, float] = {}
        self.foreign: dict[str, float] = {}
        self.gained_scores: dict[tuple[str, Choice, Gains, bool], Floats] = {}
        self.ways: dict[tuple[str, int, bool, Gains, int], list[Way]] = {}
        size = max(len(text), _LEAST)
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        counts = np.bincount(np.minimum(codes, _CODES - 1), minlength=_CODES)
        self.single_of_code: Floats = (counts * (_OWN_CHARACTERS / size)).astype(np.float32)

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

    def bare_cost(self, character: str) -> float:
        """Return what a character costs that has no annotation."""
        return self.bare.item(min(ord(character), _CODES - 1))

    def after(self, context: str, character: str) -> float:
        """Return the log probability of a character behind the last two of `context`.

        U+FFFD stands for an unknown character.
        """
        key = context + character
        score = self.scores.get(key)
        if score is None:
            if len(self.scores) > _KEPT_SCORES:
                self.scores.clear()
            score = self.scores[key] = self._after(context, character)
        return score

    def _after(self, context: str, character: str) -> float:
        if character == UNKNOWN:
            return _UNKNOWN
        if context[-1:] == UNKNOWN:
            score = self.model.after_any(character)
        else:
            score = self.model.after(context, character)
        score -= self._foreign_cost(character)
        own = self.own(context).get(character, 0.0) + self.single_of_code.item(
            min(ord(character), _CODES - 1)
        )
        return log(exp(score) + own) if own else score

    def _foreign_cost(self, character: str) -> float:
        cost = self.foreign.get(character)
        if cost is None:
            cost = self.foreign[character] = FOREIGN * self.model.is_foreign(character)
        return cost

    def written(self, context: str, text: str) -> float:
        """Return the log probability of `text` behind `context`."""
        total = 0.0
        for character in text:
            total += self.after(context, character)
            context = (context + character)[-2:]
        return total

    def all_after(self, context: str, among: Choice) -> Floats:
        """Return the log probability of each character of a choice behind `context`."""
        likely = np.exp(self.model.each_after(context, among.among) - among.foreign)
        likely += self.single_of_code[among.codes]
        places = among.among.places
        for character, weight in self.own(context).items():
            if (place := places.get(character)) is not None:
                likely[place] += weight
        mixed: Floats = np.log(likely)
        return mixed

    def gained(self, context: str, among: Choice, gains: Gains, *, bare: bool) -> Floats:
        """Return the same plus `gains` for some characters, less what those without annotation cost.

        The array is kept: do not change it.
        """
        key = (context, among, gains, bare)
        scores = self.gained_scores.get(key)
        if scores is None:
            if len(self.gained_scores) > _KEPT_GAINED:
                self.gained_scores.clear()
            scores = self.gained_scores[key] = self._gained(context, among, gains, bare)
        return scores

    def _gained(self, context: str, among: Choice, gains: Gains, bare: bool) -> Floats:
        scores = self.all_after(context, among)
        if bare:
            scores -= self.bare[among.codes]
        places = among.among.places
        for character, gain in gains:
            if (place := places.get(character)) is not None:
                scores[place] += gain
        return scores


@lru_cache(maxsize=_KEPT_RIGHT)
def right_of(among: Choice, character: str) -> Floats:
    """Return the log probability of a character behind each of a choice."""
    scores: Floats = shipped().matrix(among.among.symbols, shipped().candidates(character))[:, 0]
    return scores


def best_places(scores: Floats, count: int) -> NDArray[np.int64]:
    """Return the places of the highest `count` scores, in no order."""
    if len(scores) <= count:
        return np.arange(len(scores))
    return scores.argpartition(-count)[-count:]
