"""Which lines of a page are the article: containers scored by prose, then pruned with a guard.

Every line has a score: running text counts by its length and the share outside links, links count
against their container, and so does what stands in elements named like sidebars or comments. The
container with the highest sum wins; a container inside it that holds nearly as much is preferred. What
is then pruned by tag, name or link density must hold only a small part of the container's prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articlekit.text.fields.titles import folded
from articlekit.text.html.lines import Block
from articlekit.text.html.tree import Node
from articlekit.text.prose import clause_marks, is_prose

_ASIDE_TAGS = frozenset({"nav", "footer", "aside", "menu", "form"})
# Words in class names and ids that say that an element stands beside the article, wherever they occur.
_ASIDE_WORD = re.compile(
    r"comment(?!ar|at)|related|relevant|recommend|sidebar|rightbar|leftbar|copyright|footer|breadcrumb|newsletter|"
    r"disclaimer|paginat|advert|sharebar|sharing|outbrain|taboola|qrcode|subscri|sponsor|promo(?!te)|navbox|"
    r"catlinks|reflist|masthead|friendlink"
)
# The same for shorter words, which must stand alone between blanks, "-" and "_".
_ASIDE_PART = re.compile(
    r"(?:^|[\s_-])(?:cmt|repl(?:y|ies)|discuss\w*|foot|aside|relate|recom|rank\w*|nav|navbar|navigation|menu|"
    r"crumbs?|share|social\w*|toolbar|adv?s?|banner|login|popup|modal|cookies?|pager|topbar)(?=$|[\s_-])"
)
# And for words that say so only as a whole name.
_ASIDE_NAME = re.compile(
    r"(?:^|\s)(?:header|hots?|likes?|more|links?|tags?|keywords?|widget|next|prev|previous|print|download|bio|"
    r"author|statement|guess|interest|hidden|tips?|tools?|right|left|app|search|meta)(?=$|\s)"
)

_NEARLY = 0.8  # share of its container's score at which an inner container is preferred
_NEAR_TITLE = 10  # lines behind the title in which text counts more
_SHORT = 40  # characters, below which an article is looked for among lines that are no prose
_SMALL, _HALF = 0.25, 0.5  # share of prose below which an aside is dropped


@dataclass(slots=True)
class _Measure:
    """What a subtree holds: characters of prose, of all text and of links, and its score."""

    prose: float = 0.0
    size: int = 0
    links: int = 0
    score: float = 0.0


def article_blocks(blocks: Sequence[Block], root: Node, title_at: int | None = None) -> list[Block]:
    """Return the lines of a page that are its article, in order; none where nothing reads like one.

    `title_at` is the index of the line that is the title, see `find_title`. Where there is a title but
    next to no running text below it, the text that stands there counts as it is: a calendar, a table.
    """
    if not blocks:
        return []
    article = _Content(blocks, root, title_at).article()
    if title_at is not None and sum(block.size for block in article) < _SHORT:
        plain = _Content(blocks, root, title_at, plain=True).article()
        if sum(block.size for block in plain) > 2 * sum(block.size for block in article):
            return plain
    return article


def find_title(blocks: Sequence[Block], title: str | None) -> int | None:
    """Return the index of the line that is the page's title or the longest part of it, headings first."""
    whole = folded(title or "")
    best, found = 0, None
    for index, block in enumerate(blocks):
        if block.size > 120 or block.link_density > 0.5:
            continue
        text = folded(block.text)
        if len(text) < (2 if block.level == 1 else 5) or text not in whole:
            continue
        weight = len(text) + (20 if block.role == "heading" else 0) + (20 if block.level == 1 else 0)
        if weight > best:
            best, found = weight, index
    return found


