"""One rule, compiled, and the windows of a line that it is matched on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from articlekit.rules.domains import EVERYWHERE, is_for
from articlekit.rules.gate import NO_LIMIT
from articlekit.rules.model import Rule
from articlekit.rules.patterns import INLINE_REACH, WINDOW, compile_pattern, fold_pattern, longest_match
from articlekit.text.fold import Folded, close_gaps, fold

_Look: TypeAlias = Callable[[str], re.Match[str] | None]

_MOST_PARTS = 20  # parts that one rule takes out of the middle of one line


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


class View:
    """A folded window of a line and where it starts there.

    `closed` is the view with the gaps between characters closed, where there are any.
    """

    __slots__ = ("closed", "folded", "offset")

    def __init__(self, text: str, offset: int) -> None:
        self.folded = fold(text)
        self.closed = close_gaps(self.folded) if " " in self.folded.text else None
        self.offset = offset


class Windows:
    """The parts of one line that patterns are matched on, folded when first needed."""

    __slots__ = ("_head", "_tail", "is_short", "offset", "text")

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.offset = len(text) - len(text.lstrip()) if self.text is not text else 0
        self.is_short = len(self.text) <= WINDOW
        self._head: View | None = None
        self._tail: View | None = None

    @property
    def head(self) -> View:
        """The first window of the line, or all of a short one."""
        if self._head is None:
            self._head = View(self.text[:WINDOW], self.offset)
        return self._head

    @property
    def tail(self) -> View:
        """The last window of the line."""
        if self.is_short:
            return self.head
        if self._tail is None:
            start = len(self.text) - WINDOW
            self._tail = View(self.text[start:], self.offset + start)
        return self._tail

    def sliding(self) -> Iterator[View]:
        """Yield windows that overlap by half over the first `INLINE_REACH` characters."""
        yield self.head
        for start in range(WINDOW // 2, min(len(self.text), INLINE_REACH) - WINDOW // 2, WINDOW // 2):
            yield View(self.text[start : start + WINDOW], self.offset + start)


class Compiled:
    """A rule with its pattern, compiled when first needed."""

    __slots__ = ("_is_general", "_pattern", "rule", "searches")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.searches = rule.scope == "inline" and rule.anchor == "search"
        self._is_general = rule.domains == (EVERYWHERE,)
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern over the folded view."""
        if self._pattern is None:
            self._pattern = compile_pattern(fold_pattern(self.rule.pattern), self.rule.anchor)
        return self._pattern

    def is_for(self, host: str | None) -> bool:
        """Tell whether the rule is for a host; None stands for any."""
        return self._is_general or host is None or is_for(self.rule.domains, host)

    def fits(self, windows: Windows) -> bool:
        """Tell whether a line is as short as the rule asks for."""
        longest = self.rule.max_chars
        return longest is None or len(windows.text) <= longest

    def match(self, index: int, windows: Windows) -> Hit | None:
        """Return where the rule matches a line, or None."""
        if not self.fits(windows):
            return None
        anchor = self.rule.anchor
        if self.searches:
            return next(self.parts(index, windows), None)
        if anchor == "end":
            return self._hit(index, windows.tail, self.pattern.search)
        if anchor != "start" and not windows.is_short:
            return None
        look = self.pattern.search if anchor == "search" else self.pattern.match
        return self._hit(index, windows.head, look)

    def parts(self, index: int, windows: Windows) -> Iterator[Hit]:
        """Yield the places anywhere in a line that a rule of scope ``inline`` matches, in order."""
        end, count = 0, 0
        for view in windows.sliding():
            is_last = view.offset - windows.offset + WINDOW >= min(len(windows.text), INLINE_REACH)
            for match in self.pattern.finditer(view.folded.text):
                if match.end() == len(view.folded.text) and not is_last:
                    continue  # cut off; the next window shows all of it
                hit = self._made(index, match, view.folded, view.offset)
                if hit is not None and hit.start >= end:
                    yield hit
                    end, count = hit.end, count + 1
                    if count == _MOST_PARTS:
                        return

    def _hit(self, index: int, view: View, look: _Look) -> Hit | None:
        match = look(view.folded.text)
        if match is not None:
            return self._made(index, match, view.folded, view.offset)
        if view.closed is not None and (match := look(view.closed.text)):
            return self._made(index, match, view.closed, view.offset)
        return None

    def _made(self, index: int, match: re.Match[str], view: Folded, offset: int) -> Hit | None:
        if match.start() == match.end():
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
    if rule.scope == "inline":
        return NO_LIMIT  # it sees what others leave of a line
    if rule.max_chars is not None:
        return rule.max_chars
    return longest_match(fold_pattern(rule.pattern)) if rule.anchor == "full" else NO_LIMIT
