"""Validation by JSON Schema, through fastjsonschema."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from articlekit.errors import SchemaError


def compile_schema(schema: Mapping[str, Any]) -> Callable[[Any], None]:
    """Return a function that takes a parsed JSON value and raises where it does not fit `schema`.

    Compiling takes some 20 ms; the result is kept for the life of the process.

    Raises (the returned function):
        SchemaError: with the path of the first thing that is wrong. The value is never changed.

    >>> validate = compile_schema({"type": "object", "required": ["id"]})
    >>> validate({"id": 1})
    >>> validate({})
    Traceback (most recent call last):
    articlekit.errors.SchemaError: record: must have id
    """
    return _compiled(json.dumps(schema, ensure_ascii=False))


@cache
def _compiled(text: str) -> Callable[[Any], None]:
    import fastjsonschema

    check = fastjsonschema.compile(json.loads(text), use_default=False)

    def validate(value: Any) -> None:
        try:
            check(value)
        except fastjsonschema.JsonSchemaValueException as error:
            raise SchemaError(_message(error)) from None

    return validate


def _message(error: Any) -> str:
    """Return path and reason; for missing and unknown fields only their names."""
    path = _path(error.path[1:])
    value, rule = error.value, error.rule_definition
    if error.rule == "required":
        return f"{path}: must have {', '.join(name for name in rule if name not in value)}"
    if error.rule == "additionalProperties" and rule is False:
        unknown = sorted(set(value) - set(error.definition.get("properties", ())))
        return f"{path}: must not have {', '.join(map(repr, unknown[:5]))}"
    return f"{path}: {error.message.removeprefix(error.name).strip()}"


def _path(parts: list[str]) -> str:
    """Write a path as in `articlekit.model`, such as ``sections[2].text``."""
    path = ""
    for part in parts:
        path += f"[{part}]" if part.isdigit() else f".{part}" if path else part
    return path or "record"
