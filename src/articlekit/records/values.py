"""Python values as members of a JSON object, for records that come from a program and not from a file."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from articlekit.errors import RecordError
from articlekit.model import RawJSON


def raw_members(value: Mapping[str, Any]) -> list[tuple[str, RawJSON, Any]]:
    """Return key, JSON and value of each member, as `articlekit.records.rawjson.members` does for text.

    Raises:
        RecordError: ``not-json``, with the field whose value JSON cannot hold.

    >>> from decimal import Decimal
    >>> raw_members({"price": Decimal("1.10"), "raw": RawJSON("1e400")})
    [('price', '1.10', Decimal('1.10')), ('raw', '1e400', inf)]
    """
    return [(_key(key), *_member(key, item)) for key, item in value.items()]


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise RecordError(
            "not-json", "read", f"names of fields must be strings, found {key!r}", f"field {key!r}"
        )
    return key


def _member(key: str, value: Any) -> tuple[RawJSON, Any]:
    if isinstance(value, RawJSON):
        return value, value.value()
    if isinstance(value, bytes | bytearray | memoryview):
        value = {"base64": b64encode(value).decode("ascii")}
    elif isinstance(value, datetime | date):
        value = value.isoformat()
    elif isinstance(value, Decimal) and value.is_finite():
        return RawJSON(f"{value:f}"), value
    try:
        return RawJSON(json.dumps(value, ensure_ascii=False, allow_nan=False)), value
    except (TypeError, ValueError, RecursionError) as error:
        raise RecordError(
            "not-json", "read", f"JSON cannot hold this value: {error}", f"field {key}"
        ) from None
