"""Fields become what they are named, and what is not used stays as it was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from articlekit.errors import RecordError
from articlekit.model import Article, Quarantined, RawJSON, Record, Removal, Section, Source
from articlekit.records.fields import record_from_mapping, to_record
from articlekit.records.jsonl import encode_article
from articlekit.records.options import ReadOptions
from articlekit.records.rawrecord import RawRecord


def record(value: Mapping[str, Any] | str | bytes, **names: str) -> Record:
    """Return the record, from JSON text and from a mapping alike."""
    outcome = outcome_of(value, **names)
    assert isinstance(outcome, Record)
    return outcome


def outcome_of(value: Mapping[str, Any] | str | bytes, **names: str) -> Record | Quarantined:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else value
    data = text.encode() if isinstance(text, str) else text
    return to_record(RawRecord("a.jsonl", 3, "json", data), ReadOptions(**names))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "key", "media"),
    [
        ({"text": "正文", "content": "x", "html": "<p>y"}, "text", "text"),
        ({"body": "正文", "content": "x"}, "content", "text"),
        ({"text": " \n", "body": "正文"}, "body", "text"),
        ({"text": None, "Content": "正文"}, "Content", "text"),
        ({"TEXT": "x", "raw_html": "<p>正文</p>"}, "raw_html", "html"),
        ({"html": "没有标签", "body": "正文"}, "body", "text"),
        ({"content": "<div class='a'><p>正文</p></div>"}, "content", "html"),
        ({"content": "一行<br/>二行"}, "content", "html"),
        ({"content": "<!DOCTYPE html><title>x"}, "content", "html"),
        ({"content": "若 a<b 且 b>c，则增长<5%>"}, "content", "text"),
        ({"content": "<p 没有结束"}, "content", "text"),
    ],
)
def test_the_body_is_guessed(value: dict[str, Any], key: str, media: str) -> None:
    found = record(value)
    assert (found.body, found.media, found.guessed) == (value[key], media, {"text": key})
    assert key not in found.fields


def test_other_fields_are_guessed_and_said() -> None:
    found = record(
        {
            "Headline": "标题",
            "link": "https://example.com/1",
            "_id": "A",
            "pubdate": "2025-01-02",
            "text": "正文",
        }
    )
    assert (found.title, found.source.url, found.id, found.published) == (
        "标题",
        "https://example.com/1",
        "A",
        "2025-01-02",
    )
    assert found.guessed == {
        "text": "text",
        "id": "_id",
        "url": "link",
        "title": "Headline",
        "date": "pubdate",
    }
    assert found.fields == {}
    assert found.consumed["title"] == ("Headline", RawJSON('"标题"'))


def test_exact_names_win_over_other_cases_and_order_decides_among_them() -> None:
    found = record({"URL": "u1", "link": "u2", "Title": "t1", "headline": "t2", "text": "正文"})
    assert (found.source.url, found.title) == ("u2", "t2")
    assert found.fields == {"URL": '"u1"', "Title": '"t1"'}


def test_given_names_are_taken_and_not_said() -> None:
    found = record(
        {"neirong": "正文", "text": "x", "biaoti": "题", "title": "y"},
        text_field="neirong",
        title_field="biaoti",
    )
    assert (found.body, found.title, found.guessed) == ("正文", "题", {})
    assert found.fields == {"text": '"x"', "title": '"y"'}


def test_a_given_html_field_is_html_whatever_it_looks_like() -> None:
    found = record({"page": "没有标签", "text": "x"}, html_field="page")
    assert (found.body, found.media) == ("没有标签", "html")
    found = record({"a": " ", "b": "<p>x"}, text_field="a", html_field="b")
    assert (found.body, found.media) == ("<p>x", "html")


def test_a_given_name_that_is_missing_is_not_replaced_by_a_guess() -> None:
    outcome = outcome_of({"text": "x"}, text_field="neirong")
    assert isinstance(outcome, Quarantined)
    assert outcome.reason == "no-text"
    assert "neirong" in outcome.message
    assert record({"text": "x", "title": "y"}, title_field="z").title is None


def test_a_record_without_text_names_its_fields_and_the_option() -> None:
    outcome = outcome_of({"neirong": "正文", "biaoti": "题"})
    assert isinstance(outcome, Quarantined)
    assert (outcome.reason, outcome.media) == ("no-text", "json")
    assert "neirong, biaoti" in outcome.message
    assert "--text-field" in outcome.message
    assert outcome.raw == '{"neirong": "正文", "biaoti": "题"}'.encode()


def test_fields_that_are_passed_through_are_not_touched() -> None:
    found = record(
        '{"text":"x","code":"000858","p":1.10,"n":12345678901234567890,"o":{"a" : "\\ud800"},"e":1e400}'
    )
    assert list(found.fields.items()) == [
        ("code", '"000858"'),
        ("p", "1.10"),
        ("n", "12345678901234567890"),
        ("o", '{"a" : "\\ud800"}'),
        ("e", "1e400"),
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("7", "7"),
        ("12345678901234567890", "12345678901234567890"),
        ("-3", "-3"),
        ('"007"', "007"),
        ('" "', None),
        ("1.0", None),
        ("true", None),
        ("null", None),
        ("[1]", None),
    ],
)
def test_ids_are_strings_or_the_digits_of_integers(raw: str, expected: str | None) -> None:
    found = record(f'{{"text":"x","id":{raw}}}')
    assert found.id == expected
    assert (found.consumed.get("id"), found.fields.get("id")) == (
        (("id", raw), None) if expected else (None, raw)
    )


def test_times_as_numbers_are_passed_on_as_digits() -> None:
    found = record('{"text":"x","time":1735689600}')
    assert (found.published, found.consumed["date"]) == ("1735689600", ("time", "1735689600"))


def test_the_checksum_is_of_the_line() -> None:
    line = '{"text":"x"}'
    assert record(line).source == Source("a.jsonl", 3, sha256=hashlib.sha256(line.encode()).hexdigest())


@pytest.mark.parametrize("media", ["html", "text", None])
def test_pages_and_texts_are_handed_on_as_bytes(media: Any) -> None:
    found = to_record(RawRecord("a", None, media, b"\xb1\xe0", "gbk"), ReadOptions())
    assert isinstance(found, Record)
    assert (found.body, found.media, found.declared) == (b"\xb1\xe0", media, "gbk")
    assert found.source.sha256 == hashlib.sha256(b"\xb1\xe0").hexdigest()


def test_a_line_in_another_encoding_is_decoded() -> None:
    text = '{"text": "公司公告发布第三季度报告，营业收入同比增长", "code": "000858"}'
    found = record(text.encode("gb18030"))
    assert (found.source.encoding, found.lossy, found.fields) == ("gb18030", False, {"code": '"000858"'})


def test_a_line_with_a_bad_byte_is_read_and_says_so() -> None:
    data = '{"text": "公司公告发布第三季度报告'.encode() + b"\xe5" + '，营业收入同比增长"}'.encode()
    found = record(data)
    assert found.lossy
    assert isinstance(found.body, str)
    assert "\ufffd" in found.body


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "not-json"),
        (b"[]", "not-object"),
        (b'{"text":"x","text":"y"}', "duplicate-key"),
        (b'{"text":NaN}', "not-json"),
        (b'{"text":' + b"[" * 100_000, "too-deep"),
        (b"", "not-json"),
        (b"\x00\x01", "not-json"),
        (b"{}", "no-text"),
    ],
)
def test_what_is_no_record_is_quarantined_whole(data: bytes, reason: str) -> None:
    outcome = outcome_of(data)
    assert isinstance(outcome, Quarantined)
    assert (outcome.reason, outcome.raw, outcome.media, outcome.source.uri) == (
        reason,
        data,
        "json",
        "a.jsonl",
    )


# --- bytes in records ----------------------------------------------------------------------------------


def test_bytes_in_their_json_form_are_a_body_to_decode() -> None:
    found = to_record(
        RawRecord("a", 1, "json", b'{"html":{"base64":"PHA+seA="},"x":{"base64":"AA=="}}', "gbk"),
        ReadOptions(),
    )
    assert isinstance(found, Record)
    assert (found.body, found.media, found.declared) == (b"<p>\xb1\xe0", "html", "gbk")
    assert found.fields == {"x": '{"base64":"AA=="}'}
    assert record({"content": {"base64": "eA=="}}).media is None


# --- mappings -------------------------------------------------------------------------------------------


def test_a_mapping_gives_the_same_record_as_its_json() -> None:
    value = {"id": 7, "title": "题", "content": "<p>正文</p>", "tags": ["a", {"b": None}], "n": 10**25}
    mapped = record_from_mapping(value, ReadOptions(), uri="a.jsonl", number=3)
    read = record(value)
    assert (mapped.id, mapped.title, mapped.body, mapped.media) == (
        read.id,
        read.title,
        read.body,
        read.media,
    )
    assert (mapped.fields, mapped.consumed, mapped.guessed) == (read.fields, read.consumed, read.guessed)


def test_a_mapping_may_hold_what_python_has_and_json_has_not() -> None:
    found = record_from_mapping(
        {
            "html": b"<p>\xb1\xe0",
            "date": datetime(2025, 1, 2, 3, 4, tzinfo=UTC),
            "day": date(2025, 1, 2),
            "price": Decimal("1.10"),
            "raw": RawJSON("1e400"),
        },
        ReadOptions(),
        url="https://example.com/1",
    )
    assert (found.body, found.published) == (b"<p>\xb1\xe0", "2025-01-02T03:04:00+00:00")
    assert found.fields == {"day": '"2025-01-02"', "price": "1.10", "raw": "1e400"}
    assert found.source.url == "https://example.com/1"


@pytest.mark.parametrize("value", [float("nan"), object(), {1, 2}, Decimal("NaN")])
def test_what_json_cannot_hold_is_refused_with_its_field(value: object) -> None:
    with pytest.raises(RecordError, match="field odd"):
        record_from_mapping({"text": "x", "odd": value}, ReadOptions())


def test_names_must_be_strings() -> None:
    with pytest.raises(RecordError, match="strings"):
        record_from_mapping({1: "x"}, ReadOptions())  # type: ignore[dict-item]


# --- article records ------------------------------------------------------------------------------------


def test_an_article_is_input_again() -> None:
    article = Article(
        "a1",
        Source("old.html", None, "https://example.com/1", "gb18030", "00"),
        title="题",
        published="2025-01-02",
        editor="温知夏",
        sections=(Section(0, None, None, "正文"),),
        text="正文",
        removed=(Removal(3, "r", "c", "广告"),),
        repairs={"script": 1},
        extra={"code": RawJSON('"000858"'), "price": RawJSON("1.10")},
    )
    found = record(encode_article(article))
    assert (found.id, found.title, found.published, found.body, found.media) == (
        "a1",
        "题",
        "2025-01-02",
        "正文",
        "text",
    )
    assert found.fields == {"code": '"000858"', "price": "1.10", "editor": '"温知夏"'}
    assert (found.source.uri, found.source.record, found.source.url) == (
        "a.jsonl",
        3,
        "https://example.com/1",
    )


def test_an_article_from_a_table_has_its_extra_in_a_string() -> None:
    found = record({"schema": "articlekit/article/1", "text": "正文", "extra": '{"price":1.10}'})
    assert found.fields == {"price": "1.10"}


def test_an_article_without_text_is_quarantined() -> None:
    outcome = outcome_of(encode_article(Article("a", Source("x"))))
    assert isinstance(outcome, Quarantined)
    assert outcome.reason == "no-text"


@pytest.mark.parametrize("declared", ["gbk", "GB18030"])
def test_a_given_encoding_is_obeyed(declared: str) -> None:
    data = '{"content": "公司公告"}'.encode("gbk")
    record = to_record(RawRecord("a.jsonl", 1, "json", data, declared), ReadOptions())
    assert isinstance(record, Record)
    assert (record.body, record.source.encoding) == ("公司公告", "gb18030")
    utf8 = to_record(RawRecord("a.jsonl", 1, "json", '{"content": "é"}'.encode(), "latin-1"), ReadOptions())
    assert isinstance(utf8, Record)
    assert utf8.body == "Ã©"


def test_wide_encodings_are_utf8_by_the_time_lines_are_parsed() -> None:
    raw = RawRecord("a.jsonl", 1, "json", '{"content": "公司公告"}'.encode(), "utf-16")
    record = to_record(raw, ReadOptions())
    assert isinstance(record, Record)
    assert record.body == "公司公告"
