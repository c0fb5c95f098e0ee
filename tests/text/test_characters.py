"""Classes of characters."""

from __future__ import annotations

import pytest

from articlekit.text.characters import Shares, half_width, is_cjk, is_han, shares


@pytest.mark.parametrize("character", ["股", "〇", "㐀", "𠀀", "の", "ｶ", "한"])
def test_ideographs_kana_and_hangul_are_cjk(character: str) -> None:
    assert is_cjk(character)


@pytest.mark.parametrize("character", ["，", "a", "1", " ", "é", "①", "￥"])
def test_signs_and_letters_are_not(character: str) -> None:
    assert not is_cjk(character)
    assert not is_han(character)


def test_shares_count_visible_characters_only() -> None:
    assert shares("股 a 1 の") == Shares(han=0.25, kana=0.25, latin=0.25, digit=0.25)
    assert shares("股の").cjk == 1.0
    assert shares(" \n\t") == Shares()


def test_full_width_ascii_becomes_half_width_for_matching() -> None:
    assert half_width("ＡＰＰ（１．０）　％，股") == "APP(1.0) %,股"
