"""The chains that are tried: which codecs, what each must gain, and which can be true of a stretch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from articlekit.text.character_model import CharacterModel
from articlekit.text.mojibake.tables import DOUBLE, SINGLE, Right, Table, Wrong, table

_MOST = 5  # chains looked at closely for one stretch
_HAS_MULTIBYTE = re.compile(rb"[\xe2-\xf4][\x80-\xbf \x3f]{1,3}|(?:[\xc2-\xdf][\x80-\xbf]){2}")
_OWN: Mapping[Right, tuple[Wrong, ...]] = {"gbk": ("gbk", "gb18030"), "big5": ("big5", "big5-hkscs")}
_PAIRS = {"gbk": "gb18030", "big5": "cp950"}
_CORE = -10.0  # a character that costs less is hardly damaged
_WORTH = 8.0  # nats that the best of them must gain at first sight for any to be looked at closely
_UNDECODED = 9.0  # nats: a byte that the right codec does not read


@dataclass(frozen=True, slots=True)
class Chain:
    """Text written in `right` and read in `wrong`.

    Attributes:
        least_gain: log probability that a run must gain, in nats.
        least_mean: mean log probability of the run's characters outside ASCII, in nats.
    """

    right: Right
    wrong: Wrong
    least_gain: float
    least_mean: float

    @property
    def name(self) -> str:
        return f"{self.right} read as {self.wrong}"

    @property
    def table(self) -> Table:
        return table(self.wrong)


@cache
def chains() -> tuple[Chain, ...]:
    """Return all chains of one step."""
    found = [Chain("utf-8", wrong, 14.0, -11.5) for wrong in (*DOUBLE, *SINGLE)]
    for right, own in _OWN.items():
        found += [Chain(right, wrong, 12.0, -9.7) for wrong in DOUBLE if wrong not in own]
        found += [Chain(right, wrong, 11.0, -9.9) for wrong in SINGLE]
    return tuple(found)


def likely_chains(
    line: str, start: int, end: int, clean: Sequence[float], model: CharacterModel
) -> list[Chain]:
    """Return the chains that may be true of a stretch that reads badly, most probable first.

    Args:
        line: the whole line.
        start: of the stretch.
        end: of the stretch.
        clean: log probability of each character of the line as it stands.
        model: what text is probable.
    """
    texts: list[str] = []
    before: list[float] = []
    found: list[Chain] = []
    parts = dict.fromkeys(((max(start - 1, 0), end), _core(start, end, clean)))
    for chain, data, score in (found for part in parts for found in _readable(line, *part, clean)):
        codec = _PAIRS.get(chain.right, "utf-8")
        # A stretch may begin one byte early where every byte became a character of its own.
        for skipped in (0, 1) if chain.right != "utf-8" and not chain.table.characters else (0,):
            text = data[skipped:].decode(codec, "replace")
            texts.append(text.replace("\ufffd", ""))
            before.append(score + _UNDECODED * text.count("\ufffd"))
            found.append(chain)
    if not found:
        return []
    gains = (model.score_many(texts) - before).tolist()
    if max(gains) < _WORTH:
        return []
    order = sorted(range(len(found)), key=lambda place: -gains[place])
    return list(dict.fromkeys(found[place] for place in order if gains[place] > 0.0))[:_MOST]


def _core(start: int, end: int, clean: Sequence[float]) -> tuple[int, int]:
    """Return the most improbable part of a stretch, without good characters among which it stands."""
    total = best = 0.0
    low, core = start, (start, end)
    for at in range(start, end):
        total += _CORE - clean[at]
        if total > best:
            best, core = total, (low, at + 1)
        if total <= 0.0:
            total, low = 0.0, at + 1
    return core


def _readable(
    line: str, start: int, end: int, clean: Sequence[float]
) -> Iterator[tuple[Chain, bytes, float]]:
    """Yield chains with the bytes of the part of a stretch that the wrong codec has, and its score."""
    known: dict[str, tuple[bytes, float]] = {}
    for chain in chains():
        if chain.wrong not in known:
            low, high = _encodable(line, start, end, clean, chain.table)
            data = b"".join(
                c.encode() if c < "\x80" else chain.table.bytes_of.get(c, b"?") for c in line[low:high]
            )
            known[chain.wrong] = data, sum(clean[low:high])
        data, score = known[chain.wrong]
        if len(data) > 1 and (chain.right != "utf-8" or _HAS_MULTIBYTE.search(data)):
            yield chain, data, score


def _encodable(line: str, start: int, end: int, clean: Sequence[float], codec: Table) -> tuple[int, int]:
    """Return the least probable part of a stretch that a codec has, lost characters taken for such."""
    bytes_of = codec.bytes_of
    best, best_score = (start, start), 0.0
    low, score = start, 0.0
    for at in range(start, end):
        character = line[at]
        if character < "\x80" or character in bytes_of or character == "\ufffd":
            score += clean[at]
            if score < best_score:
                best, best_score = (low, at + 1), score
        else:
            low, score = at + 1, 0.0
    return best
