"""The literal gate finds what a plain search would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articlekit.rules.gate import Gate, Literals
from articlekit.rules.patterns import fold_literal

_texts = st.text("责編辑分享到： 　aＡ\n\u200b", max_size=30)


@given(
    st.lists(_texts, max_size=6), st.lists(st.text("责編辑分享到：aＡ", min_size=2, max_size=4), max_size=6)
)
def test_candidates_are_the_lines_that_hold_a_literal(lines: list[str], literals: list[str]) -> None:
    found = Gate([Literals([literal]) for literal in literals]).candidates(lines)
    expected = {
        index: rules
        for index, line in enumerate(lines)
        if (rules := {n for n, literal in enumerate(literals) if fold_literal(literal) in fold_literal(line)})
    }
    assert found == expected


def test_literals_do_not_reach_over_line_ends() -> None:
    assert Gate([Literals(["责任编辑"])]).candidates(["责任", "编辑"]) == {}


def test_the_middle_of_a_long_line_is_not_looked_at() -> None:
    gate = Gate([Literals(["责任编辑"])])
    assert gate.candidates(["字" * 500 + "责任编辑" + "字" * 500]) == {}
    assert gate.candidates(["责任编辑" + "字" * 1000]) == {0: {0}}
    assert gate.candidates(["字" * 1000 + "责任编辑　"]) == {0: {0}}


def test_nothing_in_gives_nothing_out() -> None:
    assert Gate([]).candidates(["责任编辑"]) == {}
    assert Gate([Literals(["责任编辑"])]).candidates([]) == {}
    assert Gate([Literals(["责任编辑"])]).candidates(["", "字", "\ud800"]) == {}


@given(st.lists(_texts, max_size=6), st.integers(0, 12))
def test_a_rule_for_short_lines_does_not_see_long_ones(lines: list[str], longest: int) -> None:
    found = Gate([Literals(["编辑"], longest), Literals(["分享"])]).candidates(lines)
    for index, line in enumerate(lines):
        bare = fold_literal(line)
        assert (0 in found.get(index, ())) is ("编辑" in bare and len(bare) <= longest)
        assert (1 in found.get(index, ())) is ("分享" in bare)
