"""Chrome goes with its rule named, bylines become fields, and nothing of the body is lost."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articlekit.rules.load import load, load_builtin
from articlekit.rules.model import Rule, RuleSet
from articlekit.steps.chrome import Cleaned, remove
from articlekit.text.lines import Line, split_lines

PROSE = "周三早盘，三大指数小幅低开，随后在券商板块带动下震荡走高，两市成交额较上一交易日放大。"
MORE_PROSE = "分析师认为，政策的效果将在年底前显现，但海外流动性的变化仍是最大的不确定因素。"
FIGURES = "青禾新材公告，前三季度净利润为6.09亿元，同比增长29.57%，高于市场此前的预期。"


def clean(*lines: str, rules: RuleSet | None = None) -> Cleaned:
    return remove(split_lines("\n".join(lines)), rules or load_builtin())


def texts(cleaned: Cleaned) -> list[str]:
    return [line.text for line in cleaned.lines]


def made(pattern: str, literal: str, **values: object) -> Rule:
    fields: dict[str, object] = {
        "id": "t.made",
        "category": "made",
        "pattern": pattern,
        "prefilter": (literal,),
        "why": "Made for a test.",
        "match": (literal,) * 2,
        "no_match": ("正文",),
    }
    return Rule(**{**fields, **values})  # type: ignore[arg-type]


def test_the_footer_of_a_page_goes_line_by_line() -> None:
    cleaned = clean(
        "国债逆回购怎么选期限",
        "",
        PROSE,
        MORE_PROSE,
        "责任编辑：林霁",
        "特别声明：本文为创作者上传，仅代表其个人观点。本站仅提供信息存储服务。",
        "内容侵权、删帖联系方式：13000000001 shenhe@example.cn",
        "",
        "精彩推荐",
        "投诉",
    )
    assert texts(cleaned) == ["国债逆回购怎么选期限", "", PROSE, MORE_PROSE, ""]
    assert [(removal.line, removal.category) for removal in cleaned.removed] == [
        (5, "byline"),
        (6, "disclaimer"),
        (7, "contact"),
        (9, "recommend"),
        (10, "navigation"),
    ]
    assert cleaned.fields == {"editor": "林霁"}
    assert cleaned.flags == ()


def test_the_same_footer_in_traditional_characters_goes_too() -> None:
    cleaned = clean(PROSE, "責任編輯：林霽", "免責聲明：本文僅供參考。", "延伸閱讀", "臨江銀行下調利率")
    assert texts(cleaned) == [PROSE]
    assert cleaned.fields == {"editor": "林霽"}


def test_buttons_inside_the_body_stay() -> None:
    lines = [PROSE, "投诉", MORE_PROSE, "分享", PROSE]
    assert texts(clean(*lines)) == lines


def test_sentences_about_chrome_stay_even_at_the_end() -> None:
    lines = [PROSE, "法院认为，免责声明不能免除发行人的责任，客服热线也应当在显著位置公布。"]
    assert texts(clean(*lines)) == lines


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("（责任编辑：林霁 周慕云）", {"editor": "林霁 周慕云"}),
        ("撰文：周慕云", {"author": "周慕云"}),
        ("文/周慕云 编辑/林霁", {"author": "周慕云", "editor": "林霁"}),
        ("来源：临江 Daily 财经", {"channel": "临江 Daily 财经"}),
        ("編輯：ＡＢ１２３", {"editor": "ＡＢ１２３"}),
    ],
)
def test_bylines_under_the_body_become_fields(line: str, fields: dict[str, str]) -> None:
    cleaned = clean(PROSE, line)
    assert texts(cleaned) == [PROSE]
    assert cleaned.fields == fields


def test_the_first_of_two_bylines_fills_the_field() -> None:
    assert clean(PROSE, "责任编辑：林霁", "责任编辑：周慕云").fields == {"editor": "林霁"}


def test_a_byline_behind_the_last_sentence_is_trimmed_off() -> None:
    cleaned = clean(FIGURES + "（完）（责任编辑：林霁）")
    assert texts(cleaned) == [FIGURES]
    assert cleaned.fields == {"editor": "林霁"}
    assert [removal.text for removal in cleaned.removed] == ["（责任编辑：林霁）", "（完）"]
    assert cleaned.lines[0].number == 1


def test_a_line_of_nothing_but_parts_goes_altogether() -> None:
    cleaned = clean(PROSE, "（完）（编辑：林霁）", MORE_PROSE)
    assert texts(cleaned) == [PROSE, MORE_PROSE]


def test_a_body_line_with_a_figure_is_kept_and_flagged() -> None:
    rules = RuleSet.of((made(".{0,40}净利润.{0,40}", "净利润"),))
    cleaned = clean(PROSE, FIGURES, MORE_PROSE, rules=rules)
    assert texts(cleaned) == [PROSE, FIGURES, MORE_PROSE]
    assert cleaned.removed == ()
    (flag,) = cleaned.flags
    assert (flag.kind, flag.line, flag.text) == ("kept-figure", 2, FIGURES)
    assert flag.start == len(PROSE) + 1


def test_a_part_with_a_figure_is_kept_too() -> None:
    rise = made("[(]涨.{1,20}[)]", "(涨", scope="inline", anchor="end", action="trim")
    line = PROSE + "（涨3.5%）"
    cleaned = clean(line, rules=RuleSet.of((rise,)))
    assert texts(cleaned) == [line]
    assert [flag.text for flag in cleaned.flags] == ["（涨3.5%）"]


def test_figures_outside_the_body_do_not_hold_a_line() -> None:
    cleaned = clean(PROSE, "相关阅读", "青禾新材净利润6.09亿元")
    assert texts(cleaned) == [PROSE]
    assert [removal.rule for removal in cleaned.removed] == ["zh.related.list"] * 2


def test_a_rule_that_flags_removes_nothing() -> None:
    rules = RuleSet.of((made("三大指数.{0,9}", "三大指数", anchor="search", max_chars=200, action="flag"),))
    cleaned = clean("标题", PROSE, rules=rules)
    assert texts(cleaned) == ["标题", PROSE]
    (flag,) = cleaned.flags
    assert flag.kind == "rule:t.made"
    assert ("标题\n" + PROSE)[flag.start : (flag.start or 0) + len(flag.text)] == flag.text


def test_a_date_that_cannot_be_read_fills_no_field() -> None:
    rule = made("发布:(?P<published>.{2,20})", "发布", action="field", field="published")
    assert clean("发布：2024年5月6日 10:00", rules=RuleSet.of((rule,))).fields == {
        "published": "2024-05-06T10:00"
    }
    assert clean("发布：昨天", rules=RuleSet.of((rule,))).fields == {}


def test_rules_of_a_site_apply_to_its_pages_only() -> None:
    rules = RuleSet.of((made("本页由.{1,9}支持", "本页由", domains=("example.cn",)),))
    lines = split_lines(f"{PROSE}\n本页由青禾支持")
    assert len(remove(lines, rules, "https://m.example.cn/1").lines) == 1
    assert len(remove(lines, rules, "https://example.com/1").lines) == 2
    assert len(remove(lines, rules).lines) == 2


def test_role_and_number_of_a_line_survive() -> None:
    lines = (Line(7, "一、背景", "heading", 2), Line(9, FIGURES + "（完）", "paragraph"))
    cleaned = remove(lines, load_builtin())
    assert cleaned.lines == (lines[0], Line(9, FIGURES, "paragraph"))


def test_without_rules_nothing_changes() -> None:
    lines = split_lines(f"分享\n{PROSE}\n责任编辑：林霁")
    assert remove(lines, load(builtin=False)).lines == lines


_PIECES = [PROSE, MORE_PROSE, FIGURES, "免责声明：本文仅供参考。", "侵权联系：13000000001", "打开APP体验更佳"]
_PIECES += ["", "  ", "投诉", "分享", "责任编辑：林霁", "（完）", "相关阅读", "A+ A-", "1.2亿元", "标题"]
_PIECES += ["\0", "\ud800", "a\rb", "\u2028"]
_TEXTS = st.sampled_from(_PIECES) | st.text(max_size=20).filter(lambda text: "\n" not in text)


@given(st.lists(_TEXTS, max_size=12), st.booleans())
def test_every_character_is_kept_or_in_a_removal(lines: list[str], glue: bool) -> None:
    if glue:
        lines = ["".join(lines[at : at + 2]) for at in range(0, len(lines), 2)]
    given_lines = split_lines("\n".join(lines))
    cleaned = remove(given_lines, load_builtin())
    kept = {line.number: line.text for line in cleaned.lines}
    assert list(kept) == sorted(kept)
    for line in given_lines:
        removed = "".join(removal.text for removal in cleaned.removed if removal.line == line.number)
        before = Counter("".join(line.text.split()))
        after = Counter("".join((kept.get(line.number, "") + removed).split()))
        assert before == after
    for line in given_lines:
        if not line.text.strip():
            assert kept[line.number] == line.text


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_footer_lines_does_not_matter(seed: int) -> None:
    footer = [
        "责任编辑：林霁",
        "特别声明：本文由用户上传，仅代表其个人观点，与本站立场无关，本站仅提供存储服务。",
        "内容侵权、删帖联系方式：13000000001 shenhe@example.cn",
        "声明：本网站刊登的信息仅供读者参考之用，不代表本网赞同其观点，也不对其真实性负责。",
        "打开APP体验更佳",
        "最新文章",
        "随机看看",
    ]
    random.Random(seed).shuffle(footer)
    assert texts(clean("标题", PROSE, *footer)) == ["标题", PROSE]


ADVERT = made(
    "[(]点击查看[^()]{0,20}[)]", "点击查看", scope="inline", anchor="search", action="trim", max_chars=4000
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("公司公告（点击查看年报）称，产能将翻番。", "公司公告称，产能将翻番。"),
        ("（点击查看年报）公司公告", "公司公告"),
        ("see (点击查看) here", "see here"),
        ("see(点击查看)here", "see here"),
        ("甲（点击查看1）乙（点击查看2）丙", "甲乙丙"),
    ],
)
def test_a_part_in_the_middle_of_a_line_goes_and_the_rest_stays(before: str, after: str) -> None:
    cleaned = clean("标题", PROSE + before, rules=RuleSet.of((ADVERT,)))
    assert cleaned.lines[1].text == PROSE + after
    assert all(removal.text.startswith(("（点击", "(点击")) for removal in cleaned.removed)


def test_a_part_with_a_figure_in_the_body_stays_and_others_go() -> None:
    line = PROSE + "甲（点击查看营收6.09亿元）乙（点击查看年报）丙"
    cleaned = clean("标题", line, rules=RuleSet.of((ADVERT,)))
    assert cleaned.lines[1].text == PROSE + "甲（点击查看营收6.09亿元）乙丙"
    assert [flag.kind for flag in cleaned.flags] == ["kept-figure"]


def test_a_flag_behind_a_part_that_went_points_at_its_text_in_the_article() -> None:
    from articlekit.body import place_flags, structure
    from articlekit.model import Flag, Metadata

    line = f"{PROSE}催收（点击查看年报）是催收。"
    lines = split_lines(f"标题\n{line}")
    body = structure(lines, RuleSet.of((ADVERT,)), Metadata())
    flags = [Flag("t", 2, 3 + line.rindex("催收"), "催收"), Flag("t", 2, 3 + line.index("催收"), "催收")]
    first, second = place_flags(flags, lines, body)
    assert (first.start, second.start) == (body.text.index("催收"), body.text.rindex("催收"))
