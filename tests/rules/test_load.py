"""Rules are read, or refused with the file, the rule and the remedy."""

from __future__ import annotations

import pickle
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from articlekit.errors import RuleError
from articlekit.rules.load import load, load_builtin, load_folder
from articlekit.rules.model import RuleSet

GOOD = {
    "id": "zh.made.example",
    "category": "made",
    "pattern": "示例短语.{0,9}",
    "prefilter": ["示例短语"],
    "why": "Made for a test.",
    "match": ["示例短语", "示例短语再来"],
    "no_match": ["别的"],
}
CASES = tomllib.loads((Path(__file__).parent / "data" / "refused.toml").read_text("utf-8"))["case"]


def write(folder: Path, *rules: dict[str, Any], name: str = "made.toml") -> Path:
    path = folder / name
    path.write_text(tomli_w.dumps({"format": 1, "rule": list(rules)}), encoding="utf-8")
    return path


def test_a_good_rule_is_read_with_the_defaults_of_the_format(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (rule,) = load_folder(tmp_path)
    assert (rule.scope, rule.zone, rule.anchor, rule.action) == ("line", "any", "full", "remove")
    assert rule.domains == ("*",)
    assert rule.match == ("示例短语", "示例短语再来")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_loader_refuses(case: dict[str, Any], tmp_path: Path) -> None:
    if "text" in case:
        (tmp_path / "made.toml").write_text(case["text"], encoding="utf-8")
    else:
        changed = {key: value for key, value in GOOD.items() if key not in case.get("drop", ())}
        write(tmp_path, {**changed, **case.get("set", {})})
    with pytest.raises(RuleError) as error_info:
        load_folder(tmp_path)
    message = str(error_info.value)
    assert "made.toml" in message
    for part in case["says"]:
        assert part in message


def test_a_refused_rule_is_named(tmp_path: Path) -> None:
    write(tmp_path, GOOD, {**GOOD, "id": "zh.made.bad", "zone": "top"})
    with pytest.raises(RuleError, match=r"made\.toml: rule 'zh\.made\.bad': zone 'top'"):
        load_folder(tmp_path)


def test_an_id_may_be_used_once(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, name="other.toml")
    with pytest.raises(RuleError, match=r"already used in .*made\.toml"):
        load_folder(tmp_path)


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"holds no \*\.toml"):
        load_folder(tmp_path)
    with pytest.raises(RuleError, match="no such file or folder"):
        load_folder(tmp_path / "missing")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "made.toml").write_bytes("format = 1 # 规则".encode("gb18030"))
    with pytest.raises(RuleError, match="not UTF-8"):
        load_folder(tmp_path)


def test_own_rules_come_before_the_built_in_ones(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    rules = load([tmp_path])
    assert next(iter(rules)).id == "zh.made.example"
    assert len(rules) == len(load_builtin()) + 1


def test_rules_can_be_switched_off_by_id_and_by_pattern() -> None:
    rules = load(disable=["zh.disclaimer.investment-risk", "en.*"])
    ids = {rule.id for rule in rules}
    assert "zh.disclaimer.investment-risk" not in ids
    assert ids
    assert all(rule_id.startswith("zh.") for rule_id in ids)
    assert rules.version != load_builtin().version


def test_switching_off_what_does_not_exist_is_refused_with_a_hint() -> None:
    with pytest.raises(RuleError, match=r"did you mean 'zh\.byline\.editor'"):
        load(disable=["zh.byline.editer"])


def test_without_the_built_in_rules_nothing_is_left() -> None:
    assert len(load(builtin=False)) == 0


def test_the_version_is_that_of_the_content_and_not_of_the_place(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write(tmp_path / "a", GOOD)
    write(tmp_path / "b", GOOD, name="renamed.toml")
    one, other = load_folder(tmp_path / "a"), load_folder(tmp_path / "b")
    assert one == other
    assert one.version == other.version
    write(tmp_path / "b", {**GOOD, "confidence": 0.5}, name="renamed.toml")
    assert load_folder(tmp_path / "b").version != one.version


def test_rule_sets_can_be_pickled() -> None:
    rules = load_builtin()
    copy: RuleSet = pickle.loads(pickle.dumps(rules))
    assert copy == rules
    assert hash(copy) == hash(rules)
    assert copy.rules == rules.rules


def test_a_rule_that_an_earlier_one_shadows_is_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD, {**GOOD, "id": "zh.made.shadowed"})
    with pytest.raises(RuleError, match=r"made\.toml: rule 'zh\.made\.shadowed': shadowed: .* drop one"):
        load_folder(tmp_path)
    assert len(load([tmp_path], builtin=False, examples=False)) == 2


def test_a_known_miss_that_passes_is_no_ground_to_refuse(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "known_miss": ["示例短语了"]})
    assert len(load_folder(tmp_path)) == 1


def test_a_rule_of_ones_own_may_take_the_place_of_a_built_in_one(tmp_path: Path) -> None:
    slogan = load_builtin().get("zh.disclaimer.investment-risk")
    assert slogan is not None
    own = {
        **GOOD,
        "pattern": slogan.pattern,
        "prefilter": list(slogan.prefilter),
        "match": list(slogan.match),
        "no_match": list(slogan.no_match),
    }
    write(tmp_path, own)
    assert next(iter(load([tmp_path]))).id == "zh.made.example"


def test_a_selector_is_read_with_its_examples(tmp_path: Path) -> None:
    values = {
        "scope": "selector",
        "pattern": "div.hot-box, #guess > ul",
        "prefilter": ["hot-box", "guess"],
        "match": ["<div class='hot-box'>", "<div id=guess><ul><li>"],
        "no_match": ["<div class='box'>", "<div id=guess><ol>"],
        "domains": ["example.com", "!m.example.com"],
    }
    write(tmp_path, {**GOOD, **values})
    (rule,) = load_folder(tmp_path)
    assert (rule.scope, rule.domains) == ("selector", ("example.com", "!m.example.com"))
