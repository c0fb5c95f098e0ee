"""Reading GBK text again whose byte pairs were split by inserted annotations.

Where an annotation was inserted between the two bytes of a character, a decoder read what follows one
byte off until the next ASCII byte: `適當的溝通方式。</p>` became `適當(dāng)?shù)臏贤ǚ绞健?/p>`. `restore`
walks over such text with all states the bytes can be in, drops the annotations and returns the most
probable text. States are few, because almost all bytes are known: only a byte that was lost with a
bracket, with a private-use character or with the ASCII byte behind it opens several ways, and these
are ranked by `Evidence.model`.

A state is (pending, context): the byte that waits for its partner, `ALIGNED` where none does, or
`_LOST_TRAIL` + lead where it is the unknown second byte of a lost pair; and the last two characters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from heapq import nlargest
from math import log
from typing import NamedTuple, TypeAlias

from articlekit.text import gbk
from articlekit.text.annotations import ANNOTATION, eaten_before, reading_of
from articlekit.text.document_model import Candidates, DocumentModel
from articlekit.text.lost_bytes import after_gap, before_gap, between_gaps, entries, with_lead
from articlekit.text.pinyin import characters_read, readings

REPLACEMENT = "\ufffd"
ALIGNED = -1
_LOST_TRAIL = 256
_BEAM, _SPREAD = 32, 22.0
_ASCII_EATEN = "\n (),-./08:;<>%\"'&"  # what may stand for all that a decoder can eat; 0 for any digit

# Costs in nats: how rarely a thing happens.
_LITERAL = 15.0  # a damaged annotation is really what the author wrote
_MISREAD = 10.0  # an annotation does not fit the pair of bytes before it
_DROPPED = 12.0  # the mark of a lost byte was lost as well
_LETTER = 8.0  # the lost second byte of a pair was an ASCII letter
_UNASSIGNED = 2.0  # the mark stands for a whole pair
_LONE = 0.5  # the mark stands for the byte 0x80
_NARROW = 6.0  # a fullwidth character was made narrow after decoding
_EATEN = 1.0  # the mark stands for a byte and the ASCII character behind it
_BARE_ENTRY = 4.0  # a character of the table stands there without its annotation
_PLAIN = 5.0  # a character of the table occurs without its annotation elsewhere
_FOREIGN = 6.0  # a character is in the table that is not only traditional
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
        model: how probable a character is behind others, in this document.
        table: characters seen annotated in the document, with their readings.
        plain: tells whether a character occurs in the document without an annotation.
        traditional: tells whether a character is used in traditional text only.
        share: of the traditional characters of the document that are annotated, 0 to 1.
        gaps: whether private-use characters may have been dropped from the text.
        gap_cost: how rarely a misread pair is such a character, in nats.
    """

    model: DocumentModel
    table: Mapping[str, Collection[str]]
    plain: Callable[[str], bool]
    traditional: Callable[[str], bool]
    share: float = 0.7
    gaps: bool = True
    gap_cost: float = 2.8


_Node: TypeAlias = "tuple[_Node, str] | None"


class _State(NamedTuple):
    pending: int
    context: str
    score: float
    node: _Node
    margin: float


_Step: TypeAlias = "Callable[[_State, str, int], None]"


def restore(text: str, start: int, context: str, evidence: Evidence) -> Restored | None:
    """Restore the damaged stretch of `text` that begins at `start`, after the characters `context`.

    Returns None where the bytes fit nothing, or nothing better than leaving the text as it is.
    """
    walk = _Walk(text, start, evidence)
    states = [_State(ALIGNED, context[-2:], 0.0, None, 99.0)]
    at = start
    while True:
        step, end, value = walk.token(at)
        states = walk.advance(states, step, value, end)
        if not states:
            return None
        if at == end or (all(state.pending < 0 for state in states) and not walk.annotation_at(end)):
            return walk.best(states, start, end)
        at = end


