"""The most probable reading of a line of which some parts went through one wrong codec.

Dynamic programming over the bytes of the line. At each byte the text is either *clean* (its characters
stand as they are), *damaged* (the right codec reads the bytes) or *joined*: clean text whose bytes were
paired off by one, because the run before it ended inside a pair. Each character costs its negative log
probability behind the ones before it, each change of state a constant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from articlekit.text.character_model import CharacterModel
from articlekit.text.mojibake.damaged import LOST, Damaged
from articlekit.text.mojibake.tables import Right

_JOINED = -8.0
_CHANGES = 6.0  # what the two ends of a run cost it
_CLEAN, _DAMAGED, _SHIFTED = 0, 1, 2
# Where a run may begin or end, that way is followed beside the best one: what comes next decides.
_BEGUN, _ENDED = 3, 4
_CLOSE = 12.0  # nats that it may be worse
_BEHIND_LOST = -2.0
_SURE = 4.0  # nats of lead over other characters with the same code, below which a choice is a guess


class Changes(NamedTuple):
    """What it costs to go into a run and out of it: anywhere, and beside ASCII or the line's edge.

    A run mostly begins and ends with the line or beside ASCII.
    """

    into: tuple[float, float]
    out: tuple[float, float]


FIRST = Changes((-7.0, -2.0), (-5.0, -1.0))
# In a line that is known to be damaged, what stands between two runs is likely damaged too.
PROVEN = Changes((-10.0, -3.0), (-8.0, -4.0))


class _Entry(NamedTuple):
    score: float
    context: str
    changed: bool  # whether `context` differs from the text of the line
    back: _Entry | None
    state: int
    start: int  # offset of the bytes of the last token
    character: str


class Read(NamedTuple):
    """One character of a run and its log probability.

    `start` and `end` are the characters of the line between which its bytes lie, -1 for a place inside the
    bytes of one. `guessed`: the wrong codec has several codes for what it read, so that another
    character is about as probable.
    """

    start: int
    end: int
    character: str
    score: float
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line that reads better in the right codec.

    Attributes:
        start, end: of its characters in the line.
        reads: what the bytes are.
        gain: log probability gained, in nats.
    """

    start: int
    end: int
    reads: tuple[Read, ...]
    gain: float


def best_runs(
    line: Damaged, right: Right, model: CharacterModel, clean: Sequence[float], changes: Changes = FIRST
) -> tuple[Run, ...]:
    """Return the runs of a line that the best path changes, in order.

    Args:
        line: the bytes of the line.
        right: the codec that the runs were written in.
        model: what text is probable.
        clean: log probability of each character of the line as it stands.
        changes: what the ends of runs cost.
    """
    path = _follow(line, right, model, clean, changes)
    return tuple(_runs(line, right, path, clean, model))


def _follow(
    line: Damaged, right: Right, model: CharacterModel, clean: Sequence[float], changes: Changes
) -> list[_Entry]:
    size = len(line.data)
    text, places, after = line.text, line.places, model.after
    cells: list[list[_Entry | None]] = [[None] * 5 for _ in range(size + 1)]
    cells[0][_CLEAN] = _Entry(0.0, "\n", False, None, _CLEAN, 0, "")

    def put(at: int, entry: _Entry) -> None:
        old = cells[at][entry.state]
        if old is None or entry.score > old.score:
            cells[at][entry.state] = entry

    for at in range(size):
        here = cells[at]
        index = places.get(at)
        if index is not None:
            _change(here, index, line, at, changes)
        for entry in (here[_CLEAN], here[_ENDED]):
            if entry is None or index is None:
                continue
            character = text[index]
            score = after(entry.context, character) if entry.changed else clean[index]
            context, changed = (entry.context + character)[-2:], entry.changed and entry.state != _CLEAN
            put(
                line.starts[index + 1],
                _Entry(entry.score + score, context, changed, entry, _CLEAN, at, character),
            )
        for entry in (here[_DAMAGED], here[_BEGUN]):
            if entry is None:
                continue
            for length, character, cost in line.tokens(right, at):
                score = _score(model, entry.context, character) - cost
                context = (entry.context + character)[-2:]
                put(at + length, _Entry(entry.score + score, context, True, entry, _DAMAGED, at, character))
            if index is None and line.table.characters and (token := line.joined(at)):
                put(at + token.size, _shifted(entry, token.character, at, model, _JOINED))
        entry = here[_SHIFTED]
        if entry is not None and (token := line.joined(at)):
            put(at + token.size, _shifted(entry, token.character, at, model, 0.0))
    last = cells[size]
    _change(last, len(text), line, size, changes)
    return _backwards(
        max(filter(None, (last[_CLEAN], last[_ENDED])), key=lambda entry: entry.score, default=None)
    )


