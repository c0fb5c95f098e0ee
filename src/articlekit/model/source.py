"""What goes in: a record, where it came from, and JSON values kept as written."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self, TypeAlias

from articlekit.model.checked import Fields

Media: TypeAlias = Literal["html", "text", "json"]


class RawJSON(str):
    """One JSON value exactly as it was written, such as ``1.10`` or ``"000858"`` with its quotes."""

    __slots__ = ()

    def value(self) -> Any:
        """Return the parsed value. Numbers become Python's, so ``1e400`` is infinite and ``1.10`` is 1.1.

        >>> RawJSON('{"code": "000858"}').value()
        {'code': '000858'}
        """
        try:
            return json.loads(self)
        except ValueError:  # an integer longer than Python converts
            return json.loads(self, parse_int=_long_integer)


def _long_integer(digits: str) -> int | float:
    return int(digits) if len(digits) < sys.int_info.str_digits_check_threshold else float(digits)


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

    Attributes:
        source: where it came from.
        body: bytes as found in a file, or characters where the container already had them (JSON, CSV).
        media: what the body is; None to find out from the body.
        declared: an encoding somebody claimed.
        id, title, published: what the record's fields say, as characters; the body may say otherwise.
        fields: the fields of the record that were taken for nothing, in their input order.
        consumed: role (``id``, ``url``, ``title``, ``date``) → key and value of the field that was taken
            for it, so that a value that is not kept exactly elsewhere can be kept as it was.
        guessed: role (these and ``text``) → key, where the key was guessed and not given.
        lossy: whether bytes of the container did not decode and stand as U+FFFD.
    """

    source: Source
    body: bytes | str
    media: Literal["html", "text"] | None = None
    declared: str | None = None
    id: str | None = None
    title: str | None = None
    published: str | None = None
    fields: Mapping[str, RawJSON] = field(default_factory=dict)
    consumed: Mapping[str, tuple[str, RawJSON]] = field(default_factory=dict)
    guessed: Mapping[str, str] = field(default_factory=dict)
    lossy: bool = False
