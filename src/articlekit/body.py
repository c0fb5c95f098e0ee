"""From clean lines to an article's body: the structural steps in order, and what is promised about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from articlekit.errors import RecordError
from articlekit.model import Edit, Flag, Metadata, Removal, Section
from articlekit.rules.model import RuleSet
from articlekit.steps import chrome, guard, metadata, sections
from articlekit.text.lines import Line, join_lines
from articlekit.text.positions import placed_flag

TEXT_FIELDS = ("title", "author", "editor", "channel", "site")


@dataclass(frozen=True, slots=True)
class Body:
    """What the structural steps made of the lines.

    Attributes:
        metadata: fields, from the record, the page and the lines.
        title_line: number of the line that became the title, or None.
        sections, text: as in the article.
        starts: number of a line → offset in `text` of what is left of it.
        headings: numbers of the lines that head a section.
        removed: what was taken out, in order of lines.
        flags: `start` counts characters of all lines, joined with line feeds.
    """

    metadata: Metadata
    title_line: int | None
    sections: tuple[Section, ...]
    text: str
    starts: Mapping[int, int]
    headings: tuple[int, ...]
    removed: tuple[Removal, ...]
    flags: tuple[Flag, ...]


def structure(
    lines: Sequence[Line], rules: RuleSet, known: Metadata, tick: Callable[[str], None] = lambda step: None
) -> Body:
    r"""Take chrome out of the lines, read title and bylines, and part the rest into sections.

    Args:
        lines: all lines of the article, characters repaired.
        rules: what is chrome.
        known: what record and page say; it wins over what the lines say.
        tick: called with the name of each step when it is done.

    Raises:
        RecordError: ``empty-body``, when nothing is left.

    >>> from articlekit.rules.load import load_builtin
    >>> from articlekit.text.lines import split_lines
    >>> lines = split_lines("示例公司公告\n示例公司今日发布公告，同比增长5%。\n责任编辑：温知夏")
    >>> body = structure(lines, load_builtin(), Metadata())
    >>> body.metadata.title, body.text, body.metadata.editor
    ('示例公司公告', '示例公司今日发布公告，同比增长5%。', '温知夏')
    """
    cleaned = chrome.remove(lines, rules, known.url)
    tick("chrome")
    known = replace(
        known, **{name: value for name, value in cleaned.fields.items() if not getattr(known, name)}
    )
    header = metadata.read_lines(cleaned.lines, known)
    gone = {removal.line for removal in header.removed} | {header.title_line}
    tick("metadata")
    parted = sections.split([line for line in cleaned.lines if line.number not in gone])
    tick("sections")
    if not parted.text.strip():
        raise RecordError(
            "empty-body",
            "sections",
            f"nothing is left of {len(lines)} lines once chrome and title are taken out",
        )
    removed = sorted((*cleaned.removed, *header.removed), key=lambda removal: removal.line)
    return Body(
        replace(header.metadata, title=header.title),
        header.title_line,
        parted.sections,
        parted.text,
        parted.starts,
        parted.headings,
        tuple(removed),
        (*cleaned.flags, *header.flags),
    )


def guard_promises(
    base: str, edits: Sequence[tuple[str, tuple[Edit, ...]]], lines: Sequence[Line], body: Body
) -> None:
    """Check that every figure of the input is in the text, a field or a removal.

    Raises:
        RecordError: when one is not; see `articlekit.steps.guard`.
    """
    fields = [value for name in (*TEXT_FIELDS, "published") if (value := getattr(body.metadata, name))]
    if body.title_line:
        fields.append(lines[body.title_line - 1].text)
    guard.guard_edits(base, edits)
    guard.guard_figures(join_lines(lines), body.text, [removal.text for removal in body.removed], fields)


def place_flags(flags: Iterable[Flag], lines: Sequence[Line], body: Body) -> tuple[Flag, ...]:
    """Move flags from the text of all lines to the output text, in order."""
    offsets = list(accumulate((len(line.text) + 1 for line in lines), initial=0))
    placed = [
        flag if flag.start is None else placed_flag(flag, offsets[flag.line - 1], body.text, body.starts)
        for flag in flags
    ]
    return tuple(sorted(placed, key=lambda flag: (flag.line, flag.start or 0, flag.kind)))
