from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.steps.sections import split
from articlekit.text.lines import Line, Role, split_lines

CASES = tomllib.loads((Path(__file__).parent / "data" / "outlines.toml").read_text("utf-8"))["case"]
PARAGRAPH = "这里是一段正文，用来说明上面的标题，其中有逗号，也有句号。"
ROLES: dict[str, tuple[Role, int]] = {
    "h2": ("heading", 2),
    "h3": ("heading", 3),
    "b": ("bold", 0),
    "li": ("list-item", 0),
    "tr": ("table-row", 0),
}


def lines_of(text: str) -> list[Line]:
    lines = []
    for number, row in enumerate(text.strip("\n").split("\n"), 1):
        mark, colon, rest = row.partition(":")
        role, level = ROLES.get(mark, ("plain", 0)) if colon else ("plain", 0)
        shown = rest if role != "plain" else row
        lines.append(Line(number, shown.replace("P", PARAGRAPH), role, level))
    return lines


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_headings_are_found_with_level_and_number(case: dict[str, object]) -> None:
    parted = split(lines_of(str(case["text"])))
    found = [[s.level, s.number or "", s.heading] for s in parted.sections if s.level]
    assert found == case["headings"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_no_line_is_changed_lost_or_moved(case: dict[str, object]) -> None:
    lines = lines_of(str(case["text"]))
    parted = split(lines)
    assert parted.text == "\n".join(line.text for line in lines)
    for line in lines:
        assert parted.text.startswith(line.text, parted.starts[line.number])


def test_sections_and_headings_hold_every_line_in_order() -> None:
    lines = split_lines("开头。\n\n一、现状\n第一段。\n第二段。\n二、出路\n第三段。")
    parted = split(lines)
    assert [(s.level, s.number, s.heading, s.text) for s in parted.sections] == [
        (0, None, None, "开头。"),
        (1, "一", "现状", "第一段。\n第二段。"),
        (1, "二", "出路", "第三段。"),
    ]
    assert parted.text == "开头。\n一、现状\n第一段。\n第二段。\n二、出路\n第三段。"
    assert parted.headings == (3, 6)


def test_blank_lines_are_left_out_and_have_no_place() -> None:
    parted = split(split_lines("\n　\n正文。\n\n"))
    assert (parted.text, parted.starts) == ("正文。", {3: 0})


def test_nothing_gives_nothing() -> None:
    parted = split(())
    assert (parted.sections, parted.text) == ((), "")


def test_lines_keep_their_white_space() -> None:
    assert split(split_lines("　　正文。 ")).text == "　　正文。 "


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "一、甲",
                "二、乙",
                "1. 丙",
                "2. 丁",
                "1.1 戊",
                "（一）己",
                "① 庚",
                "导语",
                PARAGRAPH,
                "",
                "短句",
            ]
        ),
        max_size=30,
    )
)
def test_any_order_of_numbers_keeps_every_line(rows: list[str]) -> None:
    lines = split_lines("\n".join(rows))
    parted = split(lines)
    assert parted.text == "\n".join(row for row in rows if row)
    pieces = [piece for s in parted.sections for piece in (s.heading, *s.text.split("\n")) if piece]
    assert len(pieces) == sum(bool(row) for row in rows)
    assert all(0 <= s.level <= 6 for s in parted.sections)
