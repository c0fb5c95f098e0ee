"""Findings for people: one per line, then how many of each and what to do about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from articlekit.check.findings import Finding, Tally

# A corpus may hold anything; nothing of it may steer a terminal or break a line.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def report(findings: Iterable[Finding], tally: Tally) -> Iterator[str]:
    """Yield ``file:line: severity code name: message [id]`` for each finding, then a summary."""
    remedies: dict[str, Finding] = {}
    for finding in findings:
        remedies.setdefault(finding.code, finding)
        named = f" [{finding.record_id}]" if finding.record_id else ""
        yield visible(
            f"{finding.place}: {finding.severity} {finding.code} {finding.name}: {finding.message}{named}"
        )
    read = f"{_counted(tally.records, 'record')} of {_counted(tally.files, 'file')}"
    if not remedies:
        yield f"no findings in {read}"
        return
    yield ""
    yield f"{_counted(tally.findings, 'finding')} in {read}"
    for code, finding in sorted(remedies.items()):
        yield f"  {tally.codes[code]:>5,} {code} {finding.name}: {finding.remedy}"


def visible(text: str) -> str:
    r"""Return text with control characters and lone surrogates as escapes.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
