"""A page as a small tree of blocks: what is left of HTML when only text and its place matter.

Parsers (`articlekit.adapters.lxml_tree`, `articlekit.text.html.scan`) feed a `TreeBuilder` with the events
of a page; extraction works on the `Page` it builds and never sees a parser's own objects.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

# Elements whose text is not part of the page as it is read.
SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "applet",
        "canvas",
        "video",
        "audio",
        "map",
        "select",
        "option",
        "datalist",
        "button",
        "input",
        "textarea",
        "dialog",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "frame",
        "frameset",
    }
)
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "o:p",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    }
)
_BOLD = frozenset({"b", "strong"})
_BREAKS = frozenset({"br", "hr"})
_DEEPEST = 200  # deeper blocks are merged into their ancestors

_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.I)
_AUTHOR = re.compile(r"(?:^|[\s_-])(?:author|byline|writer)(?:$|[\s_-]|name)", re.I)

BREAK = 4
LINK, BOLD = 1, 2


class Node:
    """A block element: `items` are child nodes and runs of text, as (text, marks), in page order.

    Marks are `LINK` and `BOLD`, or `BREAK` alone for a line break. `names` are the lower-case class, id
    and role of the element, joined by blanks.
    """

    __slots__ = ("hidden", "items", "names", "parent", "tag")

    def __init__(
        self, tag: str, names: str = "", parent: Node | None = None, *, hidden: bool = False
    ) -> None:
        self.tag = tag
        self.names = names
        self.parent = parent
        self.hidden = hidden
        self.items: list[Node | tuple[str, int]] = []


@dataclass(slots=True)
class Head:
    """What a page says about itself outside its text.

    `metas` maps lower-case names and properties to their first content; `json` holds the text of JSON-LD
    scripts; `times` the machine-readable dates of ``<time>``; `authors` the text of elements marked as
    the author.
    """

    title: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    json: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    canonical: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its head and the tree of its blocks.

    `text_length` counts characters of text; `cut` says that the parser gave up before the end.
    """

    head: Head
    root: Node
    text_length: int
    cut: bool = False


class TreeBuilder:
    """Builds a `Page` from the events of any parser.

    >>> builder = TreeBuilder()
    >>> for tag in ("div", "p", "b"):
    ...     builder.start(tag, {}.get)
    True
    True
    True
    >>> builder.text("要点")
    >>> for _ in range(3):
    ...     builder.end()
    >>> builder.page().root.items[0].items[0].items
    [('要点', 2)]
    """

    def __init__(self) -> None:
        self.head = Head()
        self._root = self._node = Node("body")
        self._marks = 0
        self._length = 0
        self._stack: list[tuple[Node, int]] = []  # the node and marks to return to
        self._names: dict[tuple[str | None, str | None, str | None], tuple[str, bool]] = {}
        self._capture: list[str] | None = None
        self._capture_depth = 0

    def start(self, tag: str, get: Callable[[str], str | None]) -> bool:
        """Open an element; False when its content is to be skipped, and `end` must not follow.

        `get` returns the value of an attribute by its name, or None.
        """
        if tag in _BREAKS:
            self._node.items.append(("", BREAK))
            return False
        if tag in SKIPPED:
            return False
        self._stack.append((self._node, self._marks))
        style = get("style")
        hidden = get("hidden") is not None or (style is not None and bool(_HIDDEN_STYLE.search(style)))
        if tag == "a":
            self._marks |= LINK
        elif tag in _BOLD or (style is not None and _BOLD_STYLE.search(style)):
            self._marks |= BOLD
        names, names_author = self._read_names(get("class"), get("id"), get("role"))
        if tag in _INLINE and not hidden:
            if tag == "time" and len(self.head.times) < 8 and (moment := get("datetime")):
                self.head.times.append(moment)
        elif len(self._stack) < _DEEPEST:
            node = Node(tag, names, self._node, hidden=hidden)
            self._node.items.append(node)
            self._node = node
        else:
            self._node.items.append(("", BREAK))
        if self._capture is None and (names_author or "author" in (get("rel"), get("itemprop"))):
            self._start_capture()
        return True

    def end(self) -> None:
        """Close the element that was opened last."""
        self._node, self._marks = self._stack.pop()
        if self._capture is not None and len(self._stack) < self._capture_depth:
            self.head.authors.append("".join(self._capture)[:200])
            self._capture = None

    def text(self, text: str) -> None:
        """Add text at the current place."""
        if text.isspace():
            self._node.items.append((" ", self._marks))
            return
        self._length += len(text)
        self._node.items.append((text, self._marks))
        if self._capture is not None:
            self._capture.append(text)

    def page(self, *, cut: bool = False) -> Page:
        """Return what was built; `cut` when the parser gave up before the end."""
        return Page(self.head, self._root, self._length, cut)

    def _start_capture(self) -> None:
        if len(self.head.authors) < 8:
            self._capture, self._capture_depth = [], len(self._stack)

    def _read_names(self, class_: str | None, id_: str | None, role: str | None) -> tuple[str, bool]:
        """Return the lower-case names of an element, and whether they say that it names the author."""
        key = (class_, id_, role)
        known = self._names.get(key)
        if known is None:
            names = " ".join(filter(None, key)).lower()[:300]
            known = self._names[key] = (names, bool(names and _AUTHOR.search(names)))
        return known
