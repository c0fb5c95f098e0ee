"""Probabilities from counts, the choice of what to keep of them, and their packing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articlekit.text.character_model import CLASSES, Arrays, class_table
from articlekit.text.character_model.storage import (
    BACKOFF_STEP,
    Rows,
    packed_costs,
    packed_pairs,
    packed_triples,
)
from tools.character_statistics.counts import BASE, Counts, Integers, Weighted, Weights, columns, summed
from tools.character_statistics.scripts import Scripts


@dataclass(frozen=True, slots=True)
class Settings:
    """How to estimate.

    Attributes:
        pairs, triples: how many to keep. What the triples need of pairs is kept on top.
        pair_discount, triple_discount: what is taken off counts of one, and of three and more.
        covered: the share of what kept triples say that is taken off their pairs: pairs are asked where
            there is no triple, so they should say what else may follow (as in Kneser-Ney smoothing).
        most: what a pair counts at most where single characters are estimated: how often a symbol follows
            *different* ones says more about unseen pairs than how often it occurs.
        unseen: what a symbol counts there besides.
    """

    pairs: int = 300_000
    triples: int = 340_000
    pair_discount: tuple[float, float] = (0.75, 1.15)
    triple_discount: tuple[float, float] = (1.0, 1.5)
    covered: float = 0.95
    most: float = 2.0
    unseen: float = 0.05


def discounts(weights: Weights, once: float, often: float) -> Weights:
    """Return what absolute discounting takes off each count; in proportion where it is below one."""
    return np.where(weights < 1, once * weights, once + (often - once) * np.clip((weights - 1) / 2, 0, 1))


class Estimate:
    """A model of everything that was counted, to be pruned."""

    def __init__(self, counts: Counts, scripts: Scripts, settings: Settings) -> None:
        self.counts, self.scripts, self.settings = counts, scripts, settings
        self._name_symbols()
        self._estimate_pairs()
        self._estimate_triples()

    def _name_symbols(self) -> None:
        """Number the symbols: first the classes, each for all its unseen characters, then by frequency."""
        table = class_table().astype(np.int64)
        one, two = columns(self.counts.pairs.keys, 2)
        weight = np.bincount(two, self.counts.pairs.weights, BASE)
        weight[ord("\n")] = weight.max() + 1
        seen = np.flatnonzero(weight + np.bincount(one, minlength=BASE))
        ordered = seen[np.argsort(-weight[seen], kind="stable")]
        kinds = len(CLASSES)
        self.size = kinds + len(ordered)
        self.symbol = table.copy()
        self.symbol[ordered] = kinds + np.arange(len(ordered))
        self.classes = np.concatenate((np.arange(kinds), table[ordered]))

    def _keys(self, weighted: Weighted, length: int) -> Weighted:
        """Return the same with numbers of symbols instead of code points in the keys."""
        keys = np.zeros(len(weighted.keys), np.int64)
        for code in columns(weighted.keys, length):
            keys = keys * self.size + self.symbol[code]
        return summed(keys, weighted.weights)

    def _estimate_pairs(self) -> None:
        size, settings, kinds = self.size, self.settings, len(CLASSES)
        self.pairs = self._keys(self.counts.pairs, 2)
        self.rows, behind = self.pairs.keys // size, self.pairs.keys % size
        few = np.minimum(self.pairs.weights, settings.most)
        class_pairs = np.full((kinds, kinds), 0.5)
        np.add.at(class_pairs, (self.classes[self.rows], self.classes[behind]), self.pairs.weights)
        self.class_pairs = class_pairs / class_pairs.sum(1, keepdims=True)
        counts = np.bincount(behind, few, size) + settings.unseen
        counts[:kinds] += 0.5
        self.unigram = counts / np.bincount(self.classes, counts, kinds)[self.classes]
        self.lower = self.class_pairs[self.classes[self.rows], self.classes[behind]] * self.unigram[behind]
        self.ends = np.bincount(self.symbol[self.counts.ends.keys], self.counts.ends.weights, size)
        self._weigh_pairs(self.pairs.weights)

    def _weigh_pairs(self, weights: Weights) -> None:
        """Estimate the probabilities of pairs that weigh so much."""
        off = discounts(weights, *self.settings.pair_discount)
        total = np.bincount(self.rows, weights, self.size) + self.ends
        left = (np.bincount(self.rows, off, self.size) + self.ends) / np.maximum(total, 1e-9)
        backed = left[self.rows] * self.lower
        self.full = (weights - off) / np.maximum(total[self.rows], 1e-9) + backed
        self.gain = weights * np.log(self.full / backed)

    def _estimate_triples(self) -> None:
        size, settings = self.size, self.settings
        self.triples = self._keys(self.counts.triples, 3)
        contexts, context = np.unique(self.triples.keys // size, return_inverse=True)
        weights = self.triples.weights
        off = discounts(weights, *settings.triple_discount)
        ends = self._keys(self.counts.pair_ends, 2).of(contexts)
        total = np.bincount(context, weights) + ends
        left = (np.bincount(context, off) + ends) / total
        self.context_pair = np.searchsorted(self.pairs.keys, contexts)[context]
        self.triple_pair = np.searchsorted(self.pairs.keys, self.triples.keys % size**2)
        own, left = (weights - off) / total[context], left[context]
        lower = left * self.full[self.triple_pair]
        gain = weights * np.log((own + lower) / lower)
        self.kept_triples = np.sort(np.argsort(-gain, kind="stable")[: settings.triples])
        kept_pairs = self.triple_pair[self.kept_triples]
        said = np.bincount(kept_pairs, (weights - off)[self.kept_triples], len(self.pairs.keys))
        all_said = self.pairs.weights
        self._weigh_pairs(np.maximum(all_said - settings.covered * said, 0.02 * all_said))
        self.full_triples = own + left * self.full[self.triple_pair]

    def pruned(self) -> Arrays:
        """Keep what would cost most to lose; renormalise what the others back off to."""
        needed = (self.triple_pair[self.kept_triples], self.context_pair[self.kept_triples])
        best = np.argsort(-self.gain, kind="stable")[: self.settings.pairs]
        pairs = np.unique(np.concatenate((best, *needed)))
        packed = self._packed_pairs(pairs)
        return {
            **packed,
            **self._packed_triples(Rows.pairs(packed), pairs),
            **self._packed_forms(),
            "unigrams": packed_costs(self.unigram),
            "class_pairs": packed_costs(self.class_pairs),
            "symbol_classes": self.classes.astype(np.uint8),
        }

    def _packed_pairs(self, kept: Integers) -> Arrays:
        rows, behind = self.pairs.keys[kept] // self.size, self.pairs.keys[kept] % self.size
        return {
            **packed_pairs(rows, behind, self.full[kept], self.size),
            "pair_backoffs": _backoffs(rows, self.full[kept], self.lower[kept], self.size),
        }

    def _packed_triples(self, stored: Rows, pairs: Integers) -> Arrays:
        kept = self.kept_triples
        rows = np.searchsorted(pairs, self.context_pair[kept])
        full = self.full_triples[kept]
        backoffs = _backoffs(rows, full, self.full[self.triple_pair[kept]], len(pairs))
        return packed_triples(stored, rows, self.triples.keys[kept] % self.size, full, backoffs)

    def _packed_forms(self) -> Arrays:
        scripts, forms = self.scripts, self.counts.forms
        known = [chr(code) for code in forms.keys.tolist()]
        known += [c for c in (*scripts.to_simplified, *scripts.to_traditional) if len(c) == 1]
        codes = np.array(sorted({ord(c) for c in known if ord(c) < BASE}), np.int64)
        characters = [chr(code) for code in codes.tolist()]
        symbols = self.symbol[[ord(scripts.symbol(c)) for c in characters]]
        script = np.array([scripts.script(c) for c in characters], np.int64)
        # Within one script: a traditional form does not compete with the simplified one.
        weights = forms.of(codes) + 0.05
        group = symbols * 3 + script
        share = weights / np.bincount(group, weights)[group]
        pairs = self.counts.script_pairs + 1.0
        expected = pairs.sum(1, keepdims=True) * pairs.sum(0, keepdims=True) / pairs.sum()
        return {
            "codes": np.diff(codes, prepend=0).astype(np.uint16),
            "symbols": symbols.astype(np.uint16),
            "scripts": script.astype(np.uint8),
            "forms": packed_costs(share),
            "script_pairs": packed_costs(np.minimum(pairs / expected, 1.0)),
        }


def _backoffs(rows: Integers, full: Weights, lower: Weights, size: int) -> NDArray[np.uint8]:
    """Return what is left for the columns a row has not, as a share of what they have in the lower order."""
    mass = np.clip(1.0 - np.bincount(rows, full, size), 1e-3, 1.0)
    room = np.clip(1.0 - np.bincount(rows, lower, size), 1e-3, 1.0)
    return packed_costs(np.minimum(mass / room, 1.0), BACKOFF_STEP)
