"""Divide the lines of an article into sections with level, number and heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from articlekit.model import Section
from articlekit.text.lines import Line
from articlekit.text.structure.outline import find_headings


@dataclass(frozen=True, slots=True)
class Sectioned:
    """An article's body, divided.

    Attributes:
        sections: in order, flat; level 0 holds what stands before the first heading, if anything does.
        text: the body: headings with their numbers and paragraphs, one per line, as the lines stand.
        starts: line number → offset of the line in `text`.
        headings: numbers of the lines that are headings.
    """

    sections: tuple[Section, ...]
    text: str
    starts: Mapping[int, int] = field(default_factory=dict)
    headings: tuple[int, ...] = ()


def split(lines: Sequence[Line]) -> Sectioned:
    r"""Divide lines into sections; blank lines are left out, no other line is changed or lost.

    The title is not among the lines. The decision is made on the whole sequence: see
    `articlekit.text.structure.outline`.

    >>> from articlekit.text.lines import split_lines
    >>> text = "开头一段。\n1. 概况\n1.1 规模\n正文一。\n2. 前景\n正文二。"
    >>> parted = split(split_lines(text))
    >>> [(s.level, s.number, s.heading, s.text) for s in parted.sections[1:3]]
    [(1, '1', '概况', ''), (2, '1.1', '规模', '正文一。')]
    >>> parted.starts[3]
    12
    """
    body = [line for line in lines if line.text.strip()]
    starts, offset = {}, 0
    for line in body:
        starts[line.number] = offset
        offset += len(line.text) + 1
    headings = find_headings(body)
    sections = []
    lead = body[: headings[0].index] if headings else body
    if lead:
        sections.append(Section(0, None, None, _joined(lead)))
    ends = [heading.index for heading in headings[1:]] + [len(body)]
    for heading, end in zip(headings, ends, strict=False):
        text = _joined(body[heading.index + 1 : end])
        sections.append(Section(heading.level, heading.number, heading.title, text))
    return Sectioned(
        tuple(sections), _joined(body), starts, tuple(body[heading.index].number for heading in headings)
    )


def _joined(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)