def _backwards(entry: _Entry | None) -> list[_Entry]:
    """Return the entries that lead to one, the first first."""
    path = []
    while entry is not None:
        path.append(entry)
        entry = entry.back
    return path[::-1]


def _change(here: list[_Entry | None], index: int, line: Damaged, at: int, changes: Changes) -> None:
    """Let the path change its state between two characters."""
    clean, damaged, shifted = here[:3]
    ended: _Entry | None = None
    out = changes.out[_is_edge(line.text, index)] if index < len(line.text) else 0.0
    for entry, cost in ((damaged, out), (shifted, 0.0)):
        if entry is not None and (ended is None or entry.score + cost > ended.score):
            ended = _Entry(entry.score + cost, entry.context, True, entry, _CLEAN, at, "")
    _keep(here, _CLEAN, _ENDED, ended)
    if clean is not None and at < len(line.data) and (line.data[at] >= 0x80 or line.data[at] in (-1, 0x3F)):
        score = clean.score + changes.into[_is_edge(line.text, index - 1)]
        begun = _Entry(score, clean.context, clean.changed, clean, _DAMAGED, at, "")
        _keep(here, _DAMAGED, _BEGUN, begun)
    here[_SHIFTED] = None


def _keep(here: list[_Entry | None], state: int, beside: int, entry: _Entry | None) -> None:
    """Keep an entry in a state, or beside the one that is there unless it is far worse."""
    old = here[state]
    if old is None:
        here[state] = entry
    elif entry is not None and entry.score > old.score - _CLOSE:
        here[beside] = entry


def _is_edge(text: str, index: int) -> bool:
    """Tell whether a run that stops before the character at `index` stops where runs mostly do."""
    return not 0 <= index < len(text) or text[index] < "\x80"


def _shifted(entry: _Entry, character: str, at: int, model: CharacterModel, cost: float) -> _Entry:
    score = entry.score + cost + _score(model, entry.context, character)
    return _Entry(score, (entry.context + character)[-2:], True, entry, _SHIFTED, at, character)


def _score(model: CharacterModel, context: str, character: str) -> float:
    if character == LOST:
        return 0.0
    if len(character) > 1:
        first, rest = character[0], character[1:]
        return _score(model, context, first) + _score(model, (context + first)[-2:], rest)
    if context.endswith(LOST):
        return model.alone(character) + _BEHIND_LOST
    return model.after(context, character)


def _runs(
    line: Damaged, right: Right, path: Sequence[_Entry], clean: Sequence[float], model: CharacterModel
) -> Iterator[Run]:
    """Cut the path into runs; what ends a run in plain ASCII stays outside."""
    reads: list[Read] = []
    following = [entry.character for entry in path[1:]] + ["\n"]
    for (before, entry), behind in zip(pairwise(path), following[1:], strict=True):
        if entry.state != _CLEAN and entry.character:
            start = line.places.get(entry.start, -1)
            guessed = bool(line.others) and _is_guess(line, right, entry, before.context, behind, model)
            reads.append(Read(start, -1, entry.character, entry.score - before.score, guessed))
        elif entry.state == _CLEAN and reads:
            ends = [*(read.start for read in reads[1:]), line.places[entry.start]]
            whole = [read._replace(end=end) for read, end in zip(reads, ends, strict=True)]
            yield from _trimmed(whole, clean)
            reads = []


def _is_guess(
    line: Damaged, right: Right, entry: _Entry, context: str, behind: str, model: CharacterModel
) -> bool:
    """Tell whether another character may stand for the same bytes, and is about as probable."""
    if entry.state != _DAMAGED or entry.character == LOST:
        return False
    others = {token.character for token in line.tokens(right, entry.start)} - {LOST, entry.character}

    def score(character: str) -> float:
        here = _score(model, context, character)
        return here + (_score(model, (context + character)[-2:], behind) if behind else 0.0)

    return bool(others) and score(entry.character) - max(map(score, others)) < _SURE


def _trimmed(reads: list[Read], clean: Sequence[float]) -> Iterator[Run]:
    while reads and is_plain(reads[0]):
        reads.pop(0)
    while reads and is_plain(reads[-1]):
        reads.pop()
    if reads:
        start, end = reads[0].start, reads[-1].end
        gain = sum(read.score for read in reads) - sum(clean[start:end]) - _CHANGES
        yield Run(start, end, tuple(reads), gain)


def is_plain(read: Read) -> bool:
    """Tell whether a character stands in the line as it is."""
    return read.character < "\x80" and read.start >= 0 and read.end >= 0
