"""Reading GBK text again whose byte pairs were split by inserted annotations.

Where an annotation was inserted between the two bytes of a character, a decoder read what follows one
byte off until the next ASCII byte: `適當的溝通方式。</p>` became `適當(dāng)?shù)臏贤ǚ绞健?/p>`. `restore`
walks over such text with all states the bytes can be in, drops the annotations and returns the most
probable text. States are few, because almost all bytes are known: only a byte that was lost with a
bracket, with a private-use character or with the ASCII byte behind it opens several ways, and these
are ranked by `Evidence.log_probability`.

A state is (pending, last): the byte that waits for its partner, or `ALIGNED`, and the last character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from articlekit.text import gbk
from articlekit.text.pinyin import LETTERS, characters_read, normal_reading, readings, without_tone

REPLACEMENT = "\ufffd"
ALIGNED = -1
_UNKNOWN = 256  # a pending byte of 256 + lead: the unknown trail of a lost pair that starts with lead
_BEAM, _SPREAD = 48, 25.0

# Costs in nats. They stand for how rarely the thing happens, not for how bad it would be.
_LITERAL, _MISREAD, _DROPPED, _GAP, _UNASSIGNED, _LONE, _FULLWIDTH = 15.0, 10.0, 12.0, 6.0, 2.0, 4.0, 6.0
_EATEN, _UNANNOTATED = 1.5, 4.0

_BODY = rf"[{LETTERS}]{{1,7}}(?:\([{LETTERS}]{{1,7}}\)[{LETTERS}]{{1,6}})?"
ANNOTATION = re.compile(rf"(\uFFFD\(|\(|\?)({_BODY})\)")
_NESTED = re.compile(r"\(.*\)")
_TAG = re.compile(
    r"/?(?:a|b|i|p|u|s|h[1-6]|br|dd|div|dl|dt|em|font|hr|img|li|ol|section|small|span|strong|sub|sup|"
    r"table|tbody|td|th|thead|tr|ul|article|blockquote|center|figure|script|style|input|form|iframe)"
    r"(?:\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"(?:nbsp|lt|gt|amp|quot|apos|[lr][ds]quo|hellip|mdash|middot|ensp|emsp|#\d{2,6}|#x[\da-f]{2,6});"
)

Kind: TypeAlias = Literal["character", "annotation", "residue", "unknown", "replacement", "break"]


class Token(NamedTuple):
    """A piece of the damaged text: a character, an annotation, or a sign that bytes were lost."""

    kind: Kind
    start: int
    end: int
    value: str


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


_Node: TypeAlias = "tuple[_Node | None, str]"
_States: TypeAlias = dict[tuple[int, str], tuple[float, _Node, float]]


def tokens(text: str, start: int) -> Iterator[Token]:
    """Yield the pieces of `text` from `start` to the end of its line, and a last one of kind break."""
    at = start
    while at < len(text) and text[at] != "\n":
        character = text[at]
        found = ANNOTATION.match(text, at) if character in "(?\ufffd" else None
        if found:
            reading = normal_reading(_NESTED.sub("", found[2]))
            yield Token("annotation" if found[1] == "(" else "residue", at, found.end(), reading)
            at = found.end()
            continue
        kind: Kind = (
            "unknown" if character == "?" else "replacement" if character == REPLACEMENT else "character"
        )
        yield Token(kind, at, at + 1, character)
        at += 1
    yield Token("break", at, at, "")


def restore(text: str, start: int, last: str, evidence: Evidence) -> Restored | None:
    """Restore the damaged stretch of `text` that begins at `start`, after the character `last`.

    Returns None where the bytes fit nothing, or nothing better than leaving the text as it is.
    """
    walk = _Walk(text, evidence)
    states: _States = {(ALIGNED, last): (0.0, (None, ""), 99.0)}
    pieces = tokens(text, start)
    token = next(pieces)
    while True:
        following = next(pieces, None)
        states = walk.step(states, token, following)
        if not states:
            return None
        if following is None or (
            following.kind not in ("annotation", "residue") and all(p == ALIGNED for p, _ in states)
        ):
            return _best(states, start, token.end, following, evidence)
        token = following


def _best(
    states: _States, start: int, end: int, following: Token | None, evidence: Evidence
) -> Restored | None:
    right = following.value if following and following.kind == "character" else "\n"
    ranked = sorted(
        (
            (score + evidence.log_probability(last, right), margin, node)
            for (_, last), (score, node, margin) in states.items()
        ),
        key=lambda item: -item[0],
    )
    score, margin, node = ranked[0]
    if len(ranked) > 1:
        margin = min(margin, score - ranked[1][0])
    parts: list[str] = []
    walk: _Node | None = node
    while walk:
        parts.append(walk[1])
        walk = walk[0]
    if "\0" in parts:  # the way that leaves the text as it is
        return None
    return Restored(start, end, "".join(reversed(parts)), margin)


class _Walk:
    """One walk over a damaged stretch."""

    def __init__(self, text: str, evidence: Evidence) -> None:
        self.text, self.evidence = text, evidence
        self.assigned, self.pairs, self.by_lead = gbk.assigned(), gbk.pairs(), gbk.by_lead()
        self.unassigned = gbk.unassigned_trails()
        self.new: _States = {}
        self.beside = False  # whether the token stands beside an annotation
        self._behind = True  # whether it stands behind one

    def step(self, states: _States, token: Token, following: Token | None) -> _States:
        """Return the states after `token`, the best ones only."""
        if self.evidence.gaps and token.kind != "break":
            states = self._with_gaps(states)
        self.new = {}
        before = following is not None and following.kind in ("annotation", "residue")
        self.beside = before or self._behind
        self._behind = token.kind in ("annotation", "residue")
        for (pending, last), (score, node, margin) in states.items():
            state = _State(pending, last, score, node, margin)
            getattr(self, f"_{token.kind}")(state, token)
        return _pruned(self.new)

    def _add(self, state: _State, pending: int, written: str, cost: float) -> None:
        """Record the state that writing characters leads to."""
        score, last = state.score - cost, state.last
        for character in written:
            score += self.evidence.log_probability(last, character)
            last = character
        node = (state.node, written) if written else state.node
        key = (pending, last)
        old = self.new.get(key)
        if old is None:
            self.new[key] = (score, node, state.margin)
        elif old[0] >= score:
            self.new[key] = (old[0], old[1], min(old[2], old[0] - score))
        else:
            self.new[key] = (score, node, min(state.margin, score - old[0]))

    def _with_gaps(self, states: _States) -> _States:
        """Return `states` and those in which a private-use character was dropped here."""
        self.new = dict(states)
        for (pending, last), (score, node, margin) in states.items():
            if 0 <= pending < _UNKNOWN:
                self._unassigned(_State(pending, last, score, node, margin), _GAP)
        return _pruned(self.new)

    def _unassigned(self, state: _State, cost: float) -> None:
        for lead in self.unassigned:
            if written := self.assigned.get(state.pending << 8 | lead):
                self._add(state, _UNKNOWN + lead, written, cost)

    def _completions(self, state: _State, trail: int) -> Iterator[str]:
        """Yield the characters that the pending byte and `trail` can make."""
        if state.pending < _UNKNOWN:
            if found := self.assigned.get(state.pending << 8 | trail):
                yield found
            return
        for lead in self.unassigned[state.pending - _UNKNOWN]:
            if lead > 0x80 and (found := self.assigned.get(lead << 8 | trail)):
                yield found

    def _character(self, state: _State, token: Token) -> None:
        value = token.value
        if state.pending == ALIGNED:
            self._add(state, ALIGNED, value, 0.0)
            return
        if value < "\x80":
            self._ascii(state, value)
            return
        if state.pending >= _UNKNOWN and min(self.unassigned[state.pending - _UNKNOWN]) < 0x80:
            self._add(state, ALIGNED, REPLACEMENT + value, _UNASSIGNED)
        pair = self.pairs.get(value)
        if pair is None:
            self._add(state, ALIGNED, REPLACEMENT + value, _DROPPED)
            return
        if value == "€":
            for written in self._completions(state, 0x80):
                self._add(state, ALIGNED, written, _LONE)
        trail = pair & 0xFF
        for written in self._completions(state, pair >> 8):
            cost = _UNANNOTATED if written in self.evidence.table and not self.beside else 0.0
            if trail < 0x80:
                self._add(state, ALIGNED, written + chr(trail), cost)
            elif trail > 0x80:
                self._add(state, trail, written, cost)

    def _ascii(self, state: _State, value: str) -> None:
        code = ord(value)
        if code >= 0x40:
            for written in self._completions(state, code):
                self._add(state, ALIGNED, written, 0.0)
        if 0x20 <= code < 0x7F:  # a fullwidth character that was made narrow later
            pair = 0xA1A1 if code == 0x20 else 0xA380 + code
            for written in self._completions(state, pair >> 8):
                self._add(state, pair & 0xFF, written, _FULLWIDTH)
        if code < 0x40:  # the mark of a lost byte was itself lost
            self._lost_trail(state, value, _DROPPED)

    def _lost_trail(self, state: _State, behind: str, cost: float) -> None:
        """Complete the pending byte with any trail."""
        if state.pending >= _UNKNOWN:
            self._add(state, ALIGNED, REPLACEMENT + behind, cost)
            return
        for trail, written in self.by_lead.get(state.pending, ()):
            if trail > 0x80:
                self._add(state, ALIGNED, written + behind, cost)

    def _unknown(self, state: _State, token: Token) -> None:
        if state.pending == ALIGNED:
            self._add(state, ALIGNED, token.value, 0.0)
            return
        self._lost_trail(state, _eaten(self.text, token.end), _EATEN)
        self._lone_or_unassigned(state)

    def _replacement(self, state: _State, token: Token) -> None:
        if state.pending == ALIGNED:
            self._add(state, ALIGNED, token.value, 0.0)
            return
        self._lost_trail(state, "", 0.0)
        self._lone_or_unassigned(state)

    def _lone_or_unassigned(self, state: _State) -> None:
        if state.pending < _UNKNOWN:
            self._unassigned(state, _UNASSIGNED)
        for written in self._completions(state, 0x80):
            self._add(state, ALIGNED, written, _LONE)

    def _residue(self, state: _State, token: Token) -> None:
        if state.pending == ALIGNED:
            self._add(state, ALIGNED, "\0", _LITERAL)
            for trail, cost in self._annotated(_trail_of(self.pairs, state.last), token.value):
                if trail > 0x80:
                    self._add(state, trail, "", cost)
        elif state.pending < _UNKNOWN:
            for trail, cost in self._annotated(state.pending, token.value):
                self._add(state, ALIGNED, self.assigned[state.pending << 8 | trail], cost)
        else:
            leads = self.unassigned[state.pending - _UNKNOWN]
            for written in characters_read(token.value):
                pair = self.pairs.get(written, 0)
                if pair >> 8 in leads and pair >> 8 > 0x80:
                    self._add(state, ALIGNED, written, self._entry_cost(written, token.value))

    def _annotated(self, lead: int, reading: str) -> Iterator[tuple[int, float]]:
        """Yield trail and cost of the characters that start with `lead` and are read so."""
        near = []
        found = False
        for trail, character in self.by_lead.get(lead, ()):
            known = readings(character)
            if reading in known:
                found = True
                yield trail, self._entry_cost(character, reading)
            elif known:
                near.append((trail, character, known))
        if found:
            return
        toneless = without_tone(reading)
        for trail, character, known in near:
            if any(without_tone(one) == toneless for one in known):
                yield trail, 3.0 + self._entry_cost(character, reading)

    def _entry_cost(self, character: str, reading: str) -> float:
        """Return how unlikely it is that the table of the document has this entry."""
        evidence = self.evidence
        if reading in evidence.table.get(character, ()):
            return 0.0
        cost = 2.0 if evidence.traditional(character) else 6.0
        return cost + (5.0 if evidence.plain(character) else 0.0)

    def _annotation(self, state: _State, token: Token) -> None:
        trail = _trail_of(self.pairs, state.last)
        if state.pending == ALIGNED:
            entry: str | None = state.last
        elif state.pending < _UNKNOWN:
            entry = self.assigned.get(trail << 8 | state.pending)
        else:
            entry = None
        fits = entry is not None and token.value in readings(entry)
        self._add(state, state.pending, "", 0.0 if fits else _MISREAD)

    def _break(self, state: _State, token: Token) -> None:
        if state.pending == ALIGNED:
            self._add(state, ALIGNED, "", 0.0)
        else:
            self._add(state, ALIGNED, REPLACEMENT, _DROPPED)


class _State(NamedTuple):
    pending: int
    last: str
    score: float
    node: _Node
    margin: float


def _pruned(states: _States) -> _States:
    if len(states) < 8:
        return states
    ranked = sorted(states.items(), key=lambda item: -item[1][0])[:_BEAM]
    floor = ranked[0][1][0] - _SPREAD
    return {key: value for key, value in ranked if value[0] >= floor}


def _trail_of(pairs: Mapping[str, int], character: str) -> int:
    return pairs.get(character, 0) & 0xFF


def _eaten(text: str, at: int) -> str:
    """Return the ASCII character that was lost before `at` where only one is possible, else U+FFFD."""
    if _TAG.match(text, at):
        return "<"
    if _ENTITY.match(text, at):
        return "&"
    return REPLACEMENT
