"""Which lines of an article are headings, and how deep: decided on the whole sequence of lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from articlekit.text.fields.bylines import read_byline
from articlekit.text.lines import Line
from articlekit.text.prose import ends_sentence, is_prose, visible_length
from articlekit.text.structure.cues import is_cue
from articlekit.text.structure.headings import Marker, is_heading_shaped, is_label, read_marker
from articlekit.text.structure.numbering import numbered_headings

Kind: TypeAlias = Literal["number", "markup", "bold", "label"]

_NEVER = ("list-item", "table-row", "caption")
_DEEPEST = 6
_LONGEST_UNMARKED_LABEL = 20


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading among the lines given: its index, level from 1, number (or None) and text."""

    index: int
    level: int
    number: str | None
    title: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A line taken for a heading, before its level is known."""

    index: int
    kind: Kind
    title: str
    marker: Marker | None = None
    markup_level: int = 0


def find_headings(lines: Sequence[Line]) -> tuple[Heading, ...]:
    """Find the headings among lines that are not blank, in order, with their levels.

    Numbered lines count when they are shaped like headings, their numbers run on from 1, and text
    stands between them; lines of a list follow one another directly. Markup headings and bold-only
    paragraphs count by their shape. A bare label counts before the first heading and after the last
    one, when running text follows; and where an article has no other headings, when there are two.

    >>> from articlekit.text.lines import split_lines
    >>> text = '''导语
    ... 这里先用一句话说明全文的来由，再用一句话说明要点。
    ... 一、背景
    ... 第一段正文。
    ... 二、影响
    ... 第二段正文。'''
    >>> [(h.level, h.number, h.title) for h in find_headings(split_lines(text))]
    [(1, None, '导语'), (1, '一', '背景'), (1, '二', '影响')]
    """
    numbered = {
        index: _Found(index, "number", marker.title, marker, lines[index].level)
        for index, marker in numbered_headings(lines).items()
    }
    firm = {**_marked_up(lines, numbered), **numbered}
    found = {**_labels(lines, firm), **firm}
    return _with_levels([found[index] for index in sorted(found)])


# --- headings without a number ----------------------------------------------------------------------


def _is_marked_up(line: Line) -> bool:
    return line.role in ("heading", "bold")


def _marked_up(lines: Sequence[Line], numbered: Mapping[int, _Found]) -> dict[int, _Found]:
    bold = sum(line.role == "bold" for line in lines)
    found = {}
    for index, line in enumerate(lines[:-1]):
        text = line.text.strip()
        if index in numbered or not _is_marked_up(line) or not is_heading_shaped(text) or read_byline(text):
            continue
        if line.role == "heading":
            found[index] = _Found(index, "markup", text, read_marker(text), line.level)
        elif bold * 2 <= len(lines) and lines[index + 1].role != "bold":
            found[index] = _Found(index, "bold", text, read_marker(text))
    return found


def _labels(lines: Sequence[Line], firm: Mapping[int, _Found]) -> dict[int, _Found]:
    if not firm:
        free = _bare_labels(lines, range(len(lines)), _LONGEST_UNMARKED_LABEL)
        return _as_found(lines, free if len(free) > 1 else [i for i in free if is_cue(lines[i].text)])
    first, last = min(firm), max(firm)
    opening = _bare_labels(lines, range(first))
    closing = _bare_labels(lines, range(last + 2, len(lines)))
    return _as_found(lines, opening + closing[:2])


def _as_found(lines: Sequence[Line], indices: Sequence[int]) -> dict[int, _Found]:
    return {index: _Found(index, "label", lines[index].text.strip()) for index in indices}


def _bare_labels(lines: Sequence[Line], indices: range, longest: int = 12) -> list[int]:
    return [
        index
        for index in indices
        if index + 1 < len(lines)
        and lines[index].role not in _NEVER
        and (is_label(lines[index].text, longest) or is_cue(lines[index].text))
        and (_is_paragraph(lines[index + 1].text) or is_cue(lines[index].text))
    ]


def _is_paragraph(text: str) -> bool:
    return is_prose(text) or (ends_sentence(text) and visible_length(text) >= 15)


# --- levels -----------------------------------------------------------------------------------------


def _with_levels(found: Sequence[_Found]) -> tuple[Heading, ...]:
    markup = sorted({heading.markup_level for heading in found if heading.markup_level})
    headings: list[Heading] = []
    by_style: dict[str, int] = {}
    latest: Heading | None = None  # the latest one that others can stand under
    for heading in found:
        if heading.kind == "label":
            level = 1
        elif heading.markup_level and (len(markup) > 1 or heading.kind == "markup"):
            level = markup.index(heading.markup_level) + 1
        elif heading.kind == "bold":
            level = 1 if latest is None or is_cue(heading.title) else _under_numbers(headings, found)
        else:
            level = _level_by_number(heading.marker, by_style, latest)
        number = heading.marker.number if heading.marker else None
        title = heading.marker.title if heading.marker else heading.title
        headings.append(Heading(heading.index, min(level, _DEEPEST), number, title))
        if heading.marker:
            by_style[_style(heading.marker)] = headings[-1].level
        if heading.kind != "label":
            latest = headings[-1]
    return tuple(headings)


def _under_numbers(headings: Sequence[Heading], found: Sequence[_Found]) -> int:
    """Return the level of a bold line: under the latest heading of another kind, if there is one."""
    for heading, source in zip(reversed(headings), reversed(found[: len(headings)]), strict=True):
        if source.kind in ("number", "markup"):
            return heading.level + 1
    return 1


def _level_by_number(marker: Marker | None, by_style: Mapping[str, int], latest: Heading | None) -> int:
    """Return the level of a numbered heading: a number that starts anew stands under the one before."""
    known = by_style.get(_style(marker)) if marker else None
    if marker and known and (marker.values[-1] > 1 or len(marker.values) > 1):
        return known
    return 1 if latest is None else latest.level + 1


def _style(marker: Marker) -> str:
    return f"{marker.style}-{len(marker.values)}"
