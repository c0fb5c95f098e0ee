"""Articles as Parquet: the fields of the article record under fixed types."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import orjson

from articlekit.records.inputs import InputFile
from articlekit.records.jsonl import decode_article, encode_members
from articlekit.records.split import lines
from articlekit.records.streams import open_stream
from articlekit.records.writers import atomic_path

_LIMIT = 1 << 40  # of a line: as long as it has to be, because it was written by us
_SURROGATE = re.compile("[\ud800-\udfff]")

COLUMNS = MappingProxyType(
    {
        "schema": "VARCHAR",
        "id": "VARCHAR",
        "source": "STRUCT(uri VARCHAR, record BIGINT, url VARCHAR, encoding VARCHAR, sha256 VARCHAR)",
        "title": "VARCHAR",
        "published": "VARCHAR",
        "author": "VARCHAR",
        "editor": "VARCHAR",
        "channel": "VARCHAR",
        "site": "VARCHAR",
        "language": "VARCHAR",
        "script": 'STRUCT("input" VARCHAR, "output" VARCHAR)',
        "sections": 'STRUCT("level" BIGINT, "number" VARCHAR, heading VARCHAR, "text" VARCHAR)[]',
        "text": "VARCHAR",
        "removed": 'STRUCT(line BIGINT, "rule" VARCHAR, category VARCHAR, "text" VARCHAR)[]',
        "repairs": "MAP(VARCHAR, BIGINT)",
        "flags": 'STRUCT(kind VARCHAR, line BIGINT, "start" BIGINT, "text" VARCHAR)[]',
        "quality": "MAP(VARCHAR, DOUBLE)",
        "dedup": 'STRUCT(cluster VARCHAR, "class" VARCHAR, kept_id VARCHAR, jaccard DOUBLE, family VARCHAR)',
        "extra": "VARCHAR",
    }
)


def write_parquet(jsonl_path: str | Path, parquet_path: str | Path) -> int:
    """Write the articles of a JSON lines file as Parquet, in their order; return their number.

    Types are fixed (`COLUMNS`), so files of different runs go together. `extra` is one column with the JSON
    text, every value as it was written. Parquet holds Unicode only: lone surrogates outside `extra` become
    U+FFFD.

    Raises:
        RecordError, SchemaError: when a line is no article record, or the file is cut off.
    """
    from articlekit.adapters import duckdb_tables

    count = longest = 0
    target = Path(parquet_path)
    with TemporaryDirectory(prefix=".articlekit-", dir=target.absolute().parent) as folder:
        scratch = Path(folder, "articles.jsonl")
        with scratch.open("wb") as file:
            stream = open_stream(InputFile.of(jsonl_path))
            for piece in lines(stream, _LIMIT):
                if line := piece.data.strip():
                    row = _row(line)
                    file.write(row + b"\n")
                    count, longest = count + 1, max(longest, len(row))
            if stream.error:
                raise stream.error
        with atomic_path(target) as temporary:
            duckdb_tables.write_parquet(scratch, temporary, COLUMNS, longest)
    return count


def _row(line: bytes) -> bytes:
    article = decode_article(line)
    value: dict[str, Any] = article.to_dict_without_extra()
    value["extra"] = encode_members(article.extra).decode()
    try:
        return orjson.dumps(value)
    except TypeError:
        return _SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False)).encode()
