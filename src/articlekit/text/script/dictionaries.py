"""Dictionaries of a conversion step: what its description names, brought into a form that can be matched.

OpenCC describes a step as a tree of dictionary files. Here it becomes tiers in order of priority: the first
tier that has any key starting at a place decides, with its longest such key. Tiers are folded into single
characters and ranks of phrases, from which tables are compiled when they are first needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from articlekit.errors import ConfigError
from articlekit.text.script.phrases import PhraseTable

if TYPE_CHECKING:
    from articlekit.text.script.tries import Ints, PhraseTrie

# Files of which the first that holds a key gives its value.
Files: TypeAlias = tuple[str, ...]
Tier: TypeAlias = Mapping[str, str]


class Keys(NamedTuple):
    """The keys of tiers that can match: phrases by rank, and characters by what they become."""

    ranks: list[Tier]
    alone: dict[str, str]  # characters that become several, or count as matches
    singles: dict[str, str]  # characters that become one other character


class Converted(NamedTuple):
    """A text after conversion, and whether any match changed the length of what it replaced."""

    text: str
    is_shifted: bool


class Dictionary:
    """The tiers of one step. Immutable; threads may share it.

    Args:
        tiers: key → value, in order of priority.
        whole: whether a character that is a key counts as a match, as a segmentation needs it.

    >>> tiers = [{"髮": "发", "頭髮": "头发"}, {"髮": "X", "長": "长"}]
    >>> Dictionary(tiers).table.convert("長頭髮髮")
    '长头发发'
    """

    def __init__(self, tiers: Sequence[Tier], *, whole: bool = False) -> None:
        self._tiers, self._whole = tiers, whole

    @cached_property
    def keys(self) -> Keys:
        """The keys that can match."""
        return fold_tiers(self._tiers, whole=self._whole)

    @cached_property
    def table(self) -> PhraseTable:
        """The keys for short texts."""
        return PhraseTable(*self.keys)

    @cached_property
    def trie(self) -> PhraseTrie:
        """The phrases for long texts."""
        from articlekit.text.script.tries import PhraseTrie

        return PhraseTrie([*self.keys.ranks, self.keys.alone])

    @cached_property
    def distances(self) -> Ints:
        """How far away what a character becomes is, for long texts."""
        from articlekit.text.script.tries import distances

        return distances(self.keys.singles)

    @cached_property
    def triggers(self) -> frozenset[str]:
        """Characters of which a text must hold at least one to be changed."""
        return trigger_characters(self.keys)

    def matches_like(self, other: Dictionary) -> bool:
        """Say whether `other` finds the same phrases, so that one can stand in for the other."""
        return (self.keys.alone, self.keys.ranks) == (other.keys.alone, other.keys.ranks)


@cache
def dictionary(files: tuple[Files, ...], *, whole: bool = False) -> Dictionary:
    """Return the dictionary of these tiers, compiled once."""
    return Dictionary([_union(tier) for tier in files], whole=whole)


@cache
def _union(files: Files) -> Tier:
    from articlekit.adapters import opencc_tables

    union: dict[str, str] = {}
    for file in reversed(files):
        union.update(opencc_tables.dictionary(file))
    return union


def tier_files(config: str, spec: Mapping[str, Any]) -> tuple[Files, ...]:
    """Return the files of the tiers that a description stands for.

    Raises:
        ConfigError: the description has a part that is not known.
    """
    if spec["type"] == "text":
        return ((spec["file"],),)
    if spec["type"] != "group":
        raise ConfigError(
            f"script configuration {config!r} has a dictionary of unknown type {spec['type']!r}"
        )
    groups = [tier_files(config, member) for member in spec["dicts"]]
    if spec.get("match_policy", "short_circuit") == "short_circuit":
        return tuple(chain.from_iterable(groups))
    if any(len(group) > 1 for group in groups):
        raise ConfigError(
            f"script configuration {config!r} puts alternatives inside a union, which is not known"
        )
    return (tuple(chain.from_iterable(group[0] for group in groups)),)


def fold_tiers(tiers: Sequence[Tier], *, whole: bool = False) -> Keys:
    """Fold tiers into single characters and ranks of phrases, without the keys that can never match.

    With `whole` every character that is a key counts as a match.

    >>> fold_tiers([{"a": "b"}, {"a": "c", "ab": "x", "bc": "y", "d": "ee"}])
    Keys(ranks=[{'bc': 'y'}], alone={'d': 'ee'}, singles={'a': 'b'})
    """
    ranks: list[Tier] = []
    first: dict[str, str] = {}
    for tier in tiers:
        characters = {key: value for key, value in tier.items() if len(key) == 1}
        if first or characters:
            # A character that an earlier tier holds always matches there: no later phrase begins with it.
            ranks.append({k: value for k, value in tier.items() if len(k) > 1 and k[0] not in first})
        else:
            ranks.append(tier)
        first = characters | first
    alone = {key: value for key, value in first.items() if len(value) != 1 or whole}
    singles = {key: value for key, value in first.items() if key != value and key not in alone}
    return Keys([rank for rank in ranks if rank], alone, singles)


def trigger_characters(keys: Keys) -> frozenset[str]:
    """Return characters of which a text must hold at least one for the keys to change anything.

    Every key that is not mapped to itself has at least one of them. Of a longer key it is a character that
    its value changes, if possible one that other such keys have too: that keeps them few and unusual.

    >>> phrases = {"一目瞭然": "一目了然", "瞭解": "了解", "的話": "的話"}
    >>> sorted(trigger_characters(Keys([phrases], {}, {"龍": "龙"})))
    ['瞭', '龍']
    """
    triggers = {*keys.singles, *(key for key, value in keys.alone.items() if key != value)}
    choices = {
        _changed(key, value)
        for rank in keys.ranks
        for key, value in rank.items()
        if key != value and triggers.isdisjoint(key)
    }
    frequency = Counter(chain.from_iterable(choices))
    for choice in sorted(choices):  # sorted, so that ties do not depend on the order of the files
        if triggers.isdisjoint(choice):
            triggers.add(max(choice, key=lambda character: (frequency[character], character)))
    return frozenset(triggers)


def _changed(key: str, value: str) -> str:
    """Return the characters of `key` that `value` changes, or all where their lengths differ."""
    if len(key) != len(value):
        return key
    return "".join(old for old, new in zip(key, value, strict=True) if old != new)
