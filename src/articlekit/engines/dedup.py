"""Deduplication alone, of records that are clean already."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from articlekit.config import Config
from articlekit.dedup.items import Decision, DedupItem
from articlekit.engines.corpus import ArticleLines
from articlekit.engines.local import batched
from articlekit.engines.outputs import Folder
from articlekit.engines.run import two_passes
from articlekit.engines.settings import read_options
from articlekit.engines.stats import Stats
from articlekit.engines.summary import Summary
from articlekit.engines.worker import Batch, Result
from articlekit.errors import RecordError
from articlekit.model import ARTICLE_SCHEMA, Quarantined, Record, Source
from articlekit.records.fields import to_record
from articlekit.records.inputs import expand
from articlekit.records.jsonl import encode_quarantined
from articlekit.records.options import ReadOptions
from articlekit.records.raw import read
from articlekit.records.rawrecord import RawRecord
from articlekit.text.identity import text_id


def dedup(
    inputs: Sequence[str],
    folder: Path,
    config: Config,
    *,
    limit: int | None = None,
    dry_run: bool = False,
    quarantine: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Find near-duplicates among the records of `inputs` and write them apart, into `folder`.

    Articles of ours get their `dedup` filled in; other records keep every character.

    Args:
        inputs: files of records (JSON lines, JSON, CSV, Parquet), folders, globs or ``-``.
        folder: created when missing.
        config: settings; `config.dedup` says what is a duplicate and what becomes of it.
        limit: stop after this many records.
        dry_run: do everything but write.
        quarantine: file for what cannot be compared, instead of the one in the folder.
        progress: called with the number of records read, now and then.

    Raises:
        InputError: an input does not exist or would be overwritten.
        BalanceError: a record is in none of the outputs.
    """
    files = expand(inputs)
    options = read_options(config)
    raws = islice(read(files, options), limit)
    form = RecordLines(options)
    batches = _batches(raws, form)
    target = None if dry_run else Folder(folder, config, files, quarantine)
    return two_passes(batches, form, files, target, config, progress)


class RecordLines:
    """Lines that are records of any form with a text."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._articles = ArticleLines()

    def record(self, raw: RawRecord) -> Record | Quarantined:
        """Return the record, or why it cannot be compared."""
        if raw.media != "json" and raw.error is None:
            message = "not a record with a text; clean it first with `articlekit clean` or `articlekit run`"
            return raw.failed(RecordError("not-a-record", "dedup", message)).quarantined()
        return to_record(raw, self._options)

    def item(self, line: bytes, index: int, id_: str, source: Source) -> DedupItem:
        """Compare the text of the record."""
        record = self.record(RawRecord(source.uri, source.record, "json", line))
        if not isinstance(record, Record):
            raise RecordError("no-text", "dedup", "the record changed between two readings")
        text = str(record.body)
        return DedupItem(index, id_, text, source.sha256, source.uri, source.record, record.published)

    def marked(self, line: bytes, decision: Decision) -> bytes:
        """Fill in `dedup` of an article of ours; any other record stays as it is."""
        if json.loads(line).get("schema") != ARTICLE_SCHEMA:
            return line
        return self._articles.marked(line, decision)


def _batches(raws: Iterable[RawRecord], form: RecordLines) -> Iterator[Batch]:
    for batch in batched(raws):
        stats = Stats()
        results = [_result(raw, form, stats) for raw in batch]
        yield Batch(tuple(results), stats)


def _result(raw: RawRecord, form: RecordLines, stats: Stats) -> Result:
    record = form.record(raw)
    stats.read += 1
    if isinstance(record, Quarantined):
        stats.quarantined += 1
        stats.reasons[record.reason] += 1
        return Result("quarantined", record.source, "", encode_quarantined(record))
    stats.articles += 1
    if record.guessed:
        stats.fields.setdefault(record.source.uri, dict(record.guessed))
    id_ = record.id or record.source.url or text_id(str(record.body))
    return Result("article", record.source, id_, raw.data)
