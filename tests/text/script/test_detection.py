from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.text.script.detection import detect, detect_lines


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("公司营业收入同比增长，净利润下降。", "Hans"),
        ("公司營業收入同比增長，淨利潤下降。", "Hant"),
        ("臺灣", "Hant"),
        ("乾照光电与昇兴股份签约", "Hans"),
        ("董事長潘建樑", "Hant"),
        ("董事长潘建樑", "Hans"),
        ("金融市場は大きく動いた。", None),
        ("無料で利用できる歳末の券", None),
        ("경제 성장률이 韓國 경제에", None),
        ("Quarterly report 2024", None),
        ("12.5%", None),
        ("", None),
        ("\ud800\x00", None),
        ("今天上午", None),
    ],
)
def test_the_script_of_a_text(text: str, script: str | None) -> None:
    assert detect(text).script == script


def test_one_name_does_not_make_a_text_mixed() -> None:
    reading = detect("公司与內蒙签约，总额达三亿元，预计明年开业。")
    assert reading.script == "Hans"
    assert 0 < reading.hant_share < 0.2


def test_a_traditional_paragraph_makes_a_long_simplified_text_mixed() -> None:
    text = "公司营业收入同比增长，净利润下降，现金流转为正数。\n" * 40 + "營業收入與淨利潤雙雙增長"
    assert detect(text).script == "mixed"


def test_lines_are_read_on_their_own() -> None:
    readings = detect_lines("營業收入\n营业收入\n\n売上高は増えた")
    assert [reading.script for reading in readings] == ["Hant", "Hans", None, None]


@pytest.mark.parametrize(
    ("line", "script", "share"),
    [
        ("漲", "Hant", 1.0),
        ("涨", "Hans", 0.0),
        ("涨停", "Hans", 0.0),
        ("中國移動(00941.HK)", "Hant", 1.0),
        ("港交所：成交額1,200億元", "Hant", 1.0),
        ("佢嘅公司喺香港上市，啲股東好開心", "Hant", 1.0),
        ("净利润增长（繁體）", "Hans", 0.25),
        ("600519", None, 0.0),
        ("三星電子 삼성전자", None, 0.0),
        ("トヨタ自動車の売上高", None, 0.0),
    ],
)
def test_short_lines_tell_too(line: str, script: str | None, share: float) -> None:
    (reading,) = detect_lines(line)
    assert (reading.script, round(reading.hant_share, 3)) == (script, round(share, 3))


@pytest.mark.parametrize(
    ("line", "script"),
    [
        ("港交所：成交額約1,200億元", "mixed"),
        ("中國移動(00941.HK)", "Hans"),
        ("东京（東京證券交易所）", "Hans"),
        ("売上高は増加した。無料、発表", "Hans"),
    ],
)
def test_a_line_makes_a_simplified_text_mixed_from_three_traditional_characters(
    line: str, script: str
) -> None:
    assert detect("公司营业收入同比增长，净利润下降。\n" * 30 + line).script == script


def test_confidence_grows_with_what_tells() -> None:
    one, many = detect("这"), detect("这是简体中文写的营业报告")
    assert 0 < one.confidence < many.confidence <= 1


@settings(deadline=None)
@given(st.text())
def test_any_text_has_a_reading(text: str) -> None:
    reading = detect(text)
    assert 0 <= reading.hant_share <= 1
    assert 0 <= reading.confidence <= 1
    assert (reading.script is None) == (reading.confidence == 0)


def test_a_million_lines_are_read_in_seconds() -> None:
    started = time.process_time()
    readings = detect_lines("國\n国\n\n" * 300_000)
    assert len(readings) == 900_001
    assert detect("國\n国\n\n" * 300_000).script == "Hans"
    assert time.process_time() - started < 20


def test_blocks_are_an_inner_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "公司營業收入增長\n\n公司营业收入增长，国会\n売上高は\n" * 20
    expected = detect(text), detect_lines(text)
    monkeypatch.setattr("articlekit.text.script.detection._BLOCK", 7)
    assert (detect(text), detect_lines(text)) == expected
