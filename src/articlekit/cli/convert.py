"""``articlekit convert``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import click

from articlekit.cli.messages import Messages, counted
from articlekit.text.script.conversion import Engine, configurations, description
from articlekit.text.script.targets import WRITINGS, configuration_for


def _list(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    for name in configurations():
        click.echo(f"{name:6} {description(name)}")
    ctx.exit()


@click.command(name="convert")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--config", "name", metavar="NAME", help="OpenCC configuration, such as t2s (the default).")
@click.option("--to", type=click.Choice(list(WRITINGS)), help="Script to convert to, instead of --config.")
@click.option("--from", "source", type=click.Choice(list(WRITINGS)), help="Script the text is in; with --to.")
@click.option(
    "--list", is_flag=True, is_eager=True, expose_value=False, callback=_list, help="List configurations."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write, instead of standard output.",
)
@click.option("--encoding", help="Encoding of the input, instead of finding out.")
@click.option(
    "--engine",
    type=click.Choice(["articlekit", "opencc-python"]),
    default="articlekit",
    show_default=True,
    help="Whose dictionaries: OpenCC's current ones, or those of opencc-python-reimplemented.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say only errors on standard error.")
@click.option("-v", "--verbose", is_flag=True, help="Say the encoding of each input.")
def command(
    files: tuple[str, ...],
    name: str | None,
    to: str | None,
    source: str | None,
    output: Path | None,
    encoding: str | None,
    engine: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Convert the script of plain text, as OpenCC does; to UTF-8 on standard output or in a file.

    FILE is a text file, plain or compressed, or - for standard input, which is read without any. Text of
    any size streams through. hans is Simplified, hant Traditional, tw and hk what Taiwan and Hong Kong
    write, twp and hkp with their words too, jp Japanese.

    \b
    articlekit convert traditional.txt > simplified.txt
    articlekit convert --to twp book.txt -o taiwan.txt
    articlekit convert --from hk --to hans page.txt
    articlekit convert --config tw2sp < page.txt
    """
    if name is not None and (to or source):
        raise click.UsageError("--config says it all; leave out --to and --from")
    if source and not to:
        raise click.UsageError("--from needs --to")
    config = configuration_for(to, source) if to else "t2s" if name is None else name
    _run(files or ("-",), output, config, cast(Engine, engine), encoding, Messages(quiet, verbose))


def _run(
    files: tuple[str, ...],
    output: Path | None,
    config: str,
    engine: Engine,
    encoding: str | None,
    messages: Messages,
) -> None:
    from articlekit.adapters.rich_console import RecordProgress
    from articlekit.engines.convert import convert_files

    with RecordProgress("converting", enabled=not messages.quiet, unit="lines") as progress:
        done = convert_files(
            files,
            output,
            config,
            stdout=sys.stdout.buffer,
            engine=engine,
            encoding=encoding,
            progress=progress.advance,
        )
    for read in done:
        messages.detail(f"{read.uri}: {read.encoding}, {config}")
        if read.lost:
            places = counted(read.lost, "place")
            messages.notice(f"{read.uri}: {places} did not decode as {read.encoding} and became U+FFFD")
