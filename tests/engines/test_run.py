import json

import pytest

from articlekit import schemas
from articlekit.adapters.json_schema import compile_schema
from articlekit.config import Config
from articlekit.engines.run import run
from articlekit.errors import BalanceError, InputError

NAMES = ("articles", "duplicates", "quarantine", "ledger")


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def settings(**values):
    return Config.from_values(
        {"run.workers": 1, "run.ledger": True, **{k.replace("__", "."): v for k, v in values.items()}}
    )


@pytest.fixture(scope="module")
def ran(scraped, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    return run([str(scraped)], folder, settings()), folder


def test_every_record_is_in_exactly_one_file(ran):
    summary, folder = ran
    counts = summary.balance
    assert counts.read == counts.written + counts.duplicates + counts.dropped + counts.quarantined == 11
    assert len(lines(folder / "articles.jsonl")) == counts.written
    assert sum(line["removed"] for line in lines(folder / "duplicates.jsonl")) == counts.duplicates
    assert len(lines(folder / "quarantine.jsonl")) == counts.quarantined == 3


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("articles", "article"),
        ("duplicates", "duplicate"),
        ("quarantine", "quarantine"),
        ("ledger", "ledger"),
    ],
)
def test_every_emitted_record_validates(ran, name, schema):
    validate = compile_schema(schemas.load(schema))
    for value in lines(ran[1] / f"{name}.jsonl"):
        validate(value)


def test_the_summary_validates_and_names_the_files(ran):
    value = json.loads((ran[1] / "summary.json").read_text(encoding="utf-8"))
    compile_schema(schemas.load("summary"))(value)
    assert set(value["files"]) == {*NAMES, "summary"}
    assert value["counts"]["read"] == 11


def test_records_are_ordered_by_source_and_record(ran):
    for name in ("articles", "duplicates", "quarantine"):
        order = [
            (value["source"]["uri"], value["source"]["record"] or 0)
            for value in lines(ran[1] / f"{name}.jsonl")
        ]
        assert order == sorted(order)


def test_a_removed_duplicate_holds_the_whole_record(ran):
    for value in lines(ran[1] / "duplicates.jsonl"):
        assert (value["record"] is not None) == value["removed"]
        if value["removed"]:
            assert value["record"]["id"] == value["id"]
            assert value["record"]["dedup"]["kept_id"] == value["kept_id"]


def test_an_updated_version_is_marked_and_not_removed(ran):
    evidence = {value["id"]: value for value in lines(ran[1] / "duplicates.jsonl")}["n-3"]
    assert evidence["class"] == "updated"
    assert not evidence["removed"]
    assert evidence["figures_added"]
    assert "n-3" in {value["id"] for value in lines(ran[1] / "articles.jsonl")}


@pytest.mark.slow
def test_the_record_files_do_not_depend_on_the_number_of_workers(scraped, tmp_path, monkeypatch):
    monkeypatch.setattr("articlekit.engines.local.BATCH_RECORDS", 1)
    for workers in (1, 3):
        run([str(scraped)], tmp_path / str(workers), settings(run__workers=workers))
    for name in NAMES:
        one, three = ((tmp_path / folder / f"{name}.jsonl").read_bytes() for folder in ("1", "3"))
        assert one == three


def test_a_quarantine_file_fed_back_in_is_quarantined_the_same_way(ran, tmp_path):
    run([str(ran[1] / "quarantine.jsonl")], tmp_path, settings())
    assert (tmp_path / "quarantine.jsonl").read_bytes() == (ran[1] / "quarantine.jsonl").read_bytes()


def test_unknown_fields_pass_through_character_by_character(tmp_path):
    body = "示例公司今日发布公告，内容如下，请投资者留意。"
    extra = (
        '"code":"000858","weight":1.10,"serial":12345678901234567890,"half":"\\ud83d",'
        '"deep":{"a": [1, {"b":  null}]}'
    )
    source = tmp_path / "in.jsonl"
    source.write_text(f'{{"text":"{body}",{extra}}}\n', encoding="utf-8")
    run([str(source)], tmp_path / "out", settings())
    (line,) = (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert line.endswith(f'"extra":{{{extra}}}}}')


def test_mark_keeps_every_article(scraped, tmp_path):
    summary = run([str(scraped)], tmp_path, settings(dedup__action="mark"))
    assert summary.balance.duplicates == 0
    assert summary.balance.written == 8
    marked = [value for value in lines(tmp_path / "articles.jsonl") if value["dedup"]["class"]]
    assert len(marked) == sum(summary.duplicate_classes.values()) > 0


def test_a_dry_run_counts_and_writes_nothing(scraped, tmp_path):
    summary = run([str(scraped)], tmp_path / "out", settings(), dry_run=True)
    assert summary.balance.read == 11
    assert not (tmp_path / "out").exists()


def test_a_limit_stops_reading(scraped, tmp_path):
    assert run([str(scraped)], tmp_path, settings(), limit=2).balance.read == 2


def test_compressed_and_parquet_articles_hold_the_same(ran, scraped, tmp_path):
    import duckdb

    run([str(scraped)], tmp_path, settings(output__format="parquet", output__compress="zst"))
    found = duckdb.sql(f"SELECT id, text FROM '{tmp_path}/articles.parquet'").fetchall()
    assert found == [(value["id"], value["text"]) for value in lines(ran[1] / "articles.jsonl")]
    assert (tmp_path / "quarantine.jsonl.zst").read_bytes()[:4] == b"\x28\xb5\x2f\xfd"


def test_an_input_is_never_overwritten(tmp_path):
    (tmp_path / "articles.jsonl").write_text('{"text": "示例"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="overwritten"):
        run([str(tmp_path / "articles.jsonl")], tmp_path, settings())


def test_a_failing_run_leaves_the_folder_as_it_was(scraped, tmp_path, monkeypatch):
    (tmp_path / "articles.jsonl").write_text("before", encoding="utf-8")
    monkeypatch.setattr("articlekit.engines.corpus.Corpus.write", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run([str(scraped)], tmp_path, settings())
    assert [path.name for path in tmp_path.iterdir()] == ["articles.jsonl"]
    assert (tmp_path / "articles.jsonl").read_text(encoding="utf-8") == "before"


def test_a_run_that_lost_a_record_fails(scraped, tmp_path, monkeypatch):
    from articlekit.engines.corpus import Corpus

    real = Corpus.add
    monkeypatch.setattr(
        Corpus, "add", lambda self, result: None if result.id == "n-3" else real(self, result)
    )
    with pytest.raises(BalanceError, match="1 lost"):
        run([str(scraped)], tmp_path, settings())


def test_an_empty_page_does_not_end_the_run(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_bytes(b"")
    (tmp_path / "in" / "b.html").write_bytes(b"\x00\x01\x02" * 50)
    summary = run([str(tmp_path / "in")], tmp_path / "out", settings())
    assert summary.balance.quarantined == 2
