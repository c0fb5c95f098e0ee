"""Repost or update: whether two near-identical texts report the same figures."""

from __future__ import annotations

from typing import NamedTuple

from articlekit.dedup.items import DuplicateClass
from articlekit.text.figures import figure_keys

Figures = tuple[str, ...]


class Difference(NamedTuple):
    """The class of a pair and the figures in which it differs, sorted."""

    class_: DuplicateClass
    added: Figures
    missing: Figures


def figures_of(normalised: str) -> Figures:
    """Return the different figures of a normalised text, sorted.

    How often a figure stands in a text does not count: a repost may repeat the headline's.
    """
    return tuple(sorted(figure_keys(normalised)))


def compare(figures: Figures, kept: Figures) -> Difference:
    """Compare the figures of a text with those of the text kept in its place.

    >>> compare(("5%", "6.09亿元"), ("6.09亿元", "812.3亿元"))
    Difference(class_='updated', added=('5%',), missing=('812.3亿元',))
    >>> compare(("5%",), ("5%",)).class_
    'repost'
    """
    added, missing = set(figures) - set(kept), set(kept) - set(figures)
    class_: DuplicateClass = "updated" if added or missing else "repost"
    return Difference(class_, tuple(sorted(added)), tuple(sorted(missing)))
