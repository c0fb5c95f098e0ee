"""Names of encodings, and decoding past bad bytes."""

from __future__ import annotations

import pytest

from articlekit.text.encodings import (
    CODECS,
    normalise_label,
    read_as,
    sniff_bom,
    sniff_declared,
)


def test_every_encoding_has_a_codec_of_python() -> None:
    for name, codec in CODECS.items():
        assert "a".encode(codec).decode(codec) == "a"
        assert normalise_label(name) == name


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("GBK", "gb18030"),
        ("x-gbk", "gb18030"),
        ("Big5", "big5hkscs"),
        ("Shift_JIS", "shift_jis"),
        ("ks_c_5601-1987", "euc_kr"),
        ("ISO-8859-1", "cp1252"),
        ("windows-1251", "cp1251"),
        ("ISO-8859-2", "iso8859-2"),
        ('"utf8"', "utf-8"),
        ("rot13", None),
        ("", None),
        (None, None),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str | None, name: str | None) -> None:
    assert normalise_label(label) == name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<meta charset="gbk">', "gb18030"),
        (b"<META http-equiv=Content-Type content='text/html; charset=big5'>", "big5hkscs"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?>', "shift_jis"),
        (b'<meta name=a content="b"><meta charset=utf-8>', "utf-8"),
        (b'<meta charset="utf-16">', "utf-8"),
        (b'<meta charset="klingon"><meta charset=gbk>', "gb18030"),
        (b"charset=gbk", None),
        (b" " * 5000 + b"<meta charset=gbk>", None),
    ],
)
def test_a_declaration_is_found_in_the_head(head: bytes, name: str | None) -> None:
    assert sniff_declared(head) == name


def test_longer_marks_come_first() -> None:
    assert sniff_bom(b"\xff\xfe\0\0a\0\0\0") == ("utf-32le", 4)
    assert sniff_bom(b"\xff\xfea\0") == ("utf-16le", 2)
    assert sniff_bom(b"a") is None


def test_undefined_bytes_of_cp1252_become_controls_as_in_browsers() -> None:
    assert read_as(b"\x80\x81\xe9", "cp1252").text == "€\x81é"


def test_a_bad_byte_in_double_byte_text_counts_once() -> None:
    data = "公告".encode("gbk") + b"\xff" + "全文".encode("gbk")
    reading = read_as(data, "gb18030", careful=True)
    assert (reading.text, reading.bad, reading.cut) == ("公告\ufffd全文", 1, False)


def test_too_many_bad_bytes_end_the_careful_reading() -> None:
    reading = read_as(b"\xff\xff" * 1000, "gb18030")
    assert set(reading.text) == {"\ufffd"}
    assert reading.lossy
