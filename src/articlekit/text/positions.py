"""Where a place in a text goes when edits are applied."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from articlekit.model import Edit


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return `text` with sorted, non-overlapping `edits` applied.

    >>> apply_edits("隨著", (Edit("script", "char", 0, 1, "隨", "随"),))
    '随著'
    """
    parts, at = [], 0
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
    index = bisect_right(edits, offset, key=lambda edit: edit.start)
    shift = sum(len(edit.after) - (edit.end - edit.start) for edit in edits[: max(index - 1, 0)])
    if not index:
        return offset
    last = edits[index - 1]
    if offset < last.end:
        return last.start + shift + min(offset - last.start, len(last.after))
    return offset + shift + len(last.after) - (last.end - last.start)
