"""Counts of lines over a corpus of any size, in bounded memory and whatever the order of its documents.

A first pass adds every key of every document to a count-min sketch, which never counts too little. In a
second pass only keys the sketch holds for frequent are counted exactly. When they become more than the
table may hold, the threshold rises, and with it goes every key below it: the same keys in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappush, heappushpop

import numpy as np
from numpy.typing import NDArray

_ROWS = 4
_MIXERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
_SPACE = float(1 << 63)  # hashes are below


class Sketch:
    """Counts of hashed keys, a little too high at worst: 16 MB for `bits` = 20."""

    def __init__(self, bits: int = 20) -> None:
        self._shift = np.uint64(64 - bits)
        self._counts = np.zeros((_ROWS, 1 << bits), dtype=np.uint32)

    def add(self, hashes: Iterable[int]) -> None:
        """Count the distinct `hashes` of one document."""
        for row, places in enumerate(self._places(sorted(set(hashes)))):
            self._counts[row, places] += 1

    def counts(self, hashes: Sequence[int]) -> list[int]:
        """Return in how many documents each of `hashes` was, or a little more.

        >>> sketch = Sketch(bits=8)
        >>> sketch.add([1, 2]); sketch.add([2])
        >>> sketch.counts([1, 2])
        [1, 2]
        """
        if not hashes:
            return []
        rows = [self._counts[row, places] for row, places in enumerate(self._places(hashes))]
        least: list[int] = np.minimum.reduce(rows).tolist()
        return least

    def _places(self, hashes: Sequence[int]) -> list[NDArray[np.uint64]]:
        codes = np.array(hashes, dtype=np.uint64)
        return [(codes * np.uint64(mixer)) >> self._shift for mixer in _MIXERS]


class Distinct:
    """Counts distinct hashes: exactly up to `size`, by the smallest hashes beyond.

    >>> seen = Distinct(4)
    >>> for value in (5, 7, 5): seen.add(value)
    >>> seen.count()
    2
    """

    __slots__ = ("_heap", "_held", "_size")

    def __init__(self, size: int = 64) -> None:
        self._size, self._heap, self._held = size, list[int](), set[int]()

    def add(self, value: int) -> None:
        """Count one hash."""
        if value in self._held or (len(self._heap) == self._size and value >= -self._heap[0]):
            return
        self._held.add(value)
        if len(self._heap) < self._size:
            heappush(self._heap, -value)
        else:
            self._held.discard(-heappushpop(self._heap, -value))

    def count(self) -> int:
        """Return how many there were."""
        if len(self._heap) < self._size:
            return len(self._heap)
        return int((self._size - 1) * _SPACE / -self._heap[0])


class Smallest:
    """The few texts with the smallest hashes, and how often each came: the same in any order."""

    __slots__ = ("_held", "_size")

    def __init__(self, size: int) -> None:
        self._size, self._held = size, dict[str, list[int]]()

    def add(self, text: str, code: int) -> None:
        """Count a text with its hash."""
        held = self._held.get(text)
        if held is not None:
            held[1] += 1
            return
        self._held[text] = [code, 1]
        if len(self._held) > 2 * self._size:  # those that go never come back among the smallest
            self._held = dict(self._sorted()[: self._size])

    def counts(self) -> dict[str, int]:
        """Return the texts, smallest hash first, and how often each was added."""
        return {text: count for text, (_, count) in self._sorted()[: self._size]}

    def _sorted(self) -> list[tuple[str, list[int]]]:
        return sorted(self._held.items(), key=lambda item: (item[1][0], item[0]))


@dataclass(slots=True)
class Counts:
    """What is known about one key.

    Attributes:
        estimate: of the sketch, by which keys are dropped when they become too many.
        lines: occurrences, each document once.
        zones: of them in header, body and footer.
        prose: of them that read as running text or as a sentence.
        heads: of them that the markup calls a heading.
        longest: characters.
        articles: distinct articles it stands in; copies of one article count once.
        sites: distinct hosts; `site_lines` holds some of them with their occurrences.
        tails: for a label, what stands behind it.
        examples: lines as they stand in the corpus.
    """

    estimate: int
    lines: int = 0
    zones: list[int] = field(default_factory=lambda: [0, 0, 0])
    prose: int = 0
    heads: int = 0
    longest: int = 0
    articles: Distinct = field(default_factory=Distinct)
    sites: Distinct = field(default_factory=Distinct)
    site_lines: Smallest = field(default_factory=lambda: Smallest(16))
    tails: Distinct = field(default_factory=lambda: Distinct(32))
    examples: Smallest = field(default_factory=lambda: Smallest(3))


class Table:
    """The keys that are counted exactly, at most `size` of them."""

    def __init__(self, least: int, size: int) -> None:
        self.least, self._size = least, size
        self.counts: dict[str, Counts] = {}

    def get(self, key: str, estimate: int) -> Counts | None:
        """Return the counts of a key to fill in, or None for one that is too rare."""
        if estimate < self.least:
            return None
        counts = self.counts.get(key)
        if counts is None:
            counts = self.counts[key] = Counts(estimate)
            while len(self.counts) > self._size:
                self._raise_least()
        return self.counts.get(key)

    def _raise_least(self) -> None:
        self.least += 1
        self.counts = {key: counts for key, counts in self.counts.items() if counts.estimate >= self.least}
