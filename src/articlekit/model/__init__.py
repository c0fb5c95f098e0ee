"""The records that go in and come out, as frozen slotted dataclasses.

`to_dict` gives plain JSON-ready Python values in the order of the schema; `from_dict` takes them back
and raises `SchemaError` with the path of the first thing that is wrong. Fields of the input that
articlekit does not know are kept in `Article.extra` as `RawJSON`: the characters of the value as they
stood in the input. `to_dict` parses them (so ``1.10`` becomes ``1.1``); writing a record with
`articlekit.records.jsonl.encode_article` copies them unchanged.
"""

from articlekit.model.article import ARTICLE_SCHEMA, Article, Dedup, Script, Section
from articlekit.model.findings import Edit, Flag, Metadata, Removal, Repaired, Trace
from articlekit.model.lines import Line, Role
from articlekit.model.outcomes import (
    DROPPED_SCHEMA,
    DUPLICATE_SCHEMA,
    QUARANTINE_SCHEMA,
    Cleaned,
    Dropped,
    Duplicate,
    Quarantined,
)
from articlekit.model.source import Media, RawJSON, Record, Source

__all__ = [
    "ARTICLE_SCHEMA",
    "DROPPED_SCHEMA",
    "DUPLICATE_SCHEMA",
    "QUARANTINE_SCHEMA",
    "Article",
    "Cleaned",
    "Dedup",
    "Dropped",
    "Duplicate",
    "Edit",
    "Flag",
    "Line",
    "Media",
    "Metadata",
    "Quarantined",
    "RawJSON",
    "Record",
    "Removal",
    "Repaired",
    "Role",
    "Script",
    "Section",
    "Source",
    "Trace",
]
