"""The rules that come with articlekit: their examples, other wordings, and clean text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from made_rules import DATA, MORE_PROSE, PROSE, document, finance_prose

from articlekit.rules.load import builtin_folder, load, load_builtin
from articlekit.rules.match import find, matcher
from articlekit.rules.model import Rule
from articlekit.rules.selftest import check_clean, check_examples, check_hostile

RULES = list(load_builtin())
CLEAN = sorted((Path(__file__).resolve().parents[2] / "fixtures" / "clean").glob("*.txt"))
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


def test_every_rule_fires_on_a_line_that_no_other_takes() -> None:
    for rule in RULES:
        firsts = [matcher(load_builtin()).match_line(text)[0].rule.id for text in rule.match]
        assert rule.id in firsts


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


def test_no_rule_is_slow_on_lines_made_against_it() -> None:
    assert list(check_hostile(load_builtin())) == []


def test_every_rule_is_on_the_page_of_its_category() -> None:
    docs = Path(__file__).resolve().parents[2] / "docs" / "rules"
    for rule in RULES:
        assert f"`{rule.id}`" in (docs / f"{rule.category}.md").read_text("utf-8"), rule.id


@pytest.mark.parametrize("headline", (DATA / "headlines.txt").read_text("utf-8").splitlines())
def test_headlines_that_speak_of_chrome_stay(headline: str) -> None:
    found = find(document(headline, "", PROSE, headline, MORE_PROSE), load_builtin())
    assert not found.whole
    assert not found.parts
