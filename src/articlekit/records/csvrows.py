"""CSV to records: every row becomes a JSON object of strings, keyed by the header."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articlekit.errors import RecordError
from articlekit.records.jsonl import encode
from articlekit.records.split import Piece, lines
from articlekit.records.streams import Stream
from articlekit.text.decode import decode
from articlekit.text.encodings import CODECS

_DIVIDERS = ",;\t|"
_SAMPLE = 256 << 10


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its JSON form, or its own bytes and why it is no record.

    `encoding` is set where `data` is not UTF-8, because bytes of the row do not decode.
    """

    data: bytes
    encoding: str | None = None
    error: RecordError | None = None


def rows(stream: Stream, limit: int, encoding: str | None = None) -> Iterator[Row]:
    r"""Yield the rows of a CSV file after its header.

    Comma, semicolon, tab or bar, whichever is most frequent in the header, divides the cells. Rows with
    more or fewer cells than the header come with the error ``ragged-row``. Rows without any characters in
    their cells are left out. `encoding` is found out where it is not given.

    Raises:
        RecordError: ``binary``, when the beginning of the file is not text.

    >>> [row.data for row in rows(Stream([b'id;title\n1;"A;\nB"\n']), 100)]
    [b'{"id":"1","title":"A;\\nB"}']
    """
    csv.field_size_limit(max(csv.field_size_limit(), 2 * limit + 1))  # of the process; only ever raised
    sample = stream.peek(_SAMPLE)
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    feed = _Feed(stream, limit, _codec(decode(sample, override=encoding).encoding))
    header: list[str] | None = None
    for item in _parsed(feed, _divider(sample)):
        if isinstance(item, Row):
            yield item
            if header is None:  # without a header no row has a meaning
                yield from _rest(feed)
                return
        elif not any(item.cells):
            continue
        elif header is None:
            header = _unique(item.cells)
        else:
            yield _row(header, item, feed.codec)


@dataclass(frozen=True, slots=True)
class _Cells:
    cells: list[str]
    text: str  # the row as it stands in the file


class _NoLine(Exception):  # noqa: N818  # never seen outside
    """The next line is too large, or the stream was cut inside it."""

    def __init__(self, piece: Piece) -> None:
        super().__init__()
        self.piece = piece


class _RowTooLarge(Exception):  # noqa: N818  # never seen outside
    pass


class _Feed:
    """Decoded lines for the parser, with those of the current row kept."""

    def __init__(self, stream: Stream, limit: int, codec: str) -> None:
        self.stream, self.limit, self.codec = stream, limit, codec
        self._lines = self._physical()
        self._taken: list[str] = []
        self._size = 0
        self._at_end = False

    def _physical(self) -> Iterator[str | Piece]:
        for piece in lines(self.stream, self.limit):
            if piece.over or piece.cut:
                yield piece
                continue
            for line in piece.data.splitlines(keepends=True):  # also at a bare carriage return
                yield _characters(line, self.codec)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._size > self.limit:
            raise _RowTooLarge
        line = next(self._lines, None)
        if line is None:
            self._at_end = True
            raise StopIteration
        if isinstance(line, Piece):
            raise _NoLine(line)
        self._taken.append(line)
        self._size += len(line)
        return line

    @property
    def inside_row(self) -> bool:
        """Whether lines of an unfinished row were taken."""
        return bool(self._taken)

    def row(self) -> str:
        """Return the lines taken since the last row, and begin a new one."""
        text = "".join(self._taken)
        self._taken, self._size = [], 0
        return text

    def aside(self, text: str) -> Iterator[Row]:
        """Yield a row that is not parsed, unless it is blank."""
        message = "the quotes of this row do not fit; put cells that hold quotes into quotes and double them"
        error = RecordError("bad-quotes", "read", message)
        if self._at_end and self.stream.error:
            error = self.stream.error
        if text.strip():
            yield Row(_encoded(text, self.codec)[0], error=error)

    def no_line(self, piece: Piece) -> Iterator[Row]:
        """Yield what an unusable line makes of itself and of the open row before it."""
        if piece.cut:
            start = _encoded(self.row(), self.codec)[0]
            yield Row(start + piece.data, error=self.stream.error)
            return
        yield from self.aside(self.row())
        message = "a line is larger than the limit for one record"
        place = f"{piece.size} bytes from byte {piece.offset} of the decompressed file"
        yield Row(piece.data, error=RecordError("too-large", "read", message, place))


