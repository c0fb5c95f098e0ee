from __future__ import annotations

from articlekit.dedup.classes import compare, figures_of
from articlekit.dedup.normalise import normalise


def _class(one: str, other: str) -> str:
    return compare(figures_of(normalise(one)), figures_of(normalise(other))).class_


def test_other_figures_make_an_update() -> None:
    assert _class("净利润6.09亿元，同比增长29.57%", "净利润812.3亿元，同比增长1%") == "updated"


def test_the_same_figures_make_a_repost_in_any_script_and_width() -> None:
    assert _class("净利润6.09亿元，同比增长29.57%", "淨利潤６．０９億元,同比增長29.57％") == "repost"
    assert _class("没有数字", "没有别的数字") == "repost"


def test_a_figure_that_is_repeated_is_not_another_figure() -> None:
    assert _class("净利润6.09亿元。净利润6.09亿元", "净利润6.09亿元") == "repost"


def test_the_figures_that_differ_are_named() -> None:
    difference = compare(("5%", "7元"), ("5%", "8元", "9元"))
    assert (difference.added, difference.missing) == (("7元",), ("8元", "9元"))
