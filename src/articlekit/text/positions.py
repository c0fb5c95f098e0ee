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


def map_offset(offset: int, edits: Sequence[Edit]) -> int:
    """Return where the character at `offset` of the input stands after sorted `edits`.

    A character inside a replaced span goes to the place with the same distance from the span's start,
    at most the end of the replacement.

    >>> map_offset(6, (Edit("annotated-gbk", "annotation", 1, 6, "(tái)", ""),))
    1
    """
    return _mapped(offset, edits, *_index(edits))


def moved_flags(flags: Iterable[Flag], result: Repaired) -> list[Flag]:
    """Return flags of the text before a step as flags of the text after it.

    >>> before = Flag("uncertain", 1, 0, "隨著")
    >>> moved_flags([before], Repaired("随著", (Edit("script", "char", 0, 1, "隨", "随"),)))[0].text
    '随著'
    """
    if not result.edits:
        return list(flags)
    index = _index(result.edits)
    return [_moved_flag(flag, result, *index) for flag in flags]


def _index(edits: Sequence[Edit]) -> tuple[list[int], list[int]]:
    """Return where each edit starts, and by how much the text has grown before each (and at the end)."""
    grown = (len(edit.after) - (edit.end - edit.start) for edit in edits)
    return [edit.start for edit in edits], list(accumulate(grown, initial=0))


def _moved_flag(flag: Flag, result: Repaired, starts: list[int], shifts: list[int]) -> Flag:
    if flag.start is None or not flag.text:
        return flag
    start = _mapped(flag.start, result.edits, starts, shifts)
    end = _mapped(flag.start + len(flag.text) - 1, result.edits, starts, shifts) + 1
    return replace(flag, start=start, text=result.text[start:end])


def _mapped(offset: int, edits: Sequence[Edit], starts: list[int], shifts: list[int]) -> int:
    index = bisect_right(starts, offset)
    if index and offset < edits[index - 1].end:
        last = edits[index - 1]
        return last.start + shifts[index - 1] + min(offset - last.start, len(last.after))
    return offset + shifts[index]


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
