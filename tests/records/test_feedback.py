"""A quarantine file fed back in gives what the original input gave."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from articlekit.model import Quarantined
from articlekit.records.fields import to_record
from articlekit.records.inputs import InputFile
from articlekit.records.jsonl import encode_quarantined
from articlekit.records.options import ReadOptions
from articlekit.records.raw import RawRecord, read

BROKEN = {
    "page.html": b"<p>\xb1\xe0\x00 no text",
    "text.txt": "文\ufeff本".encode(),
    "lines.jsonl": '{"id": 1}\nnot json\n{"x": "\\ud800", "p": 1.10}\n{"b": "\udcff"}'.encode(
        "utf-8", "surrogateescape"
    ),
    "array.json": b'[{"id": 1}, {"id": 01}]',
    "object.json": b'{\n "id": 1.10\n}',
    "rows.csv": b'id,biaoti\n1,"a\nb"\n2\n3,"open\n',
    "cut.html.gz": gzip.compress("<p>一二三".encode())[:-4],
    "cut.jsonl.gz": gzip.compress(b'{"id": 1}\n{"id":')[:-4],
    "between.jsonl.gz": gzip.compress(b'{"id": 1}\n')[:-4],
    "plain.html.gz": b"<p>x",
    "bomb.txt.gz": gzip.compress(bytes(10**6)),
    "table.parquet": b"PAR1 not really",
}
OPTIONS = ReadOptions(max_bytes=1000)


def quarantined(raws: list[RawRecord]) -> list[Quarantined]:
    """Return the outcome of each record as if the pipeline quarantined all that can be read."""
    outcomes = []
    for raw in raws:
        outcome = to_record(raw, OPTIONS)
        if not isinstance(outcome, Quarantined):
            outcome = Quarantined(raw.source, "empty-body", "sections", "…", None, raw.media, raw.data)
        outcomes.append(outcome)
    return outcomes


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("pretty", [False, True])
def test_a_quarantine_file_gives_the_records_it_holds(name: str, pretty: bool, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(BROKEN[name])
    first = list(read([InputFile.of(path)], OPTIONS))
    outcomes = quarantined(first)

    back = tmp_path / ("q.json" if pretty else "q.jsonl")
    lines = [encode_quarantined(outcome) for outcome in outcomes]
    back.write_bytes(
        json.dumps([json.loads(line) for line in lines], indent=1).encode() if pretty else b"\n".join(lines)
    )
    again = list(read([InputFile.of(back)]))
    assert again == first
    assert [encode_quarantined(outcome) for outcome in quarantined(again)] == lines


def test_wrapping_twice_changes_nothing(tmp_path: Path) -> None:
    inner = RawRecord("a.jsonl", 5, "json", b'{"id": 1.10}')
    line = inner.data
    for _ in range(3):
        line = encode_quarantined(
            Quarantined(RawRecord("q.jsonl", 1, "json", line).source, "x", "y", "z", None, "json", line)
            if line != inner.data
            else Quarantined(inner.source, "x", "y", "z", None, "json", line)
        )
    (tmp_path / "q.jsonl").write_bytes(line)
    assert list(read([InputFile.of(tmp_path / "q.jsonl")])) == [inner]


def test_a_ragged_row_that_was_mended_by_hand_is_read(tmp_path: Path) -> None:
    raw = RawRecord("a.csv", 2, None, b"1,x,y\n")
    outcome = Quarantined(raw.source, "ragged-row", "read", "…", None, "json", '{"id":"1","text":"x,y"}')
    (tmp_path / "q.jsonl").write_bytes(encode_quarantined(outcome))
    [again] = read([InputFile.of(tmp_path / "q.jsonl")])
    assert again.error is None
    assert again.data == b'{"id":"1","text":"x,y"}'


@pytest.mark.parametrize(
    "line",
    [
        b'{"schema":"articlekit/quarantine/1"}',
        b'{"text":"articlekit/quarantine/1"}',
        b'{"schema":"articlekit/quarantine/1", broken',
        b'"articlekit/quarantine/1"',
    ],
)
def test_what_only_looks_like_a_quarantine_record_is_a_record(line: bytes, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_bytes(line)
    [raw] = read([InputFile.of(tmp_path / "q.jsonl")])
    assert raw.data == line
    assert raw.error is None
