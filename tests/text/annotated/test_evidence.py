"""What a document tells about its damaged places."""

import pytest

from articlekit.text.annotated.evidence import Evidence, evidence_of
from articlekit.text.annotated.recognition import recognise

TEXT = "貸(dài)款業(yè)務(wù)增長，貸(dài)款業(yè)務(wù)穩步，發(fā)行債(zhài)券，發(fā)展。"


def evidence(text: str) -> Evidence:
    return evidence_of(text, recognise(text))


def test_a_character_of_the_table_hardly_stands_without_its_reading() -> None:
    model = evidence(TEXT).model
    assert model.bare_cost("貸") > model.bare_cost("學") > model.bare_cost("穩") == 0.0
    assert model.bare_cost("的") == 0.0


def test_the_more_characters_are_annotated_the_more_a_bare_one_costs() -> None:
    few = evidence(TEXT + "學習錢銀飛鳥處聞")
    assert evidence(TEXT).model.bare_cost("龍") > few.model.bare_cost("龍") > 0.0


def test_a_known_entry_costs_nothing_and_a_character_seen_plain_most() -> None:
    known = evidence(TEXT)
    assert known.entry_cost("貸", "dài") == 0.0
    assert 0.0 < known.entry_cost("學", "xué") < known.entry_cost("穩", "wěn")
    assert known.entry_cost("代", "dài") > known.entry_cost("學", "xué")


def test_the_model_of_a_document_knows_its_words_across_annotations() -> None:
    text = TEXT + "岫岫(xiù)岫峁峁" * 8
    assert evidence(text).model.after("。", "岫") > evidence(TEXT).model.after("。", "岫")
    assert evidence(TEXT).model.own("貸")["款"] > 0.0


def test_private_use_characters_tell_that_nothing_was_dropped() -> None:
    assert evidence(TEXT).gaps
    assert not evidence(TEXT + "\ue850").gaps


@pytest.mark.parametrize(
    ("damaged", "gaps"),
    [
        ("當?shù)臏贤ǚ绞健?" * 8, True),  # one mark at the end of each stretch: what ate the ASCII byte
        ("當?shù)臏?贤ǚ?绞健?\n" * 8, False),  # marks inside as well
        ("當\ufffd(shù)臏\ufffd贤ǚ\ufffd绞\n" * 8, False),
    ],
)
def test_marks_inside_of_stretches_tell_that_nothing_was_dropped(damaged: str, gaps: bool) -> None:
    assert evidence(TEXT + damaged).gaps is gaps


def test_without_marks_no_text_of_the_document_is_trusted() -> None:
    silent = evidence(TEXT).silenced()
    assert silent.silent
    assert silent.model.own("貸") == {}
    assert silent.model.bare_cost("貸") == evidence(TEXT).model.bare_cost("貸")
