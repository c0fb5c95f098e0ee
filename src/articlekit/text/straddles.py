"""Reading GBK text again whose byte pairs were split by inserted annotations.

Where an annotation was inserted between the two bytes of a character, a decoder read what follows one
byte off until the next ASCII byte: `適當的溝通方式。</p>` became `適當(dāng)?shù)臏贤ǚ绞健?/p>`. `restore`
walks over such text with all states the bytes can be in, drops the annotations and returns the most
probable text. States are few, because almost all bytes are known: only a byte that was lost with a
bracket, with a private-use character or with the ASCII byte behind it opens several ways, and these
are ranked by `Evidence.log_probability`.

A state is (pending, last): the byte that waits for its partner, `ALIGNED` where none does, or
`_LOST_TRAIL` + lead where it is the unknown second byte of a lost pair; and the last character.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from typing import NamedTuple, TypeAlias

from articlekit.text import gbk
from articlekit.text.annotations import ANNOTATION, eaten_before, reading_of
from articlekit.text.pinyin import characters_read, readings, without_tone

REPLACEMENT = "\ufffd"
ALIGNED = -1
_LOST_TRAIL = 256
_BEAM, _SPREAD = 32, 22.0
_ASCII_EATEN = "\n (),-./08:;<>%\"'&"  # what may stand for all that a decoder can eat; 0 for any digit

# Costs in nats: how rarely a thing happens.
_LITERAL = 15.0  # a damaged annotation is really what the author wrote
_MISREAD = 10.0  # an annotation does not fit the pair of bytes before it
_DROPPED = 12.0  # the mark of a lost byte was lost as well
_GAP = 5.0  # a private-use character was dropped
_UNASSIGNED = 2.0  # the mark stands for a whole pair
_LONE = 4.0  # the mark stands for the byte 0x80
_NARROW = 6.0  # a fullwidth character was made narrow after decoding
_EATEN = 1.0  # the mark stands for a byte and the ASCII character behind it
_UNANNOTATED = 4.0  # a character of the table stands there without its annotation
_SUSPECT = -8.5  # log probability below which a character may rather be two that lost a pair between them


class Restored(NamedTuple):
    """The text of a damaged stretch `start` to `end`; `margin` (nats) is the lead over the next best."""

    start: int
    end: int
    text: str
    margin: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about a document beside the stretch at hand.

    Attributes:
        log_probability: of a character behind another, in nats.
        table: characters seen annotated in the document, with their readings.
        plain: tells whether a character occurs in the document without an annotation.
        traditional: tells whether a character is used in traditional text only.
        gaps: whether private-use characters may have been dropped from the text.
    """

    log_probability: Callable[[str, str], float]
    table: Mapping[str, Collection[str]]
    plain: Callable[[str], bool]
    traditional: Callable[[str], bool]
    gaps: bool = True


_Node: TypeAlias = "tuple[_Node, str] | None"
_Value: TypeAlias = tuple[float, _Node, float]
_States: TypeAlias = dict[tuple[int, str], _Value]


def restore(text: str, start: int, last: str, evidence: Evidence) -> Restored | None:
    """Restore the damaged stretch of `text` that begins at `start`, after the character `last`.

    Returns None where the bytes fit nothing, or nothing better than leaving the text as it is.
    """
    walk = _Walk(text, evidence)
    states: _States = {(ALIGNED, last): (0.0, None, 99.0)}
    at = start
    while True:
        step, end, value = walk.token(at)
        states = _pruned(step(states, value, end))
        if not states:
            return None
        if at == end or (all(pending < 0 for pending, _ in states) and not walk.annotation_at(end)):
            return walk.best(states, start, end)
        at = end


