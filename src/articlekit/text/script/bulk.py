"""Conversion of long texts: a block of them at a time, in arrays of code points.

Gives what `articlekit.text.script.conversion` gives for a short text, several times as fast.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import numpy as np

from articlekit.text.script.dictionaries import Converted, Dictionary
from articlekit.text.script.tries import NO_MATCHES, Ints, Matches, PhraseTrie, code_points, text_of

_BLOCK = 1 << 16  # characters; the arrays of a block stay in the cache of a processor
_SEPARATORS = "\n。，！？；：、 \t\r,.!?;:"  # where a block may end, unless they are part of a key
_SPARSE = 64  # characters for each one that triggers, from which lines are looked at one by one


class BulkConverter:
    """A chain of dictionaries for arrays. Immutable, so threads may share it.

    Args:
        steps: the dictionaries in order.
        unsegmented: how many of them come before the segmentation.
        segmentation: whose matches bound those of the other steps; None for no bounds.
        triggers: characters without which a text does not change.
    """

    __slots__ = ("_cutter", "_separator", "_steps", "_triggers", "_unsegmented")

    def __init__(
        self,
        steps: Sequence[Dictionary],
        unsegmented: int,
        segmentation: Dictionary | None,
        triggers: Collection[str],
    ) -> None:
        self._steps = [(step.trie, step.distances) for step in steps]
        self._unsegmented = unsegmented
        self._cutter = segmentation.trie if segmentation else None
        tries = [trie for trie, _ in self._steps] + ([self._cutter] if self._cutter else [])
        marks = [mark for mark in _SEPARATORS if not any(trie.holds(mark) for trie in tries)]
        self._separator = re.compile(f"[{''.join(map(re.escape, marks))}]")
        self._triggers = np.zeros(max(map(ord, triggers), default=0) + 2, bool)
        self._triggers[[ord(trigger) for trigger in triggers]] = True

    def pieces(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the parts of a text start and end that may change: blocks, or lines of them."""
        for start, end in self._blocks(text):
            block = text[start:end]
            places = np.flatnonzero(self._triggers.take(code_points(block), mode="clip"))
            if places.size * _SPARSE > len(block):
                yield start, end
                continue
            done = 0
            for place in places.tolist():
                if place >= done:
                    first, last = block.rfind("\n", 0, place) + 1, block.find("\n", place)
                    done = last if last >= 0 else len(block)
                    yield start + first, start + done

    def convert(self, text: str) -> Converted:
        """Convert a part of a text that begins and ends where no key can match across."""
        points = code_points(text)
        is_shifted = False
        cuts: Ints | None = None
        found = NO_MATCHES
        for number, (trie, distances) in enumerate(self._steps):
            if number == self._unsegmented and self._cutter:
                found = self._cutter.matches(points)
                cuts = np.column_stack((found.starts, found.ends)).ravel()
            if not (number == self._unsegmented and trie is self._cutter):
                found = trie.matches(points, cuts) if trie else NO_MATCHES
            points, growth = _replaced(points + distances.take(points, mode="clip"), found, trie)
            if growth.any():
                is_shifted = True
                cuts = _moved(cuts, found.starts, growth) if cuts is not None else None
        return Converted(text_of(points), is_shifted)

    def _blocks(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the bounds of blocks, each of which ends behind a separator."""
        start = 0
        while len(text) - start > _BLOCK:
            end = text.rfind("\n", start, start + _BLOCK) + 1
            if not end:
                window = self._separator.finditer(text, start, start + _BLOCK)
                last = max((mark.end() for mark in window), default=None)
                later = None if last else self._separator.search(text, start + _BLOCK)
                end = last or (later.end() if later else len(text))
            yield start, end
            start = end
        if start < len(text):
            yield start, len(text)


def _replaced(points: Ints, found: Matches, trie: PhraseTrie) -> tuple[Ints, Ints]:
    """Put the values of matches into `points`; also return by how much each makes the text longer."""
    starts, ends, nodes = found
    if not nodes.size:
        return points, nodes
    first, sizes = trie.value_starts[nodes], trie.value_lengths[nodes]
    growth = sizes - (ends - starts)
    same = np.flatnonzero(growth == 0)
    counts = sizes[same]
    inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    points[np.repeat(starts[same], counts) + inside] = trie.values[np.repeat(first[same], counts) + inside]
    shifting = np.flatnonzero(growth)
    if not shifting.size:
        return points, growth
    bounds = np.column_stack((starts[shifting], ends[shifting])).ravel().tolist()
    kept = [points[start:end] for start, end in pairwise([0, *bounds, len(points)])][::2]
    values = np.column_stack((first[shifting], sizes[shifting])).tolist()
    parts = [kept[0]]
    for (start, size), after in zip(values, kept[1:], strict=True):
        parts += (trie.values[start : start + size], after)
    return np.concatenate(parts), growth


def _moved(cuts: Ints, starts: Ints, growth: Ints) -> Ints:
    """Return `cuts` after matches have changed the length of the text. No match lies across a cut."""
    total = np.concatenate(([0], np.cumsum(growth)))
    moved: Ints = cuts + total[np.searchsorted(starts, cuts, "left")]
    return moved
