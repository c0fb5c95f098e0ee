"""CSV rows become JSON objects of strings; rows that make no sense are set aside whole."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articlekit.errors import RecordError
from articlekit.records.csvrows import rows
from articlekit.records.streams import Stream

LIMIT = 1000


def read(data: bytes | str, limit: int = LIMIT) -> list[Any]:
    """Return each row as its object, or its reason and bytes."""
    data = data.encode() if isinstance(data, str) else data
    stream = Stream(data[at : at + 7] for at in range(0, len(data), 7))
    return [
        (row.error.reason, row.data.decode("utf-8", "replace")) if row.error else json.loads(row.data)
        for row in rows(stream, limit)
    ]


@pytest.mark.parametrize("divider", [",", ";", "\t", "|"])
def test_the_divider_is_found_in_the_header(divider: str) -> None:
    text = divider.join(("id", '"a,b;c|d"', "text")) + "\n" + divider.join(("007", "1.10", "正文")) + "\n"
    assert read(text) == [{"id": "007", "a,b;c|d": "1.10", "text": "正文"}]


def test_a_single_column_needs_no_divider() -> None:
    assert read("text\n一\n二") == [{"text": "一"}, {"text": "二"}]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read_and_those_in_quotes_kept(end: str) -> None:
    text = f'id,text{end}1,"第一段{end}第二段"{end}{end}2,"他说""好"""{end}'
    assert read(text) == [{"id": "1", "text": f"第一段{end}第二段"}, {"id": "2", "text": '他说"好"'}]


def test_ragged_rows_are_set_aside_with_their_own_bytes() -> None:
    assert read('id,text\n1\n2,"a,b"\n3,"x",y\n') == [
        ("ragged-row", "1\n"),
        {"id": "2", "text": "a,b"},
        ("ragged-row", '3,"x",y\n'),
    ]


def test_rows_without_characters_are_left_out() -> None:
    assert read("\n\nid,text\n\n,\n1,x\n") == [{"id": "1", "text": "x"}]


def test_a_header_alone_and_nothing_at_all_give_no_rows() -> None:
    assert read("id,text\n") == read("") == []


def test_repeated_and_empty_names_of_columns_stay_apart() -> None:
    assert read(",tag,tag,tag_2,tag\n1,2,3,4,5") == [
        {"": "1", "tag": "2", "tag_3": "3", "tag_2": "4", "tag_4": "5"}
    ]


def test_a_quote_that_is_not_closed_sets_aside_what_follows_it() -> None:
    rest = '2,"open\n3,x\n4,y\n'
    assert read("id,text\n1,x\n" + rest) == [{"id": "1", "text": "x"}, ("bad-quotes", rest)]


def test_a_quote_that_is_closed_in_another_row_swallows_no_row_silently() -> None:
    found = read('id,text\n1,"open\n2,x\n3,"y"\n4,z\n')
    assert found == [("bad-quotes", '1,"open\n2,x\n3,"y"\n'), ("bad-quotes", "4,z\n")]


def test_quotes_that_are_not_doubled_cost_one_row_where_the_row_is_clear() -> None:
    assert read('id,text\n1,"他说"好"了"\n2,x\n') == [
        ("bad-quotes", '1,"他说"好"了"\n'),
        {"id": "2", "text": "x"},
    ]
    assert read('id,text\n1,5" 管,x\n2,5" 管\n') == [
        ("ragged-row", '1,5" 管,x\n'),
        {"id": "2", "text": '5" 管'},
    ]


def test_an_open_quote_is_not_followed_beyond_the_limit() -> None:
    found = read('id,text\n1,"open\n' + "2,x\n" * 900)
    assert {reason for reason, _ in found} == {"bad-quotes"}
    assert "".join(data for _, data in found) == '1,"open\n' + "2,x\n" * 900
    assert len(found) > 600


def test_a_broken_header_leaves_no_row_a_meaning() -> None:
    assert read('"id,text\n1,x\n') == [("bad-quotes", '"id,text\n1,x\n')]


def test_a_line_over_the_limit_is_passed_over() -> None:
    long = "x" * 200
    assert read(f"id,text\n1,{long}\n2,y\n", 100) == [
        ("too-large", f"1,{long}"[:100]),
        {"id": "2", "text": "y"},
    ]


def test_cells_may_be_larger_than_the_parser_of_python_likes() -> None:
    cell = "长" * 300_000
    assert read(f"id,text\n1,{cell}\n", 1 << 21) == [{"id": "1", "text": cell}]


@pytest.mark.parametrize("codec", ["gb18030", "big5", "utf-8", "utf-8-sig"])
def test_the_encoding_is_found(codec: str) -> None:
    text = "編號,標題\n1,公司公告發布第三季度報告，營業收入同比增長\n" * 3
    stream = Stream([text.encode(codec).removeprefix(b"\xef\xbb\xbf")])
    found = [json.loads(row.data) for row in rows(stream, LIMIT)]
    assert found[0] == {"編號": "1", "標題": "公司公告發布第三季度報告，營業收入同比增長"}


def test_bytes_that_do_not_decode_are_kept_for_the_worker() -> None:
    text = "id,text\n" + "1,公司公告发布第三季度报告\n" * 5
    bad = "2,公司".encode("gb18030") + b"\xff" + "公告\n".encode("gb18030")
    last = list(rows(Stream([text.encode("gb18030") + bad]), LIMIT))[-1]
    assert last.encoding == "gb18030"
    assert last.data == b'{"id":"2","text":"' + bad[2:-1] + b'"}'


def test_one_line_of_another_encoding_is_decoded_by_itself() -> None:
    text = "公司公告发布第三季度报告，营业收入同比增长"
    data = "id,text\n" + f"1,{text}\n" * 20
    found = list(rows(Stream([data.encode() + f"2,{text}\n".encode("gb18030")]), LIMIT))
    assert {json.loads(row.data)["text"] for row in found} == {text}


def test_what_is_not_text_is_refused() -> None:
    with pytest.raises(RecordError):
        read(b"\x89PNG\r\n\x1a\n" + bytes(100))


def test_a_cut_stream_marks_the_row_it_cuts() -> None:
    def chunks(end: bytes):  # type: ignore[no-untyped-def]
        yield b'id,text\n1,x\n2,"a\n' + end
        raise RecordError("truncated", "read", "…")

    for end in (b"", b"b"):
        found = list(rows(Stream(chunks(end)), LIMIT))
        assert json.loads(found[0].data) == {"id": "1", "text": "x"}
        assert [(row.data, row.error and row.error.reason) for row in found[1:]] == [
            (b'2,"a\n' + end, "truncated")
        ]


cells = st.text(st.sampled_from('a",;\n\r\t 文'), max_size=6)


@given(st.lists(st.tuples(cells, cells.map(lambda cell: cell + "."), cells), max_size=5))
def test_whatever_the_csv_module_writes_is_read(table: list[tuple[str, str, str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("a", "b", "c"), *table])
    assert read(out.getvalue(), 10_000) == [dict(zip("abc", row, strict=True)) for row in table]
