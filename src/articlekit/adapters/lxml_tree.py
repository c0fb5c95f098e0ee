"""Parse HTML with lxml into the tree extraction works on. The only module that imports lxml."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, cast

from articlekit.adapters.origin import is_of
from articlekit.text.html.tree import Page, TreeBuilder

if TYPE_CHECKING:
    from lxml.etree import ParserTarget, _Element

_INSTRUCTION = re.compile(r"<\?[^<>]{0,500}>")
_UNPARSABLE = re.compile("[\x00\ud800-\udfff]")


def parse(html: str) -> Page:
    """Parse a page with lxml's own parser: fast, and lenient with ordinary faults.

    The parser feeds the builder as it reads. No tree of lxml is built, so that the parser's limits of
    depth do not cut the page and the number of attributes does not matter.

    >>> page = parse("<title>标题</title><p>正文。")
    >>> page.head.title, page.nodes[-1].tag
    ('标题', 'p')
    """
    from lxml import etree

    builder = TreeBuilder()
    target = cast("ParserTarget[Page]", builder)  # what a target may leave out, its type demands
    parser = etree.HTMLParser(encoding="utf-8", target=target, huge_tree=True)
    try:
        return etree.fromstring(parsable(html).encode("utf-8"), parser)
    except etree.XMLSyntaxError:  # nothing but white space or comments
        return builder.close()


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
    return _walk(root)


def is_tree(value: object) -> bool:
    """Tell whether a value is an element or a tree of lxml, without importing the library.

    >>> is_tree("<p>")
    False
    """
    return hasattr(value, "iter") and is_of(value, "lxml")


def source_of(tree: object) -> str:
    """Return the HTML of an element or a tree of lxml, which stays as it is.

    Raises:
        TypeError: for anything else.

    >>> from lxml.html import fromstring
    >>> source_of(fromstring("<div><p>正文</div>"))
    '<div><p>正文</p></div>'
    """
    from lxml import etree

    if isinstance(tree, etree._ElementTree):  # lxml has no public name for it
        tree = tree.getroot()
    if not isinstance(tree, etree._Element):
        raise TypeError(f"expected an element or a tree of lxml, found {type(tree).__name__}")
    return etree.tostring(tree, encoding="unicode", method="html", with_tail=False)


def parsable(html: str) -> str:
    """Return a page without characters that lxml cannot hold."""
    if html.isascii() and "\x00" not in html:
        return html
    try:
        html.encode("utf-8")
    except UnicodeEncodeError:
        return _UNPARSABLE.sub("\ufffd", html)
    return html.replace("\x00", "\ufffd")


def _walk(root: _Element) -> Page:
    """Build a page from a tree, without recursion."""
    from lxml import etree

    builder = TreeBuilder()
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            builder.start(str(element.tag), dict(element.items()))
            if element.text:
                builder.data(element.text)
            continue
        if event == "end":
            builder.end(str(element.tag))
        if element.tail and element is not root:
            builder.data(element.tail)
    return builder.close()
