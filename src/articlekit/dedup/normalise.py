"""The text that is compared: what a copy keeps when script, width, wrapping and punctuation change."""

from __future__ import annotations

import re
import unicodedata

from articlekit.text.script.folding import fold

_NO_WORD_CHARACTERS = re.compile(r"[\W_]+")
_SPACE_OUTSIDE_WORDS = re.compile(r"(?<![A-Za-z])\s+(?![A-Za-z])")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    r"""Return a text with one spelling of every character and no line breaks.

    NFKC, Simplified, half-width full stops. White space stays only beside Latin letters: where a
    copy is wrapped, a line may end inside a number. Punctuation stays, so that figures can be read.

    >>> normalise("營收６．\n０９億元。ＧＤＰ  up 5")
    '营收6.09亿元.GDP up 5'
    """
    text = fold(unicodedata.normalize("NFKC", text)).replace("。", ".")
    return _SPACE.sub(" ", _SPACE_OUTSIDE_WORDS.sub("", text))


def comparable(normalised: str) -> str:
    r"""Return only the letters, digits and ideographs of a normalised text, in lower case.

    A word is what `str.isalnum` says, so that texts of any language can be compared.

    >>> comparable("营收 6.09 亿元,\n同比-2%")
    '营收609亿元同比2'
    """
    return _NO_WORD_CHARACTERS.sub("", normalised.casefold())
