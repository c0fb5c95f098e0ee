"""Rules are on and off by site: in the rules, and by switches of the configuration."""

from __future__ import annotations

import pytest

from articlekit.config import Config, load_config
from articlekit.errors import RuleError
from articlekit.pipeline import rule_set
from articlekit.rules.domains import is_for, switched
from articlekit.rules.load import load, load_builtin

SLOGAN = "zh.disclaimer.investment-risk"


def ids(switches, host, disable=()):
    rules = load(disable=disable, domains=switches)
    return {rule.id for rule in rules if is_for(rule.domains, host)}


@pytest.mark.parametrize(
    ("domains", "host", "fires"),
    [
        (("*",), "", True),
        (("*", "!a.cn"), "a.cn", False),
        (("*", "!a.cn"), "m.a.cn", False),
        (("*", "!a.cn"), "ba.cn", True),
        (("!a.cn", "*"), "a.cn", False),
        (("a.cn", "!m.a.cn"), "x.a.cn", True),
        (("a.cn", "!m.a.cn"), "x.m.a.cn", False),
        (("a.cn",), "", False),
    ],
)
def test_the_most_specific_domain_decides(domains, host, fires):
    assert is_for(domains, host) is fires


def test_switching_a_site_covers_what_a_rule_says_about_its_parts():
    assert switched(("*", "m.a.cn", "!x.a.cn"), "a.cn", on=False) == ("*", "!a.cn")
    assert switched(("*", "!a.cn"), "a.cn", on=True) == ("*", "a.cn")


def test_a_rule_switched_off_for_a_site_stays_on_elsewhere():
    switches = [("a.cn", (SLOGAN,), ())]
    assert SLOGAN not in ids(switches, "www.a.cn")
    assert SLOGAN in ids(switches, "b.cn")


def test_patterns_and_categories_switch_many():
    assert not [rule for rule in ids([("a.cn", ("share", "zh.contact.*"), ())], "a.cn") if ".share." in rule]
    everywhere = {rule.id for rule in load(disable=["share"])}
    assert everywhere == {rule.id for rule in load_builtin() if rule.category != "share"}


def test_a_rule_that_is_off_everywhere_can_be_on_for_one_site():
    switches = [("a.cn", (), (SLOGAN,))]
    assert SLOGAN in ids(switches, "a.cn", disable=["disclaimer"])
    assert SLOGAN not in ids(switches, "b.cn", disable=["disclaimer"])


def test_the_switches_of_a_part_of_a_site_win_over_those_of_the_site():
    switches = [("m.a.cn", (), (SLOGAN,)), ("a.cn", (SLOGAN,), ())]
    assert SLOGAN in ids(switches, "m.a.cn")
    assert SLOGAN not in ids(switches, "www.a.cn")


def test_a_switch_for_a_rule_that_does_not_exist_is_refused_with_its_place():
    with pytest.raises(RuleError, match=r'rules\.domains\."a\.cn"\.enable: no rule .* did you mean'):
        load(domains=[("a.cn", (), ("zh.byline.editer",))])


def test_switches_change_the_version_of_the_rules():
    assert load(domains=[("a.cn", (SLOGAN,), ())]).version != load_builtin().version


def test_switches_are_read_from_the_configuration_and_shown_again(tmp_path):
    toml = f'[rules.domains."a.cn"]\ndisable = ["share"]\nenable = ["{SLOGAN}"]\n'
    (tmp_path / "articlekit.toml").write_text(toml)
    config = load_config(environ={}, cwd=tmp_path).config
    assert config.rules.domains == (("a.cn", ("share",), (SLOGAN,)),)
    assert config.to_dict()["rules"]["domains"] == {"a.cn": {"disable": ["share"], "enable": [SLOGAN]}}
    assert config.digest() != Config().digest()
    assert not [
        rule for rule in rule_set(config) if rule.category == "share" and is_for(rule.domains, "a.cn")
    ]


def test_switches_in_the_environment_are_json(tmp_path):
    environ = {"ARTICLEKIT_RULES_DOMAINS": '{"a.cn": {"disable": ["share"]}}'}
    config = load_config(environ=environ, cwd=tmp_path).config
    assert config.rules.domains == (("a.cn", ("share",), ()),)
