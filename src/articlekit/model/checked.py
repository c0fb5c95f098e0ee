"""Typed access to parsed JSON, with the path of what is wrong in the error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articlekit.errors import SchemaError


class Fields:
    """Typed access to the fields of a JSON object, with paths in the errors."""

    def __init__(self, value: Any, path: str, names: set[str]) -> None:
        if not isinstance(value, Mapping):
            raise SchemaError(f"{path or 'record'}: expected an object, found {type(value).__name__}")
        self._value, self._path = value, path
        if unknown := sorted(set(value) - names):
            raise SchemaError(f"{self._at(unknown[0])}: unknown field")

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def raw(self, name: str) -> Any:
        try:
            return self._value[name]
        except KeyError:
            raise SchemaError(f"{self._at(name)}: missing") from None

    def _typed(self, name: str, kind: type) -> Any:
        value = self.raw(name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise SchemaError(f"{self._at(name)}: expected {kind.__name__}, found {type(value).__name__}")
        return value

    def text(self, name: str) -> str:
        value: str = self._typed(name, str)
        return value

    def integer(self, name: str) -> int:
        value: int = self._typed(name, int)
        return value

    def boolean(self, name: str) -> bool:
        value: bool = self._typed(name, bool)
        return value

    def optional(self, name: str, kind: type) -> Any:
        return None if self.raw(name) is None else self._typed(name, kind)

    def number_or_none(self, name: str) -> float | None:
        return None if self.raw(name) is None else number(self.raw(name), self._at(name))

    def mapping(self, name: str) -> dict[str, Any]:
        value = self.raw(name)
        if not isinstance(value, Mapping):
            raise SchemaError(f"{self._at(name)}: expected an object, found {type(value).__name__}")
        return dict(value)

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._typed(name, list)
        if not all(isinstance(value, str) for value in values):
            raise SchemaError(f"{self._at(name)}: expected strings")
        return tuple(values)

    def list_of(self, name: str, kind: Any) -> tuple[Any, ...]:
        values = self._typed(name, list)
        return tuple(kind.from_dict(v, f"{self._at(name)}[{i}]") for i, v in enumerate(values))

    def constant(self, name: str, expected: str) -> None:
        if self.raw(name) != expected:
            raise SchemaError(f"{self._at(name)}: expected {expected!r}, found {self.raw(name)!r}")


def integer(value: Any, path: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise SchemaError(f"{path}: expected int, found {type(value).__name__}")
    return value


def number(value: Any, path: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise SchemaError(f"{path}: expected a number, found {type(value).__name__}")
    return value
