"""Dates as Chinese pages write them, to ISO 8601, never more precise than what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

_NUMERALS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_YEARS = range(1980, 2101)

# A clock time after a date. The hour mark is required: a bare number after a date is not a time.
_TIME = (
    r"(?:\s{0,3}(?:T|[,，]|[（(]?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天][)）]?|at)?\s{0,3}"
    r"(?P<half>上午|下午|晚上|凌晨|中午|早上)?\s{0,2}"
    r"(?P<hour>\d{1,2})(?:[:：]|[时時点點])(?P<minute>\d{2})(?!\d)"
    r"(?:[:：分](?P<second>\d{2})(?!\d))?(?:[.,]\d{1,9})?[分秒]?(?:\s{0,2}(?P<ampm>[AaPp][Mm])(?![A-Za-z]))?"
    r"(?:\s?(?P<zone>Z(?![A-Za-z])|[+-]\d{2}:?\d{2}(?!\d)))?)?"
)
_CN_MONTH, _CN_DAY = r"(?P<month>[一二三四五六七八九十]{1,2})月", r"(?P<day>[一二三四五六七八九十]{1,3})日"
_EN_MONTH, _EN_DAY = r"(?P<name>[A-Z][a-z]{2,8})\.?", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAYS = (
    r"(?<![\d.])(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号號]",
    r"(?<![\d./-])(?P<year>\d{4})(?P<gap>[-/.])(?P<month>\d{1,2})(?P=gap)(?P<day>\d{1,2})(?!\d)",
    rf"(?P<year>[二一][〇○零一二三四五六七八九]{{3}})年{_CN_MONTH}{_CN_DAY}",
    rf"\b{_EN_MONTH}\s{_EN_DAY},?\s(?P<year>\d{{4}})(?!\d)",
    rf"(?<!\d){_EN_DAY}\s{_EN_MONTH},?\s(?P<year>\d{{4}})(?!\d)",
)
_PATTERNS = tuple(re.compile(day + _TIME) for day in _DAYS)
_IN_URL = re.compile(r"(?<!\d)(20\d{2})([-/]?)(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: `iso` as precise as written, `start` and `end` in characters of the text."""

    iso: str
    start: int
    end: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield the possible dates of a text in order, each with its clock time when one follows.

    Dates without a year and impossible ones (the 30th of February, hour 25) are not reported.

    >>> [found.iso for found in find_dates("发布于2024年3月5日 9:07 更新 2024-03-06 10:00:59")]
    ['2024-03-05T09:07', '2024-03-06T10:00:59']
    >>> list(find_dates("2023-02-30"))
    []
    """
    found = [
        FoundDate(iso, match.start(), match.end())
        for pattern in _PATTERNS
        for match in pattern.finditer(text)
        if (iso := _iso(match)) is not None
    ]
    found.sort(key=lambda date: (date.start, -date.end))
    end = 0
    for date in found:
        if date.start >= end:
            yield date
            end = date.end


def find_date(text: str) -> FoundDate | None:
    """Return the first date of a text, or None."""
    return next(find_dates(text), None)


def parse_date(value: str) -> str | None:
    """Read a value that should be a date (meta tags, JSON fields, arguments) as ISO 8601.

    Takes ISO 8601 with or without a zone, RFC 2822, and whatever `find_date` finds at its start.

    >>> parse_date("2024-10-13T23:21:39+08:00")
    '2024-10-13T23:21:39+08:00'
    >>> parse_date("Sun, 13 Oct 2024 23:21:39 +0800")
    '2024-10-13T23:21:39+08:00'
    >>> parse_date("昨天") is None
    True
    """
    value = value.strip()[:64]
    found = find_date(value)
    if found is not None and found.start == 0:
        return found.iso
    if re.match(r"(?:[A-Z][a-z]{2},\s?)?\d{1,2}\s[A-Z][a-z]{2}\s\d{4}\s\d{1,2}:", value):
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, IndexError, TypeError):
            return None
        return moment.isoformat() if moment.year in _YEARS else None
    if found is not None and found.start <= 12 and not re.search(r"\d", value[: found.start]):
        return found.iso
    return None


def date_in_url(url: str) -> str | None:
    """Return the day an address carries, as news sites write it (``/2024/10/13/``, ``t20241013_``).

    >>> date_in_url("https://news.example.cn/gn/202410/t20241013_1524.htm")
    '2024-10-13'
    >>> date_in_url("https://example.cn/a/20241399.html") is None
    True
    """
    for match in _IN_URL.finditer(url[:2000]):
        year, _, month, day = match.groups()
        iso = _checked(int(year), int(month), int(day))
        if iso is not None:
            return iso
    return None


def _iso(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    month = _MONTHS.get(groups["name"][:3].lower()) if groups.get("name") else _number(groups["month"])
    if month is None:
        return None
    day = _checked(_number(groups["year"]), month, _number(groups["day"]))
    if day is None or groups["hour"] is None:
        return day
    hour, minute = int(groups["hour"]), int(groups["minute"])
    if hour < 12 and (groups["half"] in ("下午", "晚上") or (groups["ampm"] or "").lower() == "pm"):
        hour += 12
    if hour > 23 or minute > 59 or int(groups["second"] or 0) > 59:
        return None
    second = f":{int(groups['second']):02}" if groups["second"] else ""
    # Without a T or seconds, -16:00 is the end of an appointment.
    zone = groups["zone"] if groups["zone"] and (second or "T" in match[0]) else ""
    return f"{day}T{hour:02}:{minute:02}{second}{zone}"


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    if "十" in written:
        tens, _, ones = written.partition("十")
        return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)
    value = 0
    for numeral in written:
        value = value * 10 + _NUMERALS.get(numeral, 0)
    return value


def _checked(year: int, month: int, day: int) -> str | None:
    if year not in _YEARS:
        return None
    try:
        return datetime(year, month, day).date().isoformat()  # noqa: DTZ001 (a calendar check, no clock)
    except ValueError:
        return None
