"""Double-byte text with damaged bytes."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.text.resync import read_double_byte

HANS = (
    "本公司董事会及全体董事保证本公告内容不存在任何虚假记载，公司股票将于下周一开市起复牌，敬请投资者关注。"
)
HANT = "本公司董事會及全體董事保證公告內容不存在虛假記載，公司股票將於下週一開市起復牌，敬請投資者關注。"
JA = "当社の第3四半期の売上高は前年同期比で増加し、営業利益も過去最高となりました。"
KO = "회사의 3분기 매출은 지난해 같은 기간보다 증가했으며 영업이익도 늘었다고 밝혔다."
CASES = [(HANS, "gb18030"), (HANT, "gb18030"), (HANT, "big5hkscs"), (JA, "cp932"), (KO, "cp949")]


def differing(found: str, text: str) -> int:
    """Return how many characters of the text are not there, around one damaged place."""
    head = next((at for at, (a, b) in enumerate(zip(found, text, strict=False)) if a != b), len(text))
    rest = found[head:][::-1], text[head:][::-1]
    tail = next((at for at, (a, b) in enumerate(zip(*rest, strict=False)) if a != b), len(text) - head)
    return len(text) - head - tail


@pytest.mark.parametrize(("text", "codec"), CASES)
def test_whole_text_is_read_as_it_is(text: str, codec: str) -> None:
    assert read_double_byte(text.encode(codec), codec) == (text, 0, False)


@pytest.mark.parametrize(("text", "codec"), CASES)
def test_wherever_a_byte_is_missing_the_rest_is_right(text: str, codec: str) -> None:
    data = text.encode(codec)
    damaged = [read_double_byte(data[:at] + data[at + 1 :], codec).text for at in range(len(data))]
    right = sum(differing(found, text) <= 2 for found in damaged)
    assert right >= 0.9 * len(data)


@pytest.mark.parametrize(("text", "codec"), CASES)
def test_wherever_a_byte_is_added_or_replaced_the_rest_is_right(text: str, codec: str) -> None:
    rng = random.Random(7)
    data = text.encode(codec)
    right = 0
    for at in range(len(data)):
        byte = bytes((rng.randrange(256),))
        right += differing(read_double_byte(data[:at] + byte + data[at:], codec).text, text) <= 2
        right += differing(read_double_byte(data[:at] + byte + data[at + 1 :], codec).text, text) <= 2
    assert right >= 0.95 * 2 * len(data)


def test_one_mark_stands_for_the_character_whose_byte_is_missing() -> None:
    data = HANS.encode("gb18030")
    for at in (20, 21):
        found = read_double_byte(data[:at] + data[at + 1 :], "gb18030")
        assert found == (HANS[:10] + "\ufffd" + HANS[11:], 1, False)


def test_an_invalid_byte_and_the_one_it_left_alone_are_one_place() -> None:
    data = bytearray(HANS.encode("gb18030"))
    data[20] = 0xFF
    assert read_double_byte(bytes(data), "gb18030") == (HANS[:10] + "\ufffd" + HANS[11:], 1, False)


def test_digits_and_markup_beside_a_lost_byte_stay() -> None:
    data = "<p>公司拟募集资金3000万元用于项目</p>".encode("gb18030")
    for mark, kept in ((b"3000", "3000万元"), (b"</p>", "</p>")):
        at = data.index(mark)
        assert kept in read_double_byte(data[: at - 1] + data[at:], "gb18030").text


def test_several_damaged_places_are_found() -> None:
    data = HANS.encode("gb18030")
    found = read_double_byte(data[:9] + data[10:61] + data[62:], "gb18030")
    assert found.places == 2
    assert found.text.startswith(HANS[:4])
    assert HANS[7:29] in found.text
    assert found.text.endswith(HANS[33:])


def test_a_cut_end_is_no_damaged_place() -> None:
    assert read_double_byte("公司公告全文".encode("gb18030")[:-1], "gb18030") == ("公司公告全\ufffd", 0, True)


def test_rare_characters_and_names_stay() -> None:
    text = "公司董事王喆、潘建樑，监事李昇、陈淼鑫、张璟翀出席会议，魑魅魍魉，饕餮貔貅，嘧啶吡咯，氘氚锝钌。"
    assert read_double_byte(text.encode("gb18030"), "gb18030") == (text, 0, False)


@settings(deadline=None)
@given(st.binary(max_size=120), st.sampled_from(["gb18030", "big5hkscs", "cp932", "cp949", "euc_jp"]))
def test_any_bytes_are_read_and_marks_are_counted(data: bytes, codec: str) -> None:
    text, places, cut = read_double_byte(data, codec)
    text.encode()
    assert text.count("\ufffd") <= places + cut
    if places == 0 and not cut and "€" not in text:
        assert text == data.decode(codec)


def test_hostile_bytes_take_bounded_time() -> None:
    rng = random.Random(3)
    start = time.process_time()
    for data in (
        bytes(rng.randrange(0x81, 0xFE) for _ in range(60_000)),
        b"\xff\xb0" * 30_000,
        b"\x81a" * 30_000,
        b"\x81" * 60_001,
        "魑魅".encode("gb18030") * 30_000,
    ):
        read_double_byte(data, "gb18030")
    assert time.process_time() - start < 10
