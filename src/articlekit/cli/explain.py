"""``articlekit explain``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from articlekit.cli import options
from articlekit.cli.exits import FINDINGS
from articlekit.explain import LineFate, explain
from articlekit.model import Cleaned, Quarantined

_COLOURS = {"title": "cyan", "heading": "cyan", "removed": "red", "trimmed": "yellow", "blank": None}


@click.command(name="explain")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--id", "wanted", metavar="ID", help="Only the record with this id.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most N records.")
@options.settings(*options.CLEANING, *options.READING)
@options.general
def command(
    inputs: tuple[str, ...],
    wanted: str | None,
    limit: int,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    **params: Any,
) -> None:
    """Show line by line what becomes of a record: kept, removed, changed, by which rule or step.

    With --verbose every single change is listed.

    \b
    articlekit explain page.html
    articlekit explain crawl.jsonl --id 2025-0042 --verbose
    """
    from articlekit.engines.settings import read_options
    from articlekit.engines.worker import Job, Worker
    from articlekit.records.inputs import expand
    from articlekit.records.raw import read

    loaded = options.load(config, params)
    worker = Worker(Job(loaded.config))
    shown = 0
    for raw in read(expand(inputs), read_options(loaded.config)):
        outcome = worker.outcome(raw)
        if wanted is not None and (isinstance(outcome, Quarantined) or outcome.article.id != wanted):
            continue
        _show(outcome, verbose)
        shown += 1
        if shown == limit or wanted is not None:
            break
    if not shown:
        what = f"no record with the id {wanted!r}" if wanted else "no record"
        click.echo(f"articlekit: {what} in {', '.join(inputs)}", err=True)
        raise click.exceptions.Exit(FINDINGS)


def _show(outcome: Cleaned | Quarantined, verbose: bool) -> None:
    source = outcome.source if isinstance(outcome, Quarantined) else outcome.article.source
    where = source.uri + (f", record {source.record}" if source.record else "")
    click.secho(f"== {where}", bold=True)
    if isinstance(outcome, Quarantined):
        place = f" ({outcome.place})" if outcome.place else ""
        click.echo(f"   quarantined by {outcome.step}: {outcome.reason}: {outcome.message}{place}")
        return
    _show_fields(outcome)
    for fate in explain(outcome):
        _show_line(fate, verbose)
    for flag in outcome.article.flags:
        click.echo(f"   flag {flag.kind}, line {flag.line}: {flag.text}")


def _show_fields(cleaned: Cleaned) -> None:
    article = cleaned.article
    fields = {
        "id": article.id,
        "title": article.title,
        "published": article.published,
        "author": article.author,
        "editor": article.editor,
        "channel": article.channel,
        "site": article.site,
        "encoding": article.source.encoding,
        "script": f"{article.script.input} → {article.script.output}" if article.script.input else None,
        "repairs": ", ".join(f"{name} {number}" for name, number in article.repairs.items() if number),
    }
    for name, value in fields.items():
        if value:
            click.echo(f"   {name}: {value}")


def _show_line(fate: LineFate, verbose: bool) -> None:
    if fate.fate == "blank":
        return
    rules = " ".join(removal.rule for removal in fate.removals)
    label = f"{fate.number:5} {fate.fate:8}"
    click.secho(label, fg=_COLOURS.get(fate.fate), nl=False)
    click.echo(f" {fate.after}" + (f"   ← {rules}" if rules else ""))
    if not fate.edits:
        return
    if verbose:
        for edit in fate.edits:
            click.echo(f"{'':15}{edit.step} ({edit.kind}): {edit.before!r} → {edit.after!r}")
        return
    counts = Counter(edit.step for edit in fate.edits)
    click.echo(f"{'':15}changed: {', '.join(f'{step} {number}' for step, number in counts.items())}")
