import pytest

from articlekit.steps.elided import find_elided
from articlekit.text.lines import split_lines


def found(text, skip=()):
    return [flag.text for flag in find_elided(split_lines(text), skip)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("常用的方式是 提醒。", "方式是 提醒。"),
        ("常用的方式是 、短信。", "方式是 、短信"),
        ("先拨打客户的 ,再登门。", "客户的 ,再登"),
        ("短信、 等方式都可以。", "短信、 等方式"),
        ("这个月逾期问也不少。", "月逾期问也不少"),
        ("這個月逾期問也不少。", "月逾期問也不少"),
        ("如何保护隐私是重要问。", "是重要问。"),
    ],
)
def test_a_missing_word_is_flagged_with_what_stands_around_it(text, shown):
    assert shown in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "客户的疑问由顾问解答，访问量上升，问卷已经收回。",
        "解决问题，问答环节，他问了三个问题，请问如何办理。",
        "利率为 4.5%，较上月下降 0.2 个百分点。",
        "由 ABC 公司提供。",
        "　　段首的空格。",
        "",
    ],
)
def test_ordinary_blanks_and_words_are_not_flagged(text):
    assert found(text) == []


def test_skipped_lines_are_left_alone_and_positions_count_all_lines():
    lines = split_lines("标题 甲乙\n方式是 提醒。")
    (flag,) = find_elided(lines, {1})
    joined = "\n".join(line.text for line in lines)
    assert joined[flag.start :].startswith(flag.text)
    assert flag.line == 2


def test_a_line_of_blanks_takes_linear_time():
    assert found("字" + " " * 200_000 + "字") == []
