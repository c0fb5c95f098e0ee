"""Undo annotated GBK: pinyin glued behind characters on the byte level, and what it broke.

`臺(tái)又開(kāi)始` becomes `臺又開始`, and `適當(dāng)?shù)臏贤ǚ绞健?/p>` becomes `適當的溝通方式。</p>`.
Ordinary glosses stay: a document is only touched when many traditional characters carry their own
reading at every occurrence. See docs/annotated-gbk.md.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from math import log

from articlekit.model import Edit, Flag, Repaired
from articlekit.text.annotated import gbk
from articlekit.text.annotated.annotations import ANNOTATION, MISREAD_RUN, TONED_ANNOTATION, reading_of
from articlekit.text.annotated.document_model import DocumentModel, bare_costs
from articlekit.text.annotated.pinyin import is_syllable, readings
from articlekit.text.annotated.straddles import REPLACEMENT, Evidence, Restored, restore
from articlekit.text.character_model import shipped

STEP = "annotated-gbk"
_BARE_ENTRY = 8.0  # nats: a character of the table stands there without its annotation
_BARE_SOMETIMES = 3.0  # one that stands without it elsewhere too
_LIKELY = 1.0  # nats of lead, where a lost byte left no mark, below which the text stays as it is
_SHOWN = 4  # characters shown on either side of a lost one
_FAILURES, _UNMARKED_FAILURES = 50, 10
_SURE = 3.0  # nats of lead over the next best reading of the bytes, below which a guess is flagged


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
    return _recognised(text, list(ANNOTATION.finditer(text)))


def is_annotated(text: str) -> bool:
    """Tell whether `text` is annotated GBK."""
    return recognise(text).annotated


def undo(text: str, recognition: Recognition | None = None) -> Repaired:
    """Remove the annotations of annotated GBK and restore the characters they broke.

    `recognition` is that of the document which `text` is a part of, such as a title that is too short to
    be recognised by itself; without it, `text` is taken for a whole document.

    Edits have kind ``annotation`` or ``straddle``; flags ``lost-character`` (an ASCII character nobody can
    know, written U+FFFD), ``uncertain-character`` and ``residue`` (a place that could not be restored and
    was left as it is). Text that is not annotated GBK comes back unchanged.

    >>> undo("赵䶮(yǎn)").text
    '赵䶮(yǎn)'
    """
    if text.isascii() or not TONED_ANNOTATION.search(text):
        return Repaired(text)
    found = list(ANNOTATION.finditer(text))
    own = _recognised(text, found)
    if not (recognition or own).annotated:
        return Repaired(text)
    return _Undo(text, _joined(own, recognition) if recognition else own).run(found)


@cache
def _traditional() -> frozenset[str]:
    return shipped().characters("Hant")


def _recognised(text: str, found: list[re.Match[str]]) -> Recognition:
    counts = Counter(
        (text[match.start() - 1 : match.start()], match[2]) for match in found if match[1] == "("
    )
    annotated: Counter[str] = Counter()
    table: dict[str, set[str]] = {}
    pairs = []
    foreign = 0
    for (character, body), count in counts.items():
        reading = reading_of(body)
        if not character or character.isascii() or reading not in readings(character):
            continue
        if character in _traditional():
            annotated[character] += count
            table.setdefault(character, set()).add(reading)
            pairs.append((character, body))
        else:
            foreign += count
    occurrences = Counter(text)
    residues = [match for match in found if match[1] != "("]
    toned = sum(TONED_ANNOTATION.match("(" + match[2]) is not None for match in residues)
    everywhere = sum(occurrences[character] for character in annotated)
    distinct = len(occurrences.keys() & _traditional())
    return Recognition(
        annotated=_is_annotated(annotated, everywhere, foreign, distinct, toned),
        table={character: frozenset(known) for character, known in table.items()},
        pairs=frozenset(pairs),
        annotated_times=annotated,
        occurrences=annotated.total(),
        residues=len(residues),
    )


def _is_annotated(table: Counter[str], everywhere: int, foreign: int, distinct: int, residues: int) -> bool:
    """Decide whether a text is annotated GBK.

    Args:
        table: how often each traditional character carries its own reading.
        everywhere: how often these characters occur, with or without one.
        foreign: how often characters that simplified text has too carry one.
        distinct: how many different traditional characters occur.
        residues: how many toned annotations lack their opening bracket.
    """
    total = table.total()
    if total < 0.9 * everywhere or foreign > 0.1 * total or len(table) < 0.08 * distinct:
        return False
    repeated = sum(count > 1 for count in table.values())
    return (len(table) >= 5 and repeated >= 3) or (len(table) >= 3 and residues > 0)


def _joined(own: Recognition, whole: Recognition) -> Recognition:
    """Return the recognition of a part of a document, with the table of the whole."""
    return replace(own, annotated=True, table={**own.table, **whole.table}, pairs=own.pairs | whole.pairs)


class _Undo:
    """The undoing of one recognised document."""

    def __init__(self, text: str, recognition: Recognition) -> None:
        self.text, self.recognition = text, recognition
        self.edits: list[Edit] = []
        self.flags: list[tuple[str, int, int, str]] = []  # kind, place in the input, place in the edit, text
        self.evidence: Evidence | None = None
        self.silent: Evidence | None = None
        self.unmarked_failures = 0
        self.hopeless = self.failures = 0  # where the last stretch ended that was given up; how many were

    def run(self, found: list[re.Match[str]]) -> Repaired:
        text, pairs, end = self.text, self.recognition.pairs, 0
        for match in found:
            start, opening = match.start(), match[1]
            if start < end:
                continue
            if opening != "(":
                end = self._restore(match)
            elif (text[start - 1 : start], match[2]) in pairs or self._behind_letter(match):
                self.edits.append(Edit(STEP, "annotation", start, match.end(), match[0], ""))
            else:
                end = self._restore_unmarked(match)
        return self._repaired()

    def _behind_letter(self, match: re.Match[str]) -> bool:
        """Tell whether an annotation belongs to the second byte of a character and the letter before it."""
        letter = self.text[match.start() - 1 : match.start()]
        if not "@" <= letter <= "~":
            return False
        trail = gbk.pairs().get(self._before(match.start() - 1)[-1:], 0) & 0xFF
        character = gbk.assigned().get(trail << 8 | ord(letter))
        return character is not None and reading_of(match[2]) in readings(character)

    def _known(self) -> Evidence:
        if self.evidence is None:
            self.evidence = _evidence(self.text, self.recognition)
        return self.evidence

    def _restore_unmarked(self, match: re.Match[str]) -> int:
        """Restore what begins at an annotation that does not fit, as if a byte were lost before its bracket.

        Some decoders drop what they cannot read and leave no mark. A gloss of the author stays.
        """
        if self.unmarked_failures > _UNMARKED_FAILURES or not is_syllable(reading_of(match[2])):
            return match.end()
        if self.silent is None:
            # Nothing marks what was misread, so that no text of the document is known to be sound.
            self.silent = replace(self._known(), model=DocumentModel("", self._known().model.bare), silent=True)
        edits = len(self.edits)
        end = self._try(match, self.silent, _LIKELY)
        self.unmarked_failures += len(self.edits) == edits
        return end

    def _restore(self, match: re.Match[str]) -> int:
        """Restore what begins at a damaged annotation; return where it ends in the input."""
        edits = len(self.edits)
        end = self._try(match, self._known(), 0.0)
        if len(self.edits) == edits and (match[1] != "?" or TONED_ANNOTATION.match("(" + match[2])):
            self.flags.append(("residue", match.start(), 0, match[0]))
        return end

    def _try(self, match: re.Match[str], evidence: Evidence, margin: float) -> int:
        """Restore a stretch if that succeeds with `margin`; return where to go on."""
        start = match.start()
        if start < self.hopeless and self.failures > _FAILURES:
            return match.end()
        restored = restore(self.text, start, self._before(start), evidence)
        if restored.text is not None and restored.margin >= margin:
            self._replace(restored, restored.text)
            return restored.end
        # What begins inside a stretch that was given up is tried again, but not without end.
        self.hopeless = max(self.hopeless, restored.end)
        self.failures += 1
        return match.end()

    def _before(self, start: int) -> str:
        """Return the two restored characters before `start`, across annotations."""
        found, place = "", len(self.edits)
        while len(found) < 2 and start > 0:
            if place and self.edits[place - 1].end == start:
                place -= 1
                found = self.edits[place].after[-2:] + found
                start = self.edits[place].start
            else:
                found = self.text[start - 1] + found
                start -= 1
        return found[-2:] or "\n"

    def _replace(self, restored: Restored, after: str) -> None:
        start, end = restored.start, restored.end
        self.edits.append(Edit(STEP, "straddle", start, end, self.text[start:end], after))
        for at, character in enumerate(after):
            if character == REPLACEMENT:
                first = max(after.rfind("\n", 0, at) + 1, at - _SHOWN)
                snippet = after[first : at + 1 + _SHOWN].split("\n")[0]
                self.flags.append(("lost-character", start, first, snippet))
        if restored.margin < _SURE:
            self.flags.append(("uncertain-character", start, 0, after.split("\n")[0]))

    def _repaired(self) -> Repaired:
        parts, end, length = [], 0, 0
        starts: list[tuple[int, int]] = [(0, 0)]  # where edits begin in the input and in the result
        for edit in self.edits:
            parts += [self.text[end : edit.start], edit.after]
            length += edit.start - end
            starts.append((edit.start, length))
            length += len(edit.after)
            end = edit.end
            starts.append((end, length))
        parts.append(self.text[end:])
        return Repaired("".join(parts), tuple(self.edits), tuple(self._placed(starts)))

    def _placed(self, starts: list[tuple[int, int]]) -> Iterator[Flag]:
        """Yield the flags, in the order of their places, with line and place in the result."""
        line, counted = 1, 0
        for kind, start, within, snippet in self.flags:
            line += self.text.count("\n", counted, start)
            counted = start
            # The last edit boundary before the place.
            at, place = starts[bisect_right(starts, (start, len(self.text) * 2)) - 1]
            yield Flag(kind, line, place + start - at + within, snippet)


def _evidence(text: str, recognition: Recognition) -> Evidence:
    occurrences = Counter(text)
    traditional = _traditional()
    table = recognition.table
    share = len(table) / max(1, len(occurrences.keys() & traditional))
    annotated_times = recognition.annotated_times
    plain = {c for c, count in occurrences.items() if count > annotated_times.get(c, 0)}
    bare = bare_costs(
        [
            (traditional, -log(max(1.0 - share, 0.02))),
            (plain, 0.0),
            (table.keys(), _BARE_ENTRY),
            (plain & table.keys(), _BARE_SOMETIMES),
        ]
    )
    return Evidence(
        model=DocumentModel(MISREAD_RUN.sub(lambda m: "" if m[0][0] == "(" else "\0", text), bare),
        table=table,
        plain=plain.__contains__,
        traditional=traditional.__contains__,
        share=share,
        gaps=not any("\ue000" <= character <= "\uf8ff" for character in occurrences),
    )
