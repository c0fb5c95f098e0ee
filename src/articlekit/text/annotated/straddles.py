"""Reading GBK text again whose byte pairs were split by inserted annotations.

Where an annotation was inserted between the two bytes of a character, a decoder read what follows one
byte off until the next ASCII byte: `適當的溝通方式。</p>` became `適當(dāng)?shù)臏贤ǚ绞健?/p>`. `restore`
walks over such text with all states the bytes can be in, drops the annotations and returns the most
probable text. States are few, because almost all bytes are known: only a byte that was lost with a
bracket, with a private-use character or with the ASCII byte behind it opens several ways, and these
are ranked by `Evidence.model`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from articlekit.text.annotated.annotations import ANNOTATION, eaten_before, reading_of
from articlekit.text.annotated.byte_walk import (
    ALIGNED,
    LITERAL,
    LOST_PAIR,
    REPLACEMENT,
    ByteWalk,
    Restored,
    State,
)
from articlekit.text.annotated.document_model import Choice, right_of
from articlekit.text.annotated.evidence import Evidence
from articlekit.text.annotated.lost_bytes import End, before_gap, entries, with_lead, with_reading, with_trail
from articlekit.text.annotated.pinyin import is_syllable, readings, without_tone
from articlekit.text.character_model import Floats, shipped

_LONGEST = 4000  # characters of a stretch; longer ones are no text
_LONGEST_UNMARKED = 300
_SEARCHES = 300  # for lost pairs in a stretch
_LAST, _LAST_LOST = 8, 6  # how many last characters are followed whose second byte is lost
_FAR = 5.0  # nats behind the best below which a state is not worth the search for lost pairs
_ASCII_EATEN = "\n (),-.0:<%"  # what may stand for all that a decoder can eat; 0 for any digit

# Costs in nats: how rarely a thing happens.
_LITERAL = 15.0  # a damaged annotation is really what the author wrote
_LITERAL_TONED = 30.0  # the same where its reading is one, with a tone mark
_MISREAD = 10.0  # an annotation does not fit the pair of bytes before it
_DROPPED = 12.0  # the mark of a lost byte was lost as well
_LETTER = 8.0  # the lost second byte of a pair was an ASCII letter
_UNASSIGNED = 2.0  # the mark stands for a whole pair
_UNMARKED = 3.0  # a byte was lost without a mark, where that happens
_LONE = 0.0  # the mark stands for the byte 0x80
_NARROW = 6.0  # a fullwidth character was made narrow after decoding
_EATEN = 1.0  # the mark stands for a byte and the ASCII character behind it
_GOOD = -3.5  # log probability for each character above which no more lost pairs are thought of
_SUSPECT_ENTRY = -6.0  # the same for an annotated character
_SUSPECT = -12.0  # log probability of two characters below which a pair may have been lost between them


@lru_cache(maxsize=256)
def eaten_behind(among: Choice) -> Floats:
    """Return the log probability of what a decoder can eat behind each of a choice: a matrix."""
    return shipped().matrix(among.among.symbols, shipped().candidates(_ASCII_EATEN))


_Step: TypeAlias = "Callable[[State, str, int], None]"


def restore(text: str, start: int, context: str, evidence: Evidence) -> Restored:
    """Restore the damaged stretch of `text` that begins at `start`, after the characters `context`.

    The result has no text where the bytes fit nothing, or nothing better than leaving them as they are.
    """
    walk = _Walk(text, start, evidence)
    states = [State(ALIGNED, context[-2:], 0.0, None, 99.0)]
    at = start
    longest = _LONGEST_UNMARKED if evidence.silent else _LONGEST
    while at - start < longest:
        step, end, value = walk.token(at)
        states = walk.advance(states, step, value, end)
        if not states:
            return Restored(start, end, None, 0.0)
        if at == end or walk.is_over(states, end):
            return walk.best(states, start, end)
        at = end
    return Restored(start, at, None, 0.0)


class _Walk(ByteWalk):
    """A walk token by token; each kind of token has its handler."""

    def __init__(self, text: str, start: int, evidence: Evidence) -> None:
        super().__init__(text, start, evidence)
        self.best_score = 0.0
        self.searches = 0

    def token(self, at: int) -> tuple[_Step, int, str]:
        """Return the handler of the piece of text at `at`, its end and its value."""
        character = self.text[at : at + 1]
        if character in ("(", "?", REPLACEMENT):
            if found := ANNOTATION.match(self.text, at):
                intact = self._silent if self.evidence.silent else self._annotation
                return intact if found[1] == "(" else self._residue, found.end(), reading_of(found[2])
            if character != "(":
                return self._question if character == "?" else self._replacement, at + 1, character
        if character in ("", "\n"):
            return self._break, at, ""
        return self._ascii if character < "\x80" else self._character, at + 1, character

    def annotation_at(self, at: int) -> bool:
        return (
            self.text[at : at + 1] in ("(", "?", REPLACEMENT) and ANNOTATION.match(self.text, at) is not None
        )

    def is_over(self, states: list[State], end: int) -> bool:
        """Tell whether text that is sound begins at `end`."""
        if any(state.pending >= 0 for state in states) or self.annotation_at(end):
            return False
        # A letter behind something lost may be a part of it.
        lost = self.text[end - 1] in "?\ufffd" or any(state.context[-1:] == REPLACEMENT for state in states)
        return not (lost and self.is_lone_letter(self.text[end : end + 1], end + 1))

    def advance(self, states: list[State], step: _Step, value: str, end: int) -> list[State]:
        """Return the states after a token, the best ones only."""
        self.new = {}
        annotation = step in (self._residue, self._annotation, self._silent)
        self.best_score = max(state.score for state in states)
        for state in states:
            if state.pending == ALIGNED and not annotation:
                gain, written = 0.0, value
                if value:
                    written = self.letter(state.context, value, end - 1, end)
                    gain = self.probability(state.context, value) - self.odd_cost(state, value, end)
                    if not self.annotation_at(end):
                        gain -= self.evidence.model.bare_cost(value)
                self.go(state, ALIGNED, written, gain)
            else:
                step(state, value, end)
        return self.states()

    # Characters -----------------------------------------------------------------------------------

    def _character(self, state: State, value: str, end: int) -> None:
        pair = self.pairs.get(value)
        if pair is None:
            written = REPLACEMENT + value
            self.go(state, ALIGNED, written, self.written(state.context, written) - _DROPPED)
        elif state.pending >= LOST_PAIR:
            self._filled(state, pair, 0.0, end)
        else:
            self._pair(state, pair, end)
            if self.evidence.silent:
                self._any_trail(state, value, -_UNMARKED)
            if value == "€":
                self._lone(state)

    def _pair(self, state: State, pair: int, end: int) -> None:
        """Complete the pending byte with the first of `pair`."""
        written = self.assigned.get(state.pending << 8 | pair >> 8)
        likely = -99.0
        if written:
            likely = self.probability(state.context, written)
            bare = 0.0 if state.split else self.evidence.model.bare_cost(written)
            self._resume(state, written, likely - bare, pair & 0xFF, end)
        if (
            self.evidence.gaps
            and self.searches < _SEARCHES
            and state.score > self.best_score - _FAR
            and (not written or likely + self._next(written, pair & 0xFF, end) < _SUSPECT)
        ):
            self.searches += 1
            for gaps in (1, 2, 3):
                lost = state._replace(pending=state.pending + gaps * LOST_PAIR)
                if self._filled(lost, pair, -gaps * self.evidence.gap_cost, end) > _GOOD * (gaps + 1):
                    break

    def _filled(self, state: State, pair: int, gain: float, end: int) -> float:
        """Go on after lost pairs, the last of which is followed by `pair`; return the best score."""
        best = -99.0
        for written, likely in self.fill(
            state, End(with_trail(pair >> 8), True, self._behind(pair & 0xFF, end) or "")
        ):
            self._resume(state, written, gain + likely, pair & 0xFF, end)
            best = max(best, likely)
        gaps, pending = divmod(state.pending, LOST_PAIR)
        if gaps == 1 and (value := self.assigned.get(pair)):
            rest = REPLACEMENT + value  # the lost second byte may have been a letter
            for written, likely, _ in self.ranked(
                state, before_gap(pending), 1, right_of(before_gap(pending), REPLACEMENT)
            ):
                more = self.written((state.context + written)[-2:], rest) - _LETTER
                self.go(state, ALIGNED, written + rest, gain + likely + more)
        return best

    def _resume(self, state: State, written: str, gain: float, trail: int, end: int) -> None:
        """Go on after `written` with the second byte of what the decoder took for a pair."""
        if trail > 0x80:
            self.go(state, trail, written, gain)
        elif trail < 0x80:
            letter = chr(trail)
            more = self.probability((state.context + written)[-2:], letter)
            shown = self.letter(written, letter, end - 1, end)
            self.go(state, ALIGNED, written + shown, gain + more)

    def _next(self, written: str, pending: int, end: int) -> float:
        """Return the log probability of the character behind `written`, where it is known."""
        behind = self._behind(pending, end)
        if behind is None:
            return -99.0
        return self.probability(written, behind) if behind else 0.0

    def _behind(self, pending: int, end: int) -> str | None:
        """Return the character that `pending` begins, empty where it is not known, None where none fits."""
        following = self.pairs.get(self.text[end : end + 1])
        if pending <= 0x80 or following is None:
            return ""
        return self.assigned.get(pending << 8 | following >> 8)

    def _right(self, end: int) -> str:
        """Return the character at `end` where it is what it seems to be, as behind an ASCII character."""
        right = self.text[end : end + 1]
        return "" if right in ("(", "?", REPLACEMENT) else right

    def _ascii(self, state: State, value: str, end: int) -> None:
        code = ord(value)
        if code >= 0x40:
            found = ANNOTATION.match(self.text, end)
            reading = reading_of(found[2]) if found and found[1] == "(" else None
            for written, gain in self._completed(state, code, reading, self._right(end)):
                self.go(state, ALIGNED, written, gain)
            if self.evidence.gaps and state.pending < LOST_PAIR and state.score > self.best_score - _FAR:
                for gaps in (1, 2):
                    lost = state._replace(pending=state.pending + gaps * LOST_PAIR)
                    for written, gain in self._completed(lost, code, reading, self._right(end)):
                        self.go(state, ALIGNED, written, gain - gaps * self.evidence.gap_cost)
        else:
            self._any_trail(state, value, -_UNMARKED if self.evidence.silent else -_DROPPED)
        if 0x20 <= code < 0x7F:
            wide = 0xA1A1 if code == 0x20 else 0xA380 + code
            for written, gain in self._completed(state, wide >> 8):
                self.go(state, wide & 0xFF, written, gain - _NARROW)

    def _completed(
        self, state: State, trail: int, reading: str | None = None, right: str = ""
    ) -> list[tuple[str, float]]:
        """Return the characters that the pending byte and `trail` can make, with their log probability."""
        if state.pending >= LOST_PAIR:
            return self.fill(state, End(with_trail(trail, reading), reading is None, right))
        written = self.assigned.get(state.pending << 8 | trail)
        if not written:
            return []
        bare = 0.0 if state.split or reading else self.evidence.model.bare_cost(written)
        return [(written, self.probability(state.context, written) - bare)]

    # Marks of lost bytes --------------------------------------------------------------------------

    def _question(self, state: State, value: str, end: int) -> None:
        behind = eaten_before(self.text, end)
        if behind:
            self._any_trail(state, behind, -_EATEN)
        else:
            self._eaten(state, end)
        self._lone(state)
        self._unassigned(state)

    def _replacement(self, state: State, value: str, end: int) -> None:
        self._any_trail(state, "", 0.0, self._right(end))
        self._lone(state)
        self._unassigned(state)

    def _any_trail(self, state: State, behind: str, gain: float, right: str = "") -> None:
        """Complete the pending byte with any trail; `behind` stands after it, or else `right`, if known."""
        for written, likely in self._endings(state, behind or right):
            more = self.probability((state.context + written)[-2:], behind) if behind else 0.0
            self.go(state, ALIGNED, written + behind, gain + likely + more)

    def _endings(self, state: State, right: str) -> list[tuple[str, float]]:
        """Return what the pending byte and a lost one can make, and what is before it if more is lost."""
        gaps, pending = divmod(state.pending, LOST_PAIR)
        if not gaps:
            among = with_lead(pending)
            behind = right_of(among, right) if right else 0.0
            return [(written, gain) for written, gain, _ in self.ranked(state, among, _LAST, behind)]
        return self._unknown_endings(state, gaps, pending)

    def _unknown_endings(self, state: State, gaps: int, pending: int) -> list[tuple[str, float]]:
        # Nothing is known of the last characters but that they are there.
        rest = REPLACEMENT * gaps
        ranked = self.ranked(state, before_gap(pending), _LAST_LOST, 0.0)
        return [(written + rest, gain + self.written(written, rest)) for written, gain, _ in ranked]

    def _eaten(self, state: State, end: int) -> None:
        """Complete the pending byte with any trail, behind which some ASCII character was lost."""
        right = self.text[end : end + 1] or "\n"
        counted = self.probability(REPLACEMENT, right)
        # What stands to the right is counted here, with the best lost character, and not again behind it.
        gains = np.array([self.probability(one, right) - counted - _EATEN for one in _ASCII_EATEN])
        gaps, pending = divmod(state.pending, LOST_PAIR)
        if gaps:
            for written, likely in self._unknown_endings(state, gaps, pending):
                more = max(
                    self.probability(REPLACEMENT, one) + gain
                    for one, gain in zip(_ASCII_EATEN, gains, strict=True)
                )
                self.go(state, ALIGNED, written + REPLACEMENT, likely + more)
        else:
            among = with_lead(pending)
            for written, likely, more in self.ranked(
                state, among, _LAST, (eaten_behind(among) + gains).max(1)
            ):
                self.go(state, ALIGNED, written + REPLACEMENT, likely + more)

    def _lone(self, state: State) -> None:
        """Complete the pending byte with 0x80, which no decoder takes for the beginning of a pair."""
        for written, gain in self._completed(state, 0x80):
            self.go(state, ALIGNED, written, gain - _LONE)

    def _unassigned(self, state: State) -> None:
        """Take the mark for a whole pair."""
        if state.pending < 4 * LOST_PAIR:
            self.go(state, state.pending + LOST_PAIR, "", -_UNASSIGNED, state.split)

    # Annotations ----------------------------------------------------------------------------------

    def _residue(self, state: State, value: str, end: int) -> None:
        if state.pending == ALIGNED:
            toned = value != without_tone(value) and is_syllable(value)
            self.go(state, ALIGNED, LITERAL, -_LITERAL_TONED if toned else -_LITERAL)
            for entry in entries(self.pairs.get(state.context[-1:], 0) & 0xFF, value):
                if entry.trail > 0x80:
                    cost = entry.cost + self.evidence.entry_cost(entry.character, value)
                    self.go(state, entry.trail, "", -cost, split=True)
        elif state.pending < LOST_PAIR:
            found = -99.0
            for entry in entries(state.pending, value):
                gain = self.probability(state.context, entry.character)
                gain -= entry.cost + self.evidence.entry_cost(entry.character, value)
                self.go(state, ALIGNED, entry.character, gain)
                found = max(found, gain)
            if self.evidence.gaps and found < _SUSPECT_ENTRY:
                for gaps in (1, 2):
                    lost = state._replace(pending=state.pending + gaps * LOST_PAIR)
                    self._ended_gap(lost, value, -gaps * self.evidence.gap_cost, end)
        else:
            self._ended_gap(state, value, 0.0, end)

    def _silent(self, state: State, value: str, end: int) -> None:
        """Take an intact annotation for what it is, or for one whose lost byte left no mark."""
        last = state.context[-1:]
        if state.pending == ALIGNED and state.node is None:
            self.go(state, ALIGNED, LITERAL, 0.0 if value in readings(last) else -_MISREAD)
        else:
            self._annotation(state, value, end)
        self._residue(state, value, end)

    def _ended_gap(self, state: State, reading: str, gain: float, end: int) -> None:
        """End lost pairs at a damaged annotation: the trail of the last, the byte lost with the bracket."""
        for written, likely in self.fill(state, End(with_reading(reading), False, self._right(end))):
            self.go(state, ALIGNED, written, gain + likely - self.evidence.entry_cost(written[-1], reading))

    def _annotation(self, state: State, value: str, end: int) -> None:
        last = state.context[-1:]
        if state.pending == ALIGNED:
            entry = last
        else:
            entry = self.assigned.get((self.pairs.get(last, 0) & 0xFF) << 8 | state.pending & 0xFF, "")
        fits = state.pending >= LOST_PAIR or (bool(entry) and value in readings(entry))
        self.go(state, state.pending, "", 0.0 if fits else -_MISREAD, split=state.pending >= 0)

    def _break(self, state: State, value: str, end: int) -> None:
        self.go(state, ALIGNED, REPLACEMENT, self.probability(state.context, REPLACEMENT) - _DROPPED)
