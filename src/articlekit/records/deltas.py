"""Edits written so that they can be undone: what stood where, seen from the output.

One step is one string. For each edit it says how many characters of the output follow the last edit (the
gap), and what stood there before, in one of three forms:

    12隨             as many characters of the output as are given here stood for these
    12-(tái)         nothing in the output stood for these (they were removed)
    12=5,3:(1.2)     3 characters of the output stood for these 5; ``=5:`` where both are 5

The first two end at the next digit, so they serve where no digit is among the characters. Edits that touch
each other are one edit here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from articlekit.errors import LedgerError
from articlekit.model import Edit

# (start, end, before, after) of the step's input
Change = tuple[int, int, str, str]

_DIGIT = re.compile(r"[0-9]")
_HEAD = re.compile(r"([0-9]{1,15})(?:(-)|=([0-9]{1,15})(?:,([0-9]{1,15}))?:)?")
_TO_DIGIT = re.compile(r"[^0-9]*")


def encode_edits(edits: Iterable[Edit]) -> str:
    """Return the edits of one step as a string from which they can be undone.

    >>> encode_edits([Edit("s", "k", 2, 3, "隨", "随"), Edit("s", "k", 5, 10, "(tái)", "")])
    '2隨2-(tái)'
    """
    parts = []
    last_end = 0  # of the last edit, in the input
    for start, end, before, after in _joined(edits):
        parts.append(f"{start - last_end}{_form(before, after)}")
        last_end = end
    return "".join(parts)


def decode_edits(text: str, output: str) -> tuple[str, list[Change]]:
    """Return the input of a step from its output, and the changes that led from one to the other.

    Raises:
        LedgerError: when the string is no such string, or does not fit the output.

    >>> decode_edits("2隨2-(tái)", "我们随便说")
    ('我们隨便说(tái)', [(2, 3, '隨', '随'), (5, 10, '(tái)', '')])
    """
    parts: list[str] = []
    changes: list[Change] = []
    at = start = 0  # in the output, in the input
    for gap, before, length in _parsed(text):
        kept, after = output[at : at + gap], output[at + gap : at + gap + length]
        if len(kept) != gap or len(after) != length:
            raise LedgerError("an edit lies behind the end of the text; this ledger is of another record")
        start += gap
        parts += (kept, before)
        changes.append((start, start + len(before), before, after))
        start += len(before)
        at += gap + length
    parts.append(output[at:])
    return "".join(parts), changes


def _joined(edits: Iterable[Edit]) -> Iterator[Change]:
    """Yield edits with those that touch each other joined, and without those that change nothing."""
    last: Change | None = None
    for edit in edits:
        if edit.before == edit.after:
            continue
        if last and last[1] == edit.start:
            last = (last[0], edit.end, last[2] + edit.before, last[3] + edit.after)
            continue
        if last:
            yield last
        last = (edit.start, edit.end, edit.before, edit.after)
    if last:
        yield last


def _form(before: str, after: str) -> str:
    plain = not _DIGIT.search(before)
    if not after and before and plain:
        return f"-{before}"
    if len(before) == len(after):
        return before if plain and before[0] not in "=-" else f"={len(before)}:{before}"
    return f"={len(before)},{len(after)}:{before}"


def _parsed(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield gap, what stood before, and length in the output."""
    at = 0
    while at < len(text):
        head = _HEAD.match(text, at)
        if head is None:
            raise LedgerError(f"the edits cannot be read at character {at}; the ledger is damaged")
        gap, removed, length, after = head.groups()
        at = head.end()
        tail = _TO_DIGIT.match(text, at)
        before = text[at : at + int(length)] if length else tail[0] if tail else ""
        if len(before) != int(length) if length else not before:
            raise LedgerError(f"the edits end too early at character {at}; the ledger is damaged")
        at += len(before)
        yield int(gap), before, 0 if removed else int(after) if after else len(before)
