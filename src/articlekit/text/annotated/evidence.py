"""What a whole document tells about a damaged stretch of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from articlekit.text.annotated.annotations import INTACT, MISREAD_RUN
from articlekit.text.annotated.document_model import UNKNOWN, DocumentModel
from articlekit.text.annotated.recognition import (
    CODES,
    Recognition,
    code_counts,
    traditional,
    traditional_codes,
)
from articlekit.text.character_model import Floats

# Costs in nats: how rarely a thing happens.
_BARE_ENTRY = 8.0  # a character of the table stands there without its annotation
_BARE_SOMETIMES = 3.0  # one that stands without it elsewhere too
_PLAIN = 5.0  # a character is annotated that has no annotation elsewhere
_FOREIGN = 6.0  # a character is annotated that is not only traditional
_LEAST_SHARE = 0.02
# How many marks a damaged stretch has beside its first where the decoder marks the pairs it cannot read,
# and where it drops them and only bytes 0x80 leave one.
_MARKS, _OTHER_MARKS = 1.5, 0.05
_CERTAIN = 6.0  # nats


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about a document beside the stretch at hand.

    Attributes:
        model: how probable a character is behind others, in this document.
        table: characters seen annotated in the document, with their readings.
        plain: tells by code point whether a character occurs in the document without an annotation.
        traditional: the characters that only traditional text uses.
        share: of the traditional characters of the document that are annotated, 0 to 1.
        gaps: whether pairs of bytes may have been dropped from the text.
        silent: whether lost bytes may have left no mark.
        gap_cost: how rarely a misread pair is such a character, in nats.
    """

    model: DocumentModel
    table: Mapping[str, Collection[str]]
    plain: NDArray[np.bool_]
    traditional: Collection[str]
    share: float = 0.7
    gaps: bool = True
    gap_cost: float = 1.2
    silent: bool = False

    def entry_cost(self, character: str, reading: str) -> float:
        """Return how unlikely it is that the table of the document has this entry."""
        if reading in self.table.get(character, ()):
            return 0.0
        cost = -log(max(self.share, _LEAST_SHARE)) if character in self.traditional else _FOREIGN
        return cost + (_PLAIN if self.plain[min(ord(character), CODES - 1)] else 0.0)

    def silenced(self) -> Evidence:
        """Return the evidence where nothing marks what was misread, so that no text is known to be sound."""
        return replace(self, model=DocumentModel("", self.model.bare), silent=True)


def evidence_of(text: str, recognition: Recognition) -> Evidence:
    """Return the evidence of a whole document, or of a part of it with the table of the whole."""
    counts, table = code_counts(text), recognition.table
    share = len(table) / max(1, int(np.count_nonzero(counts[traditional_codes()])))
    plain = _plain(counts, recognition.annotated_times)
    sound, marked = _sound(text)
    private = bool(counts[0xE000:0xF900].any())
    return Evidence(
        model=DocumentModel(sound, _bare_costs(table, plain, share)),
        table=table,
        plain=plain,
        traditional=traditional(),
        share=share,
        gaps=not private and not marked,
    )


def _plain(counts: NDArray[np.int64], annotated_times: Mapping[str, int]) -> NDArray[np.bool_]:
    plain = counts.copy()
    plain[_codes(annotated_times)] -= np.fromiter(annotated_times.values(), np.int64, len(annotated_times))
    return plain > 0


def _bare_costs(table: Iterable[str], plain: NDArray[np.bool_], share: float) -> Floats:
    """Return what each code point costs that stands without an annotation."""
    costs = np.zeros(CODES, np.float32)
    costs[traditional_codes()] = -log(max(1.0 - share, _LEAST_SHARE))
    costs[plain] = 0.0
    codes = _codes(table)
    costs[codes] = np.where(plain[codes], _BARE_SOMETIMES, _BARE_ENTRY)
    return costs


def _codes(characters: Iterable[str]) -> NDArray[np.int64]:
    return np.array([min(ord(character), CODES - 1) for character in characters], np.int64)


def _sound(text: str) -> tuple[str, bool]:
    """Return `text` without what may be misread, and whether its decoder marked all it could not read."""
    runs = MISREAD_RUN.findall(text)
    more = sum(max(0, run.count("?", 1) + run.count(UNKNOWN, 1) - 1) for run in runs)
    likelihood = more * log(_MARKS / _OTHER_MARKS) - len(runs) * (_MARKS - _OTHER_MARKS)
    return INTACT.sub("", MISREAD_RUN.sub("\0", text)), likelihood > _CERTAIN
