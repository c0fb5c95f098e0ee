"""The rules that come with articlekit: their examples, other wordings, and clean text."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from made_rules import DATA, MORE_PROSE, PROSE, document, finance_prose
from tools.rule_pages import row

from articlekit.rules.load import builtin_folder, load, load_builtin
from articlekit.rules.match import find, matcher
from articlekit.rules.model import Rule
from articlekit.rules.selftest import check_clean, check_examples, check_hostile
from articlekit.steps.chrome import remove

RULES = list(load_builtin())
CLEAN = sorted((Path(__file__).resolve().parents[2] / "fixtures" / "clean").glob("*.txt"))
DOCS = Path(__file__).resolve().parents[2] / "docs" / "rules"
WORDINGS = [
    (category, line)
    for category, lines in tomllib.loads((DATA / "wordings.toml").read_text("utf-8"))["footer"].items()
    for line in lines
]


def _name(part: Rule | str) -> str:
    return part if isinstance(part, str) else part.id


def hits(rule: Rule, text: str) -> bool:
    return any(hit.rule.id == rule.id for hit in matcher(load_builtin()).match_line(text))


@pytest.mark.parametrize(
    ("rule", "text"),
    [(rule, text) for rule in RULES for text in rule.match],
    ids=lambda part: getattr(part, "id", part),
)
def test_a_rule_matches_its_examples(rule: Rule, text: str) -> None:
    assert hits(rule, text)


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in RULES for text in rule.no_match], ids=_name
)
def test_a_rule_leaves_its_counterexamples(rule: Rule, text: str) -> None:
    assert not hits(rule, text)


def test_every_pattern_is_bounded_and_every_file_passes_the_loader() -> None:
    assert load([str(builtin_folder())], builtin=False) == load_builtin()


def test_no_rule_misses_is_shadowed_or_has_a_miss_that_passes() -> None:
    assert list(check_examples(load_builtin())) == []


def test_every_rule_has_an_example_that_no_other_rule_matches() -> None:
    match_line = matcher(load_builtin()).match_line
    for rule in RULES:
        assert any([hit.rule.id for hit in match_line(text)] == [rule.id] for text in rule.match), rule.id


def test_there_are_rules_enough_in_every_category() -> None:
    general = Counter(rule.category for rule in RULES if rule.domains == ("*",))
    assert sum(general.values()) >= 150
    assert set(general) == {path.stem for path in DOCS.glob("*.md")}


def test_no_rule_knows_a_site_of_the_net() -> None:
    address = re.compile(r"[\w-]+\.(?:com|cn|net|org|hk|tw)\b")
    for rule in RULES:
        for text in (rule.pattern, *rule.match, *rule.no_match):
            assert all(name.startswith("example.") for name in address.findall(text.lower())), rule.id


def test_a_file_holds_the_category_it_is_named_after() -> None:
    for rule in RULES:
        assert Path(rule.file).stem == rule.category
        assert f".{rule.category}." in rule.id


@pytest.mark.parametrize(("category", "line"), WORDINGS)
def test_other_wordings_go_too(category: str, line: str) -> None:
    found = find(document("标题", PROSE, MORE_PROSE, line), load_builtin())
    assert 3 in found.whole, "no rule fires"
    assert found.whole[3].rule.category == category


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_clean_text_stays(path: Path) -> None:
    assert list(check_clean(load_builtin(), [path.read_text("utf-8")])) == []


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_each_line_of_clean_text_stays_wherever_it_stands(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    around = [f"{line}\n{PROSE}" for line in lines] + [f"{PROSE}\n{line}" for line in lines]
    assert list(check_clean(load_builtin(), around)) == []


def test_generated_prose_about_chrome_stays() -> None:
    assert list(check_clean(load_builtin(), map(finance_prose, range(300)))) == []


def test_each_line_of_generated_prose_stays_above_and_below_the_body() -> None:
    lines = [line for seed in range(300, 360) for line in finance_prose(seed).splitlines()]
    around = [f"{line}\n{PROSE}" for line in lines] + [f"{PROSE}\n{line}" for line in lines]
    assert list(check_clean(load_builtin(), around)) == []


@pytest.mark.parametrize("figure", ["，同比增长3.5%", "，涉及金额12.6亿元。", "（600000.SH）"])
def test_a_line_of_the_body_with_a_figure_stays_whatever_it_says(figure: str) -> None:
    for rule in RULES:
        for text in rule.match:
            cleaned = remove(document(PROSE, text + figure, MORE_PROSE), load_builtin())
            (kept,) = [line.text for line in cleaned.lines if line.number == 2]
            assert kept == text + figure or (rule.scope == "inline" and kept.endswith(figure)), rule.id


def test_a_line_of_the_body_that_a_rule_would_take_is_flagged_for_its_figure() -> None:
    lines = ["展开剩余60%", "本文共3200字，阅读约需6分钟", "公司未予置评。（延伸阅读：临江银行净利增长3.5%）"]
    cleaned = remove(document(PROSE, *lines, MORE_PROSE), load_builtin())
    assert [line.text for line in cleaned.lines] == [PROSE, *lines, MORE_PROSE]
    assert [(flag.kind, flag.line) for flag in cleaned.flags] == [("kept-figure", 2), ("kept-figure", 4)]


def test_no_rule_is_slow_on_lines_made_against_it() -> None:
    assert list(check_hostile(load_builtin())) == []


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_the_page_of_a_category_shows_its_rules_as_they_are(page: Path) -> None:
    rows = [line for line in page.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert rows == [row(rule) for rule in RULES if rule.category == page.stem], "python tools/rule_pages.py"


@pytest.mark.parametrize("headline", (DATA / "headlines.txt").read_text("utf-8").splitlines())
def test_headlines_that_speak_of_chrome_stay(headline: str) -> None:
    found = find(document(headline, "", PROSE, headline, MORE_PROSE), load_builtin())
    assert not found.whole
    assert not found.parts


@pytest.mark.parametrize(
    "line",
    [
        "作者",
        "专栏",
        "附表",
        "主要产品",
        "费率",
        "图表目录",
        "风险提示：利率上行快于预期",
        "数据来源：公司公告",
        "相关概念股：临江银行、望湖科技",
        "公司地址变更",
        "中签率：0.03%",
        "评级：增持",
    ],
)
def test_short_lines_of_an_article_stay_below_its_prose(line: str) -> None:
    assert 3 not in find(document("标题", PROSE, MORE_PROSE, line), load_builtin()).whole
