"""Two rule sets over a corpus: what fares differently, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from articlekit.config import Config
from articlekit.engines.removals import removed_by
from articlekit.engines.rulediff import DiffTally, rule_diff
from articlekit.engines.run import run
from articlekit.errors import InputError
from articlekit.records.inputs import expand
from articlekit.records.raw import read
from articlekit.rules.load import load, load_builtin
from articlekit.rules.model import Rule, RuleSet

PROSE = "示例银行前三季度净利润6.09亿元，同比增长29.57%，不良贷款率较年初下降，资本充足率保持稳定。"
DOCUMENTS = [
    f"公司公告\n{PROSE}\n责任编辑：温知夏\n投资有风险，入市需谨慎。",
    f"公司公告\n{PROSE}\n以上就是全部内容",
    f"公司公告\n{PROSE}",
    "打开APP体验更佳\n投资有风险，入市需谨慎。",
    "",
]


def made(rule_id: str, pattern: str, literal: str) -> Rule:
    return Rule(
        id=rule_id, category="made", pattern=pattern, prefilter=(literal,), why="x", match=(), no_match=()
    )


CLOSING = made("my.made.closing", "以上就是.{0,9}", "以上就是")
EDITOR = made("my.made.editor", "责任编辑:.{2,4}", "责任编辑")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    lines = [
        json.dumps({"id": f"d{n}", "text": text}, ensure_ascii=False) for n, text in enumerate(DOCUMENTS)
    ]
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def changes(corpus: Path, first: RuleSet, second: RuleSet):
    tally = DiffTally()
    found = list(rule_diff(read(expand([str(corpus)])), Config(), first, second, tally))
    return {change.id: change for change in found}, tally


def with_builtin(*rules: Rule) -> RuleSet:
    return RuleSet.of((*rules, *load_builtin()))


def test_the_same_rules_change_nothing(corpus: Path) -> None:
    found, tally = changes(corpus, load_builtin(), load_builtin())
    assert found == {}
    assert (tally.documents, tally.changed) == (5, 0)


def test_a_line_that_the_second_set_removes(corpus: Path) -> None:
    found, tally = changes(corpus, load_builtin(), with_builtin(CLOSING))
    (line,) = found.pop("d1").lines
    assert (line.kind, line.line, line.text) == ("removed", 3, "以上就是全部内容")
    assert (line.before, line.after) == (None, "my.made.closing")
    assert not found
    assert tally.to_dict() == {
        "documents": 5,
        "changed": 1,
        "lines": {"removed": 1},
        "rules": {"my.made.closing": 1},
    }


def test_a_line_that_the_second_set_keeps_and_a_field_that_is_lost(corpus: Path) -> None:
    found, _ = changes(corpus, load_builtin(), load(disable=["zh.byline.*"]))
    kept = [(line.kind, line.text) for line in found["d0"].lines]
    assert ("kept", "责任编辑：温知夏") in kept
    assert ("editor", "温知夏", None) in found["d0"].fields


def test_another_rule_for_the_same_line_is_shown_but_does_not_count(corpus: Path) -> None:
    first = RuleSet.of((EDITOR,))
    second = RuleSet.of((made("my.made.other", "责任编辑:.{2,5}", "责任编辑"),))
    found, tally = changes(corpus, first, second)
    assert [(line.kind, line.before, line.after) for line in found["d0"].lines] == [
        ("rule", "my.made.editor", "my.made.other")
    ]
    assert not found["d0"].matters
    assert tally.changed == 0


def test_documents_that_only_one_set_quarantines(corpus: Path) -> None:
    found, tally = changes(corpus, load(builtin=False), load_builtin())
    assert found["d3"].reasons == (None, "empty-body")
    assert found["d3"].matters
    assert "d4" not in found
    assert tally.documents == 5
    back, _ = changes(corpus, load_builtin(), load(builtin=False))
    assert back["d3"].reasons == ("empty-body", None)


def test_what_a_rule_removed_is_read_back_from_a_run(corpus: Path, tmp_path: Path) -> None:
    settings = {"run.workers": 1, "run.ledger": True, "output.drop_if": ["quality.chars > 0"]}
    for name, values in (("out", {"run.ledger": True}), ("dropped", settings)):
        run([str(corpus)], tmp_path / name, Config.from_values({**values, "run.workers": 1}))
        found = removed_by("zh.byline.editor", tmp_path / name)
        assert (found.hits, found.total, dict(found.texts)) == (1, 1, {"责任编辑：温知夏": 1})
        assert found.documents == 3
    assert removed_by("zh.byline.editor", tmp_path / "out" / "ledger.jsonl").total == 1
    assert removed_by("zh.byline.editor", tmp_path / "out" / "articles.jsonl").documents == 1
    with pytest.raises(InputError, match=r"no articles\.jsonl here"):
        removed_by("zh.byline.editor", tmp_path)
