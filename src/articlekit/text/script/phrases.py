"""Phrase tables: OpenCC's left-to-right longest match, one place of a text after another.

At a place the first rank that has any key starting there decides, with its longest such key, and matching
goes on after that key. Where no key starts, one character passes unchanged. This is what OpenCC does in a
conversion step (https://github.com/BYVoid/OpenCC, `Conversion` and `PrefixMatch`).

Single characters that become one other character are left to `str.translate`; phrases are looked up by their
first two characters, where a regular expression finds such a pair. For long texts there is
`articlekit.text.script.tries`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from math import inf
from operator import add
from typing import TypeAlias

# A key found: where it starts, its length, and the value that replaces it. A plain tuple, because a text
# has very many of them.
Match: TypeAlias = tuple[int, int, str]
# For one pair of first characters: (length, keys of that rank), in the order in which to try them.
_Tries: TypeAlias = tuple[tuple[int, Mapping[str, str]], ...]

# Pairs from which nearly every character may begin a phrase, so that looking for some does not pay.
_MANY_PAIRS = 5000
_BMP = 0xFFFF


class PhraseTable:
    """Keys compiled for left-to-right longest match; see `articlekit.text.script.dictionaries.Keys`.

    Args:
        ranks: phrase → value, one mapping per rank.
        alone: character → value, where no phrase begins.
        singles: character → one other character, for all that no key takes.

    >>> PhraseTable([{"頭髮": "头发"}], {}, {"髮": "发", "長": "长"}).convert("長頭髮髮")
    '长头发发'
    """

    __slots__ = ("_alone", "_candidate", "_singles", "_tries")

    def __init__(
        self, ranks: Sequence[Mapping[str, str]], alone: Mapping[str, str], singles: Mapping[str, str]
    ) -> None:
        self._alone, self._tries = alone, _tries(ranks)
        self._singles = {ord(key): value for key, value in singles.items()}
        self._candidate = None
        if alone or len(self._tries) < _MANY_PAIRS:
            self._candidate = _candidate_pattern(self._tries, alone)

    def matches(self, text: str, cuts: Sequence[int] = ()) -> list[Match]:
        """Return the phrases found in `text`; none lies across a position of `cuts` (sorted)."""
        found: list[Match] = []
        tries, alone, end = self._tries.get, self._alone, 0
        for start in self._places(text):
            if start < end:
                continue
            for length, keys in tries(text[start : start + 2], ()):
                key = text[start : start + length]  # shorter at the end of the text
                value = keys.get(key)
                if value is not None and (not cuts or start + len(key) <= _next_cut(cuts, start)):
                    end = start + len(key)
                    found.append((start, len(key), value))
                    break
            else:
                if text[start] in alone:
                    found.append((start, 1, alone[text[start]]))
        return found

    def _places(self, text: str) -> list[int]:
        """Return where a phrase may start."""
        if self._candidate:
            return [candidate.start() for candidate in self._candidate.finditer(text)]
        tries = self._tries
        return [at for at, pair in enumerate(map(add, text, text[1:])) if pair in tries]

    def replace(self, text: str, matches: Iterable[Match]) -> str:
        """Return `text` with `matches` replaced and all else translated character by character."""
        translated = text.translate(self._singles)
        parts: list[str] = []
        end = 0
        for start, length, value in matches:
            parts += (translated[end:start], value)
            end = start + length
        return "".join(parts) + translated[end:] if parts else translated

    def convert(self, text: str, cuts: Sequence[int] = ()) -> str:
        """Return `text` converted; no phrase lies across a position of `cuts`."""
        return self.replace(text, self.matches(text, cuts))


def character_class(characters: Iterable[str]) -> str:
    """Return a regular expression that finds any of `characters`; it may find others beyond U+FFFF too.

    Python's `re` has a bit set for the characters up to U+FFFF and goes through a list for those beyond,
    so that all of them as one range are hundreds of times faster than those that are meant.
    """
    members = sorted(map(ord, set(characters)))
    parts: list[str] = []
    for _, run in groupby(
        enumerate(point for point in members if point <= _BMP), lambda pair: pair[1] - pair[0]
    ):
        points = [point for _, point in run]
        parts += (re.escape(chr(points[0])), f"-{re.escape(chr(points[-1]))}" if len(points) > 1 else "")
    if members and members[-1] > _BMP:
        parts.append("\U00010000-\U0010ffff")
    return f"[{''.join(parts)}]" if parts else "(?!)"


def _next_cut(cuts: Sequence[int], start: int) -> float:
    """Return the first cut after `start`, or infinity."""
    index = bisect_right(cuts, start)
    return cuts[index] if index < len(cuts) else inf


def _tries(ranks: Sequence[Mapping[str, str]]) -> dict[str, _Tries]:
    """Return what to try, by the first two characters: lower ranks first, then longer keys."""
    flags: dict[tuple[int, int], int] = {}  # rank and length as a bit
    wanted: dict[str, int] = {}
    for order, rank in enumerate(ranks):
        flag = [flags.setdefault((order, length), 1 << len(flags)) for length in range(_longest(rank) + 1)]
        for key in rank:
            pair = key[:2]
            wanted[pair] = wanted.get(pair, 0) | flag[len(key)]
    ordered = sorted(((order, -length), flag) for (order, length), flag in flags.items())
    tries = {
        some: tuple((-length, ranks[order]) for (order, length), flag in ordered if flag & some)
        for some in set(wanted.values())
    }
    return {pair: tries[some] for pair, some in wanted.items()}


def _longest(keys: Iterable[str]) -> int:
    return max(map(len, keys), default=0)


def _candidate_pattern(pairs: Iterable[str], alone: Iterable[str]) -> re.Pattern[str]:
    """Compile a pattern that finds every place where a phrase may start."""
    first = character_class(pair[0] for pair in pairs)
    second = character_class(pair[1] for pair in pairs)
    return re.compile(f"{first}(?={second})|{character_class(alone)}")
