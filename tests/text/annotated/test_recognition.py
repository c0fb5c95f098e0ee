"""Which documents are annotated GBK, and with which table."""

import pytest

from articlekit.text.annotated.recognition import Recognition, code_counts, recognise

TEXT = "貸(dài)款業(yè)務(wù)增長，貸(dài)款業(yè)務(wù)穩步，發(fā)行債(zhài)券，發(fā)展。"


def test_a_text_whose_traditional_characters_carry_their_readings_is() -> None:
    found = recognise(TEXT)
    assert found.annotated
    assert found.table["業"] == {"yè"}
    assert found.annotated_times["貸"] == 2
    assert ("務", "wù") in {(character, body.strip("()")) for character, body in found.pairs}
    assert (found.occurrences, found.residues) == (9, 0)


def test_readings_of_other_characters_are_no_entries() -> None:
    assert "增" not in recognise(TEXT + "增(dài)").table


@pytest.mark.parametrize(
    "plain",
    ["貸款業務" * 3, "貸款，發展" * 2],
    ids=["not at every occurrence", "two of them are plain"],
)
def test_a_text_that_glosses_only_some_occurrences_is_not(plain: str) -> None:
    assert not recognise(TEXT + plain).annotated


def test_damaged_brackets_make_up_for_few_characters() -> None:
    few = "貸(dài)款業(yè)務(wù)，"
    assert not recognise(few).annotated
    damaged = recognise(few + "適當?shù)")
    assert damaged.annotated
    assert damaged.residues == 1


def test_a_question_in_brackets_is_no_damage() -> None:
    assert not recognise("貸(dài)款業(yè)務(wù)，你去嗎?ma)").annotated


def test_a_part_has_the_table_of_the_whole_and_its_own() -> None:
    part = recognise(TEXT).part(recognise("學(xué)習"))
    assert part.annotated
    assert {"貸", "學"} <= part.table.keys()
    assert part.annotated_times == {"學": 1}


@pytest.mark.parametrize("text", ["", "plain (dài)", "貸款業務"])
def test_text_without_toned_readings_behind_chinese_is_not_looked_at(text: str) -> None:
    assert recognise(text) == Recognition(False) or not recognise(text).annotated


def test_code_points_are_counted_and_those_beyond_the_first_plane_together() -> None:
    counts = code_counts("春眠春\ud800\U00020087")
    assert (counts[ord("春")], counts[0xD800], counts[0xFFFF]) == (2, 1, 1)
