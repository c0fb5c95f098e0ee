"""JSON Schema (draft 7) of every record type, one file each.

The schemas are strict: a field that is not declared is an error, except inside ``extra``, ``repairs``,
``quality``, ``values`` and the counters of the summary, whose names are data.
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from articlekit.errors import SchemaError

_NAMES = ("article", "duplicate", "dropped", "quarantine", "ledger", "summary")


def names() -> tuple[str, ...]:
    """Return the names of the record types.

    >>> names()
    ('article', 'duplicate', 'dropped', 'quarantine', 'ledger', 'summary')
    """
    return _NAMES


def load(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a record type, as a new dictionary each time.

    Raises:
        SchemaError: when there is no such type.

    >>> load("article")["properties"]["schema"]
    {'description': 'Type and version of the record.', 'const': 'articlekit/article/1'}
    """
    if name not in _NAMES:
        near = get_close_matches(name, _NAMES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"choose one of {', '.join(_NAMES)}"
        raise SchemaError(f"no schema is called {name!r}; {hint}")
    schema: dict[str, Any] = json.loads(_text(name))
    return schema


@cache
def _text(name: str) -> str:
    return files("articlekit.schemas").joinpath(f"{name}.json").read_text("utf-8")
