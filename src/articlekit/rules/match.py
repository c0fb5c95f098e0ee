"""Which rules fire on which lines of a document.

One literal gate over the document (`articlekit.rules.gate`), then only the patterns of rules whose literal
is there, against windows of at most 400 characters of the folded line; then the zones, which depend on
what the rules know (`articlekit.rules.zones`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from articlekit.rules.compiled import Compiled, Hit, Windows, longest_line
from articlekit.rules.domains import host_of
from articlekit.rules.gate import Gate, Literals
from articlekit.rules.model import RuleSet
from articlekit.rules.patterns import INLINE_REACH, WINDOW
from articlekit.rules.zones import Prose, Zones, certain_body, find_zones
from articlekit.text.lines import Line
from articlekit.text.prose import ends_sentence

__all__ = ["Found", "Hit", "Matcher", "find", "longest_line", "matcher"]

_BLOCK_LINE = 60  # characters of a line that may follow the first line of a block


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules say about a document.

    Attributes:
        zones: header, body and footer.
        whole: index of a line → the first rule that fires on it as a whole.
        parts: index of a line → rules of scope ``inline`` that fire on it: those at its ends from outside
            inwards, then those in the middle, in order.
    """

    zones: Zones
    whole: Mapping[int, Hit]
    parts: Mapping[int, tuple[Hit, ...]]


