"""What steps report: edits, flags, removals, metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from articlekit.model.checked import Fields


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement. `start` and `end` count characters of the step's input text."""

    step: str
    kind: str
    start: int
    end: int
    before: str
    after: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a person may want to look at, left as it is.

    `line` counts lines of the decoded input, from 1; `start` counts characters of the output text and
    is None where the line is not part of it.
    """

    kind: str
    line: int
    start: int | None
    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "line": self.line, "start": self.start, "text": self.text}

    @classmethod
    def from_dict(cls, value: Any, path: str = "flags") -> Self:
        get = Fields(value, path, {"kind", "line", "start", "text"})
        return cls(get.text("kind"), get.integer("line"), get.optional("start", int), get.text("text"))


@dataclass(frozen=True, slots=True)
class Removal:
    """Text taken out of the body, and the rule that did it. `line` counts input lines, from 1."""

    line: int
    rule: str
    category: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"line": self.line, "rule": self.rule, "category": self.category, "text": self.text}

    @classmethod
    def from_dict(cls, value: Any, path: str = "removed") -> Self:
        get = Fields(value, path, {"line", "rule", "category", "text"})
        return cls(get.integer("line"), get.text("rule"), get.text("category"), get.text("text"))


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text after a step, the edits that led there, and flags whose `start` counts in `text`."""

    text: str
    edits: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article beside its body. `published` is ISO 8601, as precise as found."""

    title: str | None = None
    published: str | None = None
    author: str | None = None
    editor: str | None = None
    channel: str | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """How the text of one record came about; with the article it explains and restores everything.

    Attributes:
        base: the decoded input text (for HTML: the extracted lines, joined with line feeds).
        steps: name and edits of each text step, in order; the first step's input is `base`.
        lines: the text after the last step, with all lines, before chrome is removed.
    """

    base: str
    steps: tuple[tuple[str, tuple[Edit, ...]], ...]
    lines: str
