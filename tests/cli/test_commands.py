import json

import pytest


def test_help_lists_every_command(articlekit):
    ran = articlekit("--help")
    assert ran.code == 0
    for name in (
        "run",
        "clean",
        "dedup",
        "check",
        "convert",
        "explain",
        "restore",
        "rules",
        "schema",
        "config",
    ):
        assert f"  {name} " in ran.out


@pytest.mark.parametrize(
    "name", ["run", "clean", "dedup", "check", "convert", "explain", "restore", "schema"]
)
def test_every_command_has_help_with_an_example(articlekit, name):
    ran = articlekit(name, "--help")
    assert ran.code == 0
    assert f"articlekit {name}" in ran.out.split("Options:")[0].split("\n", 1)[1]


def test_every_command_is_documented(root):
    from articlekit.cli.main import _COMMANDS

    for name in _COMMANDS:
        page = (root / "docs" / "commands" / f"{name}.md").read_text(encoding="utf-8")
        assert f"# articlekit {name}" in page


def test_version_prints_package_rules_and_schema(articlekit):
    ran = articlekit("--version")
    assert ran.code == 0
    assert ran.out.startswith("articlekit 0.")
    assert "rules" in ran.out
    assert "articlekit/article/1" in ran.out


def test_an_unknown_command_is_a_usage_error_with_a_suggestion(articlekit):
    ran = articlekit("clena")
    assert ran.code == 2
    assert "clean" in ran.err


def test_run_writes_the_files_and_says_what_happened(articlekit, scraped, tmp_path):
    ran = articlekit("run", scraped, "-o", "out", "--max-errors", "50%")
    assert ran.code == 0
    assert ran.out == ""
    assert "11 records read" in ran.err
    assert "text from 'content'" in ran.err
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"articles.jsonl", "duplicates.jsonl", "quarantine.jsonl", "summary.json"}


def test_too_many_quarantined_records_give_exit_code_1(articlekit, scraped):
    ran = articlekit("run", scraped, "-o", "out", "--quiet")
    assert ran.code == 1
    assert "--max-errors 5%" in ran.err


def test_clean_streams_articles_to_standard_output(articlekit, scraped):
    ran = articlekit("clean", scraped / "earnings.html", scraped / "earnings-flattened.txt")
    assert ran.code == 0
    titles = [json.loads(line)["title"] for line in ran.out.splitlines()]
    assert titles == ["青禾新材前三季度净利润6.09亿元 同比增长29.57%"] * 2


