"""Record and ledger together give the input text back, character by character, in less space."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_records import Made, annotated_page, apply, edits_of, records, texts

from articlekit.errors import LedgerError
from articlekit.model import Article, Edit, Removal, Source, Trace
from articlekit.records.assembly import assemble, disassemble
from articlekit.records.deltas import decode_edits, encode_edits
from articlekit.records.jsonl import decode_article, encode_article
from articlekit.records.ledger import decode_ledger, encode_ledger, restore
from articlekit.records.ledger import edits_of as edits_in


@settings(max_examples=400, deadline=None)
@given(records(), st.none() | texts)
def test_the_input_comes_back_from_what_is_written(made: Made, source: str | None) -> None:
    line = encode_ledger(made.article, made.trace, source)
    line.decode()
    ledger = decode_ledger(line)
    assert restore(made.article, ledger) == made.trace.base
    assert ledger.source == source


@settings(max_examples=200, deadline=None)
@given(records())
def test_the_input_comes_back_from_the_lines_on_disk(made: Made) -> None:
    article = decode_article(encode_article(made.article))
    ledger = decode_ledger(encode_ledger(article, made.trace))
    assert restore(article, ledger) == made.trace.base


@given(records())
def test_a_delta_is_never_longer_than_the_text_itself(made: Made) -> None:
    literal = {"schema": "articlekit/ledger/1", "id": "id", "uri": "a.txt", "record": 1, "sha256": "0" * 16}
    literal["text"] = made.trace.base
    line = encode_ledger(made.article, made.trace)
    assert len(line) <= len(json.dumps(literal, separators=(",", ":")).encode()) + 100


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("annotations", "script"), [(230, 410), (0, 410), (230, 0), (0, 0)])
def test_the_ledger_is_no_larger_than_the_input(seed: int, annotations: int, script: int) -> None:
    made = annotated_page(seed, annotations, script, 10)
    line = encode_ledger(made.article, made.trace)
    ledger = decode_ledger(line)
    assert ledger.text is None
    assert len(line) < 0.8 * len(made.trace.base.encode())
    assert restore(made.article, ledger) == made.trace.base


def test_every_change_is_in_record_and_ledger() -> None:
    made = annotated_page(1, 230, 410, 10)
    found = edits_in(made.article, decode_ledger(encode_ledger(made.article, made.trace)))
    text = made.trace.base
    for step in ("annotated-gbk", "script"):
        text = apply(text, [edit for edit in found if edit.step == step])
    assert text == made.trace.lines
    expected = [
        (edit.step, edit.start, edit.before, edit.after) for _, edits in made.trace.steps for edit in edits
    ]
    alone = {(edit.step, edit.start, edit.before, edit.after) for edit in found}
    assert len(alone & set(expected)) > 300  # the others touch each other and come as one


# --- edits ----------------------------------------------------------------------------------------------


@given(st.data(), texts)
def test_edits_can_be_undone(data: st.DataObject, text: str) -> None:
    edits = data.draw(edits_of(text))
    output = apply(text, edits)
    again, changes = decode_edits(encode_edits(edits), output)
    assert again == text
    assert apply(text, [Edit("s", "k", *change) for change in changes]) == output


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([(2, 3, "隨", "随")], "2隨"),
        ([(0, 1, "隨", "随"), (5, 10, "(tái)", "")], "0隨4-(tái)"),
        ([(0, 1, "隨", "随"), (1, 2, "著", "着")], "0隨著"),
        ([(1, 3, "1.", "１．")], "1=2:1."),
        ([(1, 2, "=", "＝")], "1=1:="),
        ([(1, 2, "-", "－")], "1=1:-"),
        ([(1, 3, "12", "")], "1=2,0:12"),
        ([(1, 1, "", "新")], "1=0,1:"),
        ([(1, 3, "ab", "c")], "1=2,1:ab"),
        ([(1, 2, "a", "a")], ""),
    ],
)
def test_edits_take_the_shortest_form(edits: list[tuple[int, int, str, str]], expected: str) -> None:
    assert encode_edits([Edit("s", "k", *edit) for edit in edits]) == expected


@pytest.mark.parametrize(
    "text", ["x", "9隨", "0=5:ab", "1", "0=1,99:x", "-", "0隨99隨", "99999999999999999999隨"]
)
def test_damaged_edits_are_an_error(text: str) -> None:
    with pytest.raises(LedgerError):
        decode_edits(text, "短文")


# --- lines ----------------------------------------------------------------------------------------------


def test_lines_are_runs_of_the_record() -> None:
    article = Article(
        "1",
        Source("a"),
        title="题",
        text="甲。\n乙。\n丙。",
        removed=(
            Removal(1, "r", "c", "导航"),
            Removal(9, "r", "c", "来源：示例"),
            Removal(10, "r", "c", "联系"),
        ),
    )
    text = "导航\n题\n\n甲。\n\n乙。\n\n丙。\n　来源：示例\n联系\n\n\n"
    items = disassemble(text, article)
    assert items == [4, [0, 3, 1], 3, ["　", 5], [6, 1, 3]]
    assert assemble(items, article) == text


def test_a_trimmed_line_is_put_together_from_its_parts() -> None:
    article = Article("1", Source("a"), text="净利润增长。", removed=(Removal(1, "r", "c", "（记者 甲）"),))
    assert disassemble("净利润增长。 （记者 甲）", article) == [["", 1, " ", 2]]


def test_what_went_nowhere_is_kept_as_it_is() -> None:
    article = Article("1", Source("a"), text="甲")
    assert disassemble("一\n\n二\n甲\n", article) == ["一\n\n二", [1, 1, 1]]


@pytest.mark.parametrize(
    "items", [[9], [-1], [[0, 9]], [[0]], [[0, 1, 2, 3]], [None], [True], [[0, 1, 99]], [["", 9]]]
)
def test_damaged_lines_are_an_error(items: list[object]) -> None:
    with pytest.raises(LedgerError):
        assemble(items, Article("1", Source("a"), text="甲"))  # type: ignore[arg-type]


# --- pairing and damage ---------------------------------------------------------------------------------


@pytest.fixture
def made() -> Made:
    return annotated_page(7, 20, 40, 3)


def test_a_ledger_of_another_record_is_refused(made: Made) -> None:
    ledger = decode_ledger(encode_ledger(made.article, made.trace))
    other = annotated_page(8, 20, 40, 3)
    with pytest.raises(LedgerError, match="pair them by id"):
        restore(replace(made.article, id="other"), ledger)
    with pytest.raises(LedgerError):
        restore(other.article, ledger)


def test_a_record_that_was_changed_is_noticed(made: Made) -> None:
    ledger = decode_ledger(encode_ledger(made.article, made.trace))
    changed = replace(made.article, text=made.article.text.replace("。", "！"))
    with pytest.raises(LedgerError, match="not the one that was read"):
        restore(changed, ledger)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"\xff",
        b'{"schema":"articlekit/article/1"}',
        b'{"schema":"articlekit/ledger/1"}',
        b'{"schema":"articlekit/ledger/1","id":"a","uri":"b","record":1,"sha256":"c","steps":[1]}',
        b'{"schema":"articlekit/ledger/1","id":"a","uri":"b","record":1,"sha256":"c","lines":3}',
        b'{"schema":"articlekit/ledger/1","id":"a","uri":"b","record":1,"sha256":"c","text":{"base64":"!"}}',
    ],
)
def test_what_is_no_ledger_line_is_refused(line: bytes) -> None:
    with pytest.raises(LedgerError):
        decode_ledger(line)


@pytest.mark.parametrize("text", ["\ud83d\ude00", "前\ud800后", "\udc00\ud83d\ude00\ud800"])
def test_halves_of_characters_come_back_as_they_were(text: str) -> None:
    article = Article("1", Source("a"), text="x")
    trace = Trace(text, (("s", (Edit("s", "k", 0, len(text), text, "x"),)),), "x")
    assert restore(article, decode_ledger(encode_ledger(article, trace, text))) == text


def test_a_trace_that_does_not_fit_costs_space_and_not_the_text() -> None:
    article = Article("1", Source("a"), text="x")
    wrong = Trace("原文", (("s", (Edit("s", "k", 0, 1, "别", "x"),)),), "x")
    assert restore(article, decode_ledger(encode_ledger(article, wrong))) == "原文"
