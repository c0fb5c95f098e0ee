from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from dataclasses import replace
from itertools import combinations

import pytest
from corpora import article, corpus, disguised, edited, items

from articlekit.dedup.classes import figures_of
from articlekit.dedup.find import Decision, DedupItem, DedupOptions, Document, deduplicate, find_duplicates
from articlekit.dedup.normalise import comparable, normalise
from articlekit.dedup.shingles import shingle_hashes
from articlekit.dedup.verify import jaccard
from articlekit.errors import ConfigError, SchemaError
from articlekit.model import Article, Source

BOTH = DedupOptions(remove=("repost", "updated"))
TEXT = article(random.Random(0))


def _removed(decisions: list[Decision]) -> dict[int, Decision]:
    return {decision.index: decision for decision in decisions if decision.removed}


@pytest.mark.parametrize("remove", [(), ("repost",), ("repost", "updated")])
@pytest.mark.parametrize("seed", range(3))
def test_what_is_removed_is_near_its_kept_one_and_no_two_that_stay_are_near(
    seed: int, remove: tuple[str, ...]
) -> None:
    texts = corpus(seed, 60)
    options = DedupOptions(remove=remove)
    decisions = {decision.index: decision for decision in deduplicate(texts, options)}
    normalised = [normalise(item.text) for item in texts]
    hashes = [shingle_hashes(comparable(text)) for text in normalised]
    figures = [figures_of(text) for text in normalised]
    removed = {index for index, decision in decisions.items() if decision.removed}
    for index, decision in decisions.items():
        if decision.class_ is None:
            assert decision.kept_index == index
            continue
        assert decision.kept_index not in removed
        assert decision.jaccard == jaccard(hashes[index], hashes[decision.kept_index]) >= options.threshold
        assert decision.class_ == ("repost" if figures[index] == figures[decision.kept_index] else "updated")
        assert decision.removed == (decision.class_ in remove)
        assert decision.kept_id == decision.cluster == texts[decision.kept_index].id
    for one, other in combinations(sorted(set(range(len(texts))) - removed), 2):
        class_ = "repost" if figures[one] == figures[other] else "updated"
        assert class_ not in remove or jaccard(hashes[one], hashes[other]) < options.threshold


@pytest.mark.parametrize("remove", [("repost",), ("repost", "updated")])
def test_the_order_of_the_input_changes_nothing(remove: tuple[str, ...]) -> None:
    texts = corpus(5, 60)
    options = DedupOptions(remove=remove)
    expected = deduplicate(texts, options)
    for seed in range(3):
        shuffled = random.Random(seed).sample(texts, len(texts))
        assert deduplicate(shuffled, options) == expected


def test_the_hash_seed_of_python_changes_nothing() -> None:
    program = "import articlekit.dedup.find as d, corpora; print(d.deduplicate(corpora.corpus(2, 40)))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
    assert b"repost" in outputs.pop()


def test_copies_in_other_clothes_are_reposts() -> None:
    rng = random.Random(1)
    texts = [article(rng) for _ in range(30)]
    copies = [disguised(rng, text) for text in texts]
    removed = _removed(deduplicate(items(texts + copies)))
    assert len(removed) == 30
    assert {
        (decision.class_, decision.index % 30 == decision.kept_index % 30) for decision in removed.values()
    } == {("repost", True)}


def test_other_figures_are_marked_and_kept_unless_asked_to_go() -> None:
    update = f"{TEXT}\n全年净利润为17.31亿元。"
    (head, marked) = deduplicate(items([update, TEXT]))
    assert (head.index, head.class_, head.removed, head.cluster) == (0, None, False, "id00000")
    assert (marked.class_, marked.removed, marked.kept_index) == ("updated", False, 0)
    assert len(marked.figures_missing) == 1
    assert not marked.figures_added
    assert list(_removed(deduplicate(items([update, TEXT]), BOTH))) == [1]


def test_a_repost_of_an_update_goes_and_the_update_stays() -> None:
    update = TEXT.replace("亿元", "7亿元", 1)
    decisions = deduplicate(items([f"{TEXT}结束", update, update.replace("，", ",")]))
    assert [(d.index, d.class_, d.kept_index, d.removed) for d in decisions] == [
        (0, None, 0, False),
        (1, "updated", 0, False),
        (2, "repost", 1, True),
    ]


def test_the_same_letters_with_other_figures_are_an_update() -> None:
    decisions = deduplicate(items([f"{TEXT}增长6.09%", f"{TEXT}增长60.9%"]))
    assert [(decision.class_, decision.jaccard) for decision in decisions] == [(None, None), ("updated", 1.0)]


