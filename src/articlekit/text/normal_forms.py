"""Normal forms by named policy: one spelling for characters that are the same to a reader.

Never NFKC as a whole, which turns ① into 1, ㎡ into m2, x² into x2 and ， into a comma. A policy is a choice
of kinds; docs/normal-forms.md has the table of each kind, written by tools/write_normal_forms.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from types import MappingProxyType
from typing import Literal, TypeAlias

from articlekit.model import Edit
from articlekit.text.characters import HANGUL, KANA

Policy: TypeAlias = Literal["zh-finance", "zh-keep-width", "zh-halfwidth", "nfc", "none"]
POLICIES: tuple[Policy, ...] = ("zh-finance", "zh-keep-width", "zh-halfwidth", "nfc", "none")
STEP = "normal-forms"

_ALWAYS = ("control", "zero-width", "joiner", "bidi", "radical", "private-use")
KINDS: Mapping[Policy, tuple[str, ...]] = MappingProxyType(
    {
        "zh-finance": (*_ALWAYS, "width", "nfc"),
        "zh-keep-width": (*_ALWAYS, "nfc"),
        "zh-halfwidth": (*_ALWAYS, "width", "punctuation", "nfc"),
        "nfc": ("nfc",),
        "none": (),
    }
)

_CONTROLS = (*range(0x09), *range(0x0B, 0x0D), *range(0x0E, 0x20), 0x7F)
_CONTROL_BYTES = bytes(_CONTROLS)
# White space that sets a page or a column apart: taken out, it would join two words or two numbers.
_SPACING_CONTROLS = (0x0B, 0x0C, *range(0x1C, 0x20))
_ZERO_WIDTH = (0x200B, 0x2060, 0xFEFF)
_JOINERS = (0x200C, 0x200D)
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_WIDE = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05)
_WIDE_SIGNS = tuple(code for code in range(0xFF01, 0xFF5F) if code not in _WIDE)
# Joiners mean something inside emoji and in scripts that join letters, never next to these.
_PLAIN = re.compile(f"[\\x00-\\u024f\u2000-\u206f\u3000-\u30ff\u3400-\u9fff{KANA}{HANGUL}\uff00-\uffef]")
# Of marks in a row beyond this number none is text; sorting them would take quadratic time (Unicode
# Standard Annex 15, Stream-Safe Text Format, which allows 30).
_MOST_MARKS = 30


def normal_form_edits(text: str, policy: Policy) -> Iterator[Edit]:
    r"""Yield the edits that bring `text` into the forms of a policy but for NFC; see `nfc_edits`.

    >>> edits = normal_form_edits("Ａ股\u200b⼤盘，①", "zh-finance")
    >>> [(edit.kind, edit.before, edit.after) for edit in edits]
    [('width', 'Ａ', 'A'), ('zero-width', '\u200b', ''), ('radical', '⼤', '大')]
    """
    if len(KINDS[policy]) < len(_ALWAYS):
        return
    if text.isascii() and len(text) == len(text.encode().translate(None, _CONTROL_BYTES)):
        return  # much faster than looking for them
    trigger, kinds, forms = _triggers(policy)
    for match in trigger.finditer(text):
        at = match.start()
        for kind, group in groupby(match[0], kinds.__getitem__):
            before = "".join(group)
            if kind == "joiner":
                yield from _joiner_edits(text, at, at + len(before))
            else:
                after = "".join(forms[character] for character in before)
                yield Edit(STEP, kind, at, at + len(before), before, after)
            at += len(before)


def nfc_edits(text: str, policy: Policy) -> Iterator[Edit]:
    r"""Yield the edits that bring `text` into Unicode Normalization Form C.

    CJK compatibility ideographs become the unified ones that Unicode says they are (豈 U+F900 → U+8C48).

    >>> [(edit.start, edit.after) for edit in nfc_edits("Cafe\u0301 \uf900", "zh-finance")]
    [(3, 'é'), (6, '豈')]
    """
    if "nfc" not in KINDS[policy] or unicodedata.is_normalized("NFC", text):
        return
    start = 0
    for line in text.split("\n"):
        if not unicodedata.is_normalized("NFC", line):
            yield from _nfc_line(line, start)
        start += len(line) + 1


def _nfc_line(line: str, offset: int) -> Iterator[Edit]:
    """Normalise each character together with the marks behind it."""
    start = 0
    for at in range(1, len(line) + 1):
        if at < len(line) and _continues(line[at]):
            continue
        cluster = line[start:at]
        if len(cluster) <= _MOST_MARKS + 1:
            composed = unicodedata.normalize("NFC", cluster)
            if composed != cluster:
                yield Edit(STEP, "nfc", offset + start, offset + at, cluster, composed)
        start = at


def _continues(character: str) -> bool:
    """Tell whether a character may combine with the one before it: a mark, or a later part of a syllable."""
    if character < "\u0300":
        return False
    return "\u1160" <= character <= "\u11ff" or unicodedata.category(character)[0] == "M"


def _joiner_edits(text: str, start: int, end: int) -> Iterator[Edit]:
    before, after = text[start - 1 : start], text[end : end + 1]
    if not before or not after or _PLAIN.match(before) or _PLAIN.match(after):
        yield Edit(STEP, "zero-width", start, end, text[start:end], "")


@cache
def _triggers(policy: Policy) -> tuple[re.Pattern[str], Mapping[str, str], Mapping[str, str]]:
    """Return the pattern of characters with another form, their kinds and their forms."""
    chosen = {kind: table for kind, table in tables().items() if kind in KINDS[policy]}
    kinds = {character: kind for kind, table in chosen.items() for character in table}
    forms = {character: form for table in chosen.values() for character, form in table.items()}
    trigger = re.compile(f"[{''.join(map(re.escape, sorted(kinds)))}]+")
    return trigger, kinds, forms


@cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """Return kind → character → its other form, for every kind but ``nfc``.

    >>> tables()["radical"]["⼤"], tables()["width"]["％"]
    ('大', '%')
    """
    radicals = _read("radicals.tsv")
    radicals |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    private = _read("gbk_private_use.tsv")
    of_codes: dict[str, dict[int, str]] = {
        "control": {code: " " if code in _SPACING_CONTROLS else "" for code in _CONTROLS},
        "zero-width": dict.fromkeys(_ZERO_WIDTH, ""),
        "joiner": dict.fromkeys(_JOINERS, ""),
        "bidi": dict.fromkeys(_BIDI, ""),
        "width": {code: chr(code - 0xFEE0) for code in _WIDE},
        "punctuation": {code: chr(code - 0xFEE0) for code in _WIDE_SIGNS},
        "radical": radicals,
        "private-use": {code: radicals.get(ord(form), form) for code, form in private.items()},
    }
    return {kind: {chr(code): form for code, form in table.items()} for kind, table in of_codes.items()}


def _read(name: str) -> dict[int, str]:
    lines = files("articlekit.text").joinpath(f"data/{name}").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if not line.startswith("#")]
    return {int(code, 16): chr(int(form, 16)) for code, form in pairs}