def _parsed(feed: _Feed, divider: str) -> Iterator[_Cells | Row]:
    """Yield rows.

    Behind a quote that is not closed nobody knows what is a row and what is text in a cell. To guess would
    be to invent records, so what follows is set aside.
    """
    lost = False
    while not lost:
        try:
            for cells in csv.reader(feed, delimiter=divider, strict=True):
                yield _Cells(cells, feed.row())
            return
        except _NoLine as line:
            lost = feed.inside_row
            yield from feed.no_line(line.piece)
        except (csv.Error, _RowTooLarge):
            text = feed.row()
            lost = text.count('"') % 2 == 1
            yield from feed.aside(text)
    yield from _rest(feed)


def _rest(feed: _Feed) -> Iterator[Row]:
    """Set all that is left aside, line by line."""
    while True:
        try:
            line = next(feed, None)
        except _NoLine as bad:
            yield from feed.no_line(bad.piece)
            continue
        if line is None:
            return
        yield from feed.aside(feed.row())


def _row(header: Sequence[str], row: _Cells, codec: str) -> Row:
    if len(row.cells) != len(header):
        counts = f"the header has {len(header)} cells, this row {len(row.cells)}"
        error = RecordError("ragged-row", "read", f"{counts}; put cells that hold the divider into quotes")
        return Row(_encoded(row.text, codec)[0], error=error)
    record = dict(zip(header, row.cells, strict=True))
    try:
        row.text.encode()
    except UnicodeEncodeError:  # bad bytes: the JSON form keeps them, in the encoding of the file
        data, encoding = _encoded(json.dumps(record, ensure_ascii=False, separators=(",", ":")), codec)
        return Row(data, encoding)
    return Row(encode(record))


def _unique(names: Sequence[str]) -> list[str]:
    """Give repeated names a number, since a record cannot hold two values under one.

    >>> _unique(["text", "tag", "tag"])
    ['text', 'tag', 'tag_2']
    """
    unique: list[str] = []
    for name in names:
        number, candidate = 1, name
        while candidate in unique or (number > 1 and candidate in names):
            number += 1
            candidate = f"{name}_{number}"
        unique.append(candidate)
    return unique


def _divider(sample: bytes) -> str:
    """Return the divider that is most frequent in the first line, outside quotes."""
    first = sample.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").split(b"\n", 1)[0].split(b"\r", 1)[0]
    outside = b"".join(first.split(b'"')[::2]).decode("latin-1")
    return max(_DIVIDERS, key=outside.count)


def _codec(encoding: str) -> str:
    """Return Python's name of an encoding; UTF-8 for those that cannot be split at line feeds."""
    return CODECS["utf-8" if encoding.startswith(("utf-16", "utf-32", "iso-2022", "hz")) else encoding]


def _characters(line: bytes, codec: str) -> str:
    """Decode a line by the file's encoding, else by its own; bytes that do not decode become surrogates."""
    try:
        return line.decode(codec)
    except UnicodeDecodeError:
        pass
    try:
        own = decode(line)
    except RecordError:
        return line.decode(codec, "surrogateescape")
    if own.lossy or own.encoding == "cp1252":  # which decodes nearly everything, and so says nothing
        return line.decode(codec, "surrogateescape")
    return own.text


def _encoded(text: str, codec: str) -> tuple[bytes, str]:
    """Return the bytes of `_characters` again, and their encoding."""
    try:
        return text.encode(codec, "surrogateescape"), codec
    except UnicodeEncodeError:  # a line of another encoding than the file
        return text.encode("utf-8", "surrogateescape"), "utf-8"
