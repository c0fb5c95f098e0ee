from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.steps.extract import Extracted, extract, is_html

CASES = tomllib.loads((Path(__file__).parent / "data" / "pages.toml").read_text("utf-8"))["case"]
PARAGRAPHS = {
    "P1": "国债逆回购的期限怎么选，取决于资金何时要用，也取决于当天的利率，两者都要看。",
    "P2": "到了季末，资金面往往偏紧，短期限的利率会走高，这时不妨多留意几天的报价。",
    "P3": "至于手续费，各家券商的收法不同，十万元一天大约一元，时间越长，摊下来就越低。",
    "P4": "总的来说，先定用途，再看期限，最后比利率，不要为了一点收益打乱自己的安排。",
}
TEXT = PARAGRAPHS["P1"]
FIELDS = ("title", "published", "author", "editor", "channel", "site", "language")


def fill(text: str) -> str:
    for mark, paragraph in PARAGRAPHS.items():
        text = text.replace(mark, paragraph)
    return text


def texts(extracted: Extracted) -> list[str]:
    return [line.text for line in extracted.lines]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_pages_give_the_lines_of_their_article(case: dict[str, Any]) -> None:
    extracted = extract(fill(case["html"]))
    assert [[line.role, line.text] for line in extracted.lines] == [[r, fill(t)] for r, t in case["lines"]]
    assert [line.number for line in extracted.lines] == list(range(1, len(case["lines"]) + 1))
    assert list(extracted.notes) == case.get("notes", [])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_pages_give_their_metadata(case: dict[str, Any]) -> None:
    expected = case.get("metadata")
    if expected is not None:
        found = extract(fill(case["html"])).metadata
        editor = {"editor": "苏望舒"} if "苏望舒" in case["html"] else {}
        assert {name: value for name in FIELDS if (value := getattr(found, name))} == {**expected, **editor}


COMMENTED = """<h1>国债逆回购怎么选</h1><div><p>P1</p><p>P2</p></div>
<div class="comments"><p>写得真好。</p><p>回复</p></div>"""


def test_comments_are_dropped_kept_behind_the_article_or_apart() -> None:
    page = fill(COMMENTED)
    article = [fill("P1"), fill("P2")]
    assert texts(extract(page)) == article
    assert texts(extract(page, comments="keep")) == [*article, "写得真好。"]
    apart = extract(page, comments="apart")
    assert texts(apart) == article
    assert [(line.number, line.text) for line in apart.comments] == [(1, "写得真好。")]
    with pytest.raises(ValueError, match="expected one of drop, keep, apart, found 'no'"):
        extract(page, comments="no")


def test_the_address_gives_the_day_where_nothing_else_does() -> None:
    found = extract(
        f"<h1>国债逆回购怎么选</h1><p>{TEXT}</p>", "https://example.cn/2024/05/06/1.html"
    ).metadata
    assert (found.published, found.url) == ("2024-05-06", "https://example.cn/2024/05/06/1.html")


def test_links_are_measured() -> None:
    extracted = extract(f"<p>{TEXT}{TEXT}<a href='/x'>{TEXT[:20]}</a></p>")
    assert extracted.lines[0].link_density == pytest.approx(0.2, abs=0.05)


def test_a_line_break_in_the_source_is_no_blank_between_han() -> None:
    assert texts(extract(f"<p>{TEXT[:20]}\n   {TEXT[20:]}</p>")) == [TEXT]


def test_lines_of_code_keep_their_breaks_and_indents() -> None:
    lines = texts(extract(f"<p>{TEXT}</p><pre>if a:\n    b()\n\nc()</pre><p>{TEXT}</p>"))
    assert lines == [TEXT, "if a:", "    b()", "c()", TEXT]


def test_annotated_source_with_damaged_tags_is_extracted_all_the_same() -> None:
    assert texts(extract(f"<div><p>{TEXT}?/p><p>{PARAGRAPHS['P2']}</p></div>"))[-1] == PARAGRAPHS["P2"]


@pytest.mark.parametrize("depth", [150, 300, 1500, 5000, 100_000])
def test_deep_pages_give_their_text(depth: int) -> None:
    page = f"<html><body><h1>标题</h1>{'<div>' * depth}<p>{TEXT}</p>{'</div>' * depth}</body></html>"
    assert texts(extract(page)) == [TEXT]


@pytest.mark.parametrize("count", [300, 10_000, 300_000])
def test_tags_with_many_attributes_take_little_time(count: int) -> None:
    attributes = " ".join(f"a{number}=1" for number in range(count))
    start = time.process_time()
    assert texts(extract(f"<html><body><p {attributes}>{TEXT}</p>")) == [TEXT]
    assert time.process_time() - start < 5


def test_text_is_found_at_any_depth() -> None:
    deep = extract(f"<p>{TEXT}</p>{'<div>' * 3000}<p>{PARAGRAPHS['P2']}</p>")
    assert PARAGRAPHS["P2"] in texts(deep)


