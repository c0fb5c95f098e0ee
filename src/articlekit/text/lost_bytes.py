"""Which characters bytes can be of which some are lost: the candidates, the most common first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from articlekit.text import gbk
from articlekit.text.character_model import shipped
from articlekit.text.document_model import Candidates, candidates
from articlekit.text.pinyin import readings, without_tone

_RARE = -15.0  # log probability within its class below which a character is no candidate
_OTHER_TONE = 3.0  # nats: a reading is given with another tone than any known


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
        Entry(c, trail, _OTHER_TONE) for c, trail in known if any(without_tone(r) == toneless for r in readings(c))
    )


@cache
def with_lead(lead: int) -> Candidates:
    """Return the characters that start with `lead` and have a trail that a decoder takes for a lead."""
    return _common(character for trail, character in gbk.by_lead().get(lead, ()) if trail > 0x80)


@cache
def before_gap(lead: int) -> Candidates:
    """Return the characters that start with `lead` and whose trail can start an unassigned pair."""
    unassigned = gbk.unassigned_trails()
    return _common(character for trail, character in gbk.by_lead().get(lead, ()) if trail in unassigned)


@cache
def between_gaps(lead: int) -> Candidates:
    """Return the characters between two lost pairs, the first of which starts with `lead`."""
    unassigned = gbk.unassigned_trails()
    firsts = set(unassigned[lead])
    pairs = gbk.assigned().items()
    return _common((c for pair, c in pairs if pair >> 8 in firsts and pair & 0xFF in unassigned), 250)


@cache
def after_gap(lead: int, trail: int) -> Candidates:
    """Return the characters that end with `trail` and start with a byte that makes `lead` unassigned."""
    assigned = gbk.assigned()
    pairs = (first << 8 | trail for first in gbk.unassigned_trails()[lead] if first > 0x80)
    return _common(assigned[pair] for pair in pairs if pair in assigned)


def _common(characters: Iterable[str], limit: int | None = None) -> Candidates:
    alone = shipped().alone
    known = sorted(((alone(character), character) for character in characters), reverse=True)
    return candidates(tuple(character for score, character in known if score > _RARE)[:limit])
