"""Parquet in, with every value exact, and articles out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from articlekit.adapters.duckdb_tables import parquet_rows
from articlekit.errors import RecordError
from articlekit.model import Article, Flag, RawJSON, Record, Removal, Section, Source
from articlekit.records.fields import to_record
from articlekit.records.inputs import InputFile, expand
from articlekit.records.jsonl import encode_article
from articlekit.records.options import ReadOptions
from articlekit.records.parquet import COLUMNS, write_parquet
from articlekit.records.raw import read
from articlekit.records.writers import JsonLinesWriter


def table(path: Path, select: str) -> Path:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("1.10::DECIMAL(10, 2)", "1.10"),
        ("123456789.123456789012345678::DECIMAL(38, 18)", "123456789.123456789012345678"),
        ("0::DECIMAL(18, 10)", "0.0000000000"),
        ("9007199254740993::BIGINT", "9007199254740993"),
        ("18446744073709551615::UBIGINT", "18446744073709551615"),
        ("0.1::DOUBLE", "0.1"),
        ("1e300::DOUBLE", "1e+300"),
        ("'nan'::DOUBLE", '"NaN"'),
        ("'-inf'::FLOAT", '"-Infinity"'),
        ("TIMESTAMP '2025-01-02 03:04:05.123456'", '"2025-01-02 03:04:05.123456"'),
        ("'2025-01-02 03:04:05.123456789'::TIMESTAMP_NS", '"2025-01-02 03:04:05.123456789"'),
        ("TIMESTAMPTZ '2025-01-02 03:04:05+08'", '"2025-01-01 19:04:05+00"'),
        ("DATE '2025-01-02'", '"2025-01-02"'),
        ("TIME '03:04:05'", '"03:04:05"'),
        ("'000858'", '"000858"'),
        ("'甲\"乙' || chr(10) || chr(0)", '"甲\\"乙\\n\\u0000"'),
        ("'\\x00\\xFF'::BLOB", '{"base64":"AP8="}'),
        ("true", "true"),
        ("NULL::VARCHAR", "null"),
        ("[1.10, NULL]::DECIMAL(5, 2)[]", "[1.10,null]"),
        ("[]::INTEGER[]", "[]"),
        (
            "{'a': 1.10::DECIMAL(5, 2), 'b c': {'d': ['\\xFF'::BLOB]}}",
            '{"a":1.10,"b c":{"d":[{"base64":"/w=="}]}}',
        ),
        ("MAP {'k': 1.10::DECIMAL(5, 2)}", '{"k":1.10}'),
        ("MAP {7: 'x'}", '{"7":"x"}'),
        ("'{\"a\":  1.10}'::JSON", '{"a":  1.10}'),
        ("UUID '00000000-0000-0000-0000-000000000001'", '"00000000-0000-0000-0000-000000000001"'),
        ("INTERVAL 1 DAY", '"1 day"'),
    ],
)
def test_values_are_exact(sql: str, expected: str, tmp_path: Path) -> None:
    [row] = parquet_rows(table(tmp_path / "a.parquet", f'SELECT {sql} AS "v""1"'))
    assert row == '{"v\\"1":' + expected + "}"
    json.loads(row)


def test_rows_come_in_order_with_their_numbers(tmp_path: Path) -> None:
    path = table(tmp_path / "a.parquet", "SELECT i AS id, 'text ' || i AS text FROM range(3000) r(i)")
    records = list(read([InputFile.of(path)]))
    assert [raw.record for raw in records] == list(range(1, 3001))
    assert records[2999].data == b'{"id":2999,"text":"text 2999"}'
    record = to_record(records[7], ReadOptions())
    assert isinstance(record, Record)
    assert (record.id, record.body) == ("7", "text 7")


@pytest.mark.parametrize("name", ["a[1].parquet", "a*.parquet", "a?.parquet", "it's.parquet", "a b.parquet"])
def test_names_of_files_are_no_patterns(name: str, tmp_path: Path) -> None:
    table(tmp_path / "a1.parquet", "SELECT 'other' AS text")
    target = tmp_path / name
    table(tmp_path / "tmp.parquet", "SELECT 'this' AS text").rename(target)
    assert list(parquet_rows(target)) == ['{"text":"this"}']


def test_what_is_no_parquet_is_quarantined_whole(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"not parquet")
    [raw] = read(expand([str(tmp_path)]))
    assert raw.error is not None
    assert raw.error.reason == "not-parquet"
    assert raw.quarantined().raw == b"not parquet"
    with pytest.raises(RecordError):
        list(parquet_rows(tmp_path / "gone.parquet"))


def test_pages_as_bytes_in_a_table_are_decoded_like_pages(tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.parquet", "SELECT 'https://example.com/1' AS url, '<p>\\xB1\\xE0'::BLOB AS html"
    )
    [raw] = read([InputFile.of(path)])
    record = to_record(raw, ReadOptions())
    assert isinstance(record, Record)
    assert (record.body, record.media) == (b"<p>\xb1\xe0", "html")


ARTICLES = [
    Article(
        "a1",
        Source("x.html", 3, None, "gb18030", "00"),
        title="题\0",
        text="甲\n乙",
        sections=(Section(0, None, None, "甲"), Section(1, "一", "标题", "乙")),
        removed=(Removal(3, "r", "c", "删"),),
        repairs={"script": 3},
        flags=(Flag("k", 3, None, "x"),),
        quality={"chars": 4.0},
        extra={
            "code": RawJSON('"000858"'),
            "p": RawJSON("1.10"),
            "s": RawJSON('"\\ud800"'),
            "e": RawJSON("1e400"),
        },
    ),
    Article("a2", Source("y"), text="x" * 20_000_000),
    Article("a3", Source("z"), text="前\ud800后"),
]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    with JsonLinesWriter(tmp_path / "articles.jsonl.zst") as writer:
        for article in ARTICLES:
            writer.write(encode_article(article))
    return writer.path


def test_articles_are_written_with_fixed_types(lines: Path, tmp_path: Path) -> None:
    target = tmp_path / "articles.parquet"
    assert write_parquet(lines, target) == 3
    rows: list[dict[str, Any]] = [json.loads(row) for row in parquet_rows(target)]
    assert [list(row) for row in rows] == [list(COLUMNS)] * 3
    first = rows[0]
    assert first.pop("extra") == '{"code":"000858","p":1.10,"s":"\\ud800","e":1e400}'
    expected = ARTICLES[0].to_dict()
    del expected["extra"]
    assert first == expected
    assert len(rows[1]["text"]) == 20_000_000
    assert rows[2]["text"] == "前\ufffd后"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_no_articles_give_an_empty_table(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_bytes(b"")
    assert write_parquet(tmp_path / "none.jsonl", tmp_path / "none.parquet") == 0
    assert list(parquet_rows(tmp_path / "none.parquet")) == []


def test_the_same_articles_give_the_same_bytes(lines: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_parquet(lines, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_table_of_articles_is_input_again(lines: Path, tmp_path: Path) -> None:
    write_parquet(lines, tmp_path / "articles.parquet")
    record = to_record(next(read([InputFile.of(tmp_path / "articles.parquet")])), ReadOptions())
    assert isinstance(record, Record)
    assert (record.id, record.body, record.fields["p"], record.fields["s"]) == (
        "a1",
        "甲\n乙",
        "1.10",
        '"\\ud800"',
    )


def test_what_is_no_article_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_bytes(b"{}\nnot json\n")
    (tmp_path / "out.parquet").write_bytes(b"old")
    with pytest.raises(Exception, match="missing"):
        write_parquet(tmp_path / "bad.jsonl", tmp_path / "out.parquet")
    assert (tmp_path / "out.parquet").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
