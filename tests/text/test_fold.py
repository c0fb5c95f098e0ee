"""The folded view says the same for every spelling, and every place in it leads back."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articlekit.text.fold import fold, fold_characters


@pytest.mark.parametrize(
    "spelling",
    [
        "责任编辑:周慕云",
        "責任編輯：周慕云",
        "责 任 编 辑 ： 周慕云",
        "　责任编辑︰　周慕云 ",
        "责\u200b任编辑：周慕云",
    ],
)
def test_spellings_of_one_line_fold_alike(spelling: str) -> None:
    assert fold(spelling).text == "责任编辑:周慕云"


def test_letters_brackets_quotes_and_dashes_have_one_form() -> None:
    assert fold("【打開ＡＰＰ】「好」—完").text == '[打开app]"好"-完'


def test_blanks_between_words_stay_single() -> None:
    assert fold("记者  周慕云   编辑\t林霁").text == "记者 周慕云 编辑 林霁"


def test_blanks_go_beside_separators() -> None:
    assert fold("首页 > 财经 | 银行").text == "首页>财经|银行"
    assert fold("（ 完 ）").text == "(完)"


def test_a_place_in_the_view_leads_back_to_the_line() -> None:
    line = "　　責 任 編 輯：  周慕云 "
    folded = fold(line)
    at = folded.text.index("周慕云")
    assert line[slice(*folded.span(at, at + 3))] == "周慕云"
    assert line[slice(*folded.span(0, 4))] == "責 任 編 輯"


@given(
    st.text(st.characters(codec="utf-8") | st.sampled_from("　 \u200b責任編輯：:>（）\ud800\0"), max_size=60)
)
def test_every_character_of_the_view_is_the_folded_character_of_its_place(text: str) -> None:
    folded = fold(text)
    assert len(fold_characters(text)) == len(text)
    for at, char in enumerate(folded.text):
        start, end = folded.span(at, at + 1)
        assert end == start + 1
        assert fold_characters(text[start]) == char
    assert fold(folded.text).text == folded.text or "  " not in folded.text


@pytest.mark.parametrize(
    "line",
    [
        "字 " * 200_000,
        " " * 500_000,
        "a" * 500_000,
        "字 字字 " * 100_000,
        "x" + " " * 500_000 + "y",
        ": " * 200_000,
    ],
)
def test_hostile_lines_fold_in_time(line: str) -> None:
    begun = perf_counter()
    fold(line)
    assert perf_counter() - begun < 5
