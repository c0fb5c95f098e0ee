from __future__ import annotations

import json

import pytest

from articlekit.text.html.embedded import described_article, state_article, structured_data

BODY = "国债的收益率今天有所下行，市场情绪回暖，机构认为后续仍有空间，投资者应当留意。"
OTHER = "央行在公开市场上净投放资金，隔夜利率随之回落，交易员说资金面会在月末前后收紧，"


def script(value: object, form: str = "window.__INITIAL_STATE__ = {};") -> str:
    return form.replace("{}", json.dumps(value, ensure_ascii=False))


@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "window.__INITIAL_STATE__={}",
        "window.__INITIAL_STATE__ = {};(function(){var s;}());",
        'window["__DATA__"] = {};',
        "var article = {}\n;",
        "__NUXT__ = {}",
    ],
)
def test_states_are_read_in_the_forms_pages_write_them(form: str) -> None:
    found = state_article([script({"props": {"post": {"title": "甲", "content": f"<p>{BODY}</p>"}}}, form)])
    assert found is not None
    assert (found.title, found.body, found.is_html) == ("甲", f"<p>{BODY}</p>", True)


def test_a_state_that_is_a_string_is_parsed_twice() -> None:
    inner = json.dumps({"content": BODY}, ensure_ascii=False)
    found = state_article([f"window.__STATE__ = JSON.parse({json.dumps(inner, ensure_ascii=False)});"])
    assert found is not None
    assert found.body == BODY


def test_what_is_undefined_does_not_hide_an_article() -> None:
    found = state_article([f'window.a = {{"x": undefined, "content": "{BODY}"}};'])
    assert found is not None


def test_paragraphs_in_a_list_are_joined() -> None:
    found = state_article(
        [script({"blocks": [{"type": "p", "text": BODY}, {"text": OTHER + "。"}, {"img": 1}]})]
    )
    assert found is not None
    assert found.body == f"{BODY}\n{OTHER}。"


def test_the_article_of_the_page_goes_before_longer_ones() -> None:
    state = {
        "article": {"title": "国债逆回购怎么选期限", "content": BODY},
        "more": [{"title": "别的文章的标题", "content": BODY + OTHER * 2}],
    }
    found = state_article([script(state)], "国债逆回购怎么选期限_南山网")
    assert found is not None
    assert found.body == BODY


@pytest.mark.parametrize("key", ["comments", "relatedText", "description", "copyright"])
def test_other_texts_are_no_article(key: str) -> None:
    assert state_article([script({key: BODY * 3, "content": "短"})]) is None


@pytest.mark.parametrize(
    "source",
    [
        "",
        "{",
        "function(){}",
        "var a = 1;",
        "window.a = {content: 'b'}",
        '{"content": ' + "[" * 100_000,
        '"content":',
    ],
)
def test_scripts_that_hold_no_json_are_left(source: str) -> None:
    assert state_article([source]) is None


def test_no_more_is_parsed_than_the_limit() -> None:
    assert state_article([script({"x": "y" * 5_000_000, "content": BODY})]) is None


def test_html_that_stands_as_text_is_an_article() -> None:
    found = state_article([f"<div><p>{BODY}</p><p>{OTHER}</p></div>"])
    assert found is not None
    assert found.is_html


def test_json_ld_gives_the_longest_body() -> None:
    data = structured_data(
        [
            json.dumps({"@type": "WebPage", "articleBody": BODY}),
            json.dumps({"@graph": [{"@type": "NewsArticle", "headline": "甲", "articleBody": BODY + OTHER}]}),
            "[",
            "null",
        ]
    )
    assert [node["@type"] for node in data] == ["NewsArticle", "WebPage"]
    found = described_article(data)
    assert found is not None
    assert (found.title, found.body) == ("甲", BODY + OTHER)
    assert described_article([{"articleBody": 3}, {"articleBody": "短"}, {}]) is None


@pytest.mark.parametrize(
    "kind", [["Thing", "NewsArticle"], ["NewsArticle"], "https://schema.org/NewsArticle"]
)
def test_any_type_of_an_object_may_say_that_it_is_an_article(kind: object) -> None:
    page = {"@type": ["WebPage"], "name": "乙"}
    assert structured_data([json.dumps([page, {"@type": kind}])]) == [{"@type": kind}, page]


@pytest.mark.parametrize("kind", [None, 3, [], [3, None], {"@type": "Article"}, "Organization"])
def test_other_objects_are_no_articles(kind: object) -> None:
    assert structured_data([json.dumps({"@type": kind})]) in ([], [{"@type": "Article"}])


@pytest.mark.parametrize(
    "form",
    ["//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/{}/*]]>*/", "<![CDATA[{}]]>", "<!--\n{}\n-->", "\ufeff{};"],
)
def test_json_ld_is_read_in_the_forms_pages_write_it(form: str) -> None:
    article = {"@type": "NewsArticle", "headline": "甲"}
    assert structured_data([script(article, form)]) == [article]
