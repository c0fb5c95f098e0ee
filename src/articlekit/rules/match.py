"""Which rules fire on which lines of a document.

One literal gate over the document (`articlekit.rules.gate`), then only the patterns of rules whose literal
is there, against windows of at most 400 characters of the folded line; then the zones, which depend on
what the rules know (`articlekit.rules.zones`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from urllib.parse import urlsplit

from articlekit.rules.gate import NO_LIMIT, Gate, Literals
from articlekit.rules.model import Rule, RuleSet
from articlekit.rules.patterns import WINDOW, compile_pattern, fold_pattern, longest_match
from articlekit.rules.zones import Prose, Zones, certain_body, find_zones
from articlekit.text.fold import Folded, fold
from articlekit.text.lines import Line
from articlekit.text.prose import ends_sentence

_BLOCK_LINE = 60  # characters of a line that may follow the first line of a block


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matches a line.

    Attributes:
        index: of the line in the sequence given.
        rule: the rule.
        start, end: what it matched, in characters of the line's text.
        groups: named groups, as they stand in the line.
    """

    index: int
    rule: Rule
    start: int
    end: int
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules say about a document.

    Attributes:
        zones: header, body and footer.
        whole: index of a line → the first rule that fires on it as a whole.
        parts: index of a line → rules of scope ``inline`` that fire on it, from outside inwards.
        near: hits of rules for another zone than the one the line is in; all of them if asked for.
    """

    zones: Zones
    whole: Mapping[int, Hit]
    parts: Mapping[int, tuple[Hit, ...]]
    near: tuple[Hit, ...] = ()


class Matcher:
    """The rules of a set, compiled; get one from `matcher`."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = tuple(_Compiled(rule) for rule in rules)
        self._for_body = {number for number, rule in enumerate(rules) if rule.zone in ("any", "body")}
        self._gate = Gate([Literals(rule.prefilter, longest_line(rule)) for rule in rules])

    def find(self, lines: Sequence[Line], url: str | None = None, *, near: bool = False) -> Found:
        """Return which rules fire on which of the lines of one document; see `find`."""
        host = _host(url)
        candidates = self._gate.candidates([line.text for line in lines])
        prose = Prose(lines)
        inside = range(0) if near else certain_body(prose, candidates)
        raw = {
            index: self._hits(
                index, lines[index].text, rules & self._for_body if index in inside else rules, host
            )
            for index, rules in candidates.items()
        }
        found = _place(prose, raw)
        if not found.parts:
            return found
        parts = {index: self._parts(index, lines[index].text, found.zones, host) for index in found.parts}
        return replace(found, parts=parts)

    def match_line(self, text: str) -> tuple[Hit, ...]:
        """Return the hits of all rules on one line, wherever it stands and on whatever site."""
        return tuple(self._hits(0, text, self._gate.candidates([text]).get(0, ()), None))

    def _hits(self, index: int, text: str, rules: Collection[int], host: str | None) -> list[Hit]:
        if not rules:
            return []
        windows = _Windows(text)
        possible = (self._rules[number] for number in sorted(rules))
        return [hit for rule in possible if rule.is_for(host) and (hit := rule.match(index, windows))]

    def _parts(self, index: int, text: str, zones: Zones, host: str) -> tuple[Hit, ...]:
        """Take inline matches off both ends of a line until none is left; each rule counts once."""
        found: list[Hit] = []
        start, end = 0, len(text)
        while True:
            rest = text[start:end]
            used = {hit.rule.id for hit in found}
            hits = self._hits(index, rest, self._gate.candidates([rest]).get(0, ()), host)
            fresh = [hit for hit in _inline(hits, index, zones) if hit.rule.id not in used]
            if not fresh:
                return tuple(found)
            hit = replace(fresh[0], start=fresh[0].start + start, end=fresh[0].end + start)
            found.append(hit)
            if hit.rule.action != "flag":
                start, end = (hit.end, end) if hit.rule.anchor == "start" else (start, hit.start)


@lru_cache(maxsize=8)
def matcher(rules: RuleSet) -> Matcher:
    """Return the compiled form of a rule set; the last few are kept."""
    return Matcher(rules)


