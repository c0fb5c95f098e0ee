"""The five seeds come out right: every title, field, heading, paragraph and removal.

What is expected is read off the seeds without articlekit (`seed_reference`).
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from seed_reference import Expected, plain, read_seeds

from articlekit.model import Article, Cleaned, Record, Source
from articlekit.pipeline import Pipeline
from articlekit.records.ledger import decode_ledger, encode_ledger, restore

SEEDS = ("000", "001", "002", "003", "004")
RESIDUE = re.compile(
    r"[(（][a-zA-Zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüɡɑ]{1,6}[)）]|\?[a-zà-ǜ]|[\ue000-\uf8ff\ufffd]|</?\w|/p>"
)
ELIDED = re.compile(r"(?<=[\u4e00-\u9fff、]) (?=[\u4e00-\u9fff、,，。])")


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Expected]:
    return {seed.name: seed for seed in read_seeds(shared / "data" / "seeds")}


@pytest.fixture(scope="module")
def cleaned(expected: dict[str, Expected]) -> dict[str, Cleaned]:
    pipeline = Pipeline()
    return {
        name: pipeline.clean(Record(Source(f"{name}.txt", sha256="00"), seed.raw.encode()))
        for name, seed in expected.items()
    }


@pytest.fixture
def seed(name: str, expected: dict[str, Expected]) -> Expected:
    return expected[name]


@pytest.fixture
def article(name: str, cleaned: dict[str, Cleaned]) -> Article:
    return cleaned[name].article


each_seed = pytest.mark.parametrize("name", SEEDS)


@each_seed
def test_the_title_is_right_wherever_it_stands(
    name: str, seed: Expected, cleaned: dict[str, Cleaned]
) -> None:
    assert cleaned[name].article.title == seed.title
    assert cleaned[name].title_line == seed.title_line


def test_the_title_of_the_second_seed_is_not_its_first_line(cleaned: dict[str, Cleaned]) -> None:
    assert cleaned["001"].article.title == "八月份以来网贷催收情况如何应对?"


@each_seed
def test_date_author_and_editor_are_fields(name: str, seed: Expected, article: Article) -> None:
    assert (article.published, article.author, article.editor) == (seed.published, seed.author, seed.editor)


def test_three_seeds_have_a_date_one_an_author_and_two_an_editor(cleaned: dict[str, Cleaned]) -> None:
    articles = [one.article for one in cleaned.values()]
    assert sum(article.published is not None for article in articles) == 3
    assert [article.author for article in articles if article.author] == ["荣研民"]
    assert [article.editor for article in articles if article.editor] == ["凤诺渤", "伏忱蕊"]


@each_seed
def test_a_channel_is_no_author(name: str, seed: Expected, article: Article) -> None:
    assert not {article.author, article.editor} & set(seed.channels)
    assert article.channel is None or article.channel in seed.channels


@each_seed
def test_every_heading_has_its_level_and_number(name: str, seed: Expected, article: Article) -> None:
    found = [(part.level, part.number, part.heading) for part in article.sections if part.level]
    assert found == seed.headings()


@each_seed
def test_opening_and_closing_are_level_one(name: str, article: Article) -> None:
    named = {part.heading: part.level for part in article.sections}
    assert (named["小编导语"], named["小编总结"]) == (1, 1)


def test_items_under_a_heading_stay_items(cleaned: dict[str, Cleaned]) -> None:
    section = next(part for part in cleaned["002"].article.sections if part.number == "4.2")
    assert [line[:2] for line in section.text.split("\n")[1:]] == ["1.", "2.", "3."]


@each_seed
def test_the_body_is_the_reference_line_by_line(name: str, seed: Expected, article: Article) -> None:
    assert article.text.split("\n") == [part.text for _, part in seed.body()]


@each_seed
def test_every_other_line_is_removed_by_a_rule_with_a_name(
    name: str, seed: Expected, article: Article
) -> None:
    removed = {removal.line: removal for removal in article.removed}
    assert {line: removal.text for line, removal in removed.items()} == {
        line: part.text for line, part in seed.removed().items()
    }
    assert all(removal.rule and removal.category for removal in removed.values())


@each_seed
def test_removals_are_of_the_right_category(name: str, seed: Expected, article: Article) -> None:
    categories = {
        "contact": {"contact"},
        "statement": {"disclaimer", "copyright"},
        "editor": {"byline"},
        "date": {"byline"},
        "echo": {"echo"},
        "breadcrumb": {"navigation"},
        "app": {"app-download"},
        "recommend": {"recommend", "related"},
        "button": {"navigation", "share", "comment", "contact"},
    }
    for removal in article.removed:
        assert removal.category in categories[seed.removed()[removal.line].fate], removal


@each_seed
def test_nothing_is_left_of_the_annotations(name: str, article: Article) -> None:
    fields = [article.title, article.author, article.editor, article.channel, article.text]
    for text in (*fields, *(removal.text for removal in article.removed)):
        assert not RESIDUE.search(text or "")


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("000", "向专业律师咨询"),
        ("003", "适当的沟通方式。"),
        ("004", "甚至会对借款人进行人身攻击"),
    ],
)
def test_straddled_places_are_exact(name: str, phrase: str, article: Article) -> None:
    assert article.text.count(phrase) == 1


def test_a_straddled_place_in_a_removed_line_is_exact_too(cleaned: dict[str, Cleaned]) -> None:
    assert "请在app内查看更多" in [removal.text for removal in cleaned["003"].article.removed]


def test_particles_are_converted_as_verbs_take_them(cleaned: dict[str, Cleaned]) -> None:
    texts = "".join(one.article.text for one in cleaned.values())
    assert all(word in texts for word in ("随着", "意味着", "影响着", "显著"))
    assert not re.search("[随味响]著|显着", texts)


@each_seed
def test_as_many_annotations_are_counted_as_there_are(name: str, seed: Expected, article: Article) -> None:
    brackets = len(re.findall(r"\(?[a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6}\)", seed.raw))
    assert abs(article.repairs["annotated-gbk"] - brackets) <= 2  # an edit may take in its neighbour


@each_seed
def test_no_character_of_the_body_is_lost_or_invented(name: str, seed: Expected, article: Article) -> None:
    """The same by another way: all characters of the document, counted, are in one of the three places."""
    kept = [article.text, article.title or "", *(removal.text for removal in article.removed)]
    letters = Counter(filter(str.isalnum, "".join(kept)))
    assert letters == Counter(filter(str.isalnum, plain(seed.raw)))


@each_seed
def test_the_ledger_gives_the_input_back(name: str, seed: Expected, cleaned: dict[str, Cleaned]) -> None:
    one = cleaned[name]
    assert one.trace.base == seed.raw
    line = encode_ledger(one.article, one.trace, one.source_text)
    assert restore(one.article, decode_ledger(line)) == seed.raw
    assert len(line) <= len(seed.raw.encode())


@each_seed
def test_elided_words_are_flagged_with_their_place_and_not_filled_in(
    name: str, seed: Expected, article: Article
) -> None:
    offsets, offset = [], 0
    for _, part in seed.body():
        if part.fate == "body":
            offsets += [offset + match.start() for match in ELIDED.finditer(part.text)]
        offset += len(part.text) + 1
    flags = [flag for flag in article.flags if flag.kind == "elided-word" and " " in flag.text]
    assert all(article.text.startswith(flag.text, flag.start) for flag in flags if flag.start is not None)
    covered = [
        at
        for at in offsets
        if any(flag.start is not None and flag.start <= at < flag.start + len(flag.text) for flag in flags)
    ]
    assert covered == offsets
    assert len(flags) == len(offsets)
