"""Keys of lines: what varies is blotted out, what a template holds stays."""

from __future__ import annotations

import re

import pytest

from articlekit.rules.masks import GAP, TAIL, label_key, letters, literals, mask, to_pattern
from articlekit.rules.patterns import complaint
from articlekit.text.fold import fold

VARIANTS = [
    ("阅读 1,204 次", "阅读 87 次"),
    ("发布于2024-10-13 23:21", "發布於2023/1/2"),
    ("更新：2024年10月13日", "更新：2023年1月2日"),
    ("举报邮箱：jubao@example.cn", "举报邮箱：tousu.1@mail.example.com"),
    ("本文链接：https://example.cn/a/1.html", "本文链接：www.example.cn/b?id=2"),
    ("本期值守：温知夏", "本期值守：林霁"),
    ("欢迎订阅《临江周刊》", "欢迎订阅《望湖月报》"),
    ("微信号：linjiang2024", "微信号：wanghu_8"),
    ("客服：010-55501234", "客服：021-55505678"),
]


@pytest.mark.parametrize(("one", "other"), VARIANTS)
def test_lines_of_one_template_have_one_key(one: str, other: str) -> None:
    assert mask(fold(one).text) == mask(fold(other).text)


@pytest.mark.parametrize(("one", "other"), VARIANTS)
def test_the_pattern_of_a_key_matches_its_lines_and_is_bounded(one: str, other: str) -> None:
    pattern = to_pattern(mask(fold(one).text))
    assert complaint(pattern, "full") is None
    for text in (one, other):
        assert re.fullmatch(pattern, fold(text).text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("阅读原文", "阅读全文"), ("记者说：可以", "记者问：为什么要这样做"), ("关注我们", "关注")],
)
def test_different_lines_keep_their_keys_apart(one: str, other: str) -> None:
    assert mask(fold(one).text) != mask(fold(other).text)


def test_a_line_with_control_characters_has_no_key() -> None:
    assert mask("阅读\x01次") == ""


def test_a_label_with_something_behind_it_has_a_key_of_its_own() -> None:
    assert label_key("延伸一读:临江银行下调存款利率") == ("延伸一读:" + TAIL, "临江银行下调存款利率")


@pytest.mark.parametrize("text", ["没有冒号的一行", "甲:乙", "这是一个长得不像标签的开头部分:后面", ":空"])
def test_other_lines_have_no_label(text: str) -> None:
    assert label_key(text) is None


def test_signs_of_patterns_are_taken_literally() -> None:
    assert re.fullmatch(to_pattern("(a+b)?[c]{2}|*"), "(a+b)?[c]{2}|*")


def test_a_gap_takes_the_characters_it_is_given() -> None:
    pattern = to_pattern(f"扫码进{GAP}的群", (2, 4))
    assert re.fullmatch(pattern, "扫码进临江的群")
    assert not re.fullmatch(pattern, "扫码进临江财经网的群")


def test_only_what_stands_in_every_line_is_literal() -> None:
    key = mask("共12人觉得有用,3人收藏")
    assert literals(key) == ["人觉得有用,", "人收藏", "共"]
    assert letters(key) == 9
