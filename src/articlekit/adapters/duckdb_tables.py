"""Parquet in and out, through DuckDB."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from articlekit.errors import RecordError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from duckdb.sqltypes import DuckDBPyType

_Encoder: TypeAlias = Callable[[Any], str]

_ROWS = 256  # fetched at a time
_INTEGERS = ("tinyint", "smallint", "integer", "bigint", "hugeint")
_EXACT = frozenset(
    (
        *_INTEGERS,
        *(f"u{name}" for name in _INTEGERS),
        "boolean",
        "float",
        "double",
        "decimal",
        "varchar",
        "blob",
    )
)


def connect(memory_limit: str | None = None) -> DuckDBPyConnection:
    """Return a connection to a database in memory that loads nothing from the network.

    One thread, so that rows come in the order of the file and memory stays small.
    """
    import duckdb

    config: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": 1,
    }
    if memory_limit:
        config["memory_limit"] = memory_limit
    connection = duckdb.connect(config=config)
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def parquet_rows(path: Path) -> Iterator[str]:
    """Yield the rows of a Parquet file as JSON objects, in the order of the file.

    Integers and decimals keep all digits (``1.10`` stays), bytes become ``{"base64": "…"}``, NaN and
    infinities the strings ``"NaN"`` and ``"Infinity"``, dates and times strings (in UTC), lists and structs
    arrays and objects, columns of the logical type JSON the JSON they hold.

    Raises:
        RecordError: ``not-parquet``, also after some rows when the file is damaged behind them.
    """
    import duckdb

    connection = connect()
    try:
        table = connection.read_parquet(_literal(path))
        names, types = table.columns, table.types
        casts = ", ".join(f"{_quoted(n)}::{_exact_type(kind)}" for n, kind in zip(names, types, strict=True))
        encoders = [(json.dumps(name) + ":", _encoder(kind)) for name, kind in zip(names, types, strict=True)]
        result = connection.execute(f"SELECT {casts} FROM read_parquet(?)", [_literal(path)])
        while rows := result.fetchmany(_ROWS):
            for row in rows:
                members = (key + encode(value) for (key, encode), value in zip(encoders, row, strict=True))
                yield "{" + ",".join(members) + "}"
    except (duckdb.Error, UnicodeError) as error:  # the latter for names of files that are not UTF-8
        what = str(error).splitlines()[0][:300]
        raise RecordError("not-parquet", "read", f"DuckDB cannot read this Parquet file: {what}") from None
    finally:
        connection.close()


def write_parquet(lines: Path, parquet: Path, columns: Mapping[str, str], longest: int) -> None:
    """Write JSON lines as Parquet, in their order.

    Args:
        lines: a file of JSON objects without other keys than `columns`.
        parquet: the file to write; what is there is overwritten.
        columns: name → SQL type.
        longest: bytes of the longest line.
    """
    connection = connect()
    try:
        spec = ", ".join(f"{_literal_text(name)}: {_literal_text(kind)}" for name, kind in columns.items())
        connection.execute(
            f"COPY (SELECT * FROM read_json({_literal_text(_literal(lines))}, format = 'newline_delimited', "
            f"columns = {{{spec}}}, maximum_object_size = {max(longest + 1024, 1 << 24)})) "
            f"TO {_literal_text(str(parquet))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 16384)"
        )
    finally:
        connection.close()


def _literal(path: Path) -> str:
    """Return a path as a pattern that matches only itself."""
    name = str(path.absolute())
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal_text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _children(kind: DuckDBPyType) -> dict[str, DuckDBPyType]:
    return {name: cast("DuckDBPyType", child) for name, child in kind.children}


def _exact_type(kind: DuckDBPyType) -> str:
    """Return the SQL type to fetch a column as: itself where Python holds it exactly, else characters."""
    if kind.id in ("list", "array"):
        return _exact_type(_children(kind)["child"]) + "[]"
    if kind.id == "struct":
        members = (f"{_quoted(name)} {_exact_type(child)}" for name, child in _children(kind).items())
        return f"STRUCT({', '.join(members)})"
    if kind.id == "map":
        return f"MAP(VARCHAR, {_exact_type(_children(kind)['value'])})"
    return str(kind) if kind.id in _EXACT and str(kind) != "JSON" else "VARCHAR"


def _encoder(kind: DuckDBPyType) -> _Encoder:
    """Return the function that writes values of a type as JSON."""
    if kind.id in ("list", "array"):
        item = _encoder(_children(kind)["child"])
        return _or_null(lambda values: "[" + ",".join(map(item, values)) + "]")
    if kind.id == "struct":
        members = {name: _encoder(child) for name, child in _children(kind).items()}
        return _or_null(lambda value: _object(members, value))
    if kind.id == "map":
        entry = _encoder(_children(kind)["value"])
        return _or_null(lambda value: _object(dict.fromkeys(value, entry), value))
    return _or_null(_json_column if str(kind) == "JSON" else _scalar)


def _or_null(encode: _Encoder) -> _Encoder:
    return lambda value: "null" if value is None else encode(value)


def _object(encoders: Mapping[str, _Encoder], value: Mapping[str, Any]) -> str:
    members = (f"{json.dumps(key)}:{encode(value[key])}" for key, encode in encoders.items())
    return "{" + ",".join(members) + "}"


def _json_column(value: str) -> str:
    try:
        json.loads(value, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return _scalar(value)
    return value


def _refuse(name: str) -> None:
    raise ValueError(name)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bytes | bytearray | memoryview):
        return f'{{"base64":"{b64encode(value).decode("ascii")}"}}'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        text = json.dumps(value)
        return text if text[-1].isdigit() else f'"{text}"'
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
