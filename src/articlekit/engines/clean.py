"""Cleaning alone, as a stream: articles leave in input order as soon as they are ready."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from articlekit.config import Config
from articlekit.engines import local
from articlekit.engines.settings import read_records
from articlekit.engines.stats import Stats
from articlekit.engines.summary import Summary
from articlekit.engines.worker import Job, Result
from articlekit.pipeline import rule_set
from articlekit.records.balance import Balance
from articlekit.records.inputs import expand
from articlekit.records.writers import JsonLinesWriter, refuse_to_overwrite


@dataclass(frozen=True, slots=True)
class CleanFiles:
    """Where to write.

    Attributes:
        output: articles; None for standard output.
        quarantine: records that cannot be cleaned; written only when there are any.
        ledger: ledger lines; None for no ledger.
        dropped: articles that `output.drop_if` leaves out, and pages joined to another one; written only
            when there are any, beside the quarantine where it is None.
    """

    output: Path | None
    quarantine: Path
    ledger: Path | None = None
    dropped: Path | None = None


def clean(
    inputs: Sequence[str],
    files: CleanFiles,
    config: Config,
    *,
    limit: int | None = None,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Clean `inputs` into `files`.

    Args:
        inputs: files, folders, globs or ``-``.
        files: where to write; files appear complete or not at all.
        config: settings.
        limit: stop after this many records.
        dry_run: do everything but write.
        progress: called with the number of records finished, now and then.

    Raises:
        InputError: an input does not exist or would be overwritten.
        BalanceError: a record is in none of the outputs.
    """
    started, cpu = perf_counter(), process_time()
    found = expand(inputs)
    for path in (files.output, files.quarantine, files.ledger, dropped_file(files)):
        if path is not None:
            refuse_to_overwrite(path, [file.path for file in found if file.path is not None])
    job = Job(config, files.ledger is not None, config.run.ledger_source)
    raws = read_records(found, config, limit)
    stats = Stats()
    with _Files(CleanFiles(None, files.quarantine) if dry_run else files, dry_run) as out:
        for batch in local.process(raws, job, config.run.workers or None):
            for result in batch.results:
                out.write(result)
            stats.add(batch.stats)
            if progress is not None:
                progress(len(batch.results))
        balance = Balance(stats.read, out.written, 0, out.dropped, out.quarantined)
        balance.check()
    seconds = {"total": perf_counter() - started, "cpu": process_time() - cpu}
    seconds |= {f"step.{name}": value for name, value in stats.seconds.items()}
    return Summary(
        [file.uri for file in found], stats, balance, rule_set(config).version, config, seconds=seconds
    )


class _Files:
    """The open files of a streaming run; committed when the context ends without an error."""

    def __init__(self, files: CleanFiles, dry_run: bool) -> None:
        self._files, self._dry_run = files, dry_run
        self._stack = ExitStack()
        self._rare: dict[Path, JsonLinesWriter] = {}  # opened when first needed
        self.written = self.dropped = self.quarantined = 0

    def __enter__(self) -> _Files:
        files = self._files
        self._articles = self._stack.enter_context(JsonLinesWriter(files.output)) if files.output else None
        self._ledger = self._stack.enter_context(JsonLinesWriter(files.ledger)) if files.ledger else None
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.__exit__(*error)  # type: ignore[arg-type]  # the three of every context

    def write(self, result: Result) -> None:
        """Write one result where it belongs."""
        if result.kind == "quarantined":
            self.quarantined += 1
            self._write_rare(self._files.quarantine, result.line)
            return
        self.written += result.kind == "article"
        self.dropped += result.kind == "dropped"
        if self._dry_run:
            return
        if result.kind == "dropped":
            self._write_rare(dropped_file(self._files), result.line)
        elif self._articles is not None:
            self._articles.write(result.line)
        else:
            sys.stdout.buffer.write(result.line + b"\n")
        if self._ledger is not None and result.ledger is not None:
            self._ledger.write(result.ledger)

    def _write_rare(self, path: Path, line: bytes) -> None:
        if self._dry_run:
            return
        if path not in self._rare:
            self._rare[path] = self._stack.enter_context(JsonLinesWriter(path))
        self._rare[path].write(line)


def dropped_file(files: CleanFiles) -> Path:
    """Return where dropped articles go."""
    return files.dropped or files.quarantine.with_name("dropped.jsonl")