class _Walk:
    """One walk over a damaged stretch."""

    def __init__(self, text: str, evidence: Evidence) -> None:
        self.text, self.evidence = text, evidence
        self.pair = evidence.log_probability
        self.assigned, self.pairs = gbk.assigned(), gbk.pairs()
        self.behind = True  # whether the token stands behind an annotation
        self.new: _States = {}

    def token(self, at: int) -> tuple[Callable[[_States, str, int], _States], int, str]:
        """Return the handler of the piece of text at `at`, its end and its value."""
        character = self.text[at : at + 1]
        if character in "(?\ufffd" and character:
            if found := ANNOTATION.match(self.text, at):
                intact = found[1] == "("
                return self._annotation if intact else self._residue, found.end(), reading_of(found[2])
            if character == "?":
                return self._question, at + 1, character
            if character == REPLACEMENT:
                return self._replacement, at + 1, character
        if character == "" or character == "\n":
            return self._break, at, ""
        return self._ascii if character < "\x80" else self._character, at + 1, character

    def annotation_at(self, at: int) -> bool:
        return self.text[at : at + 1] in ("(", "?", REPLACEMENT) and ANNOTATION.match(self.text, at) is not None

    def best(self, states: _States, start: int, end: int) -> Restored | None:
        """Return the best way, the character behind it included."""
        right = self.text[end : end + 1] or "\n"
        ranked = sorted(
            ((score + self.pair(last, right), margin, node) for (_, last), (score, node, margin) in states.items()),
            key=lambda item: -item[0],
        )
        score, margin, node = ranked[0]
        if len(ranked) > 1:
            margin = min(margin, score - ranked[1][0])
        parts: list[str] = []
        while node:
            parts.append(node[1])
            node = node[0]
        if "\0" in parts:  # the way that leaves the text as it is
            return None
        return Restored(start, end, "".join(reversed(parts)), margin)

    def _put(self, pending: int, last: str, score: float, node: _Node, margin: float) -> None:
        key = (pending, last)
        old = self.new.get(key)
        if old is None:
            self.new[key] = (score, node, margin)
        elif old[0] >= score:
            self.new[key] = (old[0], old[1], min(old[2], old[0] - score))
        else:
            self.new[key] = (score, node, min(margin, score - old[0]))

    # Characters -----------------------------------------------------------------------------------

    def _character(self, states: _States, value: str, end: int) -> _States:
        self.new = {}
        beside, self.behind = self.behind, False
        pair = self.pairs.get(value)
        for (pending, last), (score, node, margin) in states.items():
            if pending == ALIGNED:
                self._put(ALIGNED, value, score + self.pair(last, value), (node, value), margin)
            elif pair is None:
                self._put(ALIGNED, value, score - _DROPPED, (node, REPLACEMENT + value), margin)
            elif pending >= _LOST_TRAIL:
                self._after_gap(pending - _LOST_TRAIL, last, score, node, margin, pair)
            else:
                written = self.assigned.get(pending << 8 | pair >> 8)
                likely = self.pair(last, written) if written else -99.0
                if written:
                    if not beside and written in self.evidence.table and not self.annotation_at(end):
                        likely -= _UNANNOTATED
                    self._resume(written, score + likely, node, margin, pair & 0xFF)
                if likely < _SUSPECT and self.evidence.gaps:
                    for lead, first, gain in self._gap_starts(pending, last):
                        self._after_gap(lead, first, score + gain - _GAP, (node, first), margin, pair)
                if value == "€" and (lone := self.assigned.get(pending << 8 | 0x80)):
                    self._put(ALIGNED, lone, score + self.pair(last, lone) - _LONE, (node, lone), margin)
        return self.new

    def _resume(self, written: str, score: float, node: _Node, margin: float, trail: int) -> None:
        """Go on after `written` with the second byte of what the decoder took for a pair."""
        if trail > 0x80:
            self._put(trail, written, score, (node, written), margin)
        elif trail < 0x80:
            letter = chr(trail)
            self._put(ALIGNED, letter, score + self.pair(written, letter), (node, written + letter), margin)

    def _ascii(self, states: _States, value: str, end: int) -> _States:
        self.new = {}
        self.behind = False
        code = ord(value)
        wide = 0xA1A1 if code == 0x20 else 0xA380 + code
        for (pending, last), (score, node, margin) in states.items():
            if pending == ALIGNED:
                self._put(ALIGNED, value, score + self.pair(last, value), (node, value), margin)
                continue
            if code >= 0x40:
                for written, gain in self._completed(pending, last, code):
                    self._put(ALIGNED, written, score + gain, (node, written), margin)
            else:
                self._any_trail(pending, last, score - _DROPPED, node, margin, value)
            if 0x20 <= code < 0x7F:  # a fullwidth character that was made narrow later
                for written, gain in self._completed(pending, last, wide >> 8):
                    self._put(wide & 0xFF, written, score + gain - _NARROW, (node, written), margin)
            if code >= 0x40 and pending < _LOST_TRAIL and self.evidence.gaps:
                for lead, first, gain in self._gap_starts(pending, last):
                    for written, more in self._completed(_LOST_TRAIL + lead, first, code):
                        self._put(
                            ALIGNED, written, score + gain + more - _GAP, ((node, first), written), margin
                        )
        return self.new

    def _completed(self, pending: int, last: str, trail: int) -> list[tuple[str, float]]:
        """Return the characters that the pending byte and `trail` can make, with their log probability."""
        if pending < _LOST_TRAIL:
            written = self.assigned.get(pending << 8 | trail)
            return [(written, self.pair(last, written))] if written else []
        return self._ranked(last, _gap_ends(pending - _LOST_TRAIL, trail), 6)

    def _ranked(self, last: str, candidates: Iterable[str], count: int) -> list[tuple[str, float]]:
        pair = self.pair
        return nlargest(count, [(written, pair(last, written)) for written in candidates], key=lambda item: item[1])

    # Lost pairs -----------------------------------------------------------------------------------

    def _gap_starts(self, pending: int, last: str) -> list[tuple[int, str, float]]:
        """Return lead of the lost pair, character it ends, log probability."""
        return [(self.pairs[first] & 0xFF, first, gain) for first, gain in self._ranked(last, _gap_firsts(pending), 8)]

    def _after_gap(self, lead: int, last: str, score: float, node: _Node, margin: float, pair: int) -> None:
        """Go on after a lost pair: its second byte and the first of `pair` make a character."""
        for written, gain in self._ranked(last, _gap_ends(lead, pair >> 8), 6):
            self._resume(written, score + gain, node, margin, pair & 0xFF)
        if gbk.unassigned_trails()[lead][0] < 0x80:  # the lost second byte may have been a letter
            value = self.assigned.get(pair, "")
            if value:
                cost = 9.0
                self._put(ALIGNED, value, score - cost, (node, REPLACEMENT + value), margin)

    # Marks of lost bytes --------------------------------------------------------------------------

    def _question(self, states: _States, value: str, end: int) -> _States:
        self.new = {}
        self.behind = False
        behind = eaten_before(self.text, end)
        for (pending, last), (score, node, margin) in states.items():
            if pending == ALIGNED:
                self._put(ALIGNED, value, score + self.pair(last, value), (node, value), margin)
                continue
            self._eaten(pending, last, score - _EATEN, node, margin, behind, end)
            self._lone_or_pair(pending, last, score, node, margin)
        return self.new

    def _replacement(self, states: _States, value: str, end: int) -> _States:
        self.new = {}
        self.behind = False
        for (pending, last), (score, node, margin) in states.items():
            if pending == ALIGNED:
                self._put(ALIGNED, value, score + self.pair(last, value), (node, value), margin)
                continue
            self._any_trail(pending, last, score, node, margin, "")
            self._lone_or_pair(pending, last, score, node, margin)
        return self.new

    def _any_trail(
        self, pending: int, last: str, score: float, node: _Node, margin: float, behind: str
    ) -> None:
        """Complete the pending byte with any trail."""
        if pending >= _LOST_TRAIL:
            self._put(ALIGNED, behind or REPLACEMENT, score - _DROPPED, (node, REPLACEMENT + behind), margin)
            return
        for written, gain in self._ranked(last, _with_lead(pending), 16):
            more = self.pair(written, behind) if behind else 0.0
            self._put(ALIGNED, behind or written, score + gain + more, (node, written + behind), margin)

    def _eaten(
        self, pending: int, last: str, score: float, node: _Node, margin: float, behind: str | None, end: int
    ) -> None:
        """Complete the pending byte with any trail, behind which an ASCII character was lost."""
        if behind:
            self._any_trail(pending, last, score, node, margin, behind)
            return
        if pending >= _LOST_TRAIL:
            self._put(ALIGNED, REPLACEMENT, score - _DROPPED, (node, REPLACEMENT * 2), margin)
            return
        right = self.text[end : end + 1] or "\n"
        pair = self.pair
        for written, gain in self._ranked(last, _with_lead(pending), 16):
            more = max(pair(written, one) + pair(one, right) for one in _ASCII_EATEN) - pair(REPLACEMENT, right)
            self._put(ALIGNED, REPLACEMENT, score + gain + more, (node, written + REPLACEMENT), margin)

    def _lone_or_pair(self, pending: int, last: str, score: float, node: _Node, margin: float) -> None:
        if pending >= _LOST_TRAIL:
            return
        if lone := self.assigned.get(pending << 8 | 0x80):
            self._put(ALIGNED, lone, score + self.pair(last, lone) - _LONE, (node, lone), margin)
        for lead, first, gain in self._gap_starts(pending, last):
            self._put(_LOST_TRAIL + lead, first, score + gain - _UNASSIGNED, (node, first), margin)

    # Annotations ----------------------------------------------------------------------------------

    def _residue(self, states: _States, value: str, end: int) -> _States:
        self.new = {}
        self.behind = True
        for (pending, last), (score, node, margin) in states.items():
            if pending == ALIGNED:
                self._put(ALIGNED, last, score - _LITERAL, (node, "\0"), margin)
                for entry, trail, cost in _entries(self.pairs.get(last, 0) & 0xFF, value):
                    cost += self._entry_cost(entry, value)
                    self._put(trail, last, score - cost, node, margin)
            elif pending < _LOST_TRAIL:
                for entry, _, cost in _entries(pending, value):
                    cost += self._entry_cost(entry, value) - self.pair(last, entry)
                    self._put(ALIGNED, entry, score - cost, (node, entry), margin)
                if self.evidence.gaps:
                    for lead, first, gain in self._gap_starts(pending, last):
                        self._ended_gap(lead, first, score + gain - _GAP, (node, first), margin, value)
            else:
                self._ended_gap(pending - _LOST_TRAIL, last, score, node, margin, value)
        return self.new

    def _ended_gap(
        self, lead: int, last: str, score: float, node: _Node, margin: float, reading: str
    ) -> None:
        """End a lost pair at a damaged annotation: the trail of the one, the byte lost with the other."""
        leads = gbk.unassigned_trails()[lead]
        for entry in characters_read(reading):
            pair = self.pairs[entry]
            if pair >> 8 in leads and pair & 0xFF > 0x80:
                cost = self._entry_cost(entry, reading) - self.pair(last, entry)
                self._put(ALIGNED, entry, score - cost, (node, entry), margin)

    def _entry_cost(self, character: str, reading: str) -> float:
        """Return how unlikely it is that the table of the document has this entry."""
        evidence = self.evidence
        if reading in evidence.table.get(character, ()):
            return 0.0
        cost = 2.0 if evidence.traditional(character) else 6.0
        return cost + (5.0 if evidence.plain(character) else 0.0)

    def _annotation(self, states: _States, value: str, end: int) -> _States:
        self.new = {}
        self.behind = True
        for (pending, last), (score, node, margin) in states.items():
            if pending == ALIGNED:
                entry = last
            else:
                entry = self.assigned.get((self.pairs.get(last, 0) & 0xFF) << 8 | pending & 0xFF, "")
            fits = bool(entry) and pending < _LOST_TRAIL and value in readings(entry)
            self._put(pending, last, score - (0.0 if fits else _MISREAD), node, margin)
        return self.new

    def _break(self, states: _States, value: str, end: int) -> _States:
        self.new = {}
        for (pending, last), (score, node, margin) in states.items():
            if pending == ALIGNED:
                self._put(ALIGNED, last, score, node, margin)
            else:
                self._put(ALIGNED, REPLACEMENT, score - _DROPPED, (node, REPLACEMENT), margin)
        return self.new


