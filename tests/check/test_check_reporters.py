"""Reporters: lines for people that cannot steer a terminal, one JSON document for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from articlekit.check import REPORTERS, Finding, Tally

HOSTILE = Finding(
    "AK201", "mojibake", "error", "a\nb.jsonl", 3, "x\x1b[31m\u202e", "text: “\ud800\r\n”", "Clean it again."
)
PLAIN = Finding(
    "AK102", "missing-title", "warning", "a.jsonl", None, None, "title is missing", "Give it one."
)


def lines(name: str, findings: Sequence[Finding], records: int = 1_204) -> list[str]:
    tally = Tally(files=2, records=records)
    for finding in findings:
        tally.add(finding)
    return list(REPORTERS[name](iter(findings), tally))


def test_text_names_each_finding_and_sums_up_with_remedies() -> None:
    assert lines("text", [PLAIN, HOSTILE, PLAIN]) == [
        "a.jsonl: warning AK102 missing-title: title is missing",
        "a\\nb.jsonl:3: error AK201 mojibake: text: “\\ud800\\r\\n” [x\\x1b[31m\\u202e]",
        "a.jsonl: warning AK102 missing-title: title is missing",
        "",
        "3 findings in 1,204 records of 2 files",
        "      2 AK102 missing-title: Give it one.",
        "      1 AK201 mojibake: Clean it again.",
    ]


def test_text_says_when_there_is_nothing() -> None:
    assert lines("text", [], records=1) == ["no findings in 1 record of 2 files"]


@pytest.mark.parametrize("findings", [[], [PLAIN], [PLAIN, HOSTILE]])
def test_json_is_one_document_with_counts(findings: list[Finding]) -> None:
    printed = "\n".join(lines("json", findings))
    assert printed.isascii()
    value = json.loads(printed)
    assert value["schema"] == "articlekit/findings/1"
    assert value["findings"] == [finding.to_dict() for finding in findings]
    assert value["counts"]["findings"] == len(findings)
    assert value["counts"]["records"] == 1204


def test_reporters_print_while_findings_come() -> None:
    def endless() -> object:
        while True:
            yield PLAIN

    for name, reporter in REPORTERS.items():
        printed = reporter(endless(), Tally())  # type: ignore[arg-type]
        assert [next(printed) for _ in range(3)], name
