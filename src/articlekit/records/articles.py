"""Article records that come back as input: cleaned again from their text and what is known about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articlekit.errors import RecordError
from articlekit.model import RawJSON, Record, Source
from articlekit.records.rawjson import split_object

# Known about the article and found nowhere in its text any more, because bylines are taken out of it.
_KEPT = ("author", "editor", "channel", "site")


def article_record(fields: Mapping[str, RawJSON], source: Source, *, lossy: bool = False) -> Record:
    """Return the record to clean for the members of an article record.

    Text, title, date, address and id are used. `extra` goes back to being fields, and so do author,
    editor, channel and site where they are known. What follows from the text (sections, removals, repairs,
    flags, quality, script, language, dedup) is dropped, because it is made anew.

    Raises:
        RecordError: ``no-text``, when the article has none.
    """
    text = _value(fields, "text")
    if not isinstance(text, str) or not text.strip():
        raise RecordError("no-text", "read", "the article record has no text")
    where = _value(fields, "source")
    extra = _extra(fields.get("extra", RawJSON("{}")))
    for name in _KEPT:
        if _string(fields, name):
            extra.setdefault(name if name not in extra else f"articlekit.{name}", fields[name])
    url = where.get("url") if isinstance(where, dict) else None
    return Record(
        Source(
            source.uri, source.record, url if isinstance(url, str) else None, source.encoding, source.sha256
        ),
        text,
        "text",
        id=_string(fields, "id"),
        title=_string(fields, "title"),
        published=_string(fields, "published"),
        fields=extra,
        lossy=lossy,
    )


def _extra(raw: RawJSON) -> dict[str, RawJSON]:
    """Return the members of `extra`, which in tables is a string that holds them."""
    if raw.startswith('"'):
        return split_object(raw.value())
    return split_object(raw) if raw.startswith("{") else {}


def _value(fields: Mapping[str, RawJSON], name: str) -> Any:
    return fields[name].value() if name in fields else None


def _string(fields: Mapping[str, RawJSON], name: str) -> str | None:
    value = _value(fields, name)
    return value if isinstance(value, str) and value else None
