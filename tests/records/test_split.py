"""Streams are split into records without parsing them, in bounded memory."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articlekit.errors import RecordError
from articlekit.records.split import Piece, json_values, lines
from articlekit.records.streams import Stream


def chunked(data: bytes, size: int) -> Stream:
    return Stream(data[at : at + size] for at in range(0, len(data), size))


@given(
    st.binary(max_size=60).map(lambda data: data.replace(b"a", b"\n")), st.integers(1, 7), st.integers(1, 9)
)
def test_lines_give_all_bytes_with_their_places(data: bytes, size: int, limit: int) -> None:
    pieces = list(lines(chunked(data, size), limit))
    assert [piece.offset for piece in pieces] == [sum(p.size for p in pieces[:n]) for n in range(len(pieces))]
    assert sum(piece.size for piece in pieces) == len(data)
    for piece, line in zip(pieces, data.splitlines(keepends=True) if b"\r" not in data else [], strict=False):
        if b"\x0b" not in data and b"\x0c" not in data:
            assert piece.over == (len(line) > limit)
            assert piece.data == line[:limit]


objects = st.lists(
    st.dictionaries(
        st.text(st.sampled_from('a"\\[]{},\n😀'), max_size=4),
        st.text(st.sampled_from('b"\\[]{},\n文'), max_size=6)
        | st.lists(st.integers(), max_size=2)
        | st.none(),
        max_size=3,
    ),
    max_size=5,
)


@given(objects, st.integers(1, 9), st.sampled_from([None, 1]), st.booleans())
def test_arrays_and_objects_in_a_row_are_split_at_any_chunk(
    values: list[dict[str, Any]], size: int, indent: int | None, in_array: bool
) -> None:
    if in_array:
        text = json.dumps(values, ensure_ascii=False, indent=indent)
    else:
        text = "\n".join(json.dumps(value, ensure_ascii=False, indent=indent) for value in values)
    pieces = list(json_values(chunked(text.encode(), size), 10_000))
    assert [json.loads(piece.data) for piece in pieces] == values
    assert not any(piece.cut or piece.over for piece in pieces)


def found(text: str, limit: int = 1000) -> list[tuple[str, bool]]:
    return [(p.data.decode().strip(), p.cut) for p in json_values(Stream([text.encode()]), limit)]


def test_what_does_not_belong_is_a_piece_of_its_own() -> None:
    assert found('[{"a":1}] and {"b":2}') == [('{"a":1}', False), ('and {"b":2}', False)]
    assert found('{"a":1}, {"b":2} x') == [('{"a":1}', False), (', {"b":2}', False), ("x", False)]
    assert found('[{"a":1}}, {"b":2}]') == [('{"a":1}}', False), ('{"b":2}', False)]
    assert found("]}") == [("]}", False)]
    assert found("[1, ,2,]") == [("1", False), ("2", False)]


def test_a_file_that_ends_inside_says_so() -> None:
    assert found('[{"a":1},{"b"') == [('{"a":1}', False), ('{"b"', True)]
    assert found('[{"a":1},') == [('{"a":1}', False), ("", True)]
    assert found('{"a":"x') == [('{"a":"x', True)]
    assert found('{"a":1}') == [('{"a":1}', False)]
    assert found("") == found("  \n") == found("[]") == []


def test_a_broken_element_does_not_take_the_others_with_it() -> None:
    assert [data for data, _ in found('[{"a":01},{"b":nope},{"c":3}]')] == [
        '{"a":01}',
        '{"b":nope}',
        '{"c":3}',
    ]


def test_an_element_over_the_limit_is_passed_over() -> None:
    text = '[{"a":1},{"b":"' + "x" * 500 + '"},{"c":3}]'
    pieces = list(json_values(chunked(text.encode(), 7), 50))
    assert [piece.over for piece in pieces] == [False, True, False]
    assert pieces[1] == Piece(text[9:59].encode(), 9, 508, over=True)


def endless(length: int) -> Iterator[bytes]:
    for _ in range(length >> 16):
        yield b"x" * (1 << 16)
    yield b'"}\n{"b":2}\n'


@pytest.mark.parametrize("split", [lines, json_values])
def test_an_endless_record_takes_no_memory(split: Any) -> None:
    def chunks() -> Iterator[bytes]:
        yield b'{"a":"'
        yield from endless(256 << 20)

    tracemalloc.start()
    try:
        pieces = [(piece.over, piece.data[-9:].strip()) for piece in split(Stream(chunks()), 1 << 20)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [over for over, _ in pieces if over] == [True]
    assert (False, b'{"b":2}') in pieces
    assert peak < 8 << 20


def test_a_cut_stream_marks_its_last_line() -> None:
    def chunks() -> Iterator[bytes]:
        yield b'{"a":1}\n{"b"'
        raise RecordError("truncated", "read", "…")

    assert [(piece.data, piece.cut) for piece in lines(Stream(chunks()), 99)] == [
        (b'{"a":1}\n', False),
        (b'{"b"', True),
    ]