def test_clean_into_a_file_with_ledger_and_quarantine(articlekit, scraped, tmp_path):
    ran = articlekit(
        "clean", scraped, "-o", "out.jsonl.gz", "--ledger", "ledger.jsonl", "--max-errors", "50%"
    )
    assert ran.code == 0
    assert (tmp_path / "out.jsonl.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert len((tmp_path / "quarantine.jsonl").read_bytes().splitlines()) == 3
    restored = articlekit("restore", "out.jsonl.gz", "--ledger", "ledger.jsonl")
    assert restored.code == 0
    assert len(restored.out.splitlines()) == 8


def test_clean_without_trouble_writes_no_quarantine(articlekit, scraped, tmp_path):
    articlekit("clean", scraped / "earnings.html")
    assert not (tmp_path / "quarantine.jsonl").exists()


def test_clean_reads_standard_input(articlekit, scraped, monkeypatch):
    import io
    import sys
    from types import SimpleNamespace

    data = (scraped / "earnings.html").read_bytes()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    ran = articlekit("clean", "-")
    assert json.loads(ran.out)["source"]["uri"] == "-"


def test_an_input_that_is_not_there_is_a_usage_error(articlekit):
    ran = articlekit("clean", "nothing.html")
    assert ran.code == 2
    assert "nothing.html" in ran.err


def test_an_empty_glob_is_a_usage_error(articlekit):
    assert articlekit("run", "*.html", "-o", "out").code == 2


def test_a_wrong_setting_is_a_usage_error_with_the_flag(articlekit, scraped):
    ran = articlekit("run", scraped, "-o", "out", "--threshold", "7")
    assert ran.code == 2
    assert "threshold" in ran.err


def test_a_misspelt_setting_in_the_configuration_is_suggested(articlekit, scraped, tmp_path):
    (tmp_path / "articlekit.toml").write_text("[dedup]\nthreshhold = 0.8\n", encoding="utf-8")
    ran = articlekit("run", scraped, "-o", "out")
    assert ran.code == 2
    assert "threshold" in ran.err


def test_restore_gives_the_input_text_byte_for_byte(articlekit, scraped):
    articlekit("run", scraped, "-o", "out", "--ledger", "--max-errors", "50%")
    name = scraped / "instalments-annotated.txt"
    ran = articlekit("restore", "out/articles.jsonl", "out/duplicates.jsonl", "--ledger", "out/ledger.jsonl")
    texts = {json.loads(line)["source"]["uri"]: json.loads(line)["text"] for line in ran.out.splitlines()}
    assert texts[name.as_posix()].encode() == name.read_bytes()
    some_id = json.loads(ran.out.splitlines()[0])["id"]
    one = articlekit(
        "restore", "out/articles.jsonl", "--ledger", "out/ledger.jsonl", "--id", some_id, "--text"
    )
    assert one.out == json.loads(ran.out.splitlines()[0])["text"]


def test_restore_refuses_a_foreign_ledger(articlekit, scraped):
    articlekit("clean", scraped / "earnings.html", "-o", "a.jsonl", "--ledger", "a.ledger.jsonl")
    articlekit("clean", scraped / "instalments.html.gz", "-o", "b.jsonl", "--ledger", "b.ledger.jsonl")
    ran = articlekit("restore", "a.jsonl", "--ledger", "b.ledger.jsonl")
    assert ran.code == 2
    assert "holds nothing for the record" in ran.err


def test_restore_gives_the_html_source_where_it_was_kept(articlekit, scraped):
    page = scraped / "earnings.html"
    articlekit("clean", page, "-o", "a.jsonl", "--ledger", "l.jsonl", "--ledger-source")
    ran = articlekit("restore", "a.jsonl", "--ledger", "l.jsonl", "--html")
    assert ran.out == page.read_bytes().decode("gb18030")
    articlekit("clean", page, "-o", "a.jsonl", "--ledger", "l.jsonl")
    without = articlekit("restore", "a.jsonl", "--ledger", "l.jsonl", "--html")
    assert without.code == 2
    assert "--ledger-source" in without.err


def test_explain_shows_each_line_with_its_fate(articlekit, scraped):
    ran = articlekit("explain", scraped / "earnings-flattened.txt", "--verbose")
    assert ran.code == 0
    assert "1 header title    青禾新材" in ran.out
    assert "heading  一、主营业务稳步增长" in ran.out
    removed = [line for line in ran.out.splitlines() if " removed " in line]
    assert removed
    assert all("←" in line for line in removed)


def test_explain_shows_why_a_record_is_quarantined(articlekit, scraped):
    ran = articlekit("explain", scraped / "empty.txt")
    assert "empty-input" in ran.out


def test_explain_shows_every_change_when_asked(articlekit, scraped):
    ran = articlekit("explain", scraped / "instalments-annotated.txt", "--verbose")
    assert "'(xù)' → ''" in ran.out


def test_explain_of_an_unknown_id_says_so(articlekit, scraped):
    ran = articlekit("explain", scraped / "records.jsonl", "--id", "nobody")
    assert ran.code == 1
    assert "nobody" in ran.err


def test_dedup_keeps_every_character_of_foreign_records(articlekit, scraped, tmp_path):
    rows = [
        '{"id":"a","text":"示例公司今日发布公告，内容如下。","n":1.10}',
        '{"id":"c","text":"另一篇文章的正文在此。"}',
    ]
    (tmp_path / "in.jsonl").write_text(
        "\n".join([*rows, rows[0].replace('"a"', '"b"')]) + "\n", encoding="utf-8"
    )
    ran = articlekit("dedup", "in.jsonl", "-o", "out")
    assert ran.code == 0
    assert (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines() == rows
    (evidence,) = (tmp_path / "out" / "duplicates.jsonl").read_text(encoding="utf-8").splitlines()
    assert '"n":1.10' in evidence


def test_dedup_of_clean_articles_gives_what_run_gives(articlekit, scraped, tmp_path):
    articlekit("run", scraped, "-o", "run", "--max-errors", "50%")
    articlekit("clean", scraped, "-o", "clean.jsonl", "--max-errors", "50%")
    articlekit("dedup", "clean.jsonl", "-o", "dedup")
    kept = [json.loads(line)["id"] for line in (tmp_path / "dedup" / "articles.jsonl").open(encoding="utf-8")]
    expected = [
        json.loads(line)["id"] for line in (tmp_path / "run" / "articles.jsonl").open(encoding="utf-8")
    ]
    assert kept == expected


def test_dedup_refuses_what_is_not_clean(articlekit, scraped, tmp_path):
    ran = articlekit("dedup", scraped / "earnings.html", "-o", "out")
    assert ran.code == 1
    assert "not-a-record" in ran.err


def test_rules_are_listed_shown_and_tested(articlekit):
    listed = articlekit("rules", "list", "--category", "contact")
    assert listed.code == 0
    assert listed.out.startswith("zh.contact.") or "contact" in listed.out
    shown = articlekit("rules", "show", "zh.disclaimer.investment-risk")
    assert "投资有风险" in shown.out
    near = articlekit("rules", "show", "zh.disclaimer.investment-risks")
    assert near.code == 2
    assert "zh.disclaimer.investment-risk" in near.err
    assert articlekit("rules", "test").code == 0


def test_rules_as_json_hold_every_field(articlekit):
    for line in articlekit("rules", "list", "--json").out.splitlines():
        assert {"id", "category", "pattern", "match", "no_match", "why"} <= set(json.loads(line))


def test_a_wrong_rule_file_is_a_usage_error(articlekit, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.toml").write_text("format = 1\n[[rule]]\nid = 'x'\n", encoding="utf-8")
    ran = articlekit("rules", "test", "mine")
    assert ran.code == 2
    assert "a.toml" in ran.err


@pytest.mark.parametrize("name", ["article", "duplicate", "quarantine", "summary", "ledger"])
def test_schemas_are_printed(articlekit, name):
    ran = articlekit("schema", name)
    assert json.loads(ran.out)["type"] == "object"


def test_config_show_says_where_values_come_from(articlekit, monkeypatch):
    monkeypatch.setenv("ARTICLEKIT_DEDUP_THRESHOLD", "0.8")
    ran = articlekit("config", "show")
    assert "threshold = 0.8" in ran.out
    assert "ARTICLEKIT_DEDUP_THRESHOLD" in ran.out


def test_config_init_gives_a_file_that_loads(articlekit, tmp_path):
    articlekit("config", "init", "-o", "articlekit.toml")
    assert articlekit("config", "show").code == 0
    again = articlekit("config", "init", "-o", "articlekit.toml")
    assert again.code == 2
    assert "exists" in again.err


def test_an_interrupt_leaves_with_130(articlekit, scraped, monkeypatch):
    def interrupted(*args, **keywords):
        raise KeyboardInterrupt

    monkeypatch.setattr("articlekit.engines.local.process", interrupted)
    ran = articlekit("run", scraped, "-o", "out")
    assert ran.code == 130
    assert "interrupted" in ran.err


def test_an_internal_error_leaves_with_3(articlekit, scraped, monkeypatch):
    monkeypatch.setattr("articlekit.engines.local.process", lambda *args: 1 / 0)
    ran = articlekit("run", scraped, "-o", "out")
    assert ran.code == 3
    assert "internal error" in ran.err


def test_a_reader_that_goes_away_ends_the_command_quietly(scraped):
    import subprocess
    import sys

    command = [sys.executable, "-m", "articlekit", "clean", str(scraped / "earnings.html")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        message = process.stderr.read()
        assert process.wait() == 141
    assert b"Traceback" not in message


def test_run_puts_the_quarantine_where_it_is_told(articlekit, scraped, tmp_path):
    articlekit("run", scraped, "-o", "out", "--quarantine", "bad.jsonl", "--max-errors", "50%")
    assert len((tmp_path / "bad.jsonl").read_bytes().splitlines()) == 3
    assert not (tmp_path / "out" / "quarantine.jsonl").exists()
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["files"]["quarantine"] == "bad.jsonl"
