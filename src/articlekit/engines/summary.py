"""What a run did: the content of ``summary.json``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from articlekit import __version__
from articlekit.config import Config
from articlekit.engines.stats import Stats
from articlekit.records.balance import Balance

SUMMARY_SCHEMA = "articlekit/summary/1"


@dataclass(slots=True)
class Summary:
    """What a run did.

    Attributes:
        inputs: what was read, by uri.
        stats: counters over all records.
        balance: numbers of records; `Balance.check` holds.
        rules: version of the rule set.
        config: the settings, by digest and table.
        duplicate_classes: near-duplicates found, by class, removed or not; None where none were looked for.
        seconds: ``total`` is wall time; ``cpu`` of this process; ``step.…`` CPU seconds per step, added up
            over all workers.
        files: what was written, by name.
    """

    inputs: list[str]
    stats: Stats
    balance: Balance
    rules: str
    config: Config
    duplicate_classes: Counter[str] | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the summary record, schema ``articlekit/summary/1``."""
        return {
            "schema": SUMMARY_SCHEMA,
            "articlekit": __version__,
            "rules": self.rules,
            "config": {"digest": self.config.digest(), "values": self.config.to_dict()},
            "inputs": self.inputs,
            "counts": self.balance.to_dict(),
            "quarantine_reasons": dict(sorted(self.stats.reasons.items())),
            "dropped_reasons": dict(sorted(self.stats.dropped.items())),
            "duplicate_classes": dict(sorted((self.duplicate_classes or {}).items())),
            **self.stats.to_dict(),
            "seconds": {name: round(value, 4) for name, value in self.seconds.items()},
            "files": self.files,
        }