class _Walk:
    """One walk over a damaged stretch."""

    def __init__(self, text: str, start: int, evidence: Evidence) -> None:
        self.text, self.evidence = text, evidence
        self.probability = evidence.model.after
        self.assigned, self.pairs = gbk.assigned(), gbk.pairs()
        self.closing = _closing_gains(text[text.rfind("\n", 0, start) + 1 : start])
        self.bare = -log(max(1.0 - evidence.share, 0.02))
        self.entry = -log(max(evidence.share, 0.02))
        self.behind = True  # whether the token stands behind an annotation
        self.new: dict[tuple[int, str], _State] = {}

    def token(self, at: int) -> tuple[_Step, int, str]:
        """Return the handler of the piece of text at `at`, its end and its value."""
        character = self.text[at : at + 1]
        if character in ("(", "?", REPLACEMENT):
            if found := ANNOTATION.match(self.text, at):
                intact = found[1] == "("
                return self._annotation if intact else self._residue, found.end(), reading_of(found[2])
            if character != "(":
                return self._question if character == "?" else self._replacement, at + 1, character
        if character in ("", "\n"):
            return self._break, at, ""
        return self._ascii if character < "\x80" else self._character, at + 1, character

    def annotation_at(self, at: int) -> bool:
        return self.text[at : at + 1] in ("(", "?", REPLACEMENT) and ANNOTATION.match(self.text, at) is not None

    def advance(self, states: list[_State], step: _Step, value: str, end: int) -> list[_State]:
        """Return the states after a token, the best ones only."""
        self.new = {}
        for state in states:
            if state.pending == ALIGNED and step not in (self._residue, self._annotation):
                if value:
                    self._go(state, ALIGNED, value, self.probability(state.context, value))
                else:
                    self._go(state, ALIGNED, "", 0.0)
            else:
                step(state, value, end)
        self.behind = step in (self._residue, self._annotation)
        found = list(self.new.values())
        if len(found) < 4:
            return found
        found = nlargest(_BEAM, found, key=lambda state: state.score)
        return [state for state in found if state.score >= found[0].score - _SPREAD]

    def best(self, states: list[_State], start: int, end: int) -> Restored | None:
        """Return the best way, the character behind it included."""
        right = self.text[end : end + 1] or "\n"
        ranked = sorted(
            ((state.score + self.probability(state.context, right), state) for state in states),
            key=lambda item: -item[0],
        )
        score, state = ranked[0]
        margin = min([state.margin, *(score - other for other, _ in ranked[1:2])])
        parts: list[str] = []
        node = state.node
        while node:
            parts.append(node[1])
            node = node[0]
        if "\0" in parts:  # the way that leaves the text as it is
            return None
        return Restored(start, end, "".join(reversed(parts)), margin)

    def _go(self, state: _State, pending: int, written: str, gain: float) -> None:
        """Record the state that writing characters leads to, unless a better one is the same."""
        context = (state.context + written)[-2:] if written else state.context
        score, margin = state.score + gain, state.margin
        key = (pending, context)
        if old := self.new.get(key):
            margin = min(old.margin if old.score >= score else margin, abs(old.score - score))
            if old.score >= score:
                self.new[key] = old._replace(margin=margin)
                return
        node = (state.node, written) if written else state.node
        self.new[key] = _State(pending, context, score, node, margin)

    def _written(self, state: _State, written: str) -> float:
        """Return the log probability of several characters behind a state."""
        context, total = state.context, 0.0
        for character in written:
            total += self.probability(context, character)
            context = (context + character)[-2:]
        return total

    # Characters -----------------------------------------------------------------------------------

    def _character(self, state: _State, value: str, end: int) -> None:
        pair = self.pairs.get(value)
        if pair is None:
            written = REPLACEMENT + value
            self._go(state, ALIGNED, written, self._written(state, written) - _DROPPED)
        elif state.pending >= _LOST_TRAIL:
            self._after_gap(state, pair)
        else:
            self._pair(state, pair, end)
            if value == "€":
                self._lone(state)

    def _pair(self, state: _State, pair: int, end: int) -> None:
        """Complete the pending byte with the first of `pair`."""
        written = self.assigned.get(state.pending << 8 | pair >> 8)
        likely = -99.0
        if written:
            likely = self.probability(state.context, written)
            bare = 0.0 if self.behind else self._bare_cost(written, end)
            self._resume(state, written, likely - bare, pair & 0xFF)
        if self.evidence.gaps and (
            not written or likely < _SUSPECT or self._broken(written, pair & 0xFF, end)
        ):
            self._gaps(state, pair)

    def _gaps(self, state: _State, pair: int) -> None:
        """Go on over one to three lost pairs that stood before `pair`."""
        level = [state]
        for depth in range(1, 4):
            past = [
                self._past(one, written, gain - self.evidence.gap_cost, lead)
                for one in level
                for written, lead, gain in self._gap_starts(one)
            ]
            level = nlargest(12, past, key=lambda one: one.score)
            best = max((self._after_gap(one, pair) for one in level), default=-99.0)
            if best - state.score > -4.0 * (depth + 1):
                break

    def _past(self, state: _State, written: str, gain: float, lead: int) -> _State:
        """Return the state behind `written` and the lost pair that starts with `lead`."""
        context = (state.context + written)[-2:]
        return _State(_LOST_TRAIL + lead, context, state.score + gain, (state.node, written), state.margin)

    def _resume(self, state: _State, written: str, gain: float, trail: int) -> None:
        """Go on after `written` with the second byte of what the decoder took for a pair."""
        if trail > 0x80:
            self._go(state, trail, written, gain)
        elif trail < 0x80:
            letter = chr(trail)
            more = self.probability((state.context + written)[-2:], letter)
            self._go(state, ALIGNED, written + letter, gain + more)

    def _bare_cost(self, written: str, end: int) -> float:
        """Return how unlikely it is that a character has no annotation."""
        evidence = self.evidence
        if not evidence.traditional(written) or self.annotation_at(end):
            return 0.0
        if written in evidence.table:
            return _BARE_ENTRY
        return 0.0 if evidence.plain(written) else self.bare

    def _broken(self, written: str, pending: int, end: int) -> bool:
        """Tell whether `written` and the character behind it do not go together."""
        following = self.pairs.get(self.text[end : end + 1])
        if pending <= 0x80 or following is None:
            return False
        behind = self.assigned.get(pending << 8 | following >> 8)
        return behind is None or self.probability(written, behind) < _SUSPECT

    def _ascii(self, state: _State, value: str, end: int) -> None:
        code = ord(value)
        if code >= 0x40:
            for written, gain in self._completed(state, code):
                self._go(state, ALIGNED, written, gain)
            if self.evidence.gaps and state.pending < _LOST_TRAIL:
                for start, lead, gain in self._gap_starts(state):
                    past = self._past(state, start, gain - self.evidence.gap_cost, lead)
                    for written, more in self._completed(past, code):
                        self._go(past, ALIGNED, written, more)
        else:
            self._any_trail(state, value, -_DROPPED)
        if 0x20 <= code < 0x7F:
            wide = 0xA1A1 if code == 0x20 else 0xA380 + code
            for written, gain in self._completed(state, wide >> 8):
                self._go(state, wide & 0xFF, written, gain - _NARROW)

    def _completed(self, state: _State, trail: int) -> list[tuple[str, float]]:
        """Return the characters that the pending byte and `trail` can make, with their log probability."""
        if state.pending >= _LOST_TRAIL:
            return self._ranked(state.context, after_gap(state.pending - _LOST_TRAIL, trail), 6)
        written = self.assigned.get(state.pending << 8 | trail)
        return [(written, self.probability(state.context, written))] if written else []

    def _ranked(self, context: str, among: Candidates, count: int) -> list[tuple[str, float]]:
        return self.evidence.model.ranked(context, among, self.closing, count)

    # Lost pairs -----------------------------------------------------------------------------------

    def _gap_starts(self, state: _State) -> list[tuple[str, int, float]]:
        """Return the character that the first byte of a lost pair completes, that byte, log probability."""
        if state.pending < _LOST_TRAIL:
            among = before_gap(state.pending)
        else:
            among = between_gaps(state.pending - _LOST_TRAIL)
        ranked = self._ranked(state.context, among, 10 if state.pending < _LOST_TRAIL else 20)
        return [(written, self.pairs[written] & 0xFF, gain) for written, gain in ranked]

    def _after_gap(self, state: _State, pair: int) -> float:
        """Go on after a lost pair: its second byte and the first of `pair` make a character.

        Return the best score reached.
        """
        lead, best = state.pending - _LOST_TRAIL, -99.0
        for written, gain in self._ranked(state.context, after_gap(lead, pair >> 8), 12):
            self._resume(state, written, gain, pair & 0xFF)
            best = max(best, state.score + gain)
        if gbk.unassigned_trails()[lead][0] < 0x80 and (value := self.assigned.get(pair)):
            written = REPLACEMENT + value  # the lost second byte may have been a letter
            self._go(state, ALIGNED, written, self._written(state, written) - _LETTER)
        return best

    # Marks of lost bytes --------------------------------------------------------------------------

    def _question(self, state: _State, value: str, end: int) -> None:
        behind = eaten_before(self.text, end)
        if behind:
            self._any_trail(state, behind, -_EATEN)
        else:
            self._eaten(state, end)
        self._lone(state)
        self._unassigned(state)

    def _replacement(self, state: _State, value: str, end: int) -> None:
        self._any_trail(state, "", 0.0)
        self._lone(state)
        self._unassigned(state)

    def _any_trail(self, state: _State, behind: str, gain: float) -> None:
        """Complete the pending byte with any trail; `behind` stands after it."""
        if state.pending >= _LOST_TRAIL:
            written = REPLACEMENT + behind
            self._go(state, ALIGNED, written, gain + self._written(state, written) - _DROPPED)
            return
        for written, likely in self._ranked(state.context, with_lead(state.pending), 16):
            more = self.probability((state.context + written)[-2:], behind) if behind else 0.0
            self._go(state, ALIGNED, written + behind, gain + likely + more)

    def _eaten(self, state: _State, end: int) -> None:
        """Complete the pending byte with any trail, behind which some ASCII character was lost."""
        if state.pending >= _LOST_TRAIL:
            self._go(state, ALIGNED, REPLACEMENT * 2, self._written(state, REPLACEMENT * 2) - _DROPPED)
            return
        right = self.text[end : end + 1] or "\n"
        probability = self.probability
        # What stands to the right is counted here, with the best lost character, and not again behind it.
        counted = probability(REPLACEMENT, right)
        for written, likely in self._ranked(state.context, with_lead(state.pending), 16):
            last = (state.context + written)[-2:]
            more = max(probability(last, one) + probability(written + one, right) for one in _ASCII_EATEN)
            self._go(state, ALIGNED, written + REPLACEMENT, likely + more - counted - _EATEN)

    def _lone(self, state: _State) -> None:
        """Complete the pending byte with 0x80, which no decoder takes for the beginning of a pair."""
        for written, gain in self._completed(state, 0x80):
            self._go(state, ALIGNED, written, gain - _LONE)

    def _unassigned(self, state: _State) -> None:
        """Take the mark for a whole pair."""
        for start, lead, gain in self._gap_starts(state):
            self._go(state, _LOST_TRAIL + lead, start, gain - _UNASSIGNED)

    # Annotations ----------------------------------------------------------------------------------

    def _residue(self, state: _State, value: str, end: int) -> None:
        if state.pending == ALIGNED:
            self._go(state, ALIGNED, "\0", -_LITERAL)
            for entry in entries(self.pairs.get(state.context[-1:], 0) & 0xFF, value):
                if entry.trail > 0x80:
                    self._go(state, entry.trail, "", -entry.cost - self._entry_cost(entry.character, value))
        elif state.pending < _LOST_TRAIL:
            for entry in entries(state.pending, value):
                cost = entry.cost + self._entry_cost(entry.character, value)
                gain = self.probability(state.context, entry.character)
                self._go(state, ALIGNED, entry.character, gain - cost)
            if self.evidence.gaps:
                for start, lead, gain in self._gap_starts(state):
                    self._ended_gap(self._past(state, start, gain - self.evidence.gap_cost, lead), value)
        else:
            self._ended_gap(state, value)

    def _ended_gap(self, state: _State, reading: str) -> None:
        """End a lost pair at a damaged annotation: the trail of the one, the byte lost with the other."""
        leads = gbk.unassigned_trails()[state.pending - _LOST_TRAIL]
        for entry in characters_read(reading):
            pair = self.pairs[entry]
            if pair >> 8 in leads and pair & 0xFF > 0x80:
                gain = self.probability(state.context, entry) - self._entry_cost(entry, reading)
                self._go(state, ALIGNED, entry, gain)

    def _entry_cost(self, character: str, reading: str) -> float:
        """Return how unlikely it is that the table of the document has this entry."""
        evidence = self.evidence
        if reading in evidence.table.get(character, ()):
            return 0.0
        cost = self.entry if evidence.traditional(character) else _FOREIGN
        return cost + (_PLAIN if evidence.plain(character) else 0.0)

    def _annotation(self, state: _State, value: str, end: int) -> None:
        last = state.context[-1:]
        if state.pending == ALIGNED:
            entry = last
        else:
            entry = self.assigned.get((self.pairs.get(last, 0) & 0xFF) << 8 | state.pending & 0xFF, "")
        fits = bool(entry) and state.pending < _LOST_TRAIL and value in readings(entry)
        self._go(state, state.pending, "", 0.0 if fits else -_MISREAD)

    def _break(self, state: _State, value: str, end: int) -> None:
        self._go(state, ALIGNED, REPLACEMENT, self.probability(state.context, REPLACEMENT) - _DROPPED)


def _closing_gains(line: str) -> dict[str, float]:
    """Return what speaks for closing brackets and quotes after `line`: open ones for, the lack of one against."""
    return {
        close: 2.5 if line.count(opening) > line.count(close) else -4.0
        for opening, close in zip("（《“‘【〔「『〈", "）》”’】〕」』〉", strict=True)
    }
