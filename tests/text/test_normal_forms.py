"""Normal forms by policy."""

from __future__ import annotations

import unicodedata

import pytest

from articlekit.text.normal_forms import Policy, nfc_edits, normal_form_edits
from articlekit.text.positions import apply_edits


def forms(text: str, policy: Policy = "zh-finance") -> str:
    text = apply_edits(text, tuple(normal_form_edits(text, policy)))
    return apply_edits(text, tuple(nfc_edits(text, policy)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＡＢｃ１２％", "ABc12%"),
        ("⼀⼈⾦⿕", "一人金龠"),
        ("⺠⻓⻋⻩", "民长车黄"),
        ("\ue816\ue81e\ue863", "𠂇龴䶮"),
        ("\ue76c", "€"),
        ("\ue819", "乙"),
        ("上\u200b市\ufeff公\u2060司", "上市公司"),
        ("\u200e上\u202a市\u2069", "上市"),
        ("a\x00b\x7fc\x0bd", "abc d"),
        ("Cafe\u0301", "Café"),
        ("金\uf90a \ufa18", "金金 礼"),
        ("K\u212b", "KÅ"),
        ("Ａ\u0301", "Á"),
    ],
)
def test_zh_finance_gives_one_form(text: str, expected: str) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "①②㈱㎡㎏℃x²½…——“”‘’·",
        "，。：；！？（）【】《》～－．＋＝",
        "￥300 $5 €3 ×± 3\u00a0000",
        "制表\t符\n换行",
        "👨\u200d👩\u200d👧 ❤\ufe0f 🏳\ufe0f\u200d🌈",
        "葛\U000e0100 ｶﾀｶﾅ",
        "می\u200cخواهم क\u094d\u200dष",
        "\ue000\uf8ff",
        "\u3000首行缩进",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert forms(text) == text


def test_a_joiner_beside_plain_characters_goes() -> None:
    assert forms("上\u200d市\u200c a\u200d👩") == "上市 a👩"


def test_a_joiner_at_the_edge_goes() -> None:
    assert forms("\u200d上市\u200c") == "上市"


def test_control_characters_that_part_words_become_blanks() -> None:
    assert forms("12\x0c34") == "12 34"


def test_other_policies_do_less() -> None:
    assert forms("Ａe\u0301\u200b", "nfc") == "Ａé\u200b"
    assert forms("Ａe\u0301\u200b", "none") == "Ａe\u0301\u200b"


def test_policies_differ_in_widths() -> None:
    text = "（Ａ股）涨３％，\u200b见：①。“好”～￥"
    assert forms(text, "zh-keep-width") == "（Ａ股）涨３％，见：①。“好”～￥"
    assert forms(text, "zh-halfwidth") == "(A股)涨3%,见:①。“好”~￥"


def test_every_radical_becomes_an_ideograph() -> None:
    radicals = [
        chr(code) for code in (*range(0x2E81, 0x2E9A), *range(0x2E9B, 0x2EF4), *range(0x2F00, 0x2FD6))
    ]
    changed = [forms(radical) for radical in radicals]
    assert all(unicodedata.name(character).startswith("CJK UNIFIED IDEOGRAPH") for character in changed)


def test_forms_are_final() -> None:
    every = "".join(chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000)
    once = forms(every)
    assert forms(once) == once


def test_many_marks_on_one_letter_are_left_alone() -> None:
    text = "a" + "\u0323\u0301" * 50_000
    assert forms(text) == text
