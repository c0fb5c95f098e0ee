"""Parse HTML with lxml into the tree extraction works on. The only module that imports lxml."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from articlekit.text.html.tree import Head, Page, TreeBuilder

if TYPE_CHECKING:
    from lxml.etree import _Element

_INSTRUCTION = re.compile(r"<\?[^<>]{0,500}>")
_UNPARSABLE = re.compile("[\x00\ud800-\udfff]")


def parse(html: str) -> Page:
    """Parse a page with lxml's own parser: fast, and lenient with ordinary faults.

    >>> page = parse("<title>标题</title><p>正文。")
    >>> page.head.title, page.root.items[0].items[0].tag
    ('标题', 'p')
    """
    from lxml import etree

    data = parsable(html).encode("utf-8")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # nothing but white space or comments
        root = None
    return _page(root, cut=bool(len(parser.error_log.filter_from_fatals())))


def parse_tolerant(html: str) -> Page:
    """Parse a page with Beautiful Soup's parser behind `lxml.html.soupparser`: slow, and loses less.

    Raises:
        RecursionError: for pages nested hundreds of levels deep; screen with `html_scan.nesting` first.
        ValueError: for names, comments and characters that lxml's tree cannot hold.

    >>> parse_tolerant("<p>正文。<table><p>").text_length
    3
    """
    from lxml.html import soupparser

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # of markup that looks like XML or like a path: it is a page all the same
        root = soupparser.fromstring(_INSTRUCTION.sub("", parsable(html)))
    return _page(root)


def parsable(html: str) -> str:
    """Return a page without characters that lxml cannot hold."""
    if html.isascii() and "\x00" not in html:
        return html
    try:
        html.encode("utf-8")
    except UnicodeEncodeError:
        return _UNPARSABLE.sub("\ufffd", html)
    return html.replace("\x00", "\ufffd")


def _page(root: _Element | None, *, cut: bool = False) -> Page:
    builder = TreeBuilder()
    if root is None:
        return builder.page(cut=cut)
    builder.head.language = root.get("lang")
    for head in root.iter("head"):
        _read_head(head, builder.head)
        break
    _read_scripts(root, builder.head)
    _walk(root, builder)
    return builder.page(cut=cut)


def _walk(root: _Element, builder: TreeBuilder) -> None:
    """Feed the builder with everything below `root` (text may stand outside the body), without recursion."""
    start, end, text = builder.start, builder.end, builder.text
    if root.text:
        text(root.text)
    stack: list[tuple[_Element | None, Iterator[_Element]]] = [(None, iter(root))]
    while stack:
        element, children = stack[-1]
        for child in children:
            tag = child.tag
            # Comments of the tolerant parser have no name.
            if isinstance(tag, str) and start(tag, child.get):
                if child.text:
                    text(child.text)
                if len(child):
                    stack.append((child, iter(child)))
                    break
                end()
            if child.tail:
                text(child.tail)
        else:
            stack.pop()
            if element is not None:
                end()
                if element.tail:
                    text(element.tail)


def _read_head(element: _Element, head: Head) -> None:
    for child in element.iter("title", "meta", "link"):
        if child.tag == "title":
            head.title = head.title or "".join(child.itertext()).strip()
        elif child.tag == "meta":
            name = child.get("property") or child.get("name") or child.get("itemprop")
            content = child.get("content")
            if name and content and content.strip():
                head.metas.setdefault(name.lower(), content.strip())
        elif child.get("rel") == "canonical":
            head.canonical = head.canonical or child.get("href")


def _read_scripts(root: _Element, head: Head) -> None:
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json" and script.text and len(head.json) < 8:
            head.json.append(script.text)
