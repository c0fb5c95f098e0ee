"""Annotated GBK made of articles, as a site makes it, and what can come out of it again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from benchmarks.annotated import STYLES, Maker, annotate, decode, straddling
from seed_reference import Expected, Part

from articlekit.text.script.conversion import convert

LOST = "\ufffd"
_TAG = re.compile("</?p>")
_PARTICLE = re.compile("(?<=[隨味響])[着著]")  # sites write either


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A rewrite: what must come out of `article.raw`, and how it was damaged.

    `straddles` counts the entries of the table that stand across two characters somewhere; `lost` the
    characters that the decoder took and that nobody can know (U+FFFD in the expected lines).
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
        """Annotate an article in ``<p>`` tags, decode it in some style, and flatten it.

        Another table is drawn where the damage would take characters that nobody can know from a title,
        a heading, a byline or a line of the site: what such a line is cannot be told then.
        """
        particle = self.random.choice("着著")
        lines = [_traditional(part.text, particle) if part else "" for part in article.lines]
        source = "\n".join(f"<p>{line}</p>" if line else "" for line in lines)
        while True:
            rewrite = self._damaged(article, source)
            if all(part.fate == "body" or LOST not in part.text for _, part in rewrite.article.numbered()):
                return rewrite

    def _damaged(self, article: Expected, source: str) -> Rewrite:
        data, table = source.encode("gb18030"), self._table(source)
        style = self.random.choice(sorted(STYLES))
        marked, origins = annotate(data, table)
        damaged, places = decode(marked, STYLES[style])
        annotated = {place for place, behind in pairwise(origins) if behind < 0 <= place}
        lost = _lost_characters(data, {origins[at] for at in places if origins[at] >= 0}, annotated)
        across = {c.encode("gb18030") for c in straddling(source)}
        return Rewrite(
            replace(article, raw=_TAG.sub("", damaged), lines=_with_losses(article.lines, source, lost)),
            style,
            len(table),
            sum(pair in across for pair, _ in table),
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


def _lost_characters(data: bytes, lost: set[int], annotated: set[int]) -> set[int]:
    """Return which characters of the source, by their index, nobody can know.

    Those are characters all bytes of which the decoder took, but for Han with an annotation behind them
    and for tags. `lost` and `annotated` are offsets in `data`, the latter of last bytes.
    """
    text, at = data.decode("gb18030"), 0
    found = set()
    for index, character in enumerate(text):
        end = at + len(character.encode("gb18030"))
        if lost.issuperset(range(at, end)) and end - 1 not in annotated:
            found.add(index)
        at = end
    return found - {index for match in _TAG.finditer(text) for index in range(*match.span())}


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


def is_right(found: str, expected: str, *, traceless: bool = False) -> bool:
    """Tell whether a line came out: all characters, and no digit or letter where one was taken.

    Where a character was taken, any other may stand, and with `traceless` none at all: decoders that drop
    private-use characters leave no sign. Width does not count.
    """
    found, expected = (unicodedata.normalize("NFKC", text).strip() for text in (found, expected))
    if LOST not in expected:
        return found == expected
    unknown = "[^0-9A-Za-z]?" if traceless else "[^0-9A-Za-z]"
    return re.fullmatch(unknown.join(map(re.escape, expected.split(LOST))), found) is not None
