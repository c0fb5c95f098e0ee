"""Header, body and footer are found from the prose."""

from __future__ import annotations

from collections.abc import Container, Sequence

from made_rules import MORE_PROSE, PROSE, document

from articlekit.rules.zones import Prose, Zones, find_zones
from articlekit.text.lines import Line


def zones(lines: Sequence[Line], **known: Container[int]) -> Zones:
    return find_zones(Prose(lines), **known)


def test_the_body_goes_from_the_first_to_the_last_prose() -> None:
    lines = document("理财", "国债逆回购怎么选", PROSE, "一、期限", MORE_PROSE, "分享", "最新文章")
    assert zones(lines) == Zones(2, 5)


def test_disclaimers_that_rules_know_are_not_the_body() -> None:
    lines = document("声明。" + PROSE, PROSE, "分享", "特别声明：" + MORE_PROSE)
    assert zones(lines, not_above={0}, not_below={3}) == Zones(1, 2)


def test_short_closing_sentences_belong_to_the_body() -> None:
    lines = document(PROSE, "", "市场静待周五的数据。", "分享")
    assert zones(lines) == Zones(0, 3)


def test_a_long_title_is_not_the_body() -> None:
    title = "央行：三月末广义货币余额同比增长百分之八，比上月末高零点三个百分点，社融存量回升"
    assert zones(document(title, "分享", PROSE)) == Zones(2, 3)


def test_lines_of_links_are_not_the_body() -> None:
    linked = Line(2, MORE_PROSE, link_density=0.9)
    assert zones([Line(1, PROSE), linked]) == Zones(0, 1)


def test_a_flash_without_prose_has_its_body_in_its_sentence() -> None:
    assert zones(document("国际油价收跌", "油价周二收跌百分之二。", "分享")) == Zones(1, 2)


def test_a_document_without_sentences_has_no_body() -> None:
    found = zones(document("", "标题", "分享"))
    assert [found.of(index) for index in range(3)] == ["header", "header", "footer"]
    assert zones([]) == Zones(1, 1)


def test_english_prose_counts() -> None:
    prose = "The central bank kept its benchmark rate on hold, in line with forecasts, and saw no risk."
    assert zones(document("Home", prose, "Share")) == Zones(1, 2)
