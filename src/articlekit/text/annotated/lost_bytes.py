"""Which characters bytes can be of which some are lost, and the most probable text in such a gap.

A decoder drops a pair of bytes it has no character for, or puts a mark in its place. Read one byte off,
such a pair is the second byte of one character and the first of the next: `before_gap` gives what the
former can be, `fill` the most probable text from there to a byte that is known again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articlekit.text.annotated import gbk
from articlekit.text.annotated.document_model import UNKNOWN, DocumentModel
from articlekit.text.annotated.pinyin import characters_read, readings, without_tone
from articlekit.text.character_model import Candidates, shipped

_RARE = -15.0  # log probability within its class below which a character is no candidate
_OTHER_TONE = 3.0  # nats: a reading is given with another tone than any known
_ANY = 0xFF  # in place of a byte that may be any
_STARTS, _MIDDLES, _ENDS = 10, 12, 6  # how many of each `fill` follows


class Entry(NamedTuple):
    """A character that an annotation may belong to; `cost` in nats where the reading fits badly."""

    character: str
    trail: int
    cost: float


class Choice(NamedTuple):
    """Candidates with their bytes."""

    among: Candidates
    leads: NDArray[np.int64]
    trails: NDArray[np.int64]


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
    choice = _choice(character for pair, character in gbk.assigned().items() if pair & 0xFF in unassigned)
    table = np.full((256, shipped().symbols), -1)
    table[_ANY, choice.among.symbols[::-1]] = np.arange(len(choice.among.symbols))[::-1]
    for lead, trails in unassigned.items():
        usable = np.flatnonzero(np.isin(choice.leads, trails))[::-1]
        table[lead, choice.among.symbols[usable]] = usable
    return choice, table


@cache
def _pairing() -> NDArray[np.bool_]:
    """Tell for each lead and trail whether they make an unassigned pair."""
    table = np.zeros((256, 256), np.bool_)
    for lead, trails in gbk.unassigned_trails().items():
        table[lead, list(trails)] = True
    table[_ANY] = True
    return table


def _choice(characters: Iterable[str]) -> Choice:
    alone = shipped().alone
    known = sorted(((alone(character), character) for character in characters), reverse=True)
    chosen = "".join(character for score, character in known if score > _RARE)
    pairs = np.array([gbk.pairs()[character] for character in chosen], np.int64)
    return Choice(shipped().candidates(chosen), pairs >> 8, pairs & 0xFF)


class _Way(NamedTuple):
    written: str
    score: float
    symbol: int
    trail: int


def fill(
    model: DocumentModel, context: str, lead: int, gaps: int, ends: Choice, gains: Mapping[str, float]
) -> list[tuple[str, float]]:
    """Return the most probable texts over `gaps` lost pairs behind `context`, with log probabilities.

    `lead` waits for its trail, which was the first byte of the first lost pair; the text ends with one of
    `ends`, whose first byte was the second byte of the last one. `gains` speak for some characters.
    """
    ways = _starts(model, context, lead, gains)
    for _ in range(gaps - 1):
        ways = _middles(ways)
    if not ways or not ends.among.characters:
        return []
    scores = shipped().matrix(np.array([way.symbol for way in ways]), ends.among)
    scores += np.array([way.score for way in ways])[:, None]
    trails = np.array([way.trail for way in ways])
    scores[~_pairing()[trails[:, None], ends.leads[None, :]]] = -np.inf
    flat = scores.ravel()
    best = np.argpartition(flat, -_ENDS)[-_ENDS:] if len(flat) > _ENDS else np.arange(len(flat))
    found = []
    for place in best.tolist():
        if flat[place] > -1e9:
            row, column = divmod(place, scores.shape[1])
            written = ways[row].written + ends.among.characters[column]
            found.append((written, model.written(context, written)))
    return found


def _starts(model: DocumentModel, context: str, lead: int, gains: Mapping[str, float]) -> list[_Way]:
    choice = before_gap(lead)
    among = choice.among
    return [
        _Way(among.characters[place], score, int(among.symbols[place]), int(choice.trails[place]))
        for place, score in model.ranked_places(context, among, gains, _STARTS)
    ]


def _middles(ways: list[_Way]) -> list[_Way]:
    """Return the best ways one character further."""
    if not ways:
        return []
    choice, table = _between_gaps()
    rows, columns, scores = shipped().followers([way.symbol for way in ways])
    places = table[np.array([way.trail for way in ways])[rows], columns]
    totals = np.where(places >= 0, np.array([way.score for way in ways])[rows] + scores, -np.inf)
    best = (
        np.argpartition(totals, -_MIDDLES)[-_MIDDLES:] if len(totals) > _MIDDLES else np.arange(len(totals))
    )
    found = []
    for cell in best.tolist():
        if (place := int(places[cell])) >= 0:
            written = ways[int(rows[cell])].written + choice.among.characters[place]
            symbol, trail = int(choice.among.symbols[place]), int(choice.trails[place])
            found.append(_Way(written, float(totals[cell]), symbol, trail))
    best_way = max(ways, key=lambda way: way.score)
    unknown = int(shipped().candidates(UNKNOWN).symbols[0])
    found.append(_Way(best_way.written + UNKNOWN, best_way.score - 3.0, unknown, _ANY))
    return found