def find(lines: Sequence[Line], rules: RuleSet, url: str | None = None, *, near: bool = False) -> Found:
    r"""Return which rules fire on which of the lines of one document from `url`.

    Rules for other zones are not tried on lines that are in the body for certain, unless `near` asks for
    all near misses.

    >>> from articlekit.rules.load import load_builtin
    >>> from articlekit.text.lines import split_lines
    >>> text = "周一，三大指数低开高走，两市成交额放大，逾三千只个股上涨。\n投資有風險，入市需謹慎。"
    >>> {index: hit.rule.id for index, hit in find(split_lines(text), load_builtin()).whole.items()}
    {1: 'zh.disclaimer.investment-risk'}
    """
    return matcher(rules).find(lines, url, near=near)


class _Windows:
    """The parts of one line that patterns are matched on, folded when first needed."""

    def __init__(self, text: str) -> None:
        self.offset = len(text) - len(text.lstrip())
        self.text = text.strip()
        self.is_short = len(self.text) <= WINDOW

    @cached_property
    def head(self) -> Folded:
        return fold(self.text[:WINDOW])

    @cached_property
    def tail(self) -> Folded:
        return self.head if self.is_short else fold(self.text[-WINDOW:])

    @property
    def tail_offset(self) -> int:
        return self.offset + max(len(self.text) - WINDOW, 0)


class _Compiled:
    """A rule with its pattern, compiled when first needed."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._is_general = "*" in rule.domains

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return compile_pattern(fold_pattern(self.rule.pattern), self.rule.anchor)

    def is_for(self, host: str | None) -> bool:
        """Tell whether the rule is for a host; None stands for any."""
        if self._is_general or host is None:
            return True
        return any(host == domain or host.endswith("." + domain) for domain in self.rule.domains)

    def match(self, index: int, windows: _Windows) -> Hit | None:
        rule = self.rule
        if len(windows.text) > (rule.max_chars or len(windows.text)):
            return None
        if rule.anchor == "end":
            return self._hit(index, self.pattern.search(windows.tail.text), windows.tail, windows.tail_offset)
        if rule.anchor != "start" and not windows.is_short:
            return None
        look = self.pattern.search if rule.anchor == "search" else self.pattern.match
        return self._hit(index, look(windows.head.text), windows.head, windows.offset)

    def _hit(self, index: int, match: re.Match[str] | None, view: Folded, offset: int) -> Hit | None:
        if match is None or match.start() == match.end():
            return None
        start, end = view.span(*match.span())
        groups = {
            name: view.source[slice(*view.span(*match.span(name)))].strip()
            for name, value in match.groupdict().items()
            if value and value.strip()
        }
        return Hit(index, self.rule, start + offset, end + offset, groups)


def longest_line(rule: Rule) -> int:
    """Return the length of the longest line, blanks aside, that a rule can match."""
    if rule.max_chars is not None:
        return rule.max_chars
    return longest_match(fold_pattern(rule.pattern)) if rule.anchor == "full" else NO_LIMIT


def _place(prose: Prose, raw: Mapping[int, Sequence[Hit]]) -> Found:
    """Find the zones and keep the hits of rules that are for the zone of their line."""
    zones = find_zones(prose, _known(raw, "header"), _known(raw, "footer"))
    whole: dict[int, Hit] = {}
    parts: dict[int, tuple[Hit, ...]] = {}
    near: list[Hit] = []
    for index, hits in sorted(raw.items()):
        admitted = [hit for hit in hits if zones.admit(index, hit.rule.zone)]
        near += [hit for hit in hits if hit not in admitted]
        first = next((hit for hit in admitted if hit.rule.scope != "inline"), None)
        if first is not None:
            whole[index] = first
        if inline := _inline(admitted, index, zones):
            parts[index] = inline
    for hit in [hit for hit in whole.values() if hit.rule.scope == "block"]:
        whole.update(_following(prose.lines, hit, whole))
    return Found(zones, whole, parts, tuple(near))


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


def _host(url: str | None) -> str:
    """Return the host of an address in small letters, or nothing."""
    try:
        return (urlsplit(url).hostname or "") if url else ""
    except ValueError:  # brackets that are no IPv6 address
        return ""
