"""Annotated GBK on made documents, and documents that only look like it."""

import random
import re

import pytest
from benchmarks.annotated import STYLES, Maker
from tools.make_fixtures import GUIDE

from articlekit.steps.annotated import is_annotated, recognise, undo
from articlekit.text.positions import apply_edits

CLEAN = "".join(character for character in GUIDE if character not in "麼")

UNTOUCHED = {
    "one rare name": "公司董事長趙䶮(yǎn)表示，前三季度營業收入48.36億元。趙䶮(yǎn)還說，明年繼續擴產。",
    "a dictionary": "\n".join(
        [
            "【貸】(dài) 借出或借入。組詞：貸款、借貸、信貸。",
            "【賬】(zhàng) 關於錢物出入的記載。組詞：賬目、賬戶。",
            "【債】(zhài) 欠別人的錢財。組詞：債務、公債、還債。",
            "【費】(fèi) 花用的錢。組詞：費用、學費、免費。",
            "【額】(é) 規定的數目。組詞：額度、金額、超額。",
        ]
    ),
    "a language lesson": "\n".join(
        [
            "今天我們學習五個漢字：錢(qián)、銀(yín)、貨(huò)、買(mǎi)、賣(mài)。",
            "請同學們先讀一讀，再用這些字組詞：金錢、銀行、貨物、買東西、賣水果。",
            "錢和銀都是金字旁，貨、買、賣都和貝有關，因為古人用貝殼做錢。",
            "最後請把今天學的字各寫十遍，明天上課聽寫。",
        ]
    ),
    "a lesson in simplified characters": "生词：银行(yínháng)、存款(cúnkuǎn)。请用银行、存款造句。",
    "brackets with words": "該指數(index)上漲，基金(fund)淨值隨(with)之上升，債券(bond)收益率下行。",
    "clean traditional text": CLEAN,
    "nothing": "",
}


@pytest.mark.parametrize("name", UNTOUCHED)
def test_documents_that_only_look_like_it_stay_as_they_are(name):
    text = UNTOUCHED[name]
    result = undo(text)
    assert result.text == text
    assert result.edits == ()
    assert not is_annotated(text)


@pytest.fixture(scope="module")
def make():
    """Return a function that makes one annotated document."""
    maker = Maker(random.Random(0))  # what a maker reads from tables takes a second

    def make(text, style, seed, share):
        maker.rng, maker.share = random.Random(seed), share
        return maker.make(text, style)

    return make


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", range(3))
def test_made_documents_come_back(make, style, seed):
    made = make(CLEAN, style, seed, 0.6)
    assert recognise(made.damaged).annotated
    result = undo(made.damaged)
    assert apply_edits(made.damaged, result.edits) == result.text
    assert result.text.count("\n") == made.damaged.count("\n")
    assert not re.search(r"\([a-zā-ǜüɡɑ]{1,6}\)", result.text) or not STYLES[style].marks
    wrong = sum(a != b for a, b in zip(result.text, made.expected, strict=False))
    if len(result.text) == len(made.expected):
        assert wrong <= 0.01 * len(made.expected)
    else:
        assert not STYLES[style].marks or abs(len(result.text) - len(made.expected)) < 10


@pytest.mark.parametrize("style", [name for name, style in STYLES.items() if style.marks])
def test_no_digit_and_no_letter_is_invented(make, style):
    for seed in range(4):
        made = make(CLEAN, style, seed, 0.8)
        result = undo(made.damaged).text
        for found in re.findall(r"[0-9A-Za-z]+", result):
            assert found in CLEAN, (style, seed, found)


def test_every_flag_stands_where_it_says(make):
    made = make(CLEAN, "question", 1, 0.9)
    result = undo(made.damaged)
    lines = result.text.split("\n")
    for flag in result.flags:
        assert flag.start is not None
        assert result.text.startswith(flag.text.split("\n")[0], flag.start)
        assert result.text.count("\n", 0, flag.start) + 1 == flag.line <= len(lines)


def test_html_is_undone_on_its_source(make):
    page = "<html><body>" + "".join(f"<p>{line}</p>\n" for line in CLEAN.split("\n")) + "</body></html>"
    made = make(page, "question-kept", 3, 0.6)
    result = undo(made.damaged).text
    assert result.count("</p>") >= page.count("</p>") - 1
    assert "(" not in result


def test_a_hostile_line_of_annotations_ends_quickly():
    assert undo("臺(tái)" * 20_000).text
    assert undo("(" * 100_000 + "ā" * 100_000).edits == ()
