"""Findings for programs: one JSON document, schema ``articlekit/findings/1``, one finding per line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from articlekit.check.findings import Finding, Tally


def report(findings: Iterable[Finding], tally: Tally) -> Iterator[str]:
    """Yield the lines of ``{"schema": …, "findings": [...], "counts": {...}}``; ASCII only."""
    yield '{"schema": "articlekit/findings/1", "findings": ['
    held: str | None = None
    for finding in findings:
        if held is not None:
            yield f"{held},"
        held = json.dumps(finding.to_dict())
    if held is not None:
        yield held
    yield f'], "counts": {json.dumps(tally.to_dict())}}}'
