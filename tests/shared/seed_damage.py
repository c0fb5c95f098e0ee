"""Annotated GBK made of articles, as a site makes it, and what can come out of it again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from benchmarks.annotated import STYLES, Maker, annotate, decode, straddling
from seed_reference import Expected, Part

from articlekit.text.conversion import convert

LOST = "\ufffd"
_TAG = re.compile("</?p>")
_PARTICLE = re.compile("(?<=[隨味響])[着著]")  # sites write either


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A rewrite: what must come out of `article.raw`, and how it was damaged.

    `straddles` counts the places where an entry of the table stands across two characters; `lost` the
    ASCII characters that the decoder took and that nobody can know (U+FFFD in the expected lines).
    """

    article: Expected
    style: str
    entries: int
    straddles: int
    lost: int


class Damager:
    """Makes annotated GBK of articles whose lines are Simplified."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.pool = Maker(random).pool  # traditional characters with their readings

    def damage(self, article: Expected) -> Rewrite:
        """Annotate an article in ``<p>`` tags, decode it in some style, and flatten it."""
        random = self.random
        particle = random.choice("着著")
        lines = [_traditional(part.text, particle) if part else "" for part in article.lines]
        source = "\n".join(f"<p>{line}</p>" if line else "" for line in lines)
        data = source.encode("gb18030")
        table = self._table(source)
        style = random.choice(sorted(STYLES))
        marked, origins = annotate(data, table)
        damaged, places = decode(marked, STYLES[style])
        raw = _TAG.sub("", damaged)
        lost = _lost_characters(data, [origins[at] for at in places if origins[at] >= 0])
        inner = {c.encode("gb18030") for c in straddling(source)}
        return Rewrite(
            replace(article, raw=raw, lines=_with_losses(article.lines, source, lost)),
            style,
            len(table),
            sum(pair in inner for pair, _ in table),
            len(lost),
        )

    def _table(self, source: str) -> list[tuple[bytes, bytes]]:
        """Choose the characters a site annotates: most that occur, some that only straddle others."""
        random = self.random
        occurring = sorted(set(source) & self.pool.keys())
        size = random.randint(30, 66) if random.random() < 0.8 else random.randint(66, 200)
        chosen = set(random.sample(occurring, min(size, len(occurring))))
        across = sorted(straddling(source) & self.pool.keys())
        chosen |= set(random.sample(across, min(random.choice((0, 0, 1, 2, 3, 4)), len(across))))
        order = sorted(chosen)
        random.shuffle(order)
        return [(c.encode("gb18030"), f"({self.pool[c]})".encode("gb18030")) for c in order]


def _traditional(line: str, particle: str) -> str:
    """Convert a line character by character; what GBK does not have stays Simplified."""
    converted = _PARTICLE.sub(particle, convert(line, "s2t"))
    if len(converted) != len(line):
        return line
    return "".join(new if _in_gbk(new) else old for old, new in zip(line, converted, strict=True))


def _in_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _lost_characters(data: bytes, lost: Sequence[int]) -> set[int]:
    """Return which characters of the source, by their index, the decoder took; not those of tags."""
    places, at = {}, 0
    text = data.decode("gb18030")
    for index, character in enumerate(text):
        places[at] = index
        at += len(character.encode("gb18030"))
    inside = {index for match in _TAG.finditer(text) for index in range(*match.span())}
    return {places[offset] for offset in lost} - inside


def _with_losses(lines: Sequence[Part | None], source: str, lost: set[int]) -> tuple[Part | None, ...]:
    """Write U+FFFD into the expected lines where a character was taken."""
    found: list[Part | None] = []
    start = 0
    for part, html in zip(lines, source.split("\n"), strict=True):
        if part is not None:
            inner = html.index(">") + 1
            text = "".join(LOST if start + inner + at in lost else sign for at, sign in enumerate(part.text))
            found.append(replace(part, text=text))
        else:
            found.append(None)
        start += len(html) + 1
    return tuple(found)


def is_right(found: str, expected: str) -> bool:
    """Tell whether a line came out: all characters, and where one was taken, none invented.

    Punctuation that was taken may be restored; letters and digits may not. Width does not count.
    """
    found, expected = (unicodedata.normalize("NFKC", text).strip() for text in (found, expected))
    return len(found) == len(expected) and all(
        one == other or (other == LOST and not one.isalnum())
        for one, other in zip(found, expected, strict=True)
    )
