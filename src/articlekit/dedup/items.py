"""What deduplication takes and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self, TypeAlias

from articlekit.errors import ConfigError
from articlekit.model import Article

DuplicateClass: TypeAlias = Literal["repost", "updated"]
Policy: TypeAlias = Literal["longest", "earliest", "lowest-id"]

_CLASSES = ("repost", "updated", "template-sibling")
_POLICIES = ("longest", "earliest", "lowest-id")


@dataclass(frozen=True, slots=True)
class DedupItem:
    """One text to compare.

    Attributes:
        index: what the caller knows it by; decisions name it.
        id, sha256, uri, record: decide ties, in this order; see `articlekit.model.Source`.
        text: the cleaned text.
        published: ISO 8601, for the policy ``earliest``.
    """

    index: int
    id: str
    text: str
    sha256: str = ""
    uri: str = ""
    record: int | None = None
    published: str | None = None

    @classmethod
    def from_article(cls, article: Article, index: int) -> Self:
        """Take what is needed from an article."""
        source = article.source
        return cls(
            index, article.id, article.text, source.sha256, source.uri, source.record, article.published
        )


@dataclass(frozen=True, slots=True)
class DedupOptions:
    """How near-duplicates are found.

    Attributes:
        threshold: Jaccard similarity of the shingles from which two texts are near-duplicates, above 0 and
            up to 1.
        remove: classes that are removed: none, ``repost``, or ``repost`` and ``updated``; the rest is marked.
            ``template-sibling`` is taken and has no effect yet.
        policy: which of several is kept: the ``longest`` (after normalisation), the ``earliest`` published or
            the one with the ``lowest-id``. Ties go to the longest, then by id, sha256, uri, record.
        seed: of the permutations of the signatures.

    Raises:
        ConfigError: for a value outside of these.
    """

    threshold: float = 0.7
    remove: tuple[str, ...] = ("repost",)
    policy: str = "longest"
    seed: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.threshold <= 1:
            raise ConfigError(f"dedup threshold {self.threshold!r} is not above 0 and up to 1")
        if unknown := sorted(set(self.remove) - set(_CLASSES)):
            raise ConfigError(f"dedup class {unknown[0]!r} is unknown; choose from {', '.join(_CLASSES)}")
        if "updated" in self.remove and "repost" not in self.remove:
            raise ConfigError("removing updated articles needs reposts removed too: remove repost,updated")
        if self.policy not in _POLICIES:
            raise ConfigError(f"dedup policy {self.policy!r} is unknown; choose from {', '.join(_POLICIES)}")


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one item that has near-duplicates.

    Attributes:
        index: of the item.
        kept_index: of the item kept in its place; its own for the one that is kept.
        kept_id: id of that item; None for the one that is kept.
        class_: ``repost`` (the same figures) or ``updated`` (figures differ); None for the one that is kept.
        jaccard: exact Jaccard similarity to the kept item; None for the one that is kept.
        removed: whether the class is one that is removed.
        figures_added: figures this item has and the kept one has not, sorted.
        figures_missing: figures the kept item has and this one has not, sorted.
        cluster: id of the kept item.
    """

    index: int
    kept_index: int
    kept_id: str | None
    class_: DuplicateClass | None
    jaccard: float | None
    removed: bool
    figures_added: tuple[str, ...]
    figures_missing: tuple[str, ...]
    cluster: str
