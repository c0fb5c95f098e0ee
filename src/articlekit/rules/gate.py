"""One pass over a document that finds which rules could match which lines.

The characters of the whole document are folded in one table look-up, every pair of neighbours is hashed
into a small table of the pairs with which literals begin, and only where a pair is marked are literals
compared. The cost hardly depends on the number of rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from articlekit.rules.patterns import WINDOW, fold_literal
from articlekit.text.fold import BLANK, DROPPED, decode_codes, fold_table

Codes: TypeAlias = NDArray[np.uint16] | NDArray[np.uint32]

NO_LIMIT = 1 << 30

_LINE_FEED = 0x0A
_CUT = "\x1f"  # folds to a blank; stands for the middle of a long line
_LOST = 0xFFFD  # what halves of characters count as where codes have 16 bits


class Literals(NamedTuple):
    """The prefilter literals of a rule, and the longest line it looks at, in characters without blanks."""

    texts: Sequence[str]
    longest: int = NO_LIMIT


class Gate:
    """Finds the literals of rules in lines; a rule is known by its place in `literals`.

    Of a line longer than `reach` and a window, only the first `reach` characters and the last window are
    looked at.
    """

    def __init__(self, literals: Sequence[Literals], reach: int = WINDOW) -> None:
        by_pair: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._reach = reach
        self._longest = [longest for _, longest in literals]
        self._limits = np.zeros(1 << 16, dtype=np.int32)  # longest line of any rule with such a pair
        for rule, (texts, longest) in enumerate(literals):
            for literal in map(fold_literal, texts):
                by_pair[literal[:2]][literal].append(rule)
                at = _hash_pairs(np.array([ord(char) for char in literal[:2]], dtype=np.uint32))
                self._limits[at] = np.maximum(self._limits[at], longest)
        self._is_begun = self._limits > 0
        self._by_pair = {pair: tuple(literals.items()) for pair, literals in by_pair.items()}

    def candidates(self, lines: Sequence[str]) -> dict[int, set[int]]:
        """Return index of line → rules of which a literal stands in it, blanks aside.

        >>> gate = Gate([Literals(["责任编辑"]), Literals(["分享到"], longest=8)])
        >>> gate.candidates(["正文。", "責 任 編 輯：周慕云", "分享到 微信", "分享到此为止的经济学"])
        {1: {0}, 2: {1}}
        """
        codes = self._bare_codes(lines)
        pairs = _hash_pairs(codes)
        places = self._is_begun[pairs].nonzero()[0]
        if not places.size:
            return {}
        feeds = (codes == _LINE_FEED).nonzero()[0]  # one before and one behind every line
        sizes = feeds[1:] - feeds[:-1] - 1
        at = feeds.searchsorted(places) - 1
        fitting = (self._limits[pairs[places]] >= sizes[at]).nonzero()[0]
        return self._compare(
            _characters(codes), places[fitting].tolist(), at[fitting].tolist(), sizes.tolist()
        )

    def _compare(
        self, view: str, places: list[int], indexes: list[int], sizes: list[int]
    ) -> dict[int, set[int]]:
        """Return the rules by line, from the places in `view` where a literal may begin, and their lines."""
        found: dict[int, set[int]] = {}
        longest, by_pair = self._longest, self._by_pair
        for place, index in zip(places, indexes, strict=True):
            for literal, rules in by_pair.get(view[place : place + 2], ()):
                if view.startswith(literal, place):
                    size = sizes[index]
                    fitting = [rule for rule in rules if size <= longest[rule]]
                    if fitting:
                        found.setdefault(index, set()).update(fitting)
        return found

    def _bare_codes(self, lines: Sequence[str]) -> Codes:
        """Return the folded code points of all lines without blanks, line feeds around and between them."""
        text = "\n".join(["", *lines, ""])
        if len(text) > self._reach and max(map(len, lines)) > self._reach + WINDOW:
            text = "\n".join(["", *map(self._ends, lines), ""])
        if text.count("\n") != len(lines) + 1:
            text = "\n".join(["", *(self._ends(line).replace("\n", " ") for line in lines), ""])
        return _bare(text)

    def _ends(self, line: str) -> str:
        """Return the parts of a line that rules look at."""
        if len(line) > self._reach + WINDOW:
            line = line.strip()
            if len(line) > self._reach + WINDOW:
                return line[: self._reach] + _CUT + line[-WINDOW:]
        return line


def _bare(text: str) -> Codes:
    """Return the folded code points of a text without blanks: of 16 bits where all characters fit."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    if len(encoded) == 2 * len(text):
        short: NDArray[np.uint16] = _short_table()[np.frombuffer(encoded, dtype="<u2")]
        return short.compress(short != DROPPED)
    code_points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    wide: NDArray[np.uint32] = _bare_table()[code_points]
    return wide.compress(wide != DROPPED)


def _characters(codes: Codes) -> str:
    """Return the text of folded code points, one character each."""
    if codes.dtype == np.uint16:
        return codes.tobytes().decode("utf-16-le")
    return decode_codes(codes.astype(np.uint32, copy=False))


@cache
def _bare_table() -> NDArray[np.uint32]:
    """Return the folded code point of every code point, blanks dropped too."""
    table = fold_table().copy()
    table[table == BLANK] = DROPPED
    return table


@cache
def _short_table() -> NDArray[np.uint16]:
    """Return the same for the first 65,536 code points, in 16 bits, which stays in the cache."""
    table = _bare_table()[: 1 << 16].copy()
    table[0xD800:0xE000] = _LOST
    return table.astype(np.uint16)


def _hash_pairs(codes: Codes) -> NDArray[np.uint16]:
    """Return a number of 16 bits for every two neighbours."""
    short = codes if codes.dtype == np.uint16 else codes.astype(np.uint16)
    mixed: NDArray[np.uint16] = short[:-1] * np.uint16(0x9E37) + short[1:] * np.uint16(0x85EB)
    return mixed
