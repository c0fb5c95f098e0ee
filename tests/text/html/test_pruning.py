from __future__ import annotations

import pytest

from articlekit.adapters import lxml_tree
from articlekit.text.html.content import find_title
from articlekit.text.html.lines import page_lines
from articlekit.text.html.names import is_aside, is_weak_aside
from articlekit.text.html.pruning import article_blocks

ONE = "国债的收益率今天有所下行，市场情绪回暖，机构认为后续仍有空间，投资者应当留意。"
TWO = "央行在公开市场上净投放资金，隔夜利率随之回落，交易员说资金面会在月末前后收紧。"
THREE = "分析人士提醒，利率的下行不会一直持续，投资者应当按照资金的用途来安排债券的期限。"
ENGLISH = (
    "Government bonds pay a fixed rate, and their price moves with the market, which is why the date matters."
)
MORE = "A reader who needs the money soon should prefer short terms, even where long ones pay more."


def article(html: str, title: str | None = None) -> list[str]:
    page = lxml_tree.parse(html)
    blocks = page_lines(page.root)
    return [block.text for block in article_blocks(blocks, page.nodes, find_title(blocks, title))]


def teasers(count: int, text: str = TWO) -> str:
    return "".join(
        f"<li><a href=/{n}>别的文章的标题之{n}</a><p>{text}</p><i>05-06</i></li>" for n in range(count)
    )


def test_a_flash_is_found_beside_summaries_of_other_articles() -> None:
    page = f"<div><h1>央行净投放资金</h1><p>{ONE}</p><ul>{teasers(6)}</ul></div>"
    assert article(page, "央行净投放资金") == [ONE]


def test_sections_under_linked_headings_are_no_teasers_when_they_are_long() -> None:
    sections = "".join(
        f"<div><h2><a href=/{n}>第{n}节的标题文字</a></h2><p>{ONE}<p>{TWO}<p>{THREE}</div>" for n in range(4)
    )
    assert len(article(f"<article><h1>南山债券手册</h1>{sections}</article>", "南山债券手册")) == 17


def test_headings_that_are_links_stay_over_text() -> None:
    head, tail = "<h3><a href=/a>期限的讲究在哪里</a></h3>", "<h3><a href=/b>别的文章</a></h3>"
    page = f"<div><p>{ONE}</p>{head}<p>{TWO}</p>{tail}</div>"
    assert article(page) == [ONE, "期限的讲究在哪里", TWO]


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("南山交易所公告全文", True),
        ("相关阅读：别的文章", False),
        ("点击下载客户端", False),
        ("更多精彩内容", False),
    ],
)
def test_a_link_alone_between_text_stays_unless_it_leads_away(line: str, stays: bool) -> None:
    page = f"<div><p>{ONE}</p><p><a href=/a>{line}</a></p><p>{TWO}</p></div>"
    assert article(page) == ([ONE, line, TWO] if stays else [ONE, TWO])


def test_lists_of_links_stay_behind_a_colon() -> None:
    items = "".join(f"<li><a href=/{n}>第{n}家银行</a></li>" for n in range(3))
    page = f"<div><p>{ONE}</p><p>%s</p><ul>{items}</ul><p>{TWO}</p></div>"
    assert len(article(page % "参与的银行有：")) == 6
    assert len(article(page % "热门银行")) == 3


def test_captions_of_photographs_are_dropped_from_english_articles_and_those_of_charts_stay() -> None:
    page = (
        f"<article><p>{ENGLISH}</p><figure><figcaption>A trader at his desk on Monday</figcaption></figure>"
        f"<p>{MORE}</p><figure><figcaption>Figure 2: yields</figcaption></figure><p>{ENGLISH}</p></article>"
    )
    assert article(page) == [ENGLISH, MORE, "Figure 2: yields", ENGLISH]


def test_captions_of_chinese_articles_stay() -> None:
    page = f"<div><p>{ONE}</p><figure><figcaption>南山交易所大厅</figcaption></figure><p>{TWO}</p></div>"
    assert article(page) == [ONE, "南山交易所大厅", TWO]


@pytest.mark.parametrize(
    "line", ["Photo: Jo Doe", "Image credit: Nanshan Daily", "Getty Images", "A desk (Image: NANSHAN)"]
)
def test_credits_are_dropped(line: str) -> None:
    assert article(f"<div><p>{ENGLISH}</p><p>{line}</p><p>{MORE}</p></div>") == [ENGLISH, MORE]


def test_english_bylines_are_dropped_above_the_text_and_stay_in_it() -> None:
    page = f"<div><h1>Bonds</h1><p>%s</p><p>{ENGLISH}</p><p>%s</p><p>{MORE}</p></div>"
    line = "By Jo Doe, Nanshan Daily"
    assert article(page % (line, line), "Bonds") == ["Bonds", ENGLISH, line, MORE]


def test_text_before_the_element_that_holds_most_of_the_article_is_part_of_it() -> None:
    rest = "".join(f"<p>{text}</p>" for text in (TWO, THREE) * 8)
    page = f"<section><h1>南山债券手册</h1><p>{ONE}</p><div>{rest}</div></section>"
    assert article(page, "南山债券手册")[1] == ONE


def test_a_word_of_the_title_is_not_the_title() -> None:
    blocks = page_lines(lxml_tree.parse(f"<h2>Python</h2><p>{ENGLISH}</p>").root)
    assert find_title(blocks, "Twelve tools for data analysis, Python and others among them") is None


@pytest.mark.parametrize(
    "names", ["sidebar", "post-related", "cta", "comment-list", "author-card", "a excerpt b"]
)
def test_names_of_asides(names: str) -> None:
    assert is_aside(names)


@pytest.mark.parametrize(
    "names", ["sidebar-layout", "with-sidebar", "commentary", "football", "content", "promoted-to", ""]
)
def test_names_that_only_look_like_asides(names: str) -> None:
    assert not is_aside(names)


def test_names_of_small_asides_stand_alone() -> None:
    assert is_weak_aside("clear right")
    assert not is_weak_aside("right-column")
