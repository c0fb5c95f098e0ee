"""Draft rules from files: read, see what recurs, write drafts."""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from articlekit.config import Config
from articlekit.engines.settings import read_options
from articlekit.errors import RecordError
from articlekit.model import Record
from articlekit.pipeline import rule_set
from articlekit.records.fields import to_record
from articlekit.records.inputs import expand
from articlekit.records.raw import read
from articlekit.rules.suggest import Suggestions, suggest
from articlekit.rules.survey import Page, observe
from articlekit.steps import extract, repair
from articlekit.text.decode import decode
from articlekit.text.lines import Line, split_lines

_BATCH = 64  # pages written at once


def suggest_rules(
    inputs: Sequence[str],
    config: Config | None = None,
    *,
    min_documents: int = 5,
    min_sites: int = 1,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Suggestions:
    """Return draft rules for the lines that recur in files and that no rule of `config` takes.

    What is needed of each document is set aside in a temporary file, since it is gone through three times.

    Args:
        inputs: files, folders, globs or ``-``; pages, texts, records or articles.
        config: settings; of these only input and rules count.
        min_documents: distinct articles a line must stand in.
        min_sites: sites it must stand on.
        limit: stop after this many records.
        progress: called with the number of records read, now and then.

    Raises:
        InputError: an input does not exist.
        RuleError: the rules are wrong.
    """
    config = config or Config()
    with tempfile.TemporaryFile(prefix="articlekit-suggest-") as file:
        _set_aside(_pages(inputs, config, limit), file, progress)
        return suggest(lambda: _again(file), min_documents, min_sites)


def _pages(inputs: Sequence[str], config: Config, limit: int | None) -> Iterator[Page]:
    rules, options = rule_set(config), read_options(config)
    for raw in islice(read(expand(inputs), options), limit):
        record = to_record(raw, options)
        if isinstance(record, Record):
            try:
                yield observe(_lines(record, config), rules, record.source.url)
            except RecordError:  # what cannot be read has no lines; `clean` reports it
                continue


def _lines(record: Record, config: Config) -> tuple[Line, ...]:
    """Return the lines of a record that rules would see, characters not repaired."""
    body = record.body or ""
    if isinstance(body, bytes):
        body = decode(body, record.declared, override=config.input.encoding).text
    if record.media == "html" or (record.media is None and extract.is_html(body)):
        return extract.extract(body, record.source.url).lines
    return split_lines(repair.normalise_line_breaks(body).text)


def _set_aside(pages: Iterator[Page], file: BinaryIO, progress: Callable[[int], None] | None) -> None:
    while batch := list(islice(pages, _BATCH)):
        marshal.dump([(page.site, page.texts, page.taken, page.heads, page.hashes) for page in batch], file)
        if progress is not None:
            progress(len(batch))


def _again(file: BinaryIO) -> Iterator[Page]:
    file.seek(0)
    while True:
        try:
            batch = marshal.load(file)
        except EOFError:
            return
        for values in batch:
            yield Page(*values)
