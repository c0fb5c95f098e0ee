"""The generator of damaged lines: the damage is what it says, and the same each time."""

from __future__ import annotations

import pytest
from benchmarks.mojibake_cases import KINDS, Case, cases, chains, is_right, read, through, write

LINES = [
    "示例公司今日发布公告：全年营收6.09亿元，同比增长29.57%，净利润稳步提升。",
    "本次会议讨论了下半年的投资安排，与会者一致认为应当控制风险、稳健经营。",
    "市場分析人士指出，未來三個月的價格走勢仍然存在不少變數，投資者宜審慎。",
    "同社は来年度の売上高が前年を上回る見通しだと発表した。",
]


@pytest.mark.parametrize("kind", KINDS)
def test_cases_repeat_and_are_damaged(kind: str) -> None:
    some = chains(kind)[:6]
    first = list(cases(LINES, kind, 7, count=3, only=some))
    assert first
    assert first == list(cases(LINES, kind, 7, count=3, only=some))
    assert all(case.damaged != case.original for case in first)
    assert all(is_right(case, case.original) and not is_right(case, case.damaged) for case in first)


def test_another_seed_gives_other_cases() -> None:
    assert list(cases(LINES, "lossless", 1, count=2)) != list(cases(LINES, "lossless", 2, count=2))


@pytest.mark.parametrize("kind", ["lossless", "double", "triple"])
def test_lossless_damage_can_be_undone_byte_by_byte(kind: str) -> None:
    for chain in chains(kind):
        for case in cases(LINES, kind, 3, count=2, only=[chain]):
            text = case.original
            for right, wrong in chain:
                assert read(write(text, right), wrong)
                text = through(text, ((right, wrong),)) or ""
            assert text == case.damaged


def test_a_lost_character_is_right_only_when_marked_or_right() -> None:
    case = Case("", "净利5元8角", "lossy", "", (2, 3))
    assert is_right(case, "净利5元8角")
    assert is_right(case, "净利\ufffd8角")
    assert is_right(case, "净利\ufffd元8角")
    assert not is_right(case, "净利6元8角")
    assert not is_right(case, "净利8角")
    assert not is_right(case, "净利\ufffd9角")


def test_cesu_8_writes_surrogates_one_by_one() -> None:
    assert write("😀", "cesu-8") == b"\xed\xa0\xbd\xed\xb8\x80"
