"""Plain numbers that say what a text is like; docs/quality.md defines each.

Shares count characters, not words, so that they mean the same for languages without blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from articlekit.text.characters import HAN, HANGUL, KANA
from articlekit.text.lines import Line
from articlekit.text.prose import ends_sentence

# Every signal, with what it counts; the order is that of the record.
SIGNALS: Mapping[str, str] = MappingProxyType(
    {
        "chars": "characters of the text",
        "lines": "lines of the text",
        "mean_line_length": "visible characters of a line, on average",
        "cjk": "share of the visible characters that are Han, kana or hangul",
        "digits": "share of the visible characters that are digits",
        "terminal_punctuation": "share of the lines that end like a sentence",
        "repeated_lines": "share of the lines that repeat an earlier line",
        "repeated_5grams": "share of the sequences of five visible characters that repeat an earlier one",
        "title_phrases": "share of the visible characters that are phrases of the title",
        "link_density": "share of the visible characters that stood inside links (pages only)",
    }
)

Codes: TypeAlias = NDArray[np.uint16] | NDArray[np.uint32]

_SIZE = 5  # characters of a sequence
_PHRASE = 4  # characters of the shortest phrase of a title
_DIGITS = 4  # behind the point
_CJK, _DIGIT = 1, 2
_PARTS = re.compile(r"[^\w.]+|_+|\.(?![0-9])")  # a decimal point is inside a phrase


def measure(text: str, title: str | None = None) -> dict[str, float]:
    r"""Return the signals of a body text, `link_density` aside; shares are 0 for a text without characters.

    >>> signals = measure("一、业绩\n营收6.09亿元。\n营收6.09亿元。", "营收6.09亿元")
    >>> signals["lines"], signals["repeated_lines"], signals["terminal_punctuation"], signals["cjk"]
    (3, 0.3333, 0.6667, 0.5)
    """
    lines = [bare for line in text.split("\n") if (bare := "".join(line.split()))]
    visible = "".join(lines)
    size = len(visible)
    codes = _codes(visible)
    classes = _classes()[: 1 << 16] if codes.dtype == np.uint16 else _classes()
    counts = np.bincount(classes[codes], minlength=3)
    return {
        "chars": len(text),
        "lines": text.count("\n") + 1,
        "mean_line_length": _share(size, len(lines)),
        "cjk": _share(int(counts[_CJK]), size),
        "digits": _share(int(counts[_DIGIT]), size),
        "terminal_punctuation": _share(sum(map(ends_sentence, lines)), len(lines)),
        "repeated_lines": _share(len(lines) - len(set(lines)), len(lines)),
        "repeated_5grams": _repeated(codes),
        "title_phrases": _title_phrases(visible, title or ""),
    }


def link_density(lines: Iterable[Line]) -> float:
    """Return the share of the visible characters of lines that stood inside links.

    >>> link_density([Line(1, "正文正文"), Line(2, "相关 链接", link_density=1.0)])
    0.5
    """
    sizes = [(len("".join(line.text.split())), line.link_density) for line in lines]
    return _share(sum(size * density for size, density in sizes), sum(size for size, _ in sizes))


def _share(part: float, whole: int) -> float:
    return round(part / whole, _DIGITS) if whole else 0.0


def _codes(text: str) -> Codes:
    """Return the code points of a text, of 16 bits where all characters fit."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    if len(encoded) == 2 * len(text):
        return np.frombuffer(encoded, dtype=np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _repeated(codes: Codes) -> float:
    """Return the share of sequences of `_SIZE` code points that stood in the text before."""
    count = len(codes) - _SIZE + 1
    if count < 2:
        return 0.0
    wide = codes.astype(np.uint64)
    mixed = wide[:count].copy()
    for at in range(1, _SIZE):  # a polynomial modulo 2**64: equal sequences give equal numbers
        mixed *= np.uint64(0x9E3779B97F4A7C15)
        mixed += wide[at : at + count]
    mixed.sort()
    return _share(int((mixed[1:] == mixed[:-1]).sum()), count)


def _title_phrases(visible: str, title: str) -> float:
    """Return the share of a text that is phrases of its title, as often as they stand there."""
    phrases = {phrase for phrase in _PARTS.split(title) if len(phrase) >= _PHRASE}
    covered = sum(visible.count(phrase) * len(phrase) for phrase in phrases)
    return min(_share(covered, len(visible)), 1.0)


@cache
def _classes() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """Return the class of every code point: `_CJK`, `_DIGIT` or 0."""
    table = np.zeros(0x110000, dtype=np.uint8)
    for first, _, last in re.findall("(.)(-)(.)", f"{HAN}{KANA}{HANGUL}"):
        table[ord(first) : ord(last) + 1] = _CJK
    table[[ord("〇"), ord("ー")]] = _CJK
    for zero in "0０":
        table[ord(zero) : ord(zero) + 10] = _DIGIT
    return table
