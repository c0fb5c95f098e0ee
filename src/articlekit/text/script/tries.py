"""Phrase tries in arrays: the longest key at every place of a text, found for all places at once.

The nodes of a trie are numbers. A child is found by hashing its parent's number and a character, so one step
down takes a handful of array operations for any number of places. `articlekit.text.script.phrases` finds the
same keys one place after another, which is quicker in a short text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]

_CHARACTER_BITS = 21
_NO_KEY = 255
_LINE_FEED = 0x0A  # in no value, so it can stand between them
_SPREAD = 6_364_136_223_846_793_005  # odd and large, so that pairs of neighbouring characters lie apart
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2**64 divided by the golden ratio: spreads neighbouring numbers
_SLOTS_PER_CHILD = 4
_MARKS_PER_PAIR = 8


class Matches(NamedTuple):
    """Keys found, sorted and apart: where they start and end in the text, and their nodes."""

    starts: Ints
    ends: Ints
    nodes: Ints


_EMPTY = np.zeros(0, np.int64)
NO_MATCHES = Matches(_EMPTY, _EMPTY, _EMPTY)


def code_points(text: str) -> Ints:
    """Return the code points of a text; lone surrogates too.

    >>> code_points("a國").tolist()
    [97, 22283]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)


def text_of(points: Ints) -> str:
    """Return the text that has these code points.

    >>> text_of(code_points("a國"))
    'a國'
    """
    return points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def distances(singles: Mapping[str, str]) -> Ints:
    """Return, by code point, how far away what a character becomes is; the last entry stands for all above.

    >>> points = code_points("a國")
    >>> text_of(points + distances({"國": "国"}).take(points, mode="clip"))
    'a国'
    """
    before, after = code_points("".join(singles)), code_points("".join(singles.values()))
    table = np.zeros(int(before.max(initial=0)) + 2, np.int64)
    table[before] = after - before
    return table


