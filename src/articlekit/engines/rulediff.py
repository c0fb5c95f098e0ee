"""What changes in a corpus between two rule sets, document by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeAlias

from articlekit.config import Config
from articlekit.engines.settings import read_options
from articlekit.model import Quarantined, Removal, Source
from articlekit.pipeline import Outcome, Pipeline
from articlekit.records.fields import to_record
from articlekit.records.rawrecord import RawRecord
from articlekit.rules.model import RuleSet

# kept: only the first set removes it; removed: only the second does; rule: both do, by different rules
Kind: TypeAlias = Literal["kept", "removed", "rule"]

_FIELDS = ("title", "published", "author", "editor", "channel", "site")


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line, or part of one, that fares differently; the rule of each set, None where it stays."""

    kind: Kind
    line: int
    text: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What changes in one document.

    Attributes:
        id: of the article.
        source: where it came from.
        lines: that fare differently, in order.
        fields: name → value under each set, where they differ.
        reasons: why it is quarantined under each set, where that differs; None where it is not.
    """

    id: str
    source: Source
    lines: tuple[LineChange, ...] = ()
    fields: tuple[tuple[str, str | None, str | None], ...] = ()
    reasons: tuple[str | None, str | None] | None = None

    @property
    def matters(self) -> bool:
        """Whether more changes than the names of rules."""
        return bool(self.fields or self.reasons or any(line.kind != "rule" for line in self.lines))

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "id": self.id,
            "uri": self.source.uri,
            "record": self.source.record,
            "lines": [asdict(line) for line in self.lines],
            "fields": {name: [before, after] for name, before, after in self.fields},
            "quarantined": None if self.reasons is None else list(self.reasons),
        }


@dataclass(slots=True)
class DiffTally:
    """How much was compared and found; `lines` by kind, and by rule where lines are kept or removed."""

    documents: int = 0
    changed: int = 0
    lines: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "documents": self.documents,
            "changed": self.changed,
            "lines": dict(sorted(self.lines.items())),
            "rules": dict(sorted(self.rules.items())),
        }


def rule_diff(
    raws: Iterable[RawRecord], config: Config, first: RuleSet, second: RuleSet, tally: DiffTally | None = None
) -> Iterator[DocumentChange]:
    """Yield the documents that the two rule sets clean differently, in order, one at a time in memory.

    Args:
        raws: records as read.
        config: all other settings; its own rules do not count.
        first: rules to compare from.
        second: rules to compare to.
        tally: is kept up to date; a document counts as changed where more than names of rules differ.
    """
    tally = tally or DiffTally()
    options = read_options(config)
    pipelines = (Pipeline(config, first), Pipeline(config, second))
    for raw in raws:
        tally.documents += 1
        record = to_record(raw, options)
        if isinstance(record, Quarantined):
            continue
        change = _compared(*(pipeline.process(record) for pipeline in pipelines))
        if change is not None:
            _count(change, tally)
            yield change


def _count(change: DocumentChange, tally: DiffTally) -> None:
    tally.changed += change.matters
    for line in change.lines:
        tally.lines[line.kind] += 1
        if line.kind != "rule":
            tally.rules[line.before or line.after or ""] += 1


def _compared(before: Outcome, after: Outcome) -> DocumentChange | None:
    if isinstance(before, Quarantined) or isinstance(after, Quarantined):
        return _compared_quarantined(before, after)
    one, other = before.article, after.article
    fields = tuple(
        (name, getattr(one, name), getattr(other, name))
        for name in _FIELDS
        if getattr(one, name) != getattr(other, name)
    )
    lines = tuple(_changed_lines(one.removed, other.removed))
    return DocumentChange(one.id, one.source, lines, fields) if lines or fields else None


def _compared_quarantined(before: Outcome, after: Outcome) -> DocumentChange | None:
    reasons = (_reason(before), _reason(after))
    if reasons[0] == reasons[1]:
        return None
    for outcome in (before, after):
        if not isinstance(outcome, Quarantined):
            return DocumentChange(outcome.article.id, outcome.article.source, reasons=reasons)
        source = outcome.source
    return DocumentChange("", source, reasons=reasons)


def _reason(outcome: Outcome) -> str | None:
    return outcome.reason if isinstance(outcome, Quarantined) else None


def _changed_lines(before: Iterable[Removal], after: Iterable[Removal]) -> Iterator[LineChange]:
    """Yield what only one side removes, and what the sides remove by different rules."""
    one, other = _by_place(before), _by_place(after)
    for line, text in sorted(one.keys() | other.keys()):
        rules, others = one.get((line, text), []), other.get((line, text), [])
        for place in range(max(len(rules), len(others))):
            rule = rules[place] if place < len(rules) else None
            another = others[place] if place < len(others) else None
            if rule != another:
                kind: Kind = "removed" if rule is None else "kept" if another is None else "rule"
                yield LineChange(kind, line, text, rule, another)


def _by_place(removals: Iterable[Removal]) -> dict[tuple[int, str], list[str]]:
    found: dict[tuple[int, str], list[str]] = {}
    for removal in removals:
        found.setdefault((removal.line, removal.text), []).append(removal.rule)
    return found
