"""Candidate pairs: texts whose signatures agree in all rows of a band.

A signature of 128 numbers is cut into 32 bands of 4. Two texts of Jaccard similarity j agree in a band with
probability j⁴ and are candidates with probability 1 - (1 - j⁴)³² (J. Leskovec, A. Rajaraman and J. Ullman,
Mining of Massive Datasets, chapter 3).
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

BANDS = 32
ROWS = 4

_ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)  # of the golden ratio, and of xxHash


def recall(similarity: float, bands: int = BANDS, rows: int = ROWS) -> float:
    """Return the probability that two texts of that similarity become candidates.

    >>> f"{1 - recall(0.7):.6f}"
    '0.000153'
    """
    return float(1 - (1 - similarity**rows) ** bands)


def band_keys(signatures: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return one 64-bit key per band.

    Bands that agree have the same key. Different ones may, once in 2⁶⁴; every candidate is verified.

    Args:
        signatures: uint32 array of shape (texts, 128).

    Returns:
        uint64 array of shape (texts, 32).
    """
    halves = np.ascontiguousarray(signatures, "<u4").view("<u8").reshape(len(signatures), BANDS, 2)
    keys = _mixed(halves[:, :, 0] * np.uint64(_ODD[0]))
    return _mixed(keys ^ (halves[:, :, 1] * np.uint64(_ODD[1])))


def narrowed(keys: NDArray[np.uint64], groups: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return band keys that agree only for texts of the same group.

    Args:
        keys: uint64 array of shape (texts, 32).
        groups: any number per text, shape (texts,).
    """
    return _mixed(keys ^ _mixed(groups * np.uint64(_ODD[0]) + np.uint64(1))[:, np.newaxis])


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = (values ^ (values >> np.uint64(32))) * np.uint64(_ODD[1])
    return mixed ^ (mixed >> np.uint64(29))


class Buckets:
    """Texts that were added, to be found by the bands they share.

    Only what is added is found. So a bucket holds the representatives of its texts, not all of them, and
    ten thousand copies of one text are compared with one.
    """

    __slots__ = ("_bucket_of", "_members")

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        """Prepare for texts with these band keys, a uint64 array of shape (texts, 32)."""
        self._bucket_of = _shared_buckets(keys)
        self._members: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, text: int) -> None:
        """Put a text into the buckets it shares with others."""
        for bucket in self._buckets(text):
            self._members[bucket].append(text)

    def near(self, text: int) -> NDArray[np.int64]:
        """Return the texts added so far that share a band with `text`, sorted."""
        members = self._members
        found: set[int] = set()
        for bucket in self._buckets(text):
            if bucket in members:
                found.update(members[bucket])
        return np.array(sorted(found), np.int64)

    def _buckets(self, text: int) -> list[int]:
        buckets: list[int] = self._bucket_of[text][self._bucket_of[text] >= 0].tolist()
        return buckets


def _shared_buckets(keys: NDArray[np.uint64]) -> NDArray[np.int32]:
    """Number the keys that two or more texts share, band by band; all others are -1."""
    buckets = np.full(keys.shape, -1, np.int32)
    last = 0
    for band in range(keys.shape[1]):
        _, inverse, sizes = np.unique(keys[:, band], return_inverse=True, return_counts=True)
        shared = sizes > 1
        numbers = np.where(shared, np.cumsum(shared) - 1 + last, -1)
        buckets[:, band] = numbers[inverse]
        last += int(shared.sum())
    return buckets
