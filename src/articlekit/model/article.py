"""The article record, schema ``articlekit/article/1``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from articlekit.model.checked import Fields, integer, number
from articlekit.model.findings import Flag, Removal
from articlekit.model.source import RawJSON, Source

ARTICLE_SCHEMA = "articlekit/article/1"


@dataclass(frozen=True, slots=True)
class Section:
    """A run of paragraphs under one heading; `level` 0 is what stands before the first heading."""

    level: int
    number: str | None
    heading: str | None
    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"level": self.level, "number": self.number, "heading": self.heading, "text": self.text}

    @classmethod
    def from_dict(cls, value: Any, path: str = "sections") -> Self:
        get = Fields(value, path, {"level", "number", "heading", "text"})
        return cls(
            get.integer("level"), get.optional("number", str), get.optional("heading", str), get.text("text")
        )


@dataclass(frozen=True, slots=True)
class Script:
    """Chinese script of the input and the output: Hans, Hant, mixed, or None where there is none."""

    input: str | None = None
    output: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"input": self.input, "output": self.output}

    @classmethod
    def from_dict(cls, value: Any, path: str = "script") -> Self:
        get = Fields(value, path, {"input", "output"})
        return cls(get.optional("input", str), get.optional("output", str))


@dataclass(frozen=True, slots=True)
class Dedup:
    """An article's place among its near-duplicates; all None where deduplication found none or did not run.

    `class_` (``class`` in JSON) is ``repost``, ``updated`` or ``template-sibling``; `jaccard` is the exact
    Jaccard similarity to the article `kept_id`.
    """

    cluster: str | None = None
    class_: str | None = None
    kept_id: str | None = None
    jaccard: float | None = None
    family: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "cluster": self.cluster,
            "class": self.class_,
            "kept_id": self.kept_id,
            "jaccard": self.jaccard,
            "family": self.family,
        }

    @classmethod
    def from_dict(cls, value: Any, path: str = "dedup") -> Self:
        get = Fields(value, path, {"cluster", "class", "kept_id", "jaccard", "family"})
        return cls(
            get.optional("cluster", str),
            get.optional("class", str),
            get.optional("kept_id", str),
            get.number_or_none("jaccard"),
            get.optional("family", str),
        )


@dataclass(frozen=True, slots=True)
class Article:
    """One clean article: the record of schema ``articlekit/article/1``."""

    id: str
    source: Source
    title: str | None = None
    published: str | None = None
    author: str | None = None
    editor: str | None = None
    channel: str | None = None
    site: str | None = None
    language: str | None = None
    script: Script = Script()
    sections: tuple[Section, ...] = ()
    text: str = ""
    removed: tuple[Removal, ...] = ()
    repairs: Mapping[str, int] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    quality: Mapping[str, float] = field(default_factory=dict)
    dedup: Dedup = Dedup()
    extra: Mapping[str, RawJSON] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values in schema order; `extra` is parsed (see the module's note on exactness)."""
        return {**self.to_dict_without_extra(), "extra": {k: v.value() for k, v in self.extra.items()}}

    def to_dict_without_extra(self) -> dict[str, Any]:
        """Return all but `extra`, for writers that copy `extra` verbatim."""
        return {
            "schema": ARTICLE_SCHEMA,
            "id": self.id,
            "source": self.source.to_dict(),
            "title": self.title,
            "published": self.published,
            "author": self.author,
            "editor": self.editor,
            "channel": self.channel,
            "site": self.site,
            "language": self.language,
            "script": self.script.to_dict(),
            "sections": [section.to_dict() for section in self.sections],
            "text": self.text,
            "removed": [removal.to_dict() for removal in self.removed],
            "repairs": dict(self.repairs),
            "flags": [flag.to_dict() for flag in self.flags],
            "quality": dict(self.quality),
            "dedup": self.dedup.to_dict(),
        }

    @classmethod
    def from_dict(cls, value: Any) -> Self:
        """Build an article from `to_dict`'s output or a parsed JSON line.

        Raises:
            SchemaError: with the path of the first field that is missing, unknown or of the wrong type.

        >>> article = Article("a1", Source("a.txt", sha256="00"), title="示例", text="正文。")
        >>> Article.from_dict(article.to_dict()) == article
        True
        """
        names = set(cls.__slots__) | {"schema"}
        get = Fields(value, "", names)
        get.constant("schema", ARTICLE_SCHEMA)
        extra = get.mapping("extra")
        return cls(
            id=get.text("id"),
            source=Source.from_dict(get.raw("source")),
            title=get.optional("title", str),
            published=get.optional("published", str),
            author=get.optional("author", str),
            editor=get.optional("editor", str),
            channel=get.optional("channel", str),
            site=get.optional("site", str),
            language=get.optional("language", str),
            script=Script.from_dict(get.raw("script")),
            sections=get.list_of("sections", Section),
            text=get.text("text"),
            removed=get.list_of("removed", Removal),
            repairs={k: integer(v, f"repairs.{k}") for k, v in get.mapping("repairs").items()},
            flags=get.list_of("flags", Flag),
            quality={k: number(v, f"quality.{k}") for k, v in get.mapping("quality").items()},
            dedup=Dedup.from_dict(get.raw("dedup")),
            extra={
                k: v if isinstance(v, RawJSON) else RawJSON(json.dumps(v, ensure_ascii=False))
                for k, v in extra.items()
            },
        )
