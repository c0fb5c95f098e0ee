"""``rules`` and ``explain`` on the command line."""

from __future__ import annotations

import json

import pytest

RULE = """format = 1
[[rule]]
id = "my.made.units"
category = "made"
pattern = '经营活动.{0,40}.{0,40}'
prefilter = ["经营活动"]
max_chars = 400
anchor = "search"
action = "flag"
why = "Made for a test."
match = ["经营活动现金流", "经营活动"]
no_match = ["别的"]
[[rule]]
id = "my.made.slogan"
category = "made"
zone = "footer"
pattern = '投资有风险.{0,20}'
prefilter = ["投资有风险"]
why = "Made for a test."
match = ["投资有风险", "投资有风险，入市"]
no_match = ["别的"]
"""


@pytest.fixture
def rules(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "made.toml").write_text(RULE, "utf-8")
    return "mine"


def test_diff_shows_what_changes(articlekit, scraped, rules):
    page = scraped / "earnings-flattened.txt"
    ran = articlekit("rules", "diff", "builtin", rules, page)
    assert ran.code == 0
    assert "-   10 责任编辑：温知夏   ← zh.byline.editor" in ran.out
    assert "~   11 投资有风险，入市需谨慎。   ← zh.disclaimer.investment-risk → my.made.slogan" in ran.out
    assert "editor: 温知夏 → -" in ran.out
    assert "1 of 1 document changed" in ran.err
    assert articlekit("rules", "diff", "builtin", "builtin", page).out == ""


def test_diff_as_json_and_its_threshold(articlekit, scraped, rules):
    ran = articlekit("rules", "diff", "builtin", f"{rules}+builtin", scraped, "--json", "--threshold", "0")
    values = [json.loads(line) for line in ran.out.splitlines()]
    assert values
    assert {line["kind"] for value in values for line in value["lines"]} == {"rule"}
    assert ran.code == 0
    ran = articlekit("rules", "diff", "builtin", rules, scraped, "--quiet", "--threshold", "10%")
    assert ran.code == 1
    assert ran.out == ""
    assert "more than --threshold 10% allows" in ran.err


def test_diff_refuses_what_makes_no_sense(articlekit, scraped, rules):
    assert "builtin last" in articlekit("rules", "diff", f"builtin+{rules}", "builtin", scraped).err
    ran = articlekit("rules", "diff", "builtin", "nowhere", scraped)
    assert ran.code == 2
    assert "nowhere: no such file or folder" in ran.err
    assert articlekit("rules", "diff", "builtin", rules, scraped, "--threshold", "x").code == 2


def test_show_tells_what_a_rule_removed_in_a_run(articlekit, scraped):
    articlekit("run", scraped, "-o", "out", "--ledger", "--max-errors", "50%")
    ran = articlekit("rules", "show", "zh.disclaimer.investment-risk", "--run", "out")
    assert "removed    " in ran.out
    assert "投资有风险，入市需谨慎。" in ran.out.split("removed    ")[1]
    same = articlekit("rules", "show", "zh.disclaimer.investment-risk", "--ledger", "out/ledger.jsonl")
    assert same.out == ran.out


def test_rules_of_one_site_are_switched_in_the_configuration(articlekit, tmp_path):
    text = "公司公告\n示例公司今日发布公告，同比增长5%，各项业务进展顺利，订单充足。\n责任编辑：温知夏"
    records = [{"url": f"https://{host}/1", "text": text} for host in ("m.a.cn", "b.cn")]
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "articlekit.toml").write_text('[rules.domains."a.cn"]\ndisable = ["byline"]\n', "utf-8")
    out = [json.loads(line) for line in articlekit("clean", "in.jsonl").out.splitlines()]
    assert [any(one["category"] == "byline" for one in article["removed"]) for article in out] == [
        False,
        True,
    ]


def test_drop_if_on_the_command_line(articlekit, scraped, tmp_path):
    ran = articlekit(
        "clean", scraped, "-o", "a.jsonl", "--drop-if", "quality.chars < 200", "--max-errors", "50%"
    )
    assert ran.code == 0
    assert "dropped: quality.chars < 200" in ran.err
    assert (tmp_path / "dropped.jsonl").exists()
    wrong = articlekit("clean", scraped, "--drop-if", "quality.char < 200")
    assert wrong.code == 2
    assert "did you mean 'quality.chars'" in wrong.err


def test_explain_as_json_has_one_object_per_line(articlekit, scraped):
    page = scraped / "earnings-flattened.txt"
    values = [json.loads(line) for line in articlekit("explain", page, "--json").out.splitlines()]
    assert [value["line"] for value in values] == list(range(1, len(values) + 1))
    assert {value["fate"] for value in values} >= {"title", "heading", "body", "removed"}
    assert all(set(value) >= {"uri", "zone", "before", "after", "removals", "near"} for value in values)
    (failed,) = articlekit("explain", scraped / "empty.txt", "--json").out.splitlines()
    assert json.loads(failed)["reason"] == "empty-input"


def test_explain_as_a_diff(articlekit, scraped):
    ran = articlekit("explain", scraped / "earnings-flattened.txt", "--diff")
    assert "-责任编辑：温知夏" in ran.out.splitlines()
    assert ran.out.startswith("--- ")


def test_explain_as_a_page(articlekit, scraped, tmp_path):
    ran = articlekit("explain", scraped, "--html", "out.html")
    assert (ran.code, ran.out) == (0, "")
    page = (tmp_path / "out.html").read_text("utf-8")
    assert page.count("<h2>") >= 10
    assert "zh.byline.editor" in page
    shown = articlekit("explain", scraped / "earnings.html", "--html", "-").out
    assert shown.startswith("<!DOCTYPE html>")
    assert articlekit("explain", scraped, "--html", "x.html", "--json").code == 2


def test_explain_reads_standard_input(articlekit, scraped, monkeypatch):
    import io
    import sys

    data = (scraped / "earnings-flattened.txt").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert "zh.byline.editor" in articlekit("explain", "-").out


@pytest.mark.parametrize("name", ["list", "show", "test", "diff"])
def test_every_rule_command_has_examples_in_its_help(articlekit, name):
    assert f"articlekit rules {name}" in articlekit("rules", name, "--help").out


def test_elements_that_a_rule_takes_out_are_explained(articlekit, scraped, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "made.toml").write_text(
        """format = 1
[[rule]]
id = "my.related.box"
category = "related"
scope = "selector"
pattern = "div.box"
prefilter = ["box"]
why = "Box of links."
match = ["<div class=box>", "<div class='a box'>"]
no_match = ["<div class=boxes>"]
""",
        "utf-8",
    )
    prose = "<p>示例公司今日发布公告，同比增长5%，各项业务进展顺利，订单充足。</p>"
    page = f"<title>公司公告</title><h1>公司公告</h1>{prose}<div class=box>猜你喜欢</div>{prose}"
    (tmp_path / "page.html").write_text(page, "utf-8")
    ran = articlekit("explain", "page.html", "--rules", "site")
    assert "    2 page   removed  猜你喜欢   ← my.related.box" in ran.out
    diff = articlekit("explain", "page.html", "--rules", "site", "--diff")
    assert "猜你喜欢" not in diff.out
    assert "猜你喜欢" in articlekit("explain", "page.html", "--rules", "site", "--html", "-").out
