"""Articles survive the trip through JSON lines; what is passed through is not touched."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articlekit.errors import RecordError, SchemaError
from articlekit.model import (
    Article,
    Dedup,
    Duplicate,
    Flag,
    Quarantined,
    RawJSON,
    Removal,
    Script,
    Section,
    Source,
)
from articlekit.records.jsonl import (
    decode_article,
    encode,
    encode_article,
    encode_duplicate,
    encode_quarantined,
)


def no_split_pairs(text: str) -> bool:
    """Whether JSON can hold the text: two halves of one character side by side become that character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") == text


texts = st.text(st.characters(), max_size=12).filter(no_split_pairs)
maybe = st.none() | texts
counts = st.integers(0, 10**9)
raw_values = st.sampled_from(
    ['"000858"', "1.10", "12345678901234567890123", "1e400", '{"a" :  [1]}', '"\\ud800"', '"\\u0041"', "-0.0"]
) | texts.map(json.dumps)
articles = st.builds(
    Article,
    id=texts,
    source=st.builds(Source, texts, st.none() | counts, maybe, maybe, texts),
    title=maybe,
    published=maybe,
    author=maybe,
    script=st.builds(Script, maybe, maybe),
    sections=st.lists(st.builds(Section, counts, maybe, maybe, texts), max_size=2).map(tuple),
    text=texts,
    removed=st.lists(st.builds(Removal, counts, texts, texts, texts), max_size=2).map(tuple),
    repairs=st.dictionaries(texts, counts, max_size=2),
    flags=st.lists(st.builds(Flag, texts, counts, st.none() | counts, texts), max_size=2).map(tuple),
    quality=st.dictionaries(texts, st.floats(0, 1) | counts.map(float), max_size=2),
    dedup=st.builds(Dedup, maybe, maybe, maybe, st.none() | st.floats(0, 1), maybe),
    extra=st.dictionaries(texts, raw_values.map(RawJSON), max_size=4),
)


@given(articles)
def test_an_article_comes_back_as_it_was(article: Article) -> None:
    line = encode_article(article)
    assert b"\n" not in line
    line.decode()
    again = decode_article(line)
    assert again == article
    assert list(again.extra.items()) == list(article.extra.items())
    assert encode_article(again) == line


def test_lines_hold_values_as_they_came() -> None:
    extra = {"code": RawJSON('"000858"'), "price": RawJSON("1.10"), "odd": RawJSON('{"a":\n  "\\ud800"}')}
    line = encode_article(Article("a", Source("x"), extra=extra))
    assert line.endswith(b',"extra":{"code":"000858","price":1.10,"odd":{"a":   "\\ud800"}}}')


def test_lone_surrogates_are_escapes_in_valid_utf_8() -> None:
    line = encode_article(
        Article("a", Source("x"), text="前\ud800后", extra={"k\udc00": RawJSON('"\udfff"')})
    )
    assert b"\\ud800" in line
    assert b'"k\\udc00":"\\udfff"' in line
    assert decode_article(line).text == "前\ud800后"


def test_plain_values_are_compact_and_not_escaped() -> None:
    assert encode({"标题": "示例", "n": 10**25}) == '{"标题":"示例","n":10000000000000000000000000}'.encode()


@pytest.mark.parametrize("line", ["", "{", "[1]x", b"\xff{}", "NaN{"])
def test_what_is_no_json_is_refused(line: str | bytes) -> None:
    with pytest.raises(RecordError):
        decode_article(line)


@pytest.mark.parametrize("line", ["[]", "{}", '{"schema":"articlekit/article/1"}', '"x"'])
def test_what_is_no_article_is_refused(line: str) -> None:
    with pytest.raises(SchemaError):
        decode_article(line)


def test_a_duplicate_carries_its_record_verbatim() -> None:
    duplicate = Duplicate("b", Source("x", 2), "a", Source("x", 1), "repost", 0.9, True)
    record = encode_article(Article("b", Source("x", 2), extra={"price": RawJSON("1.10")}))
    line = encode_duplicate(duplicate, record)
    assert line.endswith(b',"record":' + record + b"}")
    assert Duplicate.from_dict(orjson.loads(line)).kept_id == "a"
    assert orjson.loads(encode_duplicate(duplicate))["record"] is None


def test_a_duplicate_without_a_line_carries_its_record_as_values() -> None:
    duplicate = Duplicate("b", Source("x"), "a", Source("x"), "repost", 0.9, True, record={"n": 1})
    assert encode_duplicate(duplicate).endswith(b',"record":{"n":1}}')


@pytest.mark.parametrize("raw", [None, "文\ud800", "文".encode(), b"\xff\x00", b""])
def test_a_quarantined_record_comes_back(raw: Any) -> None:
    outcome = Quarantined(Source("x", 1), "not-json", "read", "…", "column 3", "json", raw)
    again = Quarantined.from_dict(json.loads(encode_quarantined(outcome)))
    held = raw.decode() if raw in ("文".encode(), b"") else raw
    assert again.raw == held
