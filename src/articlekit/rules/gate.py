"""One pass over a document that finds which rules could match which lines.

The characters of the whole document are folded in one table look-up, every pair of neighbours is hashed
into a small table of the pairs with which literals begin, and only where a pair is marked are literals
compared. The cost hardly depends on the number of rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from articlekit.rules.patterns import WINDOW, fold_literal
from articlekit.text.fold import BLANK, DROPPED, Codes, decode_codes, fold_codes, fold_table

NO_LIMIT = 1 << 30

_BITS = 16
_LINE_FEED = 0x0A
_CUT = "\x1f"  # folds to a blank; stands for the middle of a long line


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
        self._limits = np.zeros(1 << _BITS, dtype=np.int32)  # longest line of any rule with such a pair
        for rule, (texts, longest) in enumerate(literals):
            for literal in map(fold_literal, texts):
                by_pair[literal[:2]][literal].append(rule)
                at = _hash_pairs(fold_codes(literal[:2]))
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
        # Line feeds end lines; a first and a last one stand around the whole.
        feeds = np.concatenate(([-1], (codes == _LINE_FEED).nonzero()[0], [len(codes)]))
        at = feeds.searchsorted(places) - 1
        sizes = feeds[at + 1] - feeds[at] - 1
        fitting = self._limits[pairs[places]] >= sizes
        return self._compare(
            decode_codes(codes), places[fitting].tolist(), at[fitting].tolist(), sizes[fitting].tolist()
        )

    def _compare(
        self, view: str, places: list[int], indexes: list[int], sizes: list[int]
    ) -> dict[int, set[int]]:
        """Return the rules by line, from the places in `view` where a literal may begin."""
        found: dict[int, set[int]] = {}
        longest, by_pair = self._longest, self._by_pair
        for place, index, size in zip(places, indexes, sizes, strict=True):
            for literal, rules in by_pair.get(view[place : place + 2], ()):
                if view.startswith(literal, place):
                    fitting = [rule for rule in rules if size <= longest[rule]]
                    if fitting:
                        found.setdefault(index, set()).update(fitting)
        return found

    def _bare_codes(self, lines: Sequence[str]) -> Codes:
        """Return the folded code points of all lines without blanks, line feeds between the lines."""
        text = "\n".join(lines)
        if len(text) > self._reach and max(map(len, lines)) > self._reach + WINDOW:
            text = "\n".join([self._ends(line) for line in lines])
        if text.count("\n") >= max(len(lines), 1):
            text = "\n".join([self._ends(line).replace("\n", " ") for line in lines])
        codes: Codes = _bare_table()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")]
        bare: Codes = codes[codes != DROPPED]
        return bare

    def _ends(self, line: str) -> str:
        """Return the parts of a line that rules look at."""
        if len(line) > self._reach + WINDOW:
            line = line.strip()
            if len(line) > self._reach + WINDOW:
                return line[: self._reach] + _CUT + line[-WINDOW:]
        return line


@cache
def _bare_table() -> Codes:
    """Return the folded code point of every code point, blanks dropped too."""
    table = fold_table().copy()
    table[table == BLANK] = DROPPED
    return table


def _hash_pairs(codes: Codes) -> Codes:
    mixed = codes[:-1] * np.uint32(0x9E3779B1)
    mixed ^= codes[1:] * np.uint32(0x85EBCA6B)
    mixed >>= np.uint32(32 - _BITS)
    return mixed
