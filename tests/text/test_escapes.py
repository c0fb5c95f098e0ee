r"""Characters written as codes."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.model import Edit
from articlekit.text.escapes import entity_edits, escape_edits, terminal_edits
from articlekit.text.positions import apply_edits


def decoded(text: str) -> str:
    return apply_edits(text, tuple(escape_edits(text)))


@pytest.mark.parametrize(
    "damaged",
    [
        "示例公司&#x53d1&#x5e03公告",
        "示例公司&#X53D1;&#X5E03;公告",
        "示例公司&#21457&#24067公告",
        "示例公司&amp;#21457;&amp;#24067;公告",
        r"示例公司\u53d1\u5e03公告",
        r"示例公司\U000053D1\U00005e03公告",
        r"示例公司\u{53d1}\u{5e03}公告",
        r"示例公司\\u53d1\\u5e03公告",
        "示例公司%u53D1%u5E03公告",
        "示例公司%E5%8F%91%E5%B8%83公告",
        r"示例公司\xe5\x8f\x91\xE5\xB8\x83公告",
        r"示例公司\\xe5\\x8f\\x91\\xE5\\xB8\\x83公告",
    ],
)
def test_each_kind_of_code_is_decoded(damaged: str) -> None:
    assert decoded(damaged) == "示例公司发布公告"


def test_halves_of_a_character_are_joined() -> None:
    assert decoded(r"涨停\ud83d\ude80\ud83d\udcb0") == "涨停🚀💰"
    assert decoded("涨停%uD83D%uDE80%u4E86") == "涨停🚀了"
    assert decoded(r"涨停\ud83d\u4e86\u4e86") == r"涨停\ud83d\u4e86\u4e86"


def test_blanks_written_as_codes_between_decoded_words_are_decoded_too() -> None:
    assert decoded("%E5%85%AC%E5%8F%B8ABC%20%E5%85%AC%E5%91%8A") == "公司ABC 公告"


def test_blanks_and_quotes_named_without_a_semicolon_are_decoded() -> None:
    assert decoded("&nbsp&nbsp示例公司&ldquo公告&rdquo。") == "\u00a0\u00a0示例公司“公告”。"


def test_an_edit_says_place_kind_and_confidence() -> None:
    (edit,) = escape_edits("第一行\n公司\\u53d1\\u5e03公告")
    assert edit == Edit("repair", "escapes", 6, 18, r"\u53d1\u5e03", "发布", 0.95)
    (edit,) = escape_edits(r"\u516c\u53f8\u53d1\u5e03\u516c\u544a")
    assert edit.confidence == 1.0


@pytest.mark.parametrize(
    "line",
    [
        r"示例公司\u53d1布",  # one alone
        r'{"title": "\u53d1\u5e03\u516c\u544a\u5168\u6587"}',
        r'title = "\u53d1\u5e03\u516c\u544a"',
        r"[\u4e00-\u9fa5]+",
        r"匹配中文用 [\u4e00-\u9fa5\u3000]",
        r"他的 Unicode 编码是 \u53d1\u5e03",
        r"re.compile(`\u53d1\u5e03`)",
        "https://example.com/wiki/%E5%8F%91%E5%B8%83%E5%85%AC%E5%91%8A",
        "见 example.com/s?q=%E5%8F%91%E5%B8%83&x=1",
        "q=%E5%8F%91%E5%B8%83",
        "<a href='%E5%8F%91%E5%B8%83'>",
        r"C:\u53d1\u5e03",
        "/tmp/%E5%8F%91%E5%B8%83%E5%85%AC%E5%91%8A.txt",
        r"\begin{equation} \uparrow \unicode",
        "printf('%u %E %x %d', 50%25)",
        "增长5%，其中A产品占20%25",
        r"\x89PNG\x0d\x0a",
        r"\xff\xfe\xff\xfe",
        r"\u200e\u202e\u0000\u000a",
        r"\ud800\ud800",
        r"\ue000\ue001",
        r"\U00110000\UFFFFFFFF",
        "&#9999999&#9999999",
        "&#x20135&#x2",
        "AT&T &c. R&D",
        r"// \u53d1\u5e03\u516c\u544a",
    ],
)
def test_code_addresses_and_what_is_no_text_stay(line: str) -> None:
    assert decoded(line) == line


def test_digits_behind_a_code_without_an_end_make_it_unreadable() -> None:
    line = "公司&#21457&#24067&#200132024年"
    assert decoded(line).endswith("&#200132024年")


def test_entities_are_decoded_on_lines_without_markup() -> None:
    line = "A&amp;B&nbsp;示例&#20013;&#10;&#8238;&nosuch;"
    assert apply_edits(line, tuple(entity_edits(line))) == "A&B\u00a0示例中&#10;&#8238;&nosuch;"
    assert list(entity_edits("<p>A&amp;B</p>")) == []
    assert list(entity_edits("html.escape('&') gives '&amp;'")) == []
    assert [edit.kind for edit in entity_edits("A&amp;B")] == ["escapes"]


def test_colour_codes_of_terminals_go_whole() -> None:
    assert apply_edits("\x1b[1;31m公告\x1b[0m", tuple(terminal_edits("\x1b[1;31m公告\x1b[0m"))) == "公告"


CODES = [
    r"\u4e2d", r"\u56fd", r"\ud83d", r"\ude00", r"\u000a", r"\u202e", r"\U0001F4B0", r"\xE4\xB8\xAD", r"\x0a",
    "%u4e2d", "%E4%B8%AD", "%0A", "&#x4e2d", "&#20013;", "&#10;", "&#8232", "&#55357;",
    "公司", "a", "1", " ", "\n", "&", "\\",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(CODES), max_size=14).map("".join))
def test_nothing_but_text_comes_out_and_edits_say_what_was_there(text: str) -> None:
    for edits in (tuple(escape_edits(text)), tuple(entity_edits(text))):
        for edit in edits:
            assert text[edit.start : edit.end] == edit.before
            assert all(unicodedata.category(character)[0] in "LMNPSZ" for character in edit.after)
            assert len(edit.after.splitlines()) == 1
            edit.after.encode()


def test_hostile_lines_take_linear_time() -> None:
    rng = random.Random(1)
    start = time.process_time()
    for text in (
        r"\u4e2d" * 50_000,
        "%E4%B8%AD" * 50_000,
        "&#x4e2d" * 50_000,
        "&amp;" * 60_000,
        "\\" * 300_000,
        "%E4" * 30_000,
        '"' * 200_000 + r"\u4e2d\u4e2d",
        "".join(rng.choice("&#x\\u%E4b8;") for _ in range(200_000)),
    ):
        list(escape_edits(text))
    assert time.process_time() - start < 5
