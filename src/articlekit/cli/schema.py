"""``articlekit schema``."""

from __future__ import annotations

import json

import click

from articlekit import schemas


@click.command(name="schema")
@click.argument("record", type=click.Choice(schemas.names()), default="article")
def command(record: str) -> None:
    """Print the JSON Schema of a record type.

    \b
    articlekit schema                  the article
    articlekit schema quarantine       a quarantined record
    """
    click.echo(json.dumps(schemas.load(record), ensure_ascii=False, indent=2))
