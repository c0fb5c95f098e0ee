"""Take out of an article's container what does not belong to the article, with a guard.

Elements are dropped by tag, name or link density, but only where they hold a small part of the container's
prose: a whole body may stand inside a ``form``. Then single lines: links that lead away, captions of
photographs, credits, bylines above the first paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from articlekit.text.html.content import Content, is_within
from articlekit.text.html.lines import Block
from articlekit.text.html.names import ASIDE_TAGS, is_aside, is_weak_aside
from articlekit.text.html.tree import Node
from articlekit.text.prose import han_count

_SHORT = 40  # characters, below which an article is looked for among lines that are no prose
_SMALL, _HALF = 0.25, 0.5  # share of prose below which an aside is dropped
_ABOVE = 0.1  # share of prose above the title up to which it is not the article's
_LINKS = 0.8  # link density from which a line is nothing but a link
_CAPTIONS = 0.25  # share of captions in an article from which they are its text
_LONGEST_CREDIT = 100

# Links that lead away from an article.
_AWAY = re.compile(
    r"\W*(?:(?:also |see |read |learn |find out |discover |load |view )*(?:more|also|related|next|all)\b|"
    r"share\b|click|back to|get |download|subscri|sign|follow|tweet|advert|"
    r"纠错|糾錯|分享|相关|相關|推荐|推薦|延伸|更多|点击|點擊|返回|举报|舉報|打印|列印|关注|關注|下载|下載|阅读|閱讀|"
    r"查看|上一|下一|责任|責任|责编|責編|#)|.{0,300}click to tweet$",
    re.I,
)
_DATA_CAPTION = re.compile(
    r"(?:figure|fig\.?|chart|graph|table|exhibit)\s*\d|(?:figure|chart|graph|table|exhibit|data|source)\s*:",
    re.I,
)
_CREDIT = re.compile(
    r"\W*(?:(?:image|photo(?:graph)?|picture|video)s?(?: by| credit| courtesy)?\s*(?:[:/|©]|by\b)|"
    r"credits?\s*:|courtesy (?:of|photo)|getty images)",
    re.I,
)
_CREDITED = re.compile(r"[(\[](?:image|photo|pic|picture|credit)s?\s*:[^()]{0,60}[)\]]\Z", re.I)
_BYLINE = re.compile(
    r"(?:(?:first |last |originally )?(?:posted|published|updated|reviewed|written)\b|by\s+[A-Z]).{0,90}\Z",
    re.I,
)


def article_blocks(
    blocks: Sequence[Block], nodes: Sequence[Node], title_at: int | None = None
) -> list[Block]:
    """Return the lines of a page that are its article, in order; none where nothing reads like one.

    `nodes` are all nodes of the page, see `Page`; `title_at` is the index of the line that is the title,
    see `find_title`. Where there is a title but next to no running text below it, the text that stands
    there counts as it is: a calendar, a table.
    """
    if not blocks:
        return []
    article = _Pruning(Content(blocks, nodes, title_at)).kept()
    if title_at is not None and sum(block.size for block in article) < _SHORT:
        plain = _Pruning(Content(blocks, nodes, title_at, plain=True)).kept()
        if sum(block.size for block in plain) > 2 * sum(block.size for block in article):
            return plain
    return article


class _Pruning:
    """The lines of a page's container, and which of them stay."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.best = content.container()

    def kept(self) -> list[Block]:
        """Return the lines that stay; an article ends with text, not with a heading or a link."""
        inside = self._nodes()
        start = self._start()
        prose = self.content.prose
        chosen = [
            (block, prose[at])
            for at, block in enumerate(self.content.blocks[start:], start)
            if block.node in inside
        ]
        chosen = [pair for at, pair in enumerate(chosen) if not _leads_away(chosen, at)]
        kept = _without_small_print(chosen)
        while kept and (kept[-1].role in ("heading", "bold") or kept[-1].link_density > 0.5):
            kept.pop()
        return kept

    def _nodes(self) -> set[Node]:
        """Return the nodes of the container that stay."""
        kept = {self.best}
        for node in self.content.nodes:
            if node.parent in kept and not self._is_dropped(node):
                kept.add(node)
        return kept

    def _is_dropped(self, node: Node) -> bool:
        share = node.prose / self.best.prose if self.best.prose else 0.0
        if share < _HALF:
            if node in self.content.teasers:
                return True
            aside = node.tag in ASIDE_TAGS or node.hidden or is_aside(node.names)
            if aside and share < self._limit(node):
                return True
        if share >= 0.1:
            return False
        if node.names and is_weak_aside(node.names):
            return True
        # Of single lines and of lists the lines decide.
        return node.links > 0.5 * node.size and node.tag not in ("ul", "ol") and not _is_leaf(node)

    def _limit(self, node: Node) -> float:
        """Return the share of prose below which an aside is dropped: less where it may hold the article."""
        title = self.content.title
        if title is None or is_within(self.content.blocks[title].node, node):
            return _SMALL
        return _HALF

    def _start(self) -> int:
        """Return the index of the title where nearly all of the container's prose stands below it, or 0."""
        title = self.content.title
        if title is None:
            return 0
        above = sum(
            prose
            for block, prose in zip(self.content.blocks[:title], self.content.prose, strict=False)
            if prose and is_within(block.node, self.best)
        )
        return title if above <= _ABOVE * self.best.prose else 0


def _leads_away(lines: Sequence[tuple[Block, float]], at: int) -> bool:
    """Tell whether a line is nothing but links to other pages.

    Headings over text may be links, and so may a line alone between text, and the items of a list behind
    a colon.
    """
    block, prose = lines[at]
    if block.link_density <= _LINKS or prose or block.role == "table-row":
        return False
    if _AWAY.match(block.text):
        return True
    behind = at + 1 < len(lines) and lines[at + 1][0].link_density < 0.5
    if block.role == "heading":
        return not behind
    if block.role == "list-item":
        while at and lines[at][0].role == "list-item":
            at -= 1
        return not lines[at][0].text.endswith((":", "："))
    return not (behind and at and lines[at - 1][0].link_density < 0.5)


def _without_small_print(lines: Sequence[tuple[Block, float]]) -> list[Block]:
    """Drop captions of photographs, credits, and bylines above the first running text."""
    dropped = _photo_captions([block for block, _ in lines])
    kept = []
    running = False
    for block, prose in lines:
        running = running or prose > 0
        byline = not running and block.role == "paragraph" and _BYLINE.match(block.text)
        if not (byline or block in dropped or _is_credit(block)):
            kept.append(block)
    return kept


def _photo_captions(blocks: Sequence[Block]) -> set[Block]:
    """Return the captions that are not those of a table or an image of data.

    Captions of Chinese articles stay: on pages of news they tell what the picture adds. So do captions
    that are much of an article.
    """
    found = {
        block
        for block in blocks
        if block.role == "caption" and block.node.tag != "caption" and not _DATA_CAPTION.match(block.text)
    }
    size = sum(block.size for block in blocks)
    distinct = {block.text: block.size for block in found}
    if not found or sum(distinct.values()) > _CAPTIONS * size:
        return set()
    han = sum(han_count(block.text) for block in blocks if block not in found)
    return set() if 5 * han > size else found


def _is_credit(block: Block) -> bool:
    if len(block.text) > _LONGEST_CREDIT * 2 or block.role in ("heading", "table-row"):
        return False
    if len(block.text) <= _LONGEST_CREDIT and _CREDIT.match(block.text):
        return True
    return _CREDITED.search(block.text) is not None


def _is_leaf(node: Node) -> bool:
    return not any(isinstance(item, Node) for item in node.items)
