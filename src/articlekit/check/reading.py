"""Files to records, one at a time, each with its place; nothing is unwrapped or repaired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from articlekit.adapters.duckdb_tables import parquet_rows
from articlekit.errors import InputError, RecordError
from articlekit.records.inputs import InputFile, expand
from articlekit.records.rawjson import loads
from articlekit.records.split import Piece, json_values, lines
from articlekit.records.streams import open_stream, widened

_FORMATS = ("jsonl", "json", "parquet")
_NO_BYTES = b""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a file as it stands there, or what is wrong with the file.

    Attributes:
        line: line of the file, from 1; for JSON arrays and tables the number of the record.
        data: the bytes of the record.
        error: why there is no whole record; then `data` is what there is of it.
    """

    line: int
    data: bytes
    error: RecordError | None = None


def record_files(paths: Sequence[str | Path]) -> list[InputFile]:
    """Return the files of records that `paths` name: files, folders, globs or ``-``.

    Files of other kinds are left out where a folder or glob brought them.

    Raises:
        InputError: a name is nothing, or is a page or a text, or nothing with records is left.
    """
    named = {Path(path).as_posix() for path in paths}
    files = []
    for file in expand([str(path) for path in paths]):
        if file.format is None or file.format in _FORMATS:
            files.append(file)
        elif file.uri in named:
            raise InputError(
                f"{file.uri}: check reads records (.jsonl .ndjson .json .parquet), not {file.format}; "
                "clean it first"
            )
    if not files:
        raise InputError(f"{', '.join(sorted(named))}: no file of records (.jsonl .ndjson .json .parquet)")
    return files


def read_entries(file: InputFile, max_bytes: int, stdin: BinaryIO | None = None) -> Iterator[Entry]:
    """Yield the records of one file; memory holds one record.

    Args:
        file: as `record_files` gives it.
        max_bytes: of one record; of a larger one only the error is given.
        stdin: where ``-`` is read from, instead of standard input.
    """
    if file.format == "parquet" and file.path is not None:
        yield from _rows(file.path)
        return
    stream = widened(open_stream(file, stdin), None)
    is_json = file.format == "json"
    pieces = json_values(stream, max_bytes) if is_json else lines(stream, max_bytes)
    number, cut = 0, False
    for number, piece in enumerate(pieces, 1):
        cut = piece.cut
        error = _error(piece, max_bytes, stream.error)
        if error or not piece.data.isspace():
            yield Entry(number, _NO_BYTES if error else piece.data, error)
    if stream.error and not cut:
        yield Entry(number + 1, _NO_BYTES, stream.error)


def parse(data: bytes) -> Any:
    """Return the value of one record.

    Raises:
        RecordError: with the place, when it is no JSON or not UTF-8.
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:  # lone surrogates, 1e400, or really not JSON
        pass
    try:
        return loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RecordError("not-json", "read", "not UTF-8", f"byte {error.start}") from None


def _error(piece: Piece, max_bytes: int, stream_error: RecordError | None) -> RecordError | None:
    if piece.over:
        return RecordError("too-large", "read", f"{piece.size} bytes, more than {max_bytes}")
    if piece.cut:
        return stream_error or RecordError("truncated", "read", "the file ends inside this record")
    return None


def _rows(path: Path) -> Iterator[Entry]:
    number = 0
    try:
        for number, row in enumerate(parquet_rows(path), 1):
            yield Entry(number, _row(row))
    except RecordError as error:
        yield Entry(number + 1, _NO_BYTES, error)


def _row(row: str) -> bytes:
    """Return a row of a table as the record it holds; there `extra` is a text with JSON in it."""
    value = loads(row)
    if isinstance(value.get("extra"), str):
        value["extra"] = loads(value["extra"])
    return orjson.dumps(value)
