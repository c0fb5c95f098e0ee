"""Drafts of rules from what recurs: chrome is found, articles stay, and the order does not matter."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from benchmarks.suggest import measure
from benchmarks.suggest_corpus import Corpus
from made_rules import finance_prose

from articlekit.rules.drafts import to_toml
from articlekit.rules.load import load, load_builtin
from articlekit.rules.match import matcher
from articlekit.rules.model import Rule, RuleSet
from articlekit.rules.selftest import check_examples, check_hostile
from articlekit.rules.suggest import Suggestions, suggest
from articlekit.rules.survey import observe
from articlekit.text.lines import split_lines

NO_RULES = load(builtin=False)


def article(number: int) -> list[str]:
    """Return the lines of an invented article, title first."""
    title, *body = finance_prose(number, 4).splitlines()
    return [title, *body]


def suggested(
    documents: Sequence[tuple[str, Sequence[str]]], rules: RuleSet = NO_RULES, **options: int
) -> Suggestions:
    """Return what is suggested for (host, lines) of documents."""
    pages = [
        observe(split_lines("\n".join(lines)), rules, f"https://{host}/" if host else None)
        for host, lines in documents
    ]
    return suggest(lambda: pages, **options)


def with_footer(
    footer: str, hosts: Sequence[str] = ("a.example",), count: int = 12
) -> list[tuple[str, list[str]]]:
    """Return documents that end with `footer`, in which {n} counts."""
    return [
        (hosts[number % len(hosts)], [*article(number), *footer.format(n=number + 2).splitlines()])
        for number in range(count)
    ]


def rules_of(found: Suggestions) -> list[Rule]:
    return [item.draft.rule for item in found.items]


def takes(found: Suggestions, line: str) -> bool:
    drafts = RuleSet.of(tuple(rules_of(found)))
    return bool(drafts) and bool(matcher(drafts).match_line(line))


@pytest.fixture(scope="module")
def planted() -> list[tuple[str, tuple[str, ...]]]:
    return [(document.site, document.lines) for document in Corpus(11, 12, sites=8).documents(100)]


@pytest.fixture(scope="module")
def found(planted: list[tuple[str, tuple[str, ...]]]) -> Suggestions:
    return suggested(planted)


def test_planted_chrome_is_found_and_articles_with_their_copies_stay() -> None:
    result = measure(21, 200, NO_RULES)
    assert result["found"] >= 0.9 * result["kinds"]
    assert result["right"] >= 0.9 * result["drafts"]


def test_drafts_pass_the_tests_of_rules_as_they_are(found: Suggestions) -> None:
    drafts = RuleSet.of(tuple(rules_of(found)))
    assert len(drafts) > 20
    assert list(check_examples(drafts)) == []
    assert list(check_hostile(drafts)) == []


def test_examples_are_lines_of_the_corpus(
    found: Suggestions, planted: list[tuple[str, tuple[str, ...]]]
) -> None:
    lines = {line for _, document in planted for line in document}
    for rule in rules_of(found):
        assert len(rule.match) >= 2
        assert {*rule.match, *rule.no_match} <= lines


def test_the_order_of_documents_does_not_matter(
    found: Suggestions, planted: list[tuple[str, tuple[str, ...]]]
) -> None:
    shuffled = list(planted)
    random.Random(3).shuffle(shuffled)
    again = suggested(shuffled)
    assert again == found
    assert to_toml(rules_of(again)) == to_toml(rules_of(found))


def test_what_rules_take_is_not_suggested() -> None:
    found = suggested(with_footer("责任编辑：温知夏\n投资有风险，入市需谨慎。"), load_builtin())
    assert found.items == ()


def test_what_a_draft_would_remove_is_counted() -> None:
    (item,) = suggested(with_footer("第{n}位读者点赞了此页")).items
    assert (item.lines, item.documents, item.kept) == (12, 12, 0)
    assert item.draft.rule.zone == "footer"
    assert "in 12 of 12 documents, on 1 of 1 sites (a.example)" in item.draft.rule.why


def test_lines_elsewhere_are_counted_as_kept() -> None:
    documents = with_footer("（点击图片放大查看）", count=30)
    host, lines = documents[0]
    documents[0] = (host, [*lines[:-2], lines[-1], lines[-2]])
    (item,) = suggested(documents).items
    assert (item.lines, item.kept) == (29, 1)


def test_variants_of_one_line_become_one_draft() -> None:
    documents = [
        entry
        for name in ("临江财经", "望湖观察", "青禾在线")
        for entry in with_footer(f"扫码进{name}的读者茶座", (f"{name}.example",), 6)
    ]
    (rule,) = rules_of(suggested(documents))
    assert "扫码进[^。]{4,10}的读者茶座" in rule.pattern
    assert len(set(rule.match)) == 3


def test_a_label_with_ever_other_text_behind_it_is_one_draft() -> None:
    documents = [
        (host, [*lines, f"相关旧文：{article(900 + number)[0]}"])
        for number, (host, lines) in enumerate(with_footer("", count=12))
    ]
    (rule,) = rules_of(suggested(documents))
    assert rule.category == "related"
    assert matcher(RuleSet.of((rule,))).match_line("相关旧文：从没见过的题目")


def test_long_titles_behind_a_label_are_no_prose_that_stands_against_it() -> None:
    titles = [article(700 + number)[1].replace("。", "") for number in range(12)]
    documents = [
        (host, [*lines, f"延伸一读：{title[:60]}"])
        for (host, lines), title in zip(with_footer("", count=12), titles, strict=True)
    ]
    documents += [(host, [*lines, "延伸一读：短题一则"]) for host, lines in with_footer("", count=24)[12:]]
    (rule,) = rules_of(suggested(documents))
    assert all(not line.startswith("延伸一读") for line in rule.no_match)


def test_a_line_of_one_or_two_sites_is_for_these_sites() -> None:
    two = suggested(with_footer("轻点图片扫码进群", ("a.example", "b.example")))
    assert rules_of(two)[0].domains == ("a.example", "b.example")
    three = suggested(with_footer("轻点图片扫码进群", ("a.example", "b.example", "c.example")))
    assert rules_of(three)[0].domains == ("*",)


def test_a_line_of_documents_without_address_is_for_all() -> None:
    assert rules_of(suggested(with_footer("轻点图片扫码进群", ("",))))[0].domains == ("*",)


def test_a_line_must_stand_in_enough_articles_and_on_enough_sites() -> None:
    documents = with_footer("轻点图片扫码进群", ("a.example", "b.example"))
    assert suggested(documents, min_documents=13).items == ()
    assert suggested(documents, min_sites=3).items == ()
    assert len(suggested(documents, min_documents=12, min_sites=2).items) == 1


def test_copies_of_one_article_are_not_chrome() -> None:
    copied = [(f"s{number}.example", article(1)) for number in range(20)]
    assert suggested(copied).items == ()


def test_copies_with_one_paragraph_changed_are_not_chrome() -> None:
    copied = []
    for number in range(20):
        lines = [*article(1), *article(2)[1:]]
        lines[1 + number % 6] = article(100 + number)[1]
        copied.append((f"s{number}.example", lines))
    others = [(f"s{number}.example", article(200 + number)) for number in range(20)]
    assert suggested(copied + others).items == ()


@pytest.mark.parametrize(
    "line",
    [
        "截至发稿，该公司未就此事作出回应。",
        "记者致电公司证券部，电话无人接听。",
        "特此公告。",
        "数据来源：公司公告",
        "申购代码：{n}",
        "2024年3月{n}日",
    ],
)
def test_what_articles_repeat_at_their_end_stays(line: str) -> None:
    documents = with_footer("", count=60)
    documents = [
        (host, [*lines, line.format(n=2 + number % 27)] if number % 6 == 0 else lines)
        for number, (host, lines) in enumerate(documents)
    ]
    assert suggested(documents).items == ()


def test_headings_and_questions_that_recur_in_the_body_stay() -> None:
    documents = []
    for number in range(20):
        title, *body = article(number)
        documents.append(("a.example", [title, *body[:2], "二、如何查看公告", "记者：您怎么看？", *body[2:]]))
    assert suggested(documents).items == ()


def test_a_headline_that_recurs_stays() -> None:
    documents = [
        ("a.example", ["今日热门公告一览" if number % 8 == 0 else article(number)[0], *article(number)[1:]])
        for number in range(60)
    ]
    assert suggested(documents).items == ()


def test_nothing_comes_of_nothing_or_of_odd_lines() -> None:
    assert suggested([]).items == ()
    odd = [
        "\ud800关注\ud800我们的\ud800茶座",
        "点击\x01关注\x02我们",
        "。" * 500,
        "：",
        "关注" * 5_000,
        "订阅《》",
    ]
    documents = [("a.example", [*article(number), *odd]) for number in range(10)]
    for rule in rules_of(suggested(documents)):
        to_toml([rule]).encode()
