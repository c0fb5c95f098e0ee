"""Tell 着 from 著 in text converted from Traditional, which writes both 著.

OpenCC leaves every 著: only the words around it say whether Simplified text writes 着 (隨著, 影響著) or 著
(著名, 顯著). The words lie in ``data/zhe_layer.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

# A phrase that lies around a 著: where it starts and ends.
_Span = tuple[int, int]


def zhe_places(text: str, *, everywhere: bool) -> Iterator[int]:
    """Yield the positions of every 著 that Simplified text writes 着.

    Args:
        text: Simplified text, in which 著 stands for both.
        everywhere: what to do where no phrase decides. True for text that was Traditional: most are 着.
            False for text that was Simplified already: only those beyond doubt.

    >>> list(zhe_places("随著著名学者把玩著古董", everywhere=True))
    [1, 8]
    >>> list(zhe_places("随著著名学者把玩著古董", everywhere=False))
    [1]
    """
    for match in re.finditer("著", text):
        if _is_zhe(text, match.start(), otherwise=everywhere):
            yield match.start()


def _is_zhe(text: str, at: int, *, otherwise: bool) -> bool:
    phrases = _phrases()
    stays, becomes = _around(text, at, phrases.stays), _around(text, at, phrases.becomes)
    decided = any(all(_contains(outer, inner) for inner in stays) for outer in becomes)
    if text[at + 1 : at + 2] in phrases.author_before:
        # 等著 at the end of a line is "and others"; 意味著 is a verb anywhere.
        return decided and any(end - start > 2 for start, end in becomes)
    return decided or (otherwise and not stays)


def _around(text: str, at: int, phrases: frozenset[str]) -> list[_Span]:
    """Return where phrases lie that hold the character at `at`."""
    longest = _phrases().longest
    spans = [
        (start, end)
        for start in range(max(0, at - longest + 1), at + 1)
        for end in range(at + 1, min(start + longest, len(text)) + 1)
    ]
    return [(start, end) for start, end in spans if text[start:end] in phrases]


def _contains(outer: _Span, inner: _Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


class _Phrases(NamedTuple):
    stays: frozenset[str]
    becomes: frozenset[str]
    author_before: frozenset[str]  # what follows 著 after an author's name; "" is the end of the text
    longest: int


@cache
def _phrases() -> _Phrases:
    file = resources.files("articlekit.text").joinpath("data", "zhe_layer.toml")
    data = tomllib.loads(file.read_text("utf-8"))
    stays, becomes = frozenset(data["stays"].split()), frozenset(data["becomes"].split())
    author_before = frozenset({"", "\r", "\n", *data["author_before"]})
    return _Phrases(stays, becomes, author_before, max(map(len, stays | becomes)))
