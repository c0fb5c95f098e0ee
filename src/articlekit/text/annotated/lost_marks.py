"""What a byte that waits for its partner can become where only a mark shows that bytes were lost."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from articlekit.text.annotated.annotations import ANNOTATION, eaten_before, reading_of
from articlekit.text.annotated.byte_walk import ALIGNED, LOST_PAIR, REPLACEMENT, ByteWalk, State
from articlekit.text.annotated.document_model import Choice, right_of
from articlekit.text.annotated.lost_bytes import End, before_gap, with_lead, with_trail
from articlekit.text.character_model import Floats, shipped

_LAST, _LAST_LOST = 8, 6  # how many last characters are followed whose second byte is lost
_ASCII_EATEN = "\n (),-.0:<%"  # what may stand for all that a decoder can eat; 0 for any digit
_KEPT = 256

# Costs in nats: how rarely a thing happens.
_UNASSIGNED = 2.0  # the mark stands for a whole pair
_NO_MARKUP = 8.0  # what looks like a tag without its bracket is none
_EATEN = 1.0  # the mark stands for a byte and the ASCII character behind it


@lru_cache(maxsize=_KEPT)
def _eaten_behind(among: Choice) -> Floats:
    """Return the log probability of what a decoder can eat behind each of a choice: a matrix."""
    return shipped().matrix(among.among.symbols, shipped().candidates(_ASCII_EATEN))


class MarkWalk(ByteWalk):
    """A walk that knows what the marks of lost bytes can stand for."""

    def annotation_at(self, at: int) -> bool:
        """Tell whether an annotation stands at a place, intact or damaged."""
        return (
            self.text[at : at + 1] in ("(", "?", REPLACEMENT) and ANNOTATION.match(self.text, at) is not None
        )

    def reading_at(self, at: int) -> str | None:
        """Return the reading of an intact annotation at a place."""
        found = ANNOTATION.match(self.text, at)
        return reading_of(found[2]) if found and found[1] == "(" else None

    def right(self, end: int) -> str:
        """Return the character at `end` where it is what it seems to be, as behind an ASCII character."""
        right = self.text[end : end + 1]
        return "" if right in ("(", "?", REPLACEMENT) else right

    def completed(
        self, state: State, trail: int, reading: str | None = None, right: str = ""
    ) -> list[tuple[str, float]]:
        """Return the characters that the pending byte and `trail` can make, with their log probability.

        `reading` is that of the annotation behind them, `right` the character there, both where known.
        """
        if state.pending >= LOST_PAIR:
            return self.fill(state, End(with_trail(trail, reading), reading is None, right))
        written = self.assigned.get(state.pending << 8 | trail)
        if not written:
            return []
        bare = 0.0 if state.split or reading else self.evidence.model.bare_cost(written)
        return [(written, self.probability(state.context, written) - bare)]

    def question(self, state: State, value: str, end: int) -> None:
        """Take ``?`` for a lost byte and the ASCII character behind it, for the byte 0x80, or for a pair."""
        if behind := eaten_before(self.text, end):
            self.any_trail(state, behind, -_EATEN)
            state = state._replace(score=state.score - _NO_MARKUP)
        else:
            self._eaten(state, end)
        self.lone(state, end)
        self._unassigned(state)

    def replacement(self, state: State, value: str, end: int) -> None:
        """Take U+FFFD for a lost byte, for the byte 0x80, or for a pair."""
        self.any_trail(state, "", 0.0, self.right(end))
        self.lone(state, end)
        self._unassigned(state)

    def any_trail(self, state: State, behind: str, gain: float, right: str = "") -> None:
        """Complete the pending byte with any trail; `behind` stands after it, or else `right`, if known."""
        for written, likely in self._endings(state, behind or right):
            more = self.probability((state.context + written)[-2:], behind) if behind else 0.0
            self.go(state, ALIGNED, written + behind, gain + likely + more)

    def lone(self, state: State, end: int) -> None:
        """Complete the pending byte with 0x80, which no decoder takes for the beginning of a pair."""
        for written, gain in self.completed(state, 0x80, self.reading_at(end)):
            self.go(state, ALIGNED, written, gain)

    def _endings(self, state: State, right: str) -> list[tuple[str, float]]:
        """Return what the pending byte and a lost one can make, and what is before it if more is lost."""
        pairs, pending = divmod(state.pending, LOST_PAIR)
        if pairs:
            return self._unknown_endings(state, pairs, pending)
        among = with_lead(pending)
        behind = right_of(among, right) if right else 0.0
        return [(written, gain) for written, gain, _ in self.ranked(state, among, _LAST, behind)]

    def _unknown_endings(self, state: State, pairs: int, pending: int) -> list[tuple[str, float]]:
        # Nothing is known of the last characters but that they are there.
        rest = REPLACEMENT * pairs
        ranked = self.ranked(state, before_gap(pending), _LAST_LOST, 0.0)
        return [(written + rest, gain + self.written(written, rest)) for written, gain, _ in ranked]

    def _eaten(self, state: State, end: int) -> None:
        """Complete the pending byte with any trail, behind which some ASCII character was lost."""
        right = self.text[end : end + 1] or "\n"
        counted = self.probability(REPLACEMENT, right)
        # What stands to the right is counted here, with the best lost character, and not again behind it.
        gains = np.array([self.probability(one, right) - counted - _EATEN for one in _ASCII_EATEN])
        pairs, pending = divmod(state.pending, LOST_PAIR)
        if pairs:
            more = float((gains + [self.probability(REPLACEMENT, one) for one in _ASCII_EATEN]).max())
            for written, likely in self._unknown_endings(state, pairs, pending):
                self.go(state, ALIGNED, written + REPLACEMENT, likely + more)
            return
        among = with_lead(pending)
        behind = (_eaten_behind(among) + gains).max(1)
        for written, likely, more in self.ranked(state, among, _LAST, behind):
            self.go(state, ALIGNED, written + REPLACEMENT, likely + more)

    def _unassigned(self, state: State) -> None:
        """Take the mark for a whole pair."""
        if state.pending < 4 * LOST_PAIR:
            self.go(state, state.pending + LOST_PAIR, "", -_UNASSIGNED, state.split)
