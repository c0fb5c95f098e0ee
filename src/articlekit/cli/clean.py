"""``articlekit clean``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from articlekit.cli import options
from articlekit.cli.messages import Messages
from articlekit.cli.reporting import finish


@click.command(name="clean")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write (.jsonl, .jsonl.gz, .jsonl.zst) instead of standard output.",
)
@options.quarantine
@click.option(
    "--ledger",
    "ledger_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File for the ledger, from which `articlekit restore` rebuilds the input text.",
)
@click.option(
    "--dropped",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File for articles that --drop-if leaves out; default dropped.jsonl beside the quarantine.",
)
@options.limits
@options.settings(
    "drop_if", "workers", "max_errors", "ledger_source", "join_pages", *options.CLEANING, *options.READING
)
@options.general
def command(
    inputs: tuple[str, ...],
    output: Path | None,
    quarantine: Path | None,
    ledger_file: Path | None,
    dropped: Path | None,
    summary: Path | None,
    limit: int | None,
    dry_run: bool,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    **params: Any,
) -> None:
    """Clean articles to JSON lines, on standard output or in a file.

    INPUT is a file, a folder, a glob in quotes, or - for standard input.

    \b
    articlekit clean page.html
    articlekit clean crawl.jsonl.gz -o clean.jsonl.zst --quarantine bad.jsonl
    cat page.html | articlekit clean -
    articlekit clean crawl.jsonl -o clean.jsonl --drop-if 'quality.chars < 100 or quality.cjk < 20%'
    """
    from articlekit.adapters.rich_console import RecordProgress
    from articlekit.engines.clean import CleanFiles, clean

    loaded = options.load(config, params)
    if quarantine is None:
        quarantine = (output.parent if output else Path()) / "quarantine.jsonl"
    files = CleanFiles(output, quarantine, ledger_file, dropped)
    with RecordProgress("cleaning", enabled=not quiet) as progress:
        report = clean(inputs, files, loaded.config, limit=limit, dry_run=dry_run, progress=progress.advance)
    finish(report, Messages(quiet, verbose), None if dry_run else quarantine, summary)
