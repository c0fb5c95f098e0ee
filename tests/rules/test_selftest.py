"""The self-test finds what is wrong with a rule."""

from __future__ import annotations

import pytest
from made_rules import PROSE, rule, rule_set

from articlekit.rules.model import Rule
from articlekit.rules.selftest import check_clean, check_examples, check_hostile, run_selftest


def kinds(*rules: Rule) -> list[tuple[str, str]]:
    return [(problem.rule, problem.kind) for problem in check_examples(rule_set(*rules))]


def test_a_good_rule_passes() -> None:
    result = run_selftest(rule_set(rule("分享.{0,4}", "分享")), [PROSE])
    assert (result.rules, result.examples, result.clean_lines, result.problems) == (1, 3, 1, ())


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"match": ("分享", "请分享")}, "match-missed"),
        ({"no_match": ("分享吧",)}, "no-match-hit"),
        ({"known_miss": ("分享了",)}, "known-miss-passes"),
    ],
)
def test_examples_that_do_not_hold_are_reported(values: dict[str, tuple[str, ...]], kind: str) -> None:
    assert kinds(rule("分享.{0,4}", "分享", **values)) == [("t.made", kind)]


def test_a_known_miss_that_is_missed_is_no_problem() -> None:
    assert kinds(rule("分享", "分享", known_miss=("分享经济",))) == []


def test_a_rule_that_never_gets_to_fire_is_reported() -> None:
    one, other = rule("分.{1,9}", "分享", id="t.one"), rule("分享", "分享", id="t.other")
    assert kinds(one, other) == [("t.other", "shadowed")]
    assert kinds(other, one) == [("t.one", "shadowed")]


def test_rules_for_different_zones_do_not_shadow_each_other() -> None:
    one, other = (
        rule("分享", "分享", id="t.one", zone="header"),
        rule("分享", "分享", id="t.other", zone="footer"),
    )
    assert kinds(one, other) == []
    inside = rule("分享", "分享", id="t.other", scope="inline", anchor="end", action="trim")
    assert kinds(one, inside) == []


def test_a_rule_that_fires_on_clean_text_is_reported_with_its_line() -> None:
    (problem,) = check_clean(rule_set(rule("三大指数.{0,40}", "三大指数")), [f"标题\n三大指数走高\n{PROSE}"])
    assert (problem.kind, problem.text) == ("clean-changed", "三大指数走高")
    assert "line 2" in problem.message


def test_a_slow_rule_is_reported() -> None:
    slow = rule("甲乙(?:.{0,40}甲){1}(?:.{0,40}甲){1}(?:.{0,40}甲){1}(?:.{0,40}甲){1}丙", "甲乙")
    assert [problem.kind for problem in check_hostile(rule_set(slow), slowest=0.001)] == ["slow"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"match": ("<p class=a>", "<p class=b>")}, "match-missed"),
        ({"match": ("<p class=a>", "<P CLASS=a>")}, "match-missed"),
        ({"no_match": ("<div><p class='b a'>",)}, "no-match-hit"),
        ({"known_miss": ("<b><p class=a>",)}, "known-miss-passes"),
    ],
)
def test_examples_of_selectors_are_pages(values: dict[str, tuple[str, ...]], kind: str) -> None:
    good = {"scope": "selector", "match": ("<p class=a>", "<i><p class='a c'>"), "no_match": ("<p class=b>",)}
    assert kinds(rule("p.a", "class", **good)) == []
    assert kinds(rule("p.a", "class", **{**good, **values})) == [("t.made", kind)]
