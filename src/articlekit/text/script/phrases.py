"""Phrase tables: OpenCC's left-to-right longest match over prioritised dictionaries.

A table is made of tiers in order of priority. At a place in the text the first tier that has any key
starting there decides, with its longest such key, and matching goes on after that key. Where no key
starts, one character passes unchanged. This is what OpenCC does in a conversion step
(https://github.com/BYVoid/OpenCC, `Conversion` and `PrefixMatch`).

For speed the tiers are folded into two structures when a table is built: single characters that become
one other character are left to `str.translate`; longer keys lie in buckets by their first two characters,
and are looked up only where a regular expression finds such a pair.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import inf
from typing import TypeAlias

Tier: TypeAlias = Mapping[str, str]
# A key found: where it starts, its length, and the value that replaces it. A plain tuple, because a text
# has very many of them.
Match: TypeAlias = tuple[int, int, str]
# For one pair of first characters: (length, keys of that length), in the order in which to try them.
_Bucket: TypeAlias = tuple[tuple[int, dict[str, str]], ...]


class PhraseTable:
    """Dictionaries compiled for left-to-right longest match.

    >>> table = PhraseTable([{"髮": "发", "頭髮": "头发"}, {"髮": "X", "長": "长"}])
    >>> table.convert("長頭髮髮")
    '长头发发'
    """

    __slots__ = ("_buckets", "_candidate", "_singles", "_spans")

    def __init__(self, tiers: Sequence[Tier]) -> None:
        self._singles, self._spans = _fold_singles(tiers)
        self._buckets = _fold_phrases(tiers)
        self._candidate = _candidate_pattern(self._buckets, self._spans)

    def matches(self, text: str, cuts: Sequence[int] = ()) -> list[Match]:
        """Return the keys found in `text`, except single characters that become one other character.

        No match lies across a position of `cuts` (sorted offsets into `text`).
        """
        if self._candidate is None:
            return []
        found: list[Match] = []
        bucket_of, spans, end = self._buckets.get, self._spans, 0
        for candidate in self._candidate.finditer(text):
            start = candidate.start()
            if start < end:
                continue
            for length, keys in bucket_of(text[start : start + 2], ()):
                value = keys.get(text[start : start + length])
                if value is not None and (not cuts or start + length <= _next_cut(cuts, start)):
                    end = start + length
                    found.append((start, length, value))
                    break
            else:
                if text[start] in spans:
                    found.append((start, 1, spans[text[start]]))
        return found

    def replace(self, text: str, matches: Iterable[Match]) -> str:
        """Return `text` with `matches` replaced and all else translated character by character."""
        singles = self._singles
        parts: list[str] = []
        end = 0
        for start, length, value in matches:
            if start > end:
                parts.append(text[end:start].translate(singles))
            parts.append(value)
            end = start + length
        parts.append(text[end:].translate(singles))
        return "".join(parts)

    def convert(self, text: str, cuts: Sequence[int] = ()) -> str:
        """Return `text` converted; no match lies across a position of `cuts`."""
        return self.replace(text, self.matches(text, cuts))

    def character(self, character: str) -> str:
        """Return what a character becomes when it stands alone."""
        return self._singles.get(ord(character)) or self._spans.get(character, character)


def trigger_characters(tiers: Iterable[Tier]) -> set[str]:
    """Return characters of which a text must hold at least one for the tiers to change anything.

    Every key that is not mapped to itself has at least one of them. Of a longer key it is a character that
    its value changes, if possible one that other such keys have too: that keeps them few and unusual.

    >>> sorted(trigger_characters([{"一目瞭然": "一目了然", "瞭解": "了解", "龍": "龙", "的": "的"}]))
    ['瞭', '龍']
    """
    changing = [(key, value) for tier in tiers for key, value in tier.items() if key != value]
    triggers = {key for key, _ in changing if len(key) == 1}
    choices = {_changed(key, value) for key, value in changing}
    frequency = Counter(chain.from_iterable(choices))
    for choice in sorted(choices):  # sorted, so that ties do not depend on the order of the files
        if triggers.isdisjoint(choice):
            triggers.add(max(choice, key=lambda character: (frequency[character], character)))
    return triggers


def _changed(key: str, value: str) -> str:
    """Return the characters of `key` that `value` changes, or all where their lengths differ."""
    if len(key) != len(value):
        return key
    return "".join(old for old, new in zip(key, value, strict=True) if old != new)


def character_class(characters: Iterable[str]) -> str:
    """Return a regular expression that finds any of `characters`; it may find others beyond U+FFFF too.

    Python's `re` has a bit set for the characters up to U+FFFF and goes through a list for those beyond,
    so that all of them as one range are hundreds of times faster than those that are meant.
    """
    members = set(characters)
    class_ = "".join(map(re.escape, sorted(member for member in members if member <= "\uffff")))
    if any(member > "\uffff" for member in members):
        class_ += "\U00010000-\U0010ffff"
    return f"[{class_}]" if class_ else "(?!)"


def _next_cut(cuts: Sequence[int], start: int) -> float:
    """Return the first cut after `start`, or infinity."""
    index = bisect_right(cuts, start)
    return cuts[index] if index < len(cuts) else inf


def _fold_singles(tiers: Sequence[Tier]) -> tuple[dict[int, str], dict[str, str]]:
    """Return what single characters become: one other character, and anything else."""
    first: dict[str, str] = {}
    for tier in tiers:
        for key, value in tier.items():
            if len(key) == 1:
                first.setdefault(key, value)
    singles = {ord(key): value for key, value in first.items() if len(value) == 1 and value != key}
    return singles, {key: value for key, value in first.items() if len(value) != 1}


def _fold_phrases(tiers: Sequence[Tier]) -> dict[str, _Bucket]:
    """Put keys of two and more characters into buckets, those that can never match left out."""
    decided: set[str] = set()  # first characters that an earlier tier holds alone: it always matches there
    buckets: dict[str, dict[tuple[int, int], dict[str, str]]] = {}
    for order, tier in enumerate(tiers):
        for key, value in tier.items():
            if len(key) > 1 and key[0] not in decided:
                bucket = buckets.setdefault(key[:2], {})
                bucket.setdefault((order, -len(key)), {})[key] = value
        decided.update(key for key in tier if len(key) == 1)
    return {
        pair: tuple((-length, bucket[order, length]) for order, length in sorted(bucket))
        for pair, bucket in buckets.items()
    }


def _candidate_pattern(buckets: Iterable[str], spans: Iterable[str]) -> re.Pattern[str] | None:
    """Compile a pattern that finds every place where a bucket or a span may match."""
    pairs, alone = list(buckets), list(spans)
    if not pairs and not alone:
        return None
    first = character_class(pair[0] for pair in pairs)
    second = character_class(pair[1] for pair in pairs)
    return re.compile(f"{first}(?={second})|{character_class(alone)}")
