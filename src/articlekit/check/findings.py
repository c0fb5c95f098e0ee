"""What a check finds, and what that means for the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Severity: TypeAlias = Literal["info", "warning", "error"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a corpus.

    Attributes:
        code: stable, never reused, such as ``AK201``.
        name: the same for people, such as ``mojibake``.
        severity: ``error``, ``warning`` or ``info``.
        file: where, as the file was named.
        line: line of the file, from 1; for arrays and tables the number of the record. None where the
            whole file is meant.
        record_id: id of the record, or None where it has none.
        message: what is wrong.
        remedy: what to do about it.
    """

    code: str
    name: str
    severity: Severity
    file: str
    line: int | None
    record_id: str | None
    message: str
    remedy: str

    @property
    def place(self) -> str:
        """File and line, such as ``out/articles.jsonl:12``."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "id": self.record_id,
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(slots=True)
class Tally:
    """What was checked so far, and how much was found.

    Attributes:
        files, records: how many were read.
        codes, severities: how many findings there were of each.
    """

    files: int = 0
    records: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        """Count a finding."""
        self.codes[finding.code] += 1
        self.severities[finding.severity] += 1

    @property
    def findings(self) -> int:
        """How many findings there were."""
        return self.codes.total()

    def exit_code(self, fail_on: Severity = "error") -> int:
        """Return 1 where something of severity `fail_on` or worse was found, else 0.

        >>> tally = Tally(severities=Counter(warning=2))
        >>> tally.exit_code(), tally.exit_code("warning")
        (0, 1)
        """
        worse = SEVERITIES[SEVERITIES.index(fail_on) :]
        return int(any(self.severities[severity] for severity in worse))

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "files": self.files,
            "records": self.records,
            "findings": self.findings,
            "codes": dict(sorted(self.codes.items())),
            "severities": {severity: self.severities[severity] for severity in reversed(SEVERITIES)},
        }


def exit_code(findings: Iterable[Finding], fail_on: Severity = "error") -> int:
    """Return the exit code for findings: 1 for any of severity `fail_on` or worse, else 0."""
    tally = Tally()
    for finding in findings:
        tally.add(finding)
    return tally.exit_code(fail_on)
