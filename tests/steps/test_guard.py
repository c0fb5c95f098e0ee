"""The number guard."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.errors import RecordError
from articlekit.model import Edit
from articlekit.steps.guard import check_figures, guard, guard_edits, guard_figures
from articlekit.text.figures import figure_keys

BEFORE = "标题 2024年10月13日 21:05\n营收6.09億元，同比增长29.57%。\n共3条评论"


def test_every_figure_may_be_kept_removed_or_in_a_field() -> None:
    kept = "营收6.09亿元，同比增长29.57%。"
    assert check_figures(BEFORE, kept, ["共3条评论"], ["2024-10-13T21:05"]) == ()
    assert check_figures(BEFORE, kept, ["共3条评论"], ["2024-10-13T21:05:00+08:00"]) == ()


def test_a_missing_figure_is_named() -> None:
    assert check_figures(BEFORE, "营收6.09亿元", ["共3条评论", "2024年10月13日 21:05"]) == ("29.57%",)


def test_each_occurrence_counts() -> None:
    assert check_figures("3%，3%", "3%") == ("3%",)
    assert check_figures("3%", "3%，3%") == ()


def test_a_changed_unit_is_a_lost_figure() -> None:
    assert check_figures("营收6.09亿元", "营收6.09元") == ("6.09亿元",)
    assert check_figures("1,436.40万股", "1436.40万股") == ()


def test_figures_under_a_repair_do_not_count() -> None:
    before = "增长5鈭?%，营收3亿元"
    assert check_figures(before, "增长5％，营收3亿元", excluded_spans=[(3, 6)]) == ()
    assert check_figures(before, "营收3亿元", excluded_spans=[(2, 6)]) == ()


def test_of_a_figure_beside_a_repair_the_number_must_stay() -> None:
    before = "共12å®¶门店"
    assert check_figures(before, "共12家门店", excluded_spans=[(3, 6)]) == ()
    assert check_figures(before, "共13家门店", excluded_spans=[(3, 6)]) == ("12",)


def test_characters_nobody_sees_do_not_part_a_figure() -> None:
    assert check_figures("3\u200b00万股", "300万股") == ()
    assert check_figures("\u200b乱码3\u200b00万股", "300万股", excluded_spans=[(1, 3)]) == ()


@settings(deadline=None)
@given(*[st.lists(st.sampled_from(["营收3%", "3% 5亿元", "", "5亿元", "1"]), max_size=5)] * 2)
def test_lines_in_both_texts_change_nothing(before: list[str], kept: list[str]) -> None:
    missing = figure_keys("\n".join(before)) - figure_keys("\n".join(kept))
    assert check_figures("\n".join(before), "\n".join(kept)) == tuple(sorted(missing.elements()))


def test_the_guard_raises_with_reason_and_figures() -> None:
    with pytest.raises(RecordError, match=r"29\.57%") as caught:
        guard(BEFORE, "", ["共3条评论"])
    assert (caught.value.reason, caught.value.step) == ("figures-lost", "guard")
    guard_figures("3%", "3%", [], [])


def test_many_missing_figures_are_counted() -> None:
    with pytest.raises(RecordError, match="and 7 more"):
        guard(" ".join(f"{n}亿元" for n in range(12)), "")


def test_edits_may_respell_a_figure() -> None:
    base = "营收６亿元，3萬股"
    steps = [
        ("repair", (Edit("normal-forms", "width", 2, 3, "６", "6"),)),
        ("script", (Edit("script", "char", 7, 8, "萬", "万"),)),
    ]
    guard_edits(base, steps)


@pytest.mark.parametrize(
    "edit",
    [
        Edit("normal-forms", "width", 2, 3, "６", "7"),
        Edit("script", "phrase", 3, 4, "亿", ""),
        Edit("normal-forms", "control", 2, 5, "６亿元", ""),
    ],
)
def test_edits_may_not_change_a_figure(edit: Edit) -> None:
    with pytest.raises(RecordError) as caught:
        guard_edits("营收６亿元", [("repair", (edit,))])
    assert caught.value.reason == "figures-lost"


def test_a_repair_may_change_what_looked_like_a_figure() -> None:
    guard_edits("营收1&#48;亿元", [("repair", (Edit("repair", "escapes", 3, 8, "&#48;", "0"),))])
