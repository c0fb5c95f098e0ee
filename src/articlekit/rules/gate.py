"""One pass over a document that finds which rules could match which lines.

The characters of the whole document are folded in one table look-up, every pair of neighbours is hashed
into a small table of the pairs with which literals begin, and only where a pair is marked are literals
compared. The cost hardly depends on the number of rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from articlekit.rules.patterns import WINDOW, fold_literal
from articlekit.text.fold import BLANK, DROPPED, Codes, decode_codes, fold_codes

_BITS = 16
_LINE_FEED = 0x0A
_CUT = "\x1f"  # folds to a blank; stands for the middle of a long line


class Gate:
    """Finds the literals of rules in lines. `literals` holds the prefilter literals of each rule."""

    def __init__(self, literals: Sequence[Iterable[str]]) -> None:
        rules_of: dict[str, list[int]] = defaultdict(list)
        for rule, texts in enumerate(literals):
            for text in texts:
                rules_of[fold_literal(text)].append(rule)
        by_pair: dict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
        for literal, rules in rules_of.items():
            by_pair[literal[:2]].append((literal, tuple(rules)))
        self._by_pair: Mapping[str, list[tuple[str, tuple[int, ...]]]] = dict(by_pair)
        self._marked = np.zeros(1 << _BITS, dtype=np.bool_)
        for pair in by_pair:
            self._marked[_hash_pairs(fold_codes(pair))] = True

    def candidates(self, lines: Sequence[str]) -> dict[int, set[int]]:
        """Return index of line → rules of which a literal stands in it, blanks aside.

        Of lines longer than two windows only the first and the last window are looked at.

        >>> Gate([["责任编辑"], ["分享到"]]).candidates(["正文。", "責 任 編 輯：周慕云"])
        {1: {0}}
        """
        codes = fold_codes("\n".join(map(_ends, lines)))
        codes = codes[(codes != BLANK) & (codes != DROPPED)]
        places = np.flatnonzero(self._marked[_hash_pairs(codes)])
        if not len(places):
            return {}
        view = decode_codes(codes)
        feeds = np.flatnonzero(codes == _LINE_FEED)
        found: dict[int, set[int]] = {}
        for place, line in zip(places.tolist(), np.searchsorted(feeds, places).tolist(), strict=True):
            for literal, rules in self._by_pair.get(view[place : place + 2], ()):
                if view.startswith(literal, place):
                    found.setdefault(line, set()).update(rules)
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
