"""``articlekit config``."""

from __future__ import annotations

from pathlib import Path

import click

from articlekit import config as configuration


@click.group(name="config")
def command() -> None:
    """Show where every setting comes from, or start a configuration file."""


@command.command()
@click.option(
    "--config",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Configuration file, instead of articlekit.toml or pyproject.toml.",
)
def show(path: Path | None) -> None:
    """Print every setting with where its value comes from.

    \b
    articlekit config show
    ARTICLEKIT_DEDUP_THRESHOLD=0.8 articlekit config show
    """
    click.echo(configuration.show(configuration.load_config(path)), nl=False)


@command.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
def init(output: Path | None) -> None:
    """Print a commented configuration file that holds the defaults.

    \b
    articlekit config init > articlekit.toml
    articlekit config init -o articlekit.toml    refuses to overwrite
    """
    text = configuration.init()
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise click.UsageError(f"{output} exists; delete it first or give another name") from None
