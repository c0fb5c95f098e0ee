"""Mojibake undone: what is repaired, what is left alone, and what the edits say."""

from __future__ import annotations

import random

import pytest
from benchmarks.mojibake_cases import Chain, cases, chain_name, chains

from articlekit.model import Edit, Repaired
from articlekit.text.mojibake.damaged import Damaged
from articlekit.text.mojibake.repair import repair_mojibake
from articlekit.text.mojibake.tables import table
from articlekit.text.positions import apply_edits

LINES = [
    "公司董事会今日审议通过了年度利润分配方案，拟每10股派发现金红利2.5元。",
    "市场人士认为，下半年资金面有望保持宽松，债券价格仍有上升的空间。",
    "央行表示将继续实施稳健的货币政策，加大对实体经济的支持力度。",
    "投資者應當注意市場風險，過去的業績並不代表將來的表現。",
    "這家公司宣布與多家銀行簽訂合作協議，共同開發海外市場。",
    "記者從交通部門獲悉，新的鐵路線路預計明年年底以前通車。",
]
CLEAN = [
    "公司全资子公司“示例（香港）有限公司”出资1,200万美元，占比37.5%。",
    "龍騰虎躍，氣吞萬里如虎；饕餮、魑魅魍魉，皆非吉兆。",
    "學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？",
    "姓名：趙喆、錢淼、孫翀、李燚、周旸、吳祎、鄭赟、王昇",
    "株式会社サンプルは本日、新製品を発表した。ｶﾌﾞｼｷｶﾞｲｼｬ ｻﾝﾌﾟﾙ",
    "예시회사는 오늘 새로운 제품을 발표했다. 韓·美 정상회담",
    "Société Générale, Größe, Århus, Łódź, Ångström, naïve café à Genève",
    "Съешь же ещё этих мягких французских булок, да выпей чаю. ООО «Пример»",
    "Ελληνικά: Η εταιρεία ανακοίνωσε σήμερα τα αποτελέσματα του έτους",
    "┌──────┬──────┐ │ 项目 │ 金额 │ └──────┴──────┘",
    "①②③ ㎡ ℃ ￥300 × ÷ ± ≈ ≥ αβγ Ω μm 10⁻⁹ ½ ™ ® ©",
    "if (a != b) { return x << 2; } // 中文注释：返回结果",
    "600123.SH 000001.SZ 0700.HK BRK.A ＡＢＣ１２３",
    "👨‍👩‍👧 表情 😀🚀📈 与文字混排 🇨🇳",
    "жж ээ ыы ЁЁ ёё АБВГДЕЖЗ абвгдежз āáǎàēéěèīíǐì",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêë",
    "锟斤拷锟斤拷烫烫烫屯屯屯",
]


def undone(repaired: Repaired) -> str:
    """Replay the edits backwards."""
    back, shift = [], 0
    for edit in repaired.edits:
        start = edit.start + shift
        back.append(Edit("undo", "undo", start, start + len(edit.after), edit.after, edit.before))
        shift += len(edit.after) - len(edit.before)
    return apply_edits(repaired.text, back)


@pytest.mark.parametrize("line", CLEAN)
def test_clean_lines_stay(line: str) -> None:
    assert repair_mojibake(line) == Repaired(line)


# Chains that hardly any text survives without loss: measured in benchmarks/ on more text.
_RARE = {"utf-8 as big5", "utf-8 as cp949", "utf-8 as cp932"}
_ONE_STEP = [chain for chain in chains("lossless") if chain_name(chain) not in _RARE]
_MORE_STEPS = [
    (("utf-8", "cp1252"), ("utf-8", "cp1252")),
    (("utf-8", "gbk"), ("utf-8", "latin-1")),
    (("gbk", "latin-1"), ("utf-8", "latin-1")),
    (("big5", "cp1252"), ("utf-8", "latin-1")),
    (("utf-8", "latin-1"), ("utf-8", "gbk")),
    (("utf-8", "latin-1"), ("utf-8", "latin-1"), ("utf-8", "latin-1")),
    (("utf-8", "cp437"), ("utf-8", "cp437"), ("utf-8", "cp437")),
    (("utf-8", "gbk"), ("utf-8", "latin-1"), ("utf-8", "cp1252")),
]


@pytest.mark.parametrize("chain", [*_ONE_STEP, *_MORE_STEPS], ids=chain_name)
def test_every_chain_is_undone(chain: Chain) -> None:
    made = list(cases(LINES, "lossless", 5, count=3, lengths=(6, 8, 12), only=[chain]))
    assert made
    assert sum(repair_mojibake(case.damaged).text == case.original for case in made) >= len(made) - 1


