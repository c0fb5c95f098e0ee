"""``articlekit rules suggest``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from articlekit.cli import options
from articlekit.cli.messages import Messages, counted

if TYPE_CHECKING:
    from articlekit.rules.suggest import Suggestion, Suggestions

_SHOWN = 60  # characters of an example on standard error


@click.command(name="suggest")
@click.argument("corpus", nargs=-1, required=True, metavar="CORPUS...")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write the drafts to, instead of standard output.",
)
@click.option(
    "--min-documents",
    type=click.IntRange(min=2),
    default=5,
    show_default=True,
    help="Articles a line must stand in; copies of one article count once.",
)
@click.option(
    "--min-sites",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Sites a line must stand on.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Stop after this many records.")
@click.option("--json", "as_json", is_flag=True, help="Print what each draft would remove as JSON lines.")
@options.settings("rules", "disable", *options.READING)
@options.general
def suggest(
    corpus: tuple[str, ...],
    output: Path | None,
    min_documents: int,
    min_sites: int,
    limit: int | None,
    as_json: bool,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    **params: Any,
) -> None:
    """Write draft rules for lines that recur in a corpus and that no rule takes.

    CORPUS is files, folders, globs or - for standard input: pages, texts or records. The drafts are TOML
    that `articlekit rules test` accepts; standard error shows what each would remove. Read them before
    you use them.

    \b
    articlekit rules suggest crawl.jsonl.gz -o my-rules/drafts.toml
    articlekit rules suggest pages/ --min-documents 20 --min-sites 3
    articlekit rules suggest crawl.jsonl.gz --json > drafts.jsonl
    """
    from articlekit.adapters.rich_console import RecordProgress
    from articlekit.engines.suggest import suggest_rules
    from articlekit.rules.drafts import to_toml

    settings = options.load(config, params).config
    with RecordProgress("reading", enabled=not quiet) as progress:
        found = suggest_rules(
            corpus,
            settings,
            min_documents=min_documents,
            min_sites=min_sites,
            limit=limit,
            progress=progress.advance,
        )
    _write(to_toml(item.draft.rule for item in found.items), output, as_json)
    if as_json:
        for item in found.items:
            click.echo(json.dumps(_fields(item), ensure_ascii=False))
    _say(found, Messages(quiet, verbose))


def _write(drafts: str, output: Path | None, as_json: bool) -> None:
    from articlekit.records.writers import AtomicFile

    if output is not None:
        with AtomicFile(output) as file:
            file.write(drafts.encode("utf-8"))
    elif not as_json:
        click.echo(drafts, nl=False)


def _fields(item: Suggestion) -> dict[str, Any]:
    rule = item.draft.rule
    return {
        "id": rule.id,
        "category": rule.category,
        "zone": rule.zone,
        "domains": rule.domains,
        "pattern": rule.pattern,
        "documents": item.documents,
        "lines": item.lines,
        "kept": item.kept,
        "sites": item.draft.sites,
        "hosts": item.draft.hosts,
        "match": rule.match,
        "why": rule.why,
    }


def _say(found: Suggestions, messages: Messages) -> None:
    for item in found.items:
        rule = item.draft.rule
        where = f"{counted(item.lines, 'line')} in {counted(item.documents, 'document')}, {rule.zone}"
        kept = f", {counted(item.kept, 'line')} elsewhere stay" if item.kept else ""
        messages.notice(f"{rule.id}: {where}{kept}: {rule.match[0][:_SHOWN]}")
    messages.notice(
        f"{counted(len(found.items), 'draft')} from {counted(found.documents, 'document')} "
        f"of {counted(found.sites, 'site')}"
    )
    if found.raised:
        messages.notice(f"too many lines recur: only those in {found.least:,} documents or more were counted")
