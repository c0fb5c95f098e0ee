"""Bytes of clean text in every encoding, whole and damaged: seeded cases for `decode`, from any lines."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

# Language → names of encodings (as `decode` says them) and Python's codecs.
ENCODINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "hans": (("utf-8", "utf-8"), ("gb18030", "gb18030"), ("utf-16le", "utf-16-le")),
    "hant": (("utf-8", "utf-8"), ("big5hkscs", "cp950"), ("gb18030", "gb18030"), ("utf-16be", "utf-16-be")),
    "ja": (("utf-8", "utf-8"), ("shift_jis", "cp932")),
    "ko": (("utf-8", "utf-8"), ("euc_kr", "cp949")),
    "en": (("utf-8", "utf-8"), ("cp1252", "cp1252")),
}
Damage: TypeAlias = Callable[[bytes, random.Random], bytes]


class Case(NamedTuple):
    """Bytes, the text they were made from, and how near to it a decoder must come."""

    data: bytes
    text: str
    encoding: str
    damage: str


def _whole(data: bytes, rng: random.Random) -> bytes:
    return data


def _in_html(data: bytes, rng: random.Random) -> bytes:
    return HTML_BEFORE + data + HTML_AFTER


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[:-1]


def _impossible(data: bytes, rng: random.Random) -> bytes:
    """Put a byte that never occurs over one byte of a character outside ASCII."""
    at = rng.choice([at for at, byte in enumerate(data) if byte > 0x7F] or range(len(data)))
    return data[:at] + b"\xff" + data[at + 1 :]


def _replaced(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes((rng.randrange(256),)) + data[at + 1 :]


def _deleted(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at + 1 :]


def _inserted(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + bytes((rng.randrange(256),)) + data[at:]


HTML_BEFORE = b'<html><head><title>x</title></head><body><div class="main"><p>'
HTML_AFTER = b"</p>" + b"<ul><li>a</li></ul>" * 30
DAMAGES: dict[str, Damage] = {
    "whole": _whole,
    "in ASCII HTML": _in_html,
    "cut": _cut,
    "one impossible byte": _impossible,
    "one byte replaced": _replaced,
    "one byte deleted": _deleted,
    "one byte inserted": _inserted,
}
EXACT = ("whole", "in ASCII HTML")
_SPARED = 2  # characters around a damaged place that may be wrong


def cases(
    lines: Sequence[str], names: tuple[str, str], damage: str, length: int, *, count: int, seed: int = 1
) -> Iterator[Case]:
    """Yield up to `count` cases: random stretches of `length` characters in one encoding, damaged.

    Args:
        lines: clean text.
        names: of the encoding as `decode` says it, and of Python's codec.
        damage: a key of `DAMAGES`.
        length: in characters; at least half of them (one for cp1252) are outside ASCII.

    >>> next(cases(["本公司今日公告"], ("gb18030", "gbk"), "whole", 6, count=1)).encoding
    'gb18030'
    """
    rng = random.Random(f"{names} {damage} {length} {seed}")
    least = 1 if names[1] == "cp1252" else length / 2
    made = 0
    for _ in range(50 * count):
        if made == count:
            return
        line = rng.choice(lines)
        start = rng.randrange(max(len(line) - length, 0) + 1)
        text = line[start : start + length]
        if len(text) < length or sum(character > "\x7f" for character in text) < least:
            continue
        try:
            data = text.encode(names[1])
        except UnicodeEncodeError:
            continue
        if data.decode(names[1]) != text:
            continue
        made += 1
        yield Case(DAMAGES[damage](data, rng), text, names[0], damage)


def is_right(case: Case, found: str) -> bool:
    """Tell whether a decoder's text is that of the case; but for two characters where bytes are damaged.

    >>> is_right(Case(b"", "本公司今日公告", "gb18030", "one byte deleted"), "本公\\ufffd今日公告")
    True
    """
    if case.damage == "in ASCII HTML":
        return found == HTML_BEFORE.decode() + case.text + HTML_AFTER.decode()
    if case.damage in EXACT:
        return found == case.text
    head = _common(found, case.text)
    return head + _common(found[::-1], case.text[::-1]) >= len(case.text) - _SPARED


def _common(one: str, other: str) -> int:
    """Return the length of the longest common beginning."""
    differing = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))
