"""The command ``articlekit``: its sub-commands load on use, so that ``--help`` is quick."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from articlekit import __version__
from articlekit.cli.exits import BROKEN_PIPE, exit_codes

_COMMANDS = {
    "run": "Clean, deduplicate and report: everything into one folder.",
    "clean": "Clean articles to JSON lines.",
    "dedup": "Find near-duplicates among clean articles.",
    "convert": "Convert the script of plain text, as OpenCC does.",
    "explain": "Show line by line what becomes of a record, and why.",
    "restore": "Give the decoded input text back, byte for byte.",
    "check": "Validate a corpus; for CI.",
    "rules": "List, show, test and compare the rules.",
    "schema": "Print the JSON Schema of a record type.",
    "config": "Show where every setting comes from, or start a configuration file.",
}


class _LazyGroup(click.Group):
    """Loads the module of a command when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"articlekit.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # the reader went away, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(BROKEN_PIPE) from None
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from difflib import get_close_matches

        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], _COMMANDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from articlekit.model import ARTICLE_SCHEMA
    from articlekit.rules.load import load_builtin

    rules = load_builtin()
    click.echo(f"articlekit {__version__}, rules {rules.version} ({len(rules)}), schema {ARTICLE_SCHEMA}")
    ctx.exit()


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the versions of the package, the rules and the schema.",
)
def cli() -> None:
    """Turn scraped finance articles into clean JSON lines, and find the copies.

    \b
    articlekit run pages/ -o out          clean and deduplicate a folder of pages
    articlekit clean page.html            one article to standard output
    articlekit explain page.html          what was removed or changed, and why
    articlekit check out/articles.jsonl   validate a corpus in CI

    Exit codes: 0 clean, 1 findings or too many errors, 2 wrong usage, configuration or rule,
    3 internal error, 130 interrupted.
    """


def main(args: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    with exit_codes():
        sys.exit(cli.main(args, prog_name="articlekit", standalone_mode=False) or 0)
