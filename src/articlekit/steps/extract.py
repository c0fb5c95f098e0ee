"""Extract an article's lines and metadata from a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape, unescape
from typing import Any

from articlekit.adapters import lxml_tree
from articlekit.model import Metadata
from articlekit.text.fields.bylines import Byline, read_byline
from articlekit.text.fields.names import is_person_name
from articlekit.text.fields.titles import folded
from articlekit.text.html.comments import comment_blocks
from articlekit.text.html.content import find_title
from articlekit.text.html.embedded import described_article, state_article, structured_data
from articlekit.text.html.extracted import Extracted
from articlekit.text.html.lines import Block, page_lines
from articlekit.text.html.metadata import page_metadata, page_title
from articlekit.text.html.pruning import article_blocks
from articlekit.text.html.scan import bare_length, is_html, nesting, parse_linear
from articlekit.text.html.tree import Head, Page
from articlekit.text.lines import Line
from articlekit.text.prose import is_prose

COMMENTS = ("drop", "keep", "apart")

__all__ = ["COMMENTS", "Extracted", "extract", "is_html"]

_LONGEST_FOR_TREE = 20_000_000  # characters; longer pages are read in one pass
_LONGEST_FOR_TOLERANT = 2_000_000
_DEEPEST_FOR_TOLERANT = 250
_THIN = 250  # characters of an article below which it is looked for in scripts too
_MUCH_MORE = 2  # times what is shown, that scripts must hold
_BYLINES_BEFORE, _BYLINES_BEHIND = 3, 12  # lines around the title in which bylines are looked for
_BYLINES_BELOW = 6  # lines at the end of the article


def extract(html: str, url: str | None = None, *, comments: str = "drop") -> Extracted:
    """Return the lines of a page's article in order, with their roles, and its metadata.

    `html` is decoded; `url` is the page's address, when known. The title, and lines around it that hold
    only fields of the metadata, are not among the lines. A page without an article gives no lines. Never
    raises for a page, and takes time linear in its length.

    Readers' comments are dropped, or with `comments` kept behind the article (``keep``) or apart from it
    (``apart``), as `Extracted.comments`.

    Raises:
        ValueError: `comments` is none of the three words.

    >>> page = '''<title>国债逆回购怎么选_南山网</title><body><div class="nav"><a href="/">首页</a></div>
    ... <h1>国债逆回购怎么选</h1><p>周慕云 2024-05-06 10:00</p>
    ... <p>国债逆回购的期限怎么选，取决于资金何时要用，也取决于利率，两者都要看。</p></body>'''
    >>> extracted = extract(page)
    >>> [line.text for line in extracted.lines]
    ['国债逆回购的期限怎么选，取决于资金何时要用，也取决于利率，两者都要看。']
    >>> extracted.metadata.title, extracted.metadata.author, extracted.metadata.published
    ('国债逆回购怎么选', '周慕云', '2024-05-06T10:00')
    """
    if comments not in COMMENTS:
        raise ValueError(f"comments: expected one of {', '.join(COMMENTS)}, found {comments!r}")
    page, notes = _parse(html)
    blocks = page_lines(page.root)
    title = page_title(page.head)
    title_at = find_title(blocks, title)
    article = article_blocks(blocks, page.nodes, title_at)
    described = structured_data(page.head.json)
    embedded = _embedded(page.head, described, article, title)
    if embedded:
        article, notes = embedded, (*notes, "embedded")
    bylines = {**_header_bylines(blocks, title_at), **_footer_bylines(article)}
    metadata = page_metadata(page.head, url, _headings(blocks, title_at), list(bylines.values()), described)
    said = comment_blocks(blocks, article) if comments != "drop" else []
    if not article and not (said and comments == "keep"):
        notes = (*notes, "no-prose")
    known = {block for block, byline in bylines.items() if _is_known(byline, metadata)}
    kept = _without_title([block for block in article if block not in known], metadata)
    if comments == "keep":
        kept += said
        said = []
    return Extracted(_numbered(kept), metadata, notes, _numbered(said))


def _numbered(blocks: Sequence[Block]) -> tuple[Line, ...]:
    return tuple(
        Line(number, block.text, block.role, block.level, round(block.link_density, 3))
        for number, block in enumerate(blocks, 1)
    )


def _parse(html: str) -> tuple[Page, tuple[str, ...]]:
    """Parse a page with the fastest parser that can be trusted with it."""
    if len(html) > _LONGEST_FOR_TREE:
        return parse_linear(html), ("linear-parser",)
    page = lxml_tree.parse(html)
    sparse = page.text_length < 300 or 50 * page.text_length < len(html)
    if not sparse:
        return page, ()
    expected = bare_length(html)
    if 5 * page.text_length >= 2 * expected:
        return page, ()
    tolerant = _parse_tolerant(html)
    if tolerant and tolerant.text_length >= 0.8 * expected:
        return tolerant, ("tolerant-parser",)
    linear = parse_linear(html)
    if linear.text_length > page.text_length:
        return linear, ("linear-parser",)
    return page, ()


def _parse_tolerant(html: str) -> Page | None:
    if len(html) > _LONGEST_FOR_TOLERANT or nesting(html) > _DEEPEST_FOR_TOLERANT:
        return None
    try:
        return lxml_tree.parse_tolerant(html)
    except (RecursionError, ValueError):  # the caller's own stack counts too; not every name fits the tree
        return None


def _embedded(
    head: Head, described: Sequence[dict[str, Any]], article: Sequence[Block], title: str | None
) -> list[Block]:
    """Return the lines of the article in the page's scripts where they hold much more than what is shown."""
    shown = sum(block.size for block in article)
    found = described_article(described)
    if shown < _THIN and head.states:
        found = max(
            filter(None, (found, state_article(head.states, title))), key=lambda one: one.size, default=None
        )
    if found is None or found.size < _MUCH_MORE * shown:
        return []
    body = found.body if found.is_html else f"<pre>{escape(found.body, quote=False)}</pre>"
    page = lxml_tree.parse(unescape(body) if "&lt;p" in body and found.is_html else body)
    return [block for block in page_lines(page.root) if not block.node.hidden and block.link_density < 0.8]