def test_empty_texts_are_never_duplicates() -> None:
    assert deduplicate(items(["", "", "，。", " \n"])) == []


def test_short_texts_are_duplicates_of_equal_ones_only() -> None:
    decisions = deduplicate(items(["公告", "公 告", "公示", "告"]))
    assert [(decision.index, decision.class_) for decision in decisions] == [(0, None), (1, "repost")]


def test_other_languages_work_too() -> None:
    english = "The company reported higher revenue for the third quarter, driven by strong demand abroad."
    japanese = "当社の売上高は前年同期に比べて増加し、営業利益も過去最高を更新しました。"
    decisions = deduplicate(items([english, japanese, english.upper(), japanese.replace("、", "")]))
    assert [decision.index for decision in decisions if decision.removed] == [2, 3]


# --- which one is kept -----------------------------------------------------------------------------


def test_the_longest_is_kept_then_the_lowest_id_sha256_uri_and_record() -> None:
    longer = f"{TEXT}全文完"
    assert list(_removed(deduplicate(items([TEXT, longer])))) == [0]
    ties = [
        DedupItem(0, "b", TEXT, "1", "a", 1),
        DedupItem(1, "a", TEXT, "2", "a", 1),
        DedupItem(2, "a", TEXT, "1", "b", 1),
        DedupItem(3, "a", TEXT, "1", "a", 2),
        DedupItem(4, "a", TEXT, "1", "a", 1),
    ]
    for number in range(1, 5):
        preferred = ties[number]
        removed = _removed(deduplicate([preferred, *ties[:number]]))
        assert {decision.kept_index for decision in removed.values()} == {number}


def test_the_earliest_or_the_lowest_id_can_be_kept() -> None:
    late, early, unknown = (
        replace(item, published=published)
        for item, published in zip(items([TEXT, TEXT, TEXT]), ("2024-05-02", "2024-05-01", None), strict=True)
    )
    texts = [late, early, replace(unknown, text=f"{TEXT}全文完")]
    assert list(_removed(deduplicate(texts, DedupOptions(policy="earliest")))) == [0, 2]
    assert list(_removed(deduplicate(texts, DedupOptions(policy="lowest-id")))) == [1, 2]


@pytest.mark.parametrize(
    "values",
    [
        {"threshold": 0},
        {"threshold": 1.1},
        {"remove": ("same",)},
        {"remove": ("updated",)},
        {"policy": "best"},
    ],
)
def test_unusable_options_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        DedupOptions(**values)  # type: ignore[arg-type]


# --- many of a kind --------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["identical", "near", "updated"])
def test_ten_thousand_of_a_kind_are_done_in_seconds(kind: str) -> None:
    rng = random.Random(3)
    texts = [TEXT] * 10_000
    if kind == "near":
        texts = [edited(rng, TEXT, 0.002) for _ in texts]
    elif kind == "updated":
        texts = [f"{TEXT}成交{number}.{number % 97}亿元" for number in range(10_000)]
    many = list(items(texts))
    started = time.process_time()
    decisions = deduplicate(many)
    assert time.process_time() - started < 60
    assert len(decisions) == 10_000


# --- the library's function ------------------------------------------------------------------------


def test_articles_documents_and_mappings_are_taken() -> None:
    source = Source("a.txt", sha256="00")
    kept = Article("a", source, text=f"{TEXT}完")
    document = Document("b", Source("b.txt"), TEXT)
    record = {"text": TEXT, "url": "https://example.org/c"}
    found = list(find_duplicates([kept, document, record, replace(kept, id="d").to_dict(), {"text": "别的"}]))
    assert [duplicate.id for duplicate in found] == ["b", "https://example.org/c", "d"]
    assert {(duplicate.kept_id, duplicate.kept_source) for duplicate in found} == {("a", source)}
    assert all(duplicate.removed and duplicate.class_ == "repost" for duplicate in found)
    assert found[1].source.record == 3


def test_a_mapping_without_text_is_refused_with_its_place() -> None:
    with pytest.raises(SchemaError, match="document 2: text: expected str, found NoneType"):
        list(find_duplicates([{"text": ""}, {"id": "x"}]))


def test_an_iterator_is_read_once() -> None:
    assert len(list(find_duplicates(iter([{"text": TEXT}, {"text": TEXT}])))) == 1


def test_items_may_have_indices_of_their_own() -> None:
    decisions = deduplicate([DedupItem(7, "a", TEXT), DedupItem(3, "b", TEXT)])
    assert [(decision.index, decision.kept_index) for decision in decisions] == [(3, 7), (7, 7)]
