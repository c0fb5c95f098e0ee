"""The five seeds as they should come out, read without articlekit: the reference of the seed tests.

Annotations are stripped by a regular expression, the four places where one straddles two characters are
written out, and OpenCC's stock dictionaries convert the rest. What each line is stands in
``data/seeds.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opencc import OpenCC

_FACTS = Path(__file__).parent / "data" / "seeds.toml"
_ANNOTATION = re.compile(r"\([a-zɡɑāáǎàōóǒòēéěèīíǐìūúǔùüǖǘǚǜńňǹḿ]{1,6}\)")
# What stands there and what is true; the bytes are worked through in docs/annotated-gbk.md.
_STRADDLED = {
    "適當(dāng)?shù)臏贤ǚ绞健?/p>": "適當的溝通方式。",
    "請(qǐng)?jiān)赼pp": "請在app",
    "甚至?xí)\ue850\ue789杩钊诉M(jìn)行": "甚至會對借款人進行",
    "向?qū)I(yè)律師": "向專業律師",
}
_PARTICLE = re.compile("(?<=[隨味響])著")  # 着 behind a verb, which OpenCC's stock t2s leaves as 著
_NUMBERED = re.compile(r"([一二三四五六七]|\d{1,2}(?:\.\d)?)(?:、|\. | )(.+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One line of an article: its text, and what must become of it.

    `fate` is ``title``, ``heading``, ``body``, or what kind of line it is that must go. `level`, `number`
    and `heading` are those of a heading.
    """

    text: str
    fate: str
    level: int = 0
    number: str | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """An article as scraped, and what must be read off it; `lines` holds a part for each line, or None."""

    name: str
    raw: str
    lines: tuple[Part | None, ...]
    published: str | None = None
    author: str | None = None
    editor: str | None = None
    channels: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return next(part.text for part in self.lines if part and part.fate == "title")

    @property
    def title_line(self) -> int:
        return next(number for number, part in self.numbered() if part.fate == "title")

    def numbered(self) -> Iterator[tuple[int, Part]]:
        """Yield number and part of the lines that are not blank."""
        return ((number, part) for number, part in enumerate(self.lines, 1) if part)

    def body(self) -> list[tuple[int, Part]]:
        """Return number and part of the lines that stay: headings and paragraphs."""
        return [(number, part) for number, part in self.numbered() if part.fate in ("heading", "body")]

    def headings(self) -> list[tuple[int, str | None, str | None]]:
        return [(part.level, part.number, part.heading) for _, part in self.body() if part.fate == "heading"]

    def removed(self) -> dict[int, Part]:
        """Return line number → part of the lines that must go."""
        return {n: part for n, part in self.numbered() if part.fate not in ("title", "heading", "body")}


def read_seeds(folder: Path) -> list[Expected]:
    """Read the seeds in `folder` with what must be read off them."""
    facts = tomllib.loads(_FACTS.read_text("utf-8"))["seed"]
    files = {path.name[:3]: path for path in folder.glob("*.txt")}
    return [_read(files[fact["name"]], fact) for fact in facts]


def plain(raw: str) -> str:
    """Return the text of a seed without annotations, in Simplified."""
    for seen, true in _STRADDLED.items():
        raw = raw.replace(seen, true)
    return str(OpenCC("t2s").convert(_PARTICLE.sub("着", _ANNOTATION.sub("", raw))))


def _read(path: Path, fact: Mapping[str, Any]) -> Expected:
    raw = path.read_text("utf-8")
    lines = [line.strip() for line in plain(raw).split("\n")]
    removed = {int(number): kind for number, kind in fact["removed"].items()}
    headings = _headings(lines, fact["outline"].split(), removed)
    parts: list[Part | None] = []
    for number, line in enumerate(lines, 1):
        if number in headings:
            parts.append(headings[number])
        elif number == fact["title_line"]:
            parts.append(Part(line, "title"))
        else:
            parts.append(Part(line, removed.get(number, "body")) if line else None)
    return Expected(
        fact["name"],
        raw,
        tuple(parts),
        fact.get("published"),
        fact.get("author"),
        fact.get("editor"),
        tuple(fact.get("channels", ())),
    )


def _headings(lines: Sequence[str], outline: Sequence[str], removed: Mapping[int, str]) -> dict[int, Part]:
    """Find the headings of an outline, in order: line number → heading."""
    found: dict[int, Part] = {}
    wanted = iter(outline)
    token = next(wanted, None)
    for number, line in enumerate(lines, 1):
        match = _NUMBERED.match(line)
        if token is None or number in removed or token not in (line, match and match[1]):
            continue
        if match and token == match[1]:
            found[number] = Part(line, "heading", 1 + ("." in token), token, match[2])
        else:
            found[number] = Part(line, "heading", 1, None, line)
        token = next(wanted, None)
    assert token is None, f"no heading {token}"
    return found
