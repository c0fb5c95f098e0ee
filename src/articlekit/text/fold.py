"""The folded view of text: one form for spellings that mean the same, with the way back.

Traditional characters become Simplified one by one (OpenCC's character table, not its phrases), full-width
forms half-width, letters small, kinds of quotes, dashes, brackets and colons one kind each; zero-width
characters go, runs of blanks become one blank, none stays beside ``: | > / ·`` or inside brackets, and
letter-spaced words (``责 任 编 辑``) close up. The view is for matching only; nothing is ever written in it.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Codes: TypeAlias = NDArray[np.uint32]

DROPPED = 0  # the code of characters that have no place in the view
BLANK = 0x20

_KINDS = {
    '"': "“”„‟〝〞＂「」『』«",
    "'": "‘’‚‛＇",
    "-": "‐‑‒–—―─－",
    "·": "•‧∙⋅・･",
    "|": "丨│┃︱︳¦",
    ">": "›»〉→▸▶",
    "[": "【〔〖［",
    "]": "】〕〗］",
    ":": "︰﹕∶",
    ",": "﹐",
    ";": "﹔",
    "(": "﹙",
    ")": "﹚",
    "。": "｡",
    "、": "､",
}
_ZERO_WIDTH = (
    0xAD,
    0x61C,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
    0xFEFF,
)
_BLANKS = "\t\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"

_H = "[㐀-鿿豈-﫿]"
_TIGHT_BEFORE, _TIGHT_AFTER = r"[:|>/·)\]]", r"[:|>/·(\[]"
_UNEVEN = re.compile(rf"\A |  | \Z|\x00|{_H} {_H}| {_TIGHT_BEFORE}|{_TIGHT_AFTER} ")
_RUN = re.compile(rf"\A ++| ++\Z|(?<= ) ++| ++(?={_TIGHT_BEFORE})|(?<={_TIGHT_AFTER}) ++")
_GAP = re.compile(rf"(?<={_H}) (?={_H}|[，。、；！？,;!?)])|(?<=、) (?={_H})")
# A word whose characters stand apart: three or more, or two before a colon. The possessive quantifier
# and the look-behind keep it linear on hostile lines.
_SPACED = re.compile(rf"(?<!{_H})(?<!{_H} ){_H}(?:(?: {_H}){{2,}}+(?!{_H})| {_H}(?=:))|\A{_H} {_H}\Z")


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded view of a piece of text.

    Attributes:
        text: the view.
        source: what it was made from.
        positions: index in `source` of each character of `text`, or None where they are the same.
    """

    text: str
    source: str
    positions: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters `start` to `end` of the view stand in the source.

            >>> folded = fold("責 任 編 輯 ： 周慕云")
        >>> folded.text
        '责任编辑:周慕云'
            >>> folded.span(0, 4)
            (0, 7)
        """
        if self.positions is None:
            return start, end
        if start >= end:
            at = self.positions[start] if start < len(self.positions) else len(self.source)
            return at, at
        return self.positions[start], self.positions[end - 1] + 1


def fold(text: str) -> Folded:
    """Return the folded view of one line.

    >>> fold("免 責 聲 明：  投資有風險").text
    '免责声明:投资有风险'
    >>> fold("　打開ＡＰＰ体验更佳").text
    '打开app体验更佳'
    """
    even = fold_characters(text)
    if not _UNEVEN.search(even):
        return Folded(even, text)
    positions = [at for at, char in enumerate(even) if char != "\0"]
    view, positions = _without("".join(even[at] for at in positions), positions, _RUN)
    spaces = [span for match in _SPACED.finditer(view) for span in _blanks(match)]
    view, positions = _cut(view, positions, spaces)
    return Folded(view, text, tuple(positions))


def close_gaps(folded: Folded) -> Folded | None:
    """Close the gaps that elided words and wraps leave between Chinese characters; None where there are none.

    >>> closed = close_gaps(fold("内容 侵 權请联系 删除 ，谢谢 all"))
    >>> closed.text if closed else None
    '内容侵权请联系删除,谢谢 all'
    """
    spans = [match.span() for match in _GAP.finditer(folded.text)]
    if not spans:
        return None
    positions = list(range(len(folded.text)) if folded.positions is None else folded.positions)
    text, kept = _cut(folded.text, positions, spans)
    return Folded(text, folded.source, tuple(kept))


def fold_characters(text: str) -> str:
    r"""Return `text` folded character by character: same length, dropped ones as ``\0``.

    >>> fold_characters("Ａ股：臺積電")
    'a股:台积电'
    """
    return decode_codes(fold_codes(text))


def fold_codes(text: str) -> Codes:
    """Return the code points of `fold_characters`, one per character; line feeds stay."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded: Codes = fold_table()[codes]
    return folded


def decode_codes(codes: Codes) -> str:
    """Return the text of an array of code points; lone surrogates are kept."""
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


@cache
def fold_table() -> Codes:
    """Return the folded code point of every code point."""
    from articlekit.adapters import opencc_tables

    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    for key, value in opencc_tables.dictionary("TSCharacters.txt").items():
        if len(key) == len(value) == 1 and (value < "\U00010000" or key > "\uffff"):  # 16 bits stay 16 bits
            table[ord(key)] = ord(value)
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    for kind, members in _KINDS.items():
        table[[ord(member) for member in members]] = ord(kind)
    table[[code for code in range(0x3001) if unicodedata.category(chr(code)) == "Zs"]] = BLANK
    table[[ord(char) for char in _BLANKS]] = BLANK
    table[list(_ZERO_WIDTH)] = DROPPED
    for upper in (ord("A"), 0xFF21):
        table[upper : upper + 26] = np.arange(ord("a"), ord("z") + 1)
    return table


def _blanks(match: re.Match[str]) -> list[tuple[int, int]]:
    return [(at, at + 1) for at in range(match.start(), match.end()) if match.string[at] == " "]


def _without(view: str, positions: list[int], pattern: re.Pattern[str]) -> tuple[str, list[int]]:
    return _cut(view, positions, [match.span() for match in pattern.finditer(view)])


def _cut(view: str, positions: list[int], spans: list[tuple[int, int]]) -> tuple[str, list[int]]:
    """Take spans out of a view and of its positions."""
    if not spans:
        return view, positions
    parts: list[str] = []
    kept: list[int] = []
    at = 0
    for start, end in [*spans, (len(view), len(view))]:
        parts.append(view[at:start])
        kept += positions[at:start]
        at = end
    return "".join(parts), kept
