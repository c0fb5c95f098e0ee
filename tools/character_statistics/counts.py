"""Counts of characters, pairs and triples as sorted numpy arrays, with weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from articlekit.text.character_model import folded
from tools.character_statistics.scripts import HANS, HANT, Scripts

BASE = 0x10000  # keys of pairs and triples are numbers with this base, their digits are code points
Integers: TypeAlias = NDArray[np.int64]
Weights: TypeAlias = NDArray[np.floating[Any]]


class Weighted(NamedTuple):
    """Sorted keys and their weights."""

    keys: Integers
    weights: Weights

    def of(self, keys: Integers) -> Weights:
        """Return the weight of each key, 0 where there is none."""
        if not len(self.keys):
            return np.zeros(len(keys))
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, self.weights[places], 0.0)

    def scaled(self, by: float | Weights) -> Weighted:
        return Weighted(self.keys, self.weights * by)


def summed(keys: Integers, weights: Weights | None = None) -> Weighted:
    """Add up the weights (1 each if there are none) of equal keys."""
    if weights is None:
        found, counts = np.unique(keys, return_counts=True)
        return Weighted(found, counts.astype(np.float64))
    found, inverse = np.unique(keys, return_inverse=True)
    return Weighted(found, np.bincount(inverse, weights, len(found)).astype(np.float64))


def merged(parts: Sequence[Weighted]) -> Weighted:
    return summed(np.concatenate([p.keys for p in parts]), np.concatenate([p.weights for p in parts]))


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted.

    Attributes:
        forms: characters as written.
        pairs, triples: keys of symbols; a line begins behind a line break and ends with one.
        ends, pair_ends: how often words end with a symbol or with two, so that something else follows.
        script_pairs: how often a character of one script follows one of another.
    """

    forms: Weighted
    pairs: Weighted
    triples: Weighted
    ends: Weighted
    pair_ends: Weighted
    script_pairs: NDArray[np.float64]

    @classmethod
    def sum(cls, parts: Sequence[Counts]) -> Counts:
        """Add counts."""
        return cls(
            merged([part.forms for part in parts]),
            merged([part.pairs for part in parts]),
            merged([part.triples for part in parts]),
            merged([part.ends for part in parts]),
            merged([part.pair_ends for part in parts]),
            np.sum([part.script_pairs for part in parts], axis=0),
        )

    def as_background(self, pairs: float, triples: float, forms: float) -> Counts:
        """Return counts that tell what may follow where little else is known.

        No symbol weighs more than `pairs`, no pair as a context more than `triples`, however often they
        occur: such text is of another kind than what the model is for.
        """
        before = self.pairs.keys // BASE
        total = np.bincount(before, self.pairs.weights, BASE)
        _, inverse = np.unique(self.triples.keys // BASE, return_inverse=True)
        behind = np.bincount(inverse, self.triples.weights)
        return Counts(
            self.forms.scaled(forms),
            self.pairs.scaled((pairs / (total + pairs))[before]),
            self.triples.scaled((triples / (behind + triples))[inverse]),
            self.ends,
            self.pair_ends,
            self.script_pairs * 0.0,
        )


class Counter:
    """Counts text and words."""

    def __init__(self) -> None:
        self.scripts = scripts = Scripts()
        self.symbols = np.arange(BASE)
        self.script_of = np.zeros(BASE, np.uint8)
        for code in (*range(0xD800), *range(0xE000, BASE)):
            character = chr(code)
            self.symbols[code] = ord(folded(scripts.symbols.get(character, character)))
            self.script_of[code] = scripts.script(character)

    def codes(self, text: str) -> Integers:
        wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        return np.minimum(wide, BASE - 1).astype(np.int64)

    def is_simplified(self, line: str) -> bool:
        kinds = np.bincount(self.script_of[self.codes(line)], minlength=3)
        return bool(kinds[HANS] > kinds[HANT])

    def text(self, lines: Iterable[str]) -> Counts:
        """Count lines; Simplified ones twice, as they are and converted to Traditional."""
        kept = list(lines)
        kept += [self.scripts.convert(line) for line in kept if self.is_simplified(line)]
        codes = self.codes("\n" + "\n".join(kept) + "\n")
        one = self.symbols[codes]
        triples = (one[:-2] * BASE + one[1:-1]) * BASE + one[2:]
        scripts = self.script_of[codes]
        script_pairs = np.zeros((3, 3))
        np.add.at(script_pairs, (scripts[:-1], scripts[1:]), 1.0)
        return Counts(
            summed(codes),
            summed(one[:-1] * BASE + one[1:]),
            summed(triples[one[1:-1] != ord("\n")]),
            _NOTHING,
            _NOTHING,
            script_pairs,
        )

    def words(self, weight: float, power: float) -> Counts:
        """Count the words of jieba's list, in both scripts, each `weight` times its frequency^`power`.

        The list says how words go on inside, and `ends` how often they do not.
        """
        found: dict[str, list[tuple[int, float]]] = {n: [] for n in ("forms", "pairs", "triples", "1", "2")}
        for word, frequency in _jieba_words():
            value = weight * frequency**power
            for written in {word, self.scripts.convert(word)}:
                codes = self.codes(written)
                one = self.symbols[codes].tolist()
                found["forms"] += [(code, value) for code in codes.tolist()]
                two = [a * BASE + b for a, b in pairwise(one)]
                found["pairs"] += [(pair, value) for pair in two]
                found["triples"] += [(a * BASE + b, value) for a, b in zip(two, one[2:], strict=False)]
                found["1"].append((one[-1], value))
                found["2"] += [(pair, value) for pair in two[-1:]]
        arrays = [np.array(cells, np.float64).reshape(-1, 2) for cells in found.values()]
        forms, pairs, triples, ends, pair_ends = (summed(a[:, 0].astype(np.int64), a[:, 1]) for a in arrays)
        return Counts(forms, pairs, triples, ends, pair_ends, np.zeros((3, 3)))


_NOTHING = Weighted(np.zeros(0, np.int64), np.zeros(0))


def _jieba_words() -> Iterator[tuple[str, int]]:
    import jieba

    path = Path(jieba.__file__).with_name("dict.txt")
    for line in path.read_text("utf-8").split("\n"):
        word, _, rest = line.partition(" ")
        if word:
            yield word, int(rest.partition(" ")[0])


def columns(keys: NDArray[Any], length: int) -> list[Integers]:
    """Return the code points of keys of `length` digits, first to last."""
    return [keys // BASE ** (length - 1 - place) % BASE for place in range(length)]