class _Content:
    """The lines of a page with their measures; `plain` counts all text as running text."""

    def __init__(
        self, blocks: Sequence[Block], root: Node, title: int | None, *, plain: bool = False
    ) -> None:
        self.blocks = blocks
        self.root = root
        self.prose = [_plain(block) if plain else _prose(block) for block in blocks]
        self.title = title
        self.measures = self._measure()

    def article(self) -> list[Block]:
        """Choose the container and prune it."""
        asides = self._asides()
        for index, block in enumerate(self.blocks):
            score = self._score(index, block)
            if score > 0 and _inside(block.node, asides):
                score = -0.1 * block.size - 2
            for node in _path(block.node):
                self.measures[node].score += score
        best = self._best()
        return self._pruned(best)

    def _measure(self) -> dict[Node, _Measure]:
        measures: dict[Node, _Measure] = {}
        for block, prose in zip(self.blocks, self.prose, strict=True):
            for node in _path(block.node):
                measure = measures.get(node)
                if measure is None:
                    measure = measures[node] = _Measure()
                measure.prose += prose
                measure.size += block.size
                measure.links += block.links
        return measures

    def _asides(self) -> set[Node]:
        """Return the elements that stand beside the article, by their tags and names.

        None of them holds half of the page's prose; where names would set most of it aside, they are
        not to be believed.
        """
        total = self.measures[self.root].prose
        half = [(node, measure) for node, measure in self.measures.items() if 2 * measure.prose <= total]
        found = {node for node, _ in half if _is_aside(node)}
        held = sum(
            measure.prose for node, measure in half if node in found and not _inside(node.parent, found)
        )
        if held > 0.7 * total:
            return {node for node in found if node.tag in _ASIDE_TAGS or node.hidden}
        return found

    def _score(self, index: int, block: Block) -> float:
        density = block.link_density
        if self.prose[index]:
            score = self.prose[index]
        elif density > 0.5:
            return -5 - 0.5 * block.links
        elif block.size >= 12 and block.role != "heading" and clause_marks(block.text):
            score = 0.4 * block.size
        else:
            score = 0.1 * block.size
        if self.title is None:
            return score
        if index < self.title:
            return 0.3 * score
        return 2 * score if index <= self.title + _NEAR_TITLE else score

    def _best(self) -> Node:
        best = max(self.measures, key=lambda node: self.measures[node].score)
        while True:
            inner = [item for item in best.items if isinstance(item, Node) and item in self.measures]
            top = max(inner, key=lambda node: self.measures[node].score, default=None)
            if top is None or self.measures[top].score < _NEARLY * self.measures[best].score:
                return best
            best = top

    def _pruned(self, best: Node) -> list[Block]:
        total = self.measures[best].prose
        kept_nodes: dict[Node, bool] = {best: True}
        before = self.title if self._title_heads(best) else None
        kept = []
        for index, block in enumerate(self.blocks):
            if before is not None and index < before:
                continue
            if not self._is_kept(block.node, total, kept_nodes):
                continue
            if block.link_density > 0.8 and not self.prose[index] and block.role != "table-row":
                continue
            kept.append(block)
        while kept and (kept[-1].role in ("heading", "bold") or kept[-1].link_density > 0.5):
            kept.pop()
        return kept

    def _title_heads(self, best: Node) -> bool:
        """Tell whether the title stands above most of the container's prose."""
        if self.title is None:
            return False
        above = sum(
            prose
            for block, prose in zip(self.blocks[: self.title], self.prose, strict=False)
            if prose and any(node is best for node in _path(block.node))
        )
        return above <= 0.3 * self.measures[best].prose

    def _is_kept(self, node: Node, total: float, known: dict[Node, bool]) -> bool:
        path = []
        for step in _path(node):
            if step in known:
                kept = known[step]
                break
            path.append(step)
        else:
            kept = False  # outside the container
        for step in reversed(path):
            kept = kept and not self._is_dropped(step, total)
            known[step] = kept
        return kept

    def _is_dropped(self, node: Node, total: float) -> bool:
        measure = self.measures[node]
        share = measure.prose / total if total else 0.0
        aside = share < _HALF and (node.tag in _ASIDE_TAGS or node.hidden or _is_named_aside(node))
        if aside and share < self._limit(node):
            return True
        if share < 0.1 and node.names and _ASIDE_NAME.search(node.names):
            return True
        return share < 0.1 and measure.links > 0.5 * measure.size

    def _limit(self, node: Node) -> float:
        """Return the share of prose below which an aside is dropped: less where it may hold the article."""
        if self.title is None or any(step is node for step in _path(self.blocks[self.title].node)):
            return _SMALL
        return _HALF


def _prose(block: Block) -> float:
    density = block.link_density
    if density >= 0.6 or block.role == "heading" or not is_prose(block.text):
        return 0.0
    return block.size * (1 - density) ** 2


def _plain(block: Block) -> float:
    return 0.0 if block.role == "heading" or block.link_density > 0.3 else float(block.size)


def _path(node: Node | None) -> list[Node]:
    path = []
    while node is not None:
        path.append(node)
        node = node.parent
    return path


def _inside(node: Node | None, nodes: set[Node]) -> bool:
    while node is not None:
        if node in nodes:
            return True
        node = node.parent
    return False


def _is_aside(node: Node) -> bool:
    if node.tag in _ASIDE_TAGS or node.hidden or _is_named_aside(node):
        return True
    return bool(node.names and _ASIDE_NAME.search(node.names))


def _is_named_aside(node: Node) -> bool:
    return bool(node.names and (_ASIDE_WORD.search(node.names) or _ASIDE_PART.search(node.names)))
