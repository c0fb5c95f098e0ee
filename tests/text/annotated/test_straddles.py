"""Walking through damaged stretches byte by byte."""

import pytest

from articlekit.text.annotated.byte_walk import closing_gains
from articlekit.text.annotated.evidence import Evidence, evidence_of
from articlekit.text.annotated.recognition import recognise
from articlekit.text.annotated.straddles import restore

TEXT = "貸(dài)款業(yè)務(wù)增長，貸(dài)款業(yè)務(wù)穩步，發(fā)行債(zhài)券，發(fā)展。\n"


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return evidence_of(TEXT, recognise(TEXT))


def walked(text: str, evidence: Evidence) -> str | None:
    start = min(at for mark in "?\ufffd" if (at := text.find(mark)) >= 0)
    return restore(text, start, text[max(0, start - 2) : start], evidence).text


def test_a_stretch_ends_where_text_is_sound_again(evidence: Evidence) -> None:
    text = "客戶應選擇適當?shù)臏贤ǚ绞健?/p>下一段"
    found = restore(text, text.index("?"), "適當", evidence)
    assert (found.text or "") + text[found.end :] == "的溝通方式。</p>下一段"
    assert found.end < text.index("下一段")
    assert found.margin > 3.0
    assert found.lead > 3.0


def test_a_letter_alone_behind_a_mark_is_not_taken_for_written(evidence: Evidence) -> None:
    for behind in ("A股", "x，"):
        found = walked(f"適當\ufffd(shù)臏贤ǚ绞降\ufffd{behind}", evidence)
        assert found is not None
        assert not any(character.isascii() and character.isalnum() for character in found), found


def test_words_of_letters_behind_a_mark_are_kept(evidence: Evidence) -> None:
    text = "適當\ufffd(shù)臏贤ǚ绞降\ufffdAPP中"
    found = restore(text, text.index("\ufffd"), "適當", evidence)
    assert ((found.text or "") + text[found.end :]).endswith("APP中")


def test_digits_behind_a_mark_are_kept_and_none_comes_in(evidence: Evidence) -> None:
    text = "適當?shù)膩砥?5家"
    found = restore(text, text.index("?"), "適當", evidence)
    whole = (found.text or "") + text[found.end :]
    assert "".join(character for character in whole if character.isdigit()) == "5"


def test_a_toned_residue_is_not_left_for_a_doubtful_word(evidence: Evidence) -> None:
    found = walked("適當?shù)臏贤ǚ绞健?\n", evidence)
    assert found is not None
    assert "shù" not in found


def test_what_fits_no_bytes_has_no_text(evidence: Evidence) -> None:
    assert walked("雲岫?bā)龘龘龘龘", evidence) is None


def test_a_stretch_without_end_is_given_up(evidence: Evidence) -> None:
    text = "當?shù)" + "臏" * 5000
    found = restore(text, 1, "適當", evidence)
    assert found.end <= 4010


def test_brackets_that_are_open_may_close() -> None:
    gains = dict(closing_gains("他說（見上文\n《報告", 11))
    assert gains["》"] > 0 > gains["）"]
