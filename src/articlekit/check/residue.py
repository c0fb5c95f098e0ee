"""Signs in a text that a repair is missing: mojibake, lost characters, annotations."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from articlekit.text.annotated.annotations import ANNOTATION, TONED_ANNOTATION, reading_of
from articlekit.text.annotated.pinyin import LETTERS, TONED, is_syllable, readings

# What the bytes 80 to BF of UTF-8 become in Latin-1 and Windows-1252.
_CONTINUATION = "\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
_LATIN = re.compile(
    rf"(?:[ã-é][{_CONTINUATION}]{{2}}){{2}}"  # ä¸­æ–‡
    rf"|ï¼[{_CONTINUATION}]"  # ，
    rf"|â€[{_CONTINUATION}]"  # quotation marks and dashes
    r"|Ã[\u00a0-\u00bf]|Â[\u00a3\u00a5\u00a9\u00ae\u00b0\u00b7\u00bb]"
)
_LATIN_RUN = re.compile(r"[\u00a1-\u00ff]{6,400}")  # GBK or Big5 read as Latin-1
_DISTINCT = 4
_ESCAPES = re.compile(r"(?:\\u[0-9A-Fa-f]{4}){3}|(?:&#(?:x[0-9A-Fa-f]{4,5}|[0-9]{5});?){3}")
_GAP = 6  # characters between two signs, at most
_MORE_SIGNS = 2  # after the first

_LOST = re.compile(r"\ufffd(?:\s?\ufffd){0,40}|锟斤拷(?:锟斤拷){0,40}|(?:烫烫|屯屯){2,40}")

# A toned reading directly behind a damaged opening; without tone marks it may be a question in brackets.
_DAMAGED = re.compile(rf"(?:\?|\ufffd\()((?:[a-zɡɑü]{{0,4}})[{TONED}][{LETTERS}]{{0,4}})\)")
_CHARACTERS = 5  # different annotated characters that make a text annotated
_REPEATED = 3  # of them, how many more than once
_EVERYWHERE = 0.9  # share of their occurrences that are annotated


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of damage.

    Attributes:
        what: what it is, such as ``UTF-8 read as GBK``.
        start, end: where, in characters of the text.
        count: how many there are in all; the place is that of the first.
    """

    what: str
    start: int
    end: int
    count: int = 1


def find_mojibake(text: str) -> Sign | None:
    """Return the first sign that bytes of `text` were read in the wrong encoding.

    >>> find_mojibake("鍏徃鍏憡锛氭湰鍏徃鑲＄エ").what
    'UTF-8 read as GBK'
    >>> find_mojibake("公司公告：本公司股票。naïve café, São Paulo")
    """
    if text.isascii() and "\\u" not in text and "&#" not in text:
        return None
    found = [Sign(what, *match.span()) for what, match in _misread(text)]
    return min(found, key=lambda sign: sign.start, default=None)


def find_lost(text: str) -> Sign | None:
    r"""Return the first place where characters are lost for good, with the number of places.

    >>> find_lost("营收\ufffd\ufffd亿元，锟斤拷").count
    2
    >>> find_lost("营收6.09亿元")
    """
    found = list(_LOST.finditer(text))
    return Sign("lost characters", *found[0].span(), len(found)) if found else None


def find_annotations(text: str) -> Sign | None:
    """Return the first pinyin annotation of a text that is full of them, or a damaged one.

    Ordinary glosses are none: a text counts where many characters carry their own reading at nearly every
    occurrence.

    >>> find_annotations("适当?shù)牡").what
    'a damaged pinyin annotation'
    >>> find_annotations("赵䶮(yǎn)说，什么？(shénme)")
    """
    if text.isascii():
        return None
    damaged = [match for match in _DAMAGED.finditer(text) if is_syllable(reading_of(match[1]))]
    if damaged:
        return Sign("a damaged pinyin annotation", *damaged[0].span(), len(damaged))
    if not TONED_ANNOTATION.search(text):
        return None
    return _annotated(text)


def _misread(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    if match := _LATIN.search(text):
        yield "UTF-8 read as Latin-1 or Windows-1252", match
    for match in _LATIN_RUN.finditer(text):
        if len(set(match[0])) >= _DISTINCT:
            yield "GBK or Big5 read as Latin-1", match
            break
    if match := _ESCAPES.search(text):
        yield "escaped characters", match
    if _any_sign().search(text):
        for what, pattern in _signs():
            if match := pattern.search(text):
                yield what, match


@cache
def _signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["read"], _dense(row["characters"])) for row in _rows())


@cache
def _any_sign() -> re.Pattern[str]:
    return re.compile(f"[{''.join(row['characters'] for row in _rows())}]")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    data = files("articlekit.check").joinpath("data/mojibake.toml").read_text("utf-8")
    return tuple(tomllib.loads(data)["signs"])


def _dense(characters: str) -> re.Pattern[str]:
    return re.compile(rf"[{characters}](?:[^\n{characters}]{{0,{_GAP}}}[{characters}]){{{_MORE_SIGNS}}}")


def _annotated(text: str) -> Sign | None:
    counts: Counter[str] = Counter()
    first: re.Match[str] | None = None
    for match in ANNOTATION.finditer(text):
        character = text[match.start() - 1 : match.start()]
        if match[1] == "(" and character and reading_of(match[2]) in readings(character):
            counts[character] += 1
            first = first or match
    everywhere = sum(text.count(character) for character in counts)
    is_annotated = (
        len(counts) >= _CHARACTERS
        and sum(count > 1 for count in counts.values()) >= _REPEATED
        and counts.total() >= _EVERYWHERE * everywhere
    )
    if first is None or not is_annotated:
        return None
    return Sign("pinyin annotations", first.start() - 1, first.end(), counts.total())
