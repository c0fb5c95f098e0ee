"""What a setting may be: its type, its range, and how it is read from TOML, the environment and flags.

A kind turns a value into the one the configuration holds, or raises `ValueError`; the message, when there
is one, is a hint for people. The caller adds which setting it was and where it was set.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

_NOT_TEXT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s?%")
_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})


class Kind(ABC):
    """What a setting may be."""

    __slots__ = ()

    @property
    @abstractmethod
    def expected(self) -> str:
        """What is accepted, for error messages and the documentation, such as ``true or false``."""

    @abstractmethod
    def check(self, value: Any) -> Any:
        """Return the value to hold for a typed `value` (from TOML, a flag or Python)."""

    def parse(self, text: str) -> Any:
        """Return the value to hold for `text` (from the environment, or a flag given as text)."""
        return self.check(text)

    def render(self, value: Any) -> str:
        """Return `value` as TOML."""
        return json.dumps(value, ensure_ascii=False)

    def plain(self, value: Any) -> Any:
        """Return `value` as it would be read from TOML or JSON."""
        return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Switch(Kind):
    """True or false."""

    @property
    def expected(self) -> str:
        return "true or false"

    def check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValueError
        return value

    def parse(self, text: str) -> bool:
        word = text.strip().lower()
        if word not in _TRUE | _FALSE:
            raise ValueError
        return word in _TRUE


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number in a range, both ends included."""

    minimum: int
    maximum: int

    @property
    def expected(self) -> str:
        return f"a whole number from {self.minimum} to {self.maximum}"

    def check(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError
        if not self.minimum <= value <= self.maximum:
            raise ValueError
        return value

    def parse(self, text: str) -> int:
        if not re.fullmatch(r"\s*[+-]?[0-9]{1,19}\s*", text):
            raise ValueError
        return self.check(int(text))


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A number in a range, both ends included."""

    minimum: float
    maximum: float

    @property
    def expected(self) -> str:
        return f"a number from {self.minimum:g} to {self.maximum:g}"

    def check(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError
        if not self.minimum <= value <= self.maximum:
            raise ValueError
        return float(value)

    def parse(self, text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise ValueError from None
        return self.check(value)


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """One line of text; empty text means that nothing is set, held as None."""

    @property
    def expected(self) -> str:
        return "text"

    def check(self, value: Any) -> str | None:
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise ValueError
        if _NOT_TEXT.search(value):
            raise ValueError("it holds characters that cannot be printed")
        return value

    def render(self, value: Any) -> str:
        return json.dumps(value or "", ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Encoding(Text):
    """The name of a text encoding that Python knows; empty means that nothing is set."""

    @property
    def expected(self) -> str:
        return 'the name of an encoding, such as "gb18030"'

    def check(self, value: Any) -> str | None:
        name = Text.check(self, value)
        if name is not None:
            try:
                "".encode(name)
            except (LookupError, ValueError):
                raise ValueError from None
        return name


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a few words."""

    options: tuple[str, ...]

    @property
    def expected(self) -> str:
        return " or ".join(f'"{option}"' for option in self.options)

    def check(self, value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError
        if value not in self.options:
            raise ValueError(did_you_mean(value, self.options))
        return value


@dataclass(frozen=True, slots=True)
class Texts(Kind):
    """A list of texts; in the environment, separated by commas. Held in order, without repetition."""

    @property
    def expected(self) -> str:
        return "a list of texts"

    def check(self, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise ValueError
        for item in value:
            if not isinstance(item, str) or not item.strip():
                raise ValueError(f"{found(item)} is in it")
            if _NOT_TEXT.search(item):
                raise ValueError("it holds characters that cannot be printed")
        return tuple(dict.fromkeys(value))

    def parse(self, text: str) -> tuple[str, ...]:
        return self.check([part.strip() for part in text.split(",") if part.strip()])

    def render(self, value: Any) -> str:
        return json.dumps(list(value), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Folders(Texts):
    """A list of folders; relative ones start from the file they are written in, else from where one is."""

    @property
    def expected(self) -> str:
        return "a list of folders"


@dataclass(frozen=True, slots=True)
class Choices(Texts):
    """Some of a few words, held in the order of the options."""

    options: tuple[str, ...] = ()
    needs: tuple[tuple[str, str], ...] = ()  # a word, and the one it cannot be without

    @property
    def expected(self) -> str:
        return "a list of " + ", ".join(f'"{option}"' for option in self.options)

    def check(self, value: Any) -> tuple[str, ...]:
        words = Texts.check(self, value)
        for word in words:
            if word not in self.options:
                raise ValueError(f'"{word}" is in it{"; " if self._near(word) else ""}{self._near(word)}')
        for word, needed in self.needs:
            if word in words and needed not in words:
                raise ValueError(f'"{word}" needs "{needed}" too')
        return tuple(option for option in self.options if option in words)

    def _near(self, word: str) -> str:
        return did_you_mean(word, self.options)


@dataclass(frozen=True, slots=True)
class Limit(Kind):
    """How many: a count such as 100, or a share such as ``"5%"``. Held as text."""

    @property
    def expected(self) -> str:
        return 'a count such as 100, or a share such as "5%"'

    def check(self, value: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15:
            return str(value)
        if not isinstance(value, str):
            raise ValueError
        text = value.strip()
        if re.fullmatch(r"[0-9]{1,15}", text):
            return str(int(text))
        share = _PERCENT.fullmatch(text)
        if share is None or float(share[1]) > 100:
            raise ValueError
        return f"{share[1]}%"


def found(value: Any) -> str:
    """Name a value for the error that refuses it.

    >>> found("high"), found(True), found([1]), found({})
    ('the text "high"', 'true', 'a list', 'a table')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        shown = value if len(value) <= 60 else value[:57] + "..."
        return f"the text {json.dumps(shown, ensure_ascii=not shown.isprintable())}"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else _short(value)
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    return f"a {type(value).__name__}"


def _short(value: int) -> str:
    return str(value) if abs(value) < 10**20 else "a very large number"


def did_you_mean(word: str, options: tuple[str, ...]) -> str:
    """Return a hint that names the nearest option, or empty text.

    >>> did_you_mean("markk", ("drop", "mark"))
    'did you mean "mark"?'
    """
    near = get_close_matches(word, options, n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else ""
