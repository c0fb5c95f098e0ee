"""HTML read in one pass, without a parser: is it HTML, is it hostile, and what is its bare text.

Everything here is linear in the length of the page, whatever the page holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from articlekit.text.html.tree import SKIPPED, Page, TreeBuilder

# Quotes matter only behind "=". The possessive parts never give back, so that nothing is read twice.
_VALUE = r"\"[^\"]*+\"?+|'[^']*+'?+|[^\s>]*+"
_TAG = re.compile(rf"<(/?+)([A-Za-z][A-Za-z0-9:-]{{0,40}}+)((?>[^>=]++|=\s*+(?:{_VALUE}))*+)>?+")
_ATTRIBUTE = re.compile(
    rf"(?<![^\s/])(class|id|role|datetime|itemprop|rel|style|hidden|name|property|content)(?:\s*+=\s*+({_VALUE}))?+",
    re.I,
)

_RAW = (
    *("script", "style", "textarea", "title", "svg", "math", "select", "iframe"),
    *("object", "canvas", "video", "audio", "button", "datalist"),
)
_RAW_START = re.compile(rf"<!--|<!|<\?|<({'|'.join(_RAW)})(?=[\s/>])", re.I)

_VOID = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
# Elements whose end tag is often left out; one of these ends the one before.
_SIBLINGS = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "option", "a"})
_REACH = 60  # open elements among which the partner of an end tag is looked for

_DOCUMENT = re.compile(
    r"[\s\ufeff]*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--[^>]{0,2000}-->\s*+)?<(?:!doctype\s+html|html|head|body)\b",
    re.I,
)
_OPENING = re.compile(
    r"<(?:p|div|h[1-6]|br|table|ul|ol|li|article|section|span|a|td|tr|img|font|strong)(?:\s[^<>]{0,2000})?/?>",
    re.I,
)
_CLOSING = re.compile(
    r"</(?:p|div|h[1-6]|table|ul|ol|li|article|section|span|a|td|tr|font|strong)\s{0,5}>", re.I
)
_SNIFFED = 100_000


def is_html(text: str) -> bool:
    r"""Tell whether a text of unknown kind is HTML: a document, or a fragment made of elements.

    Flattened text in which a tag or two was left over is not.

    >>> is_html("<!DOCTYPE html><title>x</title>"), is_html("<p>第一段。</p>\n<p>第二段。</p>")
    (True, True)
    >>> is_html("第一段。</p>\n第二段，<b>若干</b>。")
    False
    """
    if _DOCUMENT.match(text[:8192]):
        return True
    head = text[:_SNIFFED]
    opening = len(_OPENING.findall(head))
    closing = len(_CLOSING.findall(head))
    if opening and closing and head.lstrip("\ufeff \t\r\n").startswith("<"):
        return True
    return opening >= 3 and opening + closing >= max(4, head.count("\n") // 4)


def nesting(html: str) -> int:
    """Return about how many levels deep the elements of a page are nested; paragraphs do not count.

    >>> nesting("<div><p>a<br>b</p><div></div></div>")
    2
    """
    depth = deepest = 0
    for closing, name, _ in _TAG.findall(html):
        tag = name.lower()
        if tag in _VOID or tag in _SIBLINGS:
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def bare_length(html: str) -> int:
    """Return how many characters of text a page holds, white space, scripts and the like not counted.

    >>> bare_length("<title>ab</title><p class='x'>cd e</p><script>f()</script>")
    3
    """
    return sum(len("".join(_TAG.sub(" ", part).split())) for part in _outside_raw(html))


def _outside_raw(html: str) -> Iterator[str]:
    """Yield the parts of a page outside comments, scripts and other elements that hold no text."""
    at, missing = 0, set()
    lower = html.lower()
    if len(lower) != len(html):  # a few capitals change their length
        lower = html
    while match := _RAW_START.search(html, at):
        yield html[at : match.start()]
        name = (match[1] or "").lower()
        end_mark = f"</{name}" if name else "-->" if match[0] == "<!--" else ">"
        end = -1 if end_mark in missing else lower.find(end_mark, match.end())
        if end < 0:  # never closed: what follows may be the text we want
            missing.add(end_mark)
            at = match.end()
            continue
        at = end if name else end + len(end_mark)
    yield html[at:]


def parse_linear(html: str) -> Page:
    """Build a page's tree in one pass over its tags, for pages no parser can be trusted with.

    >>> page = parse_linear("<title>标题</title><div><p>一<p>二</div>")
    >>> [node.tag for node in page.root.items[0].items], page.head.title
    (['p', 'p'], '标题')
    """
    builder = TreeBuilder()
    open_tags: list[str] = []
    for part in _outside_raw(html.replace("\x00", "\ufffd")):
        at = 0
        for match in _TAG.finditer(part):
            if match.start() > at:
                builder.data(unescape(part[at : match.start()]))
            at = match.end()
            tag = match[2].lower()
            if match[1]:
                _close(tag, open_tags, builder)
            elif tag not in SKIPPED:
                _open(tag, match[3], open_tags, builder)
        if at < len(part):
            builder.data(unescape(part[at:]))
    for tag in reversed(open_tags):
        builder.end(tag)
    _read_head(html, builder)
    return builder.close()


def _open(tag: str, attributes: str, open_tags: list[str], builder: TreeBuilder) -> None:
    if tag in _SIBLINGS and tag in open_tags[-3:]:
        _close(tag, open_tags, builder)
    builder.start(tag, _attributes(attributes))
    if tag in _VOID:
        builder.end(tag)
    else:
        open_tags.append(tag)


def _close(tag: str, open_tags: list[str], builder: TreeBuilder) -> None:
    if tag in open_tags[-_REACH:]:
        while True:
            last = open_tags.pop()
            builder.end(last)
            if last == tag:
                break


def _attributes(text: str) -> dict[str, str]:
    if "=" not in text:
        return {}
    return {
        match[1].lower(): unescape((match[2] or "").strip("\"'")[:2000])
        for match in _ATTRIBUTE.finditer(text[:4000])
    }


def _read_head(html: str, builder: TreeBuilder) -> None:
    head = html[:200_000]
    if (start := re.search(r"<title[^<>]{0,200}>", head, re.I)) is not None:
        builder.head.title = unescape(head[start.end() : start.end() + 500].partition("<")[0]).strip()
    for match in _TAG.finditer(head):
        if match[2].lower() == "meta" and not match[1]:
            values = _attributes(match[3])
            name = values.get("property") or values.get("name")
            if name and values.get("content", "").strip():
                builder.head.metas.setdefault(name.lower(), values["content"].strip())
