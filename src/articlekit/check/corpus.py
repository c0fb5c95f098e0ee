"""Check a whole corpus, streaming."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articlekit.check.checks import CHECKS, Check
from articlekit.check.finders import Subject, kind_of
from articlekit.check.findings import Finding, Severity, Tally
from articlekit.check.reading import Entry, parse, read_entries, record_files
from articlekit.check.seen import Seen
from articlekit.errors import ConfigError, RecordError
from articlekit.records.inputs import InputFile
from articlekit.rules.load import load_builtin
from articlekit.rules.model import RuleSet

_MAX_BYTES = 64 << 20
_SHOWN_ID = 80
_BY_NAME = {check.name: check for check in CHECKS}


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What to check.

    Attributes:
        select: codes, beginnings of codes (``AK2``) or names; empty for all.
        ignore: the same, to leave out; it wins over `select`.
        rules: of lines that belong to a site; None for the built-in ones.
        max_bytes: of one record.

    Raises:
        ConfigError: for a code or name that no check has.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: RuleSet | None = None
    max_bytes: int = _MAX_BYTES

    def __post_init__(self) -> None:
        for wanted in (*self.select, *self.ignore):
            if not any(_means(wanted, check) for check in CHECKS):
                known = ", ".join(f"{check.code} {check.name}" for check in CHECKS)
                raise ConfigError(f"no check is called {wanted!r}; there are {known}")

    def includes(self, check: Check) -> bool:
        """Tell whether a check is to be made.

        >>> options = CheckOptions(select=("AK4",), ignore=("duplicate-text",))
        >>> [check.code for check in CHECKS if options.includes(check)]
        ['AK401']
        """
        selected = not self.select or any(_means(wanted, check) for wanted in self.select)
        return selected and not any(_means(wanted, check) for wanted in self.ignore)


def check_files(
    paths: Sequence[str | Path], options: CheckOptions | None = None, tally: Tally | None = None
) -> Iterator[Finding]:
    """Yield what is wrong with the records of files, in the order of files and lines.

    Memory is bounded by one record and some 400 bytes per article.

    Args:
        paths: files, folders, globs, or ``-``; articles, duplicates, quarantine, ledger and summaries.
        options: which checks to make.
        tally: is kept up to date with what was read and found.

    Raises:
        InputError: a name is nothing, or no file of records.
    """
    files = record_files(paths)
    return _Run(options or CheckOptions(), tally or Tally()).check(files)


def _means(wanted: str, check: Check) -> bool:
    return check.name == wanted or (wanted.startswith("AK") and check.code.startswith(wanted))


class _Run:
    """One pass over a corpus."""

    def __init__(self, options: CheckOptions, tally: Tally) -> None:
        self._options, self._tally = options, tally
        self._rules = options.rules if options.rules is not None else load_builtin()
        self._seen = Seen()
        self._checks = [check for check in CHECKS if check.find is not None]

    def check(self, files: Iterable[InputFile]) -> Iterator[Finding]:
        for found in self._found(files):
            if self._options.includes(_BY_NAME[found.name]):
                self._tally.add(found)
                yield found

    def _found(self, files: Iterable[InputFile]) -> Iterator[Finding]:
        last = ""
        for file in files:
            self._tally.files += 1
            self._seen.enter(file.uri)
            for entry in read_entries(file, self._options.max_bytes):
                yield from self._entry(file.uri, entry)
            last = file.uri
        if not self._tally.records:
            yield _finding("nothing-checked", last, None, None, "there is no record in any file")

    def _entry(self, file: str, entry: Entry) -> Iterator[Finding]:
        self._tally.records += 1
        if entry.error is not None:
            yield _finding("damaged-file", file, entry.line, None, _said(entry.error))
            return
        try:
            value = parse(entry.data)
        except RecordError as error:
            yield _finding("not-json", file, entry.line, None, _said(error))
            return
        if not isinstance(value, dict):
            message = f"expected a JSON object, found {type(value).__name__}"
            yield _finding("not-json", file, entry.line, None, message)
            return
        yield from self._record(file, entry.line, value)

    def _record(self, file: str, line: int, value: dict[str, Any]) -> Iterator[Finding]:
        kind = kind_of(value)
        subject = Subject(kind, value, line, self._rules, self._seen)
        for check in self._checks:
            if check.find is None or (check.kinds and kind not in check.kinds):
                continue
            if check.name != "schema" and not self._options.includes(check):
                continue
            problems = list(check.find(subject))
            for problem in problems:
                severity = problem.severity or check.severity
                yield _finding(check.name, file, line, _id_of(value), problem.message, severity)
            if problems and check.name == "schema":  # the others rely on the shape
                return


def _finding(
    name: str,
    file: str,
    line: int | None,
    record_id: str | None,
    message: str,
    severity: Severity | None = None,
) -> Finding:
    check = _BY_NAME[name]
    return Finding(check.code, name, severity or check.severity, file, line, record_id, message, check.remedy)


def _said(error: RecordError) -> str:
    return f"{error.message} ({error.place})" if error.place else error.message


def _id_of(value: dict[str, Any]) -> str | None:
    found = value.get("id")
    return found[:_SHOWN_ID] if isinstance(found, str) else None
