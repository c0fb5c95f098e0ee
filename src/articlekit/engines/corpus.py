"""The outcomes of a run, on disk between the first pass (clean) and the second (deduplicate, write)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from articlekit.dedup.find import deduplicate
from articlekit.dedup.items import Decision, DedupItem, DedupOptions
from articlekit.engines.outputs import Outputs
from articlekit.engines.worker import Kind, Result
from articlekit.model import Dedup, Duplicate, Source
from articlekit.records.balance import Balance
from articlekit.records.jsonl import decode_article, encode_article, encode_duplicate


@dataclass(frozen=True, slots=True)
class _Entry:
    """One outcome: what orders and identifies it, and where it lies in the scratch file."""

    source: Source
    id: str
    kind: Kind
    offset: int
    length: int
    ledger: int  # bytes of the ledger line that follows

    @property
    def order(self) -> tuple[str, int, str]:
        return (self.source.uri, self.source.record or 0, self.id)


class LineForm(Protocol):
    """What the lines of a corpus are: how to compare them, and how to mark them."""

    def item(self, line: bytes, index: int, id_: str, source: Source) -> DedupItem:
        """Return what deduplication compares."""

    def marked(self, line: bytes, decision: Decision) -> bytes:
        """Return the line with its place among the duplicates, where its form has room for that."""


class ArticleLines:
    """Lines that are article records."""

    def item(self, line: bytes, index: int, id_: str, source: Source) -> DedupItem:
        """Compare the article's text."""
        return DedupItem.from_article(decode_article(line), index)

    def marked(self, line: bytes, decision: Decision) -> bytes:
        """Fill in `dedup`."""
        article = decode_article(line)
        dedup = Dedup(decision.cluster, decision.class_, decision.kept_id, decision.jaccard)
        return encode_article(replace(article, dedup=dedup))


class Corpus:
    """A scratch file with an index in memory; no text is held."""

    def __init__(self, folder: str, form: LineForm) -> None:
        self._form = form
        self._path = Path(folder, "outcomes")
        self._entries: list[_Entry] = []
        self._end = 0

    def __enter__(self) -> Self:
        self._file = self._path.open("w+b")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, result: Result) -> None:
        """Append one outcome and its ledger line."""
        ledger = result.ledger or b""
        self._entries.append(
            _Entry(
                result.source,
                result.id,
                result.kind,
                self._end,
                len(result.line),
                len(ledger),
            )
        )
        self._file.write(result.line)
        self._file.write(ledger)
        self._end += len(result.line) + len(ledger)

    def sort(self) -> None:
        """Order by (source.uri, source.record), whatever order the outcomes arrived in."""
        self._entries.sort(key=lambda entry: entry.order)

    def duplicates(self, options: DedupOptions) -> dict[int, Decision]:
        """Return the decision for every article that is not unique, by its place in the order."""
        return {decision.index: decision for decision in deduplicate(self._items(), options)}

    def _items(self) -> Iterator[DedupItem]:
        for index, entry in enumerate(self._entries):
            if entry.kind == "article":
                line = self._read(entry.offset, entry.length)
                yield self._form.item(line, index, entry.id, entry.source)

    def _read(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(length)

    def write(
        self, decisions: Mapping[int, Decision], outputs: Outputs, action: str
    ) -> tuple[Balance, Counter[str]]:
        """Write every outcome where it belongs, and count what was written and the duplicates by class."""
        numbers: Counter[str] = Counter()
        classes: Counter[str] = Counter()
        for index, entry in enumerate(self._entries):
            line = self._read(entry.offset, entry.length)
            if entry.kind == "quarantined":
                outputs.quarantine(line)
                numbers["quarantined"] += 1
                continue
            if entry.ledger:
                outputs.ledger(self._read(entry.offset + entry.length, entry.ledger))
            if entry.kind == "dropped":
                outputs.dropped(line)
                numbers["dropped"] += 1
                continue
            decision = decisions.get(index)
            if decision is not None:
                line = self._form.marked(line, decision)
            if decision is not None and decision.class_ is not None:
                classes[decision.class_] += 1
                evidence = self._evidence(entry, decision, action)
                outputs.duplicate(encode_duplicate(evidence, line if evidence.removed else None))
                if evidence.removed:
                    numbers["duplicates"] += 1
                    continue
            outputs.article(line)
            numbers["written"] += 1
        return Balance(len(self._entries), **numbers), classes

    def _evidence(self, entry: _Entry, decision: Decision, action: str) -> Duplicate:
        kept = self._entries[decision.kept_index]
        return Duplicate(
            entry.id,
            entry.source,
            kept.id,
            kept.source,
            decision.class_ or "",
            decision.jaccard or 0.0,
            decision.removed and action == "drop",
            decision.figures_added,
            decision.figures_missing,
        )
