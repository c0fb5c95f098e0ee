"""Options that several commands share, and how they become settings.

An option that overrides a setting is declared once in `_SETTINGS`, with the dotted key of the setting. The
command receives it like any other parameter; `load` collects those that were given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from articlekit.config import Loaded, load_config

F = TypeVar("F", bound=Callable[..., Any])

# parameter: (key of the setting, option declarations, keyword arguments)
_SETTINGS: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
    "text_field": ("input.text_field", ("--text-field",), {"help": "Field with the text of a record."}),
    "html_field": ("input.html_field", ("--html-field",), {"help": "Field with the HTML of a record."}),
    "id_field": ("input.id_field", ("--id-field",), {"help": "Field with the id."}),
    "url_field": ("input.url_field", ("--url-field",), {"help": "Field with the address."}),
    "title_field": ("input.title_field", ("--title-field",), {"help": "Field with the title."}),
    "date_field": ("input.date_field", ("--date-field",), {"help": "Field with the date of publication."}),
    "encoding": (
        "input.encoding",
        ("--encoding",),
        {"help": "Encoding of the input, instead of finding out."},
    ),
    "input_format": (
        "input.format",
        ("--input-format",),
        {"help": "Kind of the input (auto, html, text, jsonl, json, csv, parquet), not by its name."},
    ),
    "script": (
        "clean.script",
        ("--script",),
        {"help": "Script of the output: hans, hant, tw, twp, hk, hkp or keep."},
    ),
    "script_engine": (
        "clean.script_engine",
        ("--script-engine",),
        {"help": "Who converts the script: articlekit or opencc-python."},
    ),
    "join_pages": (
        "input.join_pages",
        ("--join-pages/--no-join-pages",),
        {"default": None, "help": "Join articles that are continued over several pages."},
    ),
    "comments": (
        "clean.comments",
        ("--comments",),
        {"metavar": "drop|keep|apart", "help": "What becomes of readers' comments on a page."},
    ),
    "rules": (
        "rules.folders",
        ("--rules",),
        {"multiple": True, "metavar": "DIR", "help": "Folder with more rules; may be repeated."},
    ),
    "disable": (
        "rules.disable",
        ("--disable",),
        {"multiple": True, "metavar": "ID", "help": "Rule, id.* or category to switch off; may be repeated."},
    ),
    "threshold": (
        "dedup.threshold",
        ("--threshold",),
        {"type": float, "help": "Jaccard similarity from which two texts are near-duplicates."},
    ),
    "remove": (
        "dedup.remove",
        ("--remove",),
        {"metavar": "CLASSES", "help": "Classes to remove, separated by commas: repost, updated."},
    ),
    "duplicates": (
        "dedup.action",
        ("--duplicates",),
        {"metavar": "drop|mark", "help": "Drop removed duplicates from the articles, or keep and mark them."},
    ),
    "workers": ("run.workers", ("--workers",), {"type": int, "help": "Processes; 0 is one per core."}),
    "max_errors": (
        "run.max_errors",
        ("--max-errors",),
        {"metavar": "N|P%", "help": "Quarantined records from which the exit code is 1."},
    ),
    "ledger": ("run.ledger", ("--ledger/--no-ledger",), {"default": None, "help": "Write the ledger too."}),
    "ledger_source": (
        "run.ledger_source",
        ("--ledger-source/--no-ledger-source",),
        {"default": None, "help": "Keep the HTML source in the ledger."},
    ),
    "output_format": (
        "output.format",
        ("--format",),
        {"metavar": "jsonl|parquet", "help": "Format of the articles."},
    ),
    "drop_if": (
        "output.drop_if",
        ("--drop-if",),
        {
            "multiple": True,
            "metavar": "CONDITION",
            "help": "Drop articles for which this holds (docs/quality.md); may be repeated.",
        },
    ),
    "compress": (
        "output.compress",
        ("--compress",),
        {"metavar": "none|gz|zst", "help": "Compression of the JSON lines."},
    ),
}

READING = (
    "text_field",
    "html_field",
    "id_field",
    "url_field",
    "title_field",
    "date_field",
    "encoding",
    "input_format",
)
CLEANING = ("script", "script_engine", "comments", "rules", "disable")


def settings(*names: str) -> Callable[[F], F]:
    """Add the options that override the named settings."""

    def decorate(function: F) -> F:
        for name in reversed(names):
            _, declarations, keywords = _SETTINGS[name]
            function = click.option(*declarations, name, **keywords)(function)
        return function

    return decorate


def general(function: F) -> F:
    """Add ``--config``, ``--quiet`` and ``--verbose``."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Say more on standard error."),
        click.option("-q", "--quiet", is_flag=True, help="Say only errors on standard error."),
        click.option(
            "--config",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="Configuration file, instead of articlekit.toml or pyproject.toml.",
        ),
    ):
        function = option(function)
    return function


quarantine = click.option(
    "--quarantine",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File for records that cannot be processed; default quarantine.jsonl beside the output.",
)


def limits(function: F) -> F:
    """Add ``--limit``, ``--dry-run`` and ``--summary``."""
    for option in (
        click.option(
            "--summary",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write the counts here as JSON; - is standard output.",
        ),
        click.option("--dry-run", is_flag=True, help="Do everything but write."),
        click.option("--limit", type=click.IntRange(min=1), help="Stop after this many records."),
    ):
        function = option(function)
    return function


def load(config: Path | None, params: Mapping[str, Any]) -> Loaded:
    """Return the configuration with the given options on top.

    Raises:
        ConfigError: a setting is unknown or out of range, wherever it was set.
    """
    flags = {
        _SETTINGS[name][0]: value
        for name, value in params.items()
        if name in _SETTINGS and value is not None and value != ()
    }
    if isinstance(classes := flags.get("dedup.remove"), str):
        flags["dedup.remove"] = tuple(part.strip() for part in classes.split(",") if part.strip())
    return load_config(config, flags=flags)
