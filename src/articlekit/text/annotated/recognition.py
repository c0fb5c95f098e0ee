"""Telling whether a document is annotated GBK, and with which table of characters and readings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from articlekit.text.annotated.annotations import ANNOTATION, TONED_ANNOTATION, reading_of
from articlekit.text.annotated.pinyin import readings
from articlekit.text.character_model import shipped

CODES = 0x10000
_KEPT_ENTRIES = 20_000
_CHARACTERS = 5  # different annotated characters that make a text annotated GBK
_WITH_RESIDUE = 3  # the same where an annotation lost its bracket, which nobody writes by hand
_REPEATED = 3  # of them, how many more than once
_EVERYWHERE = 0.9  # share of their occurrences that are annotated
_FOREIGN = 0.1  # of the annotations, how many may stand behind characters that simplified text has too
_DISTINCT = 0.08  # share of the traditional characters of the text that are annotated


@dataclass(frozen=True, slots=True)
class Recognition:
    """What makes a document annotated GBK: its table of characters and their readings.

    `pairs` are the characters and annotations as written, `annotated_times` counts them by character,
    `occurrences` counts the intact annotations, `residues` those whose bracket was damaged.
    """

    annotated: bool
    table: Mapping[str, frozenset[str]] = field(default_factory=dict)
    pairs: frozenset[tuple[str, str]] = frozenset()
    annotated_times: Mapping[str, int] = field(default_factory=dict)
    occurrences: int = 0
    residues: int = 0

    def part(self, own: Recognition) -> Recognition:
        """Return the recognition of a part of this document, which has `own` alone."""
        return replace(own, annotated=True, table={**own.table, **self.table}, pairs=own.pairs | self.pairs)


@lru_cache(maxsize=_KEPT_ENTRIES)
def _own_reading(character: str, body: str) -> str:
    """Return what an annotation's body says, empty where `character` is not read so."""
    reading = reading_of(body)
    return reading if not character.isascii() and reading in readings(character) else ""


@cache
def traditional() -> frozenset[str]:
    """Return the characters that only traditional text uses."""
    return shipped().characters("Hant")


@cache
def traditional_codes() -> NDArray[np.int64]:
    """Return their code points."""
    return np.array(sorted(map(ord, traditional())), np.int64)


def code_counts(text: str) -> NDArray[np.int64]:
    """Return how often each code point of the Basic Multilingual Plane occurs; 0xFFFF counts the others.

    >>> int(code_counts("春眠春曉")[ord("春")])
    2
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.bincount(np.minimum(codes, CODES - 1), minlength=CODES)


def recognise(text: str) -> Recognition:
    """Tell whether `text` is annotated GBK, and with which table.

    A document is, when at least five characters that only traditional text uses carry their own reading
    at nearly every occurrence, at least three of them more than once, and hardly any other characters do.
    Fewer will do where an annotation has lost its opening bracket, which nobody writes by hand.

    >>> recognise("這個字讀作龘(dá)。").annotated
    False
    """
    if text.isascii() or not TONED_ANNOTATION.search(text):
        return Recognition(False)
    return recognised(text, list(ANNOTATION.finditer(text)))


def recognised(text: str, found: Sequence[re.Match[str]]) -> Recognition:
    """Return the same for a text whose annotations are `found`."""
    counts = Counter([(text[max(match.start() - 1, 0)], match[0]) for match in found])
    annotated: Counter[str] = Counter()
    table: dict[str, set[str]] = {}
    pairs = []
    foreign = residues = toned = 0
    for (character, shown), count in counts.items():
        if shown[0] != "(":
            residues += count
            toned += count * (TONED_ANNOTATION.search(shown.replace("?", "(")) is not None)
            continue
        body = shown[1:-1]
        reading = _own_reading(character, body)
        if not reading:
            continue
        if character in traditional():
            annotated[character] += count
            table.setdefault(character, set()).add(reading)
            pairs.append((character, body))
        else:
            foreign += count
    return Recognition(
        annotated=_is_annotated(text, annotated, foreign, toned),
        table={character: frozenset(known) for character, known in table.items()},
        pairs=frozenset(pairs),
        annotated_times=annotated,
        occurrences=annotated.total(),
        residues=residues,
    )


def _is_annotated(text: str, table: Counter[str], foreign: int, residues: int) -> bool:
    """Decide whether a text is annotated GBK.

    Args:
        text: the text.
        table: how often each traditional character carries its own reading.
        foreign: how often characters that simplified text has too carry one.
        residues: how many toned annotations lack their opening bracket.
    """
    total = table.total()
    repeated = sum(count > 1 for count in table.values())
    many = len(table) >= _CHARACTERS and repeated >= _REPEATED
    if not (many or (len(table) >= _WITH_RESIDUE and residues > 0)) or foreign > _FOREIGN * total:
        return False
    counts = code_counts(text)
    distinct = int(np.count_nonzero(counts[traditional_codes()]))
    everywhere = int(counts[[ord(character) for character in table]].sum())
    return total >= _EVERYWHERE * everywhere and len(table) >= _DISTINCT * distinct
