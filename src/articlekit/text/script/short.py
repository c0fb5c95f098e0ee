"""Conversion of short texts: one place after another, without the fixed cost of arrays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from articlekit.model import Edit
from articlekit.text.edits import join_adjacent, span_edits
from articlekit.text.script.dictionaries import Converted, Dictionary
from articlekit.text.script.phrases import Match, character_class


class ShortConverter:
    """A chain of dictionaries for strings. Immutable, so threads may share it.

    Args: as of `articlekit.text.script.bulk.BulkConverter`.
    """

    __slots__ = ("_changing", "_cutter", "_steps", "_unsegmented")

    def __init__(
        self,
        steps: Sequence[Dictionary],
        unsegmented: int,
        segmentation: Dictionary | None,
        triggers: Collection[str],
    ) -> None:
        self._steps = [(step.table, _search(step.triggers)) for step in steps]
        self._unsegmented = unsegmented
        self._cutter = segmentation.table if segmentation else None
        self._changing = _search(triggers)

    def convert(self, text: str) -> Converted:
        """Convert a text."""
        if not self._changing.search(text):
            return Converted(text, False)
        converted, shifts = self._convert(text)
        return Converted(converted, bool(shifts))

    def aligned_edits(self, text: str, step: str, kind: str, offset: int) -> Iterator[Edit]:
        """Yield the edits of a conversion that may change the length of a text."""
        converted, shifts = self._convert(text)
        origins = _origins(len(text), shifts)
        return join_adjacent(_aligned_edits(text, converted, origins, step, kind, offset))

    def _convert(self, text: str) -> tuple[str, list[list[Match]]]:
        """Convert a text; also return, per step, the matches that change its length."""
        cuts: Sequence[int] = ()
        found: list[Match] = []
        shifts: list[list[Match]] = []
        for number, (table, changing) in enumerate(self._steps):
            if number == self._unsegmented and self._cutter:
                found = self._cutter.matches(text)
                cuts = list(chain.from_iterable((start, start + length) for start, length, _ in found))
            if not changing.search(text):
                continue
            is_cutter = number == self._unsegmented and table is self._cutter
            matches = found if is_cutter else table.matches(text, cuts)
            text = table.replace(text, matches)
            if shifting := [match for match in matches if len(match[2]) != match[1]]:
                shifts.append(shifting)
                cuts = _moved(cuts, shifting)
        return text, shifts


def _search(characters: Collection[str]) -> re.Pattern[str]:
    return re.compile(character_class(characters))


def _moved(cuts: Sequence[int], shifting: Sequence[Match]) -> list[int]:
    """Return `cuts` of a text after matches in it have changed its length. No match lies across a cut."""
    moved: list[int] = []
    shift = at = 0
    for cut in cuts:
        while at < len(shifting) and shifting[at][0] < cut:
            _, length, value = shifting[at]
            shift += len(value) - length
            at += 1
        moved.append(cut + shift)
    return moved


def _origins(length: int, shifts: list[list[Match]]) -> list[tuple[int, int]]:
    """Return, for every character of the converted text, the span of the original it came from."""
    origins = [(at, at + 1) for at in range(length)]
    for shifting in shifts:
        moved: list[tuple[int, int]] = []
        end = 0
        for start, size, value in shifting:
            moved += origins[end:start]
            end = start + size
            moved += [(origins[start][0], origins[end - 1][1])] * len(value)
        origins = moved + origins[end:]
    return origins


def _aligned_edits(
    text: str, converted: str, origins: Sequence[tuple[int, int]], step: str, kind: str, offset: int
) -> Iterator[Edit]:
    """Yield the edits of every group of characters that came from overlapping spans."""
    at = 0
    while at < len(origins):
        first, (start, end) = at, origins[at]
        while at < len(origins) and origins[at][0] < end:
            end = max(end, origins[at][1])
            at += 1
        yield from span_edits(text[start:end], converted[first:at], step, kind, offset + start)
