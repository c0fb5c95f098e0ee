"""MinHash signatures by datasketch 2.0.

Scheme ``affine32``: a shingle's hash is mixed once and then permuted by ``a·h + b mod 2³²`` with odd a, for
each of the permutations that datasketch draws from the seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

# `update_batch` makes an array of hashes × permutations; this many hashes at a time keep it at 4 MB.
_BATCH = 8192


def signatures(
    shingles: Iterable[NDArray[np.uint32]], *, permutations: int = 128, seed: int = 1
) -> Iterator[NDArray[np.uint32]]:
    """Yield the signature of each set of shingle hashes, by `update_batch` on copies of one MinHash.

    The hashes are made already, so datasketch's hash function has nothing left to do. The same bits come out
    of ``datasketch.MinHash(permutations, seed, hashfunc=hash_shingle, scheme="affine32")`` fed the shingles.

    Yields:
        uint32 arrays of shape (permutations,); all ones (0xFFFFFFFF) for an empty set.
    """
    from datasketch import MinHash

    empty = MinHash(num_perm=permutations, seed=seed, hashfunc=_as_it_is, scheme="affine32")
    for hashes in shingles:
        minhash = empty.copy()
        for start in range(0, len(hashes), _BATCH):
            minhash.update_batch(hashes[start : start + _BATCH].tolist())
        yield minhash.hashvalues


def to_minhash(signature: NDArray[np.uint32], *, seed: int = 1) -> Any:
    """Return a `datasketch.LeanMinHash` of a signature."""
    from datasketch import LeanMinHash

    return LeanMinHash(seed=seed, hashvalues=signature, scheme="affine32")


def from_minhash(minhash: Any) -> NDArray[np.uint32]:
    """Return the signature of a `datasketch.MinHash` or `LeanMinHash` of scheme ``affine32``.

    Raises:
        ValueError: for another scheme, whose values mean something else.
    """
    if minhash.scheme != "affine32":
        raise ValueError(f"signatures are of scheme affine32, found a MinHash of scheme {minhash.scheme}")
    values: NDArray[np.uint32] = np.asarray(minhash.hashvalues, np.uint32)
    return values


def _as_it_is(value: int) -> int:
    return value
