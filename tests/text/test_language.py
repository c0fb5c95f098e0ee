"""The language of a text."""

from __future__ import annotations

import pytest

from articlekit.text.language import language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("示例公司前三季度营业收入同比增长。", "zh"),
        ("示例公司前三季度營業收入同比增長。", "zh"),
        ("示例科技推出Model Alpha系列，CEO称CPU与GPU需求强劲", "zh"),
        ("公司与日本《ニュース》合作推出新产品，覆盖全国二十个城市的门店和线上渠道，预计年底完成签约", "zh"),
        ("当社の売上高は前年同期比で増加した。", "ja"),
        ("회사의 매출은 증가했다.", "ko"),
        ("The company said that its revenue was higher than a year ago.", "en"),
        ("Revenue rose", "en"),
        ("Die Firma teilte mit, dass der Umsatz im letzten Jahr um fünf Prozent gestiegen ist", None),
        ("Le chiffre d'affaires a progressé dans toutes les régions du monde cette année", None),
        ("600123 12.5% -3", None),
        ("", None),
    ],
)
def test_script_and_common_words_tell(text: str, expected: str | None) -> None:
    assert language(text) == expected
