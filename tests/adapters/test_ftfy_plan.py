"""ftfy behind its gate."""

from __future__ import annotations

import pytest

from articlekit.adapters.ftfy_plan import fix_line, unescape_entity


@pytest.mark.parametrize(
    ("line", "fixed"),
    [
        ("Itâ€™s 5â‚¬", "It’s 5€"),
        ("cafÃ© crÃ¨me", "café crème"),
        ("示例公司â€œ公告â€\x9d", "示例公司“公告”"),
        ("schÃƒÂ¶n", "schön"),
    ],
)
def test_utf8_read_as_single_bytes_is_repaired(line: str, fixed: str) -> None:
    found = fix_line(line)
    assert found is not None
    assert found[0] == fixed
    assert found[1]


@pytest.mark.parametrize(
    "line",
    [
        "“示例”公司：‘公告’——全文……",
        "￥300，＄5，£3，€9，±3%，25℃，①",
        "ＡＢＣ，（１２３）",
        "Société Générale a dépassé les prévisions à Genève",
        "Größere Änderungen für Öl und Übernahmen",
        "El año pasado la compañía",
        "São Paulo – ações",
        "αβγ Σ Δ 3σ",
        "Акции компании",
        "ﬁnancial oﬃce",
        "■□▲△●○◆",
    ],
)
def test_what_is_not_broken_stays(line: str) -> None:
    assert fix_line(line) is None


def test_entities_are_decoded_but_those_for_line_breaks() -> None:
    found = [
        unescape_entity(entity) for entity in ("&amp;", "&#20013;", "&#10;", "&#13;", "&NewLine;", "&x;")
    ]
    assert found == ["&", "中", None, None, None, None]
