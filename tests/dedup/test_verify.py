from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.dedup.signatures import sign
from articlekit.dedup.verify import Verifier, jaccard, least_equal

SETS = st.sets(st.integers(0, 2**32 - 1), max_size=30)


def _array(values: set[int]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.array(sorted(values), np.uint32)


@settings(deadline=None)
@given(SETS, SETS)
def test_jaccard_is_shared_by_all(one: set[int], other: set[int]) -> None:
    expected = len(one & other) / len(one | other) if one | other else 0.0
    assert jaccard(_array(one), _array(other)) == expected == jaccard(_array(other), _array(one))


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.9, 1.0])
def test_the_prefilter_loses_fewer_than_one_in_a_hundred_thousand(threshold: float) -> None:
    lost = sum(
        comb(128, n) * threshold**n * (1 - threshold) ** (128 - n) for n in range(least_equal(threshold))
    )
    assert lost <= 1e-5


def test_the_nearest_is_the_most_similar_and_then_the_one_that_ranks_first() -> None:
    hashes = [_array(set(range(at, at + 100))) for at in (0, 5, 10, 5, 60)]
    signatures = np.array(list(sign(hashes)))
    verifier = Verifier(signatures, hashes, [0, 3, 1, 2, 4], 0.7)
    assert verifier.nearest(0, np.array([1, 2, 3, 4], np.int64)) == (3, 95 / 105)
    assert verifier.nearest(4, np.array([0, 1, 2, 3], np.int64)) is None
    assert verifier.nearest(0, np.array([], np.int64)) is None
