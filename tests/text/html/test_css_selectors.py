"""CSS selectors match what a browser's would, in one walk."""

from __future__ import annotations

import pytest
from lxml import etree
from lxml.cssselect import CSSSelector

from articlekit.adapters.lxml_selectors import take_out
from articlekit.text.html.selectors import Selectors, parse_selector

PAGE = """<html><body><div id="top" class="bar Share"><a href="/a">一</a></div>
<ul class="hot list"><li class="x"><a href="http://b.cn/x.html" lang="zh-CN">二</a></li><li>三</li></ul>
<div><p class="share">四</p><div class="share"><p>五</p><span><a>六</a></span></div></div></body></html>"""


@pytest.mark.parametrize(
    "selector",
    [
        "div.share",
        ".share",
        "p.share, #top",
        "ul.hot li",
        "ul.hot > li > a",
        "div > a",
        "div a",
        "div div a",
        "body > div > div p",
        "a[href]",
        "a[href^='http']",
        "a[href$='.html']",
        "a[href*='b.cn']",
        "a[lang|='zh']",
        "a[href='/a']",
        "li:not(.x)",
        "li:not([class])",
        "[class~='list']",
        "ul.hot.list",
        "DIV.share",
        "div.bar.Share a",
        ".missing",
    ],
)
def test_what_is_taken_out_is_what_lxml_would_select(selector: str) -> None:
    root = etree.fromstring(PAGE, etree.HTMLParser())
    chosen = list(CSSSelector(selector, translator="html")(root))
    outer = [element for element in chosen if not any(above in chosen for above in element.iterancestors())]
    expected = [
        etree.tostring(element, encoding="unicode", method="html", with_tail=False) for element in outer
    ]
    rest = take_out(PAGE, Selectors([selector]))
    assert [taken.html for taken in rest.taken] == expected if rest else not expected


def test_the_first_of_several_selectors_is_named() -> None:
    rest = take_out(PAGE, Selectors(["li", "ul.hot", ".share"]))
    assert rest is not None
    assert [taken.selector for taken in rest.taken] == [1, 2, 2]


def test_the_place_counts_the_text_that_stays() -> None:
    rest = take_out(PAGE, Selectors([".share", "li.x"]))
    assert rest is not None
    assert rest.text == "一三"
    assert [taken.before for taken in rest.taken] == [1, 2, 2]


def test_the_text_behind_an_element_stays() -> None:
    rest = take_out("<p>前<b class=x>去</b>后<i>尾</i></p>", Selectors(["b.x"]))
    assert rest is not None
    assert "前<b></b>后<i>尾</i>" in rest.html


def test_some_matches_can_be_spared() -> None:
    rest = take_out(PAGE, Selectors(["li"]), frozenset({0}))
    assert rest is not None
    assert [taken.html for taken in rest.taken] == ["<li>三</li>"]


@pytest.mark.parametrize(
    ("selector", "what"),
    [
        ("div[", "not a CSS selector"),
        ("*", "matches every element"),
        ("a::text", "no element of a page"),
        ("a + b", "'+' is not supported"),
        ("div:has(a)", "is not supported"),
        ("a " * 200, "longer than 300"),
        ("a a a a a a a a a", "at most 8"),
    ],
)
def test_what_is_refused(selector: str, what: str) -> None:
    with pytest.raises(ValueError, match=what.replace("+", r"\+")):
        parse_selector(selector)


def test_pages_of_any_depth_and_width_are_walked_once() -> None:
    deep = "<div class=a>" * 3000 + "文" + "</div>" * 3000
    rest = take_out(deep, Selectors(["div.b div.a div.a div.a div.a", "div.c"]))
    assert rest is None
    wide = take_out("<body>" + "<b class=x>去</b> " * 50_000 + "留", Selectors(["b.x"]))
    assert wide is not None
    assert (wide.text, len(wide.taken)) == ("留", 50_000)


@pytest.mark.parametrize(
    "page", ["", " ", "\0", "\ud800<p class=x>", "<!-- -->", "<p class=x>", "<x:y class=x>"][:]
)
def test_bad_input_is_no_error(page: str) -> None:
    take_out(page, Selectors([".x"]))
