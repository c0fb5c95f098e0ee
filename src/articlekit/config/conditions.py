"""Conditions on a record, such as ``quality.repeated_lines > 0.3 and quality.chars < 500``.

A condition is read into comparisons, joined by ``and`` and ``or`` (``and`` binds closer); nothing in it is
ever run as a program.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

Value: TypeAlias = float | str | None

SIGNAL_NAMES = (
    "chars",
    "lines",
    "mean_line_length",
    "cjk",
    "digits",
    "terminal_punctuation",
    "repeated_lines",
    "repeated_5grams",
    "title_phrases",
    "link_density",
)
_TEXTS = (
    *("id", "title", "published", "author", "editor", "channel", "site", "language"),
    *("script.input", "script.output", "source.uri", "source.url", "source.encoding"),
)
_COUNTS = ("sections", "removed", "flags")
NAMES = (*(f"quality.{name}" for name in SIGNAL_NAMES), *_COUNTS, "repairs.STEP", *_TEXTS)

_MOST_COMPARISONS = 50
_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_][A-Za-z0-9_.-]{0,80})|(?P<number>[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})%?)"
    r"|(?P<text>\"[^\"]{0,500}\"|'[^']{0,500}')|(?P<operator>[<>]=?|[=!]=|=))"
)
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        ">": operator.gt,
        ">=": operator.ge,
        "<": operator.lt,
        "<=": operator.le,
        "==": operator.eq,
        "!=": operator.ne,
    }
)


class Comparison(NamedTuple):
    """A field of the record, an operator and a value."""

    name: str
    operator: str
    value: Value

    def holds(self, record: Mapping[str, Any]) -> bool:
        """Tell whether it holds; with a field that is not there only ``!= x`` and ``== null`` do."""
        found = value_of(record, self.name)
        if self.operator in ("==", "!="):
            return _OPERATORS[self.operator](found, self.value)
        if found is None or self.value is None or isinstance(found, str) != isinstance(self.value, str):
            return False
        return _OPERATORS[self.operator](found, self.value)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read.

    Attributes:
        text: as it was written, blanks tidied.
        any_of: it holds where all comparisons of one of these hold.
    """

    text: str
    any_of: tuple[tuple[Comparison, ...], ...]

    def holds(self, record: Mapping[str, Any]) -> bool:
        """Tell whether it holds for an article record.

        >>> parse_condition("quality.chars < 100").holds({"quality": {"chars": 99}})
        True
        """
        return any(all(comparison.holds(record) for comparison in every) for every in self.any_of)

    def values(self, record: Mapping[str, Any]) -> dict[str, Value]:
        """Return the values of the fields it names."""
        names = dict.fromkeys(comparison.name for every in self.any_of for comparison in every)
        return {name: value_of(record, name) for name in names}


def parse_condition(text: str) -> Condition:
    """Read a condition.

    Raises:
        ValueError: with what is wrong, where, and the names that are known.

    >>> parse_condition("quality.cjk<.2 or language != 'zh'").any_of[1]
    (Comparison(name='language', operator='!=', value='zh'),)
    >>> parse_condition("quality.repeat > 0.3")
    Traceback (most recent call last):
    ValueError: unknown name 'quality.repeat'; did you mean 'quality.repeated_lines'?
    """
    tokens = list(_tokens(text))
    any_of: list[list[Comparison]] = [[]]
    at = 0
    while True:
        any_of[-1].append(_comparison(tokens[at : at + 3]))
        at += 3
        if at == len(tokens):
            break
        kind, word = tokens[at]
        if kind != "name" or word not in ("and", "or"):
            raise ValueError(f"expected 'and' or 'or' before {word!r}")
        if word == "or":
            any_of.append([])
        at += 1
        if at // 4 >= _MOST_COMPARISONS:
            raise ValueError(f"more than {_MOST_COMPARISONS} comparisons; write several conditions")
    return Condition(" ".join(word for _, word in tokens), tuple(map(tuple, any_of)))


def value_of(record: Mapping[str, Any], name: str) -> Value:
    """Return the value of a field of an article record by its dotted name; of a list, its length.

    >>> value_of({"quality": {"cjk": 0.9}, "flags": []}, "quality.cjk"), value_of({"flags": [1]}, "flags")
    (0.9, 1)
    """
    found: Any = record
    for part in name.split(".", 1):
        found = found.get(part) if isinstance(found, Mapping) else None
    if found is None and name.startswith("repairs."):
        return 0
    return len(found) if isinstance(found, list | tuple) else found


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            rest = text[at:].strip()
            if rest[0] in "()":
                raise ValueError("brackets are not known; write several conditions, of which any may hold")
            raise ValueError(f"cannot read {rest[:20]!r}; write NAME > VALUE, texts in quotes")
        tokens.append((match.lastgroup or "", match[match.lastgroup or 0]))
        at = match.end()
    return tokens


def _comparison(tokens: list[tuple[str, str]]) -> Comparison:
    kinds = [kind for kind, _ in tokens]
    if not kinds or kinds[0] != "name":
        raise ValueError(f"expected a name such as quality.chars{_found(tokens, 0)}")
    name = _name(tokens[0][1])
    if len(kinds) < 2 or kinds[1] != "operator":
        raise ValueError(f"expected one of > >= < <= == != after {name!r}{_found(tokens, 1)}")
    sign = tokens[1][1].replace("=", "==") if tokens[1][1] == "=" else tokens[1][1]
    if len(kinds) < 3 or (kinds[2] == "name" and tokens[2][1] != "null") or kinds[2] == "operator":
        raise ValueError(f"expected a number, a text in quotes or null after {sign!r}{_found(tokens, 2)}")
    value = _value(*tokens[2])
    is_text = name in _TEXTS
    if value is None:
        if sign not in ("==", "!="):
            raise ValueError(f"null is neither more nor less than anything; write {name} == null")
    elif is_text != isinstance(value, str):
        raise ValueError(
            f"{name} is {'text, write it in quotes' if is_text else 'a number'}{_found(tokens, 2)}"
        )
    return Comparison(name, sign, value)


def _found(tokens: list[tuple[str, str]], place: int) -> str:
    return f", found {tokens[place][1]}" if len(tokens) > place else ", but the condition ends"


def _value(kind: str, word: str) -> Value:
    if kind == "text":
        return word[1:-1]
    if kind == "name":
        return None
    return float(word[:-1]) / 100 if word.endswith("%") else float(word)


def _name(word: str) -> str:
    if word in NAMES or (word.startswith("repairs.") and len(word) > len("repairs.")):
        return word
    if f"quality.{word}" in NAMES:
        raise ValueError(f"unknown name {word!r}; did you mean 'quality.{word}'?")
    near = get_close_matches(word, NAMES, 1, 0.7)
    raise ValueError(
        f"unknown name {word!r}; "
        + (f"did you mean {near[0]!r}?" if near else f"known are {', '.join(NAMES)}")
    )
