"""Validation of a corpus.

tally = Tally()
for line in REPORTERS["text"](check_files(["out/articles.jsonl"], tally=tally), tally):
    print(line)
raise SystemExit(tally.exit_code())
"""

from articlekit.check.checks import CHECKS, Check
from articlekit.check.corpus import CheckOptions, check_files
from articlekit.check.findings import SEVERITIES, Finding, Severity, Tally, exit_code
from articlekit.check.reporters import REPORTERS, Reporter

__all__ = [
    "CHECKS",
    "REPORTERS",
    "SEVERITIES",
    "Check",
    "CheckOptions",
    "Finding",
    "Reporter",
    "Severity",
    "Tally",
    "check_files",
    "exit_code",
]
