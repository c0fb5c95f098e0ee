"""The lines of a page: runs of text between block boundaries, with what the markup said about them."""

from __future__ import annotations

import re

from articlekit.text.html.tree import BOLD, BREAK, LINK, Node
from articlekit.text.lines import Role
from articlekit.text.prose import is_prose

_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")
# A line break in the source between two Han characters is no blank in the text.
_WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_CAPTION_NAMES = re.compile(r"caption|(?:img|image|pic|photo|figure)[-_]?(?:desc|note|title|text|info|alt)")

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ROW_CELLS_BLOCKS = 3  # a cell of a data table holds a few lines at most
_LONE_CELL = 30  # characters of the only cell of a row that is filled
_ROW_SIZE = 600  # and a row of one at most so many characters


class Block:
    """One line of a page.

    `size` counts its characters without white space, `links` those of them inside links; `node` is the
    block element it stands in.
    """

    __slots__ = ("level", "links", "node", "role", "size", "text")

    def __init__(self, text: str, node: Node, role: Role, level: int, size: int, links: int) -> None:
        self.text = text
        self.node = node
        self.role: Role = role
        self.level = level
        self.size = size
        self.links = links

    @property
    def link_density(self) -> float:
        """Share of the characters that stand inside links."""
        return self.links / self.size if self.size else 0.0


def page_lines(root: Node) -> list[Block]:
    r"""Return the lines of a tree in page order, without empty ones.

    White space is collapsed as browsers do, but kept as lines in ``<pre>``. The cells of a row of data
    are one line, divided by tabs. A paragraph that is bold throughout has the role ``bold``.

    >>> row, cells = Node("tr"), [Node("td"), Node("td")]
    >>> cells[0].items, cells[1].items, row.items = [("利率", 0)], [("3.1%", 0)], cells
    >>> [(block.text, block.role) for block in page_lines(row)]
    [('利率\t3.1%', 'table-row')]
    """
    blocks: list[Block] = []
    _flatten(root, "paragraph", 0, False, blocks)
    return blocks


def _flatten(node: Node, role: Role, level: int, preformatted: bool, blocks: list[Block]) -> None:
    role, level = _role(node, role, level)
    if node.tag == "tr" and _flatten_row(node, blocks):
        return
    preformatted = preformatted or node.tag == "pre"
    runs: list[tuple[str, int]] = []
    for item in node.items:
        if isinstance(item, Node):
            if runs:
                _add(runs, node, role, level, preformatted, blocks)
                runs = []
            _flatten(item, role, level, preformatted, blocks)
        elif item[1] == BREAK:
            if runs:
                _add(runs, node, role, level, preformatted, blocks)
                runs = []
        else:
            runs.append(item)
    if runs:
        _add(runs, node, role, level, preformatted, blocks)


def _role(node: Node, role: Role, level: int) -> tuple[Role, int]:
    tag = node.tag
    if tag in _HEADINGS:
        return "heading", _HEADINGS[tag]
    if role == "heading":
        return role, level
    if tag == "li":
        return "list-item", 0
    if tag in ("figcaption", "caption") or (node.names and _CAPTION_NAMES.search(node.names)):
        return "caption", 0
    return role, level


def _flatten_row(row: Node, blocks: list[Block]) -> bool:
    """Add a row of data as one line; False when the row only lays out the page."""
    cells: list[list[Block]] = []
    for item in row.items:
        if isinstance(item, Node) and not item.hidden:
            if any(isinstance(child, Node) and child.tag in ("table", "tr", "tbody") for child in item.items):
                return False
            cells.append([])
            _flatten(item, "table-row", 0, False, cells[-1])
    filled = [cell for cell in cells if cell]
    size = sum(block.size for cell in filled for block in cell)
    if size > _ROW_SIZE or any(len(cell) > _ROW_CELLS_BLOCKS for cell in filled):
        return False
    if any(len(cell) > 1 and sum(is_prose(block.text) for block in cell) > 1 for cell in filled):
        return False
    if len(filled) < 2 and not (len(cells) > 1 and 0 < size <= _LONE_CELL):
        return False
    text = "\t".join(" ".join(block.text for block in cell) for cell in cells)
    links = sum(block.links for cell in filled for block in cell)
    blocks.append(Block(text.rstrip("\t"), row, "table-row", 0, size, links))
    return True


def _add(
    runs: list[tuple[str, int]], node: Node, role: Role, level: int, preformatted: bool, blocks: list[Block]
) -> None:
    size = links = bold = 0
    for text, marks in runs:
        if marks:
            visible = len("".join(text.split()))
            size += visible
            links += visible if marks & LINK else 0
            bold += visible if marks & BOLD else 0
        elif text != " ":
            size += len("".join(text.split()))
    if not size:
        return
    if role == "paragraph" and bold >= 0.95 * size:
        role = "bold"
    joined = "".join([text for text, _ in runs])
    if preformatted:
        blocks.extend(
            Block(text.rstrip(), node, role, level, len("".join(text.split())), 0)
            for text in joined.replace("\r\n", "\n").split("\n")
            if text.strip()
        )
        return
    if "\n" in joined:
        joined = _WRAPPED.sub("", joined)
    blocks.append(Block(_BLANKS.sub(" ", joined).strip(), node, role, level, size, links))
