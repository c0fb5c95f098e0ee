"""Folding: one form for what the scripts write differently, for comparing texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articlekit.text.script.tries import Ints

_SHORT = 64  # characters up to which `str.translate` is quicker than arrays


def fold(text: str) -> str:
    """Replace every Traditional or variant character by its Simplified one, without regard to context.

    For comparing texts: what two scripts write differently folds to the same, which phrase-by-phrase
    conversion does not promise. ``著`` folds to ``着``. Not for output: 乾隆 becomes 干隆.

    >>> fold("隨著") == fold("随着")
    True
    """
    if len(text) < _SHORT:
        return text.translate(_fold_table())
    from articlekit.text.script.tries import code_points, text_of

    points = code_points(text)
    distances = _fold_distances().take(points, mode="clip")
    return text_of(points + distances) if distances.any() else text


@cache
def _fold_distances() -> Ints:
    from articlekit.text.script.tries import distances

    return distances({chr(point): value for point, value in _fold_table().items()})


@cache
def _fold_table() -> dict[int, str]:
    """Map every character to the last of its chain of first different values."""
    from articlekit.adapters import opencc_tables

    steps = {"著": "着"}
    for file in ("TSCharacters.txt", "TSCharactersExt.txt", "CJK_Compatibility_Ideographs.txt"):
        for key, values in opencc_tables.candidates(file).items():
            if other := next((value for value in values if value != key), None):
                steps.setdefault(key, other)
    for file in ("HKVariantsRev.txt", "TWVariantsRev.txt"):  # 衞 is 衛 is 卫; but 台 is 臺 is 台
        for key, value in opencc_tables.dictionary(file).items():
            if key not in _chain(steps, value):
                steps.setdefault(key, value)
    return {ord(key): _chain(steps, key)[-1] for key in steps}


def _chain(steps: Mapping[str, str], key: str) -> list[str]:
    """Return a key, its value, the value of that and so on, up to the first that comes again."""
    chain_ = [key]
    while (value := steps.get(chain_[-1])) and value not in chain_:
        chain_.append(value)
    return chain_
