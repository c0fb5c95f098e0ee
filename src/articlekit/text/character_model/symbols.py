"""Characters as the model sees them: coarse classes, and forms that are looked up as one symbol."""

from __future__ import annotations

from functools import cache
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

CLASSES = (
    "break", "space", "digit", "latin", "sign", "punctuation", "han",
    "kana", "hangul", "letter", "private", "other",
)  # fmt: skip
_CLASS_RANGES = (
    (0x00, 0x20, "space"), (0x0A, 0x0B, "break"), (0x20, 0x21, "space"), (0x21, 0x7F, "sign"),
    (0x30, 0x3A, "digit"), (0x41, 0x5B, "latin"), (0x61, 0x7B, "latin"), (0xC0, 0x250, "letter"),
    (0x370, 0x530, "letter"), (0x1100, 0x1200, "hangul"), (0x2010, 0x2070, "punctuation"),
    (0x3000, 0x3001, "space"), (0x3001, 0x3040, "punctuation"), (0x3040, 0x3100, "kana"),
    (0x3130, 0x3190, "hangul"), (0x3400, 0x4DC0, "han"), (0x4E00, 0xA000, "han"),
    (0xAC00, 0xD7B0, "hangul"), (0xE000, 0xF900, "private"), (0xF900, 0xFB00, "han"),
    (0xFE30, 0xFE70, "punctuation"), (0xFF01, 0xFF10, "punctuation"), (0xFF1A, 0xFF21, "punctuation"),
    (0xFF10, 0xFF1A, "digit"), (0xFF21, 0xFF3B, "letter"), (0xFF41, 0xFF5B, "letter"),
    (0xFF5B, 0xFF66, "punctuation"), (0xFF66, 0xFFA0, "kana"), (0xFFFD, 0xFFFE, "private"),
    (0x7F, 0xA0, "private"), (0xD800, 0xE000, "private"),
)  # fmt: skip
_FOLDED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789，：；！？（）",
    "abcdefghijklmnopqrstuvwxyz000000000,:;!?()",
)
Script: TypeAlias = Literal["Hans", "Hant"]


@cache
def class_table() -> NDArray[np.uint8]:
    """Return the class (index into `CLASSES`) of every code point of the Basic Multilingual Plane."""
    table = np.full(0x10000, CLASSES.index("other"), np.uint8)
    for start, end, name in _CLASS_RANGES:
        table[start:end] = CLASSES.index(name)
    return table


def folded(text: str) -> str:
    """Fold the cases of letters, the digits and the widths of punctuation, one to one.

    >>> folded("ＡB，第12章")
    'Ａb,第00章'
    """
    return text.translate(_FOLDED)
