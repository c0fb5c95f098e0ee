"""Which numbered lines are headings and which are items of lists: decided on their whole sequence."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from articlekit.text.lines import Line
from articlekit.text.structure.headings import Marker, is_heading_shaped, read_marker

_NEVER = ("list-item", "table-row", "caption")
# Numbers that lists use as often as headings do: one alone proves nothing.
_LIST_STYLES = frozenset(
    {"arabic-dot", "arabic-comma", "arabic-colon", "arabic-parens", "arabic-paren", "arabic-space"}
    | {"roman", "circled", "enclosed", "step"}
)
_LOOK_AHEAD = 200  # markers; bounds the work on hostile input


def numbered_headings(lines: Sequence[Line]) -> dict[int, Marker]:
    """Return the numbered headings among lines that are not blank: index → number.

    A numbered line is a heading when it is shaped like one, its number runs on from 1 within its style
    (or from a later one, where the beginning was cut off and the style is not one of lists), and it is
    not part of a list: lines of a list follow one another directly, or count from 1 again inside a
    section whose own numbers go on after the list.

    >>> from articlekit.text.lines import split_lines
    >>> text = '''1. 流程
    ... 分两步：
    ... 1. 核对身份
    ... 2. 协商方案
    ... 2. 跟进
    ... 正文。'''
    >>> sorted(numbered_headings(split_lines(text)))
    [0, 4]
    """
    markers = {
        index: marker
        for index, line in enumerate(lines)
        if line.role not in _NEVER
        and (marker := read_marker(line.text)) is not None
        and is_heading_shaped(marker.title)
    }
    dividers = [
        index for index, line in enumerate(lines) if index not in markers and line.role in ("heading", "bold")
    ]
    state = _Sequence(list(markers.items()), dividers)
    for run in _runs(markers):
        state.take(run, trusted=lines[run[0]].role == "heading")
    accepted = {index: markers[index] for index in state.accepted}
    counts = Counter(marker.style for marker in accepted.values())
    with_decimals = {m.values[0] for m in accepted.values() if m.style == "decimal"}
    return {
        index: marker
        for index, marker in accepted.items()
        if counts[marker.style] > 1
        or marker.style not in _LIST_STYLES
        or lines[index].role in ("heading", "bold")
        or marker.values[0] in with_decimals
    }


def _runs(markers: Mapping[int, Marker]) -> Iterator[list[int]]:
    """Yield numbered lines that follow one another directly, together; others alone."""
    run: list[int] = []
    for index, marker in markers.items():
        before = markers[run[-1]] if run and run[-1] == index - 1 else None
        if before and before.style == marker.style and _follows(before.values, marker.values):
            run.append(index)
            continue
        if run:
            yield run
        run = [index]
    if run:
        yield run


def _follows(before: tuple[int, ...], values: tuple[int, ...]) -> bool:
    """Tell whether a number comes next, one lost number allowed."""
    return before[:-1] == values[:-1] and values[-1] - before[-1] in (1, 2)


@dataclass(slots=True)
class _Sequence:
    """Where the numbers of each style stand, while the lines are read in order."""

    markers: list[tuple[int, Marker]]
    dividers: list[int]  # unnumbered headings of the markup, behind which any number may start again
    accepted: list[int] = field(default_factory=list)
    last: dict[str, tuple[int, ...]] = field(default_factory=dict)
    inner: dict[str, tuple[int, ...]] = field(default_factory=dict)  # lists inside a section
    order: dict[str, int] = field(default_factory=dict)  # style → rank of its first appearance
    closed: set[str] = field(default_factory=set)  # styles that may start again
    at: int = 0  # position in `markers`

    def take(self, run: Sequence[int], *, trusted: bool) -> None:
        """Accept a run of lines as headings, or leave them to the body as items of a list."""
        self._pass_dividers(run[0])
        first = self._marker(run[0])
        before = self.last.get(first.style)
        if (
            len(run) > 1
            and not trusted
            and not (before and first.values[-1] > 1 and _follows(before, first.values))
        ):
            self._take_end(run)
            return
        for index in run:
            marker = self._marker(index)
            if trusted or self._may_come(marker):
                self._accept(index, marker)

    def _pass_dividers(self, index: int) -> None:
        passed = bisect_left(self.dividers, index)
        if passed:
            del self.dividers[:passed]
            self.closed |= self.order.keys()
            self.inner.clear()

    def _marker(self, index: int) -> Marker:
        while self.markers[self.at][0] != index:
            self.at += 1
        return self.markers[self.at][1]

    def _take_end(self, run: Sequence[int]) -> None:
        """Accept the last line of a list when it is the next heading of the section around the list."""
        marker = self._marker(run[-1])
        before = self.last.get(marker.style)
        if before and _follows(before, marker.values) and not self._comes_again(marker):
            self._accept(run[-1], marker)

    def _may_come(self, marker: Marker) -> bool:
        style, values = marker.style, marker.values
        before, inner = self.last.get(style), self.inner.get(style)
        if inner and _follows(inner, values):
            if not (before and _follows(before, values)) or self._comes_again(marker):
                self.inner[style] = values
                return False
            return True
        if before and _follows(before, values):
            return True
        if values[-1] > 1:
            return before is None and style not in _LIST_STYLES and self._goes_on(marker)
        if before is None or before[:-1] != values[:-1] or style in self.closed:
            return True
        self.inner[style] = values
        return False

    def _accept(self, index: int, marker: Marker) -> None:
        rank = self.order.setdefault(marker.style, len(self.order))
        self.accepted.append(index)
        self.last[marker.style] = marker.values
        self.inner.pop(marker.style, None)
        self.closed.discard(marker.style)
        self.closed |= {style for style, other in self.order.items() if other > rank}

    def _goes_on(self, marker: Marker) -> bool:
        """Tell whether the next number stands further on, for articles whose beginning was cut off."""
        ahead = self.markers[self.at + 1 : self.at + 1 + _LOOK_AHEAD]
        return any(m.style == marker.style and _follows(marker.values, m.values) for _, m in ahead)

    def _comes_again(self, marker: Marker) -> bool:
        """Tell whether the same number stands again further on in the same section."""
        rank = self.order.get(marker.style, 0)
        end = self.dividers[0] if self.dividers else None
        for index, other in self.markers[self.at + 1 : self.at + 1 + _LOOK_AHEAD]:
            if end is not None and index > end:
                return False
            if other.style == marker.style and other.values == marker.values:
                return True
            if self.order.get(other.style, rank) < rank:
                return False
        return False
