"""Undoing one step of a chain of several, by the structure of UTF-8 alone.

What is under the outer step is garbage too, so how it reads says nothing. That bytes form UTF-8 by chance
is improbable enough. Steps in the middle of a chain wrote UTF-8: anything else cannot write what a wrong
codec makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from articlekit.model import Edit
from articlekit.text.mojibake.chains import Chain, chains
from articlekit.text.mojibake.damaged import Damaged
from articlekit.text.positions import apply_edits

_SEQUENCE = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
_RUN = re.compile(rb"(?:(?:" + _SEQUENCE + rb")[\x20-\x7e]{0,20}){2,}")
_ONE = re.compile(_SEQUENCE)
_COVERED = 0.9  # share of the bytes outside ASCII of a line's runs and their neighbours


def unwrapped(line: str) -> Iterator[tuple[Chain, str, tuple[Edit, ...]]]:
    """Yield each codec that may have been the last to misread UTF-8: chain, the text before, the edits."""
    for chain in chains():
        if chain.right != "utf-8":
            continue
        edits = tuple(_edits(Damaged.of(line, chain.table), chain))
        if edits:
            yield chain, apply_edits(line, edits), edits


def _edits(line: Damaged, chain: Chain) -> Iterator[Edit]:
    data = bytes(value if value >= 0 else 0 for value in line.data)
    for match in _RUN.finditer(data):
        start, end = _aligned(line, data, *match.span())
        if start >= end:
            continue
        try:
            after = data[start:end].decode("utf-8")
        except UnicodeDecodeError:
            continue
        first, last = line.places[start], line.places[end]
        if "\ufffd" not in after:
            yield Edit("repair", chain.name, first, last, line.text[first:last], after)


def _aligned(line: Damaged, data: bytes, start: int, end: int) -> tuple[int, int]:
    """Move the ends of a run inwards to where both a sequence and a character of the line end."""
    while start < end and start not in line.places:
        match = _ONE.match(data, start)
        start = match.end() if match else start + 1
    stops = [match.end() for match in _ONE.finditer(data, start, end)]
    while stops and stops[-1] not in line.places:
        stops.pop()
    return (start, stops[-1]) if stops else (start, start)
