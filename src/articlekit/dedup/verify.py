"""Exact Jaccard similarity of candidates, behind two tests that need no shingles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from articlekit.dedup.signatures import PERMUTATIONS, Shingles

# Share of pairs at exactly the threshold that the prefilter may lose, far below what the bands lose.
_MISS = 1e-5


def jaccard(one: Shingles, other: Shingles) -> float:
    """Return the Jaccard similarity of two sets of hashes, sorted arrays: shared ones by all ones.

    Exact for the hashes. Two texts of 2,000 characters hold a pair of different shingles with the same
    32-bit hash about once in a thousand times, which changes the result by less than 0.001.

    >>> import numpy as np
    >>> jaccard(np.array([1, 2, 3], np.uint32), np.array([2, 3, 4], np.uint32))
    0.5
    """
    both = np.concatenate((one, other))
    both.sort()
    shared = int(np.count_nonzero(both[1:] == both[:-1]))
    every = len(both) - shared
    return shared / every if every else 0.0


@cache
def least_equal(threshold: float, permutations: int = PERMUTATIONS) -> int:
    """Return how many numbers of two signatures must agree for the pair to be verified.

    Fewer agree for less than 1 in 100,000 pairs at exactly the threshold (binomial distribution).

    >>> least_equal(0.7)
    67
    """
    missed = 0.0
    for equal in range(permutations + 1):
        missed += comb(permutations, equal) * threshold**equal * (1 - threshold) ** (permutations - equal)
        if missed > _MISS:
            return equal
    return permutations


class Verifier:
    """Finds the most similar text among candidates."""

    __slots__ = ("_least_equal", "_rank", "_shingles", "_signatures", "_sizes", "_threshold")

    def __init__(
        self,
        signatures: NDArray[np.uint32],
        shingles: Sequence[Shingles],
        rank: Sequence[int],
        threshold: float,
    ) -> None:
        """Take the signatures (texts, 128), the shingle hashes and the rank of every text."""
        self._signatures, self._shingles, self._rank = signatures, shingles, rank
        self._sizes = np.array([len(hashes) for hashes in shingles], np.int64)
        self._threshold = threshold
        self._least_equal = least_equal(threshold)

    def nearest(self, text: int, candidates: NDArray[np.int64]) -> tuple[int, float] | None:
        """Return the candidate with the highest similarity from the threshold on, and the similarity.

        Of several, the one that ranks first.
        """
        best: tuple[float, int, int] | None = None
        for candidate in self._plausible(text, candidates).tolist():
            similarity = jaccard(self._shingles[text], self._shingles[candidate])
            if similarity >= self._threshold:
                found = (similarity, -self._rank[candidate], candidate)
                best = found if best is None else max(best, found)
        return None if best is None else (best[2], best[0])

    def _plausible(self, text: int, candidates: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the candidates that size and signature allow to reach the threshold."""
        if not len(candidates):
            return candidates
        sizes, size = self._sizes[candidates], self._sizes[text]
        # Rounding must not lose a pair: exact verification decides.
        possible = np.minimum(sizes, size) >= self._threshold * np.maximum(sizes, size) * (1 - 1e-9)
        candidates = candidates[possible]
        equal = np.count_nonzero(self._signatures[candidates] == self._signatures[text], axis=1)
        plausible: NDArray[np.int64] = candidates[equal >= self._least_equal]
        return plausible