@pytest.mark.parametrize("chain", [c for c in _ONE_STEP if c != (("big5", "gbk"),)], ids=chain_name)
def test_a_broken_run_in_a_good_line_is_undone(chain: Chain) -> None:
    made = list(cases(LINES, "inline", 6, count=4, lengths=(8, 12), only=[chain]))
    assert any(repair_mojibake(case.damaged).text == case.original for case in made)


def test_edits_lead_there_and_back_and_keep_the_lines() -> None:
    rng = random.Random(3)
    made = [case.damaged for kind in ("inline", "lossy") for case in cases(LINES, kind, 2, count=1)]
    rng.shuffle(made)
    text = "\n".join([*made, *CLEAN])
    repaired = repair_mojibake(text)
    assert repaired.edits
    assert apply_edits(text, repaired.edits) == repaired.text
    assert undone(repaired) == text
    assert repaired.text.count("\n") == text.count("\n")
    assert all(text[edit.start : edit.end] == edit.before for edit in repaired.edits)
    assert all(edit.step == "repair" and edit.kind.startswith("mojibake: ") for edit in repaired.edits)
    assert all(0.5 < edit.confidence <= 1.0 for edit in repaired.edits)


def test_only_the_broken_part_of_a_line_is_edited() -> None:
    before, part, after = "据悉，", "会议审议通过", "，详情请看公告。"
    line = before + part.encode().decode("gb18030") + after
    (edit,) = repair_mojibake(line).edits
    assert (edit.start, edit.end, edit.after) == (3, len(line) - len(after), part)
    assert edit.kind == "mojibake: utf-8 read as gbk"


def test_digits_and_letters_stay_outside_edits() -> None:
    line = "全年營收6.09億元，年增29.57%，由ABC公司公告"
    damaged = line.encode().decode("latin-1")
    repaired = repair_mojibake(damaged)
    assert repaired.text == line
    assert not any(c.isascii() and c.isalnum() for edit in repaired.edits for c in edit.before)


def test_a_run_whose_last_byte_joined_the_next_character_is_repaired() -> None:
    made = list(cases(LINES, "joined", 4, count=8, lengths=(7, 9, 11), only=[(("utf-8", "gbk"),)]))
    assert made
    assert all(repair_mojibake(case.damaged).text == case.original for case in made)


def test_steps_are_named_in_the_order_of_the_damage() -> None:
    once = "公司董事会审议通过".encode().decode("latin-1")
    (edit,) = repair_mojibake(once.encode().decode("mac_roman")).edits
    assert edit.kind == "mojibake: utf-8 read as latin-1, then utf-8 read as mac-roman"


def test_a_byte_that_became_a_blank_is_found() -> None:
    damaged = "你好，今天的会议".encode().decode("latin-1").replace("\xa0", " ")
    assert repair_mojibake(damaged).text == "你好，今天的会议"


def test_surrogates_written_one_by_one_are_joined() -> None:
    data = "会议结束".encode() + b"\xed\xa0\xbd\xed\xb8\x80" + "大家回家".encode()
    assert repair_mojibake(data.decode("latin-1")).text == "会议结束😀大家回家"


def test_where_a_run_begins_is_decided_by_what_follows() -> None:
    damaged = "制，新的流水在高速生产时自动减速停止".encode("gbk").decode("big5")
    assert (
        repair_mojibake(f"成本控{damaged}之下。").text == "成本控制，新的流水在高速生产时自动减速停止之下。"
    )


def test_a_choice_among_characters_with_one_code_is_flagged_where_it_is_close() -> None:
    text = "我们的生活历程"
    repaired = repair_mojibake("前言\n" + text.encode("gbk").decode("cp932"))
    assert repaired.text == f"前言\n{text}"
    assert repaired.flags
    for flag in repaired.flags:
        assert (flag.kind, flag.line) == ("guessed-character", 2)
        assert repaired.text[flag.start] == flag.text


def test_both_bytes_of_a_character_with_two_codes_are_of_one_of_them() -> None:
    """cp932 reads FA5C and ED40 as one character: FA belongs to 5C, and ED to 40."""
    shown = bytes((0xFA, 0x5C)).decode("cp932")
    assert bytes((0xED, 0x40)).decode("cp932") == shown
    damaged = Damaged.of("ﾀ" + shown + "ﾊ", table("cp932"))
    read = {token.character for token in damaged.tokens("gbk", 0)}
    both = {bytes((0xC0, *pair, 0xCA)).decode("gb18030", "replace") for pair in ((0xFA, 0x5C), (0xED, 0x40))}
    assert {text for text in read if len(text) == 2} <= both
