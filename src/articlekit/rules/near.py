"""Near misses: rules that one condition alone keeps from firing on a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from articlekit.rules.compiled import Compiled, Windows
from articlekit.rules.domains import host_of
from articlekit.rules.gate import Gate, Literals
from articlekit.rules.match import Found, find
from articlekit.rules.model import Rule, RuleSet
from articlekit.rules.patterns import INLINE_REACH, compile_pattern, fold_pattern
from articlekit.text.figures import has_figure_with_unit_or_ticker
from articlekit.text.lines import Line

Reason: TypeAlias = Literal["zone", "length", "anchor", "domain", "figure"]

_LONGEST = 120  # characters of a line in which a pattern is looked for away from its anchor
_SHARE = 0.5  # of such a line that the pattern must cover


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that would have fired but for one condition.

    Attributes:
        index: of the line in the sequence given.
        rule: the rule.
        reason: ``zone`` the line stands elsewhere, ``length`` it is too long, ``anchor`` the pattern matches
            elsewhere in it, ``domain`` the page is of another site, ``figure`` the line states a figure.
        detail: the same for people.
    """

    index: int
    rule: Rule
    reason: Reason
    detail: str


def near_misses(
    lines: Sequence[Line], rules: RuleSet, url: str | None = None, found: Found | None = None
) -> tuple[NearMiss, ...]:
    r"""Return the near misses on the lines of one document, in order of lines and rules.

    `found` is what `articlekit.rules.match.find` says about the same lines, where that is known already.
    Lines that another rule takes as a whole have none.

    >>> from articlekit.rules.load import load_builtin
    >>> from articlekit.text.lines import split_lines
    >>> prose = "周一，三大指数低开高走，两市成交额放大，逾三千只个股上涨。"
    >>> lines = split_lines(f"{prose}\n投资有风险，入市需谨慎。\n{prose}")
    >>> [(miss.index, miss.rule.id, miss.reason) for miss in near_misses(lines, load_builtin())]
    [(1, 'zh.disclaimer.investment-risk', 'zone')]
    """
    found = found or find(lines, rules, url)
    made = _compiled(rules)
    host = host_of(url)
    candidates = sorted(made.gate.candidates([line.text for line in lines]).items())
    return tuple(
        miss
        for index, numbers in candidates
        for line in [_Judged(index, lines[index].text, found, host)]
        for number in sorted(numbers)
        if (miss := line.near_miss(made.rules[number]))
    )


class _Rules:
    """Compiled rules behind a gate that lets lines of any length through."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = [Compiled(rule) for rule in rules if rule.scope != "selector"]
        self.gate = Gate([Literals(made.rule.prefilter) for made in self.rules], INLINE_REACH)


@lru_cache(maxsize=4)
def _compiled(rules: RuleSet) -> _Rules:
    return _Rules(rules)


class _Judged:
    """One line, and what keeps rules from firing on it."""

    def __init__(self, index: int, text: str, found: Found, host: str) -> None:
        self._index, self._text, self._host = index, text, host
        self._windows = Windows(text)
        self._zones = found.zones
        whole = found.whole.get(index)
        self._hits = [*([whole] if whole else []), *found.parts.get(index, ())]
        self._is_body = found.zones.of(index) == "body"
        self._is_taken = whole is not None and not self._is_protected(0, len(text))

    def near_miss(self, made: Compiled) -> NearMiss | None:
        for hit in self._hits:
            if hit.rule is made.rule:
                protected = hit.rule.action != "flag" and self._is_protected(hit.start, hit.end)
                return self._miss(made, "figure", "the line states a figure") if protected else None
        if self._is_taken:
            return None
        failing = self._failing(made)
        if len(failing) > 1:
            return None
        if not failing:
            return self._away_from_anchor(made)
        ((reason, detail),) = failing.items()
        return self._miss(made, reason, detail) if self._matches(made) else None

    def _failing(self, made: Compiled) -> dict[Reason, str]:
        """Return the conditions that do not hold, before the pattern is looked at."""
        rule, windows = made.rule, self._windows
        failing: dict[Reason, str] = {}
        if not made.is_for(self._host):
            failing["domain"] = f"the rule is for {', '.join(rule.domains)}"
        if not self._zones.admit(self._index, rule.zone):
            part = self._zones.of(self._index)
            failing["zone"] = f"the rule is for the {rule.zone}, the line stands in the {part}"
        if not made.fits(windows):
            failing["length"] = (
                f"the line has {len(windows.text)} characters, the rule takes {rule.max_chars}"
            )
        return failing

    def _matches(self, made: Compiled) -> bool:
        """Tell whether the pattern matches at its anchor, however long the line may be."""
        if made.fits(self._windows):
            return made.match(self._index, self._windows) is not None
        if made.rule.anchor == "full" and not self._windows.is_short:
            return False
        if made.rule.anchor == "end":
            return made.pattern.search(self._windows.tail.folded.text) is not None
        look = made.pattern.search if made.rule.anchor == "search" else made.pattern.match
        return look(self._windows.head.folded.text) is not None

    def _away_from_anchor(self, made: Compiled) -> NearMiss | None:
        rule, size = made.rule, len(self._windows.text)
        if rule.anchor == "search" or size > _LONGEST or made.match(self._index, self._windows):
            return None
        match = _anywhere(rule.pattern).search(self._windows.head.folded.text)
        if match is None or len(match[0]) < _SHARE * size:
            return None
        start, end = self._windows.head.folded.span(*match.span())
        where = {"full": "the whole line", "start": "the start of the line", "end": "the end of the line"}
        part = self._windows.text[start:end]
        return self._miss(made, "anchor", f"the pattern matches “{part}”, which is not {where[rule.anchor]}")

    def _is_protected(self, start: int, end: int) -> bool:
        return self._is_body and has_figure_with_unit_or_ticker(self._text[start:end])

    def _miss(self, made: Compiled, reason: Reason, detail: str) -> NearMiss:
        return NearMiss(self._index, made.rule, reason, detail)


@lru_cache(maxsize=1024)
def _anywhere(pattern: str) -> re.Pattern[str]:
    return compile_pattern(fold_pattern(pattern), "search")
