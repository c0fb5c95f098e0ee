"""``articlekit explain``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from articlekit.cli import options
from articlekit.cli.exits import FINDINGS

if TYPE_CHECKING:
    from articlekit.engines.worker import Worker
    from articlekit.explain import LineFate
    from articlekit.model import Cleaned, Quarantined
    from articlekit.records.rawrecord import RawRecord

_COLOURS = {"title": "cyan", "heading": "cyan", "removed": "red", "trimmed": "yellow", "blank": None}
_INDENT = " " * 22


@click.command(name="explain")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--id", "wanted", metavar="ID", help="Only the record with this id.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most N records.")
@click.option("--json", "form", flag_value="json", help="One JSON object per line of the text.")
@click.option("--diff", "form", flag_value="diff", help="A unified diff from the decoded to the clean text.")
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a page with the removed lines in place; - is standard output.",
)
@options.settings(*options.CLEANING, *options.READING)
@options.general
def command(
    inputs: tuple[str, ...],
    wanted: str | None,
    limit: int,
    form: str | None,
    page: Path | None,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    **params: Any,
) -> None:
    """Show line by line what becomes of a record: kept, removed, changed, by which rule or step.

    Rules that one condition alone kept from firing are shown with that condition. With --verbose every
    single change is listed.

    \b
    articlekit explain page.html
    articlekit explain crawl.jsonl --id 2025-0042 --verbose
    articlekit explain page.html --html page-explained.html
    articlekit explain page.txt --diff | less -R
    cat page.html | articlekit explain - --json | jq 'select(.fate == "removed")'
    """
    from articlekit.engines.settings import read_options
    from articlekit.engines.worker import Job, Worker
    from articlekit.explain import html_page
    from articlekit.records.inputs import expand
    from articlekit.records.raw import read
    from articlekit.records.writers import AtomicFile, refuse_to_overwrite

    if form and page:
        raise click.UsageError(f"--html and --{form} are two forms; choose one")
    loaded = options.load(config, params)
    worker = Worker(Job(loaded.config))
    files = expand(inputs)
    explained = islice(_explained(read(files, read_options(loaded.config)), worker, wanted), limit)
    first = next(explained, None)
    if first is None:
        what = f"no record with the id {wanted!r}" if wanted else "no record"
        click.echo(f"articlekit: {what} in {', '.join(inputs)}", err=True)
        raise click.exceptions.Exit(FINDINGS)
    records = chain([first], explained)
    if page is None:
        for outcome, fates in records:
            _SHOW[form or "text"](outcome, fates, verbose)
    elif str(page) == "-":
        sys.stdout.writelines(html_page(records))
    else:
        refuse_to_overwrite(page, [file.path for file in files if file.path is not None])
        with AtomicFile(page) as file:
            for piece in html_page(records):
                file.write(piece.encode("utf-8"))


def _explained(
    raws: Iterator[RawRecord], worker: Worker, wanted: str | None
) -> Iterator[tuple[Cleaned | Quarantined, tuple[LineFate, ...]]]:
    from articlekit.explain import explain
    from articlekit.model import Quarantined

    for raw in raws:
        outcome = worker.outcome(raw)
        if isinstance(outcome, Quarantined):
            if wanted is None:
                yield outcome, ()
        elif wanted is None or outcome.article.id == wanted:
            yield outcome, explain(outcome, worker.pipeline.rules)
            if wanted is not None:
                return


def _show_json(outcome: Cleaned | Quarantined, fates: tuple[LineFate, ...], verbose: bool) -> None:
    from articlekit.model import Quarantined
    from articlekit.records.jsonl import encode

    out = sys.stdout.buffer
    if isinstance(outcome, Quarantined):
        whose = {"id": None, "uri": outcome.source.uri, "record": outcome.source.record}
        why = {
            "fate": "quarantined",
            "reason": outcome.reason,
            "step": outcome.step,
            "message": outcome.message,
        }
        out.write(encode({**whose, **why}) + b"\n")
        return
    source = outcome.article.source
    whose = {"id": outcome.article.id, "uri": source.uri, "record": source.record}
    for fate in fates:
        out.write(encode({**whose, **fate.to_dict()}) + b"\n")


def _show_diff(outcome: Cleaned | Quarantined, fates: tuple[LineFate, ...], verbose: bool) -> None:
    from articlekit.explain import unified_diff
    from articlekit.model import Quarantined

    if isinstance(outcome, Quarantined):
        _show_text(outcome, fates, verbose)
        return
    colours = {"-": "red", "+": "green", "@": "cyan"}
    for line in unified_diff(fates, _where(outcome)):
        click.secho(line, fg=colours.get(line[:1]))


def _show_text(outcome: Cleaned | Quarantined, fates: tuple[LineFate, ...], verbose: bool) -> None:
    from articlekit.model import Quarantined

    click.secho(f"== {_where(outcome)}", bold=True)
    if isinstance(outcome, Quarantined):
        place = f" ({outcome.place})" if outcome.place else ""
        click.echo(f"   quarantined by {outcome.step}: {outcome.reason}: {outcome.message}{place}")
        return
    _show_fields(outcome)
    for fate in fates:
        _show_line(fate, verbose)
    for flag in outcome.article.flags:
        click.echo(f"   flag {flag.kind}, line {flag.line}: {flag.text}")


_SHOW = {"text": _show_text, "json": _show_json, "diff": _show_diff}


def _where(outcome: Cleaned | Quarantined) -> str:
    from articlekit.model import Quarantined

    source = outcome.source if isinstance(outcome, Quarantined) else outcome.article.source
    return source.uri + (f", record {source.record}" if source.record else "")


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
        "quality": ", ".join(f"{name} {value:g}" for name, value in article.quality.items()),
    }
    for name, value in fields.items():
        if value:
            click.echo(f"   {name}: {value}")


def _show_line(fate: LineFate, verbose: bool) -> None:
    if fate.fate == "blank":
        return
    rules = " ".join(removal.rule for removal in fate.removals)
    label = f"{fate.number:5} {fate.zone or 'page':6} {fate.fate:8}"
    click.secho(label, fg=_COLOURS.get(fate.fate), nl=False)
    click.echo(f" {fate.after}" + (f"   ← {rules}" if rules else ""))
    for miss in fate.near:
        click.secho(f"{_INDENT}near: {miss.rule.id} ({miss.reason}): {miss.detail}", dim=True)
    if not fate.edits:
        return
    if verbose:
        for edit in fate.edits:
            click.echo(f"{_INDENT}{edit.step} ({edit.kind}): {edit.before!r} → {edit.after!r}")
        return
    counts = Counter(edit.step for edit in fate.edits)
    click.echo(f"{_INDENT}changed: {', '.join(f'{step} {number}' for step, number in counts.items())}")
