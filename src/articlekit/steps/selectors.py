"""Take out the elements of a page that rules of scope ``selector`` name, before anything is extracted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from articlekit.adapters import lxml_selectors, lxml_tree
from articlekit.model import Flag, Removal
from articlekit.rules.domains import host_of, is_for
from articlekit.rules.model import Rule, RuleSet
from articlekit.text.figures import has_figure_with_unit_or_ticker
from articlekit.text.html.lines import page_lines
from articlekit.text.html.selectors import Selectors
from articlekit.text.lines import Line
from articlekit.text.prose import is_prose

_LONGEST = 20_000_000  # characters of a page; a longer one is no article
_MOST_MISSING = 50  # extracted lines not found in the page, after which places are no longer looked for


@dataclass(frozen=True, slots=True)
class Taken:
    """An element that was taken out: by which rule, its lines, and how many characters stand before it."""

    rule: Rule
    lines: tuple[str, ...]
    before: int


@dataclass(frozen=True, slots=True)
class Selected:
    """A page without the elements that rules name.

    Attributes:
        html: the page.
        text: its text without white space.
        taken: what was taken out, in the order of the page.
        kept: lines with figures of elements that a rule names and that stay, because they hold running text.
    """

    html: str
    text: str = ""
    taken: tuple[Taken, ...] = ()
    kept: tuple[str, ...] = ()

    def removed(self, lines: Sequence[Line]) -> tuple[Removal, ...]:
        """Return the removals, each at the extracted line that it stood before, or at the last one."""
        found = _starts(self.text, lines) if self.taken else []
        starts = [start for start, _ in found]
        numbers = [number for _, number in found] + [max(len(lines), 1)]
        return tuple(
            Removal(numbers[bisect_left(starts, taken.before)], taken.rule.id, taken.rule.category, text)
            for taken in self.taken
            for text in taken.lines
        )

    def flags(self, text: str) -> tuple[Flag, ...]:
        """Return flags for what stays, placed in the text of all extracted lines."""
        places = [(line, text.find(line)) for line in self.kept]
        return tuple(
            Flag("kept-figure", text.count("\n", 0, at) + 1, at, line) for line, at in places if at >= 0
        )


def take_out(html: str, rules: RuleSet, url: str | None = None) -> Selected:
    """Take out of a page what rules of scope ``selector`` for its site match.

    An element with running text that states a figure with a unit, or a ticker, stays. A page that lxml
    cannot read to its end is left as it is.

    >>> from articlekit.rules.model import Rule
    >>> rule = Rule(id="x.share.bar", category="share", pattern="div.share", prefilter=("share",), why="Bar.",
    ...             match=("<div class=share>", "<div class='share a'>"), no_match=("<p>",), scope="selector")
    >>> selected = take_out("<p>正文。</p><div class=share>分享到</div><p>完。</p>", RuleSet.of((rule,)))
    >>> selected.html, selected.taken[0].lines, selected.taken[0].before
    ('<html><body><p>正文。</p><div></div><p>完。</p></body></html>', ('分享到',), 3)
    """
    possible = _possible(rules, html, url)
    if not possible:
        return Selected(html)
    selectors = _compiled(tuple(rule.pattern for rule in possible))
    rest = lxml_selectors.take_out(html, selectors)
    if rest is None:
        return Selected(html)
    lines = [_lines(taken.html) for taken in rest.taken]
    stays = {number: line for number, found in enumerate(lines) if (line := _stated(found)) is not None}
    if stays:
        rest = lxml_selectors.take_out(html, selectors, frozenset(stays))
        lines = [found for number, found in enumerate(lines) if number not in stays]
        if rest is None:
            return Selected(html, kept=tuple(stays.values()))
    taken = tuple(
        Taken(possible[one.selector], found, one.before) for one, found in zip(rest.taken, lines, strict=True)
    )
    return Selected(rest.html, rest.text, taken, tuple(stays.values()))


def _possible(rules: RuleSet, html: str, url: str | None) -> list[Rule]:
    """Return the rules for the site of which a literal stands in the page."""
    found = [rule for rule in rules if rule.scope == "selector"]
    if not found or len(html) > _LONGEST:
        return []
    host = host_of(url)
    return [
        rule
        for rule in found
        if is_for(rule.domains, host) and any(literal in html for literal in rule.prefilter)
    ]


@lru_cache(maxsize=32)
def _compiled(patterns: tuple[str, ...]) -> Selectors:
    return Selectors(patterns)


def _lines(html: str) -> tuple[str, ...]:
    return tuple(block.text.replace("\n", " ") for block in page_lines(lxml_tree.parse(html).root))


def _stated(lines: Sequence[str]) -> str | None:
    """Return a line of running text that states a figure, or None."""
    return next((line for line in lines if is_prose(line) and has_figure_with_unit_or_ticker(line)), None)


def _starts(text: str, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return place in `text` and number of the lines that are found there, in order."""
    found = []
    at = missing = 0
    for line in lines:
        bare = "".join(line.text.split())
        start = text.find(bare, at) if bare else -1
        if start >= 0:
            found.append((start, line.number))
            at = start + len(bare)
        else:
            missing += 1
            if missing > _MOST_MISSING:
                break
    return found
