"""MinHash signatures: 128 numbers per text whose share of equal ones estimates the Jaccard similarity.

Source: A. Broder, On the resemblance and containment of documents, 1997. The permutations are those of
datasketch, scheme ``affine32``, so that signatures can be exchanged with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = 128

Shingles = NDArray[np.uint32]
Signature = NDArray[np.uint32]


def sign(shingles: Iterable[Shingles], seed: int = 1) -> Iterator[Signature]:
    """Yield the signature of each set of shingle hashes, a uint32 array of shape (128,).

    >>> import numpy as np
    >>> from articlekit.dedup.shingles import shingle_hashes
    >>> next(sign([shingle_hashes("净利润同比增长")])).shape
    (128,)
    """
    from articlekit.adapters import datasketch_minhash

    return datasketch_minhash.signatures(shingles, permutations=PERMUTATIONS, seed=seed)
