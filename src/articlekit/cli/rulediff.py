"""``articlekit rules diff``."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from articlekit.cli import options
from articlekit.cli.exits import FINDINGS
from articlekit.cli.messages import Messages, counted, listed
from articlekit.rules.load import load
from articlekit.rules.model import RuleSet

if TYPE_CHECKING:
    from articlekit.engines.rulediff import DocumentChange

_SIGNS = {"kept": ("-", "red"), "removed": ("+", "green"), "rule": ("~", None)}


def _limit(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    from articlekit.config.kinds import Limit

    try:
        return None if value is None else Limit().check(value)
    except ValueError:
        raise click.BadParameter(f"expected {Limit().expected}") from None


@click.command(name="diff")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.argument("corpus", nargs=-1, required=True, metavar="CORPUS...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per changed document.")
@click.option(
    "--threshold",
    metavar="N|P%",
    callback=_limit,
    help="Exit with 1 when more documents than this change.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Stop after this many records.")
@options.settings("script", *options.READING)
@options.general
def diff(
    first: str,
    second: str,
    corpus: tuple[str, ...],
    as_json: bool,
    threshold: str | None,
    limit: int | None,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    **params: Any,
) -> None:
    """Show which documents and lines of a corpus change between two rule sets.

    A and B are each builtin, a folder or file of rules, or several joined by + such as my-rules+builtin,
    tried in this order. A line with - is kept by B, with + is removed by B, with ~ goes by another rule.

    \b
    articlekit rules diff builtin my-rules+builtin crawl.jsonl.gz
    articlekit rules diff old-rules/ new-rules/ pages/ --json > changes.jsonl
    articlekit rules diff builtin new-rules/ pages/ --threshold 1% --quiet
    """
    from articlekit.config.settings import exceeds
    from articlekit.engines.rulediff import DiffTally, rule_diff
    from articlekit.engines.settings import read_options
    from articlekit.records.inputs import expand
    from articlekit.records.jsonl import encode
    from articlekit.records.raw import read

    loaded = options.load(config, params)
    sets = (_rules(first), _rules(second))
    tally = DiffTally()
    raws = islice(read(expand(corpus), read_options(loaded.config)), limit)
    for change in rule_diff(raws, loaded.config, *sets, tally):
        if as_json:
            sys.stdout.buffer.write(encode(change.to_dict()) + b"\n")
        elif not quiet:
            _show(change)
    say = Messages(quiet, verbose)
    say.notice(f"{tally.changed:,} of {counted(tally.documents, 'document')} changed")
    if tally.lines:
        say.notice(f"lines: {listed(tally.lines)}")
    if tally.rules:
        say.notice(f"by rule: {listed(tally.rules)}")
    if threshold is not None and exceeds(tally.changed, threshold, tally.documents):
        say.error(f"{tally.changed:,} changed documents are more than --threshold {threshold} allows")
        raise click.exceptions.Exit(FINDINGS)


def _rules(named: str) -> RuleSet:
    """Return the rules of `builtin`, a path, or several joined by ``+``."""
    parts = [named] if Path(named).exists() else [part for part in named.split("+") if part]
    paths = [part for part in parts if part != "builtin"]
    if len(paths) < len(parts) and parts[-1] != "builtin":
        raise click.UsageError(f"{named}: one's own rules are tried first; write builtin last")
    return load(paths, builtin=len(paths) < len(parts))


def _show(change: DocumentChange) -> None:
    where = change.source.uri + (f", record {change.source.record}" if change.source.record else "")
    click.secho(f"== {where}" + (f" ({change.id})" if change.id else ""), bold=True)
    if change.reasons is not None:
        before, after = (reason or "an article" for reason in change.reasons)
        click.echo(f"   quarantined: {before} → {after}")
    for name, value, other in change.fields:
        click.echo(f"   {name}: {value or '-'} → {other or '-'}")
    for line in change.lines:
        sign, colour = _SIGNS[line.kind]
        rules = " → ".join(rule for rule in (line.before, line.after) if rule)
        click.secho(f"{sign}{line.line:5} {line.text}   ← {rules}", fg=colour)
