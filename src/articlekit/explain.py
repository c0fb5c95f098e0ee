"""Line by line: what became of a record's text, and by which rule or step."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from articlekit.model import Cleaned, Edit, Removal
from articlekit.text.positions import apply_edits

_BREAK = re.compile(r"\r\n|\r|\n")

Fate: TypeAlias = Literal["title", "heading", "body", "trimmed", "removed", "blank"]


@dataclass(frozen=True, slots=True)
class LineFate:
    """What became of one line.

    Attributes:
        number: line of the decoded input (for HTML: of the extracted lines), from 1.
        before: the line as decoded.
        after: the line after repairs and script conversion, before anything was removed.
        fate: where it went; ``trimmed`` means that a part was removed and the rest is body.
        removals: the rules that removed it or parts of it.
        edits: every change to its characters, in the order of the steps.
    """

    number: int
    before: str
    after: str
    fate: Fate
    removals: tuple[Removal, ...] = ()
    edits: tuple[Edit, ...] = ()


def explain(cleaned: Cleaned) -> tuple[LineFate, ...]:
    """Return the fate of every line of a cleaned record, in order."""
    befores = split_at_breaks(cleaned.trace.base)
    afters = cleaned.trace.lines.split("\n")
    edits = _edits_by_line(cleaned)
    removals: dict[int, list[Removal]] = defaultdict(list)
    for removal in cleaned.article.removed:
        removals[removal.line].append(removal)
    fates = []
    for number, (before, after) in enumerate(zip(befores, afters, strict=True), 1):
        gone = tuple(removals.get(number, ()))
        fate = _fate(number, after, gone, cleaned)
        fates.append(LineFate(number, before, after, fate, gone, tuple(edits.get(number, ()))))
    return tuple(fates)


def split_at_breaks(text: str) -> list[str]:
    r"""Split at ``\n``, ``\r\n`` and ``\r``, as line numbers count.

    >>> split_at_breaks("一\r\n二\r三")
    ['一', '二', '三']
    """
    return _BREAK.split(text)


def _fate(number: int, after: str, removals: Sequence[Removal], cleaned: Cleaned) -> Fate:
    if number == cleaned.title_line:
        return "title"
    if removals:
        return "removed" if sum(len(r.text.strip()) for r in removals) >= len(after.strip()) else "trimmed"
    if not after.strip():
        return "blank"
    return "heading" if number in cleaned.heading_lines else "body"


def _edits_by_line(cleaned: Cleaned) -> dict[int, list[Edit]]:
    found: dict[int, list[Edit]] = defaultdict(list)
    text = cleaned.trace.base
    for _, edits in cleaned.trace.steps:
        starts = [0, *(match.end() for match in _BREAK.finditer(text))]
        for edit in edits:
            found[bisect_right(starts, edit.start)].append(edit)
        text = apply_edits(text, edits)
    return found
