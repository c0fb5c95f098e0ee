"""What goes in: a record, where it came from, and JSON values kept as written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self, TypeAlias

from articlekit.model.checked import Fields

Media: TypeAlias = Literal["html", "text", "json"]


class RawJSON(str):
    """One JSON value exactly as it was written, such as ``1.10`` or ``"000858"`` with its quotes."""

    __slots__ = ()

    def value(self) -> Any:
        """Return the parsed value.

        >>> RawJSON('{"code": "000858"}').value()
        {'code': '000858'}
        """
        return json.loads(self)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record came from.

    Attributes:
        uri: path as given or expanded, or ``-`` for standard input.
        record: number of the record in a file of records, from 1; None for a file that is one record.
        url: address of the article, when known.
        encoding: of the body, as decoded; None before decoding or when it arrived as text.
        sha256: of the raw bytes of the record, in hex.
    """

    uri: str
    record: int | None = None
    url: str | None = None
    encoding: str | None = None
    sha256: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {
            "uri": self.uri,
            "record": self.record,
            "url": self.url,
            "encoding": self.encoding,
            "sha256": self.sha256,
        }

    @classmethod
    def from_dict(cls, value: Any, path: str = "source") -> Self:
        get = Fields(value, path, {"uri", "record", "url", "encoding", "sha256"})
        return cls(
            get.text("uri"),
            get.optional("record", int),
            get.optional("url", str),
            get.optional("encoding", str),
            get.text("sha256"),
        )


@dataclass(frozen=True, slots=True)
class Record:
    """One input record, read but not yet decoded.

    `body` is bytes as found in a file, or str where the container already had characters (JSON, CSV).
    `media` is what the body is: ``html``, ``text``, or None to find out from the body. `declared` is an
    encoding somebody claimed. `fields` are the other fields of the record in their input order.
    """

    source: Source
    body: bytes | str
    media: Literal["html", "text"] | None = None
    declared: str | None = None
    id: str | None = None
    title: str | None = None
    published: str | None = None
    fields: Mapping[str, RawJSON] = field(default_factory=dict)
