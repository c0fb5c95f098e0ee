"""Every line has a fate that agrees with the article; pages are escaped, diffs apply."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import articlekit
from articlekit.explain import LineFate, explain, html_page, unified_diff
from articlekit.model import Cleaned, Quarantined, Record, Source
from articlekit.pipeline import Pipeline
from articlekit.rules.load import load_builtin
from articlekit.rules.model import Rule, RuleSet

PROSE = "示例银行前三季度净利润6.09亿元，同比增长29.57%，不良贷款率较年初下降，资本充足率保持稳定。"
TEXT = f"""示例銀行公佈三季報
首页 > 财经
{PROSE}

一、资产质量
免责声明怎么写，是另一个问题。
侵权联系：13000000001
{PROSE}{PROSE}（完）
责任编辑：温知夏
投资有风险，入市需谨慎。"""


def cleaned(text: str = TEXT, **fields: Any) -> Cleaned:
    return Pipeline().clean(Record(Source("a.txt", sha256="0" * 64), text, **fields))


def fates(text: str = TEXT) -> dict[int, LineFate]:
    return {fate.number: fate for fate in explain(cleaned(text))}


def test_every_line_has_fate_and_zone() -> None:
    found = fates()
    assert [(n, f.fate, f.zone) for n, f in found.items()] == [
        (1, "title", "header"),
        (2, "removed", "header"),
        (3, "body", "body"),
        (4, "blank", "body"),
        (5, "heading", "body"),
        (6, "body", "body"),
        (7, "body", "body"),
        (8, "trimmed", "body"),
        (9, "removed", "footer"),
        (10, "removed", "footer"),
    ]


def test_what_is_kept_is_what_the_article_holds() -> None:
    outcome = cleaned()
    kept = [fate.kept for fate in explain(outcome) if fate.kept is not None]
    assert kept[0] == outcome.article.title == "示例银行公布三季报"
    assert "\n".join(kept[1:]) == outcome.article.text
    assert fates()[8].kept == PROSE + PROSE


def test_a_near_miss_says_which_condition_did_not_hold() -> None:
    (miss,) = fates()[7].near
    assert (miss.rule.category, miss.reason) == ("contact", "zone")
    assert "footer" in miss.detail
    assert "body" in miss.detail


def test_a_figure_that_protects_a_line_is_a_near_miss() -> None:
    made = {"id": "t.made.x", "category": "made", "why": "x", "match": (), "no_match": ()}
    rules = RuleSet.of((Rule(pattern="本季.{0,30}", prefilter=("本季",), **made),))
    lines = f"标题\n{PROSE}\n本季营收6.09亿元\n{PROSE}"
    found = explain(Pipeline(rules=rules).clean(Record(Source("a"), lines)), rules)
    assert [(fate.number, miss.reason) for fate in found for miss in fate.near] == [(3, "figure")]


@given(st.lists(st.sampled_from([*TEXT.split("\n"), "\ud800<b>", "a\rb", "\0"]), min_size=1, max_size=12))
def test_fates_agree_with_the_article_whatever_the_lines(lines: list[str]) -> None:
    outcome = Pipeline().process(Record(Source("a"), "\n".join(lines)))
    if isinstance(outcome, Quarantined):
        return
    found = explain(outcome)
    assert "\n".join(f.before for f in found) == re.sub("\r\n|\r", "\n", outcome.trace.base)
    kept = [f.kept for f in found if f.kept is not None and f.fate != "title"]
    assert "\n".join(kept) == outcome.article.text
    for fate in found:
        assert (fate.kept is None) is (fate.fate in ("removed", "blank"))
    "".join(html_page([(outcome, found)])).encode()
    list(unified_diff(found, "a"))


# --- as a diff -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [TEXT, TEXT + "\n\n\n" + TEXT, f"{TEXT}\n" + "\n".join([PROSE] * 30 + ["分享"])]
)
def test_a_diff_applies_to_the_decoded_text_and_gives_the_clean_text(text: str, tmp_path: Path) -> None:
    outcome = cleaned(text)
    found = explain(outcome)
    (tmp_path / "a.txt").write_text(text + "\n", "utf-8")
    patch = "\n".join(unified_diff(found, "a.txt")) + "\n"
    command = ["patch", "-s", "a.txt"]
    try:
        subprocess.run(command, input=patch.encode(), cwd=tmp_path, check=True)
    except FileNotFoundError:
        pytest.skip("no patch on this machine")
    expected = f"{outcome.article.title}\n{outcome.article.text}\n"
    assert (tmp_path / "a.txt").read_text("utf-8") == expected


def test_nothing_changed_is_no_diff() -> None:
    assert list(unified_diff(explain(cleaned(f"标题\n{PROSE}")), "a.txt")) == []


# --- as a page -------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page(*outcomes: Cleaned | Quarantined) -> tuple[str, _Page]:
    text = "".join(html_page((o, explain(o) if isinstance(o, Cleaned) else ()) for o in outcomes))
    parsed = _Page()
    parsed.feed(text)
    assert parsed.open == []
    return text, parsed


def test_a_page_shows_removed_lines_in_place_with_their_rules() -> None:
    text, parsed = page(cleaned())
    shown = "".join(parsed.text)
    assert shown.index("首页 > 财经") < shown.index("一、资产质量") < shown.index("责任编辑：温知夏")
    assert "zh.byline.editor" in shown
    assert 'class="trimmed"' in text


def test_changes_are_marked_with_what_stood_there_before() -> None:
    text, _ = page(cleaned())
    assert re.search("<del[^>]*>銀</del><ins[^>]*>银</ins>|<del[^>]*>銀行[^<]*</del><ins[^>]*>银行", text)


def test_what_comes_from_outside_is_escaped() -> None:
    bad = '<script>alert("x")</script><img src=x onerror=y>\0\ud800'
    outcome = cleaned(f"{bad}\n{PROSE}\n分享{bad}\n責任編輯：{bad}", id=f"'{bad}", media="text")
    failed = Quarantined(Source(bad), bad, bad, bad)
    text, parsed = page(outcome, failed)
    assert not {"script", "img"} & set(parsed.tags)
    text.encode("utf-8")


def test_a_page_needs_nothing_else() -> None:
    text, parsed = page(cleaned())
    assert not {"script", "link", "img", "iframe"} & set(parsed.tags)
    assert "url(" not in text


def test_a_category_has_one_colour_everywhere() -> None:
    colours = [
        re.findall(r'<span style="(.*?)">byline', page(cleaned(text))[0]) for text in (TEXT, TEXT + "\n分享")
    ]
    assert colours[0] == colours[1] != []


# --- from Python and the command line are tested beside them ----------------------------------------------


def test_a_cleaner_explains() -> None:
    found = articlekit.Cleaner().explain(TEXT)
    assert [fate.fate for fate in found] == [fate.fate for fate in explain(cleaned(), load_builtin())]
    with pytest.raises(articlekit.RecordError):
        articlekit.Cleaner().explain("")
