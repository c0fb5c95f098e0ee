"""Take elements that CSS selectors match out of a page, with lxml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articlekit.adapters.lxml_tree import parsable
from articlekit.text.html.selectors import Selectors
from articlekit.text.html.tree import SKIPPED

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class TakenOut:
    """An element that was taken out of a page.

    Attributes:
        selector: which of the selectors matched it.
        html: the element.
        before: characters of the rest of the page's text that stand before it, white space aside.
    """

    selector: int
    html: str
    before: int


@dataclass(frozen=True, slots=True)
class Rest:
    """A page without the elements that were taken out; `text` is its text without white space."""

    html: str
    text: str
    taken: tuple[TakenOut, ...]


def take_out(html: str, selectors: Selectors, spare: frozenset[int] = frozenset()) -> Rest | None:
    """Take out every element that a selector matches; None where none does, or lxml cannot read the page.

    Of elements inside each other the outer one goes. `spare` holds the numbers, in page order from 0, of
    matches to leave where they are.

    >>> rest = take_out("<p>正文。<p class='share'>分享到</p><p>完", Selectors(["p.share"]))
    >>> rest.taken[0].html, rest.taken[0].before, rest.text
    ('<p class="share">分享到</p>', 3, '正文。完')
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = etree.fromstring(parsable(html).encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None
    if root is None or len(parser.error_log.filter_from_fatals()):
        return None
    walk = _Walk(selectors, spare)
    walk.over(root)
    if not walk.found:
        return None
    taken = []
    for element, selector, before in walk.found:
        inner = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
        taken.append(TakenOut(selector, inner, before))
        element.clear(keep_tail=True)  # its name stays as a boundary between what stands around it
    page = etree.tostring(root, encoding="unicode", method="html")
    return Rest(page, "".join(walk.texts), tuple(taken))


class _Walk:
    """One walk over a page that finds what to take out and collects the text of the rest."""

    def __init__(self, selectors: Selectors, spare: frozenset[int]) -> None:
        self.found: list[tuple[_Element, int, int]] = []
        self.texts: list[str] = []
        self._selectors, self._spare = selectors, spare
        self._length = self._matches = 0

    def over(self, root: _Element) -> None:
        """Walk without recursion; each entry of the stack is an element with its bits and its ancestors'."""
        stack: list[tuple[_Element | str, int, int]] = [(root, 0, 0)]
        while stack:
            item, parent, above = stack.pop()
            if isinstance(item, str):
                self._text(item)
                continue
            tag = item.tag
            if not isinstance(tag, str) or tag in ("script", "style", "head"):
                continue
            bits, selector = self._selectors.match(tag.lower(), item.get, parent, above)
            if selector is not None and self._takes(item, selector):
                continue
            later: list[tuple[_Element | str, int, int]] = []
            for child in item:
                later.append((child, bits, above | bits))
                if child.tail:
                    later.append((child.tail, 0, 0))
            stack.extend(reversed(later))
            if item.text and tag not in SKIPPED:
                self._text(item.text)

    def _takes(self, element: _Element, selector: int) -> bool:
        if element.tag in ("html", "body"):  # a page is more than what stands beside an article
            return False
        self._matches += 1
        if self._matches - 1 in self._spare:
            return False
        self.found.append((element, selector, self._length))
        return True

    def _text(self, text: str) -> None:
        bare = "".join(text.split())
        self._length += len(bare)
        self.texts.append(bare)
