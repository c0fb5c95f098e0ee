"""Which characters bytes can be of which some are lost, and the most probable text in such a gap.

A decoder drops a pair of bytes it has no character for, or puts a mark in its place. Read one byte off,
such a pair is the second byte of one character and the first of the next: `before_gap` gives what the
former can be, `fill` the most probable text from there to a byte that is known again.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articlekit.text.annotated import gbk
from articlekit.text.annotated.document_model import (
    FOREIGN,
    UNKNOWN,
    Choice,
    DocumentModel,
    Gains,
    Way,
    best_places,
    choice,
    right_of,
)
from articlekit.text.annotated.pinyin import characters_read, readings, without_tone
from articlekit.text.character_model import Floats, shipped

_RARE = -15.0  # log probability within its class below which a character is no candidate
_OTHER_TONE = 3.0  # nats: a reading is given with another tone than any known
_ANY = 0xFF  # in place of a byte that may be any
_STARTS, _MIDDLES, _ENDS, _OPEN_ENDS = 6, 8, 8, 16  # how many of each `fill` follows
_KEPT_ADJACENT, _KEPT_WAYS = 1024, 1000


class Entry(NamedTuple):
    """A character that an annotation may belong to; `cost` in nats where the reading fits badly."""

    character: str
    trail: int
    cost: float


@cache
def entries(lead: int, reading: str) -> tuple[Entry, ...]:
    """Return the characters that start with `lead` and are read so; the tone may differ where none fits.

    Only such as have a trail that a decoder cannot take for an ASCII character.
    """
    known = [(character, trail) for trail, character in gbk.by_lead().get(lead, ()) if trail >= 0x80]
    exact = tuple(Entry(c, trail, 0.0) for c, trail in known if reading in readings(c))
    if exact:
        return exact
    toneless = without_tone(reading)
    return tuple(
        Entry(c, trail, _OTHER_TONE)
        for c, trail in known
        if any(without_tone(r) == toneless for r in readings(c))
    )


@cache
def with_lead(lead: int) -> Choice:
    """Return the characters that start with `lead` and have a trail that a decoder takes for a lead."""
    return _choice(character for trail, character in gbk.by_lead().get(lead, ()) if trail > 0x80)


@cache
def with_trail(trail: int, reading: str | None = None) -> Choice:
    """Return the characters that end with `trail`, those that are read so if a reading is known."""
    assigned = gbk.assigned()
    found = (assigned[pair] for lead in gbk.LEADS if (pair := lead << 8 | trail) in assigned)
    return _choice(c for c in found if reading is None or reading in readings(c))


@cache
def with_reading(reading: str) -> Choice:
    """Return the characters that are read so and end with a byte a decoder takes for a lead."""
    return _choice(c for c in characters_read(reading) if gbk.pairs()[c] & 0xFF > 0x80)


@cache
def before_gap(lead: int) -> Choice:
    """Return the characters that start with `lead` and whose trail can start an unassigned pair."""
    unassigned = gbk.unassigned_trails()
    return _choice(character for trail, character in gbk.by_lead().get(lead, ()) if trail in unassigned)


@cache
def _between_gaps() -> tuple[Choice, NDArray[np.int64]]:
    """Return the characters that can stand between two lost pairs, and where they are found.

    The table gives, for the lead of the first lost pair and a symbol of the model, the place of the
    character, or -1.
    """
    unassigned = gbk.unassigned_trails()
    middle = _choice(character for pair, character in gbk.assigned().items() if pair & 0xFF in unassigned)
    table = np.full((256, shipped().symbols), -1)
    table[_ANY, middle.among.symbols[::-1]] = np.arange(len(middle.among.symbols))[::-1]
    for lead, trails in unassigned.items():
        usable = np.flatnonzero(np.isin(middle.leads, trails))[::-1]
        table[lead, middle.among.symbols[usable]] = usable
    return middle, table


@cache
def _pairing() -> NDArray[np.bool_]:
    """Tell for each lead and trail whether they make an unassigned pair."""
    table = np.zeros((256, 256), np.bool_)
    for lead, trails in gbk.unassigned_trails().items():
        table[lead, list(trails)] = True
    table[_ANY] = True
    return table


def _choice(characters: Iterable[str]) -> Choice:
    """Return those characters that are not too rare, best first, traditional before simplified forms."""
    model = shipped()
    known = [(model.alone(character), character) for character in characters]
    usable = [
        (score - FOREIGN * model.is_foreign(character), character)
        for score, character in known
        if score > _RARE
    ]
    return choice("".join(character for _, character in sorted(usable, reverse=True)))


class _Adjacent(NamedTuple):
    """The pairs of characters that one lost pair of bytes can lie between: places in two choices."""

    before: NDArray[np.int64]
    behind: NDArray[np.int64]
    scores: Floats


@lru_cache(maxsize=_KEPT_ADJACENT)
def _adjacent(lead: int, ends: Choice) -> _Adjacent:
    """Return what can be on both sides of a pair lost behind `lead`, with log probabilities of the second."""
    starts = before_gap(lead)
    rows, columns = np.nonzero(_pairing()[starts.trails[:, None], ends.leads[None, :]])
    if not len(rows):
        return _Adjacent(rows, columns, np.zeros(0, np.float32))
    scores = shipped().matrix(starts.among.symbols, ends.among) - ends.foreign
    return _Adjacent(rows, columns, scores[rows, columns])


class Gap(NamedTuple):
    """Pairs of bytes that were lost: what stood before them, and how many there were.

    Attributes:
        context: the last two characters before the one whose second byte was lost.
        lead: the first byte of that character.
        pairs: how many pairs were lost.
        split: whether an annotation split that character, so that it has none of its own.
    """

    context: str
    lead: int
    pairs: int
    split: bool


class End(NamedTuple):
    """Where a gap ends.

    Attributes:
        among: what the last character can be; its first byte was the second byte of the last lost pair.
        bare: whether it has no annotation.
        right: the character behind it, empty where that is not known.
    """

    among: Choice
    bare: bool
    right: str = ""

    @property
    def ways(self) -> int:
        """How many ways are followed: more where what is behind does not help to choose."""
        return _ENDS if self.right else _OPEN_ENDS

    def costs(self, model: DocumentModel) -> Floats | float:
        """Return what speaks against each character."""
        costs: Floats | float = model.bare[self.among.codes] if self.bare else 0.0
        return costs - right_of(self.among, self.right) if self.right else costs


def fill(model: DocumentModel, gap: Gap, end: End, gains: Gains) -> list[tuple[str, float]]:
    """Return the most probable texts over a gap, with log probabilities; `gains` favour some characters."""
    if not end.among.among.characters:
        return []
    return (_fill_one if gap.pairs == 1 else _fill_more)(model, gap, end, gains)


def _fill_one(model: DocumentModel, gap: Gap, end: End, gains: Gains) -> list[tuple[str, float]]:
    before, behind, scores = _adjacent(gap.lead, end.among)
    if not len(before):
        return []
    starts = before_gap(gap.lead)
    likely = model.gained(gap.context, starts, gains, bare=not gap.split)
    totals = likely[before] + scores
    if end.bare or end.right:
        totals -= np.asarray(end.costs(model))[behind]
    found = []
    for place in best_places(totals, end.ways).tolist():
        first, last = before[place], end.among.among.characters[behind[place]]
        written = starts.among.characters[first]
        score = float(likely[first]) + model.after((gap.context + written)[-2:], last)
        found.append((written + last, score - model.bare_cost(last) if end.bare else score))
    return found


def _fill_more(model: DocumentModel, gap: Gap, end: End, gains: Gains) -> list[tuple[str, float]]:
    ways = _ways(model, gap, gains, gap.pairs)
    if not ways:
        return []
    ends = end.among
    scores = shipped().matrix(np.array([way.symbol for way in ways]), ends.among) - ends.foreign
    scores -= end.costs(model)
    scores += np.array([way.score for way in ways], np.float32)[:, None]
    trails = np.array([way.trail for way in ways])
    scores[~_pairing()[trails[:, None], ends.leads[None, :]]] = -np.inf
    flat = scores.ravel()
    found = []
    for place in best_places(flat, end.ways).tolist():
        if flat[place] > -1e9:
            row, column = divmod(place, scores.shape[1])
            way, last = ways[row], ends.among.characters[column]
            score = way.score + model.after((gap.context + way.written)[-2:], last)
            found.append((way.written + last, score - model.bare_cost(last) if end.bare else score))
    return found


def _ways(model: DocumentModel, gap: Gap, gains: Gains, pairs: int) -> list[Way]:
    """Return the best texts up to the last of `pairs` lost pairs."""
    key = (gap.context, gap.lead, gap.split, gains, pairs)
    found = model.ways.get(key)
    if found is None:
        if len(model.ways) > _KEPT_WAYS:
            model.ways.clear()
        found = (
            _starts(model, gap, gains) if pairs == 1 else _middles(model, _ways(model, gap, gains, pairs - 1))
        )
        model.ways[key] = found
    return found


def _starts(model: DocumentModel, gap: Gap, gains: Gains) -> list[Way]:
    starts = before_gap(gap.lead)
    if not starts.among.characters:
        return []
    scores = model.gained(gap.context, starts, gains, bare=not gap.split)
    characters, symbols, trails = starts.among.characters, starts.among.symbols, starts.trails
    return [
        Way(characters[place], float(scores[place]), int(symbols[place]), int(trails[place]))
        for place in best_places(scores, _STARTS).tolist()
    ]


def _middles(model: DocumentModel, ways: list[Way]) -> list[Way]:
    """Return the best ways one character further."""
    if not ways:
        return []
    middle, table = _between_gaps()
    rows, columns, scores = shipped().followers([way.symbol for way in ways])
    places = table[np.array([way.trail for way in ways])[rows], columns]
    costs = model.bare[middle.codes][places]
    totals = np.where(places >= 0, np.array([way.score for way in ways])[rows] + scores - costs, -np.inf)
    found = []
    for cell in best_places(totals, _MIDDLES).tolist():
        if (place := int(places[cell])) >= 0:
            written = ways[int(rows[cell])].written + middle.among.characters[place]
            symbol, trail = int(middle.among.symbols[place]), int(middle.trails[place])
            found.append(Way(written, float(totals[cell]), symbol, trail))
    best_way = max(ways, key=lambda way: way.score)
    unknown = int(shipped().candidates(UNKNOWN).symbols[0])
    found.append(Way(best_way.written + UNKNOWN, best_way.score - 3.0, unknown, _ANY))
    return found
