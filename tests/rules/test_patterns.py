"""Patterns are folded like the text they are matched on, and bounded."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articlekit.rules.patterns import compile_pattern, complaint, fold_literal, fold_pattern
from articlekit.text.fold import fold


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        ("責任編輯[:：]\\S{1,9}", "责任编辑：Ａｂ"),
        ("（責編）", "(责编)"),
        (r"\（責編\）", "（責編）"),
        ("打开APP", "打開app"),
        ("A\\+ ?A-", "A+ A-"),
        ("（？P＜", "(?p<"),
        (r"\S\d\w", "字１字"),
    ],
)
def test_a_pattern_may_be_written_in_any_form(pattern: str, line: str) -> None:
    assert re.fullmatch(fold_pattern(pattern), fold(line).text)


def test_names_of_groups_keep_their_letters() -> None:
    assert "(?P<editor>" in fold_pattern("编辑(?P<editor>.)")


@given(st.text("责編（）:：A+-[]|.？＊＼\\", min_size=1, max_size=12))
def test_an_escaped_text_matches_itself_once_folded(text: str) -> None:
    pattern = fold_pattern(re.escape(text))
    view = "".join(fold_pattern(char) if char.isalnum() else char for char in text)
    folded = fold(text).text
    if folded and len(folded) == len(text):
        assert re.fullmatch(pattern, folded), (pattern, view)


def test_literals_lose_blanks_and_variants() -> None:
    assert fold_literal("Ａpp　下載") == "app下载"


@pytest.mark.parametrize(
    "pattern",
    [
        "(?>[^。]{0,20}?(?:侵权|删帖))[^。]{0,24}:",
        "(?:分享|收藏|[ |]){1,12}+",
        "(?:风险提示:)?股市有风险",
        "(?:甲(?:乙.{0,9})?){1}丙",
    ],
)
def test_bounded_patterns_pass(pattern: str) -> None:
    assert complaint(pattern, "full") is None


@pytest.mark.parametrize(
    "pattern",
    [
        "甲+",
        "甲*乙",
        "甲{3,}",
        "甲.+?乙",
        "(?:甲乙*)?丙",
        "(?=甲*)乙",
        "(?:甲{1,2}){1,3}",
        "甲(?:乙|丙{1,50})",
    ],
)
def test_unbounded_and_nested_ones_do_not(pattern: str) -> None:
    assert complaint(pattern, "full")


def test_a_pattern_that_may_start_anywhere_has_fewer_ways() -> None:
    pattern = "甲.{0,40}乙.{0,40}丙.{0,40}"
    assert complaint(pattern, "full") is None
    assert complaint(pattern, "search")


def test_anchors_compile_to_whole_and_open_ends() -> None:
    assert compile_pattern("甲|乙", "full").match("甲乙") is None
    assert compile_pattern("甲|乙", "start").match("甲乙")
    assert compile_pattern("甲|乙", "end").search("丙乙")
