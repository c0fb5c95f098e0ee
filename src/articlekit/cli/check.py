"""``articlekit check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from articlekit.check import CHECKS, REPORTERS, SEVERITIES, CheckOptions, Tally, check_files
from articlekit.cli import options
from articlekit.pipeline import rule_set


@click.command(name="check")
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(REPORTERS, reverse=True)),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@click.option("--select", multiple=True, metavar="CODES", help="Only these checks (codes or names).")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these checks.")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="error",
    show_default=True,
    help="Severity from which the exit code is 1.",
)
@click.option("--list", "list_checks", is_flag=True, help="List the checks with their codes and leave.")
@options.settings("rules", "disable")
@options.general
def command(
    files: tuple[str, ...],
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    list_checks: bool,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    **params: Any,
) -> None:
    """Validate a corpus of articles: schema, damage that is left, chrome that is left, duplicates.

    FILE is a file of records, a folder, a glob in quotes, or - for standard input.

    \b
    articlekit check out/articles.jsonl
    articlekit check 'corpus/*.jsonl.gz' --ignore missing-title --fail-on warning
    articlekit check out/articles.jsonl --format json > findings.json
    """
    if list_checks:
        for check in CHECKS:
            click.echo(f"{check.code} {check.name:18} {check.severity:8} {check.about}")
        return
    if not files:
        raise click.UsageError("name at least one FILE to check")
    rules = rule_set(options.load(config, params).config)
    tally = Tally()
    chosen = CheckOptions(_codes(select), _codes(ignore), rules=rules)
    for line in REPORTERS[form](check_files(files, chosen, tally), tally):
        sys.stdout.write(line + "\n")
    if tally.exit_code(next(severity for severity in SEVERITIES if severity == fail_on)):
        raise click.exceptions.Exit(1)


def _codes(given: tuple[str, ...]) -> tuple[str, ...]:
    """Split codes at commas, as other checkers take them."""
    return tuple(code.strip() for part in given for code in part.split(",") if code.strip())
