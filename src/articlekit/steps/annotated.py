"""Undo annotated GBK: pinyin glued behind characters on the byte level, and what it broke.

`臺(tái)又開(kāi)始` becomes `臺又開始`, and `適當(dāng)?shù)臏贤ǚ绞健?/p>` becomes `適當的溝通方式。</p>`.
Ordinary glosses stay: a document is only touched when many traditional characters carry their own
reading at every occurrence. See docs/annotated-gbk.md.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from articlekit.model import Edit, Flag, Repaired
from articlekit.text.annotated import gbk
from articlekit.text.annotated.annotations import ANNOTATION, TONED_ANNOTATION, reading_of
from articlekit.text.annotated.byte_walk import REPLACEMENT, Restored, closing_gains
from articlekit.text.annotated.document_model import Gains
from articlekit.text.annotated.evidence import Evidence, evidence_of
from articlekit.text.annotated.pinyin import is_syllable, readings
from articlekit.text.annotated.recognition import Recognition, recognise, recognised
from articlekit.text.annotated.straddles import restore

__all__ = ["STEP", "Recognition", "is_annotated", "recognise", "undo"]

STEP = "annotated-gbk"
_LIKELY = 1.0  # nats of lead over leaving the text as it is, where no mark shows that a byte was lost
_ALIKE, _LOOKAHEAD = 80, 30  # characters that must be alike for two stretches to be; seen behind the end
_SHOWN = 4  # characters shown on either side of a lost one
_FAILURES, _UNMARKED_FAILURES = 50, 10
_SURE = 3.0  # nats of lead over the next best reading of the bytes, below which a guess is flagged


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
    own = recognised(text, found)
    if not (recognition or own).annotated:
        return Repaired(text)
    return _Undo(text, recognition.part(own) if recognition else own).run(found)


class _Undo:
    """The undoing of one recognised document."""

    def __init__(self, text: str, recognition: Recognition) -> None:
        self.text, self.recognition = text, recognition
        self.edits: list[Edit] = []
        self.flags: list[tuple[str, int, int, str]] = []  # kind, place in the input, place in the edit, text
        self.evidence: Evidence | None = None
        self.silent: Evidence | None = None
        self.unmarked_failures = 0
        self.known_stretches: dict[tuple[str, str, Gains, bool], Restored] = {}
        self.hopeless = self.failures = 0  # where the last stretch ended that was given up; how many were

    def run(self, found: list[re.Match[str]]) -> Repaired:
        text, pairs, edits, end = self.text, self.recognition.pairs, self.edits, 0
        for match in found:
            start, stop = match.span()
            if start < end:
                continue
            opening, body = match.group(1, 2)
            if opening != "(":
                end = self._restore(match)
            elif (text[start - 1], body) in pairs or self._behind_letter(match):
                edits.append(Edit(STEP, "annotation", start, stop, text[start:stop], ""))
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
            self.evidence = evidence_of(self.text, self.recognition)
        return self.evidence

    def _restore_unmarked(self, match: re.Match[str]) -> int:
        """Restore what begins at an annotation that does not fit, as if a byte were lost before its bracket.

        Some decoders drop what they cannot read and leave no mark. A gloss of the author stays.
        """
        if self.unmarked_failures > _UNMARKED_FAILURES or not is_syllable(reading_of(match[2])):
            return match.end()
        if self.silent is None:
            self.silent = self._known().silenced()
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

    def _try(self, match: re.Match[str], evidence: Evidence, lead: float) -> int:
        """Restore a stretch if `lead` nats speak for that; return where to go on."""
        start = match.start()
        if start < self.hopeless and self.failures > _FAILURES:
            return match.end()
        restored = self._restored(start, evidence)
        if restored.text is not None and restored.lead >= lead:
            self._replace(restored, restored.text)
            return restored.end
        # What begins inside a stretch that was given up is tried again, but not without end.
        self.hopeless = max(self.hopeless, restored.end)
        self.failures += 1
        return match.end()

    def _restored(self, start: int, evidence: Evidence) -> Restored:
        """Restore a stretch; the same one with the same words around it need not be walked again."""
        before, text = self._before(start), self.text
        key = (before, text[start : start + _ALIKE], closing_gains(text, start), evidence.silent)
        known = self.known_stretches.get(key)
        if known is not None:
            return known._replace(start=start, end=start + known.end - known.start)
        restored = restore(text, start, before, evidence)
        if restored.end - start <= _ALIKE - _LOOKAHEAD:
            self.known_stretches[key] = restored
        return restored

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
                snippet = after[first : at + 1 + _SHOWN].split("\n", maxsplit=1)[0]
                self.flags.append(("lost-character", start, first, snippet))
        if restored.margin < _SURE:
            self.flags.append(("uncertain-character", start, 0, after.split("\n", maxsplit=1)[0]))

    def _repaired(self) -> Repaired:
        parts: list[str] = []
        end = 0
        for edit in self.edits:
            parts += (self.text[end : edit.start], edit.after)
            end = edit.end
        parts.append(self.text[end:])
        return Repaired("".join(parts), tuple(self.edits), tuple(self._placed()) if self.flags else ())

    def _placed(self) -> Iterator[Flag]:
        """Yield the flags, in the order of their places, with line and place in the result."""
        starts, shift = [(0, 0)], 0  # where edits begin and end, in the input and in the result
        for edit in self.edits:
            starts.append((edit.start, edit.start + shift))
            shift += len(edit.after) - len(edit.before)
            starts.append((edit.end, edit.end + shift))
        line, counted = 1, 0
        for kind, start, within, snippet in self.flags:
            line += self.text.count("\n", counted, start)
            counted = start
            # The last edit boundary before the place.
            at, place = starts[bisect_right(starts, (start, len(self.text) * 2)) - 1]
            yield Flag(kind, line, place + start - at + within, snippet)
