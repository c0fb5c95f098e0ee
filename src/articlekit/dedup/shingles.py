"""Shingles: the character 5-grams of a text, as 32-bit hashes.

The hash is fixed, so that signatures made today can be compared with those of tomorrow. For the code points
c₁ … cₙ of a shingle, with all arithmetic modulo 2³²::

    h₀ = n,   hᵢ = hᵢ₋₁ · 0x85EBCA6B + fmix32(cᵢ),   hash = hₙ

`fmix32` is the finaliser of MurmurHash3 (https://github.com/aappleby/smhasher, public domain): a bijection,
so shingles that differ in one character never collide.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SHINGLE_LENGTH = 5

_MULTIPLIER = 0x85EBCA6B
_WORD = 0xFFFFFFFF


def hash_shingle(data: bytes) -> int:
    """Hash one shingle, given as the UTF-32-LE bytes of its characters.

    Usable as ``hashfunc`` of `datasketch.MinHash`. One shingle at a time; `shingle_hashes` does a text.

    Raises:
        ValueError: when the number of bytes is not a multiple of four.

    >>> hash_shingle("净利润增长".encode("utf-32-le"))
    778292593
    """
    if len(data) % 4:
        raise ValueError(f"a shingle is whole UTF-32-LE code points, found {len(data)} bytes")
    value = len(data) // 4
    for start in range(0, len(data), 4):
        point = int.from_bytes(data[start : start + 4], "little")
        value = (value * _MULTIPLIER + _fmix32(point)) & _WORD
    return value


def shingle_hashes(text: str) -> NDArray[np.uint32]:
    """Return the hashes of all shingles of a text, sorted and without repetitions.

    A text of fewer than five characters is one shingle; an empty text has none. Lone surrogates count as
    the code points they are.

    Returns:
        uint32 array of shape (number of different hashes,).

    >>> shingle_hashes("净利润增长").tolist() == [hash_shingle("净利润增长".encode("utf-32-le"))]
    True
    >>> len(shingle_hashes("净利润增长百分之五")), len(shingle_hashes("净利")), len(shingle_hashes(""))
    (5, 1, 0)
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)
    if not len(points):
        return points
    length = min(SHINGLE_LENGTH, len(points))
    mixed = _fmix32_array(points)
    number = len(points) - length + 1
    hashes = np.full(number, length, np.uint32)
    for offset in range(length):
        hashes *= np.uint32(_MULTIPLIER)
        hashes += mixed[offset : offset + number]
    return np.unique(hashes)


def _fmix32(value: int) -> int:
    value ^= value >> 16
    value = (value * 0x85EBCA6B) & _WORD
    value ^= value >> 13
    value = (value * 0xC2B2AE35) & _WORD
    return value ^ (value >> 16)


def _fmix32_array(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    mixed = values ^ (values >> np.uint32(16))
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed
