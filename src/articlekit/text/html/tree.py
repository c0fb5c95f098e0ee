"""A page as a small tree of blocks: what is left of HTML when only text and its place matter.

Parsers (`articlekit.adapters.lxml_tree`, `articlekit.text.html.scan`) feed a `TreeBuilder` with the events
of a page; extraction works on the `Page` it builds and never sees a parser's own objects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Elements whose text is not part of the page as it is read.
SKIPPED = _tags(
    "applet audio base button canvas datalist embed frame frameset iframe input link map math meta object "
    "option script select style svg textarea title video xmp"
)
_INLINE = _tags(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o:p q rb rp "
    "rt ruby s samp small span strike strong sub sup time tt u var wbr"
)
_BOLD = frozenset({"b", "strong"})
_BREAKS = frozenset({"br", "hr"})
_HEAD = frozenset({"title", "meta", "link", "script", "textarea", "xmp"})
_MOST_SCRIPTS = 40
_LEAST_STATE = 100  # characters
_STATE = re.compile(
    r"\s*(?:(?:var |let |const |window\.|self\.|globalThis\.)[\w$.\[\]\"' ]{1,60}=\s*)?"
    r"(?:JSON\.parse\(\s*)?[\[{\"'<]"
)
_BODY = 200  # characters of text behind which metadata in elements is no longer the page's own
# Elements a browser with scripts does not show; what they hold is read, as hidden text.
_HIDDEN = frozenset({"noscript", "template", "dialog"})

_SKIP, _BREAK, _RUN, _UNSEEN, _BLOCK = range(5)  # what becomes of an element
_KINDS = {
    **dict.fromkeys(SKIPPED, _SKIP),
    **dict.fromkeys(_BREAKS, _BREAK),
    **dict.fromkeys(_INLINE, _RUN),
    **dict.fromkeys(_HIDDEN, _UNSEEN),
}
_DEEPEST = 200  # deeper blocks are merged into their ancestors

_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.I)
_AUTHOR = re.compile(r"(?:^|[\s_-])(?:author|byline|writer)(?:$|[\s_-]|name)", re.I)

BREAK = 4
LINK, BOLD = 1, 2


class Node:
    """A block element: `items` are child nodes and runs of text, as (text, marks), in page order.

    Marks are `LINK` and `BOLD`, or `BREAK` alone for a line break. `names` are the lower-case class, id
    and role of the element, joined by blanks; `hidden` says that a browser does not show it. `prose`,
    `size`, `links` and `score` are for whoever measures the page.
    """

    __slots__ = ("hidden", "items", "links", "names", "parent", "prose", "score", "size", "tag")

    def __init__(
        self, tag: str, names: str = "", parent: Node | None = None, *, hidden: bool = False
    ) -> None:
        self.tag = tag
        self.names = names
        self.parent = parent
        self.hidden = hidden
        self.items: list[Node | tuple[str, int]] = []
        self.prose = self.score = 0.0
        self.size = self.links = 0


@dataclass(slots=True)
class Head:
    """What a page says about itself outside its text.

    `metas` maps lower-case names and properties to their first content; `json` holds the text of JSON-LD
    scripts; `states` the text of other scripts and elements that may hold an article; `times` the
    machine-readable dates of ``<time>``; `authors` the text of elements marked as the author.
    """

    title: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    json: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    canonical: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its head and the tree of its blocks.

    `nodes` are the root and every block below it, in page order; `text_length` counts characters of text.
    """

    head: Head
    nodes: Sequence[Node]
    text_length: int

    @property
    def root(self) -> Node:
        """The body."""
        return self.nodes[0]


