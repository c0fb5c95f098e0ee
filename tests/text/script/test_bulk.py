"""Long texts go another way than short ones; the result must not tell which."""

from __future__ import annotations

import random

import pytest

from articlekit.text.positions import apply_edits
from articlekit.text.script.conversion import configurations, convert, convert_edits

WORDS = [
    "鼠标",
    "软件",
    "U盘",
    "信息技术",
    "一目瞭然",
    "乾隆",
    "頭髮",
    "发展",
    "里面",
    "埠",
    "矽",
    "宏碁",
    "隨著",
]
WORDS += [
    "\n",
    "\n",
    "。",
    "，",
    "abc",
    " ",
    "\x00",
    "\ud800",
    "𠮷",
    "\U0001f600",
    "面条",
    "后面",
    "臺灣",
    "台湾",
]


def mixture(seed: int, words: int = 600) -> str:
    rng = random.Random(seed)
    return "".join(rng.choice(WORDS) for _ in range(words))


def line_by_line(text: str, config: str) -> str:
    """Convert in pieces so small that each goes the short way; no key holds a line feed."""
    lines = text.split("\n")
    assert max(map(len, lines)) < 256
    return "\n".join(convert(line, config) for line in lines)


@pytest.mark.parametrize("config", configurations())
def test_a_long_text_becomes_what_its_lines_become(config: str) -> None:
    for seed in range(5):
        text = mixture(seed)
        assert convert(text, config) == line_by_line(text, config)


@pytest.mark.parametrize("config", configurations())
def test_edits_of_a_long_text_give_its_conversion(config: str) -> None:
    text = mixture(7)
    result = convert_edits(text, config)
    assert result.text == convert(text, config) == apply_edits(text, result.edits)
    assert all(text[edit.start : edit.end] == edit.before != edit.after for edit in result.edits)
    by_line = [
        (offset + edit.start, edit.before, edit.after)
        for offset, line in lines_with_offsets(text)
        for edit in convert_edits(line, config).edits
    ]
    assert [(edit.start, edit.before, edit.after) for edit in result.edits] == by_line


def lines_with_offsets(text: str) -> list[tuple[int, str]]:
    offset, found = 0, []
    for line in text.split("\n"):
        found.append((offset, line))
        offset += len(line) + 1
    return found


@pytest.mark.parametrize("config", ["t2s", "s2twp", "tw2sp"])
@pytest.mark.parametrize("size", [1, 16, 300])
def test_blocks_are_an_inner_matter(config: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = mixture(3)
    expected = convert(text, config), convert_edits(text, config)
    monkeypatch.setattr("articlekit.text.script.bulk._BLOCK", size)
    assert (convert(text, config), convert_edits(text, config)) == expected


def test_a_few_traditional_lines_in_a_long_simplified_text_are_found() -> None:
    plain = "公司营业收入增长，净利润下降。\n" * 500
    text = f"{plain}董事會決議\n{plain}隨{'的' * 400}發"
    assert convert(text) == f"{plain}董事会决议\n{plain}随{'的' * 400}发"
    assert [edit.before for edit in convert_edits(text).edits] == ["會決議", "隨", "發"]


def test_a_long_text_without_anything_to_change_is_the_same_object() -> None:
    text = "公司营业收入增长。\n" * 1000
    assert convert(text) is text
    assert convert_edits(text).edits == ()


def test_text_without_any_separator_is_one_block() -> None:
    text = "國発" * 100_000
    assert convert(text) == "国発" * 100_000
