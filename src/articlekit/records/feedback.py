"""Quarantine records that come back as input: the record inside is read as it was read the first time."""

from __future__ import annotations

from dataclasses import replace

from articlekit.errors import RecordError, SchemaError
from articlekit.model import QUARANTINE_SCHEMA, Quarantined
from articlekit.records.rawjson import loads
from articlekit.records.rawrecord import OF_THE_FILE, RawRecord

_MARK = QUARANTINE_SCHEMA.encode()


def unwrapped(raw: RawRecord) -> RawRecord:
    """Return the record inside a quarantine record, however often it was wrapped, else the record itself.

    What was wrong with the file around the record (a cut stream, a ragged row) stays wrong: such records
    keep their error and end in quarantine again, unless somebody mended the raw record.
    """
    while raw.media == "json" and raw.error is None and _MARK in raw.data:
        inner = _inner(raw)
        if inner is None:
            break
        raw = inner
    return raw


def _inner(raw: RawRecord) -> RawRecord | None:
    try:
        value = loads(raw.data.decode())
        if not isinstance(value, dict) or value.get("schema") != QUARANTINE_SCHEMA:
            return None
        outcome = Quarantined.from_dict(value)
    except (RecordError, SchemaError, UnicodeDecodeError):
        return None  # found out again, and said, where the record is parsed
    held = outcome.raw if outcome.raw is not None else b""
    data = held if isinstance(held, bytes) else held.encode("utf-8", "surrogatepass")
    inner = RawRecord(outcome.source.uri, outcome.source.record, outcome.media, data, raw.declared)
    unchanged = inner.source.sha256 == outcome.source.sha256
    if outcome.raw is None or (outcome.reason in OF_THE_FILE and unchanged):
        return replace(inner, error=replace(outcome, raw=None))
    return inner
