from __future__ import annotations

import time

import pytest

from articlekit.text.structure.headings import Marker, is_heading_shaped, is_label, read_marker


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("一、背景", Marker("cn", (1,), "一", "背景")),
        ("十二、背景", Marker("cn", (12,), "十二", "背景")),
        ("二十一、背景", Marker("cn", (21,), "二十一", "背景")),
        ("（二）背景", Marker("cn-parens", (2,), "二", "背景")),
        ("(二) 背景", Marker("cn-parens", (2,), "二", "背景")),
        ("第三节 背景", Marker("section", (3,), "第三节", "背景")),
        ("第 3 章：背景", Marker("chapter", (3,), "第 3 章", "背景")),
        ("第一部分 背景", Marker("chapter", (1,), "第一部分", "背景")),
        ("第一步：背景", Marker("step", (1,), "第一步", "背景")),
        ("1. 背景", Marker("arabic-dot", (1,), "1", "背景")),
        ("1.背景", Marker("arabic-dot", (1,), "1", "背景")),
        ("１．背景", Marker("arabic-dot", (1,), "１", "背景")),
        ("1、背景", Marker("arabic-comma", (1,), "1", "背景")),
        ("1.1 背景", Marker("decimal", (1, 1), "1.1", "背景")),
        ("1.1.2 背景", Marker("decimal", (1, 1, 2), "1.1.2", "背景")),
        ("1.1背景", Marker("decimal", (1, 1), "1.1", "背景")),
        ("1.1、背景", Marker("decimal", (1, 1), "1.1", "背景")),
        ("(1)背景", Marker("arabic-parens", (1,), "1", "背景")),
        ("（1）背景", Marker("arabic-parens", (1,), "1", "背景")),
        ("1) 背景", Marker("arabic-paren", (1,), "1", "背景")),
        ("Ⅰ. 背景", Marker("roman", (1,), "Ⅰ", "背景")),
        ("IV. 背景", Marker("roman", (4,), "IV", "背景")),
        ("① 背景", Marker("circled", (1,), "①", "背景")),
        ("⑴背景", Marker("enclosed", (1,), "⑴", "背景")),
        ("01 背景", Marker("arabic-space", (1,), "01", "背景")),
        ("　　一、背景", Marker("cn", (1,), "一", "背景")),
    ],
)
def test_numbers_are_read_with_their_style(line: str, marker: Marker) -> None:
    assert read_marker(line) == marker


@pytest.mark.parametrize(
    "line",
    [
        "",
        "背景",
        "一",
        "一、",
        "1.",
        "3.5%的利率",
        "2024年",
        "12:30 收盘",
        "100.5 点",
        "第一季度报告",
        "十百、甲",
        "一带一路",
        "\ud800",
    ],
)
def test_other_lines_have_none(line: str) -> None:
    assert read_marker(line) is None


@pytest.mark.parametrize(
    "title", ["如何与平台协商？", "“上门”是什么意思", "How rates are set", "法律层面:风险与责任"]
)
def test_headings_by_their_shape(title: str) -> None:
    assert is_heading_shaped(title)


@pytest.mark.parametrize(
    "title", ["核对身份。", "先核对；再签字", "等等……", "，", "", "甲" * 41, "先说结论。再说理由"]
)
def test_other_shapes(title: str) -> None:
    assert not is_heading_shaped(title)


def test_labels_are_short_and_bare() -> None:
    assert is_label("写在最后的话")
    assert is_label("Key points")
    assert not is_label("一二三四五六七八九十一二三")
    assert not is_label("利率3.1%")


@pytest.mark.parametrize(
    "line", ["1." * 200_000, "一、" * 200_000, "(" * 400_000, "第" * 400_000, " " * 400_000]
)
def test_hostile_lines_take_no_time(line: str) -> None:
    start = time.perf_counter()
    read_marker(line)
    assert time.perf_counter() - start < 1
