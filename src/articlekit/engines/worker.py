"""What a worker does: raw records in, encoded outcomes and counts out. No files here.

The same worker serves every engine. It is bound by a picklable `Job`, so that it can be rebuilt in any
process.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import Literal, TypeAlias

from articlekit.config import Config
from articlekit.config.conditions import parse_condition
from articlekit.engines.settings import read_options
from articlekit.engines.stats import Stats
from articlekit.model import Article, Cleaned, Dropped, Quarantined, Record, Source
from articlekit.pipeline import Outcome, Pipeline
from articlekit.records.fields import to_record
from articlekit.records.jsonl import encode_article, encode_dropped, encode_quarantined
from articlekit.records.ledger import encode_ledger
from articlekit.records.rawrecord import RawRecord

Kind: TypeAlias = Literal["article", "dropped", "quarantined"]


@dataclass(frozen=True, slots=True)
class Job:
    """What to do with every record."""

    config: Config
    ledger: bool = False
    ledger_source: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One encoded outcome. `line` and `ledger` are JSON lines without the line feed."""

    kind: Kind
    source: Source
    id: str
    line: bytes
    ledger: bytes | None = None
    reason: str | None = None  # why it is dropped


@dataclass(frozen=True, slots=True)
class Batch:
    """The results of some consecutive records, and what they count."""

    results: tuple[Result, ...]
    stats: Stats


class Worker:
    """Processes batches of raw records for one job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._conditions = [parse_condition(text) for text in job.config.output.drop_if]

    @cached_property
    def pipeline(self) -> Pipeline:
        """The pipeline, built on first use, after the process has started."""
        return Pipeline(self.job.config)

    def process(self, raws: Iterable[RawRecord]) -> Batch:
        """Return one result per raw record, in order."""
        stats = Stats()
        results = []
        for raw in raws:
            left = [raw]
            while left:
                first = left.pop(0)
                outcome = self.outcome(first, stats)
                results.append(self._counted(outcome, stats))
                joined = outcome.joined if isinstance(outcome, Cleaned) else 0
                parts, rest = first.parts[:joined], first.parts[joined:]
                results += [self._counted(self.outcome(part), stats, first.source) for part in parts]
                if rest:  # another article, or pages of one
                    left.append(replace(rest[0], parts=rest[1:]))
        return Batch(tuple(results), stats)

    def _counted(self, outcome: Outcome, stats: Stats, joined_to: Source | None = None) -> Result:
        stats.count(outcome)
        result = self._encode(outcome, joined_to)
        if result.reason is not None:
            stats.dropped[result.reason] += 1
        return result

    def outcome(self, raw: RawRecord, stats: Stats | None = None) -> Outcome:
        """Return what becomes of one raw record; quarantined ones hold the record as it was read.

        The parts of the record that continue it are joined to it, see `Cleaned.joined`.
        """
        record = to_record(raw, read_options(self.job.config))
        if isinstance(record, Quarantined):
            return record
        if stats is not None and record.guessed:
            stats.fields.setdefault(record.source.uri, dict(record.guessed))
        parts = [to_record(part, read_options(self.job.config)) for part in raw.parts]
        readable = takewhile(lambda part: isinstance(part, Record), parts)
        outcome = self.pipeline.process(record, [part for part in readable if isinstance(part, Record)])
        if isinstance(outcome, Quarantined):
            return replace(outcome, media=raw.media, raw=raw.data)
        return outcome

    def _encode(self, outcome: Outcome, joined_to: Source | None = None) -> Result:
        if isinstance(outcome, Quarantined):
            return Result("quarantined", outcome.source, "", encode_quarantined(outcome))
        ledger = None
        if self.job.ledger:
            source = outcome.source_text if self.job.ledger_source else None
            ledger = encode_ledger(outcome.article, outcome.trace, source)
        article = outcome.article
        line = encode_article(article)
        if dropped := _joined(article, joined_to) or self._dropped(article):
            return Result(
                "dropped", article.source, article.id, encode_dropped(dropped, line), ledger, dropped.reason
            )
        return Result("article", article.source, article.id, line, ledger)

    def _dropped(self, article: Article) -> Dropped | None:
        """Return the article with the first condition that holds for it, or None."""
        if not self._conditions:
            return None
        record = article.to_dict_without_extra()
        for condition in self._conditions:
            if condition.holds(record):
                return Dropped(article.id, article.source, condition.text, condition.values(record), record)
        return None


def _joined(article: Article, joined_to: Source | None) -> Dropped | None:
    """Return an article whose text is part of another one as dropped."""
    if joined_to is None:
        return None
    values = {"source.uri": joined_to.uri, "source.record": joined_to.record}
    return Dropped(article.id, article.source, "joined", values, article.to_dict_without_extra())
