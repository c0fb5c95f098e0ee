"""What bytes can be of which some are lost."""

import pytest

from articlekit.text.annotated import gbk
from articlekit.text.annotated.document_model import DocumentModel
from articlekit.text.annotated.evidence import evidence_of
from articlekit.text.annotated.lost_bytes import (
    End,
    Gap,
    before_gap,
    entries,
    fill,
    with_lead,
    with_reading,
    with_trail,
)
from articlekit.text.annotated.recognition import recognise
from articlekit.text.character_model import CharacterModel


@pytest.fixture(scope="module")
def model() -> DocumentModel:
    text = "貸(dài)款業(yè)務(wù)，貸(dài)款業(yè)務(wù)，發(fā)行債(zhài)券，發(fā)展。"
    return evidence_of(text, recognise(text)).model


def bytes_of(character: str) -> tuple[int, int]:
    lead, trail = character.encode("gb18030")
    return lead, trail


def test_entries_begin_with_the_byte_and_are_read_so() -> None:
    lead, _ = bytes_of("數")
    found = entries(lead, "shù")
    assert "數" in {entry.character for entry in found}
    assert all(entry.cost == 0.0 and bytes_of(entry.character)[0] == lead for entry in found)


def test_another_tone_will_do_where_none_fits_and_costs() -> None:
    lead, _ = bytes_of("數")
    assert {entry.cost for entry in entries(lead, "shu")} == {3.0}
    assert entries(lead, "nothing") == ()


def test_choices_hold_what_their_bytes_say() -> None:
    lead, trail = bytes_of("溝")
    assert "溝" in with_trail(trail).among.characters
    assert set(with_lead(lead).leads.tolist()) == {lead}
    assert set(with_trail(trail).trails.tolist()) == {trail}
    assert "溝" in with_trail(trail, "gōu").among.characters
    assert "溝" not in with_trail(trail, "dài").among.characters
    assert "提" in with_reading("tí").among.characters
    assert all(at in gbk.unassigned_trails() for at in before_gap(0xC9).trails.tolist())


def test_traditional_forms_come_before_simplified_ones() -> None:
    characters = with_reading("guó").among.characters
    assert characters.index("國") < characters.index("国")


def gap_in(context: str, first: str, second: str) -> tuple[Gap, End]:
    """Return the gap where the second byte of one character and the first of the next are lost."""
    return Gap(context, bytes_of(first)[0], 1, False), End(with_trail(bytes_of(second)[1]), bare=True)


def unassigned_pairs(words: list[str]) -> list[str]:
    """Return those words whose two characters have a pair between them that GBK does not assign."""
    trails = gbk.unassigned_trails()
    return [w for w in words if bytes_of(w[1])[0] in trails.get(bytes_of(w[0])[1], ())]


def test_words_over_a_lost_pair_are_found_and_every_text_fits_the_bytes(model: DocumentModel) -> None:
    words = unassigned_pairs(["公司", "安全", "全球", "問題", "人民", "中國", "市場", "銀行", "可能", "企業"])
    assert words
    for word in words:
        gap, end = gap_in("，在", word[0], word[1])
        found = fill(model, gap, end, ())
        assert word in {written for written, _ in found}, word
        for written, score in found:
            assert bytes_of(written[0])[0] == gap.lead
            assert bytes_of(written[1])[1] == bytes_of(word[1])[1]
            assert score < 0.0


def test_what_stands_behind_a_gap_helps_to_choose(model: DocumentModel) -> None:
    word = unassigned_pairs(["公司", "安全", "全球", "人民", "中國", "可能"])[0]
    gap, end = gap_in("，在", word[0], word[1])
    open_end, closed = fill(model, gap, end, ()), fill(model, gap, end._replace(right="，"), ())
    assert len(closed) < len(open_end)
    assert word in {written for written, _ in closed}


def test_characters_of_the_table_are_no_good_without_their_reading(model: DocumentModel) -> None:
    lead, trail = bytes_of("務")
    gap = Gap("業", 0xC9, 1, False)
    bare = dict(fill(model, gap, End(with_trail(trail), bare=True), ()))
    read = dict(fill(model, gap, End(with_trail(trail, "wù"), bare=False), ()))
    assert not any(written.endswith("務") for written in bare)
    assert all(written[-1] in with_trail(trail, "wù").among.characters for written in read)
    assert lead != gap.lead


def test_over_two_lost_pairs_the_middle_may_stay_unknown(model: DocumentModel) -> None:
    found = fill(model, Gap("，在", 0xC9, 2, False), End(with_trail(0xB5), bare=True), ())
    assert found
    assert {len(written) for written, _ in found} == {3}


def test_nothing_fits_where_no_character_is_read_so(model: DocumentModel) -> None:
    assert fill(model, Gap("，在", 0xC9, 1, False), End(with_reading("nothing"), bare=False), ()) == []


def test_an_unknown_character_tells_nothing_of_the_next() -> None:
    shipped = CharacterModel.load()
    assert shipped.after_any("的") > shipped.after_any("苎")