class TreeBuilder:
    """Builds a `Page` from the events of any parser.

    It has the interface of a parser's target: every `start` is followed by an `end` of the same element.

    >>> builder = TreeBuilder()
    >>> for tag in ("div", "p", "b"):
    ...     builder.start(tag, {})
    >>> builder.data("要点")
    >>> for tag in ("b", "p", "div"):
    ...     builder.end(tag)
    >>> builder.close().root.items[0].items[0].items
    [('要点', 2)]
    """

    def __init__(self) -> None:
        self.head = Head()
        self._node = Node("body")
        self._nodes = [self._node]
        self._marks = 0
        self._length = 0
        self._stack: list[tuple[Node, int]] = []  # the node and marks to return to
        self._skipped = 0  # elements that are open within one whose content is skipped, itself included
        self._raw: list[str] | None = None  # the text of a title or script that is being read
        self._described = False  # and that script is JSON-LD
        self._names: dict[tuple[str | None, str | None, str | None], tuple[str, bool]] = {}
        self._capture: list[str] | None = None
        self._capture_depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        if self._skipped:
            self._skipped += 1
            return
        kind = _KINDS.get(tag, _BLOCK)
        if kind == _SKIP:
            self._skipped = 1
            if tag in _HEAD:
                self._start_head(tag, attributes)
            return
        self._stack.append((self._node, self._marks))
        if tag == "a":
            self._marks |= LINK
        elif tag in _BOLD:
            self._marks |= BOLD
        names, hidden = self._read_attributes(tag, attributes) if attributes else ("", False)
        hidden = hidden or kind == _UNSEEN
        if kind == _BREAK:
            self._node.items.append(("", BREAK))
        elif kind == _BLOCK or hidden:
            self._open_block(tag, names, hidden=hidden)

    def _read_attributes(self, tag: str, attributes: Mapping[str, str]) -> tuple[str, bool]:
        """Return the names of an element and whether it is hidden; note what else its attributes say."""
        get = attributes.get
        hidden = "hidden" in attributes
        if (style := get("style")) is not None:
            hidden = hidden or _HIDDEN_STYLE.search(style) is not None
            if tag != "a" and _BOLD_STYLE.search(style):
                self._marks |= BOLD
        names, names_author = self._read_names(get("class"), get("id"), get("role"))
        if names_author or "author" in (get("rel"), get("itemprop")):
            self._start_capture()
        if tag == "time" and len(self.head.times) < 8 and (moment := get("datetime")):
            self.head.times.append(moment)
        elif tag == "html":
            self.head.language = self.head.language or get("lang")
        return names, hidden

    def end(self, tag: str) -> None:
        """Close the element that was opened last."""
        if self._skipped:
            self._skipped -= 1
            if not self._skipped and self._raw is not None:
                self._end_head(tag)
            return
        self._node, self._marks = self._stack.pop()
        if self._capture is not None and len(self._stack) < self._capture_depth:
            self.head.authors.append("".join(self._capture)[:200])
            self._capture = None

    def data(self, text: str) -> None:
        """Add text at the current place."""
        if self._skipped:
            if self._raw is not None:
                self._raw.append(text)
            return
        items = self._node.items
        if text.isspace():
            if not items or isinstance(items[-1], Node):
                return
            text = "\n" if "\n" in text else " "
        else:
            self._length += len(text)
        items.append((text, self._marks))
        if self._capture is not None:
            self._capture.append(text)

    def close(self) -> Page:
        """Return what was built."""
        return Page(self.head, self._nodes, self._length)

    def _open_block(self, tag: str, names: str, *, hidden: bool) -> None:
        if len(self._stack) >= _DEEPEST:
            self._node.items.append(("", BREAK))
            return
        node = Node(tag, names, self._node, hidden=hidden)
        self._nodes.append(node)
        self._node.items.append(node)
        self._node = node

    def _start_head(self, tag: str, attributes: Mapping[str, str]) -> None:
        get = attributes.get
        if tag == "meta":
            name = get("property") or get("name") or get("itemprop")
            content = (get("content") or "").strip()
            if name and content and self._length < _BODY:
                self.head.metas.setdefault(name.lower(), content)
        elif tag == "link":
            if get("rel") == "canonical":
                self.head.canonical = self.head.canonical or get("href")
        elif tag == "script":
            kind = (get("type") or "").partition(";")[0]
            self._described = kind.strip().lower() == "application/ld+json"
            if len(self.head.json if self._described else self.head.states) < _MOST_SCRIPTS:
                self._raw = []
        elif tag != "title" or not self.head.title:
            self._raw = []

    def _end_head(self, tag: str) -> None:
        text = "".join(self._raw or ()).strip()
        self._raw = None
        if tag == "title":
            self.head.title = text
        elif tag == "script" and self._described:
            self.head.json.append(text)
        elif len(text) >= _LEAST_STATE and _STATE.match(text):
            self.head.states.append(text)

    def _start_capture(self) -> None:
        if self._capture is None and len(self.head.authors) < 8:
            self._capture, self._capture_depth = [], len(self._stack)

    def _read_names(self, class_: str | None, id_: str | None, role: str | None) -> tuple[str, bool]:
        """Return the lower-case names of an element, and whether they say that it names the author."""
        key = (class_, id_, role)
        known = self._names.get(key)
        if known is None:
            names = " ".join(filter(None, key)).lower()[:300]
            known = self._names[key] = (names, bool(names and _AUTHOR.search(names)))
        return known
