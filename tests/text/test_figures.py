"""Figures and their values."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.text.figures import figure_keys, figures, has_figure_with_unit_or_ticker


def values(text: str) -> list[str]:
    return [figure.value for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("营收6.09亿元", ["6.09亿元"]),
        ("營收6.09 億元", ["6.09亿元"]),
        ("同比增长29.57%", ["29.57%"]),
        ("同比增长２９．５７％", ["29.57%"]),
        ("减持1,436.40万股", ["1436.40万股"]),
        ("上升3.5个百分点", ["3.5个百分点"]),
        ("误差±0.5%", ["±0.5%"]),
        ("同比-3.5%", ["-3.5%"]),
        ("目标3%-5%", ["3%", "5%"]),
        ("3-5亿元", ["3", "5亿元"]),
        ("约300多万元、3000余家", ["300万元", "3000家"]),
        ("三亿元和百分之三点五", ["三亿元", "百分之三点五"]),
        ("一些公司第一股", []),
        ("US$5.2 billion, HK$1.2亿, ￥300", ["US$5.2billion", "HK$1.2亿", "¥300"]),
        ("100,200,300和1,2,3", ["100200300", "1", "2", "3"]),
        ("1.1 概述", ["1.1"]),
        ("2023成立", ["2023"]),
    ],
)
def test_numbers_carry_their_units(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年10月13日", ["2024-10-13"]),
        ("2024 年 1 月 3 日", ["2024-01-03"]),
        ("2024-10-13 23:21:39", ["2024-10-13", "23:21:39"]),
        ("2024/1/5 09:05", ["2024-01-05", "9:05"]),
        ("2024-10-13T23:21", ["2024-10-13", "23:21"]),
        ("10月13日", ["--10-13"]),
        ("1月21日讯", ["--01-21"]),
        ("2024年10月", ["2024-10"]),
        ("2024年", ["2024年"]),
        ("13月45日", ["13月", "45日"]),
        ("比分10:75", ["10", "75"]),
    ],
)
def test_dates_and_times_are_one_figure_each(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("示例股份(600123.SH)", ["600123.SH"]),
        ("00700.HK", ["00700.HK"]),
        ("(行情300123,诊股)", ["300123"]),
        ("示例(603123)周一", ["603123"]),
        ("示例（002123，股吧）", ["002123"]),
        ("示例A 000123", ["000123"]),
        ("SH600123", ["600123.SH"]),
        ("NASDAQ: EXMP", ["NASDAQ:EXMP"]),
        ("（纽交所：EXM）", ["纽交所:EXM"]),
        ("EXMP.US", ["EXMP.US"]),
    ],
)
def test_tickers_are_told_by_what_stands_around_them(text: str, expected: list[str]) -> None:
    found = figures(text)
    assert [figure.value for figure in found] == expected
    assert all(figure.kind == "ticker" for figure in found)


@pytest.mark.parametrize("text", ["邮编：100031", "编号300123", "合同600123"])
def test_a_bare_number_of_six_digits_is_no_ticker(text: str) -> None:
    assert [figure.kind for figure in figures(text)] == ["number"]


def test_telephone_numbers_are_no_facts() -> None:
    found = figures("电话13800000000、010-12345678、400-123-4567")
    assert [(figure.kind, figure.value) for figure in found] == [
        ("phone", "13800000000"),
        ("phone", "01012345678"),
        ("phone", "4001234567"),
    ]
    assert not has_figure_with_unit_or_ticker("电话13800000000")


@pytest.mark.parametrize(
    "line",
    [
        "营收6.09亿元",
        "涨3.5个百分点",
        "减持152万股",
        "1%",
        "沪指报3012.45点",
        "示例(600123)",
        "三亿元",
        "新增400家门店",
    ],
)
def test_lines_that_state_facts_are_protected(line: str) -> None:
    assert has_figure_with_unit_or_ticker(line)


@pytest.mark.parametrize(
    "line",
    [
        "第3页 共12页",
        "评论(3)",
        "3条评论",
        "2024年10月13日 09:05",
        "24小时热榜",
        "营业时间 9点-18点",
        "责任编辑：周慕云",
    ],
)
def test_counts_and_dates_do_not_protect_a_line(line: str) -> None:
    assert not has_figure_with_unit_or_ticker(line)


def test_spellings_of_one_figure_have_one_key() -> None:
    assert figure_keys("６.０９億元") == figure_keys("6.0\u200b9 亿元")
    assert figure_keys("1,436.40萬股") == figure_keys("1436.40万股")
    assert figure_keys("2024年1月5日") == figure_keys("2024-01-05")
    assert figure_keys("3% 3%")["3%"] == 2


@settings(deadline=None)
@given(st.text("0123456789０９.,:-/年月日亿億万元% \u3000股三百点(SH)$±", max_size=40))
def test_positions_give_the_text_as_written(text: str) -> None:
    end = 0
    for figure in figures(text):
        assert text[figure.start : figure.end] == figure.text
        assert figure.start >= end
        end = figure.end


@settings(deadline=None)
@given(st.text("0123456789.,:-年月日亿万元% 股", max_size=40))
def test_no_digit_is_outside_a_figure(text: str) -> None:
    inside = {at for figure in figures(text) for at in range(figure.start, figure.end)}
    assert all(at in inside for at, character in enumerate(text) if character.isdigit())


@pytest.mark.parametrize(
    "line",
    [
        "1" * 100_000,
        "1," * 50_000,
        "1" + ",111" * 30_000,
        "1." * 50_000,
        "一" * 100_000,
        "一千万" * 30_000,
        "2024年" * 30_000,
        "1-" * 50_000,
        "(" * 100_000 + "600123",
        "A" * 100_000 + ".US",
        "纽交所：" * 30_000,
    ],
    ids=lambda line: line[:6],
)
def test_hostile_lines_take_linear_time(line: str) -> None:
    start = time.perf_counter()
    figures(line)
    assert time.perf_counter() - start < 3
