"""Find near-duplicates and decide what is kept.

    texts → features (shingles, signature, figures) → buckets → exact similarity → stars → decisions

The result does not depend on the order of the items, the hash seed of Python or the machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from articlekit.dedup.candidates import Buckets, band_keys, narrowed
from articlekit.dedup.classes import compare
from articlekit.dedup.features import Features, Row, collect, figure_groups
from articlekit.dedup.items import Decision, DedupItem, DedupOptions
from articlekit.dedup.stars import Ray, removing_all, removing_same
from articlekit.dedup.verify import Verifier
from articlekit.errors import SchemaError
from articlekit.model import ARTICLE_SCHEMA, Article, Duplicate, Source

__all__ = ["Decision", "DedupItem", "DedupOptions", "Document", "deduplicate", "find_duplicates"]


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its id and where it came from, for `find_duplicates`."""

    id: str
    source: Source
    text: str


def find_duplicates(
    documents: Iterable[Article | Document | Mapping[str, Any]],
    threshold: float = 0.7,
    remove: Sequence[str] = ("repost",),
) -> Iterator[Duplicate]:
    r"""Yield the near-duplicates among documents, in the order of the documents.

    Texts are compared by their character 5-grams, without regard to script, width, case, wrapping and
    punctuation. Memory: about 11 KB per text of 2,000 characters; the texts themselves are not kept.

    Args:
        documents: articles, `Document`s, or mappings: article records or any with ``text``. Without an
            ``id`` the id is ``url``, or the SHA-256 of the text (32 hex digits).
        threshold: Jaccard similarity from which two texts are near-duplicates.
        remove: classes that count as removed, see `DedupOptions`. Those that are only marked are yielded too.

    Yields:
        Duplicate: without `record`; the kept article itself is not yielded.

    Raises:
        ConfigError: for an unusable threshold or class.
        SchemaError: for a mapping without text, or an article record of the wrong shape.

    >>> text = "示例公司发布三季报，营业收入稳步增长，主要产品销量保持稳定。"
    >>> records = [{"id": "a", "text": text}, {"id": "b", "text": text + "\n"}, {"id": "c", "text": "其他"}]
    >>> [(duplicate.id, duplicate.kept_id, duplicate.class_) for duplicate in find_duplicates(records)]
    [('b', 'a', 'repost')]
    """
    options = DedupOptions(threshold=threshold, remove=tuple(remove))
    known: list[tuple[str, Source]] = []

    def items() -> Iterator[DedupItem]:
        for index, document in enumerate(documents):
            item, source = _item(document, index)
            known.append((item.id, source))
            yield item

    for decision in deduplicate(items(), options):
        if decision.class_ is None or decision.jaccard is None:
            continue
        (own_id, source), (kept_id, kept_source) = known[decision.index], known[decision.kept_index]
        yield Duplicate(
            own_id,
            source,
            kept_id,
            kept_source,
            decision.class_,
            decision.jaccard,
            decision.removed,
            decision.figures_added,
            decision.figures_missing,
        )


def deduplicate(items: Iterable[DedupItem], options: DedupOptions | None = None) -> list[Decision]:
    """Return a decision for every item that has near-duplicates, sorted by index.

    Each item is read once and its text not kept. For those that are removed: the Jaccard similarity to the
    item kept in their place is at least the threshold. For those that stay: no two of them are a pair of a
    removed class, but for pairs the search misses (`articlekit.dedup.candidates.recall`).

    Args:
        items: texts with what decides ties; indices differ.
        options: threshold, classes and policy; unset, the defaults.

    >>> text = "示例公司发布三季报，营业收入稳步增长。"
    >>> decisions = deduplicate([DedupItem(0, "a", text), DedupItem(1, "b", text)])
    >>> [(decision.index, decision.kept_index, decision.class_) for decision in decisions]
    [(0, 0, None), (1, 0, 'repost')]
    """
    options = options or DedupOptions()
    features = collect(items, options.policy, options.seed)
    for row in features.rows:
        row.items.sort()
    order = sorted(range(len(features.rows)), key=lambda number: features.rows[number].items[0][0])
    rays = _rays(features, order, options)
    return sorted(_decisions(features.rows, rays, options), key=lambda decision: decision.index)


class _Kept:
    """Rows kept so far, found through buckets and verified; see `articlekit.dedup.stars.Kept`."""

    def __init__(self, buckets: Buckets, verifier: Verifier) -> None:
        self._buckets, self._verifier = buckets, verifier
        self.add = buckets.add

    def nearest(self, text: int) -> tuple[int, float] | None:
        return self._verifier.nearest(text, self._buckets.near(text))


def _rays(features: Features, order: Sequence[int], options: DedupOptions) -> Iterator[Ray]:
    rows = features.rows
    texts = np.array([row.text for row in rows], np.int64)
    signatures = features.signatures[texts]
    shingles = [features.shingles[row.text] for row in rows]
    rank = [0] * len(rows)
    for place, number in enumerate(order):
        rank[number] = place
    verifier = Verifier(signatures, shingles, rank, options.threshold)
    keys = band_keys(signatures)
    centres = _Kept(Buckets(keys), verifier)
    if "updated" in options.remove:
        return removing_all(order, centres)
    same = _Kept(Buckets(narrowed(keys, figure_groups(rows))), verifier)
    return removing_same(order, same, centres)


def _decisions(rows: Sequence[Row], rays: Iterable[Ray], options: DedupOptions) -> Iterator[Decision]:
    """Yield the decisions of all items: for rows under a centre, and for items that are one row."""
    found = {ray.text: ray for ray in rays}
    centres = {ray.centre for ray in found.values()}
    for number, row in enumerate(rows):
        ray = found.get(number)
        if ray is None or ray.stays:
            if ray is not None:
                yield _decision(row, 0, rows[ray.centre], ray.jaccard, options)
            elif number in centres or len(row.items) > 1:
                _, index, id_ = row.items[0]
                yield Decision(index, index, None, None, None, False, (), (), id_)
            for place in range(1, len(row.items)):
                yield _decision(row, place, row, 1.0, options)
        else:
            for place in range(len(row.items)):
                yield _decision(row, place, rows[ray.centre], ray.jaccard, options)


def _decision(row: Row, place: int, kept: Row, jaccard: float, options: DedupOptions) -> Decision:
    difference = compare(row.figures, kept.figures)
    _, kept_index, kept_id = kept.items[0]
    return Decision(
        index=row.items[place][1],
        kept_index=kept_index,
        kept_id=kept_id,
        class_=difference.class_,
        jaccard=jaccard,
        removed=difference.class_ in options.remove,
        figures_added=difference.added,
        figures_missing=difference.missing,
        cluster=kept_id,
    )


def _item(document: Article | Document | Mapping[str, Any], index: int) -> tuple[DedupItem, Source]:
    if isinstance(document, Mapping) and document.get("schema") == ARTICLE_SCHEMA:
        document = Article.from_dict(document)
    if isinstance(document, Article):
        return DedupItem.from_article(document, index), document.source
    if isinstance(document, Document):
        source = document.source
        item = DedupItem(index, document.id, document.text, source.sha256, source.uri, source.record)
        return item, source
    text = document.get("text")
    if not isinstance(text, str):
        raise SchemaError(f"document {index + 1}: text: expected str, found {type(text).__name__}")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    url = document.get("url")
    id_ = str(document.get("id") or url or digest[:32])
    source = Source("-", index + 1, url if isinstance(url, str) else None, None, digest)
    return DedupItem(index, id_, text, digest, source.uri, source.record), source
