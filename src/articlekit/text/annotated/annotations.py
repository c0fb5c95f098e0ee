"""Pinyin annotations in text, intact and damaged: `(tái)`, `?shù)`, `\ufffd(shù)`."""

from __future__ import annotations

import re
from typing import Final

from articlekit.text.annotated.pinyin import LETTERS, TONED, normal_reading

# An annotation may hold another one, where an entry of the table matched inside its own bytes.
BODY: Final = rf"[{LETTERS}]{{1,7}}(?:\([{LETTERS}]{{1,7}}\)[{LETTERS}]{{1,6}})?"
ANNOTATION: Final = re.compile(rf"(\uFFFD\(|\(|\?)({BODY})\)")
"""Group 1 is the opening: ``(`` where it is intact, ``?`` or U+FFFD and ``(`` where it is damaged."""
MISREAD_RUN: Final = re.compile(
    rf"(?:\?|\uFFFD\(){BODY}\)(?:[^\x00-\x7F\uFFFD]|\uFFFD(?!\()|\?(?!{BODY}\))|\({BODY}\))*"
)
"""A damaged annotation with what a decoder may have misread behind it."""
INTACT: Final = re.compile(rf"\({BODY}\)")
TONED_ANNOTATION: Final = re.compile(rf"\([a-zɡɑü]{{0,5}}[{TONED}]")
_NESTED = re.compile(r"\(.*\)")

# What may follow an eaten `<` or `&`.
_MARKUP = re.compile(
    r"(/?(?:a|b|i|p|u|s|h[1-6]|br|dd|div|dl|dt|em|font|hr|img|li|ol|section|small|span|strong|sub|sup|"
    r"table|tbody|td|th|thead|tr|ul|article|blockquote|center|figure|script|style|input|form|iframe)"
    r"(?:\s[^<>\n]{0,300})?/?>)"
    r"|(?:nbsp|lt|gt|amp|quot|apos|[lr][ds]quo|hellip|mdash|middot|ensp|emsp|#\d{2,6}|#x[\da-f]{2,6});",
    re.IGNORECASE,
)


def reading_of(body: str) -> str:
    """Return the reading an annotation's body stands for, without one nested in it.

    >>> reading_of("dònɡ"), reading_of("dò(bī)ng")
    ('dòng', 'dòng')
    """
    return normal_reading(_NESTED.sub("", body) if "(" in body else body)


def eaten_before(text: str, at: int) -> str | None:
    """Return the ASCII character that was eaten before `at` where only one is possible, else None.

    >>> eaten_before("健?/p>", 2), eaten_before("健?5%", 2)
    ('<', None)
    """
    found = _MARKUP.match(text, at)
    if not found:
        return None
    return "<" if found[1] else "&"
