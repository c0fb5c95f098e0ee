"""Scraped finance articles in, clean JSONL with section structure and without near-duplicates out.

    import articlekit

    article = articlekit.clean(source)            # bytes or str, HTML or text
    text = articlekit.convert(text, "t2s")        # Traditional to Simplified
    for duplicate in articlekit.find_duplicates(articles): ...

Names load on first use, so importing the package is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from articlekit.api import Cleaner, clean, extract, repair
    from articlekit.config import Config
    from articlekit.dedup.find import find_duplicates
    from articlekit.errors import ArticlekitError, RecordError
    from articlekit.model import Article, Duplicate, Quarantined
    from articlekit.text.decode import decode
    from articlekit.text.script.conversion import convert

__version__ = "0.1.0"

__all__ = [
    "Article",
    "ArticlekitError",
    "Cleaner",
    "Config",
    "Duplicate",
    "Quarantined",
    "RecordError",
    "clean",
    "convert",
    "decode",
    "extract",
    "find_duplicates",
    "repair",
]

_HOMES = {
    "Article": "articlekit.model",
    "ArticlekitError": "articlekit.errors",
    "Cleaner": "articlekit.api",
    "Config": "articlekit.config",
    "Duplicate": "articlekit.model",
    "Quarantined": "articlekit.model",
    "RecordError": "articlekit.errors",
    "clean": "articlekit.api",
    "convert": "articlekit.text.script.conversion",
    "decode": "articlekit.text.decode",
    "extract": "articlekit.api",
    "find_duplicates": "articlekit.dedup.find",
    "repair": "articlekit.api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'articlekit' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