def _headings(blocks: Sequence[Block], title_at: int | None) -> list[str]:
    """Return the lines that may be the title: the one found, then headings of the first level."""
    found = [blocks[title_at].text] if title_at is not None else []
    return found + [block.text for block in blocks if block.level == 1 and block.link_density < 0.5][:2]


def _header_bylines(blocks: Sequence[Block], title_at: int | None) -> dict[Block, Byline]:
    """Read the bylines around the title."""
    if title_at is None:
        return {}
    near = blocks[max(title_at - _BYLINES_BEFORE, 0) : title_at + _BYLINES_BEHIND]
    return {
        block: byline
        for block in near
        if block is not blocks[title_at] and (byline := read_byline(block.text)) is not None
    }


def _footer_bylines(article: Sequence[Block]) -> dict[Block, Byline]:
    """Read the bylines below the last running text, such as the editor's name."""
    found = {}
    for block in reversed(article[-_BYLINES_BELOW:]):
        if is_prose(block.text):
            break
        byline = read_byline(block.text)
        if byline is not None and byline.published is None:
            found[block] = byline
    return found


def _is_known(byline: Byline, metadata: Metadata) -> bool:
    """Tell whether all that a line says is in the metadata."""
    fields = (metadata.author, metadata.editor, metadata.channel, metadata.site)
    said = [value for value in (byline.author, byline.editor, byline.source, *byline.loose) if value]
    if byline.published and not (metadata.published or "").startswith(byline.published[:10]):
        return False
    return all(
        value in fields or (is_person_name(value) and value in (metadata.author or "")) for value in said
    )


def _without_title(blocks: Sequence[Block], metadata: Metadata) -> list[Block]:
    """Drop the title where the article begins with it."""
    title = folded(metadata.title or "")
    first = [index for index, block in enumerate(blocks[:3]) if title and folded(block.text) == title]
    return [block for index, block in enumerate(blocks) if index not in first]
