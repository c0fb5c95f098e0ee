"""Who is kept: a greedy maximal independent set, so that every removed text is close to its kept one.

Texts are taken in order of preference. A text that is near one kept before is put under that one, else it
is kept. So nothing is removed for a chain of resemblances: what is removed resembles what stays, and no two
that stay resemble each other (among the pairs the search finds).

Two relations are searched. `nearest` finds any kept text from the threshold on. Where only reposts are
removed, `nearest_same` finds those with the same figures, among all that are kept; a text that has none but
is near another, with other figures, is kept too and marked as its update. Those that are marked are not
looked for by `nearest`: ten thousand updates of one text are compared with it, not with each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol


class Kept(Protocol):
    """The texts kept so far, searched by similarity."""

    def add(self, text: int) -> None:
        """Keep a text."""

    def nearest(self, text: int) -> tuple[int, float] | None:
        """Return the kept text most similar to `text`, from the threshold on, and the similarity."""


@dataclass(frozen=True, slots=True)
class Ray:
    """A text that resembles a kept one, its centre; `stays` says that it is kept all the same."""

    text: int
    centre: int
    jaccard: float
    stays: bool


def removing_all(order: Iterable[int], kept: Kept) -> Iterator[Ray]:
    """Yield what goes when everything near a kept text goes."""
    for text in order:
        found = kept.nearest(text)
        if found is None:
            kept.add(text)
        else:
            yield Ray(text, *found, stays=False)


def removing_same(order: Iterable[int], same: Kept, centres: Kept) -> Iterator[Ray]:
    """Yield what goes when only texts with the same figures go, and what is marked.

    Args:
        order: the texts, preferred ones first.
        same: finds kept texts with the same figures.
        centres: finds kept texts with any figures that are not marked.
    """
    for text in order:
        if found := same.nearest(text):
            yield Ray(text, *found, stays=False)
            continue
        same.add(text)
        if found := centres.nearest(text):
            yield Ray(text, *found, stays=True)
        else:
            centres.add(text)
