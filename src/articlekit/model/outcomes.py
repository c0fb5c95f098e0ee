"""What becomes of a record: cleaned, a duplicate, or quarantined."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from articlekit.errors import SchemaError
from articlekit.model.article import Article
from articlekit.model.checked import Fields, number
from articlekit.model.findings import Trace
from articlekit.model.lines import Line
from articlekit.model.source import Media, Source

DUPLICATE_SCHEMA = "articlekit/duplicate/1"
DROPPED_SCHEMA = "articlekit/dropped/1"
QUARANTINE_SCHEMA = "articlekit/quarantine/1"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned record: the article and how it came about.

    Attributes:
        article: the record to write.
        trace: the decoded text and every edit, for the ledger and `explain`.
        title_line: number of the line that became the title, or None.
        heading_lines: numbers of the lines that head a section.
        source_text: decoded HTML source, or None for text.
        seconds: CPU seconds per step.
        lines: all lines before chrome is removed, with their roles.
        starts: number of a line → offset in the article's text of what is left of it.
        url: address by which rules for sites were chosen.
        joined: number of further pages whose lines are part of the article.
    """

    article: Article
    trace: Trace
    title_line: int | None = None
    heading_lines: tuple[int, ...] = ()
    source_text: str | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    starts: Mapping[int, int] = field(default_factory=dict)
    url: str | None = None
    joined: int = 0


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One article that repeats another, with the evidence; schema ``articlekit/duplicate/1``.

    `record` is the whole record as it would have been written, so that nothing is lost. `figures_added`
    and `figures_missing` are the figures this article has and the kept one has not, and the reverse.
    """

    id: str
    source: Source
    kept_id: str
    kept_source: Source
    class_: str
    jaccard: float
    removed: bool
    figures_added: tuple[str, ...] = ()
    figures_missing: tuple[str, ...] = ()
    record: Mapping[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        return {**self.to_dict_without_record(), "record": None if self.record is None else dict(self.record)}

    def to_dict_without_record(self) -> dict[str, Any]:
        """Return all but `record`, for writers that copy the record verbatim."""
        return {
            "schema": DUPLICATE_SCHEMA,
            "id": self.id,
            "source": self.source.to_dict(),
            "kept_id": self.kept_id,
            "kept_source": self.kept_source.to_dict(),
            "class": self.class_,
            "jaccard": self.jaccard,
            "removed": self.removed,
            "figures_added": list(self.figures_added),
            "figures_missing": list(self.figures_missing),
        }

    @classmethod
    def from_dict(cls, value: Any) -> Self:
        names = set(cls.__slots__) - {"class_"} | {"schema", "class"}
        get = Fields(value, "", names)
        get.constant("schema", DUPLICATE_SCHEMA)
        record = get.raw("record")
        return cls(
            id=get.text("id"),
            source=Source.from_dict(get.raw("source")),
            kept_id=get.text("kept_id"),
            kept_source=Source.from_dict(get.raw("kept_source"), "kept_source"),
            class_=get.text("class"),
            jaccard=number(get.raw("jaccard"), "jaccard"),
            removed=get.boolean("removed"),
            figures_added=get.texts("figures_added"),
            figures_missing=get.texts("figures_missing"),
            record=None if record is None else get.mapping("record"),
        )


@dataclass(frozen=True, slots=True)
class Dropped:
    """An article that a condition of the settings leaves out; schema ``articlekit/dropped/1``.

    `reason` is the condition that held, `values` what it was about, `record` the whole article.
    """

    id: str
    source: Source
    reason: str
    values: Mapping[str, float | str | None]
    record: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        return {**self.to_dict_without_record(), "record": dict(self.record)}

    def to_dict_without_record(self) -> dict[str, Any]:
        """Return all but `record`, for writers that copy the record verbatim."""
        return {
            "schema": DROPPED_SCHEMA,
            "id": self.id,
            "source": self.source.to_dict(),
            "reason": self.reason,
            "values": dict(self.values),
        }

    @classmethod
    def from_dict(cls, value: Any) -> Self:
        get = Fields(value, "", set(cls.__slots__) | {"schema"})
        get.constant("schema", DROPPED_SCHEMA)
        return cls(
            id=get.text("id"),
            source=Source.from_dict(get.raw("source")),
            reason=get.text("reason"),
            values=get.mapping("values"),
            record=get.mapping("record"),
        )


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that could not become an article; schema ``articlekit/quarantine/1``.

    `raw` is the record as read, so that the quarantine file can be fed back in as input: characters when
    it was (or decodes strictly as) UTF-8, else bytes. `media` says how to read it: ``json`` for one JSON
    object, ``html``, ``text``, or None for unknown.
    """

    source: Source
    reason: str
    step: str
    message: str
    place: str | None = None
    media: Media | None = None
    raw: str | bytes | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "schema": QUARANTINE_SCHEMA,
            "source": self.source.to_dict(),
            "reason": self.reason,
            "step": self.step,
            "message": self.message,
            "place": self.place,
            "media": self.media,
            "raw": _raw_to_dict(self.raw),
        }

    @classmethod
    def from_dict(cls, value: Any) -> Self:
        get = Fields(value, "", set(cls.__slots__) | {"schema"})
        get.constant("schema", QUARANTINE_SCHEMA)
        media = get.optional("media", str)
        if media not in (None, "html", "text", "json"):
            raise SchemaError(f"media: expected html, text, json or null, found {media!r}")
        return cls(
            source=Source.from_dict(get.raw("source")),
            reason=get.text("reason"),
            step=get.text("step"),
            message=get.text("message"),
            place=get.optional("place", str),
            media=media,
            raw=_raw_from_dict(get.raw("raw")),
        )


def _raw_to_dict(raw: str | bytes | None) -> dict[str, str] | None:
    if raw is None:
        return None
    if isinstance(raw, str):
        return {"encoding": "utf-8", "data": raw}
    try:
        return {"encoding": "utf-8", "data": raw.decode("utf-8")}
    except UnicodeDecodeError:
        return {"encoding": "base64", "data": b64encode(raw).decode("ascii")}


def _raw_from_dict(value: Any) -> str | bytes | None:
    if value is None:
        return None
    get = Fields(value, "raw", {"encoding", "data"})
    encoding, data = get.text("encoding"), get.text("data")
    if encoding == "utf-8":
        return data
    if encoding == "base64":
        try:
            return b64decode(data, validate=True)
        except ValueError as error:
            raise SchemaError(f"raw.data: not base64: {error}") from None
    raise SchemaError(f"raw.encoding: expected utf-8 or base64, found {encoding!r}")
