"""Rules of scope ``selector`` take elements out of a page, and say so."""

from __future__ import annotations

import pytest

from articlekit.model import Record, Source
from articlekit.pipeline import Pipeline
from articlekit.records.ledger import decode_ledger, encode_ledger, restore
from articlekit.rules.load import load_builtin
from articlekit.rules.model import Rule, RuleSet
from articlekit.steps.selectors import take_out

PROSE = "周三早盘，三大指数小幅低开，随后在券商板块带动下震荡走高，两市成交额较上一交易日放大。"
MORE = "分析师认为，政策的效果将在年底前显现，但海外流动性的变化仍是最大的不确定因素。"
URL = "https://news.example.cn/1.html"
PAGE = f"""<html><head><meta charset="gbk"><title>三大指数走高_示例网</title></head><body><div class="main">
<h1>三大指数走高</h1><p>{PROSE}</p><div class="hot-box"><p>热股快讯今日精选三只</p><p>立即开户领福利</p></div>
<p>{MORE}</p></div></body></html>"""


def made(selector: str = "div.hot-box", **values: object) -> Rule:
    fields = {
        "id": "cn.advert.hot-box",
        "category": "advert",
        "prefilter": ("hot-box",),
        "why": "Box.",
        "match": (),
        "no_match": (),
        "domains": ("example.cn",),
    }
    return Rule(pattern=selector, scope="selector", **{**fields, **values})


def clean(page: str, *rules: Rule, url: str | None = URL):
    pipeline = Pipeline(rules=RuleSet.of((*rules, *load_builtin())))
    return pipeline.clean(Record(Source("a.html", sha256="0" * 64, url=url), page, media="html"))


def test_elements_go_and_are_recorded_line_by_line_with_the_rule() -> None:
    article = clean(PAGE, made()).article
    assert article.text == f"{PROSE}\n{MORE}"
    removed = [(r.line, r.rule, r.category, r.text) for r in article.removed]
    assert removed == [
        (2, "cn.advert.hot-box", "advert", "热股快讯今日精选三只"),
        (2, "cn.advert.hot-box", "advert", "立即开户领福利"),
    ]


def test_without_the_rule_the_lines_are_content() -> None:
    assert "立即开户领福利" in clean(PAGE).article.text


def test_the_rule_is_for_its_site() -> None:
    assert "立即开户领福利" in clean(PAGE, made(), url="https://other.example/1").article.text
    assert "立即开户领福利" in clean(PAGE, made(), url=None).article.text


def test_a_page_without_the_literal_is_not_parsed_again() -> None:
    page = PAGE.replace("hot-box", "cold-box")
    assert take_out(page, RuleSet.of((made("div"),)), URL).html is page


def test_running_text_with_a_figure_stays_and_is_flagged() -> None:
    figure = "公司前三季度实现营业收入6.09亿元，同比增长29.57%，净利润也随之增长，现金流明显改善。"
    page = PAGE.replace("<p>立即开户领福利</p>", f"<p>{figure}</p>")
    article = clean(page, made()).article
    assert figure in article.text
    (flag,) = [flag for flag in article.flags if flag.kind == "kept-figure"]
    assert article.text.startswith(figure, flag.start)
    assert not [removal for removal in article.removed if removal.category == "advert"]


def test_a_removal_behind_the_last_line_stands_at_the_last_line() -> None:
    page = PAGE.replace("</body>", "<div class='hot-box'>免费诊股</div></body>")
    article = clean(page, made()).article
    assert [(r.line, r.text) for r in article.removed][-1] == (2, "免费诊股")


def test_the_ledger_restores_the_extracted_lines() -> None:
    cleaned = clean(PAGE, made())
    ledger = decode_ledger(encode_ledger(cleaned.article, cleaned.trace))
    assert restore(cleaned.article, ledger) == cleaned.trace.base == f"{PROSE}\n{MORE}"


@pytest.mark.parametrize("selector", ["body", "html", "div.main"])
def test_the_page_itself_never_goes_and_what_is_left_of_it_decides(selector: str) -> None:
    page = PAGE.replace('class="main"', 'class="main hot-box"')
    selected = take_out(page, RuleSet.of((made(selector),)), URL)
    assert ("三大指数走高</h1>" in selected.html) is (selector != "div.main")
