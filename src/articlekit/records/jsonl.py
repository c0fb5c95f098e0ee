r"""Records to JSON lines and back, with passed-through values copied character by character.

Lines are UTF-8 without line feed. Characters that UTF-8 cannot hold (lone surrogates) are written as
``\udXXX`` escapes, as they came in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import orjson

from articlekit.errors import RecordError, SchemaError
from articlekit.model import Article, Dropped, Duplicate, Quarantined, RawJSON
from articlekit.records.rawjson import loads, split_object

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAK = re.compile(r"[\r\n]")


def encode(value: Any) -> bytes:
    r"""Return plain values as one line of JSON.

    >>> encode({"title": "示例", "odd": "\ud800"})
    b'{"title":"\xe7\xa4\xba\xe4\xbe\x8b","odd":"\\ud800"}'
    """
    try:
        return orjson.dumps(value)
    except TypeError:  # a lone surrogate, an integer beyond 64 bits
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return encode_characters(text)


def encode_characters(text: str) -> bytes:
    r"""Return JSON text as UTF-8, with lone surrogates as escapes.

    >>> encode_characters('"\udc80"')
    b'"\\udc80"'
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text).encode()


def encode_article(article: Article) -> bytes:
    """Return an article as one JSON line, its `extra` values exactly as they came in.

    >>> from articlekit.model import Source
    >>> line = encode_article(Article("a1", Source("a.jsonl", 1), extra={"price": RawJSON("1.10")}))
    >>> line[-24:]
    b',"extra":{"price":1.10}}'
    """
    head = encode(article.to_dict_without_extra())
    return head[:-1] + b',"extra":' + encode_members(article.extra) + b"}"


def decode_article(line: bytes | str) -> Article:
    """Return the article of one JSON line; its `extra` values as they stand there.

    Raises:
        RecordError: ``not-json``, when the line is no JSON.
        SchemaError: when it is no article record.
    """
    value = _parsed(line)
    if not isinstance(value, dict):
        raise SchemaError(f"record: expected an object, found {type(value).__name__}")
    if value.get("extra") and isinstance(value["extra"], dict):
        text = line if isinstance(line, str) else line.decode()
        value["extra"] = split_object(split_object(text)["extra"])
    return Article.from_dict(value)


def encode_duplicate(duplicate: Duplicate, record_line: bytes | None = None) -> bytes:
    """Return a duplicate as one JSON line with its record's line copied into it.

    Without `record_line` the record is `duplicate.record`.
    """
    head = encode(duplicate.to_dict_without_record())
    if record_line is None:
        record_line = encode(None if duplicate.record is None else dict(duplicate.record))
    return head[:-1] + b',"record":' + record_line + b"}"


def encode_dropped(dropped: Dropped, record_line: bytes) -> bytes:
    """Return a dropped article as one JSON line with its record's line copied into it."""
    return encode(dropped.to_dict_without_record())[:-1] + b',"record":' + record_line + b"}"


def encode_quarantined(quarantined: Quarantined) -> bytes:
    """Return a quarantined record as one JSON line."""
    return encode(quarantined.to_dict())


def encode_members(values: Mapping[str, RawJSON]) -> bytes:
    """Return members as one JSON object on one line, values as they were written."""
    parts = (encode(key) + b":" + encode_characters(_LINE_BREAK.sub(" ", raw)) for key, raw in values.items())
    return b"{" + b",".join(parts) + b"}"


def _parsed(line: bytes | str) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:  # lone surrogates, 1e400, or really not JSON
        pass
    try:
        return loads(line if isinstance(line, str) else line.decode())
    except UnicodeDecodeError as error:
        raise RecordError("not-json", "read", f"not UTF-8: {error.reason}", f"byte {error.start}") from None
