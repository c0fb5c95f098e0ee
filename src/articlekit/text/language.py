"""The language of a text, as far as its script and a few words tell."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from articlekit.text.characters import Shares, shares

Language: TypeAlias = Literal["zh", "ja", "ko", "en"]

_SAMPLE = 20_000  # characters
# Japanese has kana between its ideographs, mostly hiragana; Chinese quotes a name in katakana now and then.
_KANA = 0.2
_HIRAGANA = 0.05
_HANGUL = 0.3
# A Latin letter says less than an ideograph: Chinese with names and tickers is still Chinese.
_HAN = 0.12
_HIRAGANA_RE = re.compile("[ぁ-ゖ]")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_ENGLISH = re.compile(
    r"\b(?:an?|and|are|as|at|be|been|by|for|from|had|has|have|he|if|in|is|it|its|more|not|of|on|or|our|said|she"
    r"|that|the|their|they|this|to|was|we|were|which|who|will|with|would|you)\b",
    re.IGNORECASE | re.ASCII,
)
_ACCENTED = re.compile("[À-ÖØ-öø-ɏ]")
_FEW_ACCENTS = 0.02
_ENGLISH_SHARE = 0.12
_FEW_WORDS = 8


def language(text: str) -> Language | None:
    """Return the language of a text, or None where it has no words or is in none of the four.

    >>> language("示例公司3月CPI"), language("売上高は前年同期比で増加した"), language("매출은 증가했다")
    ('zh', 'ja', 'ko')
    >>> language("The company said that revenue rose.")
    'en'
    >>> language("Der Umsatz stieg um 5 Prozent, teilte die Firma am Montag mit") is None
    True
    >>> language("600519 12.5%") is None
    True
    """
    sample = text[:_SAMPLE]
    found = shares(sample)
    if found.cjk:
        if found.hangul > _HANGUL * (found.cjk + found.latin):
            return "ko"
        if _is_japanese(sample, found) and found.cjk > _HAN * (found.cjk + found.latin):
            return "ja"
        if found.han > _HAN * (found.cjk + found.latin):
            return "zh"
    return "en" if found.latin and _is_english(sample) else None


def _is_japanese(text: str, found: Shares) -> bool:
    if not found.kana:
        return False
    visible = len("".join(text.split()))
    return found.kana > _KANA * found.cjk or len(_HIRAGANA_RE.findall(text)) > _HIRAGANA * found.cjk * visible


def _is_english(text: str) -> bool:
    if len(_ACCENTED.findall(text)) > _FEW_ACCENTS * len(text):
        return False
    words = len(_WORD.findall(text))
    if words < _FEW_WORDS:
        return text.isascii() and words > 0
    return len(_ENGLISH.findall(text)) >= _ENGLISH_SHARE * words
