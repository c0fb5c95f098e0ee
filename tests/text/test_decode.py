"""Bytes to text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.errors import ConfigError, RecordError
from articlekit.text.decode import Decoded, decode, score

HANS = "本公司董事会及全体董事保证本公告内容不存在任何虚假记载，公司股票将于下周一开市起复牌。"
HANT = "本公司董事會及全體董事保證公告內容不存在虛假記載，公司股票將於下週一開市起復牌。"
JA = "当社の第3四半期の売上高は前年同期比で増加し、営業利益も過去最高となりました。"
KO = "회사의 3분기 매출은 지난해 같은 기간보다 증가했으며 영업이익도 늘었다고 밝혔다."
FR = "Le chiffre d'affaires a progressé de 3,5 % à périmètre constant, dépassant les prévisions."


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (HANS, "utf-8", "utf-8"),
        (HANS, "gb18030", "gb18030"),
        ("公司公告全文", "gbk", "gb18030"),
        ("董事會公告書", "big5", "big5hkscs"),
        (HANT, "big5", "big5hkscs"),
        (HANT, "gbk", "gb18030"),
        (JA, "cp932", "shift_jis"),
        (KO, "cp949", "euc_kr"),
        (FR, "latin-1", "cp1252"),
        ("The company’s shares fell – sharply.", "cp1252", "cp1252"),
        (HANS, "utf-16-le", "utf-16le"),
        (HANT, "utf-16-be", "utf-16be"),
        ("Revenue rose 5 percent.", "utf-16-le", "utf-16le"),
        ("Revenue rose 5 percent.", "ascii", "utf-8"),
    ],
)
def test_the_encoding_is_found_without_a_claim(text: str, codec: str, name: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.lossy) == (text, name, False)
    assert decoded.confidence > 0.9


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (b"\xef\xbb\xbf", "utf-8", "utf-8"),
        (b"\xff\xfe", "utf-16-le", "utf-16le"),
        (b"\xfe\xff", "utf-16-be", "utf-16be"),
        (b"\xff\xfe\0\0", "utf-32-le", "utf-32le"),
        (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
    ],
)
def test_a_byte_order_mark_decides_and_is_not_text(mark: bytes, codec: str, name: str) -> None:
    assert decode(mark + HANS.encode(codec), "euc-kr") == Decoded(HANS, name, 1.0, False)


def test_a_utf8_page_that_claims_gb2312_is_utf8() -> None:
    page = f'<html><head><meta charset="gb2312"></head><body><p>{HANS}</p></body></html>'
    assert decode(page.encode()) == Decoded(page, "utf-8", 1.0, False)
    assert decode(page.encode(), "gb2312").encoding == "utf-8"


def test_a_utf8_page_that_claims_gb2312_stays_utf8_when_its_tail_is_cut() -> None:
    page = f'<meta charset="gb2312"><p>{HANS}'
    decoded = decode(page.encode()[:-1])
    assert decoded.encoding == "utf-8"
    assert decoded.lossy
    assert decoded.text == page[:-1] + "\ufffd"


def test_gbk_in_a_page_of_ascii_markup_is_found() -> None:
    page = "<html><body><div class='main'><p>公司公告</p></div>" + "<ul><li>a</li></ul>" * 200
    assert decode(page.encode("gbk")) == Decoded(page, "gb18030", 1.0, False)


def test_one_bad_byte_does_not_change_the_encoding() -> None:
    for codec, name in (("utf-8", "utf-8"), ("gb18030", "gb18030")):
        data = bytearray(HANS.encode(codec))
        data[21] = 0xFF
        decoded = decode(bytes(data))
        assert decoded.encoding == name
        assert decoded.lossy
        assert "\ufffd" in decoded.text
        assert decoded.text[:5] == HANS[:5]
        assert decoded.text[-20:] == HANS[-20:]


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (HANS, "gbk", "gb18030"),
        (HANT, "big5", "big5hkscs"),
        (JA, "cp932", "shift_jis"),
        (KO, "cp949", "euc_kr"),
    ],
)
def test_a_missing_byte_costs_hardly_more_than_its_character(text: str, codec: str, name: str) -> None:
    data = text.encode(codec)
    for at in range(20, 40):
        decoded = decode(data[:at] + data[at + 1 :])
        assert decoded.encoding == name
        assert decoded.text[:8] == text[:8]
        assert decoded.text[-16:] == text[-16:]


def test_lost_places_are_counted() -> None:
    data = HANS.encode("gbk")
    decoded = decode(data[:9] + data[10:61] + data[62:])
    assert (decoded.places, decoded.lossy) == (2, True)
    assert decode(HANS.encode()[:-1]).places == 1
    assert decode(HANS.encode()).places == 0


def test_a_short_utf8_text_with_one_bad_byte_is_still_utf8() -> None:
    assert decode("公司公告".encode() + b"\xb9").text == "公司公告\ufffd"
    assert decode(b"\x80" + "公司公告全文".encode()).encoding == "utf-8"


def test_a_tail_cut_inside_a_character_is_marked() -> None:
    for codec, name in (("utf-8", "utf-8"), ("gb18030", "gb18030"), ("big5", "big5hkscs")):
        text = HANT if codec == "big5" else HANS
        decoded = decode(text.encode(codec)[:-1])
        assert decoded == Decoded(text[:-1] + "\ufffd", name, decoded.confidence, True)


def test_the_euro_sign_of_code_page_936_is_read() -> None:
    data = "公司募集资金总额为".encode("gbk") + b"\x80" + "三百万".encode("gbk")
    assert decode(data) == Decoded("公司募集资金总额为€三百万", "gb18030", 1.0, False)


def test_signs_of_big5_are_those_of_browsers() -> None:
    text = "本公司董事會預計於3～5天內，以￥300、€200公告"
    assert decode(text.encode("cp950")) == Decoded(text, "big5hkscs", 1.0, False)


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (HANS, "utf-32-le", "utf-32le"),
        (HANT, "utf-32-be", "utf-32be"),
        ("Revenue rose", "utf-32-le", "utf-32le"),
        (HANS, "hz", "hz"),
        (JA, "iso2022_jp", "iso-2022-jp"),
        (KO, "iso2022_kr", "iso-2022-kr"),
    ],
)
def test_wide_and_seven_bit_encodings_are_found(text: str, codec: str, name: str) -> None:
    assert decode(text.encode(codec)) == Decoded(text, name, 0.99, False)


@pytest.mark.parametrize(
    "text", ["class A { ~A(); };", "a~{b}~}c", "\x1b$B", "~{ab~} is no text", "tilde ~{"]
)
def test_ascii_that_only_looks_shifted_is_ascii(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8", 1.0, False)


@pytest.mark.parametrize("claim", ["gb2312", "x-gbk", "cp936", "big5-hkscs", "utf-8", "hz-gb-2312", "utf-16"])
@pytest.mark.parametrize("codec", ["utf-8", "gbk", "big5"])
def test_whatever_a_page_claims_its_bytes_decide(claim: str, codec: str) -> None:
    page = (
        f'<html><head><meta charset="{claim}"></head><body><p>{HANT if codec == "big5" else HANS}</p></body>'
    )
    assert decode(page.encode(codec), claim).text == page


def test_surrogates_written_as_utf8_are_joined() -> None:
    assert decode(b"\xed\xa0\xbd\xed\xb8\x80" + HANS.encode()).text == "😀" + HANS


def test_a_wrong_claim_loses_and_a_right_one_tips_the_balance() -> None:
    data = "公司公告".encode("gbk")
    assert decode(data, "iso-8859-1").text == "公司公告"
    assert decode(data, "utf-8").text == "公司公告"
    russian = "Акции компании выросли".encode("cp1251")
    assert decode(russian, "windows-1251") == Decoded("Акции компании выросли", "cp1251", 1.0, False)
    assert decode(data, "no such encoding").text == "公司公告"


def test_an_override_is_obeyed() -> None:
    assert decode("公司".encode("gbk"), override="big5").encoding == "big5hkscs"
    assert decode("é".encode(), override="latin-1").text == "Ã©"
    with pytest.raises(ConfigError, match="unknown encoding 'klingon'"):
        decode(b"", override="klingon")


def test_empty_bytes_are_empty_text() -> None:
    assert decode(b"") == Decoded("", "utf-8", 1.0, False)


def test_text_with_a_nul_is_text() -> None:
    assert decode("公司\0公告".encode()).text == "公司\0公告"
    assert decode(f"{HANS}\0{HANS}".encode("gbk")).text == f"{HANS}\0{HANS}"
    assert decode(b"a\0b").text == "a\0b"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"%PDF-1.7\n%\xe2\xe3",
        b"PK\x03\x04\x14\0",
        b"\0" * 64,
        bytes(range(256)) * 8,
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(RecordError) as caught:
        decode(data)
    assert (caught.value.reason, caught.value.step) == ("binary", "decode")


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from([None, "gb2312", "latin-1", "utf-16", "x"]))
def test_any_bytes_decode_or_are_refused(data: bytes, declared: str | None) -> None:
    try:
        decoded = decode(data, declared)
    except RecordError:
        return
    assert 0.0 <= decoded.confidence <= 1.0
    decoded.text.encode()


@settings(deadline=None)
@given(st.text(max_size=60))
def test_utf8_is_read_as_it_is(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    try:
        decoded = decode(data)
    except RecordError:
        return  # control characters only
    if decoded.encoding == "utf-8":
        assert decoded.text == data.decode().removeprefix("\ufeff")


def test_hostile_bytes_take_linear_time() -> None:
    decode(b"\xff\xb0")
    start = time.process_time()
    for data in (b"\xff" * 200_000, b"\x81a" * 100_000, b"<meta " * 50_000 + b"\xff", b"\xe4\xb8" * 100_000):
        decode(data)
    assert time.process_time() - start < 5


def test_the_score_prefers_real_text() -> None:
    right, wrong = score([HANS, HANS.encode("gbk").decode("big5hkscs", "replace")])
    assert right > wrong
