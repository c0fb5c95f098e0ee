"""Every kind of file becomes raw records: all of them, in order, and never an exception."""

from __future__ import annotations

import gzip
import io
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articlekit.records.inputs import InputFile, expand
from articlekit.records.options import ReadOptions
from articlekit.records.raw import RawRecord, read

Reader = Callable[..., list[RawRecord]]


@pytest.fixture
def reading(tmp_path: Path) -> Reader:
    def reading(name: str, data: bytes | str, **options: object) -> list[RawRecord]:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return list(read([InputFile(name, path, *_of(path))], ReadOptions(**options)))  # type: ignore[arg-type]

    return reading


def _of(path: Path) -> tuple[object, bool]:
    file = InputFile.of(path)
    return file.format, file.compressed


def shown(records: list[RawRecord]) -> list[tuple[int | None, bytes, str | None]]:
    return [(raw.record, raw.data, raw.error.reason if raw.error else None) for raw in records]


@pytest.mark.parametrize(("name", "media"), [("a.html", "html"), ("a.HTM", "html"), ("a.txt", "text")])
def test_a_page_or_text_is_one_record(name: str, media: str, reading: Reader) -> None:
    [raw] = reading(name, b"\xff\xfeany\0bytes\n")
    assert (raw.uri, raw.record, raw.media, raw.data) == (name, None, media, b"\xff\xfeany\0bytes\n")


def test_an_empty_page_is_a_record_too(reading: Reader) -> None:
    assert shown(reading("a.html", b"")) == [(None, b"", None)]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_pages_are_decompressed(pack: Callable[[bytes], bytes], reading: Reader) -> None:
    for name in ("a.html", "a.html.gz", "a.html.zst"):
        assert shown(reading(name, pack(b"<p>x"))) == [(None, b"<p>x", None)]


def test_json_lines_are_split_and_not_parsed(reading: Reader) -> None:
    data = b'\xef\xbb\xbf{"a": 1.10}\r\n\n  \nnot json\n{"b":\xb1\xe0}'
    expected = [(1, b'{"a": 1.10}', None), (2, b"not json", None), (3, b'{"b":\xb1\xe0}', None)]
    assert shown(reading("a.jsonl", data)) == expected
    assert shown(reading("a.ndjson.gz", gzip.compress(data))) == expected


def test_json_lines_in_utf_16_are_read(reading: Reader) -> None:
    data = '{"a":"示"}\r\n{"b":"例"}\r\n'.encode("utf-16")
    assert [raw.data.decode() for raw in reading("a.jsonl", data)] == ['{"a":"示"}', '{"b":"例"}']


def test_an_empty_file_of_records_has_none(reading: Reader) -> None:
    assert reading("a.jsonl", b"") == reading("a.csv", b"") == reading("a.json", b" [ ] ") == []
    assert shown(reading("a.json", b" \n")) == [(None, b"", "empty-input")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', [(None, '{"a": 1}')]),
        ('{\n "a": {\n  "b": 1.10\n }\n}\n', [(None, '{\n "a": {\n  "b": 1.10\n }\n}')]),
        ('[{"a":1},\n {"b":"]"}]', [(1, '{"a":1}'), (2, '{"b":"]"}')]),
        ('[{"a":1}]', [(1, '{"a":1}')]),
        ('{"a":1}\n{"b":2}\n', [(1, '{"a":1}'), (2, '{"b":2}')]),
        ('{"a":1}\n{"b":"broken\n{"c":3}\n', [(1, '{"a":1}'), (2, '{"b":"broken'), (3, '{"c":3}')]),
        ('{"a":"broken\n{"b":2}\n{"c":3}', [(1, '{"a":"broken'), (2, '{"b":2}'), (3, '{"c":3}')]),
        ('{\n"a":1\n}\n{\n"b":2\n}', [(1, '{\n"a":1\n}'), (2, '{\n"b":2\n}')]),
        ("nonsense", [(None, "nonsense")]),
    ],
)
def test_json_files_hold_one_object_an_array_or_lines(
    text: str, expected: list[tuple[int | None, str]], reading: Reader
) -> None:
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        assert [(raw.record, raw.data.decode()) for raw in reading("a.json", data)] == expected


def test_csv_rows_are_numbered_objects(reading: Reader) -> None:
    data = 'id;text\n1;"a\nb"\n2\n'
    assert shown(reading("a.csv", data)) == [
        (1, b'{"id":"1","text":"a\\nb"}', None),
        (2, b"2\n", "ragged-row"),
    ]
    assert shown(reading("a.csv", data.encode("utf-16"))) == shown(reading("a.csv", data))


def test_a_csv_file_that_is_no_text_is_one_quarantined_record(reading: Reader) -> None:
    data = b"\x89PNG\r\n\x1a\n" + bytes(100)
    [(record, held, reason)] = shown(reading("a.csv", data))
    assert (record, held, reason) == (None, data, "binary")


@pytest.mark.parametrize(
    ("name", "good"),
    [("a.html.gz", 0), ("a.jsonl.gz", 1), ("a.json.gz", 1), ("a.csv.gz", 1)],
)
def test_cut_files_keep_what_could_be_read(name: str, good: int, reading: Reader) -> None:
    text = {"a.html.gz": "<p>一</p><p>二", "a.csv.gz": "id,text\n1,one\n2,two"}.get(
        name, '{"id":1}\n{"id":2, "text":"tw' if "jsonl" in name else '[{"id":1}, {"id":2, "text":"tw'
    )
    packed = gzip.compress(text.encode())[:-8]  # all data, no checksum
    records = reading(name, packed)
    assert [raw.error is None for raw in records] == [True] * good + [False]
    last = records[-1].quarantined()
    assert last.reason == "truncated"
    assert isinstance(last.raw, bytes)
    assert text.encode().endswith(last.raw)
    assert last.raw