class PhraseTrie:
    """Keys of several ranks; at a place the lowest rank that has a key decides, with its longest one.

    Args:
        ranks: key → value, one mapping per rank. A key belongs to the first rank that has it.

    >>> trie = PhraseTrie([{"頭髮": "头发"}, {"頭髮長": "?", "理髮": "理发"}])
    >>> found = trie.matches(code_points("頭髮長理髮"))
    >>> found.starts.tolist(), found.ends.tolist()
    ([0, 3], [2, 5])
    """

    __slots__ = (
        "_alone", "_characters", "_children", "_first", "_pairs", "_parents", "_rank", "_shift",
        "value_lengths", "value_starts", "values",
    )  # fmt: skip

    def __init__(self, ranks: Sequence[Mapping[str, str]]) -> None:
        value_of: dict[str, str] = {}
        for rank in reversed(ranks):
            value_of.update(rank)
        keys = sorted(value_of)
        grid = _grid(keys)
        lengths = (grid > 0).sum(1)
        self._characters = np.zeros(int(grid.max(initial=0)) + 2, bool)
        self._characters[grid.ravel()] = True
        self._characters[0] = False  # the filling of the grid
        self._mark_beginnings(grid, lengths)
        ends, count = self._number_nodes(grid, lengths)
        self._rank = np.full(count + 1, _NO_KEY, np.uint8)
        self._rank[ends] = _ranks(keys, [rank for rank in ranks if rank])
        self.values = code_points("\n".join([*map(value_of.__getitem__, keys), ""]))
        feeds = np.flatnonzero(self.values == _LINE_FEED)
        starts = np.concatenate(([0], feeds + 1))[: len(keys)]
        self.value_starts, self.value_lengths = np.zeros((2, count + 1), np.int64)
        self.value_starts[ends], self.value_lengths[ends] = starts, feeds - starts

    def __bool__(self) -> bool:
        return bool(self.values.size)

    def holds(self, character: str) -> bool:
        """Say whether a character is part of a key."""
        return bool(self._characters.take(ord(character), mode="clip"))

    def matches(self, points: Ints, cuts: Ints | None = None) -> Matches:
        """Return the keys found from left to right; none lies across a position of `cuts` (sorted)."""
        places = self._places(points)
        best, lengths = self._longest(points, places, _room(places, cuts, len(points)))
        found = np.flatnonzero(best)
        starts = places[found]
        return _from_left(Matches(starts, starts + lengths[found], best[found]))

    # --- compiling ---------------------------------------------------------------------------------

    def _mark_beginnings(self, grid: NDArray[np.uint32], lengths: Ints) -> None:
        """Mark, by the hash of two characters, whether a key may begin with them; and keys of one."""
        pairs = grid[lengths > 1, :2].astype(np.int64)
        self._pairs = np.zeros(1 << (_MARKS_PER_PAIR * len(pairs)).bit_length(), bool)
        if len(pairs):
            self._pairs[self._hashed(pairs[:, 0], pairs[:, 1])] = True
        self._alone = np.zeros_like(self._characters)
        self._alone[grid[lengths == 1, 0]] = True

    def _hashed(self, first: Ints, second: Ints) -> Ints:
        return (first * _SPREAD + second) & (len(self._pairs) - 1)

    def _number_nodes(self, grid: NDArray[np.uint32], lengths: Ints) -> tuple[Ints, int]:
        """Number the nodes level by level and store who is whose child.

        Return, for every key, the node where it ends, and the number of nodes. The keys are sorted, so rows
        that share a beginning are neighbours.
        """
        rows, longest = grid.shape
        self._first = np.zeros(len(self._characters), np.int64)
        ends, parents = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
        apart = np.zeros(rows, bool)  # whether a row has differed from the one before it
        apart[:1] = True
        links: list[Ints] = []
        children: list[Ints] = []
        count = 0
        for depth in range(longest):
            characters = grid[:, depth].astype(np.int64)
            apart[1:] |= characters[1:] != characters[:-1]
            new = np.flatnonzero(apart & (lengths > depth))
            nodes = np.zeros(rows, np.int64)
            nodes[new] = np.arange(count + 1, count + 1 + len(new))
            nodes = np.maximum.accumulate(nodes)
            if depth == 0:
                self._first[characters[new]] = nodes[new]
            else:
                links.append(_link(parents[new], characters[new]))
                children.append(nodes[new])
            ends = np.where(lengths == depth + 1, nodes, ends)
            parents = nodes
            count += len(new)
        self._hash(np.concatenate([*links, _EMPTY]), np.concatenate([*children, _EMPTY]))
        return ends, count

    def _hash(self, links: Ints, children: Ints) -> None:
        """Put every link into the first free slot from where its hash points."""
        bits = max(1, (_SLOTS_PER_CHILD * len(links)).bit_length())
        self._shift = np.uint64(64 - bits)
        self._parents, self._children = np.zeros(1 << bits, np.int64), np.zeros(1 << bits, np.int64)
        slots = self._slots(links)
        waiting = np.arange(len(links))
        while waiting.size:
            at = slots[waiting]
            free = self._parents[at] == 0
            self._parents[at[free]] = links[waiting[free]]  # of several, the last one gets the slot
            placed = self._parents[at] == links[waiting]
            self._children[at[placed]] = children[waiting[placed]]
            waiting = waiting[~placed]
            slots[waiting] = self._next(slots[waiting])

    # --- matching ----------------------------------------------------------------------------------

    def _places(self, points: Ints) -> Ints:
        """Return where a key may start: two characters that one may begin with, or one that is a key."""
        possible = np.zeros(len(points), bool)
        possible[:-1] = self._pairs[self._hashed(points[:-1], points[1:])]
        possible |= self._alone.take(points, mode="clip")
        return np.flatnonzero(possible)

    def _longest(self, points: Ints, places: Ints, room: Ints) -> tuple[Ints, Ints]:
        """Return the node of the best key at every place, 0 where there is none, and its length."""
        nodes = self._first.take(points[places], mode="clip")
        best = np.where(self._rank[nodes] == _NO_KEY, 0, nodes)
        lengths = np.ones(len(places), np.int64)
        alive, at, depth = np.arange(len(places)), places, 1
        while alive.size:
            depth += 1
            on = room[alive] >= depth
            alive, at, nodes = alive[on], at[on] + 1, nodes[on]
            nodes = self._child(nodes, points[at])
            on = nodes > 0
            alive, at, nodes = alive[on], at[on], nodes[on]
            rank = self._rank[nodes]
            better = (rank < _NO_KEY) & (rank <= self._rank[best[alive]])
            best[alive[better]] = nodes[better]
            lengths[alive[better]] = depth
        return best, lengths

    def _child(self, nodes: Ints, characters: Ints) -> Ints:
        """Return the child of every node by a character, 0 where there is none."""
        links = _link(nodes, characters)
        slots = self._slots(links)
        stored = self._parents[slots]
        children = np.where(stored == links, self._children[slots], 0)
        unsure = np.flatnonzero((stored != links) & (stored != 0))
        while unsure.size:
            slots[unsure] = self._next(slots[unsure])
            stored = self._parents[slots[unsure]]
            hit = stored == links[unsure]
            children[unsure[hit]] = self._children[slots[unsure[hit]]]
            unsure = unsure[~hit & (stored != 0)]
        return children

    def _slots(self, links: Ints) -> Ints:
        return ((links.view(np.uint64) * _GOLDEN) >> self._shift).view(np.int64)

    def _next(self, slots: Ints) -> Ints:
        return (slots + 1) & (len(self._parents) - 1)


def _link(nodes: Ints, characters: Ints) -> Ints:
    """Return one number for a node and a character; never 0, as nodes count from 1."""
    return (nodes << _CHARACTER_BITS) | characters


def _grid(keys: Sequence[str]) -> NDArray[np.uint32]:
    """Return the code points of the keys, one row each, filled up with zeros."""
    longest = max(map(len, keys), default=1)
    return np.array(keys, f"<U{longest}").view("<u4").reshape(len(keys), longest)


def _ranks(keys: Sequence[str], ranks: Sequence[Mapping[str, str]]) -> Sequence[int] | int:
    """Return the first of the ranks that has a key, for every key."""
    if len(ranks) == 1:
        return 0
    rank_of: dict[str, int] = {}
    for number in range(len(ranks) - 1, -1, -1):
        rank_of.update(dict.fromkeys(ranks[number], number))
    return [rank_of[key] for key in keys]


def _room(places: Ints, cuts: Ints | None, end: int) -> Ints:
    """Return how many characters there are from every place to the next cut."""
    if cuts is None:
        return end - places
    return np.append(cuts, end)[np.searchsorted(cuts, places, "right")] - places


def _from_left(found: Matches) -> Matches:
    """Keep of overlapping matches those that a reader from left to right takes."""
    if (found.starts[1:] >= found.ends[:-1]).all():
        return found
    taken: list[int] = []
    end = 0
    for index, (start, stop) in enumerate(zip(found.starts.tolist(), found.ends.tolist(), strict=True)):
        if start >= end:
            taken.append(index)
            end = stop
    return Matches(found.starts[taken], found.ends[taken], found.nodes[taken])
