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
from typing import TypeAlias

from articlekit.text.annotated.annotations import ANNOTATION, reading_of
from articlekit.text.annotated.byte_walk import ALIGNED, LITERAL, LOST_PAIR, REPLACEMENT, Restored, State
from articlekit.text.annotated.document_model import right_of
from articlekit.text.annotated.evidence import Evidence
from articlekit.text.annotated.lost_bytes import End, before_gap, entries, with_reading, with_trail
from articlekit.text.annotated.lost_marks import MarkWalk
from articlekit.text.annotated.pinyin import is_syllable, readings, without_tone

_LONGEST = 4000  # characters of a stretch; longer ones are no text
_LONGEST_UNMARKED = 300
_SEARCHES = 300  # for lost pairs in a stretch
_FAR = 5.0  # nats behind the best below which a state is not worth the search for lost pairs

# Costs in nats: how rarely a thing happens.
_LITERAL = 15.0  # a damaged annotation is really what the author wrote
_LITERAL_TONED = 30.0  # the same where its reading is one, with a tone mark
_MISREAD = 10.0  # an annotation does not fit the pair of bytes before it
_MISFIT = 12.0  # the author put a reading behind a character that is not read so
_DROPPED = 12.0  # the mark of a lost byte was lost as well
_LETTER = 8.0  # the lost second byte of a pair was an ASCII letter
_UNMARKED = 3.0  # a byte was lost without a mark, where that happens
_NARROW = 6.0  # a fullwidth character was made narrow after decoding
_GOOD = -3.5  # log probability for each character above which no more lost pairs are thought of
_SUSPECT_ENTRY = -6.0  # the same for an annotated character
_SUSPECT = -12.0  # log probability of two characters below which a pair may have been lost between them


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


class _Walk(MarkWalk):
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
                return self.question if character == "?" else self.replacement, at + 1, character
        if character in ("", "\n"):
            return self._break, at, ""
        return self._ascii if character < "\x80" else self._character, at + 1, character

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
                self.any_trail(state, value, -_UNMARKED)
                for written, likely in self.completed(state, 0x80):
                    more = self.probability((state.context + written)[-2:], value)
                    self.go(state, ALIGNED, written + value, likely + more - _UNMARKED)
            if value == "€":
                self.lone(state, end)

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
            for gaps in (1, 2):
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

    def _ascii(self, state: State, value: str, end: int) -> None:
        code = ord(value)
        if code >= 0x40:
            reading, right = self.reading_at(end), self.right(end)
            for written, gain in self.completed(state, code, reading, right):
                self.go(state, ALIGNED, written, gain)
            if self.evidence.gaps and state.pending < LOST_PAIR and state.score > self.best_score - _FAR:
                for gaps in (1, 2):
                    lost = state._replace(pending=state.pending + gaps * LOST_PAIR)
                    for written, gain in self.completed(lost, code, reading, right):
                        self.go(state, ALIGNED, written, gain - gaps * self.evidence.gap_cost)
        else:
            self.any_trail(state, value, -_UNMARKED if self.evidence.silent else -_DROPPED)
        if 0x20 <= code < 0x7F:
            wide = 0xA1A1 if code == 0x20 else 0xA380 + code
            for written, gain in self.completed(state, wide >> 8):
                self.go(state, wide & 0xFF, written, gain - _NARROW)

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
            self.go(state, ALIGNED, LITERAL, 0.0 if value in readings(last) else -_MISFIT)
        else:
            self._annotation(state, value, end)
        self._residue(state, value, end)

    def _ended_gap(self, state: State, reading: str, gain: float, end: int) -> None:
        """End lost pairs at a damaged annotation: the trail of the last, the byte lost with the bracket."""
        for written, likely in self.fill(state, End(with_reading(reading), False, self.right(end))):
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
        if self.evidence.silent:
            self.any_trail(state, "", -_UNMARKED, "\n")
        self.go(state, ALIGNED, REPLACEMENT, self.probability(state.context, REPLACEMENT) - _DROPPED)
