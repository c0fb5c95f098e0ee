"""Values stay exactly as they were written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articlekit.errors import RecordError
from articlekit.records.rawjson import MAX_DEPTH, loads, members, split_object

EXACT = [
    '"000858"',
    "1.10",
    "-0",
    "-0.0",
    "12345678901234567890",
    "1" * 5000,
    "1e400",
    "1E+2",
    '{"a" :  [1, {"b":null}]}',
    "[ ]",
    '"\\ud800"',
    '"\\udfff\\ud800 x"',
    '"\\u0041\\/"',
    '"行\u2028内\x7f"',
    "true",
    "null",
    '""',
]


@pytest.mark.parametrize("value", EXACT)
@pytest.mark.parametrize("form", ['{{"v":{}}}', ' {{ "v" :\t{} \r\n}} ', '{{"a":1,"v":{},"b":[]}}'])
def test_values_are_kept_character_by_character(value: str, form: str) -> None:
    assert split_object(form.format(value))["v"] == value


def test_line_breaks_between_tokens_become_spaces_and_nothing_else_changes() -> None:
    assert (
        split_object('{"v": {\n  "a": "x\\n",\r\n  "b": 1.10\n}}')["v"] == '{   "a": "x\\n",    "b": 1.10 }'
    )


def test_members_come_in_their_order_with_their_values() -> None:
    assert members('{"b": "x", "a": 2, "\\u0063": [null]}') == [
        ("b", '"x"', "x"),
        ("a", "2", 2.0),
        ("c", "[null]", [None]),
    ]


def test_an_empty_object_has_no_members() -> None:
    assert members("{}") == members(" { } ") == members("\ufeff{}") == []


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ('{"a":1,"a":2}', "duplicate-key", "key a"),
        ('{"a":1,"\\u0061":2}', "duplicate-key", "key a"),
        ('{"a":NaN}', "not-json", "column 6"),
        ('{"s":"NaN","b":[1,{"c":-Infinity}]}', "not-json", "column 24"),
        ('{"a":Infinity}', "not-json", "column 6"),
        ('{"a":1', "not-json", "column 7"),
        ('{"a":"x', "not-json", "column 6"),
        ('{"a":01}', "not-json", "column 7"),
        ('{"a":.5}', "not-json", "column 6"),
        ('{"a":1,}', "not-json", "column 8"),
        ("{'a':1}", "not-json", "column 2"),
        ('{"a" 1}', "not-json", "column 6"),
        ('{"a":}', "not-json", "column 6"),
        ('{"a":1} x', "not-json", "column 9"),
        ('{"a":1}{"b":2}', "not-json", "column 8"),
        ('{"a":"\t"}', "not-json", "column 7"),
        ('{\n"a": 1,\n"b": x}', "not-json", "line 3, column 6"),
        ("", "not-json", "column 1"),
        ("   ", "not-json", "column 4"),
        ("hello", "not-json", "column 1"),
        ("[1]", "not-object", None),
        ('"x"', "not-object", None),
        ("3", "not-object", None),
        ("[" * 100_000, "too-deep", "column 257"),
        ('{"a":' * 100_000, "too-deep", "column 1281"),
        ('{"a":' + "[" * 300 + "]" * 300 + "}", "too-deep", "column 261"),
    ],
)
def test_what_is_no_record_is_refused_with_its_place(text: str, reason: str, place: str | None) -> None:
    with pytest.raises(RecordError) as caught:
        members(text)
    assert (caught.value.reason, caught.value.place) == (reason, place)


def test_brackets_in_strings_are_not_depth() -> None:
    text = json.dumps({"text": "[" * 5000 + '\\"{' * 5000, "deep": json.loads("[" * 200 + "]" * 200)})
    assert len(members(text)) == 2


def test_depth_up_to_the_limit_is_read() -> None:
    inner = MAX_DEPTH - 1
    assert split_object('{"v":' + "[" * inner + "]" * inner + "}")["v"].count("[") == inner


def test_hostile_texts_take_no_time() -> None:
    for text in (
        '{"' + "\\" * 200_001,
        '{"a":"' + '\\"' * 100_000,
        "{" + " " * 500_000,
        '{"a":' + "1" * 10**6,
    ):
        with pytest.raises(RecordError):
            members(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), json_values, max_size=5), st.booleans(), st.sampled_from([None, 0, 2]))
def test_any_object_is_split_into_its_values(value: dict[str, Any], ascii_: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_, indent=indent)
    assert {key: loads(raw) for key, raw in split_object(text).items()} == value


def test_numbers_of_any_length_are_parsed() -> None:
    assert loads("1" * 5000) == float("inf")
    assert loads(str(10**30)) == 10**30
