"""Rewrites of the seeds: other words, names, numbers, layout and damage, with what must come out.

Each rewrite takes the headings and paragraphs of a seed, puts other words and numbers in, makes a header
and a footer up, and turns all of it into annotated GBK (`seed_damage`). The same `Random` gives the same
rewrites.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from seed_damage import Damager, Rewrite
from seed_reference import Expected, Part

WORDINGS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "data" / "wordings.toml").read_text("utf-8")
)
_CN, _ROMAN, _CIRCLED = "一二三四五六七八九十", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", "①②③④⑤⑥⑦⑧⑨⑩"

# style → how the nth heading is written, and the number that must be reported for it
_OUTER: dict[str, Callable[[int], tuple[str, str]]] = {
    "cn": lambda n: (f"{_CN[n - 1]}、", _CN[n - 1]),
    "cn-parens": lambda n: (f"（{_CN[n - 1]}）", _CN[n - 1]),
    "chapter": lambda n: (f"第{_CN[n - 1]}章 ", f"第{_CN[n - 1]}章"),
    "section": lambda n: (f"第{_CN[n - 1]}节 ", f"第{_CN[n - 1]}节"),
    "arabic-dot": lambda n: (f"{n}. ", f"{n}"),
    "arabic-comma": lambda n: (f"{n}、", f"{n}"),
    "part": lambda n: (f"第{_CN[n - 1]}部分：", f"第{_CN[n - 1]}部分"),
    "roman": lambda n: (f"{_ROMAN[n - 1]}、", _ROMAN[n - 1]),
    "padded": lambda n: (f"{n:02} ", f"{n:02}"),
}
_INNER: dict[str, Callable[[int, int], tuple[str, str]]] = {
    "decimal": lambda n, m: (f"{n}.{m} ", f"{n}.{m}"),
    "decimal-comma": lambda n, m: (f"{n}.{m}、", f"{n}.{m}"),
    "cn-parens": lambda n, m: (f"（{_CN[m - 1]}）", _CN[m - 1]),
    "arabic-dot": lambda n, m: (f"{m}. ", f"{m}"),
    "arabic-paren": lambda n, m: (f"{m})", f"{m}"),
    "arabic-parens": lambda n, m: (f"({m})", f"{m}"),
    "circled": lambda n, m: (f"{_CIRCLED[m - 1]} ", _CIRCLED[m - 1]),
    "dashed": lambda n, m: (f"{n}-{m} ", f"{n}-{m}"),
}


def make_rewrites(seeds: Sequence[Expected], count: int, random: Random) -> Iterator[Rewrite]:
    """Yield `count` rewrites of each seed."""
    damager = Damager(random)
    for seed in seeds:
        for number in range(count):
            yield damager.damage(_Article(random, seed).make(f"{seed.name}-{number:02}"))


class _Article:
    """One article on its way from a seed to its rewrite, in Simplified."""

    def __init__(self, random: Random, seed: Expected) -> None:
        self.random, self.seed = random, seed
        topics = WORDINGS["topics"]
        used = random.sample(sorted(topics), random.randint(5, 10))
        self.words = {word: random.choice(topics[word]) for word in used}
        self.pattern = re.compile("|".join(sorted(self.words, key=len, reverse=True)))
        self.title = self._title()

    def make(self, name: str) -> Expected:
        body = self._with_echo(self._elided(self._body()))
        header, fields = self._header()
        footer, editor = self._footer()
        lines = self._spaced([header, body, footer])
        return Expected(name, "", lines, fields.published, fields.author, editor, fields.channels)

    def _reworded(self, text: str) -> str:
        return self.pattern.sub(lambda match: self.words[match[0]], text)

    def _title(self) -> str:
        title = self._reworded(self.seed.title)
        return title if title.endswith("?") else title + self.random.choice(WORDINGS["titles"]["endings"])

    # --- body ---------------------------------------------------------------------------------------

    def _body(self) -> list[Part]:
        """Return headings and paragraphs, reworded and numbered anew."""
        random, cues = self.random, WORDINGS["cues"]
        outer = _OUTER[outer_style := random.choice(sorted(_OUTER))]
        inner = _INNER[random.choice([style for style in sorted(_INNER) if style != outer_style])]
        parts = [part for _, part in self.seed.body()]
        last = max(at for at, part in enumerate(parts) if part.level == 1)
        numbers = [0, 0]
        found = []
        for at, part in enumerate(parts):
            if part.fate != "heading":
                found.append(replace(part, text=self._reworded(part.text)))
                continue
            title = self._reworded(part.heading or "")
            if at in (0, last):
                title = random.choice(cues["closing" if at else "opening"])
            if part.level == 1:
                numbers = [numbers[0] + (at > 0), 0]
                is_bare = at == 0 or (at == last and random.random() < 0.5)
                start, number = ("", None) if is_bare else outer(numbers[0])
            else:
                numbers[1] += 1
                start, number = inner(*numbers)
            found.append(Part(start + title, "heading", part.level, number, title))
        return found

    def _elided(self, parts: Sequence[Part]) -> list[Part]:
        """Take words out, each either wherever it stands or nowhere."""
        words = WORDINGS["elided"]["words"]
        gone = self.random.sample(words, self.random.randint(0, 3))
        found = []
        for part in parts:
            text = part.text
            for word in gone:
                text = text.replace("问题", "问") if word == "题" else text.replace(word, " ")
            text = re.sub(" {2,}", " ", text).strip()
            found.append(replace(part, text=text) if part.fate == "body" and len(text) > 8 else part)
        return found

    def _with_echo(self, parts: list[Part]) -> list[Part]:
        """Repeat the title somewhere in the body, as the text of an image does."""
        for _ in range(self.random.choice((0, 0, 1, 1, 2))):
            at = self.random.randint(2, len(parts) - 1)
            parts = [*parts[:at], Part(self.title, "echo"), *parts[at:]]
        return parts

    # --- around the body ----------------------------------------------------------------------------

    def _header(self) -> tuple[list[Part], Expected]:
        random = self.random
        layout = random.choice(WORDINGS["headers"]["layouts"])
        written, iso = random.choice(WORDINGS["dates"]["formats"])
        moment = datetime.fromtimestamp(random.randint(1_550_000_000, 1_750_000_000))  # noqa: DTZ006
        channel, other = random.sample(WORDINGS["channels"]["names"], 2)
        author = self._name()
        values = {
            "title": self.title,
            "short": self.title[: max(5, len(self.title) * 2 // 3)],
            "channel": channel,
            "other": other,
            "author": author,
            "date": moment.strftime(written),
        }
        lines = [Part(line.format(**values), _header_fate(line)) for line in layout]
        everything = "\n".join(layout)
        fields = Expected(
            "",
            "",
            (),
            moment.strftime(iso) if "{date}" in everything else None,
            author if "{author}" in everything else None,
            channels=(channel, other),
        )
        return lines, fields

    def _footer(self) -> tuple[list[Part], str | None]:
        random, wordings = self.random, WORDINGS["footers"]
        name = self._name() if random.random() < 0.6 else None
        digits = "".join(random.choices("0123456789", k=10))
        values = {
            "name": name,
            "phone": random.choice((f"1{digits}", f"010-5{digits[:7]}", f"400-{digits[:3]}-{digits[3:7]}")),
            "mail": random.choice((f"{digits}@qq.com", f"lianxi{digits[:3]}@example.cn", "kefu@example.com")),
            "qq": digits.lstrip("0"),
        }
        most = {"contact": 1, "statement": 2, "recommend": 3, "app": 2, "button": 2}
        chosen = [
            (fate, line)
            for fate, count in most.items()
            for line in random.sample(wordings[fate], random.randint(0, count))
        ]
        if name:
            chosen.append(("editor", random.choice(wordings["editor"])))
        random.shuffle(chosen)
        return [Part(line.format(**values), fate) for fate, line in chosen], name

    def _name(self) -> str:
        names = WORDINGS["names"]
        return str(self.random.choice(names["family"]) + self.random.choice(names["given"]))

    def _spaced(self, blocks: Sequence[Sequence[Part]]) -> tuple[Part | None, ...]:
        """Put blank lines between all lines, between none, or only around the body."""
        every, between = self.random.choice(((True, True), (False, False), (False, True)))
        lines: list[Part | None] = []
        for block in blocks:
            for at, part in enumerate(block):
                if lines and (every if at else between):
                    lines.append(None)
                lines.append(part)
        return tuple(lines)


def _header_fate(line: str) -> str:
    if any(field in line for field in ("{date}", "{author}", "来源")):
        return "date"
    if line == "{title}":
        return "title"
    if line == "{short}":
        return "echo"
    return "breadcrumb" if "{channel}" in line or "{other}" in line else "button"
