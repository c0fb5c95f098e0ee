"""Lines of an article with their number and role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from articlekit.model import Line, Role

__all__ = ["Line", "Role", "join_lines", "split_lines", "with_text"]


def split_lines(text: str) -> tuple[Line, ...]:
    r"""Split flattened text at ``\n`` into lines, blank ones included.

    Other line breaks are normalised before (`articlekit.steps.repair`), so that line numbers agree
    everywhere.

    >>> [(line.number, line.text) for line in split_lines("标题\n\n正文。")]
    [(1, '标题'), (2, ''), (3, '正文。')]
    """
    return tuple(Line(number, part) for number, part in enumerate(text.split("\n"), 1))


def join_lines(lines: Iterable[Line]) -> str:
    r"""Join the texts of lines with ``\n``: the reverse of `split_lines` for consecutive lines."""
    return "\n".join(line.text for line in lines)


def with_text(lines: Iterable[Line], text: str) -> tuple[Line, ...]:
    """Give each line its text from `text`, which has exactly as many lines.

    Raises:
        ValueError: when the number of lines differs; steps may change lines but not their number.
    """
    return tuple(
        line if line.text == part else replace(line, text=part)
        for line, part in zip(lines, text.split("\n"), strict=True)
    )


def lines_with(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    r"""Yield start and text of each line in which the pattern is found; it must not match a line break.

    >>> list(lines_with(re.compile("[0-9]"), "标题\n第1段\n正文"))
    [(3, '第1段')]
    """
    match = pattern.search(text)
    while match:
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        yield start, text[start:end]
        match = pattern.search(text, end)
