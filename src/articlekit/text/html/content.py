"""Which part of a page is the article: containers scored by prose.

Every line has a score: running text counts by its length and the share outside links, links count
against their container, and so does what stands in elements named like sidebars or comments, or in lists
of teasers. The container with the highest sum wins; a container inside it that holds nearly as much is
preferred. `articlekit.text.html.pruning` then takes out what does not belong to the article.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from articlekit.text.fields.titles import folded
from articlekit.text.html.lines import Block
from articlekit.text.html.names import ASIDE_TAGS, is_aside, is_weak_aside
from articlekit.text.html.tree import Node
from articlekit.text.prose import clause_marks, is_prose

_NEARLY = 0.8  # share of its container's score at which an inner container is preferred
_MOST_AGAINST = 50  # score, about a paragraph's, with which a list of links may count against its container
_NEAR_TITLE = 10  # lines behind the title in which text counts more
_TITLE_SHARE = 0.3  # of the page's title, which may hold channel and site, that a line must be to be it
_LONGEST = 400  # characters of a line that is no running text, behind which it is noise
_TEASERS = 3  # teasers make a list of them
_TEASER_LINES, _TEASER_PROSE = 2, 400  # lines and characters of running text in a teaser


class Content:
    """The lines of a page, their prose, and the measures of its blocks.

    The measures are kept on the nodes: `size`, `links` and `prose` of a node count everything below it.

    Attributes:
        prose: characters of running text of each line, 0 for other lines.
        title: index of the line that is the title, see `find_title`.
        beside: the nodes that are beside the article, or inside one that is.
        teasers: lists of teasers for other articles.
    """

    def __init__(
        self, blocks: Sequence[Block], nodes: Sequence[Node], title: int | None = None, *, plain: bool = False
    ) -> None:
        """Measure a page; `plain` counts all text as running text.

        `nodes` are all nodes of the page in page order, see `Page`.
        """
        self.blocks = blocks
        self.nodes = nodes
        self.title = title
        self.prose = [_plain(block) if plain else _prose(block) for block in blocks]
        self._measure()
        self.teasers = self._teaser_lists()
        self.beside = _inside(self.nodes, self._asides())

    def container(self) -> Node:
        """Return the innermost node that holds nearly all of the article. There must be lines."""
        for index, block in enumerate(self.blocks):
            score = self._score(index, block)
            if score > 0 and block.node in self.beside:
                score = -0.1 * block.size - 2
            block.node.score += score
        for node in reversed(self.nodes):
            if node.parent is not None:
                node.parent.score += max(node.score, -_MOST_AGAINST)
        best = max((node for node in self.nodes if node.size), key=lambda node: node.score)
        while True:
            inner = [item for item in best.items if isinstance(item, Node) and item.size]
            top = max(inner, key=lambda node: node.score, default=None)
            if top is None or top.score < _NEARLY * best.score or self._is_led(top, inner):
                return best
            best = top

    def _measure(self) -> None:
        for node in self.nodes:
            node.prose = node.score = 0.0
            node.size = node.links = 0
        for block, prose in zip(self.blocks, self.prose, strict=True):
            node = block.node
            node.prose += prose
            node.size += block.size
            node.links += block.links
        self._first = {block.node: at for at, block in reversed([*enumerate(self.blocks)])}
        for node in reversed(self.nodes):
            parent = node.parent
            if parent is not None and node.size:
                first = self._first[node]
                self._first[parent] = min(self._first.get(parent, first), first)
                parent.prose += node.prose
                parent.size += node.size
                parent.links += node.links

    def _asides(self) -> set[Node]:
        """Return the nodes that stand beside the article, by their tags, names and structure.

        None of those that only their names tell holds half of the page's prose; where names would set
        most of it aside, they are not to be believed.
        """
        total = self.nodes[0].prose
        found = {node for node in self.nodes if node.size and 2 * node.prose <= total and _is_aside(node)}
        inside = _inside(self.nodes, found)
        if sum(node.prose for node in found if node.parent not in inside) > 0.7 * total:
            found = {node for node in found if node.tag in ASIDE_TAGS or node.hidden}
        return found | self.teasers

    def _teaser_lists(self) -> set[Node]:
        """Return the nodes that hold short texts of one kind, each with a title that is a link."""
        linked: dict[Node, int] = {}
        running: dict[Node, int] = {}
        for block, prose in zip(self.blocks, self.prose, strict=True):
            if prose:
                running[block.node] = running.get(block.node, 0) + 1
            elif block.links > 0.8 * block.size and block.size >= 6:
                linked[block.node] = linked.get(block.node, 0) + 1
        if len(linked) < _TEASERS:
            return set()
        lists: dict[Node, int] = {}
        for node in reversed(self.nodes):
            parent = node.parent
            if parent is None or not node.size:
                continue
            for counts in (linked, running):
                if node in counts:
                    counts[parent] = counts.get(parent, 0) + counts[node]
            if (
                linked.get(node) == 1
                and 0 < running.get(node, 0) <= _TEASER_LINES
                and node.prose < _TEASER_PROSE
            ):
                lists[parent] = lists.get(parent, 0) + 1
        title = _path(self.blocks[self.title].node) if self.title is not None else []
        return {
            node
            for node, count in lists.items()
            if count >= _TEASERS
            and node not in title
            and 4 * count >= 3 * sum(isinstance(item, Node) and item.size > 0 for item in node.items)
        }

    def _score(self, index: int, block: Block) -> float:
        if self.prose[index]:
            score = self.prose[index]
        elif 2 * block.links > block.size:
            return -5 - 0.5 * block.links
        elif block.size >= 12 and block.role != "heading" and clause_marks(block.text):
            score = 0.4 * min(block.size, _LONGEST)
        else:
            score = 0.1 * min(block.size, _LONGEST)
        if self.title is None:
            return score
        if index < self.title:
            return 0.3 * score
        return 2 * score if index <= self.title + _NEAR_TITLE else score

    def _is_led(self, node: Node, siblings: Sequence[Node]) -> bool:
        """Tell whether the article begins in paragraphs before the node that holds the rest of it."""
        for other in siblings:
            if other is node:
                return False
            is_text = other.prose and other.tag in ("p", "blockquote") and 4 * other.links < other.size
            if (
                is_text
                and other not in self.beside
                and (self.title is None or self._first[other] > self.title)
            ):
                return True
        return False


def find_title(blocks: Sequence[Block], title: str | None) -> int | None:
    """Return the index of the line that is the page's title or the longest part of it, headings first."""
    whole = folded(title or "")
    best, found = 0, None
    for index, block in enumerate(blocks):
        if block.size > 120 or 2 * block.links > block.size:
            continue
        text = folded(block.text)
        if len(text) < (2 if block.level == 1 else max(5, _TITLE_SHARE * len(whole))) or text not in whole:
            continue
        weight = len(text) + (20 if block.role == "heading" else 0) + (20 if block.level == 1 else 0)
        if weight > best:
            best, found = weight, index
    return found


def is_within(node: Node | None, outer: Node) -> bool:
    """Tell whether a node is another one or stands below it."""
    while node is not None:
        if node is outer:
            return True
        node = node.parent
    return False


def _inside(nodes: Sequence[Node], outer: Collection[Node]) -> set[Node]:
    """Return the nodes that are among `outer` or stand below one of them."""
    inside: set[Node] = set()
    for node in nodes:
        if node in outer or node.parent in inside:
            inside.add(node)
    return inside


def _path(node: Node | None) -> list[Node]:
    path = []
    while node is not None:
        path.append(node)
        node = node.parent
    return path


def _prose(block: Block) -> float:
    density = block.link_density
    if density >= 0.6 or block.role == "heading" or not is_prose(block.text):
        return 0.0
    return block.size * (1 - density) ** 2


def _plain(block: Block) -> float:
    return 0.0 if block.role == "heading" or block.link_density > 0.3 else float(block.size)


def _is_aside(node: Node) -> bool:
    if node.tag in ASIDE_TAGS or node.hidden:
        return True
    return bool(node.names and (is_aside(node.names) or is_weak_aside(node.names)))
