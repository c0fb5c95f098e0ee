"""A made corpus with planted chrome, for `benchmarks.suggest`: sites with templates, articles, copies, traps.

Everything comes from ``planted.toml`` and a seed; the chrome that was planted is known line by line.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).with_name("planted.toml")
_KINDS_PER_SITE = 9
_COPIED = 0.12  # share of documents that are copies of an article of another site


@dataclass(frozen=True, slots=True)
class Planted:
    """One document: its site, its lines, and the kind of each line that is chrome."""

    site: str
    lines: tuple[str, ...]
    kinds: dict[int, str] = field(default_factory=dict)


@cache
def _data() -> dict[str, Any]:
    table = tomllib.loads(_DATA.read_text("utf-8"))
    return {key: value.split() if isinstance(value, str) else value for key, value in table.items()}


class Corpus:
    """Documents of sites, the same for the same `templates` and `seed`.

    Args:
        templates: seed of the sites and what their templates hold.
        seed: seed of the articles.
        sites: how many sites.
        text: lines of real text for titles (short ones) and paragraphs, instead of made ones.
    """

    def __init__(self, templates: int, seed: int, sites: int = 24, text: Sequence[str] = ()) -> None:
        self._titles = [line for line in text if len(line) < 30]
        self._paragraphs = [part for line in text for part in _parts(line) if len(part) >= 60]
        self._chance = random.Random(seed)
        self._data = _data()
        chance = random.Random(templates)
        names = chance.sample(self._data["sites"], k=min(sites, len(self._data["sites"])))
        self._sites = [_Site(number, name, chance, self._data) for number, name in enumerate(names)]
        self._articles: list[list[str]] = []

    def kinds(self) -> set[str]:
        """Return the kinds some site has, as ``kind`` of the planted lines."""
        return {kind for site in self._sites for kind, _, _ in site.template}

    def documents(self, count: int) -> Iterator[Planted]:
        """Yield documents, sites in turn."""
        for number in range(count):
            site = self._sites[number % len(self._sites)]
            yield site.document(self._article(), self._chance, self._fill)

    def _article(self) -> list[str]:
        chance = self._chance
        if self._articles and chance.random() < _COPIED:
            copy = list(chance.choice(self._articles[-60:]))
            if chance.random() < 0.5:
                copy[chance.randrange(1, len(copy))] = self._paragraph()
            return copy
        article = self._fresh()
        self._articles.append(article)
        del self._articles[:-60]
        return article

    def _fresh(self) -> list[str]:
        chance, traps = self._chance, self._data["traps"]
        body = [self._paragraph() for _ in range(chance.randint(2, 7))]
        for name, share in (("headings", 0.3), ("tables", 0.2), ("talk", 0.2), ("prose", 0.3)):
            if chance.random() < share:
                line = self._fill(chance.choice(traps[name]), "")
                body.insert(chance.randint(1, len(body) - 1), line)
        if chance.random() < 0.15:
            body.insert(0, chance.choice(traps["leads"]))
        if chance.random() < 0.3:
            body.append(chance.choice(traps["ends"]))
        if chance.random() < 0.2:
            body.append(chance.choice(traps["calls"]))
        if chance.random() < 0.1:
            body += [self._fill(line, "") for line in traps["facts"]]
        if chance.random() < 0.1:
            body += [*traps["formal"], self._fill("{date}", "")]
        title = chance.choice(traps["titles"]) if chance.random() < 0.08 else self._title()
        return [title, *body]

    def _title(self) -> str:
        chance, data = self._chance, self._data
        if self._titles:
            return chance.choice(self._titles)
        return f"{chance.choice(data['topics'])}{chance.choice(data['predicates'])}"

    def _paragraph(self) -> str:
        chance, data = self._chance, self._data
        if self._paragraphs:  # each once, while there are any
            return self._paragraphs.pop(chance.randrange(len(self._paragraphs)))
        sentences = []
        for _ in range(chance.randint(2, 4)):
            figure = f"{chance.randint(1, 999)}.{chance.randint(0, 9)}"
            unit = chance.choice(("%", "亿元", "万吨", "个百分点"))
            said = f"{chance.choice(data['subjects'])}{chance.choice(data['verbs'])}"
            sentences.append(
                f"{said}，{chance.choice(data['topics'])}{chance.choice(data['predicates'])}，幅度为{figure}{unit}"
            )
        return "。".join(sentences) + "。"

    def _fill(self, line: str, site: str) -> str:
        chance, data = self._chance, self._data
        digits = f"{chance.randrange(10_000):04}"
        year, month, day = chance.randint(2019, 2025), chance.randint(1, 12), chance.randint(1, 28)
        values: dict[str, Callable[[], str]] = {
            "n": lambda: str(chance.randint(2, 20_000)),
            "name": lambda: chance.choice(data["people"]),
            "date": lambda: f"{year}-{month:02}-{day:02}",
            "url": lambda: f"https://example.cn/{chance.randint(1, 999_999)}.html",
            "title": self._title,
            "topic": lambda: chance.choice(data["topics"]),
            "phone": lambda: f"010-5550{digits}",
        }
        for name, value in values.items():
            while f"{{{name}}}" in line:
                line = line.replace(f"{{{name}}}", value(), 1)
        return line.replace("{site}", site)


def _parts(passage: str) -> list[str]:
    """Return the sentences of a passage, two by two."""
    sentences = [f"{sentence}。" for sentence in passage.split("。") if sentence]
    return ["".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]


class _Site:
    """A site with the lines its template has."""

    def __init__(self, number: int, name: str, chance: random.Random, data: dict[str, Any]) -> None:
        self.host = f"www.site{number}.example"
        self.name = name + chance.choice(data["site_kinds"])
        fixed = {"id": f"linjiang{number}", "mail": f"desk{number}@example.cn"}
        chosen = sorted(chance.sample(range(len(data["kind"])), k=_KINDS_PER_SITE))
        self.template = []
        for index in chosen:
            kind = data["kind"][index]
            line = chance.choice(kind["lines"])
            for key, value in fixed.items():
                line = line.replace(f"{{{key}}}", value)
            self.template.append((kind["name"], kind["zone"], line))

    def document(self, article: list[str], chance: random.Random, fill: Callable[[str, str], str]) -> Planted:
        parts: dict[str, list[tuple[str, str | None]]] = {"header": [], "footer": []}
        body: list[tuple[str, str | None]] = [(line, None) for line in article[1:]]
        for kind, zone, line in self.template:
            if chance.random() < 0.1:
                continue
            text = fill(line, self.name)
            if zone == "body":
                body.insert(chance.randint(1, max(len(body) - 1, 1)), (text, kind))
            else:
                parts[zone].append((text, kind))
        all_lines = [*parts["header"], (article[0], None), *body, *parts["footer"]]
        return Planted(
            self.host,
            tuple(text for text, _ in all_lines),
            {at: kind for at, (_, kind) in enumerate(all_lines) if kind},
        )
