"""Readings of Chinese characters in pinyin, through pypinyin's dictionary."""

from __future__ import annotations

from functools import cache

from articlekit.text.annotated.gbk import assigned

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
LETTERS = "a-zɡɑüê" + TONED
_LOOK_ALIKES = str.maketrans({"ɡ": "g", "ɑ": "a", "ǖ": "ǖ", "v": "ü"})
_TONELESS = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuüüüünnnm")


def normal_reading(reading: str) -> str:
    """Return a reading with the look-alikes of its letters replaced.

    >>> normal_reading("ɡuó"), normal_reading("lv")
    ('guó', 'lü')
    """
    return reading.translate(_LOOK_ALIKES)


def without_tone(reading: str) -> str:
    """Return a reading without tone marks.

    >>> without_tone("lǜ")
    'lü'
    """
    return reading.translate(_TONELESS)


@cache
def _dictionary() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    found: dict[int, str] = pinyin_dict
    return found


@cache
def readings(character: str) -> frozenset[str]:
    """Return all readings of one character, with tone marks; empty where none is known.

    >>> sorted(readings("長"))
    ['cháng', 'zhàng', 'zhǎng']
    """
    known = _dictionary().get(ord(character))
    return frozenset(known.split(",")) if known else frozenset()


@cache
def is_syllable(reading: str) -> bool:
    """Tell whether some character is read so.

    >>> is_syllable("dāng"), is_syllable("the")
    (True, False)
    """
    return reading in _syllables()


@cache
def _syllables() -> frozenset[str]:
    return frozenset(reading for known in _dictionary().values() for reading in known.split(","))


def characters_read(reading: str) -> tuple[str, ...]:
    """Return the characters of GBK that have this reading.

    >>> "題" in characters_read("tí")
    True
    """
    return tuple(_by_reading().get(reading, ()))


@cache
def _by_reading() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for character in assigned().values():
        for reading in readings(character):
            found.setdefault(reading, []).append(character)
    return found
