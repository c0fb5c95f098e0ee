"""Annotated GBK piece by piece: each kind of damage, worked through on invented sentences."""

import pytest

from articlekit.steps.annotated import is_annotated, recognise, undo
from articlekit.text.positions import apply_edits

# Enough of a document to be recognised: five characters and more, several of them more than once.
FRAME = (
    "雲(yún)岫銀行發(fā)佈公告，貸(dài)款業(yè)務(wù)穩步增長。\n"
    "貸(dài)款餘額為48億元，業(yè)務(wù)收入上升，發(fā)行債券兩期。\n"
) * 3
PLAIN = "雲岫銀行發佈公告，貸款業務穩步增長。\n貸款餘額為48億元，業務收入上升，發行債券兩期。\n" * 3


def undone(text: str) -> str:
    result = undo(FRAME + text)
    assert apply_edits(FRAME + text, result.edits) == result.text
    assert result.text.count("\n") == (FRAME + text).count("\n")
    return result.text.removeprefix(PLAIN)


def annotated(clean: str, entries: str, style: str = "?") -> str:
    """Do what the sites do; `entries` are characters and readings, in the order of the table."""
    data = clean.encode("gb18030")
    for entry in entries.split():
        character, reading = entry[0], entry[1:]
        pair = character.encode("gb18030")
        data = data.replace(pair, pair + f"({reading})".encode("gb18030"))
    text, at = "", 0
    while at < len(data):
        if data[at] < 0x80:
            text, at = text + chr(data[at]), at + 1
            continue
        try:
            text, at = text + data[at : at + 2].decode("gb18030"), at + 2
        except UnicodeDecodeError:
            text, at = text + style, at + (2 if style == "?" and data[at] > 0x80 else 1)
    return text


CASES = {
    "one straddle": ("客戶應選擇適當的付款方式。</p>", "數shù 當dāng"),
    "a straddle up to a letter": ("請在app內查看賬單", "堅jiān 請qǐng"),
    "a trail byte that shows as a letter": ("債務重組至會議召開，進行表決。\n", "習xí 進jìn"),
    "two straddles of one character": ("適當的在會議上說明。\n", "數shù 當dāng"),
}


@pytest.mark.parametrize("style", ["?", "\ufffd"])
@pytest.mark.parametrize("name", CASES)
def test_straddles_are_undone(name: str, style: str) -> None:
    clean, entries = CASES[name]
    damaged = annotated(clean, entries, style)
    assert damaged != clean
    assert undone(damaged) in (clean, clean.replace("\n", "\ufffd"))


def test_intact_annotations_go_and_each_is_an_edit() -> None:
    result = undo(FRAME)
    assert {edit.kind for edit in result.edits} == {"annotation"}
    assert len(result.edits) == FRAME.count("(")
    assert all(edit.after == "" and edit.step == "annotated-gbk" for edit in result.edits)
    assert result.flags == ()


def test_look_alike_letters_are_read_as_what_they_look_like() -> None:
    assert undone("發(fā)展，廣(ɡuǎng)發，廣(ɡuǎng)東") == "發展，廣發，廣東"


def test_an_annotation_split_by_another_goes_whole() -> None:
    assert undone("動(dò(bī)ng)態，業(yè)務") == "動態，業務"


def test_a_letter_and_the_byte_before_it_can_be_an_entry() -> None:
    # The bytes of 進 are DF 4D: DF ends 高, and 4D is M, so that M(jìn) is no gloss of M.
    assert annotated("提高M計劃", "進jìn") == "提高M(jìn)計劃"
    assert undone("提高M(jìn)計劃") == "提高M計劃"


def test_a_gloss_of_the_author_stays() -> None:
    assert (
        undone("董事長趙䶮(yǎn)重(chóng)申，貸(dài)款業(yè)務不變。")
        == "董事長趙䶮(yǎn)重(chóng)申，貸款業務不變。"
    )


def test_an_eaten_digit_is_not_guessed_but_flagged() -> None:
    damaged = annotated("適當的付款方式80後", "數shù")
    assert "80" not in damaged
    result = undo(FRAME + damaged)
    assert result.text.endswith("適當的付款方式\ufffd0後")
    assert [flag.kind for flag in result.flags if flag.kind == "lost-character"] == ["lost-character"]


def test_markup_that_was_eaten_comes_back() -> None:
    assert undone(annotated("適當的還款方式&nbsp;等", "數shù")) == "適當的還款方式&nbsp;等"
    assert (
        undone(annotated('適當的方式<span class="b">等</span>', "數shù"))
        == '適當的方式<span class="b">等</span>'
    )


def test_what_cannot_be_read_is_left_and_flagged() -> None:
    result = undo(FRAME + "雲岫?bā)龘龘龘龘")
    assert result.text.endswith("雲岫?bā)龘龘龘龘")
    assert [flag.kind for flag in result.flags] == ["residue"]
    assert result.text.startswith(result.flags[0].text, result.flags[0].start)


def test_a_title_is_undone_with_the_table_of_its_document() -> None:
    title = "雲(yún)岫銀行貸(dài)款新政"
    assert undo(title).text == title
    assert undo(title, recognise(FRAME)).text == "雲岫銀行貸款新政"


def test_recognition_tells_the_table() -> None:
    recognition = recognise(FRAME)
    assert recognition.annotated
    assert is_annotated(FRAME)
    assert recognition.table["貸"] == {"dài"}
    assert recognition.occurrences == FRAME.count("(")
    assert recognition.residues == 0


def lesson(characters: str, glossed: str, *, first_only: bool) -> str:
    """Return a text of `characters` in which those `glossed` carry their reading."""
    read = ["dài", "yè", "wù", "fā", "zhài", "qián", "yín", "xué", "xí", "xiāo"]
    readings = dict(zip("貸業務發債錢銀學習銷", read, strict=True))
    seen: set[str] = set()
    out = []
    for character in characters:
        gloss = character in glossed and not (first_only and character in seen)
        out.append(f"{character}({readings[character]})" if gloss else character)
        seen.add(character)
    return "".join(out)


TEXT = "貸款業務是銀行的業務，發行債券也是。貸款要還，債務要清，發錢學習銷售，銀行發貸。" * 3


def test_glosses_at_the_first_mention_stay() -> None:
    text = lesson(TEXT, "貸業務發債錢銀學習銷", first_only=True)
    assert undo(text).text == text


def test_a_text_with_every_character_glossed_stays() -> None:
    every = "春(chūn)眠(mián)不(bù)覺(jué)曉(xiǎo)，處(chù)處(chù)聞(wén)啼(tí)鳥(niǎo)。"
    text = every + "夜(yè)來(lái)風(fēng)雨(yǔ)聲(shēng)，花(huā)落(luò)知(zhī)多(duō)少(shǎo)。" + every
    assert undo(text).text == text


def test_simplified_glosses_stay() -> None:
    text = "贷(dài)款和债(zhài)务：贷(dài)款要还，债(zhài)务要清。业(yè)务、业(yè)绩、费(fèi)用、费(fèi)率。"
    assert undo(text).text == text