class Matcher:
    """The rules of a set, compiled; get one from `matcher`. Rules of scope ``selector`` are left out."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = tuple(Compiled(rule) for rule in rules if rule.scope != "selector")
        self._for_body = {
            number for number, made in enumerate(self.rules) if made.rule.zone in ("any", "body")
        }
        literals = [Literals(made.rule.prefilter, longest_line(made.rule)) for made in self.rules]
        self.gate = Gate(literals, INLINE_REACH if any(made.searches for made in self.rules) else WINDOW)

    def find(self, lines: Sequence[Line], url: str | None = None) -> Found:
        """Return which rules fire on which of the lines of one document; see `find`."""
        host = host_of(url)
        candidates = self.gate.candidates([line.text for line in lines])
        prose = Prose(lines)
        inside = certain_body(prose, candidates)
        raw: dict[int, list[Hit]] = {}
        for index, numbers in candidates.items():
            possible = numbers & self._for_body if index in inside else numbers
            if possible and (hits := self._hits(index, lines[index].text, possible, host)):
                raw[index] = hits
        found = _place(prose, raw)
        if not found.parts:
            return found
        parts = {
            index: self._parts(lines[index].text, candidates[index], hits, found.zones, host)
            for index, hits in found.parts.items()
        }
        return replace(found, parts=parts)

    def match_line(self, text: str) -> tuple[Hit, ...]:
        """Return the hits of all rules on one line, wherever it stands and on whatever site."""
        return tuple(self._hits(0, text, self.gate.candidates([text]).get(0, ()), None))

    def _hits(self, index: int, text: str, numbers: Collection[int], host: str | None) -> list[Hit]:
        windows = Windows(text)
        possible = [self.rules[number] for number in sorted(numbers)]
        return [hit for made in possible if made.is_for(host) and (hit := made.match(index, windows))]

    def _parts(
        self, text: str, numbers: Collection[int], hits: Sequence[Hit], zones: Zones, host: str
    ) -> tuple[Hit, ...]:
        """Take inline matches off both ends of a line until none is left, each rule once, then out of it.

        `hits` are those on the whole line; `numbers` are the rules that may match once others are gone.
        """
        index = hits[0].index
        possible = [
            made
            for made in (self.rules[number] for number in sorted(numbers))
            if made.rule.scope == "inline" and made.is_for(host) and zones.admit(index, made.rule.zone)
        ]
        at_ends = [made for made in possible if not made.searches]
        found: list[Hit] = []
        start, end = 0, len(text)
        hit = next((hit for hit in hits if hit.rule.anchor != "search"), None)
        while hit is not None:
            found.append(hit)
            at_ends = [made for made in at_ends if made.rule is not hit.rule]
            if hit.rule.action != "flag":
                start, end = (hit.end, end) if hit.rule.anchor == "start" else (start, hit.start)
            hit = _first(at_ends, index, text, start, end) if at_ends else None
        inside = [made for made in possible if made.searches]
        return (*found, *_apart(_searched(inside, index, text, start, end))) if inside else tuple(found)


@lru_cache(maxsize=8)
def matcher(rules: RuleSet) -> Matcher:
    """Return the compiled form of a rule set; the last few are kept."""
    return Matcher(rules)


def find(lines: Sequence[Line], rules: RuleSet, url: str | None = None) -> Found:
    r"""Return which rules fire on which of the lines of one document from `url`.

    >>> from articlekit.rules.load import load_builtin
    >>> from articlekit.text.lines import split_lines
    >>> text = "周一，三大指数低开高走，两市成交额放大，逾三千只个股上涨。\n投资有風險，入市需謹慎。"
    >>> {index: hit.rule.id for index, hit in find(split_lines(text), load_builtin()).whole.items()}
    {1: 'zh.disclaimer.investment-risk'}
    """
    return matcher(rules).find(lines, url)


def _first(rules: Iterable[Compiled], index: int, text: str, start: int, end: int) -> Hit | None:
    """Return the hit of the first rule that matches a part of a line."""
    windows = Windows(text[start:end])
    hit = next((hit for made in rules if (hit := made.match(index, windows))), None)
    return hit and replace(hit, start=hit.start + start, end=hit.end + start)


def _searched(rules: Iterable[Compiled], index: int, text: str, start: int, end: int) -> Iterator[Hit]:
    """Yield all hits of rules inside a part of a line, rule by rule."""
    windows = Windows(text[start:end])
    for made in rules:
        if made.fits(windows):
            for hit in made.parts(index, windows):
                yield replace(hit, start=hit.start + start, end=hit.end + start)


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits in order, of those that overlap only that of the rule tried first."""
    kept: list[Hit] = []
    for hit in hits:
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _place(prose: Prose, raw: Mapping[int, Sequence[Hit]]) -> Found:
    """Find the zones and keep the hits of rules that are for the zone of their line."""
    zones = find_zones(prose, _known(raw, "header"), _known(raw, "footer"))
    whole: dict[int, Hit] = {}
    parts: dict[int, tuple[Hit, ...]] = {}
    for index, hits in sorted(raw.items()):
        admitted = [hit for hit in hits if zones.admit(index, hit.rule.zone)]
        first = next((hit for hit in admitted if hit.rule.scope != "inline"), None)
        if first is not None:
            whole[index] = first
        if inline := _inline(admitted, index, zones):
            parts[index] = inline
    for hit in [hit for hit in whole.values() if hit.rule.scope == "block"]:
        whole.update(_following(prose.lines, hit, whole))
    return Found(zones, whole, parts)


def _inline(hits: Iterable[Hit], index: int, zones: Zones) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits if hit.rule.scope == "inline" and zones.admit(index, hit.rule.zone))


def _known(raw: Mapping[int, Sequence[Hit]], zone: str) -> set[int]:
    """Return the lines that would go as a whole if they stood in the header or footer."""
    return {
        index
        for index, hits in raw.items()
        if any(
            hit.rule.scope != "inline"
            and hit.rule.action != "flag"
            and hit.rule.zone in (zone, "outside", "any")
            for hit in hits
        )
    }


def _following(lines: Sequence[Line], first: Hit, taken: Mapping[int, Hit]) -> dict[int, Hit]:
    """Return hits for the short lines after the first line of a block."""
    found: dict[int, Hit] = {}
    for index in range(first.index + 1, len(lines)):
        text = lines[index].text.strip()
        if not text:
            continue
        if index in taken or len(text) > _BLOCK_LINE or ends_sentence(text):
            break
        if len(found) == first.rule.max_lines:
            break
        found[index] = Hit(index, first.rule, 0, len(lines[index].text))
    return found
