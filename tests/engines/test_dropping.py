"""Articles that a condition leaves out are in dropped.jsonl, whole and with the reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from articlekit import schemas
from articlekit.adapters.json_schema import compile_schema
from articlekit.check import check_files
from articlekit.config import Config
from articlekit.engines.clean import CleanFiles, clean
from articlekit.engines.restore import restored
from articlekit.engines.run import run
from articlekit.model import Article, Dropped

SHORT = "quality.chars < 200"
TITLED = "title == null"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def settings(*conditions: str, **values: object) -> Config:
    given = {"run.workers": 1, "run.ledger": True, "output.drop_if": conditions}
    return Config.from_values({**given, **{key.replace("__", "."): value for key, value in values.items()}})


@pytest.fixture(scope="module")
def ran(scraped: Path, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("dropping")
    return run([str(scraped)], folder, settings(SHORT, TITLED)), folder


def test_the_balance_holds_with_dropped_records(ran) -> None:
    summary, folder = ran
    counts = summary.balance
    assert counts.dropped == len(lines(folder / "dropped.jsonl")) > 0
    assert counts.read == counts.written + counts.duplicates + counts.dropped + counts.quarantined
    assert len(lines(folder / "articles.jsonl")) == counts.written > 0


def test_a_dropped_record_is_whole_and_says_why(ran) -> None:
    validate = compile_schema(schemas.load("dropped"))
    for value in lines(ran[1] / "dropped.jsonl"):
        validate(value)
        assert value["reason"] in (SHORT, TITLED)
        assert Article.from_dict(value["record"]).id == value["id"]
        assert Dropped.from_dict(value).to_dict() == value
    short = [value for value in lines(ran[1] / "dropped.jsonl") if value["reason"] == SHORT]
    assert short
    for value in short:
        assert value["values"] == {"quality.chars": value["record"]["quality"]["chars"]}
        assert value["values"]["quality.chars"] < 200


def test_what_is_kept_fits_no_condition(ran) -> None:
    for value in lines(ran[1] / "articles.jsonl"):
        assert value["quality"]["chars"] >= 200
        assert value["title"] is not None


def test_the_summary_counts_per_reason(ran) -> None:
    summary = json.loads((ran[1] / "summary.json").read_text("utf-8"))
    compile_schema(schemas.load("summary"))(summary)
    assert sum(summary["dropped_reasons"].values()) == summary["counts"]["dropped"]
    assert set(summary["dropped_reasons"]) <= {SHORT, TITLED}
    assert summary["files"]["dropped"] == "dropped.jsonl"


def test_a_checker_is_content_with_what_was_dropped(ran) -> None:
    found = [f.name for f in check_files([ran[1] / "dropped.jsonl", ran[1] / "summary.json"])]
    assert found == []


def test_the_ledger_restores_dropped_records_too(ran) -> None:
    ids = {item.article.id for item in restored([str(ran[1] / "dropped.jsonl")], ran[1] / "ledger.jsonl")}
    assert ids == {value["id"] for value in lines(ran[1] / "dropped.jsonl")}


def test_a_dropped_article_is_no_duplicate_and_makes_none(scraped: Path, tmp_path: Path) -> None:
    run([str(scraped)], tmp_path, settings("quality.chars > 0"))
    assert lines(tmp_path / "articles.jsonl") == []
    assert lines(tmp_path / "duplicates.jsonl") == []


def test_cleaning_alone_drops_too(scraped: Path, tmp_path: Path) -> None:
    files = CleanFiles(tmp_path / "a.jsonl", tmp_path / "q.jsonl")
    summary = clean([str(scraped)], files, settings(SHORT))
    assert summary.balance.dropped == len(lines(tmp_path / "dropped.jsonl")) > 0
    assert summary.balance.written == len(lines(tmp_path / "a.jsonl"))


def test_without_anything_dropped_there_is_no_file(scraped: Path, tmp_path: Path) -> None:
    clean([str(scraped)], CleanFiles(tmp_path / "a.jsonl", tmp_path / "q.jsonl"), settings("flags > 999"))
    assert not (tmp_path / "dropped.jsonl").exists()


def test_a_dry_run_counts_and_writes_nothing(scraped: Path, tmp_path: Path) -> None:
    files = CleanFiles(tmp_path / "a.jsonl", tmp_path / "q.jsonl")
    assert clean([str(scraped)], files, settings(SHORT), dry_run=True).balance.dropped > 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_what_is_dropped_does_not_depend_on_the_number_of_workers(
    scraped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articlekit.engines.local.BATCH_RECORDS", 1)
    for workers in (1, 2):
        run([str(scraped)], tmp_path / str(workers), settings(SHORT, run__workers=workers))
    for name in ("articles", "dropped", "ledger"):
        one, two = ((tmp_path / folder / f"{name}.jsonl").read_bytes() for folder in ("1", "2"))
        assert one == two
