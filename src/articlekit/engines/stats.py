"""What a run counts, added up over records and workers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from articlekit.model import Cleaned, Quarantined


@dataclass(slots=True)
class Stats:
    """Counters of a run. Adding them up in any order gives the same totals.

    Attributes:
        read, articles, quarantined: numbers of records.
        characters: of the decoded input text (for HTML: of the extracted lines).
        repairs, rules, flags, encodings, reasons, dropped: how often each occurred; `reasons` are those of
            quarantined records, `dropped` the conditions that held.
        seconds: CPU seconds per step.
        fields: per input, which field was taken for what, where that was guessed.
    """

    read: int = 0
    articles: int = 0
    quarantined: int = 0
    characters: int = 0
    repairs: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    fields: dict[str, dict[str, str]] = field(default_factory=dict)

    def count(self, outcome: Cleaned | Quarantined) -> None:
        """Count one outcome."""
        self.read += 1
        if isinstance(outcome, Quarantined):
            self.quarantined += 1
            self.reasons[outcome.reason] += 1
            return
        article = outcome.article
        self.articles += 1
        self.characters += len(outcome.trace.base)
        self.repairs.update(article.repairs)
        self.rules.update(removal.rule for removal in article.removed)
        self.flags.update(flag.kind for flag in article.flags)
        self.encodings[article.source.encoding or "text"] += 1
        for step, seconds in outcome.seconds.items():
            self.seconds[step] += seconds  # type: ignore[assignment]  # Counter of floats

    def add(self, other: Stats) -> None:
        """Add the counts of another part of the run."""
        for name in ("read", "articles", "quarantined", "characters"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("repairs", "rules", "flags", "encodings", "reasons", "dropped", "seconds"):
            getattr(self, name).update(getattr(other, name))
        for uri, guess in other.fields.items():
            self.fields.setdefault(uri, guess)

    def to_dict(self) -> dict[str, Any]:
        """Return the counters of the articles for `summary.json`, each sorted by name."""
        return {
            "repairs": dict(sorted(self.repairs.items())),
            "removed_by_rule": dict(sorted(self.rules.items())),
            "flags": dict(sorted(self.flags.items())),
            "encodings": dict(sorted(self.encodings.items())),
            "fields": dict(sorted(self.fields.items())),
        }