def _pruned(states: _States) -> _States:
    if len(states) < 4:
        return states
    ranked = nlargest(_BEAM, states.items(), key=lambda item: item[1][0])
    floor = ranked[0][1][0] - _SPREAD
    return {key: value for key, value in ranked if value[0] >= floor}


@cache
def _entries(lead: int, reading: str) -> tuple[tuple[str, int, float], ...]:
    """Return character, trail and cost of the characters that start with `lead` and are read so.

    Only such as have a trail that a decoder takes for a lead; the tone may differ where none fits.
    """
    known = [(character, trail) for trail, character in gbk.by_lead().get(lead, ()) if trail > 0x80]
    exact = tuple((c, trail, 0.0) for c, trail in known if reading in readings(c))
    if exact:
        return exact
    toneless = without_tone(reading)
    return tuple((c, trail, 3.0) for c, trail in known if any(without_tone(r) == toneless for r in readings(c)))


@cache
def _with_lead(lead: int) -> str:
    """Return the characters that start with `lead` and have a trail that a decoder takes for a lead."""
    return "".join(character for trail, character in gbk.by_lead().get(lead, ()) if trail > 0x80)


@cache
def _gap_firsts(lead: int) -> str:
    """Return the characters that start with `lead` and whose trail can start an unassigned pair."""
    unassigned = gbk.unassigned_trails()
    return "".join(character for trail, character in gbk.by_lead().get(lead, ()) if trail in unassigned)


@cache
def _gap_ends(lead: int, trail: int) -> str:
    """Return the characters that end with `trail` and start with a byte that makes `lead` unassigned."""
    assigned = gbk.assigned()
    pairs = (first << 8 | trail for first in gbk.unassigned_trails()[lead] if first > 0x80)
    return "".join(assigned[pair] for pair in pairs if pair in assigned)
