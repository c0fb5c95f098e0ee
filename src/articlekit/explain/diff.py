"""A record's decoded text beside its clean text, as a unified diff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from articlekit.explain.fates import LineFate

_CONTEXT = 3  # unchanged lines around a change

_Sign: TypeAlias = Literal[" ", "-", "+"]


@dataclass(slots=True)
class _Hunk:
    """Lines of a hunk, and where it starts on both sides, from 0."""

    old: int
    new: int
    lines: list[tuple[_Sign, str]]


def unified_diff(fates: Sequence[LineFate], name: str) -> Iterator[str]:
    """Yield the lines of a unified diff from the decoded text to the clean text, without line feeds.

    Each line is compared with what became of it, so nothing has to be aligned; nothing is yielded where
    nothing changed. Lines of elements that were taken out of a page are not part of the decoded text.

    >>> title = LineFate(1, "標題", "标题", "标题", "title", "header")
    >>> fates = [title, LineFate(2, "分享", "分享", None, "removed", "footer")]
    >>> list(unified_diff(fates, "a.txt"))
    ['--- a.txt', '+++ a.txt (clean)', '@@ -1,2 +1 @@', '-標題', '-分享', '+标题']
    """
    hunks = list(_hunks(list(_signed(fates))))
    if hunks:
        yield f"--- {name}"
        yield f"+++ {name} (clean)"
    for hunk in hunks:
        old = sum(sign != "+" for sign, _ in hunk.lines)
        new = sum(sign != "-" for sign, _ in hunk.lines)
        yield f"@@ -{_range(hunk.old, old)} +{_range(hunk.new, new)} @@"
        yield from (sign + text for sign, text in hunk.lines)


def _signed(fates: Sequence[LineFate]) -> Iterator[tuple[_Sign, str]]:
    """Yield every line with its sign, runs of removed lines before those that were put in their place."""
    added: list[str] = []
    for fate in fates:
        if fate.zone is None and fate.fate == "removed":
            continue
        if fate.kept == fate.before:
            yield from (("+", text) for text in added)
            added.clear()
            yield " ", fate.before
            continue
        yield "-", fate.before
        if fate.kept is not None:
            added.append(fate.kept)
    yield from (("+", text) for text in added)


def _hunks(lines: Sequence[tuple[_Sign, str]]) -> Iterator[_Hunk]:
    changed = [place for place, (sign, _) in enumerate(lines) if sign != " "]
    old = new = at = 0
    for index, place in enumerate(changed):
        if index and place - changed[index - 1] <= 2 * _CONTEXT:
            continue
        last = index  # of the changes in this hunk
        while last + 1 < len(changed) and changed[last + 1] - changed[last] <= 2 * _CONTEXT:
            last += 1
        first, end = max(place - _CONTEXT, at), min(changed[last] + _CONTEXT + 1, len(lines))
        old += sum(sign != "+" for sign, _ in lines[at:first])
        new += sum(sign != "-" for sign, _ in lines[at:first])
        hunk = _Hunk(old, new, list(lines[first:end]))
        old += sum(sign != "+" for sign, _ in hunk.lines)
        new += sum(sign != "-" for sign, _ in hunk.lines)
        at = end
        yield hunk


def _range(start: int, count: int) -> str:
    """Return a range as diff writes it: lines count from 1, an empty range names the line before it."""
    if count == 1:
        return str(start + 1)
    return f"{start + 1 if count else start},{count}"
