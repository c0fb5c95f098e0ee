"""Quality signals count what their definitions say."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articlekit.config.conditions import SIGNAL_NAMES
from articlekit.text.characters import shares
from articlekit.text.lines import Line
from articlekit.text.quality import SIGNALS, link_density, measure

TEXT = "一、业绩\n营业收入6.09亿元，同比增长29.57%。\n\n营业收入6.09亿元，同比增长29.57%。"


def test_each_signal_of_a_small_text() -> None:
    visible = 4 + 2 * 22
    assert measure(TEXT, "云杉股份：营业收入6.09亿元") == {
        "chars": len(TEXT),
        "lines": 4,
        "mean_line_length": round(visible / 3, 4),
        "cjk": round((3 + 2 * 10) / visible, 4),
        "digits": round(2 * 7 / visible, 4),
        "terminal_punctuation": round(2 / 3, 4),
        "repeated_lines": round(1 / 3, 4),
        "repeated_5grams": round(18 / (visible - 4), 4),
        "title_phrases": round(2 * 10 / visible, 4),
    }


def test_a_blank_text_measures_nothing() -> None:
    assert set(measure(" \n").values()) == {0, 2}
    assert measure("")["chars"] == 0


def test_characters_of_other_scripts_count_as_what_they_are() -> None:
    assert measure("株価はストップ高")["cjk"] == 1
    assert measure("코스피 상승")["cjk"] == 1
    assert measure("１２ab")["digits"] == 0.5
    assert measure("𠀀ab")["cjk"] == 0.3333


def test_phrases_of_a_title_are_its_parts_of_four_characters_or_more() -> None:
    text = "网贷催收如何应对，网贷催收"
    assert measure(text, "网贷催收：怎么办？")["title_phrases"] == round(8 / 13, 4)
    assert measure(text, "怎么办")["title_phrases"] == 0
    assert measure(text, "催收")["title_phrases"] == 0


def test_overlapping_phrases_cover_a_text_at_most_once() -> None:
    assert measure("网贷催收网贷催收", "网贷催收 网贷催收网")["title_phrases"] == 1


def test_links_weigh_by_their_characters() -> None:
    assert link_density([]) == 0
    assert link_density([Line(1, "正文"), Line(2, "链 接 链 接 链 接", link_density=0.5)]) == 0.375


def test_the_settings_know_every_signal() -> None:
    assert tuple(SIGNALS) == SIGNAL_NAMES


@given(st.text(st.sampled_from("甲乙丙丁。\n 1a\ud800𠀀"), max_size=80), st.text("甲乙丙丁 ", max_size=9))
def test_shares_are_shares_and_sequences_are_counted_exactly(text: str, title: str) -> None:
    signals = measure(text, title)
    for name in set(signals) - {"chars", "lines", "mean_line_length"}:
        assert 0 <= signals[name] <= 1, name
    visible = "".join(text.split())
    grams = Counter(visible[at : at + 5] for at in range(len(visible) - 4))
    total = grams.total()
    assert signals["repeated_5grams"] == (round((total - len(grams)) / total, 4) if total > 1 else 0)
    assert signals["cjk"] == pytest.approx(shares(text).cjk, abs=1e-4)
    assert signals["digits"] == pytest.approx(shares(text).digit, abs=1e-4)
