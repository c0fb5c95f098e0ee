"""Articles that stand in the scripts of a page: JSON-LD, and the state pages build themselves from.

Bounded: only so many characters are parsed and so many values visited, whatever a page holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from articlekit.text.fields.titles import is_same_title
from articlekit.text.prose import is_prose, visible_length

_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|WebPage|DiscussionForumPosting)$")
# What stands before the value of a state: an assignment, perhaps a call that parses a string.
_ASSIGNED = re.compile(r"\s*(?:[\w$.\[\]\"' ]{1,80}=\s*)?(JSON\.parse\(\s*)?(?=[\[{\"'])")
# What hides JSON-LD from old browsers and from XML. What stands behind the value is not looked at.
_BEFORE_JSON = re.compile(r"[\s\ufeff]*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)?\s*(?:\*/)?\s*")
_UNDEFINED = re.compile(r"(?<=[:,\[])\s*(?:undefined|NaN|void 0)\s*(?=[,}\]])")
_BODY_KEYS = re.compile(r"(?:article_?body|content|body|html|text|detail|paragraphs?|blocks)", re.I)
_HOLDS_BODY = re.compile(rf'{_BODY_KEYS.pattern}\\?"\s*:', re.I)
_NO_BODY_KEYS = re.compile(
    r"comment|repl(?:y|ies)|related|recommend|copyright|disclaimer|summary|desc|abstract", re.I
)
_MARKUP = re.compile(
    r"<(?:p|div|br|span|section|strong|img|h[1-6]|ul|table)\b[^<>]{0,2000}>|&lt;(?:p|br|div)\b", re.I
)
_TAG = re.compile(r"<[^<>]{0,3000}>")
_TEXT_KEYS = ("text", "content", "value", "html")

_MOST_LD = 500_000  # characters of a JSON-LD script that is parsed
_MOST_STATE = 4_000_000  # characters of all states that are parsed
_MOST_NODES = 2000  # objects and lists visited in JSON-LD
_MOST_VALUES = 100_000  # and in a state
_LEAST = 30  # characters of a body


@dataclass(frozen=True, slots=True)
class EmbeddedArticle:
    """An article found in a script: its body, as HTML or as text, its title, and its size in characters."""

    body: str
    is_html: bool
    size: int
    title: str | None = None


def structured_data(sources: Sequence[str]) -> list[dict[str, Any]]:
    """Return the objects of JSON-LD scripts that describe an article, articles proper before pages.

    >>> structured_data(['{"@graph": [{"@type": "NewsArticle", "headline": "甲"}]}'])
    [{'@type': 'NewsArticle', 'headline': '甲'}]
    """
    found: list[dict[str, Any]] = []
    for source in sources:
        value = _parsed(source) if len(source) <= _MOST_LD else None
        found.extend(
            node for node in _values(value, _MOST_NODES) if isinstance(node, dict) and _article_types(node)
        )
    return sorted(found, key=lambda node: all(name.endswith("WebPage") for name in _article_types(node)))


def _article_types(node: dict[str, Any]) -> list[str]:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return [name for name in names if isinstance(name, str) and _ARTICLE_TYPES.search(name)]


def described_article(data: Sequence[dict[str, Any]]) -> EmbeddedArticle | None:
    """Return the article whose body JSON-LD holds, the longest of several."""
    bodies = [_article(node.get("articleBody"), _first_text(node.get("headline"))) for node in data]
    return max(filter(None, bodies), key=lambda article: article.size, default=None)


def state_article(scripts: Sequence[str], title: str | None = None) -> EmbeddedArticle | None:
    """Return the article that the states of a page hold, or None.

    `scripts` are texts of scripts, or HTML that stands in other elements as text; `title` is the page's,
    and an article with this title goes before longer ones.

    >>> script = 'window.__STATE__ = {"post": {"title": "甲", "content": "<p>%s</p>"}};' % ("利率下行，" * 9)
    >>> found = state_article([script])
    >>> found.title, found.is_html, found.size
    ('甲', True, 45)
    """
    best: EmbeddedArticle | None = None
    weight = 0.0
    left = _MOST_STATE
    for script in scripts:
        left -= len(script)
        if left < 0:
            break
        for article, factor in _candidates(script):
            same = bool(title and article.title and is_same_title(article.title, title))
            if (heavier := article.size * factor * (5 if same else 1)) > weight:
                best, weight = article, heavier
    return best


def _candidates(script: str) -> Iterator[tuple[EmbeddedArticle, float]]:
    """Yield what may be an article in a script, with how much its place speaks for it."""
    if script.lstrip()[:1] == "<":
        if (article := _article(script, None)) is not None:
            yield article, 1.0
        return
    for node in _values(_parsed_state(script), _MOST_VALUES):
        if not isinstance(node, dict):
            continue
        title = next((text for key in ("title", "headline") if (text := _first_text(node.get(key)))), None)
        for key, value in node.items():
            if not isinstance(value, str | list) or _NO_BODY_KEYS.search(key):
                continue
            if (article := _article(value, title)) is not None:
                yield article, (3.0 if _BODY_KEYS.search(key) else 1.0) * (2.0 if title else 1.0)


def _article(value: Any, title: str | None) -> EmbeddedArticle | None:
    """Return a value as the body of an article: a text, HTML, or a list of paragraphs of either kind."""
    if isinstance(value, list):
        parts = [_paragraph(item) for item in value[:5000]]
        value = "\n".join(part for part in parts if part)
    if not isinstance(value, str) or len(value) < _LEAST:
        return None
    is_html = _MARKUP.search(value) is not None
    text = _TAG.sub("\n", value) if is_html else value
    size = sum(visible_length(line) for line in text.split("\n") if is_prose(line))
    return EmbeddedArticle(value, is_html, size, title) if size >= _LEAST else None


def _paragraph(item: Any) -> str | None:
    if isinstance(item, dict):
        item = next((item[key] for key in _TEXT_KEYS if isinstance(item.get(key), str)), None)
    return item if isinstance(item, str) else None


def _parsed(source: str) -> Any:
    try:
        return json.JSONDecoder(strict=False).raw_decode(_BEFORE_JSON.sub("", source, count=1))[0]
    except (ValueError, RecursionError):
        return None


def _parsed_state(script: str) -> Any:
    """Return the first JSON value of a script, or None."""
    match = _ASSIGNED.match(script)
    if match is None or not _HOLDS_BODY.search(script):
        return None
    decoder = json.JSONDecoder(strict=False)
    for text in (
        script,
        _UNDEFINED.sub("null", script) if "undefined" in script or "void 0" in script else "",
    ):
        try:
            value, _ = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            continue
        return _parsed(value) if isinstance(value, str) else value
    return None


def _values(value: Any, most: int) -> Iterator[Any]:
    """Yield objects and lists, outer ones first, at most so many."""
    queue = [value]
    at = 0
    while at < len(queue) and at < most:
        node = queue[at]
        at += 1
        yield node
        if len(queue) < most:
            inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
            queue += [child for child in inner if isinstance(child, dict | list)]


def _first_text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.strip() or None if isinstance(value, str) else None
