"""The byte pairs of GBK and the characters they stand for, in every edition a decoder may have used.

A pair has a lead byte 0x81 to 0xFE and a trail byte 0x40 to 0xFE without 0x7F. Pairs that GBK leaves
unassigned were mapped to private-use characters by GB 18030-2000 (``FE8C`` is U+E850); later editions
gave some of them real characters (U+499F). `pair_of` knows both, because text decoded either way goes
back to the same bytes.

Source: GB 18030-2000, GB 18030-2005 and GB 18030-2022, appendices on the two-byte area; WHATWG Encoding,
index gb18030.
"""

from __future__ import annotations

from functools import cache

LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))

# Where editions later than 2000 (or decoders of other vendors) give another character for the same pair.
_LATER_EDITIONS = {
    "\u1e3f": 0xA8BC, "\u01f9": 0xA8BF,
    "\ufe10": 0xA6D9, "\ufe12": 0xA6DA, "\ufe11": 0xA6DB, "\ufe13": 0xA6DC, "\ufe14": 0xA6DD,
    "\ufe15": 0xA6DE, "\ufe16": 0xA6DF, "\ufe17": 0xA6EC, "\ufe18": 0xA6ED, "\ufe19": 0xA6F3,
    "\u9fb4": 0xFE59, "\u9fb5": 0xFE61, "\u9fb6": 0xFE66, "\u9fb7": 0xFE67, "\u9fb8": 0xFE6D,
    "\u9fb9": 0xFE7E, "\u9fba": 0xFE90, "\u9fbb": 0xFEA0, "\U00020087": 0xFE51, "\U00020089": 0xFE52,
    "\U000200cc": 0xFE53, "\U000215d7": 0xFE6C, "\U0002298f": 0xFE76, "\U000241fe": 0xFE91,
    "\u30fb": 0xA1A4, "\u22ef": 0xA1AD, "\u301c": 0xA1AB, "\u2225": 0xA1AC,
}  # fmt: skip


def _private_use() -> dict[int, str]:
    """Map each pair to the private-use character that GB 18030-2000 gives it, where it gives one."""
    found = {}
    for base, leads, trails in (
        (0xE000, range(0xAA, 0xB0), range(0xA1, 0xFF)),
        (0xE234, range(0xF8, 0xFF), range(0xA1, 0xFF)),
        (0xE4C6, range(0xA1, 0xA8), [t for t in TRAILS if t <= 0xA0]),
        (0xE815, [0xFE], [t for t in TRAILS if 0x50 <= t <= 0xA0]),
        (0xE7E7, [0xA9], range(0x89, 0x96)),
    ):
        pairs = [lead << 8 | trail for lead in leads for trail in trails]
        found.update({pair: chr(base + place) for place, pair in enumerate(pairs)})
    return {**found, 0xA8BC: "\ue7c7", 0xA8BF: "\ue7c8"}


def is_private(character: str) -> bool:
    """Tell whether `character` lies in the private-use area of the Basic Multilingual Plane."""
    return "\ue000" <= character <= "\uf8ff"


@cache
def _decoded() -> dict[int, str]:
    """Map every pair to its character in Python's GB 18030, private-use characters included."""
    found = {}
    for lead in LEADS:
        for trail in TRAILS:
            try:
                found[lead << 8 | trail] = bytes((lead, trail)).decode("gb18030")
            except UnicodeDecodeError:
                continue
    return found


@cache
def assigned() -> dict[int, str]:
    """Return pair → character for the pairs that stand for a real character, such as 0xB5C4 → 的."""
    return {pair: character for pair, character in _decoded().items() if not is_private(character)}


@cache
def pairs() -> dict[str, int]:
    r"""Return character → pair, for real and private-use characters of all editions.

    >>> hex(pairs()["的"]), hex(pairs()["\ue850"]), hex(pairs()["\u499f"])
    ('0xb5c4', '0xfe8c', '0xfe8c')
    """
    private = {character: pair for pair, character in _private_use().items()}
    decoded = {character: pair for pair, character in _decoded().items()}
    return {**_LATER_EDITIONS, **private, **decoded}


@cache
def unassigned_trails() -> dict[int, tuple[int, ...]]:
    """Return lead → trails of the pairs that plain GBK (code page 936) does not assign."""
    found: dict[int, list[int]] = {}
    for lead in LEADS:
        for trail in TRAILS:
            try:
                bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                found.setdefault(lead, []).append(trail)
    return {lead: tuple(trails) for lead, trails in found.items()}


@cache
def by_lead() -> dict[int, tuple[tuple[int, str], ...]]:
    """Return lead → (trail, character) of every assigned pair that starts with it."""
    found: dict[int, list[tuple[int, str]]] = {}
    for pair, character in assigned().items():
        found.setdefault(pair >> 8, []).append((pair & 0xFF, character))
    return {lead: tuple(rest) for lead, rest in found.items()}
