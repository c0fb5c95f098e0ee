"""How to read: which fields are what, which encoding, how much one record may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

MAX_BYTES = 64 << 20

Format: TypeAlias = Literal["html", "text", "jsonl", "json", "csv", "parquet"]
FORMATS: tuple[Format, ...] = ("html", "text", "jsonl", "json", "csv", "parquet")


class FieldNames(Protocol):
    """Names of the fields of a record; None where they are to be guessed."""

    @property
    def text_field(self) -> str | None: ...
    @property
    def html_field(self) -> str | None: ...
    @property
    def id_field(self) -> str | None: ...
    @property
    def url_field(self) -> str | None: ...
    @property
    def title_field(self) -> str | None: ...
    @property
    def date_field(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read inputs; it satisfies `FieldNames`.

    Attributes:
        text_field, html_field, id_field, url_field, title_field, date_field: names of fields; None where
            they are to be guessed.
        encoding: of the input, whatever its bytes look like; None to find out.
        max_bytes: of one record after decompression; a larger one is quarantined as ``too-large``.
        input_format: format of every input, instead of going by the file's name.
    """

    text_field: str | None = None
    html_field: str | None = None
    id_field: str | None = None
    url_field: str | None = None
    title_field: str | None = None
    date_field: str | None = None
    encoding: str | None = None
    max_bytes: int = MAX_BYTES
    input_format: Format | None = None
