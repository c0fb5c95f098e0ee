"""``articlekit rules``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from articlekit.cli import options
from articlekit.cli.exits import FINDINGS
from articlekit.cli.messages import counted
from articlekit.cli.rulediff import diff
from articlekit.cli.suggest import suggest
from articlekit.rules.load import load
from articlekit.rules.model import Rule, RuleSet

_SHOWN_TEXTS = 20


@click.group(name="rules")
def command() -> None:
    """List, show, test, compare and draft the rules that remove chrome."""


command.add_command(diff)
command.add_command(suggest)


def _rules(config: Path | None, params: dict[str, Any]) -> RuleSet:
    from articlekit.pipeline import rule_set

    return rule_set(options.load(config, params).config)


@command.command(name="list")
@click.option("--category", help="Only rules of this category.")
@click.option("--json", "as_json", is_flag=True, help="Print the rules as JSON lines, with all fields.")
@options.settings("rules", "disable")
@options.general
def list_rules(
    category: str | None, as_json: bool, config: Path | None, quiet: bool, verbose: bool, **params: Any
) -> None:
    """List the rules, in the order in which they are tried.

    \b
    articlekit rules list --category contact
    articlekit rules list --rules my-rules/ --json
    """
    chosen = [rule for rule in _rules(config, params) if category in (None, rule.category)]
    for rule in chosen:
        if as_json:
            click.echo(json.dumps(_fields(rule), ensure_ascii=False))
        else:
            click.echo(f"{rule.id:48} {rule.action:7} {rule.zone:8} {rule.why}")
    if not chosen:
        categories = sorted({rule.category for rule in _rules(config, params)})
        raise click.UsageError(f"no rule of category {category!r}; there are {', '.join(categories)}")


@command.command()
@click.argument("rule_id", metavar="ID")
@click.option(
    "--run",
    "--ledger",
    "run",
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="Folder of a run, its ledger or a file of articles: show what the rule removed there.",
)
@options.settings("rules", "disable")
@options.general
def show(
    rule_id: str, run: Path | None, config: Path | None, quiet: bool, verbose: bool, **params: Any
) -> None:
    """Show one rule with its examples, and what it removed in a run.

    \b
    articlekit rules show zh.disclaimer.investment-risk
    articlekit rules show zh.disclaimer.investment-risk --run out/
    """
    from difflib import get_close_matches

    rules = _rules(config, params)
    rule = rules.get(rule_id)
    if rule is None:
        near = get_close_matches(rule_id, [known.id for known in rules], 3, 0.4)
        raise click.UsageError(
            f"no rule {rule_id!r}" + (f"; did you mean {', '.join(near)}?" if near else "")
        )
    for name, value in _fields(rule).items():
        if value in (None, [], ()):
            continue
        for part in value if isinstance(value, list | tuple) else [value]:
            click.echo(f"{name:10} {part}")
    if run is not None:
        _show_removed(rule_id, run)


def _show_removed(rule_id: str, run: Path) -> None:
    from articlekit.engines.removals import removed_by

    found = removed_by(rule_id, run)
    documents = counted(found.documents, "document")
    click.echo(f"{'removed':10} {counted(found.total, 'text')} in {found.hits:,} of {documents}")
    for text, number in sorted(found.texts.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN_TEXTS]:
        click.echo(f"{number:10,} {text}")
    if len(found.texts) > _SHOWN_TEXTS:
        click.echo(f"{'':10} and {len(found.texts) - _SHOWN_TEXTS:,} other texts")


def _fields(rule: Rule) -> dict[str, Any]:
    return asdict(rule)


@command.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option(
    "--clean",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of .txt files that must come through the rules unchanged.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
def test(paths: tuple[Path, ...], clean: Path | None, quiet: bool) -> None:
    """Run every example of every rule: of the built-in rules, or of the files and folders given.

    \b
    articlekit rules test
    articlekit rules test my-rules/ --clean prose/
    """
    from articlekit.rules.selftest import run_selftest

    documents = [path.read_text(encoding="utf-8") for path in sorted(clean.rglob("*.txt"))] if clean else []
    result = run_selftest(load(paths, builtin=not paths, examples=False), documents)
    for problem in result.problems:
        click.echo(f"{problem.rule}: {problem.kind}: {problem.message}: {problem.text!r}")
    if not quiet:
        click.echo(
            f"articlekit: {counted(result.rules, 'rule')}, {counted(result.examples, 'example')}, "
            f"{counted(result.clean_lines, 'clean line')}: {counted(len(result.problems), 'problem')}",
            err=True,
        )
    if result.problems:
        raise click.exceptions.Exit(FINDINGS)
