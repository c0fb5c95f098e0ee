"""Explanations as one HTML page that needs nothing else: no scripts, no files, no network."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import TypeAlias
from zlib import crc32

from articlekit.explain.fates import LineFate, split_at_breaks, starts_of_lines
from articlekit.model import Cleaned, Edit, Quarantined
from articlekit.text.compose import compose_edits

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

Outcome: TypeAlias = Cleaned | Quarantined


def html_page(records: Iterable[tuple[Outcome, Sequence[LineFate]]]) -> Iterator[str]:
    """Yield the page in pieces, record by record; of a quarantined record there are no lines.

    Removed lines stand in their place, in the colour of their category; changed characters show what
    stood there before.

    >>> "".join(html_page([])).startswith("<!DOCTYPE html>")
    True
    """
    style = files("articlekit.explain").joinpath("page.css").read_text("utf-8")
    yield (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>articlekit explain</title>\n'
        f"<style>\n{style}</style></head>\n<body>\n<h1>articlekit explain</h1>\n"
    )
    for outcome, fates in records:
        yield from _record(outcome, fates)
    yield "</body></html>\n"


def _record(outcome: Outcome, fates: Sequence[LineFate]) -> Iterator[str]:
    source = outcome.source if isinstance(outcome, Quarantined) else outcome.article.source
    where = source.uri + (f", record {source.record}" if source.record else "")
    yield f"<h2>{_text(where)}</h2>\n"
    if isinstance(outcome, Quarantined):
        reason = f"quarantined by {outcome.step}: {outcome.reason}: {outcome.message}"
        yield f'<p class="quarantined">{_text(reason)}</p>\n'
        return
    yield f"<dl>{''.join(_fields(outcome))}</dl>\n"
    yield _legend(fates)
    segments = _segments(outcome)
    yield "<table>\n<tr><th>line</th><th>zone</th><th>fate</th><th>text</th></tr>\n"
    for fate in fates:
        changed = segments.get(fate.number, ()) if fate.zone is not None else ()
        yield _row(fate, changed)
    yield "</table>\n"
    if flags := outcome.article.flags:
        items = (f"<li>{_text(flag.kind)}, line {flag.line}: {_text(flag.text)}</li>" for flag in flags)
        yield f"<h3>Flags</h3><ul>{''.join(items)}</ul>\n"


def _fields(cleaned: Cleaned) -> Iterator[str]:
    article = cleaned.article
    for name in ("id", "title", "published", "author", "editor", "channel", "site"):
        if value := getattr(article, name):
            yield f"<dt>{name}</dt><dd>{_text(value)}</dd>"
    signals = ", ".join(f"{name} {value:g}" for name, value in article.quality.items())
    yield f"<dt>quality</dt><dd>{_text(signals)}</dd>"


def _legend(fates: Sequence[LineFate]) -> str:
    """Return the categories with their colours and how often each occurs."""
    counts = Counter(removal.category for fate in fates for removal in fate.removals)
    parts = (
        f'<span style="{_colour(category)}">{_text(category)} {count}</span>'
        for category, count in sorted(counts.items())
    )
    return f'<p class="legend">{" ".join(parts)}</p>\n'


def _row(fate: LineFate, segments: Sequence[Edit]) -> str:
    style = (
        f' style="{_colour(fate.removals[0].category)}"' if fate.fate == "removed" and fate.removals else ""
    )
    notes = [
        f'<div class="note" style="{_colour(one.category)}">{_text(one.rule)}'
        + (f": “{_text(one.text)}”" if fate.fate == "trimmed" else "")
        + "</div>"
        for one in fate.removals
    ]
    notes += [
        f'<div class="near">{_text(miss.rule.id)} ({miss.reason}): {_text(miss.detail)}</div>'
        for miss in fate.near
    ]
    cells = (
        str(fate.number),
        fate.zone or "page",
        fate.fate,
        _marked(fate.before, segments) + "".join(notes),
    )
    return f'<tr class="{fate.fate}"{style}>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>\n'


def _marked(before: str, segments: Sequence[Edit]) -> str:
    """Return a line as it came, with what changed in it marked as taken out and put in."""
    parts: list[str] = []
    at = 0
    for edit in segments:
        parts.append(_text(before[at : edit.start]))
        title = f' title="{_text(f"{edit.step}: {edit.kind}")}"'
        if gone := before[edit.start : edit.end]:
            parts.append(f"<del{title}>{_text(gone)}</del>")
        if edit.after:
            parts.append(f"<ins{title}>{_text(edit.after)}</ins>")
        at = edit.end
    parts.append(_text(before[at:]))
    return "".join(parts)


def _segments(cleaned: Cleaned) -> dict[int, list[Edit]]:
    """Return all edits as edits of the decoded text, by line, in characters of the line."""
    base = cleaned.trace.base
    composed: tuple[Edit, ...] = ()
    for _, edits in cleaned.trace.steps:
        composed = compose_edits(base, composed, edits)
    starts = starts_of_lines(base)
    lengths = [len(line) for line in split_at_breaks(base)]
    found: dict[int, list[Edit]] = {}
    for edit in composed:
        number = bisect_right(starts, edit.start)
        start, end = edit.start - starts[number - 1], edit.end - starts[number - 1]
        if end <= lengths[number - 1]:  # else it is the line break that changed
            moved = Edit(edit.step, edit.kind, start, end, edit.before, edit.after, edit.confidence)
            found.setdefault(number, []).append(moved)
    return found


def _colour(category: str) -> str:
    """Return a colour of its own for a category, the same on every page."""
    return f"background:hsl({crc32(category.encode()) % 360} 70% 90%)"


def _text(text: str) -> str:
    """Return text as HTML; what a page cannot hold is shown as U+FFFD."""
    return escape(_UNPRINTABLE.sub("\ufffd", text))
