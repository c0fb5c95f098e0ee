"""Whole runs over the shared data."""

import json

import pytest

from articlekit.config import Config
from articlekit.engines.restore import restored
from articlekit.engines.run import run

SETTINGS = Config.from_values({"run.workers": 1, "run.ledger": True})


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def seeds_run(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    return run([str(shared / "data" / "seeds")], folder, SETTINGS), folder


def test_the_five_seeds_give_five_articles(seeds_run):
    summary, folder = seeds_run
    assert summary.balance.written == summary.balance.read == 5
    for article in lines(folder / "articles.jsonl"):
        assert article["title"]
        assert article["script"] == {"input": "Hant", "output": "Hans"}
        assert len(article["sections"]) > 15


def test_the_seeds_come_back_byte_for_byte_from_a_smaller_ledger(seeds_run, shared):
    _, folder = seeds_run
    texts = {
        item.article.source.uri: item.text
        for item in restored([str(folder / "articles.jsonl")], folder / "ledger.jsonl")
    }
    seeds = sorted((shared / "data" / "seeds").iterdir())
    assert [texts[path.as_posix()].encode() for path in seeds] == [path.read_bytes() for path in seeds]
    for path, line in zip(seeds, (folder / "ledger.jsonl").read_bytes().splitlines(), strict=True):
        assert len(line) <= path.stat().st_size


@pytest.mark.slow
def test_every_page_is_an_article_or_quarantined_with_a_reason(shared, tmp_path):
    summary = run([str(shared / "data" / "pages" / "*" / "html")], tmp_path, SETTINGS)
    balance = summary.balance
    assert balance.read == len(list((shared / "data" / "pages").glob("*/html/*")))
    assert balance.quarantined <= 0.02 * balance.read
    for record in lines(tmp_path / "quarantine.jsonl"):
        assert record["reason"] in {"empty-body"}
        assert record["message"]
        assert record["raw"]
