"""Near misses name the one condition that keeps a rule from firing."""

from __future__ import annotations

import pytest
from made_rules import MORE_PROSE, PROSE, document, rule, rule_set

from articlekit.rules.load import load_builtin
from articlekit.rules.model import Rule
from articlekit.rules.near import near_misses

FIGURE = "本季营业收入6.09亿元"


def misses(rules: tuple[Rule, ...], *lines: str, url: str | None = None) -> list[tuple[int, str, str]]:
    found = near_misses(document(*lines), rule_set(*rules), url)
    return [(miss.index, miss.rule.id, miss.reason) for miss in found]


def test_the_wrong_zone() -> None:
    made = rule("联系方式", "联系方式", zone="footer")
    assert misses((made,), "联系方式", PROSE, "联系方式", MORE_PROSE, "联系方式") == [
        (0, "t.made", "zone"),
        (2, "t.made", "zone"),
    ]


@pytest.mark.parametrize(
    ("values", "line", "reason"),
    [
        ({"max_chars": 6}, "联系方式见下页底部", "length"),
        ({"anchor": "start", "max_chars": 5}, "联系方式见下页", "length"),
        ({"anchor": "end", "max_chars": 5, "pattern": "联系方式"}, "请看联系方式", "length"),
        ({"pattern": "联系方式"}, "联系方式吧", "anchor"),
        ({"pattern": "联系方式", "anchor": "start"}, "请看联系方式", "anchor"),
        ({"pattern": "联系方式", "anchor": "end"}, "联系方式吧", "anchor"),
        ({"domains": ("example.cn",)}, "联系方式", "domain"),
        ({"domains": ("*", "!example.com")}, "联系方式", "domain"),
    ],
)
def test_one_condition_that_does_not_hold(values: dict[str, object], line: str, reason: str) -> None:
    made = rule(**{"pattern": "联系方式.{0,9}", "literal": "联系方式", **values})
    assert misses((made,), line, url="https://www.example.com/1") == [(0, "t.made", reason)]


def test_two_conditions_are_no_near_miss() -> None:
    made = rule("联系方式", "联系方式", zone="footer", domains=("example.cn",))
    assert misses((made,), "联系方式", PROSE) == []
    short = rule("联系方式", "联系方式", zone="footer")
    assert misses((short,), "联系方式吧", PROSE) == []


def test_a_figure_that_protects_a_line_of_the_body() -> None:
    made = rule("本季.{0,20}", "本季")
    (miss,) = near_misses(document(PROSE, FIGURE, PROSE), rule_set(made))
    assert (miss.index, miss.reason) == (1, "figure")
    assert "figure" in miss.detail


def test_a_line_that_is_gone_has_no_near_misses() -> None:
    one = rule("联系方式", "联系方式", id="t.one")
    other = rule("联系方式", "联系方式", id="t.other", zone="header")
    assert misses((one, other), PROSE, "联系方式") == []


def test_a_word_in_running_text_is_no_near_miss() -> None:
    assert misses((rule("指数", "指数"),), PROSE) == []


def test_details_say_what_was_found() -> None:
    (miss,) = near_misses(document("看联系方式"), rule_set(rule("联系方式", "联系方式")))
    assert miss.detail == "the pattern matches “联系方式”, which is not the whole line"


def test_the_beginning_of_a_line_longer_than_a_window_is_not_all_of_it() -> None:
    made = rule("联系方式" + "[a-z]{36}" * 11, "联系方式", max_chars=300)
    line = "联系方式" + "a" * 396  # as long as a window
    assert misses((made,), line) == [(0, "t.made", "length")]
    assert misses((made,), line + "；" * 200) == []


def test_bad_input_is_no_error() -> None:
    for text in ("", "\0", "\ud800分享", "分享" * 5000):
        near_misses(document(text, PROSE), load_builtin(), "http://[broken")
