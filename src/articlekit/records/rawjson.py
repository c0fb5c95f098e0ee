"""JSON objects split into their members, with every value kept exactly as it was written.

Parsing and writing again changes values: ``1.10`` becomes ``1.1``, integers beyond 64 bits become floats,
``1e400`` becomes infinite. So a value that is only passed through is passed through as its characters.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from articlekit.errors import RecordError
from articlekit.model import RawJSON

MAX_DEPTH = 256  # the same in every process, unlike the recursion limit

_SPACE = re.compile(r"[ \t\n\r]*")
_SIMPLE_KEY = re.compile(r'[ \t\n\r]*"([^"\\\x00-\x1f]*)"[ \t\n\r]*:[ \t\n\r]*')
_AFTER = re.compile(r"[ \t\n\r]*([,}])")
_BRACKETS_AND_STRINGS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|([\[{])|([\]}])', re.DOTALL)
_NO_JSON = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|(NaN|-?Infinity)', re.DOTALL)
_LINE_BREAK = re.compile(r"[\r\n]")


def split_object(text: str) -> dict[str, RawJSON]:
    r"""Return the members of one JSON object in their order, values as written.

    Line breaks between the tokens of a value become spaces, so that it fits into a JSON line.

    Raises:
        RecordError: ``not-json``, ``not-object``, ``duplicate-key`` or ``too-deep``, with line and column.

    >>> split_object('{"code": "000858", "price": 1.10, "tags": [1,  2]}')
    {'code': '"000858"', 'price': '1.10', 'tags': '[1,  2]'}
    """
    return {key: raw for key, raw, _ in members(text)}


def members(text: str) -> list[tuple[str, RawJSON, Any]]:
    """Return key, value as written and value as parsed of each member of one JSON object.

    All numbers are parsed as float: where digits matter, take the value as written.

    Raises:
        RecordError: as `split_object`.

    >>> members('{"id": 12345678901234567890}')
    [('id', '12345678901234567890', 1.2345678901234567e+19)]
    """
    _check_depth(text)
    at = _skip_space(text, 1 if text.startswith("\ufeff") else 0)
    if not text.startswith("{", at):
        _refuse_other(text, at)
    found: list[tuple[str, RawJSON, Any]] = []
    at = _skip_space(text, at + 1)
    more = not text.startswith("}", at)
    while more:
        key, start = _key(text, at)
        value, end = _scan(text, start)
        raw = text[start:end]
        found.append((key, RawJSON(raw) if isinstance(value, str) else _one_line(raw), value))
        after = _AFTER.match(text, end)
        if after is None:
            raise _not_json(text, _skip_space(text, end), "expected ',' or '}'")
        more, at = after[1] == ",", after.end(1)
    at += not found
    if (rest := _skip_space(text, at)) < len(text):
        raise _not_json(text, rest, "expected the end of the record")
    _refuse_duplicates(found)
    return found


def loads(text: str) -> Any:
    """Parse JSON whose numbers may be of any size, as `RawJSON.value` does.

    Raises:
        RecordError: ``not-json`` or ``too-deep``.
    """
    _check_depth(text)
    try:
        return RawJSON(text).value()
    except json.JSONDecodeError as error:
        raise _not_json(text, error.pos, error.msg) from None


def _check_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for match in _BRACKETS_AND_STRINGS.finditer(text):
        if match[1]:
            depth += 1
            if depth > MAX_DEPTH:
                message = f"values nested more than {MAX_DEPTH} deep; flatten the record"
                raise RecordError("too-deep", "read", message, _place(text, match.start()))
        elif match[2]:
            depth -= 1


class _NoJSON(Exception):  # noqa: N818  # never seen outside
    pass


def _refuse_constant(name: str) -> NoReturn:
    raise _NoJSON(name)


_DECODER = json.JSONDecoder(parse_int=float, parse_constant=_refuse_constant)


def _key(text: str, at: int) -> tuple[str, int]:
    """Return a key and where its value begins."""
    if simple := _SIMPLE_KEY.match(text, at):
        return simple[1], simple.end()
    at = _skip_space(text, at)
    if not text.startswith('"', at):
        raise _not_json(text, at, "expected a key in double quotes")
    key, end = _scan(text, at)
    colon = _skip_space(text, end)
    if not text.startswith(":", colon):
        raise _not_json(text, colon, "expected ':'")
    return key, _skip_space(text, colon + 1)


def _scan(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.scan_once(text, at)  # type: ignore[attr-defined, no-any-return]
    except StopIteration as stop:
        raise _not_json(text, stop.value, "expected a value") from None
    except json.JSONDecodeError as error:
        raise _not_json(text, error.pos, error.msg) from None
    except _NoJSON as error:
        place = next((m.start(1) for m in _NO_JSON.finditer(text, at) if m[1]), at)
        raise _not_json(text, place, f"{error} is not JSON; write null or a string") from None


def _skip_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _one_line(raw: str) -> RawJSON:
    if "\n" in raw or "\r" in raw:
        raw = _LINE_BREAK.sub(" ", raw)  # never inside a string, where JSON asks for escapes
    return RawJSON(raw)


def _refuse_duplicates(found: list[tuple[str, RawJSON, Any]]) -> None:
    if len({key for key, _, _ in found}) == len(found):
        return
    seen = set()
    for key, _, _ in found:
        if key in seen:
            message = f"the key {key!r} stands twice in the record; which value counts is undefined"
            raise RecordError("duplicate-key", "read", message, f"key {key}")
        seen.add(key)


def _refuse_other(text: str, at: int) -> NoReturn:
    value, end = _scan(text, at)
    if _skip_space(text, end) < len(text):
        raise _not_json(text, end, "expected the end of the record")
    kind = "an array" if isinstance(value, list) else "a string" if isinstance(value, str) else f"{value}"
    raise RecordError("not-object", "read", f"a record must be a JSON object, this is {kind}")


def _not_json(text: str, at: int, message: str) -> RecordError:
    if at >= len(text):
        message = f"{message}, but the record ends here; it may have been cut off"
    return RecordError("not-json", "read", message, _place(text, at))


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return f"line {line}, column {column}" if "\n" in text.rstrip() else f"column {column}"
