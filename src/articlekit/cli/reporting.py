"""How a command that read many records ends: what it says, its summary, its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import click

from articlekit.cli.exits import FINDINGS
from articlekit.cli.messages import Messages, counted, listed
from articlekit.engines.summary import Summary
from articlekit.records.writers import AtomicFile


def finish(summary: Summary, say: Messages, where: Path | None, summary_file: Path | None) -> None:
    """Say what happened, write the summary where asked, and leave with 1 for too many errors.

    `where` is the folder or file the quarantined records are in; None for a dry run.
    """
    balance, reasons = summary.balance, listed(summary.stats.reasons)
    say.fields(summary.stats.fields)
    numbers = [counted(balance.written, "article")]
    if summary.duplicate_classes is not None:
        numbers.append(counted(balance.duplicates, "duplicate"))
    if summary.config.output.drop_if:
        numbers.append(f"{balance.dropped:,} dropped")
    numbers.append(f"{balance.quarantined:,} quarantined")
    place = "; nothing written (--dry-run)" if where is None else ""
    say.notice(f"{counted(balance.read, 'record')} read: {', '.join(numbers)}{place}")
    if summary.duplicate_classes:
        say.notice(f"near-duplicates found: {listed(summary.duplicate_classes)}")
    if summary.stats.dropped:
        say.notice(f"dropped: {listed(summary.stats.dropped)}")
    if reasons:
        say.notice(f"quarantined: {reasons}" + (f"; see {where}" if where else ""))
    for name, seconds in summary.seconds.items():
        say.detail(f"{name}: {seconds:.3f} s")
    if summary_file is not None:
        _write(summary_file, summary)
    if summary.config.run.too_many(balance.quarantined, balance.read):
        say.error(
            f"{balance.quarantined:,} of {balance.read:,} records were quarantined, more than "
            f"--max-errors {summary.config.run.max_errors} allows"
        )
        raise click.exceptions.Exit(FINDINGS)


def _write(path: Path, summary: Summary) -> None:
    text = json.dumps(summary.to_dict(), ensure_ascii=False, indent=2) + "\n"
    if str(path) == "-":
        click.echo(text, nl=False)
        return
    with AtomicFile(path) as file:
        file.write(text.encode("utf-8"))
