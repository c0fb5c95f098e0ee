import json
import tomllib

import pytest
from benchmarks.suggest_corpus import Corpus


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "corpus.jsonl"
    documents = Corpus(4, 5, sites=3).documents(40)
    lines = [
        {"url": f"https://{document.site}/{number}", "text": "\n".join(document.lines)}
        for number, document in enumerate(documents)
    ]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


def test_drafts_are_written_to_a_file_that_rules_test_accepts(articlekit, corpus, tmp_path):
    ran = articlekit("rules", "suggest", corpus, "-o", tmp_path / "drafts.toml")
    assert ran.code == 0
    assert ran.out == ""
    assert "lines in" in ran.err
    assert "from 40 documents of 3 sites" in ran.err
    assert articlekit("rules", "test", tmp_path / "drafts.toml").code == 0
    assert articlekit("clean", corpus, "--rules", tmp_path / "drafts.toml", "-o", "clean.jsonl").code == 0
    removed = [
        json.loads(line)["removed"] for line in (tmp_path / "clean.jsonl").read_text("utf-8").splitlines()
    ]
    assert any(".draft-" in removal["rule"] for lines in removed for removal in lines)


def test_drafts_go_to_standard_output(articlekit, corpus):
    ran = articlekit("rules", "suggest", corpus, "--quiet")
    assert ran.err == ""
    assert len(tomllib.loads(ran.out)["rule"]) > 5


def test_json_shows_what_each_draft_would_remove(articlekit, corpus, tmp_path):
    ran = articlekit("rules", "suggest", corpus, "--json", "-o", tmp_path / "drafts.toml", "-q")
    items = [json.loads(line) for line in ran.out.splitlines()]
    drafts = tomllib.loads((tmp_path / "drafts.toml").read_text("utf-8"))["rule"]
    assert [item["id"] for item in items] == [draft["id"] for draft in drafts]
    assert all(item["lines"] >= item["documents"] >= 1 for item in items)


def test_a_corpus_without_chrome_gives_no_draft(articlekit, tmp_path):
    (tmp_path / "a.txt").write_text("周一，三大指数低开高走，成交额放大，逾三千只个股上涨。", "utf-8")
    ran = articlekit("rules", "suggest", "a.txt")
    assert (ran.code, ran.out) == (0, "format = 1\n")
    assert "0 drafts from 1 document of 1 site" in ran.err


@pytest.mark.parametrize("arguments", [("nowhere/",), ("--min-documents", "1", "x"), ()])
def test_wrong_use_is_said(articlekit, arguments):
    assert articlekit("rules", "suggest", *arguments).code == 2
