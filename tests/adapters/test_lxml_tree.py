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
    assert not page.cut


def test_characters_no_parser_takes_are_replaced() -> None:
    page = lxml_tree.parse(f"<p>甲\x00乙\ud800丙{TEXT}")
    assert [block.text for block in page_lines(page.root)] == [f"甲\ufffd乙\ufffd丙{TEXT}"]


def test_a_tree_that_was_cut_says_so() -> None:
    assert lxml_tree.parse("<p>甲</p>" + "<div>" * 3000 + TEXT).cut


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
