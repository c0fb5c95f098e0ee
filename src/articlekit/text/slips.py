"""Signs that the bytes of double-byte text slipped: where it is worth to read again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What one, two and four characters cost without regard to each other, then what seven cost each; in nats.
_RARE, _RARE_PAIR, _RARE_FOUR, _STRANGE = 10.5, 20.0, 36.0, 8.0
_UNITS = 8  # of the table of costs per nat
_BLOCK, _OVERLAP = 1 << 20, 8  # characters looked at together
_MOST_PLACES = 6_000  # of one block
_HAN, _LETTER, _BYTE = 1, 2, 3  # kinds of characters


def signs(text: str) -> Iterator[int]:
    r"""Yield the places of bytes that did not decode and of characters that look strange together.

    Args:
        text: decoded with ``surrogateescape``, so that such bytes are U+DC80 … U+DCFF.

    >>> list(signs("本公司董事会\udcff保证公告"))
    [6]
    """
    for start in range(0, len(text), _BLOCK):
        block = text[start : start + _BLOCK + _OVERLAP]
        for place in _of_block(block):
            if place < _BLOCK:
                yield start + place


def _of_block(text: str) -> list[int]:
    import numpy as np

    from articlekit.text.character_model import shipped

    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(codes) != len(text):
        wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        codes = np.minimum(wide, 0xFFFF).astype(np.uint16)
    costs, kinds = _tables()
    cost, kind = costs[codes], kinds[codes]
    pairs = cost[:-1] + cost[1:]
    rare = np.zeros(len(codes), np.bool_)
    rare[:-1] = pairs >= _RARE_PAIR * _UNITS
    if len(codes) > 3:
        rare[1:-2] |= pairs[:-2] + pairs[2:] >= _RARE_FOUR * _UNITS
        # A letter alone between two Chinese characters may be the second byte of one, and a letter before
        # which a character is rare may have lost another to it.
        letters = kind[1:-1] == _LETTER
        rare[1:-1] |= letters & (kind[:-2] == _HAN) & ((kind[2:] == _HAN) | (cost[:-2] >= _RARE * _UNITS))
    escaped = kind == _BYTE
    places = np.flatnonzero(rare & ~escaped)
    rare[places[_MOST_PLACES:]] = False
    places = places[:_MOST_PLACES]
    spans = [text[max(place - 2, 0) : place + 5] for place in places.tolist()]
    lengths = np.array([len(span) for span in spans])
    rare[places] = -shipped().score_many(spans) >= _STRANGE * lengths
    found: list[int] = np.flatnonzero(rare | escaped).tolist()
    return found


@cache
def _tables() -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Return the cost of every code point in 1/`_UNITS` nats, and its kind."""
    import numpy as np

    from articlekit.text.character_model import CLASSES, class_table, shipped

    classes = class_table()
    kinds = np.zeros(0x10000, np.uint8)
    kinds[classes == CLASSES.index("han")] = _HAN
    kinds[0x40:0x7F] = _LETTER  # what a second byte can be
    kinds[0xDC80:0xDD00] = _BYTE
    return (np.minimum(shipped().costs(), 25.0) * _UNITS).astype(np.uint16), kinds
