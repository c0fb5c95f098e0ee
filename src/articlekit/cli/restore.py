"""``articlekit restore``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from articlekit.cli.exits import FINDINGS


@click.command(name="restore")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--ledger",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Ledger of the run that wrote FILE.",
)
@click.option("--id", "wanted", metavar="ID", help="Only the record with this id.")
@click.option("--text", "form", flag_value="text", help="Write the text of one record alone.")
@click.option("--html", "form", flag_value="html", help="Write the decoded HTML source of one record alone.")
def command(files: tuple[str, ...], ledger: Path, wanted: str | None, form: str | None) -> None:
    """Give the decoded input text back, byte for byte, from articles, duplicates or dropped and their ledger.

    Writes JSON lines with id, source and text; with --text or --html, of one record, just that.

    \b
    articlekit restore out/articles.jsonl --ledger out/ledger.jsonl > texts.jsonl
    articlekit restore out/articles.jsonl --ledger out/ledger.jsonl --id 2025-0042 --text
    """
    from articlekit.engines.restore import restored
    from articlekit.records.jsonl import encode

    out = sys.stdout.buffer
    found = 0
    alone = b""
    for item in restored(files, ledger):
        if wanted is not None and item.article.id != wanted:
            continue
        found += 1
        if form is None:
            record = {"id": item.article.id, "source": item.article.source.to_dict(), "text": item.text}
            out.write(encode(record) + b"\n")
            continue
        if found > 1:
            raise click.UsageError(f"{', '.join(files)} hold several records; choose one with --id")
        text = item.text if form == "text" else item.html
        if text is None:
            raise click.UsageError("the ledger holds no HTML source; run with --ledger-source to keep it")
        alone = text.encode("utf-8", "surrogatepass")
    out.write(alone)
    if not found:
        what = f"no record with the id {wanted!r}" if wanted else "no record"
        click.echo(f"articlekit: {what} in {', '.join(files)}", err=True)
        raise click.exceptions.Exit(FINDINGS)
