"""CSS selectors, matched in one walk over a page whatever its depth.

cssselect reads them; what it would hand to XPath takes cubic time on deeply nested pages, so they are
matched here, from the root down: every element knows which beginnings of each selector its parent and
its ancestors match.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import cssselect
from cssselect import parser

Get: TypeAlias = Callable[[str], str | None]  # value of an attribute by its name

_LONGEST = 300  # characters of a selector
_MOST_STEPS = 8  # elements named one inside the other
_ALLOWED = "known are element, .class, #id, [attribute], :not(…), a blank, > and commas"


@dataclass(frozen=True, slots=True)
class Compound:
    """What one element must be: its name, classes, id, attributes, and what it must not be."""

    tag: str | None = None
    classes: tuple[str, ...] = ()
    id: str | None = None
    attributes: tuple[tuple[str, str, str], ...] = ()  # name, operator, value
    not_: tuple[Compound, ...] = ()

    def fits(self, tag: str, get: Get) -> bool:
        """Tell whether an element is so."""
        if self.tag is not None and self.tag != tag:
            return False
        if self.id is not None and get("id") != self.id:
            return False
        if self.classes and not set(self.classes) <= set((get("class") or "").split()):
            return False
        if not all(_has(get(name), operator, value) for name, operator, value in self.attributes):
            return False
        return not any(other.fits(tag, get) for other in self.not_)


# each element from the outermost to the one that is meant, with how it stands to the one before: " " or ">"
Chain: TypeAlias = tuple[tuple[str, Compound], ...]


def parse_selector(text: str) -> tuple[Chain, ...]:
    """Return the alternatives of a selector.

    Raises:
        ValueError: with what is wrong and what to do about it.

    >>> [[step for step, _ in chain] for chain in parse_selector("div.share > a, #hot li")]
    [[' ', '>'], [' ', ' ']]
    >>> parse_selector("a:first-child")
    Traceback (most recent call last):
    ValueError: ':first-child' is not supported; known are element, .class, #id, [attribute], :not(…), a \
blank, > and commas
    """
    if len(text) > _LONGEST:
        raise ValueError(f"longer than {_LONGEST} characters; split the rule")
    try:
        parsed = cssselect.parse(text)
    except cssselect.SelectorSyntaxError as error:
        raise ValueError(f"not a CSS selector: {error}") from None
    chains = []
    for selector in parsed:
        if selector.pseudo_element is not None:
            raise ValueError(f"'::{selector.pseudo_element}' is no element of a page; leave it out")
        chain = tuple(_steps(selector.parsed_tree))
        if len(chain) > _MOST_STEPS:
            raise ValueError(f"names {len(chain)} elements inside each other, at most {_MOST_STEPS}")
        if chain[-1][1] == Compound():
            raise ValueError("matches every element; name one by its element, class, id or attribute")
        chains.append(chain)
    return tuple(chains)


def selector_complaint(text: str) -> str | None:
    """Return what is wrong with a selector, or None.

    >>> selector_complaint("div.share") is None, selector_complaint("div[")[:18]
    (True, 'not a CSS selector')
    """
    try:
        parse_selector(text)
    except ValueError as error:
        return str(error)
    return None


class Selectors:
    """Several selectors at once, known by their places in the sequence given."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._steps: list[tuple[str, Compound, int | None]] = []  # how, what, which selector it completes
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for chain in parse_selector(text):
                for place, (how, compound) in enumerate(chain):
                    step = len(self._steps)
                    self._by_key[_key(compound)].append(step)
                    self._steps.append(
                        (how if place else "", compound, number if place + 1 == len(chain) else None)
                    )

    def match(self, tag: str, get: Get, parent: int, above: int) -> tuple[int, int | None]:
        """Return which steps an element completes, as bits, and the first selector it matches or None.

        `parent` holds the bits of its parent, `above` those of all its ancestors.

        >>> selectors = Selectors(["ul.hot a"])
        >>> outer, found = selectors.match("ul", {"class": "hot"}.get, 0, 0)
        >>> found, selectors.match("a", {}.get, outer, outer)[1]
        (None, 0)
        """
        bits, found = 0, None
        for step in self._possible(tag, get):
            how, compound, number = self._steps[step]
            before = 1 << (step - 1) if how else 0
            if how and not (above if how == " " else parent) & before:
                continue
            if compound.fits(tag, get):
                bits |= 1 << step
                if number is not None and (found is None or number < found):
                    found = number
        return bits, found

    def _possible(self, tag: str, get: Get) -> Iterator[int]:
        keys = ["", tag, "#" + (get("id") or ""), *{"." + name for name in (get("class") or "").split()}]
        for key in keys:
            yield from self._by_key.get(key, ())


def _key(compound: Compound) -> str:
    """Return what an element must have for a compound to be tried on it."""
    if compound.id is not None:
        return "#" + compound.id
    return "." + compound.classes[0] if compound.classes else compound.tag or ""


def _steps(tree: Any) -> Iterator[tuple[str, Compound]]:
    if isinstance(tree, parser.CombinedSelector):
        if tree.combinator not in (" ", ">"):
            raise ValueError(f"{tree.combinator!r} is not supported; {_ALLOWED}")
        yield from _steps(tree.selector)
        yield tree.combinator, _compound(tree.subselector)
    else:
        yield " ", _compound(tree)


def _compound(tree: Any) -> Compound:
    if isinstance(tree, parser.Element):
        return Compound(tag=None if tree.element is None else tree.element.lower())
    if isinstance(tree, parser.Class):
        inner = _compound(tree.selector)
        return _with(inner, classes=(*inner.classes, tree.class_name))
    if isinstance(tree, parser.Hash):
        return _with(_compound(tree.selector), id=tree.id)
    if isinstance(tree, parser.Attrib):
        inner = _compound(tree.selector)
        value = "" if tree.value is None else str(tree.value.value)
        return _with(inner, attributes=(*inner.attributes, (tree.attrib.lower(), tree.operator, value)))
    if isinstance(tree, parser.Negation):
        inner = _compound(tree.selector)
        return _with(inner, not_=(*inner.not_, _compound(tree.subselector)))
    name = getattr(tree, "ident", None) or getattr(tree, "name", None) or type(tree).__name__.lower()
    raise ValueError(f"':{name}' is not supported; {_ALLOWED}")


def _with(compound: Compound, **changes: Any) -> Compound:
    from dataclasses import replace

    return replace(compound, **changes)


def _has(found: str | None, operator: str, value: str) -> bool:
    if found is None:
        return operator == "!="
    tests: dict[str, Callable[[], bool]] = {
        "exists": lambda: True,
        "=": lambda: found == value,
        "!=": lambda: found != value,
        "~=": lambda: value in found.split(),
        "|=": lambda: found == value or found.startswith(value + "-"),
        "^=": lambda: bool(value) and found.startswith(value),
        "$=": lambda: bool(value) and found.endswith(value),
        "*=": lambda: bool(value) and value in found,
    }
    return tests[operator]()
