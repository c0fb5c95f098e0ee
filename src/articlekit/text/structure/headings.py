"""Numbers that headings and list items start with, and the shape of a heading.

Whether a numbered line is a heading or an item is decided on the whole sequence, by
`articlekit.steps.sections`; here single lines are read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from articlekit.text.prose import ends_like_prose, han_count, visible_length

_CN = "零〇一二三四五六七八九十百两"
_CN_VALUES = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_ROMAN = {"I": 1, "V": 5, "X": 10}
_SEP = r"\s{0,4}"

# style → pattern; `n` is the number as reported, `v` its digits where they are only a part of `n`.
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(r"\s{0,8}" + pattern + _SEP))
    for style, pattern in (
        ("chapter", rf"(?P<n>第\s?(?P<v>[{_CN}]{{1,4}}|\d{{1,2}})\s?(?:部分|[章篇編编]))[、.．:：]?"),
        ("section", rf"(?P<n>第\s?(?P<v>[{_CN}]{{1,4}}|\d{{1,2}})\s?[节節讲講])[、.．:：]?"),
        ("step", rf"(?P<n>第\s?(?P<v>[{_CN}]{{1,4}}|\d{{1,2}})\s?[步课課])(?:[、.．:：]|(?=\s))"),
        ("cn", rf"(?P<n>[{_CN}]{{1,4}}){_SEP}[、.．:：]"),
        ("cn-parens", rf"[（(]\s?(?P<n>[{_CN}]{{1,4}})\s?[)）]{_SEP}[、.．:：]?"),
        ("decimal", r"(?P<n>\d{1,2}(?:[.．]\d{1,2}){1,3})(?:[.．、:：](?!\d)|(?![\d%％‰]))"),
        ("decimal", r"(?P<n>\d{1,2}(?:[-－]\d{1,2}){1,2})(?:[.．、:：](?!\d)|(?=\s))"),
        ("arabic-dot", r"(?P<n>\d{1,2})\s?[.．](?!\d)"),
        ("arabic-comma", r"(?P<n>\d{1,2})\s?、"),
        ("arabic-colon", r"(?P<n>\d{1,2})\s?[:：](?!\d)"),
        ("arabic-parens", r"[（(]\s?(?P<n>\d{1,2})\s?[)）]"),
        ("arabic-paren", r"(?P<n>\d{1,2})\s?[)）]"),
        ("roman", r"(?P<n>[Ⅰ-Ⅻ])\s?[.．、:：]?"),
        ("roman", r"(?P<n>[IVX]{1,4})\s?[.．、:：](?!\w\.)"),
        ("circled", r"(?P<n>[①-⑳❶-❿⓫-⓴➀-➉➊-➓㊀-㊉])\s?[.．、:：]?"),
        ("enclosed", r"(?P<n>[⑴-⒇⒈-⒛㈠-㈩])\s?[.．、:：]?"),
        ("arabic-space", r"(?P<n>0?\d{1,2})(?:\s{1,4}|\u3000)(?=\D)"),
    )
)
_STARTS = re.compile(rf"\s{{0,8}}[第{_CN}\d（(Ⅰ-ⅫIVX①-⒛❶-❿⓫-⓴➀-➓㈠-㈩㊀-㊉]")


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a line.

    Attributes:
        style: the kind of number, such as ``cn`` (一、), ``decimal`` (1.1) or ``circled`` (①).
        values: what it counts: one integer, more for decimals.
        number: as written, without what divides it from the text and without brackets around it.
        title: the rest of the line.
    """

    style: str
    values: tuple[int, ...]
    number: str
    title: str


def read_marker(text: str) -> Marker | None:
    """Read the number a line starts with, if any.

    >>> read_marker("二、催收的方式")
    Marker(style='cn', values=(2,), number='二', title='催收的方式')
    >>> read_marker("1.2 类型").values, read_marker("（三）结语").number, read_marker("第四节 监管").number
    ((1, 2), '三', '第四节')
    >>> read_marker("3.5%的利率"), read_marker("2024年的市场"), read_marker("12:30 收盘")
    (None, None, None)
    """
    if not _STARTS.match(text):
        return None
    for style, pattern in _STYLES:
        match = pattern.match(text)
        if match is None:
            continue
        values = _values(match.groupdict().get("v") or match["n"])
        title = text[match.end() :].strip()
        if values is None or not title:
            return None
        return Marker(style, values, match["n"], title)
    return None


def is_heading_shaped(title: str) -> bool:
    """Tell whether a text is short enough and ends like a heading.

    At most 40 characters where some are Han, else 14 words; no full stop inside, no full stop, comma,
    semicolon or ellipsis at the end.

    >>> is_heading_shaped("如何与平台协商？"), is_heading_shaped("核对身份信息。")
    (True, False)
    """
    if "。" in title or "；" in title or ends_like_prose(title) or not any(map(str.isalnum, title)):
        return False
    if han_count(title):
        return visible_length(title) <= 40
    return len(title.split()) <= 14 and len(title) <= 110


def is_label(text: str, longest: int = 12) -> bool:
    """Tell whether a line is a bare label: a few characters and no marks but quotes and a last colon.

    >>> is_label("写在前面"), is_label("来源：某报"), is_label("到期还本，付息")
    (True, False, False)
    """
    bare = text.strip().rstrip(":：")
    if not 2 <= visible_length(bare) <= (longest if han_count(bare) else 3 * longest):
        return False
    return all(sign.isalpha() or sign in "“”\"'《》「」【】 ·&" for sign in bare)


def _values(written: str) -> tuple[int, ...] | None:
    parts = [part for part in re.split(r"[.．\-－]", written) if part]
    values = tuple(_value(part) for part in parts)
    return values if values and all(0 <= value <= 99 for value in values) else None


def _value(written: str) -> int:
    if written.isdecimal():
        return int(written)
    if len(written) == 1 and written not in _CN_VALUES and written not in _ROMAN:
        return int(unicodedata.numeric(written, -1))
    if written[0] in _ROMAN:
        return _roman(written)
    return _chinese(written)


def _chinese(written: str) -> int:
    """Return the value of 二十一 and the like; -1 for what is no number, such as 一一 or 十百."""
    tens, ten, ones = written.partition("十")
    if not ten:
        return _CN_VALUES.get(written, -1)
    if len(tens) > 1 or len(ones) > 1 or "百" in (tens, ones):
        return -1
    return _CN_VALUES.get(tens, 1) * 10 + _CN_VALUES.get(ones, 0)


def _roman(written: str) -> int:
    total = 0
    for sign, following in zip(written, [*written[1:], ""], strict=True):
        value = _ROMAN[sign]
        total += -value if _ROMAN.get(following, 0) > value else value
    return total
