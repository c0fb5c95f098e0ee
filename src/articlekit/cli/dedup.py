"""``articlekit dedup``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from articlekit.cli import options
from articlekit.cli.messages import Messages
from articlekit.cli.reporting import finish


@click.command(name="dedup")
@click.argument("inputs", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the results; created when missing.",
)
@options.settings("duplicates", "threshold", "remove", "output_format", "compress")
@options.quarantine
@options.limits
@options.settings("max_errors", *options.READING)
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
    """Find near-duplicates among clean articles, or in any records with a text.

    \b
    articlekit dedup articles.jsonl -o out
    articlekit dedup 'day-*.jsonl' -o out --threshold 0.8 --remove repost,updated

    Writes articles.jsonl, duplicates.jsonl, quarantine.jsonl and summary.json. Nothing is cleaned: use
    `articlekit run` for raw input.
    """
    from articlekit.adapters.rich_console import RecordProgress
    from articlekit.engines.dedup import dedup

    loaded = options.load(config, params)
    with RecordProgress("reading", enabled=not quiet) as progress:
        report = dedup(
            inputs,
            folder,
            loaded.config,
            limit=limit,
            dry_run=dry_run,
            quarantine=quarantine,
            progress=progress.advance,
        )
    finish(report, Messages(quiet, verbose), None if dry_run else quarantine or folder, summary)
