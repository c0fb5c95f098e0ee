"""Where a place in a text goes when edits are applied."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from articlekit.model import Edit, Flag, Repaired


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return `text` with sorted, non-overlapping `edits` applied.

    >>> apply_edits("隨著", (Edit("script", "char", 0, 1, "隨", "随"),))
    '随著'
    """
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.after)
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)


def inverted(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that lead back: places count in the text after `edits`.

    >>> edits = (Edit("s", "k", 1, 6, "(tái)", ""), Edit("s", "k", 6, 7, "灣", "湾"))
    >>> apply_edits("臺湾", inverted(edits))
    '臺(tái)灣'
    """
    back: list[Edit] = []
    shift = 0
    for edit in edits:
        start = edit.start + shift
        back.append(
            replace(edit, start=start, end=start + len(edit.after), before=edit.after, after=edit.before)
        )
        shift += len(edit.after) - len(edit.before)
    return tuple(back)


class PositionMap:
    """Where the characters of a text stand after sorted, non-overlapping edits, and where they came from.

    A character inside a replaced span goes to the place with the same distance from the span's start, at
    most the end of the replacement; likewise back. A place takes time logarithmic in the edits.

    >>> places = PositionMap((Edit("annotated-gbk", "annotation", 1, 6, "(tái)", ""),))
    >>> places.to_output(6), places.to_input(1)
    (1, 6)
    """

    __slots__ = ("_back", "_there")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._there, self._back = _OneWay(edits), _OneWay(inverted(edits))

    def to_output(self, offset: int) -> int:
        """Return where the character at `offset` of the input stands in the output."""
        return self._there.mapped(offset)

    def to_input(self, offset: int) -> int:
        """Return where the character at `offset` of the output stood in the input."""
        return self._back.mapped(offset)


class _OneWay:
    """Where each edit starts, and by how much the text has grown before each (and at the end)."""

    __slots__ = ("_edits", "_shifts", "_starts")

    def __init__(self, edits: Sequence[Edit]) -> None:
        grown = (len(edit.after) - (edit.end - edit.start) for edit in edits)
        self._edits, self._starts = edits, [edit.start for edit in edits]
        self._shifts = list(accumulate(grown, initial=0))

    def mapped(self, offset: int) -> int:
        index = bisect_right(self._starts, offset)
        if index and offset < self._edits[index - 1].end:
            last = self._edits[index - 1]
            return last.start + self._shifts[index - 1] + min(offset - last.start, len(last.after))
        return offset + self._shifts[index]


def moved_flags(flags: Iterable[Flag], result: Repaired) -> list[Flag]:
    """Return flags of the text before a step as flags of the text after it.

    >>> before = Flag("uncertain", 1, 0, "隨著")
    >>> moved_flags([before], Repaired("随著", (Edit("script", "char", 0, 1, "隨", "随"),)))[0].text
    '随著'
    """
    if not result.edits:
        return list(flags)
    places = _OneWay(result.edits)
    return [_moved_flag(flag, result, places) for flag in flags]


def _moved_flag(flag: Flag, result: Repaired, places: _OneWay) -> Flag:
    if flag.start is None or not flag.text:
        return flag
    start = places.mapped(flag.start)
    end = places.mapped(flag.start + len(flag.text) - 1) + 1
    return replace(flag, start=start, text=result.text[start:end])


def placed_flag(flag: Flag, line_offset: int, text: str, starts: Mapping[int, int]) -> Flag:
    """Return a flag of all lines as a flag of the output text.

    Args:
        flag: its `start` counts characters of all lines, joined.
        line_offset: where its line starts there.
        text: the output text.
        starts: line number → where the line starts in the output text, for lines that are in it.

    The flag's start is None where its line, or the place in it, is not part of the output.
    """
    start = starts.get(flag.line)
    if start is None or flag.start is None:
        return replace(flag, start=None)
    expected = start + flag.start - line_offset
    if text.startswith(flag.text, expected):
        return replace(flag, start=expected)
    # Where parts of the line before it were taken out, it stands further left: the nearest place counts.
    end = text.find("\n", start)
    end = end if end >= 0 else len(text)
    found = text.rfind(flag.text, start, min(expected + len(flag.text), end))
    if found < 0:
        found = text.find(flag.text, start, end)
    return replace(flag, start=found if found >= 0 else None)
