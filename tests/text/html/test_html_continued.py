from __future__ import annotations

import pytest

from articlekit.model import Metadata
from articlekit.text.html.continued import continuation
from articlekit.text.html.extracted import Extracted
from articlekit.text.lines import Line

ONE = "国债的收益率今天有所下行，市场情绪回暖，机构认为后续仍有空间，投资者应当留意。"
TWO = "央行在公开市场上净投放资金，隔夜利率随之回落，交易员说资金面会在月末前后收紧。"
TITLE = "国债逆回购怎么选期限"


def extracted(*texts: str, title: str | None = TITLE, published: str | None = None) -> Extracted:
    lines = tuple(Line(number, text, "paragraph") for number, text in enumerate(texts, 1))
    return Extracted(lines, Metadata(title=title, published=published))


@pytest.mark.parametrize(
    "title",
    [TITLE, f"{TITLE}(2)", f"{TITLE}（2/3）", f"{TITLE}_2", f"{TITLE} 第2页", f"{TITLE} - Page 2", None],
)
def test_the_number_of_the_page_does_not_change_the_title(title: str | None) -> None:
    assert [line.text for line in continuation(extracted(ONE), extracted(TWO, title=title))] == [TWO]


def test_another_title_or_day_is_another_article() -> None:
    assert not continuation(extracted(ONE), extracted(TWO, title="养老理财的门槛又变了"))
    first = extracted(ONE, published="2024-05-06T10:11")
    assert not continuation(first, extracted(TWO, published="2024-05-07"))
    assert continuation(first, extracted(TWO, published="2024-05-06"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("示例公司年度报告2023", "示例公司年度报告2024"), ("示例指数今日收报3.12", "示例指数今日收报3.45")],
)
def test_a_longer_number_is_not_that_of_a_page(one: str, other: str) -> None:
    assert not continuation(extracted(ONE, title=one), extracted(TWO, title=other))


def test_lines_that_frame_every_page_are_not_repeated() -> None:
    first = extracted("摘要", ONE, "编者按")
    assert [line.text for line in continuation(first, extracted("摘要", TWO, "编者按"))] == [TWO]


@pytest.mark.parametrize("texts", [(), (ONE,), (ONE, "短"), ("下一页",)])
def test_a_page_without_new_text_continues_nothing(texts: tuple[str, ...]) -> None:
    assert continuation(extracted(ONE), extracted(*texts)) == ()
