"""What is remembered of every text while duplicates are searched: not the text itself.

Texts that agree in everything that is compared (the letters and the figures) are one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from articlekit.dedup.classes import Figures, figures_of
from articlekit.dedup.items import DedupItem
from articlekit.dedup.normalise import comparable, normalise
from articlekit.dedup.shingles import shingle_hashes
from articlekit.dedup.signatures import PERMUTATIONS, Shingles, sign

# Everything that decides between two items, the preferred one first.
Rank = tuple[object, ...]


@dataclass(slots=True)
class Row:
    """One text, and all items that are exactly it."""

    text: int  # number of the different text (letters only) in `Features`
    figures: Figures
    items: list[tuple[Rank, int, str]] = field(default_factory=list)  # rank, index, id


@dataclass(slots=True)
class Features:
    """Rows and the different texts they have.

    Attributes:
        rows: in the order in which they came.
        shingles: sorted hashes of each different text.
        signatures: uint32 array of shape (texts, 128).
    """

    rows: list[Row]
    shingles: list[Shingles]
    signatures: NDArray[np.uint32]


def collect(items: Iterable[DedupItem], policy: str, seed: int) -> Features:
    """Read all items once. Empty texts are left out: they are never duplicates."""
    collector = _Collector(policy)
    signatures = list(sign(collector.new_texts(items), seed))
    table = np.array(signatures, np.uint32) if signatures else np.empty((0, PERMUTATIONS), np.uint32)
    return Features(list(collector.rows.values()), collector.shingles, table)


class _Collector:
    """Builds rows while the shingles of new texts are handed on."""

    def __init__(self, policy: str) -> None:
        self.rows: dict[tuple[int, bytes], Row] = {}
        self.shingles: list[Shingles] = []
        self._policy = policy
        self._texts: dict[bytes, int] = {}

    def new_texts(self, items: Iterable[DedupItem]) -> Iterator[Shingles]:
        """Yield the shingles of every text that was not seen before."""
        for item in items:
            normalised = normalise(item.text)
            letters = comparable(normalised)
            if not letters:
                continue
            digest = _digest(letters)
            text = self._texts.setdefault(digest, len(self._texts))
            figures = figures_of(normalised)
            row = self.rows.setdefault((text, _digest("\n".join(figures))), Row(text, figures))
            rank = _rank(item, self._policy, len(letters), digest)
            row.items.append((rank, item.index, item.id))
            if text == len(self.shingles):
                self.shingles.append(shingle_hashes(letters))
                yield self.shingles[text]


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _rank(item: DedupItem, policy: str, length: int, digest: bytes) -> Rank:
    """Return what to sort by. The text comes last, so that order of input decides nothing."""
    ties: Rank = (-length, item.id, item.sha256, item.uri, item.record or 0, digest)
    if policy == "earliest":
        return (item.published is None, item.published or "", *ties)
    if policy == "lowest-id":
        return (item.id, *ties)
    return ties


def figure_groups(rows: Sequence[Row]) -> NDArray[np.uint64]:
    """Number the different sets of figures: rows have the same number if they have the same figures."""
    numbers: dict[Figures, int] = {}
    return np.array([numbers.setdefault(row.figures, len(numbers)) for row in rows], np.uint64)