def test_text_behind_a_script_that_never_ends_is_found_by_the_other_parsers() -> None:
    page = extract(f"<script>var a = 1;<p>{TEXT}</p><p>{PARAGRAPHS['P2']}</p>")
    assert page.notes == ("linear-parser",)
    assert PARAGRAPHS["P2"] in texts(page)


@pytest.mark.parametrize(
    "page",
    [
        "",
        " ",
        "\x00",
        "\ud800",
        "<",
        "<p",
        "</p>",
        "<!--",
        "<html>",
        "<?xml version='1.0' encoding='gbk'?>",
        "<title>" * 1000,
        "<a>" * 5000,
        "<table><tr><td>" * 500,
        "<script type='application/ld+json'>" + "[" * 50_000 + "</script>",
        "".join(map(chr, range(256))) * 20,
    ],
    ids=range(15),
)
def test_broken_pages_end_without_an_error(page: str) -> None:
    extract(page)


P = f"<p>{TEXT}</p>"
HOSTILE = {
    "attributes of one name": "<p " + "a=1 " * 200_000 + f">{TEXT}</p>",
    "open inline elements": "<span>" * 100_000 + TEXT,
    "open paragraphs": P + "<p>" * 100_000,
    "empty siblings": "<div>" + "<i></i>" * 200_000 + P + "</div>",
    "short siblings": "<div>" + "<div>a</div>" * 30_000 + P + "</div>",
    "tables in tables": "<table><tr><td>" * 20_000 + P,
    "forms in forms": "<form>" * 20_000 + P + "</form>" * 20_000,
    "a script of megabytes": "<script>" + "var a='<p>';" * 200_000 + "</script>" + P,
    "a comment without an end": P + "<!--" + "x " * 500_000,
    "CDATA": "<![CDATA[" + "x " * 500_000 + "]]>" + P,
    "NULs": "\x00" * 300_000 + P,
    "end tags of nothing": "</div>" * 200_000 + P,
    "tags that cross": "<b><i></b></i>" * 30_000 + P,
    "links": "<div>" + "<a href=x>链接的标题文字</a>" * 30_000 + P,
    "names of megabytes": f"<div class='{'a-' * 500_000}'>{P}</div>",
    "options": "<select>" + "<option>x" * 100_000 + "</select>" + P,
    "states that are no JSON": ("<script>window.a={'content':" + "[" * 100_000 + "</script>") * 5 + P,
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_give_their_text(page: str) -> None:
    assert TEXT in texts(extract(page))


def test_noise_without_words_does_not_displace_the_article() -> None:
    assert TEXT in texts(extract(f"<div><p>{'&amp;' * 300_000}</p></div><div>{P}</div>"))


def test_a_cell_of_paragraphs_is_no_cell_of_data() -> None:
    body = f"<p>{PARAGRAPHS['P1']}</p><p>{PARAGRAPHS['P2']}</p>"
    page = f"<table><tr><td>{body}</td><td><a href=/x>别的文章的标题在此</a></td></tr></table>"
    assert texts(extract(page)) == [PARAGRAPHS["P1"], PARAGRAPHS["P2"]]


@pytest.mark.parametrize("count", [10, 30, 100, 1000])
@pytest.mark.parametrize("names", ["related", "x"])
def test_links_behind_a_short_article_take_nothing_of_it(count: int, names: str) -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS.values())
    links = f"<ul class='{names}'>{'<li><a href=/x>别的文章的标题在此</a></li>' * count}</ul>"
    page = f"<title>国债逆回购怎么选</title><h1>国债逆回购怎么选</h1><div>{body}{links}</div>"
    assert texts(extract(page)) == [*PARAGRAPHS.values()]


@pytest.mark.slow
def test_ten_megabytes_end_in_bounded_time() -> None:
    start = time.process_time()
    extracted = extract("<html><body>" + f"<p>{TEXT}</p>" * 200_000)
    assert len(extracted.lines) == 200_000
    assert time.process_time() - start < 60


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "<p>",
                    "</p>",
                    "<div class='a'>",
                    "</div>",
                    "<table>",
                    "<tr>",
                    "<td>",
                    "</table>",
                    "<li>",
                    "<b>",
                ),
                *("</b>", "<!--", "-->", "<script>", "</script>", "&amp;", "<br>", "<a href=x>", "</a>"),
                *(TEXT, "短", "\n"),
            ]
        ),
        max_size=60,
    )
)
def test_any_soup_of_tags_gives_numbered_lines_that_are_not_empty(parts: list[str]) -> None:
    lines = extract("".join(parts)).lines
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert all(line.text.strip() and "\n" not in line.text for line in lines)


def test_the_same_page_gives_the_same_lines() -> None:
    page = fill(CASES[0]["html"])
    assert extract(page) == extract(page)


def test_unknown_text_is_sniffed() -> None:
    assert is_html(CASES[0]["html"])
    assert not is_html(TEXT + "</p>")
