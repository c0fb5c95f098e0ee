"""Header, body and footer of a document, found from its prose."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from articlekit.rules.model import Zone
from articlekit.text.lines import Line
from articlekit.text.prose import ends_sentence, han_count, is_prose

Part: TypeAlias = Literal["header", "body", "footer"]

_SAMPLE = 400  # characters of a line by which it is judged
_LONG = 60  # Han characters that are prose even where the sentence goes on in the next line
_SHORT = 6  # Han characters of a closing sentence


@dataclass(frozen=True, slots=True)
class Zones:
    """Where the body stands: from index `start` to before index `end` of the lines."""

    start: int
    end: int

    def of(self, index: int) -> Part:
        """Return the part of the document a line is in.

        >>> [Zones(1, 3).of(index) for index in range(4)]
        ['header', 'body', 'body', 'footer']
        """
        if index < self.start:
            return "header"
        return "body" if index < self.end else "footer"

    def admit(self, index: int, zone: Zone) -> bool:
        """Tell whether a rule for `zone` may fire on a line."""
        part = self.of(index)
        return zone == "any" or zone == part or (zone == "outside" and part != "body")


class Prose:
    """Judges lines of one document, each once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._is_body: dict[int, bool] = {}

    def is_body(self, index: int) -> bool:
        """Tell whether a line reads as whole sentences of running text."""
        known = self._is_body.get(index)
        if known is None:
            text = _sample(self.lines[index].text)
            known = self.is_text(index) and (ends_sentence(text) or han_count(text) >= _LONG)
            self._is_body[index] = known
        return known

    def is_text(self, index: int) -> bool:
        """Tell whether a line reads as running text, whole or not."""
        return not self._is_link_or_heading(index) and is_prose(_sample(self.lines[index].text))

    def is_sentence(self, index: int) -> bool:
        """Tell whether a line, however short, is a sentence."""
        text = _sample(self.lines[index].text)
        return not self._is_link_or_heading(index) and ends_sentence(text) and han_count(text) >= _SHORT

    def _is_link_or_heading(self, index: int) -> bool:
        line = self.lines[index]
        return line.role == "heading" or line.link_density > 0.5


def find_zones(prose: Prose, not_above: Container[int] = (), not_below: Container[int] = ()) -> Zones:
    r"""Find where the body starts and ends.

    The body goes from the first to the last line of prose, and over the short sentences that follow it.
    `not_above` holds indexes of lines that rules for the header know, `not_below` of lines that rules for
    the footer know: long disclaimers are prose too, but not the article's. A document without whole
    sentences has its body in what else reads as prose, then in short sentences; without any, its first
    line is header and the rest footer.

    >>> from articlekit.text.lines import split_lines
    >>> text = "市场日报\n周一，三大指数低开高走，成交额较上一交易日放大，两市逾三千只个股上涨。\n分享"
    >>> find_zones(Prose(split_lines(text)))
    Zones(start=1, end=2)
    """
    size = len(prose.lines)
    for is_body in (prose.is_body, prose.is_text, prose.is_sentence):
        start = _first(is_body, range(size), not_above)
        if start is None:
            continue
        last = _first(is_body, range(size - 1, start - 1, -1), not_below)
        if last is not None:
            return Zones(start, _extended(prose, last, not_below) + 1)
    first = next((index for index, line in enumerate(prose.lines) if line.text.strip()), 0)
    return Zones(first + 1, first + 1)


def certain_body(prose: Prose, doubtful: Container[int]) -> range:
    r"""Return indexes that are in the body whatever rules know about the lines `doubtful`.

    >>> from articlekit.text.lines import split_lines
    >>> text = "周一，三大指数低开高走，成交额较上一交易日放大，两市逾三千只个股上涨。"
    >>> certain_body(Prose(split_lines("\n".join(["分享", text, "分享", text, text]))), {0, 2, 4})
    range(1, 4)
    """
    size = len(prose.lines)
    start = _first(prose.is_body, range(size), doubtful)
    if start is None:
        return range(0)
    last = _first(prose.is_body, range(size - 1, start - 1, -1), doubtful)
    return range(start, start if last is None else last + 1)


def _first(is_body: Callable[[int], bool], indexes: range, known: Container[int]) -> int | None:
    return next((index for index in indexes if index not in known and is_body(index)), None)


def _extended(prose: Prose, last: int, known: Container[int]) -> int:
    """Return the index of the last of the short sentences that directly follow the prose."""
    for index in range(last + 1, len(prose.lines)):
        if prose.lines[index].text.strip():
            if index in known or not prose.is_sentence(index):
                break
            last = index
    return last


def _sample(text: str) -> str:
    return text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + text[-_SAMPLE // 2 :]
