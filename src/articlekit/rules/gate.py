"""One pass over a document that finds which rules could match which lines.

The characters of the whole document are folded in one table look-up, every pair of neighbours is hashed
into a small table of the pairs with which literals begin, and only where a pair is marked are literals
compared. The cost hardly depends on the number of rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from articlekit.rules.patterns import WINDOW, fold_literal
from articlekit.text.fold import BLANK, DROPPED, Codes, decode_codes, fold_codes

NO_LIMIT = 1 << 30

_BITS = 16
_LINE_FEED = 0x0A
_CUT = "\x1f"  # folds to a blank; stands for the middle of a long line


class Literals(NamedTuple):
    """The prefilter literals of a rule, and the longest line it looks at, in characters without blanks."""

    texts: Sequence[str]
    longest: int = NO_LIMIT


class Gate:
    """Finds the literals of rules in lines; a rule is known by its place in `literals`."""

    def __init__(self, literals: Sequence[Literals]) -> None:
        by_pair: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._longest = [longest for _, longest in literals]
        self._limits = np.zeros(1 << _BITS, dtype=np.int32)  # longest line of any rule with such a pair
        for rule, (texts, longest) in enumerate(literals):
            for literal in map(fold_literal, texts):
                by_pair[literal[:2]][literal].append(rule)
                at = _hash_pairs(fold_codes(literal[:2]))
                self._limits[at] = np.maximum(self._limits[at], longest)
        self._by_pair = {pair: tuple(literals.items()) for pair, literals in by_pair.items()}

    def candidates(self, lines: Sequence[str]) -> dict[int, set[int]]:
        """Return index of line → rules of which a literal stands in it, blanks aside.

        Of lines longer than two windows only the first and the last window are looked at.

        >>> gate = Gate([Literals(["责任编辑"]), Literals(["分享到"], longest=8)])
        >>> gate.candidates(["正文。", "責 任 編 輯：周慕云", "分享到 微信", "分享到此为止的经济学"])
        {1: {0}, 2: {1}}
        """
        codes = fold_codes("\n".join(map(_ends, lines)))
        codes = codes[(codes != BLANK) & (codes != DROPPED)]
        limits = self._limits[_hash_pairs(codes)]
        if not limits.any():
            return {}
        feeds = np.flatnonzero(codes == _LINE_FEED)
        sizes = np.diff(feeds, prepend=-1, append=len(codes)) - 1
        size_at = np.repeat(sizes, sizes + 1)[: len(limits)]  # of the line each pair is in
        places = np.flatnonzero((limits > 0) & (limits >= size_at))
        view = decode_codes(codes)
        found: dict[int, set[int]] = {}
        for place, line in zip(places.tolist(), np.searchsorted(feeds, places).tolist(), strict=True):
            for literal, rules in self._by_pair.get(view[place : place + 2], ()):
                if view.startswith(literal, place):
                    fitting = [rule for rule in rules if sizes[line] <= self._longest[rule]]
                    if fitting:
                        found.setdefault(line, set()).update(fitting)
        return found


def _hash_pairs(codes: Codes) -> Codes:
    mixed = codes[:-1] * np.uint32(0x9E3779B1) ^ codes[1:] * np.uint32(0x85EBCA6B)
    return mixed >> np.uint32(32 - _BITS)


def _ends(line: str) -> str:
    """Return the parts of a line that rules look at, without line feeds."""
    if len(line) > 2 * WINDOW:
        line = line.strip()
        line = line[:WINDOW] + _CUT + line[-WINDOW:]
    return line.replace("\n", " ") if "\n" in line else line
