"""The states that damaged GBK bytes can be in, and the most probable way through them.

A state is (pending, context): the byte that waits for its partner, or `ALIGNED` where none does, and the
last two characters. `LOST_PAIR` is added to a pending byte for every pair of bytes that was lost behind
it; what these were is decided when a byte is known again (`articlekit.text.annotated.lost_bytes.fill`).
"""

from __future__ import annotations

from heapq import nlargest
from typing import NamedTuple, TypeAlias

from articlekit.text.annotated import gbk
from articlekit.text.annotated.document_model import Choice, Gains, best_places
from articlekit.text.annotated.evidence import Evidence
from articlekit.text.annotated.lost_bytes import End, Gap, fill
from articlekit.text.character_model import Floats

REPLACEMENT = "\ufffd"
LITERAL = "\0"  # written by the way that leaves the text as it is
ALIGNED = -1
_MARKS = ("?", REPLACEMENT)
LOST_PAIR = 256
_BEAM, _SPREAD = 24, 16.0
_CLOSING_REACH = 300  # characters within which a bracket is closed
_STRAY = 8.0  # nats: U+FFFD stands in the text for another reason
_ALONE, _ALONE_UPPER = 6.0, 2.0  # an ASCII letter or sign stands alone between Chinese characters


class Restored(NamedTuple):
    """The text of a damaged stretch, or None where it is best left as it is.

    `margin` is its lead over the next best in nats, `lead` that over leaving the stretch as it is.
    """

    start: int
    end: int
    text: str | None
    margin: float
    lead: float = 99.0


Node: TypeAlias = "tuple[Node, str] | None"


class State(NamedTuple):
    """A state of the walk: pending byte and last two characters, how probable it is, what it has written.

    `split` tells that an annotation stands behind the pending byte, in the middle of its character, which
    therefore has none of its own.
    """

    pending: int
    context: str
    score: float
    node: Node
    margin: float
    split: bool = False


def written(state: State) -> str:
    """Return all that was written on the way to a state."""
    parts: list[str] = []
    node = state.node
    while node:
        parts.append(node[1])
        node = node[0]
    return "".join(reversed(parts))


class ByteWalk:
    """One walk over a damaged stretch of `text`, which begins at `start`."""

    def __init__(self, text: str, start: int, evidence: Evidence) -> None:
        self.text, self.evidence = text, evidence
        self.probability, self.written = evidence.model.after, evidence.model.written
        self.assigned, self.pairs = gbk.assigned(), gbk.pairs()
        self.closing = closing_gains(text, start)
        self.new: dict[tuple[int, str], State] = {}

    def odd_cost(self, state: State, value: str, end: int) -> float:
        """Return how rarely the text itself has U+FFFD, or a letter or sign alone behind Chinese."""
        if value == REPLACEMENT:
            return _STRAY
        if "@" <= value <= "~" and state.context[-1:] > "\x80":
            following = self.text[end : end + 1]
            if not (following.isascii() and following.isalpha()):
                return _ALONE_UPPER if "A" <= value <= "Z" else _ALONE
        return 0.0

    def letter(self, context: str, value: str, at: int, end: int) -> str:
        """Return what to write for the ASCII character between `at` and `end`, which `context` precedes.

        A letter alone behind a lost character, or behind the mark of a lost byte, may be the second byte of
        a character: what it was cannot be known.
        """
        if not self.is_lone_letter(value, end):
            return value
        if context[-1:] == REPLACEMENT:
            return ""
        return REPLACEMENT if self.text[at - 1 : at] in _MARKS else value

    def is_lone_letter(self, value: str, end: int) -> bool:
        """Tell whether `value` is one ASCII letter with no letter or digit at `end`."""
        following = self.text[end : end + 1]
        return value.isascii() and value.isalpha() and not (following.isascii() and following.isalnum())

    def best(self, states: list[State], start: int, end: int) -> Restored:
        """Return the best way, the character behind it included."""
        right = self.text[end : end + 1] or "\n"
        ranked = sorted(
            ((state.score + self.probability(state.context, right), state) for state in states),
            key=lambda item: -item[0],
        )
        score, state = ranked[0]
        margin = min([state.margin, *(score - other for other, _ in ranked[1:2])])
        text = written(state)
        if LITERAL in text:
            return Restored(start, end, None, margin)
        lead = next((score - other for other, way in ranked if LITERAL in written(way)), 99.0)
        return Restored(start, end, text, margin, lead)

    def go(self, state: State, pending: int, written: str, gain: float, split: bool = False) -> None:
        """Record the state that writing characters leads to, unless a better one is the same."""
        _, context, score, node, margin, _ = state
        score += gain
        if written:
            context = (context + written)[-2:]
            node = (node, written)
        key = (pending, context)
        if old := self.new.get(key):
            lead = score - old.score
            if lead <= 0:
                if -lead < old.margin:
                    self.new[key] = old._replace(margin=-lead)
                return
            margin = min(margin, lead)
        self.new[key] = State(pending, context, score, node, margin, split)

    def states(self) -> list[State]:
        """Return the states reached, the best ones only, best first."""
        found = nlargest(_BEAM, self.new.values(), key=lambda state: state.score)
        return [state for state in found if state.score >= found[0].score - _SPREAD]

    def fill(self, state: State, end: End) -> list[tuple[str, float]]:
        pairs, pending = divmod(state.pending, LOST_PAIR)
        gap = Gap(state.context, pending, pairs, state.split)
        return fill(self.evidence.model, gap, end, self.closing)

    def ranked(
        self, state: State, among: Choice, count: int, right: Floats | float
    ) -> list[tuple[str, float, float]]:
        """Return the best `count` of a choice behind a state, without annotations.

        Each comes with its log probability and with what `right` says of it, that of what stands behind.
        """
        characters = among.among.characters
        if not characters:
            return []
        scores = self.evidence.model.gained(state.context, among, self.closing, bare=not state.split)
        both = scores + right
        return [
            (characters[place], float(scores[place]), float(both[place] - scores[place]))
            for place in best_places(both, count).tolist()
        ]


def closing_gains(text: str, start: int) -> Gains:
    """Return what speaks for closing brackets and quotes behind `start`, or against those not open."""
    first = max(0, start - _CLOSING_REACH)
    line = text[max(first, text.rfind("\n", first, start) + 1) : start]
    return tuple(
        (close, 2.5 if line.count(opening) > line.count(close) else -4.0)
        for opening, close in zip("（《“‘【〔「『〈", "）》”’】〕」』〉", strict=True)
    )