@pytest.mark.parametrize(("name", "text"), [("a.jsonl.gz", '{"id":1}\n'), ("a.csv.gz", "id,text\n1,one\n")])
def test_a_cut_between_two_records_is_said_too(name: str, text: str, reading: Reader) -> None:
    packed = gzip.compress(text.encode())[:-8]
    assert [(record, reason) for record, _, reason in shown(reading(name, packed))] == [
        (1, None),
        (2, "truncated"),
    ]


def test_an_array_that_is_not_closed_is_said(reading: Reader) -> None:
    assert [reason for *_, reason in shown(reading("a.json", '[{"a":1},'))] == [None, "truncated"]


def test_a_name_that_promises_compression_falsely_is_quarantined_with_its_bytes(reading: Reader) -> None:
    assert shown(reading("a.html.gz", "<p>")) == [(None, b"<p>", "not-compressed")]
    assert shown(reading("a.txt.zst", "")) == [(None, b"", "truncated")]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.html", b"x" * 101, [(None, "too-large")]),
        ("a.html", b"x" * 100, [(None, None)]),
        ("a.html.gz", gzip.compress(bytes(10**7)), [(None, "too-large")]),
        (
            "a.jsonl",
            b'{"a":1}\n{"b":"' + b"x" * 100 + b'"}\n{"c":3}',
            [(1, None), (2, "too-large"), (3, None)],
        ),
        (
            "a.json",
            b'[{"a":1},{"b":"' + b"x" * 100 + b'"},{"c":3}]',
            [(1, None), (2, "too-large"), (3, None)],
        ),
        ("a.csv", b"id,text\n1,x\n2," + b"x" * 100 + b"\n3,y", [(1, None), (2, "too-large"), (3, None)]),
    ],
)
def test_a_record_over_the_limit_is_named_and_not_held(
    name: str, data: bytes, expected: list[tuple[int | None, str | None]], reading: Reader
) -> None:
    records = reading(name, data, max_bytes=100)
    assert [(record, reason) for record, _, reason in shown(records)] == expected
    for raw in records:
        if raw.error:
            assert raw.quarantined().raw is None
            assert raw.error.place
            assert len(raw.error.source.sha256) == 64


def test_a_file_that_went_away_is_quarantined(tmp_path: Path) -> None:
    for name in ("gone.html", "gone.jsonl", "gone.json", "gone.csv", "gone.parquet"):
        [raw] = read([InputFile.of(tmp_path / name)])
        assert raw.error is not None
        assert raw.quarantined().raw is None or raw.error.reason == "not-parquet"


@pytest.mark.parametrize(
    ("data", "media", "count"),
    [
        (b'{"a":1}\n{"b":2}', "json", 2),
        (b'\xef\xbb\xbf [ {"a":1}]', "json", 1),
        ('{"a":1}'.encode("utf-16"), "json", 1),
        (b" \n<!doctype html>", "html", 1),
        ("[快讯] 示例公司公告".encode(), "text", 1),
        (b"{not json", "text", 1),
        (b"", "text", 1),
        (gzip.compress(b'{"a":1}\n{"b":2}'), "json", 2),
        (b"PAR1xxxx", None, 1),
    ],
)
def test_standard_input_is_sniffed(data: bytes, media: str | None, count: int) -> None:
    records = list(read(expand(["-"]), stdin=io.BytesIO(data)))
    assert [raw.media for raw in records] == [media] * count
    assert records[0].uri == "-"


def test_a_format_that_is_given_wins_over_name_and_content(reading: Reader) -> None:
    assert [raw.media for raw in reading("a.txt", '{"a":1}\n{"b":2}', input_format="jsonl")] == [
        "json",
        "json",
    ]
    assert [raw.media for raw in reading("a.jsonl", "x\ny", input_format="text")] == ["text"]
    data = io.BytesIO(b"id,text\n1,x")
    [raw] = read(expand(["-"]), ReadOptions(input_format="csv"), data)
    assert raw.data == b'{"id":"1","text":"x"}'


def test_raw_records_cross_processes(reading: Reader) -> None:
    records = reading("a.csv", "id,text\n1,x\n2\n")
    assert pickle.loads(pickle.dumps(records)) == records


def test_files_come_in_their_order(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl"):
        (tmp_path / name).write_text("{}\n{}\n")
    records = list(read(expand([str(tmp_path)])))
    assert [(raw.uri[-7:], raw.record) for raw in records] == [
        ("a.jsonl", 1),
        ("a.jsonl", 2),
        ("b.jsonl", 1),
        ("b.jsonl", 2),
    ]


def test_reading_may_stop_anywhere(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n" * 10_000)
    first = next(iter(read(expand([str(tmp_path)]))))
    assert first.record == 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=80)
    | st.text(st.sampled_from('{}[]",:\n\\a1;| é文'), max_size=60).map(str.encode),
    name=st.sampled_from(
        ["a.html", "a.jsonl", "a.json", "a.csv", "a.jsonl.gz", "a.csv.zst", "a.parquet", "a"]
    ),
    pack=st.sampled_from([bytes, gzip.compress, zstandard.ZstdCompressor().compress]),
    keep=st.floats(0.3, 1),
)
def test_no_bytes_under_any_name_raise(
    data: bytes, name: str, pack: Callable[[bytes], bytes], keep: float, reading: Reader
) -> None:
    packed = pack(data)
    for raw in reading(name, packed[: int(len(packed) * keep) + 1], max_bytes=50):
        assert raw.error is None or raw.quarantined().reason
        json.dumps(raw.source.to_dict())
