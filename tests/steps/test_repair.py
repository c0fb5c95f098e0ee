"""Repair of characters, and the edits that say what was done."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.errors import ConfigError
from articlekit.model import Edit, Repaired
from articlekit.steps.repair import normalise_line_breaks, repair
from articlekit.text.normal_forms import POLICIES
from articlekit.text.positions import apply_edits

PIECES = [
    "示例公告", "营收6.09亿元", "ＡＢ１２％", "\u200b", "\u200d", "\ufeff", "e\u0301", "Ａ\u0301", "\uf90a",
    "⼤", "\ue816", "â€™", "Ã©", "ÃƒÂ©", "Â£", "\x85", "\x92", "&amp;", "&amp;nbsp;", "&#10;", "&#65281;",
    "<p>", "\n", "\r\n", "\r", "\t", "\x00", "\x0c", "\x1b[31m", "\ud83d", "\ude00", "\u2028", "👨\u200d👩",
    "é", "“", "，", " ", "a", "&", "α", "╕", "?", "�", "𠮷", "😀", "锛屾湰骞村害", "ï¼Œæœ¬å¹´åº¦", "锟斤拷",
    r"\u53d1\u5e03", r"\ud83d\ude00", "%E5%8F%91%E5%B8%83", "&#x53d1&#x5e03", "&amp;#x53d1;", "\\",
]  # fmt: skip
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=40))


def undo(repaired: Repaired) -> str:
    """Replay the edits backwards."""
    shift, back = 0, []
    for edit in repaired.edits:
        start = edit.start + shift
        back.append(Edit("undo", edit.kind, start, start + len(edit.after), edit.after, edit.before))
        shift += len(edit.after) - (edit.end - edit.start)
    return apply_edits(repaired.text, back)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(POLICIES))
def test_edits_lead_there_and_back(text: str, policy: str) -> None:
    repaired = repair(text, policy)
    assert apply_edits(text, repaired.edits) == repaired.text
    assert undo(repaired) == text
    assert all(text[edit.start : edit.end] == edit.before for edit in repaired.edits)
    assert all(a.end <= b.start for a, b in pairwise(repaired.edits))


@settings(deadline=None)
@given(TEXTS)
def test_the_number_of_lines_stays(text: str) -> None:
    repaired = repair(text)
    assert repaired.text.count("\n") == text.count("\n")
    repaired.text.encode()


@settings(deadline=None)
@given(TEXTS)
def test_repaired_text_stays_as_it_is(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@settings(deadline=None)
@given(TEXTS)
def test_lines_are_repaired_as_if_alone(text: str) -> None:
    whole = repair(text).text
    assert whole == "\n".join(repair(line).text for line in text.split("\n"))


@settings(deadline=None)
@given(TEXTS)
def test_line_breaks_become_one_kind(text: str) -> None:
    normalised = normalise_line_breaks(text)
    assert "\r" not in normalised.text
    assert apply_edits(text, normalised.edits) == normalised.text
    assert undo(normalised) == text
    assert normalise_line_breaks(normalised.text) == Repaired(normalised.text)


def test_line_break_edits_say_which_kind_it_was() -> None:
    edits = normalise_line_breaks("标题\r\n正文\r结尾\n").edits
    assert [(edit.step, edit.kind, edit.start, edit.end) for edit in edits] == [
        ("line-breaks", "crlf", 2, 4),
        ("line-breaks", "cr", 6, 7),
    ]


def test_only_the_broken_place_of_a_line_is_edited() -> None:
    text = "第一行\n示例公司宣布Itâ€™s 2024年1月5日 — 净利3亿元\n第三行"
    edits = repair(text).edits
    assert [(edit.step, edit.before, edit.after) for edit in edits] == [("repair", "â€™", "’")]


def test_digits_are_never_inside_an_edit_of_mojibake() -> None:
    text = "Ã©12Ã©34 â€œ5.6%â€\x9d"
    edits = repair(text).edits
    assert edits
    assert not any(character.isdigit() for edit in edits for character in edit.before)


def test_entities_in_markup_stay() -> None:
    assert repair("<p>A&amp;B</p>").text == "<p>A&amp;B</p>"
    assert repair("A&amp;amp;B&nbsp;C").text == "A&B\u00a0C"


def test_lone_surrogates_become_replacement_characters() -> None:
    repaired = repair("公告\ud800全文\ud83d\ude00", "none")
    assert repaired.text == "公告\ufffd全文😀"
    assert [edit.kind for edit in repaired.edits] == ["surrogates", "surrogates"]


def test_terminal_escapes_go_whole() -> None:
    assert repair("\x1b[1;31m公告\x1b[0m").text == "公告"


def test_ftfy_can_be_switched_off() -> None:
    assert repair("Itâ€™s ＡＢ&amp;", ftfy=False).text == "Itâ€™s AB&amp;"


def test_a_clean_text_comes_back_itself() -> None:
    text = "示例公司公告：营收6.09亿元，“同比”增长29.57%……\nSociété Générale, Größe, ①㎡x²\n￥300"
    assert repair(text) == Repaired(text)


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(ConfigError, match="zh-finance, zh-keep-width, zh-halfwidth, nfc, none"):
        repair("", "nfkc")


@pytest.mark.parametrize(
    "text",
    [
        "&amp;" * 20_000,
        "&" + "amp;" * 30_000,
        "a" + "\u0323\u0301" * 50_000,
        "Ã" * 100_000,
        "Ã " * 30_000,
        "\x80" * 100_000,
        "\x1b[" * 50_000,
        "\x1b[" + "1" * 100_000,
        "Ã©\n" * 10_000,
        "ÃƒÂ©" * 20_000,
        "\u200d" * 100_000,
        "Ａ。" * 30_000,
    ],
    ids=lambda text: ascii(text[:5]),
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    start = time.process_time()
    repair(text)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("line", "repaired"),
    [
        ("示例公司今日发布公告。</p>", "示例公司今日发布公告。"),
        ("示例公司今日发布公告。 </span></p>\n下一段。<br/>", "示例公司今日发布公告。\n下一段。"),
        ("他问：“去不去？”</P>  ", "他问：“去不去？”  "),
    ],
)
def test_tags_behind_a_chinese_sentence_at_the_end_of_a_line_are_residue(line, repaired):
    assert repair(line).text == repaired


@pytest.mark.parametrize(
    "line",
    [
        "段落以</p>结束。",
        "Close every paragraph with </p>",
        "标签</p>",
        "它的标签是</p>。",
        "。</pre>",
        "公告。</p>后文继续",
    ],
)
def test_tags_anywhere_else_stay(line):
    assert repair(line).text == line


def test_characters_that_are_lost_already_are_flagged_where_they_stand():
    text = "第一行\n净利润\ufffd\ufffd亿元，锟斤拷锟斤拷公告\n"
    repaired = repair(text)
    assert repaired.text == text
    assert [(flag.kind, flag.line, flag.text) for flag in repaired.flags] == [
        ("lost-text", 2, "\ufffd\ufffd"),
        ("lost-text", 2, "锟斤拷锟斤拷"),
    ]
    assert all(text.startswith(flag.text, flag.start) for flag in repaired.flags)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("编者按</p>\n正文</div>", "编者按\n正文"),
        ("<p>编者按</p>", "<p>编者按</p>"),
        ("</p>", "</p>"),
        ("标签</p>之后", "标签</p>之后"),
    ],
)
def test_in_text_known_to_be_flattened_a_closing_tag_ends_no_line(text, repaired):
    assert repair(text, flattened=True).text == repaired
