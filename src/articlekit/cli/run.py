"""``articlekit run``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from articlekit.cli import options
from articlekit.cli.messages import Messages
from articlekit.cli.reporting import finish


@click.command(name="run")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the results; created when missing.",
)
@options.settings(
    "duplicates", "threshold", "remove", "output_format", "compress", "ledger", "ledger_source", "workers"
)
@options.quarantine
@options.limits
@options.settings("drop_if", "max_errors", "join_pages", *options.CLEANING, *options.READING)
@options.general
def command(
    inputs: tuple[str, ...],
    folder: Path,
    limit: int | None,
    dry_run: bool,
    quarantine: Path | None,
    summary: Path | None,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    **params: Any,
) -> None:
    """Clean, deduplicate and report: everything into one folder.

    INPUT is a file, a folder, a glob in quotes, or - for standard input: .html .htm .txt .jsonl .ndjson
    .json .csv .parquet, each (but .parquet) also as .gz and .zst.

    \b
    articlekit run pages/ -o out
    articlekit run 'crawl/*.jsonl.gz' -o out --ledger --workers 4
    articlekit run crawl.jsonl -o out --drop-if 'quality.repeated_lines > 0.3'
    articlekit run out/quarantine.jsonl -o again        a quarantine file is input too

    Writes articles.jsonl, duplicates.jsonl, quarantine.jsonl, summary.json and, with --drop-if,
    dropped.jsonl; with --ledger, ledger.jsonl. Every record that was read is in exactly one of articles,
    duplicates, dropped and quarantine.
    """
    from articlekit.adapters.rich_console import RecordProgress
    from articlekit.engines.run import run

    loaded = options.load(config, params)
    with RecordProgress("cleaning", enabled=not quiet) as progress:
        report = run(
            inputs,
            folder,
            loaded.config,
            limit=limit,
            dry_run=dry_run,
            quarantine=quarantine,
            progress=progress.advance,
        )
    finish(report, Messages(quiet, verbose), None if dry_run else quarantine or folder, summary)
