"""Articles that are continued over several pages: told by the names of files and by addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from articlekit.model import Record
from articlekit.records.fields import to_record
from articlekit.records.inputs import InputFile
from articlekit.records.options import FieldNames
from articlekit.records.rawrecord import RawRecord

MOST_PAGES = 99

# The number of a page: before the ending of the name, or in the query. A "-" between digits is a date's.
_IN_NAME = re.compile(
    r"(?:(?<=[^/_-])_|(?<=[^/_\d-])-)(?:p|page[_-]?)?([1-9]\d?)(?=(?:\.[A-Za-z0-9]{1,6}){0,3}(?:[?#]|\Z))",
    re.I,
)
_IN_QUERY = re.compile(r"[?&](?:page|p|pn|pageno)=([1-9]\d?)(?=&|#|\Z)", re.I)


def page_of(address: str) -> tuple[str, int]:
    """Return the address of an article without the number of the page, and that number, 1 where it has none.

    >>> page_of("news/a_2.html"), page_of("https://example.cn/a.html?id=7&page=3")
    (('news/a.html', 2), ('https://example.cn/a.html?id=7', 3))
    >>> page_of("news/2024-05-06.html"), page_of("news/a.html")
    (('news/2024-05-06.html', 1), ('news/a.html', 1))
    """
    for pattern in (_IN_QUERY, _IN_NAME):
        match = pattern.search(address)
        if match is not None:
            rest = address[: match.start()] + address[match.end() :]
            if pattern is _IN_QUERY and match[0][0] == "?" and address[match.end() :][:1] == "&":
                rest = address[: match.start()] + "?" + address[match.end() + 1 :]
            return rest, int(match[1])
    return address, 1


def in_page_order(files: Sequence[InputFile]) -> list[InputFile]:
    """Return files in their order, but the pages of an article behind its first page, by number.

    >>> files = [InputFile.of(name) for name in ("a.html", "a_10.html", "a_2.html", "b.html")]
    >>> [file.uri for file in in_page_order(files)]
    ['a.html', 'a_2.html', 'a_10.html', 'b.html']
    """
    pages = [page_of(file.uri) for file in files]
    first: dict[str, int] = {}
    for at, (address, number) in enumerate(pages):
        if number == 1:
            first.setdefault(address, at)
    order = [(first.get(address, at), number, at) for at, (address, number) in enumerate(pages)]
    return [files[at] for _, _, at in sorted(order)]


def joined(raws: Iterable[RawRecord], options: FieldNames) -> Iterator[RawRecord]:
    """Yield records, first pages with those that follow them and are their next pages as `parts`.

    Pages are told by the uri of files, and by the addresses of records in files of records. Whether a
    page truly continues another is for the pipeline to say.
    """
    first: RawRecord | None = None
    expected = ("", 0)
    for raw in raws:
        address, number = page_of(_address(raw, options))
        is_next = (address, number) == expected and _may_be(raw)
        if first is not None and is_next and len(first.parts) < MOST_PAGES:
            first = replace(first, parts=(*first.parts, raw))
        else:
            if first is not None:
                yield first
            first = raw
        goes_on = address and (is_next or number == 1) and _may_be(raw)
        expected = (address, number + 1) if goes_on else ("", 0)
    if first is not None:
        yield first


def _may_be(raw: RawRecord) -> bool:
    return raw.error is None and raw.media in ("html", "json", None)


def _address(raw: RawRecord, options: FieldNames) -> str:
    if raw.record is None and raw.media != "json":
        return raw.uri
    record = to_record(raw, options)
    return record.source.url or "" if isinstance(record, Record) else ""
