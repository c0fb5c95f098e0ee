"""From the configuration to what readers and deduplication take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from articlekit.config import Config
from articlekit.dedup.items import DedupOptions
from articlekit.records.continued import in_page_order, joined
from articlekit.records.inputs import InputFile
from articlekit.records.options import FORMATS, ReadOptions
from articlekit.records.raw import read
from articlekit.records.rawrecord import RawRecord


def read_options(config: Config) -> ReadOptions:
    """Return how to read inputs."""
    settings = config.input
    return ReadOptions(
        text_field=settings.text_field,
        html_field=settings.html_field,
        id_field=settings.id_field,
        url_field=settings.url_field,
        title_field=settings.title_field,
        date_field=settings.date_field,
        encoding=settings.encoding,
        max_bytes=settings.max_record_bytes,
        input_format=next((name for name in FORMATS if name == settings.format), None),
    )


def read_records(files: Sequence[InputFile], config: Config, limit: int | None = None) -> Iterator[RawRecord]:
    """Read at most `limit` records, with the pages that may continue an article joined to it if asked for."""
    options = read_options(config)
    if not config.input.join_pages:
        return islice(read(files, options), limit)
    return joined(islice(read(in_page_order(files), options), limit), options)


def dedup_options(config: Config) -> DedupOptions:
    """Return how to find near-duplicates."""
    settings = config.dedup
    return DedupOptions(settings.threshold, settings.remove, settings.policy)
