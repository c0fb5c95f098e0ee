from __future__ import annotations

import pytest

from articlekit.text.fields.titles import coverage, folded, is_echo, is_same_title, without_site


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("八月信用卡新规解读_理财_南山网", "八月信用卡新规解读"),
        ("八月信用卡新规解读 - 南山网", "八月信用卡新规解读"),
        ("八月信用卡新规解读|南山网", "八月信用卡新规解读"),
        ("八月信用卡新规解读-南山网", "八月信用卡新规解读"),
        ("早餐会丨八月信用卡新规解读", "早餐会丨八月信用卡新规解读"),
        ("南山网 - 八月信用卡新规解读", "南山网 - 八月信用卡新规解读"),
        ("2023-24赛季", "2023-24赛季"),
        ("A-share rally: what now", "A-share rally: what now"),
        ("", ""),
    ],
)
def test_site_names_are_cut_only_off_the_end(title: str, bare: str) -> None:
    assert without_site(title) == bare


@pytest.mark.parametrize(
    ("line", "echo"),
    [
        ("八月信用卡新规如何应对", True),
        ("八月信用卡新规如何应对？", True),
        ("《八月信用卡新规如何应对》", True),
        ("八月信用卡新规", True),
        ("信用卡新规如何应对", True),
        ("八月信用卡如何应对", True),  # with a piece elided
        ("八月信用卡新规如何应对_南山网", True),
        ("信用卡新规", False),  # too short to be told from a heading
        ("八月信用卡旧规如何应对", False),
        ("如何应对八月信用卡新规", False),
        ("八月信用卡新规如何应对，业内人士这样看", False),
        ("", False),
    ],
)
def test_echoes(line: str, echo: bool) -> None:
    assert is_echo(line, "八月信用卡新规如何应对?") is echo


def test_a_line_that_only_mentions_the_title_is_not_it() -> None:
    assert not is_same_title("本文原标题：八月信用卡新规解读", "八月信用卡新规解读")


def test_folding_keeps_letters_digits_and_han() -> None:
    assert folded("《ＡＢ-12》 逾期？") == "ab12逾期"


def test_coverage_of_nothing_is_nothing() -> None:
    assert coverage("", "文") == coverage("文", "文") == 0.0
