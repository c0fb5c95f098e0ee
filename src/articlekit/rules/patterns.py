"""Patterns of rules: written in any form of the characters, matched on the folded view, safe on any line.

A pattern is bounded when it can be matched against any 400 characters in few steps: every quantifier has
an upper limit of at most 40, none stands inside another (an optional group may hold one), and the number
of ways in which it can backtrack is small.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from typing import Any

from articlekit.rules.model import Anchor
from articlekit.text.fold import fold_characters

MOST_REPEATS = 40
WINDOW = 400  # characters of a line that a pattern is matched against
INLINE_REACH = 4000  # characters of a line in which parts in its middle are looked for

# Ways to backtrack: three quantifiers of 40 where the match starts in one place, two where it may anywhere.
_MOST_WAYS = {"full": 70_000, "start": 70_000, "end": 1_700, "search": 1_700}
_REMEDY = (
    "write (?>[^。]{0,20}?cue) where the first cue decides, [^。]{0,20}+ where nothing is given back, "
    "or use smaller quantifiers"
)
_META = frozenset("()[]{}.*+?|^$\\-&~#")
_GROUP_NAME = re.compile(r"\(\?P[<=]\w{1,40}[>)]")

_parser: Any = importlib.import_module("re._parser")  # sre_parse's new home; there is no public parse tree


def fold_pattern(pattern: str) -> str:
    r"""Return a pattern with its literals folded like the text it is matched on.

    >>> fold_pattern(r"(?:聲明|APP)[:：]\S{2,9}")
    '(?:声明|app)[::]\\S{2,9}'
    >>> fold_pattern("（責編）")
    '\\(责编\\)'
    """
    view = fold_characters(pattern)  # one character for one
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        if name := _GROUP_NAME.match(pattern, at):
            parts.append(name[0])
            at = name.end()
        elif pattern[at] == "\\":
            parts.append(_escaped(pattern[at + 1 : at + 2], view[at + 1 : at + 2]))
            at += 2
        else:
            parts.append(_literal(pattern[at], view[at]))
            at += 1
    return "".join(parts)


def fold_literal(literal: str) -> str:
    """Return a prefilter literal as it is looked for: folded, without blanks.

    >>> fold_literal("Related  閱讀：")
    'related阅读:'
    """
    return "".join(fold_characters(literal).replace("\0", " ").split())


def complaint(pattern: str, anchor: Anchor) -> str | None:
    """Return what is wrong with a folded pattern and what to do about it, or None.

    >>> complaint("联系.*电话", "full")
    'quantifier without an upper limit; write {0,40} or less'
    >>> complaint("(?:联系.{0,9}){1,9}", "full")
    'quantifier inside a quantifier; write the alternatives out or split the rule'
    >>> complaint("联系.{0,20}电话", "search") is None
    True
    """
    try:
        tree = _parser.parse(pattern)
        compiled = compile_pattern(pattern, anchor)
    except re.error as error:
        return f"not a regular expression: {error}; it is read by Python's re"
    if compiled.match("") is not None:
        return "matches the empty string; make a part of it required"
    problem = _bounds(tree, inside=False)
    if problem is None and _ways(tree) > _MOST_WAYS[anchor]:
        problem = (
            f"too many ways to match ({_ways(tree):,}, at most {_MOST_WAYS[anchor]:,} for anchor "
            f"{anchor!r}); " + _REMEDY
        )
    return problem


def compile_pattern(pattern: str, anchor: Anchor) -> re.Pattern[str]:
    """Compile a folded pattern, for `match` with anchors ``full`` and ``start``, else for `search`."""
    whole = anchor in ("full", "end")
    return re.compile(rf"(?:{pattern})\Z" if whole else pattern)


def longest_match(pattern: str) -> int:
    """Return how many characters a folded pattern can match at most, never more than a window.

    >>> longest_match("分享.{0,9}")
    11
    """
    return min(int(_parser.parse(pattern).getwidth()[1]), WINDOW)


def _literal(char: str, folded: str) -> str:
    """Return a character of a pattern as it is matched; what folding turns into a sign stays literal."""
    if folded == "\0":
        return ""
    return "\\" + folded if folded != char and folded in _META else folded


def _escaped(char: str, folded: str) -> str:
    r"""Return an escape; classes such as ``\S`` keep their letter, an escaped full-width mark is folded."""
    if char.isascii():
        return "\\" + char
    return "\\" + folded if folded in _META else folded


def _bounds(tree: Iterable[tuple[Any, Any]], *, inside: bool) -> str | None:
    for _, _, repeat, parts in map(_node, tree):
        if repeat is not None:
            _, most = repeat
            if most > MOST_REPEATS:
                if most == _parser.MAXREPEAT:
                    return "quantifier without an upper limit; write {0,40} or less"
                return f"quantifier up to {most}; at most {MOST_REPEATS} are allowed"
            if inside:
                return "quantifier inside a quantifier; write the alternatives out or split the rule"
        within = inside or (repeat is not None and repeat[1] > 1)
        for part in parts:
            if problem := _bounds(part, inside=within):
                return problem
    return None


def _ways(tree: Iterable[tuple[Any, Any]]) -> int:
    """Return an upper estimate of the ways in which a part of a pattern can match at one place."""
    product, within = 1, 1
    for kind, single, repeat, parts in map(_node, tree):
        counts = [_ways(part) for part in parts]
        ways = _alternatives(parts, counts) if kind == "BRANCH" else max(counts, default=1)
        if repeat is not None:
            least, most = repeat
            ways = 1 + most - least if ways == 1 else ways**most + 1 - min(least, 1)
        if single:
            within = max(within, *counts, 1)  # tried out once, then settled
        else:
            product *= ways
    return max(product, within)


def _alternatives(parts: list[Any], counts: list[int]) -> int:
    """Return in how many ways alternatives can match at one place: only those that begin alike add up."""
    beginnings = [_beginning(part) for part in parts]
    return max(
        sum(count for other, count in zip(beginnings, counts, strict=True) if _alike(beginning, other))
        for beginning in beginnings
    )


def _alike(one: list[set[int]], other: list[set[int]]) -> bool:
    return all(left & right for left, right in zip(one, other, strict=False))


def _beginning(part: Any) -> list[set[int]]:
    """Return the sets of characters with which a part of a pattern begins, as far as they are known."""
    sets: list[set[int]] = []
    for kind, value in part:
        name = str(kind)
        if name == "LITERAL":
            sets.append({int(value)})
        elif name == "IN" and all(str(member) == "LITERAL" for member, _ in value):
            sets.append({int(code) for _, code in value})
        else:
            break
    return sets


def _node(item: tuple[Any, Any]) -> tuple[str, bool, tuple[int, int] | None, list[Any]]:
    """Return a node's name, whether it never backtracks, its bounds of repetition, and its parts."""
    kind, value = str(item[0]), item[1]
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, part = value
        return kind, kind == "POSSESSIVE_REPEAT", (int(least), int(most)), [part]
    if kind == "SUBPATTERN":
        return kind, False, None, [value[3]]
    if kind == "ATOMIC_GROUP":
        return kind, True, None, [value]
    if kind == "BRANCH":
        return kind, False, None, list(value[1])
    if kind in ("ASSERT", "ASSERT_NOT"):
        return kind, True, None, [value[1]]
    return kind, False, None, []
