"""Files to raw records, streaming: what one process reads and others work on.

Nothing is parsed here beyond what it takes to find where records begin and end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, TypeAlias

from articlekit.errors import RecordError
from articlekit.model import Media
from articlekit.records.csvrows import rows
from articlekit.records.feedback import unwrapped
from articlekit.records.inputs import InputFile
from articlekit.records.options import Format, ReadOptions
from articlekit.records.rawrecord import RawRecord
from articlekit.records.split import Piece, json_values, lines
from articlekit.records.streams import Stream, open_stream, widened
from articlekit.text.encodings import sniff_bom

__all__ = ["RawRecord", "ReadOptions", "read"]

_PEEK = 64 << 10
_SPACE = b" \t\r\n"

_Reader: TypeAlias = Callable[[InputFile, Stream, ReadOptions], Iterator[RawRecord]]


def read(
    files: Iterable[InputFile], options: ReadOptions | None = None, stdin: BinaryIO | None = None
) -> Iterator[RawRecord]:
    """Yield the records of `files`, file by file, in memory for one record.

    Never raises for what is in a file: a record that cannot be read comes with its error.

    Args:
        files: as `expand` gives them.
        options: encoding, format and size of a record; the fields are for `to_record`.
        stdin: where ``-`` is read from, instead of standard input.
    """
    options = options or ReadOptions()
    for file in files:
        kind = options.input_format or file.format
        if kind == "parquet" and file.path is not None:
            yield from _parquet(file, options)
            continue
        stream = open_stream(file, stdin)
        kind = kind or _sniffed(stream)
        if kind in ("jsonl", "json", "csv"):
            stream = widened(stream, options.encoding)
        yield from map(unwrapped, _READERS[kind](file, stream, options))


def _sniffed(stream: Stream) -> Format:
    """Say what the content is, where no name does."""
    start = stream.peek(_PEEK)
    if mark := sniff_bom(start):
        start = start[mark[1] :]
    start = start.replace(b"\0", b"").lstrip(_SPACE)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"<"):
        return "html"
    inside = start[1:].lstrip(_SPACE)[:1]
    if (start.startswith(b"{") and inside in (b'"', b"}")) or (
        start.startswith(b"[") and inside in (b"{", b"]")
    ):
        return "json"
    return "text"


def _whole(file: InputFile, stream: Stream, options: ReadOptions, media: Media | None) -> Iterator[RawRecord]:
    """Read a file that is one record."""
    data, complete = stream.take(options.max_bytes)
    raw = RawRecord(file.uri, None, media, data, options.encoding)
    if not complete:
        yield raw.failed(_too_large(options, "the file"))
    else:
        yield raw.failed(stream.error) if stream.error else raw


def _html(file: InputFile, stream: Stream, options: ReadOptions) -> Iterator[RawRecord]:
    return _whole(file, stream, options, "html")


def _text(file: InputFile, stream: Stream, options: ReadOptions) -> Iterator[RawRecord]:
    return _whole(file, stream, options, "text")


def _jsonl(file: InputFile, stream: Stream, options: ReadOptions) -> Iterator[RawRecord]:
    return _pieces(file, stream, options, lines(stream, options.max_bytes))


def _json(file: InputFile, stream: Stream, options: ReadOptions) -> Iterator[RawRecord]:
    """Read one object, an array of records, objects in a row, or JSON lines under the wrong name."""
    if _looks_like_lines(stream):
        found = _jsonl(file, stream, options)
    else:
        found = _pieces(file, stream, options, json_values(stream, options.max_bytes))
    is_array = stream.peek(_PEEK).lstrip(_SPACE).startswith(b"[")
    first, second = next(found, None), next(found, None)
    if first is None:
        if not is_array:
            empty = RawRecord(file.uri, None, "json", b"")
            yield empty.failed(RecordError("empty-input", "read", "the file is empty; nothing to clean"))
        return
    if second is None and not is_array:
        yield RawRecord(file.uri, None, "json", first.data, first.declared, first.error)
        return
    yield first
    if second is not None:
        yield second
    yield from found


def _looks_like_lines(stream: Stream) -> bool:
    """Whether a file of JSON holds one object per line: a complete one on the first, or another after it."""
    start = stream.peek(_PEEK).lstrip(_SPACE)
    first, _, rest = start.partition(b"\n")
    if not first.startswith(b"{"):
        return False
    pieces = list(json_values(Stream([first]), _PEEK))
    return (len(pieces) == 1 and not pieces[0].cut) or rest.lstrip(_SPACE).startswith(b"{")


def _pieces(
    file: InputFile, stream: Stream, options: ReadOptions, pieces: Iterable[Piece]
) -> Iterator[RawRecord]:
    record, cut = 0, False
    for piece in pieces:
        if piece.data.isspace() and not piece.over and not piece.cut:
            continue
        record += 1
        raw = RawRecord(file.uri, record, "json", piece.data.rstrip(b"\r\n"), options.encoding)
        if piece.over:
            raw = raw.failed(_too_large(options, f"{piece.size} bytes from byte {piece.offset}"))
        elif piece.cut:
            raw = raw.failed(stream.error or _unclosed(piece.data))
        cut = piece.cut
        yield raw
    yield from _ended_early(file, stream, record, "json", said=cut)


def _csv(file: InputFile, stream: Stream, options: ReadOptions) -> Iterator[RawRecord]:
    record, said = 0, False
    try:
        for row in rows(stream, options.max_bytes, options.encoding):
            record += 1
            media: Media | None = None if row.error else "json"
            raw = RawRecord(file.uri, record, media, row.data, row.encoding)
            said = row.error is not None and row.error is stream.error
            yield raw.failed(row.error) if row.error else raw
    except RecordError as error:  # not text at all
        yield from _refused(file, stream, options, error)
        return
    yield from _ended_early(file, stream, record, None, said=said)


def _parquet(file: InputFile, options: ReadOptions) -> Iterator[RawRecord]:
    from articlekit.adapters.duckdb_tables import parquet_rows

    record = 0
    try:
        for row in parquet_rows(file.path) if file.path else ():
            record += 1
            yield RawRecord(file.uri, record, "json", row.encode("utf-8", "surrogatepass"))
    except RecordError as error:
        if record:  # the rows before the damage were read, the rest cannot be
            yield RawRecord(file.uri, record + 1, None, b"").failed(error)
        else:
            yield from _refused(file, open_stream(file), options, error)


def _parquet_stream(file: InputFile, stream: Stream, options: ReadOptions) -> Iterator[RawRecord]:
    if file.path is not None and not file.compressed:
        return _parquet(file, options)
    message = "Parquet cannot be read from a pipe or compressed; save it to a file as it is"
    return _refused(file, stream, options, RecordError("not-parquet", "read", message))


def _refused(
    file: InputFile, stream: Stream, options: ReadOptions, error: RecordError
) -> Iterator[RawRecord]:
    """Yield a file that cannot be split into records as one record with an error."""
    for raw in _whole(file, stream, options, None):
        yield raw if raw.error else raw.failed(error)


def _ended_early(
    file: InputFile, stream: Stream, record: int, media: Media | None, *, said: bool
) -> Iterator[RawRecord]:
    """Yield a record for what is missing, where the stream ended early and no cut record says so."""
    if stream.error and not said:
        raw = RawRecord(file.uri, record + 1 if record else None, media, b"")
        yield raw.failed(stream.error)


def _too_large(options: ReadOptions, place: str) -> RecordError:
    message = f"larger than {options.max_bytes} bytes, the limit for one record; it is not held, only named"
    return RecordError("too-large", "read", message, place)


def _unclosed(data: bytes) -> RecordError:
    what = "inside the last record" if data else "before the array is closed"
    return RecordError("truncated", "read", f"the file ends {what}; fetch it again")


_READERS: dict[Format, _Reader] = {
    "html": _html,
    "text": _text,
    "jsonl": _jsonl,
    "json": _json,
    "csv": _csv,
    "parquet": _parquet_stream,
}
