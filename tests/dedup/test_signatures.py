from __future__ import annotations

import random

import numpy as np
import pytest
from corpora import article
from datasketch import LeanMinHash, MinHash

from articlekit.adapters import datasketch_minhash
from articlekit.dedup.shingles import hash_shingle, shingle_hashes
from articlekit.dedup.signatures import sign

TEXTS = ["", "一", "𠮷野家", "\ud800", *(article(random.Random(seed)) for seed in range(20)), "净利润" * 9000]


@pytest.mark.parametrize("seed", [1, 42])
def test_signatures_are_those_of_datasketch_fed_the_shingles(seed: int) -> None:
    signatures = sign([shingle_hashes(text) for text in TEXTS], seed)
    for text, signature in zip(TEXTS, signatures, strict=True):
        minhash = MinHash(num_perm=128, seed=seed, hashfunc=hash_shingle, scheme="affine32")
        length = min(5, len(text))
        shingles = [text[at : at + length] for at in range(len(text) - length + 1)] if text else []
        minhash.update_batch(shingle.encode("utf-32-le", "surrogatepass") for shingle in shingles)
        assert signature.dtype == np.uint32
        assert np.array_equal(signature, minhash.hashvalues)


def test_a_signature_goes_to_datasketch_and_back() -> None:
    (signature,) = sign([shingle_hashes(TEXTS[5])])
    minhash = datasketch_minhash.to_minhash(signature)
    assert isinstance(minhash, LeanMinHash)
    assert minhash.jaccard(datasketch_minhash.to_minhash(signature)) == 1.0
    assert np.array_equal(datasketch_minhash.from_minhash(minhash), signature)


def test_signatures_of_another_scheme_are_refused() -> None:
    with pytest.raises(ValueError, match="scheme affine32"):
        datasketch_minhash.from_minhash(MinHash(scheme="legacy"))
