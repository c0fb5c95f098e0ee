"""Which script a text is written in: Simplified, Traditional, both, or none of them.

Counts characters that only one script writes: those that OpenCC's dictionaries change in one direction
and never keep. Characters of names that both scripts hold (``乾 昇 樑``, see ``data/variants.toml``) and
those that Japanese shares do not count. Japanese and Korean are told by their own letters.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Script: TypeAlias = Literal["Hans", "Hant", "mixed"]

# Shares of the characters that tell. Below the first a text is Simplified, from the second on Traditional.
_MIXED_FROM, _HANT_FROM = 0.05, 0.9
# A line with so many Traditional characters, at this share, makes a Simplified text mixed.
_HANT_LINES = ((4, 0.8), (3, 1.0))
# Different Traditional characters without which a text is not mixed: one or two may be a name's.
_DISTINCT = 3
# Share of Japanese, or Korean, characters among all letters of East Asia from which a text is of them.
_OTHER_SHARE = 0.05

_KINDS = 7
_OTHER, _KANA, _HANGUL, _HAN, _HANS, _HANT, _KANJI = range(_KINDS)
_LINE_FEED = 0x0A
_BLOCK = 1 << 20  # characters at a time, so that a huge text does not take many times its size
_KANA_RANGES = ((0x3041, 0x3096), (0x30A1, 0x30FA), (0xFF66, 0xFF9D))
_HANGUL_RANGES = ((0x1100, 0x11FF), (0x3131, 0x318E), (0xAC00, 0xD7A3))
_HAN_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


@dataclass(frozen=True, slots=True)
class ScriptReading:
    """The script of a text.

    Attributes:
        script: ``Hans``, ``Hant`` or ``mixed``; None for text that is not Chinese or does not tell.
        hant_share: Traditional share of the characters that tell, 0 to 1; 0 when none does.
        confidence: 0 when no character tells, towards 1 the more do and the more they agree.
    """

    script: Script | None
    hant_share: float
    confidence: float


NO_SCRIPT = ScriptReading(None, 0.0, 0.0)


def detect(text: str) -> ScriptReading:
    """Read the script of a document.

    >>> detect("這是繁體中文").script, detect("这是简体中文").script, detect("日本語の文章").script
    ('Hant', 'Hans', None)
    """
    counts = _count(text)
    reading = _reading(counts)
    if (
        reading.script == "Hans"
        and counts.distinct >= _DISTINCT
        and any(map(_is_hant_line, _line_counts(text)))
    ):
        return ScriptReading("mixed", reading.hant_share, reading.confidence)
    return reading


def detect_lines(text: str) -> list[ScriptReading]:
    r"""Return the reading of every line, each on its own.

    >>> [reading.script for reading in detect_lines("營業收入增長\n营业收入增长")]
    ['Hant', 'Hans']
    """
    return [_reading(counts) for counts in _line_counts(text)]


def other_language_lines(text: str) -> list[bool]:
    r"""Say of every line whether it is Japanese or Korean.

    By kana, kanji that Japan alone writes, and hangul.

    >>> other_language_lines("東京都に本社を置く企業\n東京都")
    [True, False]
    """
    return [counts.is_other_language for counts in _line_counts(text)]


def has_other_letters(text: str) -> bool:
    """Say whether any character of a text is Japanese or Korean only.

    >>> has_other_letters("優衣庫（ユニクロ）")
    True
    """
    counts = _count(text)
    return bool(counts.kana or counts.hangul or counts.kanji)


class _Counts(NamedTuple):
    """Numbers of different Traditional characters, and of characters by what they tell."""

    distinct: int = 0
    kana: int = 0
    hangul: int = 0
    han: int = 0  # ideographs that both scripts write
    hans: int = 0
    hant: int = 0
    kanji: int = 0

    @property
    def is_other_language(self) -> bool:
        other = max(self.kana + self.kanji, self.hangul)
        every = self.kana + self.hangul + self.han + self.hans + self.hant + self.kanji
        return other > 0 and other >= _OTHER_SHARE * every


def _count(text: str) -> _Counts:
    """Count the characters of a text, a block at a time."""
    if text.isascii():
        return _Counts()
    numbers = np.zeros(_KINDS, np.int64)
    different: set[int] = set()
    for start in range(0, len(text), _BLOCK):
        points, classes = _classified(text[start : start + _BLOCK])
        numbers += np.bincount(classes, minlength=_KINDS)
        different.update(np.unique(points[classes == _HANT]).tolist())
    return _Counts(len(different), *numbers[1:].tolist())


def _line_counts(text: str) -> Iterator[_Counts]:
    """Count the characters of every line, a block of lines at a time."""
    start, end = 0, 0
    while end >= 0:
        end = text.find("\n", start + _BLOCK)
        yield from _block_counts(text[start:] if end < 0 else text[start:end])
        start = end + 1


def _block_counts(block: str) -> Iterator[_Counts]:
    points, classes = _classified(block)
    lines = np.cumsum(points == _LINE_FEED, dtype=np.int64)
    number = block.count("\n") + 1
    table = np.bincount(lines * _KINDS + classes, minlength=number * _KINDS).reshape(number, _KINDS)
    hant = classes == _HANT
    different = np.unique(lines[hant] * 0x110000 + points[hant]) // 0x110000
    table[:, _OTHER] = np.bincount(different, minlength=number)
    return map(_Counts._make, table.tolist())


def _classified(text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Return the code points of a text and what each tells."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return points, _classes()[points]


def _reading(counts: _Counts) -> ScriptReading:
    telling = counts.hans + counts.hant
    if not telling or counts.is_other_language:
        return NO_SCRIPT
    share = counts.hant / telling
    agreement = max(share, 1 - share)
    script: Script
    if share >= _HANT_FROM:
        script = "Hant"
    elif share < _MIXED_FROM or counts.distinct < _DISTINCT:
        script = "Hans"
    else:
        script, agreement = "mixed", 1.0
    return ScriptReading(script, share, agreement * (1 - 0.5**telling))


def _is_hant_line(counts: _Counts) -> bool:
    telling = counts.hans + counts.hant
    return not counts.is_other_language and any(
        counts.hant >= characters and counts.hant >= share * telling for characters, share in _HANT_LINES
    )


@cache
def _classes() -> NDArray[np.uint8]:
    """Return what every code point tells, by code point."""
    from articlekit.adapters.opencc_tables import candidates, dictionary

    data = resources.files("articlekit.text").joinpath("data/variants.toml")
    variants = tomllib.loads(data.read_text("utf-8"))
    simplified = candidates("STCharacters.txt")
    traditional = candidates("TSCharacters.txt")
    shinjitai = {key for key, value in dictionary("JPShinjitaiCharacters.txt").items() if key != value}
    regional = {*dictionary("TWVariants.txt").values(), *dictionary("HKVariants.txt").values()}
    values_of_both = chain.from_iterable([*simplified.values(), *traditional.values()])
    hans = {key for key, values in simplified.items() if key not in values}
    hant = {key for key, values in traditional.items() if key not in values} | set(variants["evident"])
    kanji = shinjitai - {*simplified, *traditional, *values_of_both, *regional}

    classes = np.zeros(0x110000, np.uint8)
    for class_, ranges in ((_KANA, _KANA_RANGES), (_HANGUL, _HANGUL_RANGES), (_HAN, _HAN_RANGES)):
        for first, last in ranges:
            classes[first : last + 1] = class_
    _mark(classes, hans - hant - regional, _HANS)
    _mark(classes, hant - shinjitai - set(variants["names"]), _HANT)
    _mark(classes, (character for character in kanji if not _is_in_chinese_sets(character)), _KANJI)
    classes.flags.writeable = False
    return classes


def _mark(classes: NDArray[np.uint8], characters: Iterable[str], class_: int) -> None:
    classes[[ord(character) for character in characters]] = class_


def _is_in_chinese_sets(character: str) -> bool:
    """Say whether GB 2312 or Big5, the everyday character sets of Chinese, hold a character."""
    for encoding in ("gb2312", "big5"):
        try:
            character.encode(encoding)
        except UnicodeEncodeError:
            continue
        return True
    return False
