"""Read title, date, author and channel off the lines around the body, and take those lines out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articlekit.model import Flag, Metadata, Removal
from articlekit.text.fields.bylines import Byline
from articlekit.text.fields.names import is_person_name
from articlekit.text.fields.titles import folded, is_echo, without_site
from articlekit.text.lines import Line
from articlekit.text.prose import is_prose
from articlekit.text.structure.cues import is_cue
from articlekit.text.structure.header import Header, is_navigation, read_header
from articlekit.text.structure.headings import is_label, read_marker
from articlekit.text.structure.numbering import numbered_headings

_MOST_DATED = 2  # published, updated
_LONGEST_CHANNEL = 8  # characters of a channel that nothing but its place tells
_FIELDS = ("published", "author", "editor", "channel")


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """What the lines around the body say.

    Attributes:
        title: the title, from the lines or as given, or None.
        title_line: number of the line that is the title, or None when it is not among the lines.
        metadata: what was given, completed from the lines; its title is `title`.
        removed: lines taken out of the body, each with the rule that says why.
        flags: ``uncertain-title`` when another line could as well be the title.
    """

    title: str | None
    title_line: int | None
    metadata: Metadata
    removed: tuple[Removal, ...] = ()
    flags: tuple[Flag, ...] = ()


def read_lines(lines: Sequence[Line], given: Metadata, *, echo: bool = True) -> HeaderReading:
    """Find title, byline, navigation and echoes of the title among the lines of one article.

    The line of the date, labelled bylines and an author's name above the body become fields and are
    removed (``header.date-line``, ``header.byline``); so is navigation above and around the title
    (``header.breadcrumb``); and, with `echo`, lines inside the body that repeat the title or a
    shortened form of it (``title.echo``), unless they are headings of the article. What was given wins
    over what is found. Nothing else is removed.

    >>> from articlekit.text.lines import split_lines
    >>> text = '''理财频道
    ... 国债逆回购怎么选期限
    ... 周慕云 2024-05-06 10:00
    ... 国债逆回购的期限怎么选，取决于资金何时要用，也取决于利率，两者都要看。
    ... 国债逆回购怎么选期限
    ... 资金下周要用，就不要选更长的。'''
    >>> reading = read_lines(split_lines(text), Metadata())
    >>> reading.title, reading.metadata.author, reading.metadata.channel
    ('国债逆回购怎么选期限', '周慕云', '理财频道')
    >>> [(removal.line, removal.rule) for removal in reading.removed]
    [(1, 'header.breadcrumb'), (3, 'header.date-line'), (5, 'title.echo')]
    """
    body = [line for line in lines if line.text.strip()]
    header = read_header(body, given.title)
    title_line = header.lines[header.title] if header.title is not None else None
    title = title_line.text.strip() if title_line else _given_title(given)
    found = _fields(header, title)
    removed = _navigation(header)
    removed.update(_bylines(header, found))
    if echo and title:
        gone = {*removed, title_line.number if title_line else 0}
        removed.update(_echoes([line for line in body if line.number not in gone], title, header))
    metadata = replace(
        given,
        title=title,
        **{name: getattr(given, name) or getattr(found, name) for name in _FIELDS},
    )
    return HeaderReading(
        title,
        title_line.number if title_line else None,
        metadata,
        tuple(removed[number] for number in sorted(removed)),
        _flags(header),
    )


def _given_title(given: Metadata) -> str | None:
    return without_site(given.title, given.site) if given.title else None


def _flags(header: Header) -> tuple[Flag, ...]:
    if header.title is None or header.sure:
        return ()
    line = header.lines[header.title]
    return (Flag("uncertain-title", line.number, None, line.text.strip()),)


def _removal(line: Line, rule: str, category: str) -> dict[int, Removal]:
    return {line.number: Removal(line.number, rule, category, line.text)}


def _fields(header: Header, title: str | None) -> Metadata:
    """Join the fields of the bylines; a loose token is an author if it is a name, else the channel."""
    repeated = Counter(folded(line.text) for line in header.lines)
    published = author = editor = channel = None
    for byline in _used(header).values():
        published = published or byline.published
        author = author or byline.author
        editor = editor or byline.editor
        channel = channel or byline.source
        if not byline.published:
            continue
        names = [token for token in byline.loose if is_person_name(token) and not repeated[folded(token)]]
        others = [token for token in byline.loose if token not in names]
        author = author or (names[0] if names else None)
        if len(others) == 1 and 2 <= len(others[0]) <= 12:
            channel = channel or others[0]
    return Metadata(
        published=published,
        author=author or _lone_author(header),
        editor=editor,
        channel=channel or _channel_above(header, title) or _lone_channel(header),
    )


def _used(header: Header) -> dict[int, Byline]:
    """Return the bylines that are about the article: many dated lines are a chronicle, not bylines."""
    dated = [index for index, byline in header.bylines.items() if byline.published]
    chronicle = set(dated) if len(dated) > _MOST_DATED else set()
    return {index: byline for index, byline in sorted(header.bylines.items()) if index not in chronicle}


def _lone_author(header: Header) -> str | None:
    """Return a name that stands on a line of its own beside the line of the date."""
    for index, byline in _used(header).items():
        if not byline.published:
            continue
        for beside in (index - 1, index + 1):
            if 0 <= beside < len(header.lines) and beside != header.title and beside not in header.bylines:
                text = header.lines[beside].text.strip()
                if is_person_name(text) and (header.title is None or beside > header.title):
                    return text
    return None


def _lone_channel(header: Header) -> str | None:
    """Return a few characters without marks that stand alone between the title and the line of the date."""
    for index, byline in _used(header).items():
        above = index - 1
        if byline.published and header.title is not None and above > header.title:
            text = header.lines[above].text.strip()
            if above in header.bylines or is_person_name(text) or is_cue(text):
                continue
            if is_label(text, _LONGEST_CHANNEL):
                return text
    return None


def _channel_above(header: Header, title: str | None) -> str | None:
    """Return the last line of navigation above the title."""
    if header.title is None:
        return None
    for line in reversed(header.lines[: header.title]):
        text = line.text.strip()
        if is_navigation(text) and folded(text) != folded(title or ""):
            parts = [part.strip() for part in text.replace("»", ">").replace("›", ">").split(">")]
            parts = [part for part in parts if part and folded(part) != folded(title or "")]
            return parts[-1] if parts and len(parts[-1]) <= 12 and parts[-1] not in ("正文", "首页") else None
    return None


def _navigation(header: Header) -> dict[int, Removal]:
    """Remove navigation above the title, and its repetitions between the title and the body."""
    removed: dict[int, Removal] = {}
    if header.title is None:
        return removed
    seen = set()
    for index, line in enumerate(header.lines):
        text = line.text.strip()
        if index == header.title or index in header.bylines:
            continue
        if index < header.title and (is_navigation(text) or line.link_density > 0.8):
            seen.add(folded(text))
            removed |= _removal(line, "header.breadcrumb", "navigation")
        elif index > header.title and folded(text) in seen:
            removed |= _removal(line, "header.breadcrumb", "navigation")
    return removed


def _bylines(header: Header, found: Metadata) -> dict[int, Removal]:
    removed: dict[int, Removal] = {}
    used = _used(header)
    for index, line in enumerate(header.lines):
        byline = used.get(index)
        if byline is not None and _is_kept_as_fields(byline, found):
            rule = "header.date-line" if byline.published else "header.byline"
            removed |= _removal(line, rule, "byline")
        elif byline is None and index != header.title and line.text.strip() == found.author:
            removed |= _removal(line, "header.byline", "byline")
        elif byline is None and index > (header.title or 0) and line.text.strip() == found.channel:
            removed |= _removal(line, "header.breadcrumb", "navigation")
    return removed


def _is_kept_as_fields(byline: Byline, found: Metadata) -> bool:
    """Tell whether a line holds nothing but fields: a second loose token may be text."""
    unknown = [token for token in byline.loose if token not in (found.author, found.channel)]
    return len(unknown) <= 1 if byline.published else not unknown


def _echoes(lines: Sequence[Line], title: str, header: Header) -> dict[int, Removal]:
    """Remove lines that repeat the title; a shortened form only where it cannot be a heading."""
    headings = numbered_headings(lines)
    removed: dict[int, Removal] = {}
    above = {line.number for line in header.lines}
    for index, line in enumerate(lines):
        text = line.text.strip()
        if index in headings or len(text) > 2 * len(title) or not is_echo(text, title):
            continue
        if folded(text) != folded(title):
            if (
                read_marker(text)
                or is_cue(text)
                or line.role in ("heading", "bold", "list-item", "table-row")
            ):
                continue
            if not headings and line.number not in above and _heads_text(lines, index):
                continue
        removed |= _removal(line, "title.echo", "echo")
    return removed


def _heads_text(lines: Sequence[Line], index: int) -> bool:
    return index + 1 < len(lines) and is_prose(lines[index + 1].text)
