"""Which bytes a character may have been, for each codec text is wrongly read in, and back.

Tolerant where programs differ: a byte that a code page leaves open may be a control character (as in
browsers, WHATWG Encoding), a pair may be a character of any edition of its standard or a private-use
character (as in Windows), and the euro sign may be byte 0x80.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Literal, TypeAlias

from articlekit.text.annotated import gbk

Wrong: TypeAlias = Literal[
    "gbk", "gb18030", "big5", "big5-hkscs", "cp932", "cp949",
    "latin-1", "cp1252", "cp437", "mac-roman", "cp1250", "cp1251",
]  # fmt: skip
Right: TypeAlias = Literal["utf-8", "gbk", "big5"]

SINGLE: tuple[Wrong, ...] = ("latin-1", "cp1252", "cp437", "mac-roman", "cp1250", "cp1251")
DOUBLE: tuple[Wrong, ...] = ("gbk", "gb18030", "big5", "big5-hkscs", "cp932", "cp949")

# Python's codecs whose pairs a name stands for; the first wins where they differ.
_EDITIONS: Mapping[str, tuple[str, ...]] = {
    "gbk": ("gb18030",),
    "gb18030": ("gb18030",),
    "big5": ("cp950", "big5"),
    "big5-hkscs": ("big5hkscs", "cp950"),
    "cp932": ("cp932", "shift_jis"),
    "cp949": ("cp949",),
}
_EXTRA: Mapping[str, Mapping[str, int]] = {"gbk": {"€": 0x80, "\x80": 0x80, "\uf8f5": 0xFF}}
# Private-use characters that Windows gives to pairs of user-defined characters: first code, leads, trails.
_BIG5_TRAILS = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
_BIG5_PRIVATE = (
    (0xE000, range(0xFA, 0xFF), _BIG5_TRAILS),
    (0xE311, range(0x8E, 0xA1), _BIG5_TRAILS),
    (0xEEB8, range(0x81, 0x8E), _BIG5_TRAILS),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A codec that text was wrongly read in.

    Attributes:
        name: what a reader calls it.
        bytes_of: character → its bytes, for all but ASCII ones too.
        characters: pair of bytes → character; empty for single-byte codecs.
        others: character → further bytes that are read as it.
        blank: the byte that is a non-breaking space, which programs turn into a blank; or None.
    """

    name: Wrong
    bytes_of: Mapping[str, bytes]
    characters: Mapping[int, str]
    others: Mapping[str, tuple[bytes, ...]]
    blank: int | None = None


@cache
def table(name: Wrong) -> Table:
    """Return the table of a codec that text was wrongly read in.

    >>> table("gbk").bytes_of["涓"].hex(), table("gbk").bytes_of["€"].hex()
    ('e4b8', '80')
    """
    return _single(name) if name in SINGLE else _double(name)


@cache
def pairs(name: str) -> Mapping[int, str]:
    """Return pair of bytes → character of a double-byte codec, without private-use characters.

    >>> pairs("big5")[0xA4A4], pairs("gbk")[0xD6D0]
    ('中', '中')
    """
    if name in ("gbk", "gb18030"):
        return gbk.assigned()
    return {
        pair: character
        for pair, (character, *_) in _read_pairs(name).items()
        if not gbk.is_private(character)
    }


def _single(name: Wrong) -> Table:
    codec = name.replace("-", "_")
    found: dict[str, bytes] = {}
    blank = None
    for value in range(0x80, 0x100):
        byte = bytes((value,))
        shown = byte.decode(codec, "replace")
        found[chr(value) if shown == "\ufffd" else shown] = byte
        blank = value if shown == "\xa0" else blank
    for value in range(0x80, 0xA0):  # C1 controls that a more careful program would have shown otherwise
        found.setdefault(chr(value), bytes((value,)))
    return Table(name, found, {}, {}, blank)


def _double(name: Wrong) -> Table:
    found: dict[str, bytes] = {}
    others: dict[str, tuple[bytes, ...]] = {}
    characters: dict[int, str] = {}
    for pair, shown in _read_pairs(name).items():
        characters[pair] = shown[0]
        for character in shown:
            known = found.setdefault(character, pair.to_bytes(2))
            if known != pair.to_bytes(2):
                others[character] = (*others.get(character, ()), pair.to_bytes(2))
    if name in ("gbk", "gb18030"):
        found.update({character: pair.to_bytes(2) for character, pair in gbk.pairs().items()})
    if name.startswith("big5"):
        for base, leads, trails in _BIG5_PRIVATE:
            for place, (lead, trail) in enumerate(product(leads, trails)):
                found.setdefault(chr(base + place), bytes((lead, trail)))
    if name == "cp932":
        for value in (0x80, *range(0xA0, 0xE0), *range(0xFD, 0x100)):
            found[bytes((value,)).decode("cp932")] = bytes((value,))
    else:
        found.setdefault("\x80", b"\x80")
    found.update({character: bytes((value,)) for character, value in _EXTRA.get(name, {}).items()})
    return Table(name, found, characters, others)


@cache
def _read_pairs(name: str) -> Mapping[int, tuple[str, ...]]:
    """Return pair → the characters that the editions of a codec read it as."""
    found: dict[int, tuple[str, ...]] = {}
    for lead, trail in product(range(0x81, 0xFF), (*range(0x40, 0x7F), *range(0x80, 0xFF))):
        shown: dict[str, None] = {}
        for codec in _EDITIONS[name]:
            try:
                character = bytes((lead, trail)).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(character) == 1:
                shown[character] = None
        if shown:
            found[lead << 8 | trail] = tuple(shown)
    return found
