from __future__ import annotations

import time

import pytest

from articlekit.text.html.scan import bare_length, is_html, nesting, parse_linear
from articlekit.text.html.tree import Node

TEXT = "国债的收益率有所下行，市场情绪回暖。"


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html><body>x",
        "\ufeff\n<html>",
        '<?xml version="1.0"?><html>',
        "<!-- 注释 --><!doctype html>",
        "<p>一</p><p>二</p>",
        '<div class="a">一<br>二</div>',
        "第一段<br>第二段<br/>第三段<br />第四段<br>",
    ],
)
def test_pages_and_fragments_are_html(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "标题\n\n正文。</p>\n\n后文。",
        "正文提到 <b>加粗</b> 一次。",
        "a < b 而 c > d",
        "<上证指数>收涨。",
        '{"title": "<p>"}',
        "正文\n" * 400 + "<br>尾<br>注<br>解<br>",
    ],
)
def test_flattened_text_is_not(text: str) -> None:
    assert not is_html(text)


def test_nesting_counts_open_elements() -> None:
    assert nesting("<div>" * 300 + TEXT) == 300
    assert nesting("<div></div>" * 300 + "<p>" * 300) == 1


def test_bare_length_leaves_out_what_is_not_read() -> None:
    page = f"<title>标题</title><!-- 注 --><script>var a = '<p>';</script><p>{TEXT}</p><style>p{{}}</style>"
    assert bare_length(page) == len(TEXT)


def test_text_behind_a_comment_that_never_ends_is_kept() -> None:
    assert bare_length(f"<p>{TEXT}<!-- {TEXT}") >= 2 * len(TEXT)


def test_the_linear_parser_closes_what_pages_leave_open() -> None:
    page = parse_linear("<ul><li>一<li>二</ul><table><tr><td>甲<td>乙<tr><td>丙</table>")
    listed = page.root.items[0]
    table = page.root.items[1]
    assert isinstance(listed, Node)
    assert isinstance(table, Node)
    assert [item.tag for item in listed.items if isinstance(item, Node)] == ["li", "li"]
    assert len([item for item in table.items if isinstance(item, Node)]) == 2


def test_the_linear_parser_reads_the_head() -> None:
    page = parse_linear('<title>甲 &amp; 乙</title><meta property="og:title" content="甲"><p>丙')
    assert page.head.title == "甲 & 乙"
    assert page.head.metas == {"og:title": "甲"}


@pytest.mark.parametrize(
    "page",
    [
        "<" * 300_000,
        "<a" * 300_000,
        "<a =" * 200_000,
        '<a b="' * 200_000,
        "<!--" * 200_000,
        "<script>" * 100_000,
        "<script></style><style>" * 50_000,
        "<div>" * 100_000,
        "<b>" * 100_000 + TEXT,
        f'<p x="{"<a " * 100_000}',
        "</div>" * 100_000,
        "&amp" * 100_000,
    ],
    ids=range(12),
)
def test_hostile_pages_take_linear_time(page: str) -> None:
    start = time.process_time()
    is_html(page)
    nesting(page)
    bare_length(page)
    parse_linear(page)
    assert time.process_time() - start < 5
