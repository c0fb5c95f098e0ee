"""Building edits: the smallest spans in which two texts differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from articlekit.model import Edit


def character_edits(before: str, after: str, step: str, kind: str, offset: int = 0) -> Iterator[Edit]:
    """Yield one edit per run of differing characters of two texts of the same length.

    `offset` is added to the positions.

    >>> [(edit.start, edit.before, edit.after) for edit in character_edits("一目瞭然", "一目了然", "s", "k")]
    [(2, '瞭', '了')]
    """
    start = end = -1
    for at in [at for at, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]:
        if at != end:
            if end > 0:
                yield Edit(step, kind, offset + start, offset + end, before[start:end], after[start:end])
            start = at
        end = at + 1
    if end > 0:
        yield Edit(step, kind, offset + start, offset + end, before[start:end], after[start:end])


def span_edits(before: str, after: str, step: str, kind: str, offset: int = 0) -> Iterator[Edit]:
    """Yield the edits that turn one span into another: by character where the lengths agree, else one.

    >>> [(edit.start, edit.before, edit.after) for edit in span_edits("打印機", "印表機", "s", "k")]
    [(0, '打印', '印表')]
    >>> [(edit.start, edit.before, edit.after) for edit in span_edits("U盤。", "隨身碟。", "s", "k")]
    [(0, 'U盤', '隨身碟')]
    """
    if len(before) == len(after):
        yield from character_edits(before, after, step, kind, offset)
        return
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    end = len(before) - tail
    yield Edit(step, kind, offset + head, offset + end, before[head:end], after[head : len(after) - tail])


def moved(edits: Iterable[Edit], by: int) -> Iterator[Edit]:
    """Yield edits of a part as edits of the whole, in which the part starts at `by`."""
    for edit in edits:
        yield replace(edit, start=edit.start + by, end=edit.end + by)


def join_adjacent(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Join edits of one kind where one ends and the next begins."""
    last: Edit | None = None
    for edit in edits:
        if last and last.end == edit.start and last.kind == edit.kind:
            before, after = last.before + edit.before, last.after + edit.after
            last = Edit(last.step, last.kind, last.start, edit.end, before, after)
            continue
        if last:
            yield last
        last = edit
    if last:
        yield last


def _common(one: str, other: str) -> int:
    """Return the length of the longest common beginning."""
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))
