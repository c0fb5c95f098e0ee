"""Double-byte text with damaged bytes: find where the pairs slip, and go on in the right phase.

Where a byte of double-byte text is missing, added or replaced, the bytes behind it are paired wrongly
until one comes that can only be a character of its own. Nothing need be invalid on the way. Two signs lead
to such places: bytes that do not decode, and characters that are rare beside each other. Around them the
cheapest reading is searched for exactly (Viterbi, "Error bounds for convolutional codes", 1967): each
character costs what the character model says, each byte left out a constant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from articlekit.text.slips import signs

if TYPE_CHECKING:
    from articlekit.text.character_model import CharacterModel

REPLACEMENT = "\ufffd"
_ESCAPED = re.compile("[\udc80-\udcff]")
_NO_CHARACTER = re.compile("[\x80-\x9f\ue000-\uf8ff\ufffd]")
# Costs in nats.
_SKIPPED = 12.0  # for a byte left out, so much that clean text does not gain by it
_SKIPPED_AFTER = 7.0  # for one more behind it
_CUT = 6.0  # for a last character that was cut off
_NO_TEXT = 8.0  # for a C1 control or a private-use character, beside what the model says
_MOST = 16.0  # for a character, however rare; names have such
_GAIN = 6.0  # what valid bytes must gain by being read in another phase
_SHIFTED = -8.0  # nats by which a few characters may read worse one byte later, and be looked at
_AROUND = 20  # characters around a sign that are read again; twice as many around an invalid byte
_MOST_CHARACTERS = 6_000  # of one text that are read again
_EURO, _EURO_COST = "€", 7.0  # byte 0x80 of code page 936, 0xA3E1 of 950
_CONTEXT = "，"  # what stands before a character whose neighbour is lost
_SIZES = {"gb18030": (2, 4), "euc_jp": (2, 3)}


class Recovered(NamedTuple):
    """Text of damaged bytes: U+FFFD for each damaged place, their number, whether the end was cut off."""

    text: str
    places: int
    cut: bool


def read_double_byte(data: bytes, codec: str) -> Recovered:
    r"""Decode double-byte text, whatever its bytes; a last character that was cut off is not counted.

    Args:
        data: the bytes.
        codec: Python's name of a codec: ``gb18030``, ``big5hkscs``, ``cp932``, ``cp949`` or ``euc_jp``.

    >>> data = "本公司董事会保证公告内容真实".encode("gb18030")
    >>> read_double_byte(data[:9] + data[10:], "gb18030")
    Recovered(text='本公司董\ufffd会保证公告内容真实', places=1, cut=False)
    """
    text = data.decode(codec, "surrogateescape")
    parts: list[str] = []
    places = at = 0
    cut = False
    for window in _promising(_windows(text, data, codec), text, codec):
        found = _read_window(window, codec, text, last=window.last == len(data))
        rest, lost = mark_escaped(text[at : window.start], codec)
        parts += (rest, found.text)
        places += lost + found.places
        cut = cut or found.cut
        at = window.end
    rest, lost = mark_escaped(text[at:], codec)
    return Recovered("".join((*parts, rest)), places + lost, cut)


def _size(text: str, codec: str) -> int:
    return len(text.encode(codec, "surrogateescape"))


def mark_escaped(text: str, codec: str) -> tuple[str, int]:
    """Put U+FFFD for each byte that did not decode (as ``surrogateescape`` keeps it), and count them."""
    if codec == "gb18030":
        text = text.replace("\udc80", _EURO)
    return _ESCAPED.subn(REPLACEMENT, text)


# --- where to look --------------------------------------------------------------------------------------


class _Window(NamedTuple):
    """A span of characters to read again, and their bytes."""

    start: int
    end: int
    last: int  # place in the data behind its bytes
    data: bytes
    signs: list[int]  # places of characters
    escaped: bool  # whether bytes in it do not decode


def _windows(text: str, data: bytes, codec: str) -> Iterator[_Window]:
    """Yield the spans that may have to be read again, in order and apart."""
    at = byte = 0
    for start, end, held in _spans(text):
        first = byte + _size(text[at:start], codec)
        byte = first + _size(text[start:end], codec)
        at = end
        escaped = _ESCAPED.search(text, start, end) is not None
        yield _Window(start, end, byte, data[first:byte], held, escaped)


def _spans(text: str) -> Iterator[tuple[int, int, list[int]]]:
    left = _MOST_CHARACTERS
    start = end = 0
    held: list[int] = []
    for place in signs(text):
        around = 2 * _AROUND if _ESCAPED.match(text, place) else _AROUND
        if place - around > end:
            if held:
                yield start, end, held
            start, held = max(place - around, 0), []
        if (left := left - max(min(place + around, len(text)) - max(start, end), 0)) < 0:
            break
        end = max(min(place + around, len(text)), end)
        held.append(place)
    if held:
        yield start, end, held


def _promising(windows: Iterable[_Window], text: str, codec: str) -> list[_Window]:
    """Return the windows with invalid bytes, and those that read better somewhere one byte later."""
    from articlekit.text.character_model import shipped

    windows = list(windows)
    owners: list[int] = []
    readings: list[str] = []
    for number, window in enumerate(windows):
        for sign in () if window.escaped else window.signs:
            start, end = max(sign - 1, window.start), min(sign + 4, window.end)
            first = _size(text[window.start : start], codec)
            shifted = window.data[first + 1 : first + _size(text[start:end], codec) + 1]
            owners.append(number)
            readings += (text[start:end], shifted.decode(codec, "replace"))
    scores = shipped().score_many(readings)
    better = {
        owner for owner, gain in zip(owners, scores[1::2] - scores[::2], strict=True) if gain > _SHIFTED
    }
    return [window for number, window in enumerate(windows) if window.escaped or number in better]


# --- how to read ----------------------------------------------------------------------------------------


class _Way(NamedTuple):
    """The cheapest reading of the bytes up to a place that ends with a certain token."""

    cost: float
    token: str  # the last; empty for a character cut off
    context: str  # the characters before the next
    skipped: int  # how many bytes in a row were left out
    before: _Way | None


def _read_window(window: _Window, codec: str, text: str, *, last: bool) -> Recovered:
    """Read the bytes of a window again; `last` tells whether they end the data."""
    from articlekit.text.character_model import shipped

    old = text[window.start : window.end]
    context = text[max(window.start - 2, 0) : window.start] or "\n"
    way = _best_way(window.data, codec, context, shipped(), last=last)
    if way is None:
        return Recovered(*mark_escaped(old, codec), False)
    if not window.escaped:
        before = pairwise(context + old[:at] for at in range(len(old) + 1))
        plain = sum(_cost(shipped(), one[-2:], two[-1]) for one, two in before)
        if plain - way.cost < _GAIN:
            return Recovered(old, 0, False)
    cut = not way.token
    tokens: list[str] = []
    step: _Way | None = way
    while step and step.before:
        if not (step.skipped > 1):
            tokens.append(step.token or REPLACEMENT)
        step = step.before
    return Recovered("".join(reversed(tokens)), tokens.count(REPLACEMENT) - cut, cut)


def _best_way(data: bytes, codec: str, context: str, model: CharacterModel, *, last: bool) -> _Way | None:
    ways: list[list[_Way]] = [[] for _ in range(len(data) + 4)]
    ways[0].append(_Way(0.0, "", context, 0, None))
    for at, byte in enumerate(data):
        here, ways[at] = ways[at], []
        if not here:
            continue
        for size, token in _tokens(data, at, codec):
            ways[at + size].append(min(_follow(model, way, token) for way in here))
        if byte >= 0x80:
            ways[at + 1] += _left_out(data, at, codec, here)
        if last and at + 1 == len(data) and byte > 0x80:
            way = min(here)
            ways[at + 1].append(_Way(way.cost + _CUT, "", "", 0, way))
    return min(ways[len(data)], default=None)


def _tokens(data: bytes, at: int, codec: str) -> Iterator[tuple[int, str]]:
    """Yield length and characters of each way to read a character here."""
    byte = data[at]
    if byte < 0x80:
        yield 1, chr(byte)
        return
    if byte == 0x80 and codec == "gb18030":
        yield 1, _EURO
    if codec == "cp932" and 0xA1 <= byte <= 0xDF:
        yield 1, chr(byte - 0xA1 + 0xFF61)
    for size in _SIZES.get(codec, (2,)):
        if at + size <= len(data) and (token := _character(data[at : at + size], codec)):
            yield size, token


@cache
def _character(data: bytes, codec: str) -> str | None:
    """Return what the bytes of one character stand for, or None."""
    if data == b"\xa3\xe1" and codec == "big5hkscs":
        return _EURO  # as in code page 950
    try:
        token = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return token if len(token) == 1 or not token[-1].isascii() else None


def _follow(model: CharacterModel, way: _Way, token: str) -> _Way:
    cost, context = way.cost, way.context
    for character in token:
        cost += _cost(model, context, character)
        context = (context + character)[-2:]
    return _Way(cost, token, context, 0, way)


def _cost(model: CharacterModel, context: str, character: str) -> float:
    if character == _EURO:
        return _EURO_COST
    cost = min(-model.after(context, character), _MOST)
    return cost + _NO_TEXT if _NO_CHARACTER.match(character) else cost


def _left_out(data: bytes, at: int, codec: str, here: list[_Way]) -> Iterator[_Way]:
    """Yield ways on which the byte here is left out: alone, or as the second of what is no character."""
    way = min(here)
    if not way.skipped:
        yield _Way(way.cost + _SKIPPED, REPLACEMENT, _CONTEXT, 1, way)
    for way in here:
        if 0 < way.skipped < 3 and not _character(data[at - 1 : at + 1], codec):
            yield _Way(way.cost + _SKIPPED_AFTER, REPLACEMENT, _CONTEXT, way.skipped + 1, way)
