from __future__ import annotations

import json

import pytest

from articlekit.text.fields.bylines import Byline
from articlekit.text.html.metadata import page_metadata
from articlekit.text.html.tree import Head

TITLE = "国债逆回购怎么选期限"


@pytest.mark.parametrize(
    ("head", "headings", "title"),
    [
        (Head(title=f"{TITLE}_理财_南山网"), [], TITLE),
        (Head(title=f"{TITLE} - 南山网"), [TITLE], TITLE),
        (Head(title=f"理财早读--{TITLE}"), [TITLE], TITLE),
        (Head(title="南山网", metas={"og:site_name": "南山网"}), [TITLE], TITLE),
        (Head(title="南山网", metas={"og:site_name": "南山网"}), [], None),
        (Head(metas={"og:title": TITLE}), ["94"], TITLE),
        (Head(title="南山论坛"), [TITLE], TITLE),
        (Head(title="南山论坛"), [], "南山论坛"),
        (Head(title="养老理财的门槛又变了"), [TITLE], "养老理财的门槛又变了"),
        (Head(), [TITLE], TITLE),
        (Head(), [], None),
    ],
)
def test_titles_are_those_of_the_article(head: Head, headings: list[str], title: str | None) -> None:
    assert page_metadata(head, None, headings).title == title


def test_dates_go_from_structured_data_over_text_to_the_address() -> None:
    url = "https://example.cn/2024/05/01/a.html"
    bylines = [Byline("2024-05-06T10:11")]
    assert page_metadata(Head(metas={"pubdate": "2024-05-07"}), url, (), bylines).published == "2024-05-07"
    assert page_metadata(Head(metas={"pubdate": "昨天"}), url, (), bylines).published == "2024-05-06T10:11"
    assert page_metadata(Head(times=["2024-05-05"]), url).published == "2024-05-05"
    assert page_metadata(Head(), url).published == "2024-05-01"
    assert page_metadata(Head(), None).published is None


@pytest.mark.parametrize("author", ["南山网", "admin", "www.example.cn", "财经频道", "编辑部", ""])
def test_what_pages_put_for_want_of_an_author_is_none(author: str) -> None:
    assert page_metadata(Head(metas={"author": author}), None).author is None


def test_a_source_and_an_author_that_touch_are_told_apart() -> None:
    found = page_metadata(Head(), None, (), [Byline(author="苏望舒", source="南山日报苏望舒")])
    assert (found.author, found.channel) == ("苏望舒", "南山日报")
    found = page_metadata(Head(), None, (), [Byline(author="苏望舒", source="苏望舒")])
    assert found.channel == "苏望舒"


def test_an_editor_is_not_the_author_too() -> None:
    found = page_metadata(Head(metas={"author": "苏望舒"}), None, (), [Byline(editor="苏望舒")])
    assert (found.author, found.editor) == (None, "苏望舒")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "{",
        "null",
        "[]",
        '{"@type": 3}',
        '{"@type": []}',
        '{"@type": "Article", "author": 3, "headline": []}',
        "[" * 100_000,
    ],
)
def test_broken_structured_data_is_ignored(source: str) -> None:
    found = page_metadata(Head(title=TITLE, json=[source]), None)
    assert (found.title, found.author, found.published) == (TITLE, None, None)


def test_structured_data_is_found_inside_graphs() -> None:
    article = {"@type": ["NewsArticle"], "datePublished": "2024-05-06", "author": [{"name": "周慕云"}]}
    head = Head(json=[json.dumps({"@graph": [{"@type": "WebSite"}, {"x": article}]})])
    found = page_metadata(head, None)
    assert (found.published, found.author) == ("2024-05-06", "周慕云")


def test_relative_addresses_are_completed() -> None:
    found = page_metadata(Head(canonical="/2024/05/06/a.html"), "https://example.cn/m/a.html")
    assert (found.published, found.url) == ("2024-05-06", "https://example.cn/m/a.html")


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ([{"name": "苏望舒"}, {"name": "周慕云"}], "苏望舒 周慕云"),
        (["苏望舒", "周慕云", "苏望舒"], "苏望舒 周慕云"),
        ([{"@type": "Organization", "name": "南山网"}, {"name": "周慕云"}], "周慕云"),
        ([{"name": ["苏望舒"]}, {"name": None}, 3, None], "苏望舒"),
        ({"name": "Ana Ruiz"}, "Ana Ruiz"),
        ([], None),
    ],
)
def test_all_authors_of_structured_data_are_named(authors: object, expected: str | None) -> None:
    data = json.dumps({"@type": "NewsArticle", "author": authors})
    assert page_metadata(Head(json=[data]), None).author == expected
