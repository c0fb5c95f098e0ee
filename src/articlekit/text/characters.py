"""Classes of characters and their shares in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

HAN = "㐀-䶿一-鿿豈-﫿𠀀-𲎯〇"
KANA = "ぁ-ゖァ-ヺｦ-ﾝー"
HANGUL = "ᄀ-ᇿㄱ-ㆎ가-힣"
SENTENCE_FINAL = frozenset("。！？!?…．.；;")

_HAN_CHARACTER = re.compile(f"[{HAN}]")
_RUNS = {
    "han": re.compile(f"[{HAN}]+"),
    "kana": re.compile(f"[{KANA}]+"),
    "hangul": re.compile(f"[{HANGUL}]+"),
    "latin": re.compile("[A-Za-zÀ-ÖØ-öø-ɏＡ-Ｚａ-ｚ]+"),
    "digit": re.compile("[0-9０-９]+"),
}
_VISIBLE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the visible characters of a text, each 0 to 1; all 0 for a blank text."""

    han: float = 0.0
    kana: float = 0.0
    hangul: float = 0.0
    latin: float = 0.0
    digit: float = 0.0

    @property
    def cjk(self) -> float:
        """Share of Han, kana and hangul together."""
        return self.han + self.kana + self.hangul


def is_cjk(character: str) -> bool:
    """Tell whether a character is Han, kana or hangul.

    >>> is_cjk("股"), is_cjk("の"), is_cjk("，")
    (True, True, False)
    """
    return any(_RUNS[name].match(character) for name in ("han", "kana", "hangul"))


def is_han(character: str) -> bool:
    """Tell whether a character is an ideograph.

    >>> is_han("股"), is_han("の")
    (True, False)
    """
    return _HAN_CHARACTER.match(character) is not None


def shares(text: str) -> Shares:
    """Return which share of the visible characters each class has.

    >>> shares("3月CPI同比").han
    0.42857142857142855
    """
    total = _count(_VISIBLE, text)
    if not total:
        return Shares()
    return Shares(**{name: _count(pattern, text) / total for name, pattern in _RUNS.items()})


def half_width(text: str) -> str:
    """Return full-width ASCII (letters, digits, signs, blank) as half-width, for matching.

    >>> half_width("（ＡＰＰ　１．０）")
    '(APP 1.0)'
    """
    return text.translate(_HALF_WIDTH)


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))
