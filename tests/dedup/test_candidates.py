from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.dedup.candidates import BANDS, ROWS, Buckets, band_keys, narrowed, recall


def _signatures(seed: int, number: int, values: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint32]]:
    return np.random.default_rng(seed).integers(0, values, (number, BANDS * ROWS), np.uint32)


@settings(deadline=None)
@given(st.integers(0, 1000), st.integers(0, 12), st.integers(2, 6))
def test_texts_are_near_if_and_only_if_they_agree_in_a_band(seed: int, number: int, values: int) -> None:
    signatures = _signatures(seed, number, values)
    bands = signatures.reshape(number, BANDS, ROWS)
    buckets = Buckets(band_keys(signatures))
    for text in range(number):
        expected = [other for other in range(text) if (bands[text] == bands[other]).all(axis=1).any()]
        assert buckets.near(text).tolist() == expected
        buckets.add(text)


def test_only_what_was_added_is_found() -> None:
    keys = band_keys(np.zeros((3, 128), np.uint32))
    buckets = Buckets(keys)
    assert buckets.near(0).tolist() == []
    buckets.add(2)
    assert buckets.near(0).tolist() == [2]


def test_narrowed_keys_agree_only_inside_a_group() -> None:
    keys = band_keys(np.zeros((4, 128), np.uint32))
    buckets = Buckets(narrowed(keys, np.array([0, 1, 0, 1], np.uint64)))
    for text in range(3):
        buckets.add(text)
    assert buckets.near(3).tolist() == [1]


@pytest.mark.parametrize(
    ("similarity", "missed"), [(0.7, 1.54e-4), (0.75, 5.2e-6), (0.8, 4.8e-8), (0.5, 0.127)]
)
def test_recall_of_the_bands(similarity: float, missed: float) -> None:
    assert 1 - recall(similarity) == pytest.approx(missed, rel=0.05)
