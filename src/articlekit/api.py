"""The functions of the library. `articlekit` re-exports them, loaded on first use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from articlekit.adapters import bs4_soup, lxml_tree
from articlekit.config import Config
from articlekit.errors import RecordError
from articlekit.explain import LineFate, explain
from articlekit.model import Article, Quarantined, Record, Repaired, Source
from articlekit.pipeline import Pipeline
from articlekit.records.fields import record_from_mapping
from articlekit.steps import annotated
from articlekit.steps import extract as extraction
from articlekit.steps import repair as repairs
from articlekit.text.decode import decode
from articlekit.text.html.extracted import Extracted

Input: TypeAlias = bytes | str | Mapping[str, Any] | Record


class Cleaner:
    r"""Cleans many records by one configuration. Picklable; safe to share between threads.

    >>> cleaner = Cleaner()
    >>> [article.title for article in cleaner.clean_many(["示例公司公告\n示例公司今日发布公告。"])]
    ['示例公司公告']
    """

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self._pipeline = Pipeline(self.config)

    def clean(self, source: Input, url: str | None = None) -> Article:
        """Clean one record.

        Args:
            source: bytes, characters, a record as a mapping (fields as in `docs/inputs.md`) or a `Record`.
            url: address of the article, when known.

        Raises:
            RecordError: with reason and place, where a batch would quarantine the record.
        """
        return self._pipeline.clean(self._record(source, url)).article

    def clean_many(self, sources: Iterable[Input]) -> Iterator[Article | Quarantined]:
        """Yield an article or a quarantined record for each source, lazily and in order.

        Never raises for a record; what iterating `sources` raises passes through.
        """
        for number, source in enumerate(sources, 1):
            try:
                record = self._record(source, None, number)
            except RecordError as error:
                yield _unreadable(source, number, error)
                continue
            outcome = self._pipeline.process(record)
            yield outcome if isinstance(outcome, Quarantined) else outcome.article

    def explain(self, source: Input, url: str | None = None) -> tuple[LineFate, ...]:
        r"""Return what becomes of every line of one record, and why.

        Raises:
            RecordError: with reason and place, where a batch would quarantine the record.

        >>> text = "示例公司公告\n示例公司今日发布公告，同比增长5%。\n责任编辑：温知夏"
        >>> [(line.fate, [removal.rule for removal in line.removals]) for line in Cleaner().explain(text)]
        [('title', []), ('body', []), ('removed', ['zh.byline.editor'])]
        """
        return explain(self._pipeline.clean(self._record(source, url)), self._pipeline.rules)

    def _record(self, source: Input, url: str | None, number: int | None = None) -> Record:
        if isinstance(source, Record):
            return source
        if isinstance(source, bytes | str):
            data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
            where = Source("<memory>", number, url, None, hashlib.sha256(data).hexdigest())
            return Record(where, source)
        if isinstance(source, Mapping):
            return record_from_mapping(source, self.config.input, url=url, number=number)
        raise RecordError(
            "not-a-record",
            "read",
            f"expected bytes, str, a mapping or a Record, found {type(source).__name__}",
        )


def clean(source: Input, url: str | None = None, config: Config | None = None) -> Article:
    r"""Clean one article: bytes or characters, HTML or text, or a record as a mapping.

    Raises:
        RecordError: with reason and place, where a batch would quarantine the record.

    >>> article = clean("示例公司公告\n示例公司今日发布公告。\n责任编辑：温知夏")
    >>> article.title, article.text, article.editor
    ('示例公司公告', '示例公司今日发布公告。', '温知夏')
    """
    return _cleaner(config or Config()).clean(source, url)


def repair(text: str) -> Repaired:
    """Undo what happened to the characters of `text`, with every edit and flag.

    Edits of the steps ``annotated-gbk`` and ``repair`` follow each other: the positions of a step's edits
    count characters of the text before that step.
    """
    undone = annotated.undo(text)
    repaired = repairs.repair(undone.text, flattened=bool(undone.edits))
    return Repaired(repaired.text, (*undone.edits, *repaired.edits), (*undone.flags, *repaired.flags))


def extract(html: bytes | str | object, url: str | None = None, comments: str = "drop") -> Extracted:
    """Return the lines of a page's main text with their roles, and its metadata.

    Args:
        html: bytes or characters, an element or a tree of lxml, or a Beautiful Soup object; objects stay
            as they are.
        url: the page's address, where known.
        comments: what becomes of readers' comments: ``drop``, ``keep`` (behind the article) or ``apart``.

    Raises:
        TypeError: for other objects.
        ValueError: for another word for `comments`.

    >>> page = "<h1>示例公告</h1><p>示例公司今日发布公告，公布了上半年的业绩和分红方案，请留意。"
    >>> extract(page).lines[0].text
    '示例公司今日发布公告，公布了上半年的业绩和分红方案，请留意。'
    """
    if isinstance(html, bytes | bytearray):
        html = decode(bytes(html)).text
    elif lxml_tree.is_tree(html):
        html = lxml_tree.source_of(html)
    elif bs4_soup.is_soup(html):
        html = bs4_soup.source_of(html)
    if not isinstance(html, str):
        raise TypeError(
            "expected bytes, characters, an element or a tree of lxml, or a Beautiful Soup object, "
            f"found {type(html).__name__}"
        )
    return extraction.extract(html, url, comments=comments)


@cache
def _cleaner(config: Config) -> Cleaner:
    return Cleaner(config)


def _unreadable(source: object, number: int, error: RecordError) -> Quarantined:
    raw = source if isinstance(source, bytes | str) else repr(source)
    where = Source("<memory>", number)
    return Quarantined(where, error.reason, error.step, error.message, error.place, None, raw)
