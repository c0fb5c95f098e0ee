"""Rules fire where they may, and places are those of the real line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rules import MORE_PROSE, PROSE, document, rule, rule_set

from articlekit.rules.load import load_builtin
from articlekit.rules.match import find, matcher

LINES = [PROSE, MORE_PROSE, "", "标题", "分享", "投诉", "责任编辑：林霁", "（完）", "广告", "相关阅读"]
LINES += [
    "特别声明：" + MORE_PROSE,
    "本文仅代表作者观点，" + PROSE,
    PROSE + "（编辑：林霁）",
    "市场静待数据。",
]


def test_a_rule_fires_in_its_zone_only() -> None:
    rules = rule_set(rule("联系方式", "联系方式", zone="footer"))
    found = find(document("联系方式", PROSE, "联系方式", MORE_PROSE, "联系方式"), rules)
    assert sorted(found.whole) == [4]


def test_outside_is_header_or_footer() -> None:
    rules = rule_set(rule("分享", "分享", zone="outside"))
    found = find(document("分享", PROSE, "分享", MORE_PROSE, "分享"), rules)
    assert sorted(found.whole) == [0, 4]


def test_the_first_rule_wins() -> None:
    one = rule("分享.{0,9}", "分享", id="t.one")
    other = rule("分享到", "分享到", id="t.other")
    assert find(document("分享到"), rule_set(one, other)).whole[0].rule.id == "t.one"
    assert find(document("分享到"), rule_set(other, one)).whole[0].rule.id == "t.other"


@pytest.mark.parametrize(
    ("anchor", "line", "hits"),
    [
        ("full", "侵权必究", True),
        ("full", "侵权必究吗", False),
        ("start", "侵权必究" + "字" * 2000, True),
        ("start", "版权侵权必究", False),
        ("end", "字" * 2000 + "侵权必究", True),
        ("end", "侵权必究吗", False),
        ("search", "本站侵权必究，谢谢", True),
        ("search", "本站侵权必究" + "字" * 100, False),
    ],
)
def test_anchors(anchor: str, line: str, hits: bool) -> None:
    made = rule("侵权必究", "侵权必究", anchor=anchor, max_chars=100 if anchor == "search" else None)
    assert bool(matcher(rule_set(made)).match_line(line)) is hits


def test_rules_in_simplified_match_traditional_lines_and_places_are_real() -> None:
    made = rule("责任编辑:(?P<editor>.{2,4})", "责任编辑", action="field", field="editor")
    line = "　責　任　編　輯 ：　鳳諾渤 "
    (hit,) = matcher(rule_set(made)).match_line(line)
    assert line[hit.start : hit.end] == "責　任　編　輯 ：　鳳諾渤"
    assert hit.groups == {"editor": "鳳諾渤"}


@pytest.mark.parametrize(
    ("url", "fires"),
    [
        ("https://example.cn/a", True),
        ("https://news.EXAMPLE.cn:8080/a", True),
        ("https://notexample.cn/a", False),
        ("http://[broken", False),
        (None, False),
    ],
)
def test_a_rule_for_a_site_fires_on_that_site_and_its_subdomains(url: str | None, fires: bool) -> None:
    rules = rule_set(rule("分享", "分享", domains=("example.cn",)))
    assert bool(find(document("分享"), rules, url).whole) is fires


def test_inline_rules_take_parts_off_both_ends_one_after_the_other() -> None:
    rules = rule_set(
        rule("[(]完[)]", "(完)", id="t.end", scope="inline", anchor="end", action="trim"),
        rule("[(]编辑:.{2,4}[)]", "编辑", id="t.editor", scope="inline", anchor="end", action="trim"),
        rule("本报讯", "本报讯", id="t.start", scope="inline", anchor="start", action="trim"),
    )
    line = "本报讯 " + PROSE + "（完）（编辑：林霁）"
    found = find(document(line), rules)
    assert [line[hit.start : hit.end] for hit in found.parts[0]] == ["（编辑：林霁）", "（完）", "本报讯"]


def test_a_block_takes_the_short_lines_that_follow() -> None:
    rules = rule_set(
        rule("相关阅读", "相关阅读", id="t.list", scope="block", zone="footer", max_lines=3),
        rule("分享", "分享", id="t.share"),
    )
    lines = document(PROSE, "相关阅读", "银行下调利率", "", "季报出炉", "分享", "另一条")
    assert {index: hit.rule.id for index, hit in find(lines, rules).whole.items()} == {
        1: "t.list",
        2: "t.list",
        4: "t.list",
        5: "t.share",
    }
    many = document(PROSE, "相关阅读", *["银行下调利率"] * 5)
    assert sorted(find(many, rules).whole) == [1, 2, 3, 4]


def test_a_disclaimer_that_reads_like_prose_does_not_extend_the_body() -> None:
    rules = rule_set(
        rule("特别声明:", "特别声明", id="t.statement", anchor="start", zone="footer"),
        rule("分享", "分享", id="t.share", zone="footer"),
    )
    found = find(document(PROSE, "分享", "特别声明：" + MORE_PROSE), rules)
    assert sorted(found.whole) == [1, 2]
    inside = find(document("特别声明：" + MORE_PROSE, PROSE), rules)
    assert not inside.whole


def test_bad_input_is_no_error() -> None:
    rules = rule_set(rule("分享", "分享"))
    for text in ("", "\0\0", "\ud800分享", "分享\r", "分" * 10):
        find(document(text), rules)
    assert find([], rules).whole == {}


@given(st.lists(st.sampled_from(LINES), max_size=9))
def test_lines_that_are_certainly_body_lose_nothing_by_not_being_tried(texts: list[str]) -> None:
    lines = document(*texts)
    made = matcher(load_builtin())
    found = made.find(lines)
    for index, line in enumerate(lines):
        hits = [hit for hit in made.match_line(line.text) if hit.rule.scope != "inline"]
        admitted = [hit.rule.id for hit in hits if found.zones.admit(index, hit.rule.zone)]
        if admitted:
            assert index in found.whole
        if index in found.whole and found.whole[index].rule.scope != "block":
            assert found.whole[index].rule.id == admitted[0]


def test_a_blank_where_a_word_was_taken_out_does_not_hide_a_line() -> None:
    rules = rule_set(rule("如有侵权请联系删除", "侵权"))
    line = "如有侵權 請聯繫 刪除"
    (hit,) = matcher(rules).match_line(line)
    assert (hit.start, hit.end) == (0, len(line))
    assert not matcher(rules).match_line("如有侵权，请联系删除")


ADVERT = {"scope": "inline", "anchor": "search", "action": "trim", "max_chars": 4000}


def test_a_part_in_the_middle_of_a_line_is_found_wherever_it_stands() -> None:
    rules = rule_set(rule("[(]点击查看[^()]{0,20}[)]", "点击查看", **ADVERT))
    for before in (0, 1, 199, 200, 390, 399, 400, 401, 1000, 3900):
        line = "字" * before + "（點擊查看：年報）" + "字" * 30
        (hit,) = find(document(line), rules).parts[0]
        assert line[hit.start : hit.end] == "（點擊查看：年報）"


@pytest.mark.parametrize("before", range(385, 405))
def test_a_part_at_the_edge_of_a_window_is_found_whole(before: int) -> None:
    rules = rule_set(rule("点击查看[a-z]{0,9}", "点击查看", **ADVERT))
    line = "字" * before + "点击查看abcdefgh" + "字" * 300
    (hit,) = find(document(line), rules).parts[0]
    assert line[hit.start : hit.end] == "点击查看abcdefgh"


def test_several_parts_of_one_line_are_found_and_do_not_overlap() -> None:
    rules = rule_set(
        rule("[(]点击.{2}[)]", "点击", id="t.one", **ADVERT),
        rule("点击.{2}[)],?", "点击", id="t.other", **ADVERT),
        rule("本报讯", "本报讯", id="t.start", scope="inline", anchor="start", action="trim"),
    )
    line = "本报讯（点击查看）公司公告（点击下载）。"
    hits = find(document(line), rules).parts[0]
    assert [(hit.rule.id, line[hit.start : hit.end]) for hit in hits] == [
        ("t.start", "本报讯"),
        ("t.one", "（点击查看）"),
        ("t.one", "（点击下载）"),
    ]


def test_hostile_lines_give_few_parts() -> None:
    rules = rule_set(rule("点击.{0,20}?查看", "点击", **ADVERT))
    found = find(document("点击查看" * 250_000, "点击查看" * 1000), rules)
    assert {index: len(hits) for index, hits in found.parts.items()} == {1: 20}
