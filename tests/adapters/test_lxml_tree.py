from __future__ import annotations

import subprocess
import sys
import warnings

import pytest

from articlekit.adapters import lxml_tree
from articlekit.text.html.lines import page_lines

TEXT = "国债的收益率有所下行，市场情绪回暖。"


@pytest.mark.parametrize("parse", [lxml_tree.parse, lxml_tree.parse_tolerant])
def test_text_and_head_are_read(parse: object) -> None:
    assert callable(parse)
    page = parse(
        f'<html lang="zh"><head><title>甲</title><meta name="Author" content=" 乙 ">'
        f'<link rel="canonical" href="/a">'
        f'<script type="application/ld+json">{{}}</script></head><body><p class="x">{TEXT}</p></body></html>'
    )
    assert (page.head.title, page.head.metas, page.head.canonical) == ("甲", {"author": "乙"}, "/a")
    assert (page.head.language, page.head.json) == ("zh", ["{}"])
    assert [block.text for block in page_lines(page.root)] == [TEXT]


def test_characters_no_parser_takes_are_replaced() -> None:
    page = lxml_tree.parse(f"<p>甲\x00乙\ud800丙{TEXT}")
    assert [block.text for block in page_lines(page.root)] == [f"甲\ufffd乙\ufffd丙{TEXT}"]


def test_text_is_read_at_any_depth_and_behind_any_number_of_attributes() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(20_000))
    page = lxml_tree.parse("<p>甲</p>" + "<div>" * 50_000 + f"<p {attributes}>{TEXT}")
    assert [block.text for block in page_lines(page.root)] == ["甲", TEXT]


def test_line_breaks_in_preformatted_text_stay() -> None:
    page = lxml_tree.parse("<pre>\n甲 <b>乙</b>\n\n<i>丙</i>\n</pre>")
    assert [block.text for block in page_lines(page.root)] == ["甲 乙", "丙"]


@pytest.mark.parametrize("parse", [lxml_tree.parse, lxml_tree.parse_tolerant])
def test_what_is_not_shown_is_hidden_and_what_is_no_text_is_left_out(parse: object) -> None:
    assert callable(parse)
    page = parse(f"<div><noscript>甲</noscript><select><option>乙</select><p hidden>丙<p>{TEXT}</div>")
    assert [(block.text, block.node.hidden) for block in page_lines(page.root)] == [
        ("甲", True),
        ("丙", True),
        (TEXT, False),
    ]


@pytest.mark.parametrize("html", ["", "   ", "<!-- -->"])
def test_nothing_gives_an_empty_page(html: str) -> None:
    assert page_lines(lxml_tree.parse(html).root) == []


def test_the_tolerant_parser_does_not_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lxml_tree.parse_tolerant("<?xml version='1.0'?><p>http://example.cn")


def test_importing_the_adapter_does_not_import_the_library() -> None:
    code = (
        "import sys, articlekit.adapters.lxml_tree, articlekit.adapters.bs4_soup;"
        "print({'lxml', 'bs4'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    "kind", ["application/ld+json", "application/ld+json; charset=utf-8", " Application/LD+JSON "]
)
def test_json_ld_is_known_however_its_type_is_written(kind: str) -> None:
    head = lxml_tree.parse(f'<script type="{kind}">{{"@type": "Article"}}</script><p>{TEXT}').head
    assert (head.json, head.states) == (['{"@type": "Article"}'], [])


def test_hidden_cells_are_not_in_the_line_of_their_row() -> None:
    row = "<tr><td>7天</td><td style='display:none'>旧值</td><td>1.9%</td><td hidden>x</td></tr>"
    page = lxml_tree.parse(f"<table>{row}</table>")
    assert [(block.text, block.role) for block in page_lines(page.root)] == [("7天\t1.9%", "table-row")]
