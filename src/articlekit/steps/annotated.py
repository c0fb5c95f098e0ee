"""Undo annotated GBK: pinyin glued behind characters on the byte level, and what it broke.

`臺(tái)又開(kāi)始` becomes `臺又開始`, and `適當(dāng)?shù)臏贤ǚ绞健?/p>` becomes `適當的溝通方式。</p>`.
Ordinary glosses stay: a document is only touched when many traditional characters carry their own
reading at every occurrence. See docs/annotated-gbk.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from articlekit.model import Edit, Flag, Repaired
from articlekit.text import gbk
from articlekit.text.character_model import shipped
from articlekit.text.annotations import ANNOTATION, MISREAD_RUN, TONED_ANNOTATION, reading_of
from articlekit.text.document_model import DocumentModel
from articlekit.text.pinyin import readings
from articlekit.text.straddles import REPLACEMENT, Evidence, Restored, restore

STEP = "annotated-gbk"
_SIMPLIFIED = 5.0  # nats: how rare simplified characters are in traditional text
_SURE = 3.0  # nats of lead over the next best reading of the bytes, below which a guess is flagged


@dataclass(frozen=True, slots=True)
class Recognition:
    """What makes a document annotated GBK: its table of characters and their readings.

    `occurrences` counts intact annotations, `residues` those whose bracket was damaged.
    """

    annotated: bool
    table: Mapping[str, Counter[str]] = field(default_factory=dict)
    occurrences: int = 0
    residues: int = 0


def recognise(text: str) -> Recognition:
    """Tell whether `text` is annotated GBK, and with which table.

    A document is, when at least five characters that only traditional text uses carry their own reading
    at nearly every occurrence, at least three of them more than once, and hardly any other characters do.

    >>> recognise("這個字讀作龘(dá)。").annotated
    False
    """
    if text.isascii() or not TONED_ANNOTATION.search(text):
        return Recognition(False)
    return _recognised(text, list(ANNOTATION.finditer(text)))


def is_annotated(text: str) -> bool:
    """Tell whether `text` is annotated GBK."""
    return recognise(text).annotated


def undo(text: str) -> Repaired:
    """Remove the annotations of annotated GBK and restore the characters they broke.

    Edits have kind ``annotation`` or ``straddle``; flags ``lost-character`` (an ASCII character nobody can
    know, written U+FFFD), ``uncertain-character`` and ``residue`` (a place that could not be restored and
    was left as it is). Text that is not annotated GBK comes back unchanged.

    >>> undo("赵䶮(yǎn)").text
    '赵䶮(yǎn)'
    """
    if text.isascii() or not TONED_ANNOTATION.search(text):
        return Repaired(text)
    found = list(ANNOTATION.finditer(text))
    recognition = _recognised(text, found)
    if not recognition.annotated:
        return Repaired(text)
    return _Undo(text, recognition).run(found)


def _recognised(text: str, found: list[re.Match[str]]) -> Recognition:
    table: dict[str, Counter[str]] = {}
    residues = foreign = 0
    for match in found:
        if match[1] != "(":
            residues += 1
            continue
        character = text[match.start() - 1 : match.start()]
        reading = reading_of(match[2])
        if not character or character.isascii() or reading not in readings(character):
            continue
        if _traditional(character):
            table.setdefault(character, Counter())[reading] += 1
        else:
            foreign += 1
    annotated = {character: entries.total() for character, entries in table.items()}
    total = sum(annotated.values())
    everywhere = sum(text.count(character) for character in annotated)
    repeated = sum(count > 1 for count in annotated.values())
    return Recognition(
        annotated=len(annotated) >= 5
        and repeated >= 3
        and total >= 0.9 * everywhere
        and foreign <= 0.1 * total,
        table=table,
        occurrences=total,
        residues=residues,
    )


def _traditional(character: str) -> bool:
    return shipped().script(character) == "Hant"


class _Undo:
    """The undoing of one recognised document."""

    def __init__(self, text: str, recognition: Recognition) -> None:
        self.text, self.recognition = text, recognition
        self.edits: list[Edit] = []
        self.flags: list[tuple[str, int, int, str]] = []  # kind, place in the input, place in `after`, text
        self.evidence = self._evidence()

    def _evidence(self) -> Evidence:
        text, recognition = self.text, self.recognition
        return Evidence(
            model=DocumentModel(MISREAD_RUN.sub("\0", text), _SIMPLIFIED),
            table=recognition.table,
            plain=self._occurs_plain,
            traditional=_traditional,
            share=self._share(),
            gaps=not any(gbk.is_private(character) for character in set(text)),
        )

    def _share(self) -> float:
        """Return the share of the distinct traditional characters that are in the table."""
        distinct = sum(map(_traditional, set(self.text)))
        return len(self.recognition.table) / distinct if distinct else 1.0

    def run(self, found: list[re.Match[str]]) -> Repaired:
        end = 0
        for match in found:
            if match.start() < end:
                continue
            if match[1] == "(":
                if self._belongs(match):
                    self._remove(match.start(), match.end())
                continue
            restored = restore(self.text, match.start(), self._before(match.start()), self.evidence)
            if restored:
                self._replace(restored)
                end = restored.end
            elif reading_of(match[2]) in _toned_readings(self.recognition.table) or TONED_ANNOTATION.match(
                "(" + match[2]
            ):
                self.flags.append(("residue", match.start(), 0, match[0]))
        return self._repaired()

    def _occurs_plain(self, character: str) -> bool:
        entries = self.recognition.table.get(character)
        return self.text.count(character) > (entries.total() if entries else 0)

    def _belongs(self, match: re.Match[str]) -> bool:
        """Tell whether an intact annotation is one of the table, not a gloss of the author."""
        character = self.text[match.start() - 1 : match.start()]
        reading = reading_of(match[2])
        if "@" <= character <= "~":
            trail = gbk.pairs().get(self._before(match.start() - 1)[-1:], 0) & 0xFF
            character = gbk.assigned().get(trail << 8 | ord(character), "")
            return bool(character) and reading in readings(character)
        return character in self.recognition.table and reading in readings(character)

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

    def _remove(self, start: int, end: int) -> None:
        self.edits.append(Edit(STEP, "annotation", start, end, self.text[start:end], ""))

    def _replace(self, restored: Restored) -> None:
        before = self.text[restored.start : restored.end]
        edit = Edit(STEP, "straddle", restored.start, restored.end, before, restored.text)
        self.edits.append(edit)
        for at, character in enumerate(restored.text):
            if character == REPLACEMENT:
                self.flags.append(("lost-character", restored.start, at, restored.text))
        if restored.margin < _SURE:
            self.flags.append(("uncertain-character", restored.start, 0, restored.text))

    def _repaired(self) -> Repaired:
        parts, end = [], 0
        starts: dict[int, int] = {}
        length = 0
        for edit in self.edits:
            kept = self.text[end : edit.start]
            length += len(kept)
            starts[edit.start] = length
            parts += [kept, edit.after]
            length += len(edit.after)
            end = edit.end
        parts.append(self.text[end:])
        return Repaired("".join(parts), tuple(self.edits), tuple(self._placed(starts)))

    def _placed(self, starts: Mapping[int, int]) -> Iterator[Flag]:
        for kind, start, within, snippet in self.flags:
            line = self.text.count("\n", 0, start) + 1
            if start in starts:
                place = starts[start] + within
            else:
                place = start + sum(len(e.after) - (e.end - e.start) for e in self.edits if e.end <= start)
            yield Flag(kind, line, place, snippet)


def _toned_readings(table: Mapping[str, Counter[str]]) -> set[str]:
    return {reading for entries in table.values() for reading in entries}
