"""From a raw record to a record: which field is the body, the title, the address.

Names of fields are given or guessed. What was guessed is in `Record.guessed`; fields taken for nothing
stay in `Record.fields` exactly as they were written.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from articlekit.errors import RecordError
from articlekit.model import ARTICLE_SCHEMA, Quarantined, RawJSON, Record, Source
from articlekit.records.articles import article_record
from articlekit.records.jsonl import encode_members
from articlekit.records.options import FieldNames
from articlekit.records.rawjson import members
from articlekit.records.rawrecord import RawRecord
from articlekit.records.values import raw_members
from articlekit.text.decode import decode
from articlekit.text.encodings import normalise_label

_Role: TypeAlias = Literal["id", "url", "title", "date"]

# In the order of preference; first in this spelling, then in any mixture of cases.
_TEXTS = ("text", "content", "body")
_HTMLS = ("html", "raw_html")
_NAMES: MappingProxyType[_Role, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("id", "_id", "uid"),
        "url": ("url", "link"),
        "title": ("title", "headline"),
        "date": ("date", "published", "published_at", "pubdate", "publish_time", "time"),
    }
)
_HTML = re.compile(
    r"<(?:!doctype|html|head|body|div|p|br|span|table|tr|td|ul|ol|li|h[1-6]|article|section|img|strong|a\s+href)"
    r"\b[^<>]*>",
    re.IGNORECASE,
)
_INTEGER = re.compile(r"-?[0-9]+")
_SHOWN = 20  # names of fields in a message


def to_record(raw: RawRecord, options: FieldNames) -> Record | Quarantined:
    """Return the record in `raw`, or why it is quarantined, with the raw record in it.

    >>> from articlekit.records.options import ReadOptions
    >>> raw = RawRecord("a.jsonl", 1, "json", '{"id": 7, "content": "正文。", "code": "000858"}'.encode())
    >>> record = to_record(raw, ReadOptions())
    >>> record.id, record.body, record.fields, record.guessed
    ('7', '正文。', {'code': '"000858"'}, {'text': 'content', 'id': 'id'})
    """
    if raw.error is not None:
        return raw.quarantined()
    if raw.media != "json":
        return Record(raw.source, raw.data, raw.media, raw.declared)
    try:
        text, encoding, lossy = _json_text(raw)
        source = Source(raw.uri, raw.record, None, encoding, raw.source.sha256)
        return _record(members(text), source, options, declared=raw.declared, lossy=lossy)
    except RecordError as error:
        return raw.failed(error).quarantined()


def record_from_mapping(
    value: Mapping[str, Any],
    options: FieldNames,
    *,
    uri: str = "<memory>",
    number: int | None = None,
    url: str | None = None,
) -> Record:
    """Return the record that a mapping holds, as a JSON object with the same members would.

    Values are what JSON knows, and besides: bytes (a body to be decoded), `datetime.date` and
    `datetime.datetime` (as ISO 8601), `decimal.Decimal` (all digits) and `RawJSON` (as it is).

    Raises:
        RecordError: ``no-text``, or ``not-json`` for other values, with the field.

    >>> from articlekit.records.options import ReadOptions
    >>> record_from_mapping({"headline": "示例", "text": "正文。"}, ReadOptions()).title
    '示例'
    """
    found = raw_members(value)
    digest = hashlib.sha256(encode_members({key: raw for key, raw, _ in found})).hexdigest()
    return _record(found, Source(uri, number, url, None, digest), options)


class _Taken:
    """Members of a record, and what was taken for what."""

    def __init__(self, found: list[tuple[str, RawJSON, Any]]) -> None:
        self.fields = {key: raw for key, raw, _ in found}
        self.values = {key: value for key, _, value in found}
        self.consumed: dict[str, tuple[str, RawJSON]] = {}
        self.guessed: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        for key in self.values:
            self._folded.setdefault(key.lower(), key)

    def candidates(self, given: str | None, names: tuple[str, ...]) -> Iterator[str]:
        """Yield the keys to look at, best first: the name as it is, then in another mixture of cases."""
        if given is not None:
            names = (given,) if given in self.values else ()
        yield from (name for name in names if name in self.values)
        if given is None:
            others = (self._folded.get(name) for name in names if name not in self.values)
            yield from (key for key in others if key is not None)

    def take(self, role: _Role, given: str | None) -> str | None:
        """Take the field for a role: a string that is not blank, or an integer as its digits."""
        for key in self.candidates(given, _NAMES[role]):
            value, raw = self.values[key], self.fields[key]
            text = value if isinstance(value, str) else str(raw) if _INTEGER.fullmatch(raw) else None
            if text and not text.isspace() and (role in ("id", "date") or isinstance(value, str)):
                self.consumed[role] = (key, raw)
                if given is None:
                    self.guessed[role] = key
                return text
        return None


def _record(
    found: list[tuple[str, RawJSON, Any]],
    source: Source,
    names: FieldNames,
    *,
    declared: str | None = None,
    lossy: bool = False,
) -> Record:
    taken = _Taken(found)
    if taken.values.get("schema") == ARTICLE_SCHEMA:
        return article_record(taken.fields, source, lossy=lossy)
    key, body, media = _body(taken, names)
    texts = {
        "id": taken.take("id", names.id_field),
        "url": taken.take("url", names.url_field),
        "title": taken.take("title", names.title_field),
        "date": taken.take("date", names.date_field),
    }
    used = {key, *(consumed for consumed, _ in taken.consumed.values())}
    return Record(
        Source(source.uri, source.record, source.url or texts["url"], source.encoding, source.sha256),
        body,
        media,
        declared if isinstance(body, bytes) else None,
        id=texts["id"],
        title=texts["title"],
        published=texts["date"],
        fields={name: raw for name, raw in taken.fields.items() if name not in used},
        consumed=taken.consumed,
        guessed=taken.guessed,
        lossy=lossy,
    )


def _body(taken: _Taken, names: FieldNames) -> tuple[str, str | bytes, Literal["html", "text"] | None]:
    """Return key, value and media of the body.

    Raises:
        RecordError: ``no-text``.
    """
    given = names.text_field is not None or names.html_field is not None
    texts = list(taken.candidates(names.text_field, () if given else _TEXTS))
    htmls = list(taken.candidates(names.html_field, () if given else _HTMLS))
    exact = {*_TEXTS, *_HTMLS}
    order = [*texts, *htmls] if given else sorted([*texts, *htmls], key=lambda key: key not in exact)
    for key in order:
        value = _content(taken.values[key])
        if not value or value.isspace():
            continue
        is_html = key in htmls
        if is_html and not given and not ("<" in value if isinstance(value, str) else b"<" in value):
            continue
        if not given:
            taken.guessed["text"] = key
        if is_html:
            return key, value, "html"
        if isinstance(value, bytes):
            return key, value, None
        return key, value, "html" if _HTML.search(value) else "text"
    raise _no_text(taken, names)


def _content(value: Any) -> str | bytes | None:
    """Return a value that can be a body: characters, or bytes in their JSON form."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and value.keys() == {"base64"} and isinstance(value["base64"], str):
        try:
            return b64decode(value["base64"], validate=True)
        except ValueError:
            return None
    return None


def _no_text(taken: _Taken, names: FieldNames) -> RecordError:
    shown = ", ".join(list(taken.values)[:_SHOWN]) + (", …" if len(taken.values) > _SHOWN else "")
    wanted = [name for name in (names.text_field, names.html_field) if name is not None]
    looked = " or ".join(wanted) if wanted else "any of " + " ".join((*_TEXTS, *_HTMLS))
    message = (
        f"no text in {looked}; the fields are: {shown or 'none'}; "
        "name the one that holds the article with --text-field or --html-field"
    )
    return RecordError("no-text", "read", message)


def _json_text(raw: RawRecord) -> tuple[str, str | None, bool]:
    """Return the characters of a record, their encoding if it is not UTF-8, and whether bytes were lost."""
    # Wide encodings were made UTF-8 before the file was split.
    declared = normalise_label(raw.declared)
    override = None if declared is None or declared.startswith(("utf-16", "utf-32")) else declared
    if override is None:
        try:
            return raw.data.decode(), None, False
        except UnicodeDecodeError:
            pass
    decoded = decode(raw.data, override=override)
    return decoded.text, None if decoded.encoding == "utf-8" else decoded.encoding, decoded.lossy
