from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.dedup.normalise import comparable, normalise
from articlekit.text.script.conversion import convert

TEXT = "晨岚电子发布公告，营业收入6.09亿元，同比增长29.57%，随着产能释放，毛利率改善。"


@pytest.mark.parametrize(
    "copy",
    [
        convert(TEXT, "s2t"),
        convert(TEXT, "s2tw"),
        convert(TEXT, "s2t").replace("着", "著"),
        TEXT.replace("，", ",").replace("。", "."),
        TEXT.replace("6.09", "６．０９"),
        "\n".join(TEXT[at : at + 7] for at in range(0, len(TEXT), 7)),
        " ".join(TEXT),
    ],
)
def test_a_copy_in_other_clothes_compares_as_equal(copy: str) -> None:
    assert comparable(normalise(copy)) == comparable(normalise(TEXT))


def test_other_languages_keep_their_letters() -> None:
    assert comparable(normalise("Net profit: ＥＵＲ 5.2 m")) == "netprofiteur52m"
    assert comparable(normalise("売上高は、増加した。")) == "売上高は増加した"
    assert comparable(normalise("순이익은 5%")) == "순이익은5"


@pytest.mark.parametrize("text", ["", " \n\t", "，。！", "\x00\ud800", "🙂"])
def test_text_without_letters_is_empty(text: str) -> None:
    assert comparable(normalise(text)) == ""


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_normalised(text: str) -> None:
    letters = comparable(normalise(text))
    assert all(character.isalnum() for character in letters)


def test_a_number_broken_by_a_line_end_is_one_number() -> None:
    assert normalise("营收6.0\n9亿元") == normalise("營收６．０９ 億元")
    assert normalise("rose 5%\nin 2024") == normalise("rose 5% in  2024") == "rose 5% in 2024"


def test_much_white_space_takes_linear_time() -> None:
    assert normalise("1" + " \n" * 500_000 + "a") == "1 a"
