"""Figures in a text: numbers with their units, dates, times, tickers, telephone numbers.

Figures are what an article must not lose. Their *values* compare across spellings: digits are half-width,
thousands separators and blanks gone, units in Simplified characters, dates in ISO 8601. Two figures with
one value are the same figure; nothing is computed (``1.5亿元`` and ``15000万元`` are two).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from articlekit.text import figure_patterns as patterns
from articlekit.text.figure_patterns import fold_figures, without_invisible

Kind: TypeAlias = Literal["number", "date", "time", "ticker", "phone"]

_BEFORE = 12  # characters before a figure that may belong to it
_LAST_HOUR = 24


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        kind: ``number``, ``date``, ``time``, ``ticker`` or ``phone``.
        text: as written, from `start` to `end` (characters of the text).
        value: the form that compares, such as ``1436.40万股``, ``2024-10-13`` or ``600519.SH``.
        telling: whether it is a ticker, or a number with a unit that states a fact (money, shares, rates,
            measures), so that its line must not be removed; counts of days, people or pages are not.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: str
    telling: bool = False


def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order.

    Ends of ranges are figures of their own (``3%-5%``), and so are a date and the time behind it. Chinese
    numerals count where a unit follows (``三亿元``, ``百分之五``), so not in ``一些`` or ``第一``.

    >>> [figure.value for figure in figures("持股１,４３６.40 萬股（占9.45%），约三億元")]
    ['1436.40万股', '9.45%', '三亿元']
    >>> [(figure.kind, figure.value) for figure in figures("示例股份(600123.SH)2024年1月5日9:05公告")]
    [('ticker', '600123.SH'), ('date', '2024-01-05'), ('time', '9:05')]
    """
    folded = fold_figures(text)
    found = list(_in_digits(text, folded))
    others = [*_in_letters(text, folded), *_in_numerals(text, folded)]
    if others:
        taken = {at for figure in found for at in (figure.start, figure.end - 1)}
        found += [other for other in others if taken.isdisjoint(range(other.start, other.end))]
        found.sort(key=lambda figure: figure.start)
    return tuple(found)


def figure_keys(text: str) -> Counter[str]:
    r"""Return how often each value of a figure stands in a text, characters nobody sees left out.

    >>> figure_keys("3\u200b00萬股和300万股") == Counter({"300万股": 2})
    True
    """
    return Counter(figure.value for figure in figures(without_invisible(text)))


def has_figure_with_unit_or_ticker(line: str) -> bool:
    """Tell whether a line states a figure of the kind that must not be lost.

    >>> has_figure_with_unit_or_ticker("营业收入6.09亿元"), has_figure_with_unit_or_ticker("第3页 共12页")
    (True, False)
    """
    return any(figure.telling for figure in figures(line))


def _in_digits(text: str, folded: str) -> Iterator[Figure]:
    find, special = patterns.DIGIT.search, patterns.SPECIAL.match
    at = 0
    while digit := find(folded, at):
        start = digit.start()
        match = special(folded, start)
        if match is None:
            figure = _number(text, folded, start, at)
            at = figure.end
        else:
            at = match.end()
            figure = _special(match, text[start:at])
        yield figure


def _special(match: re.Match[str], text: str) -> Figure:
    start, end = match.span()
    if match["date"]:
        month = match["month"] or match["month2"] or match["month3"]
        day = match["day"] or match["day2"] or match["day3"]
        value = f"{match['year'] or '-'}-{int(month):02}" + (f"-{int(day):02}" if day else "")
        return Figure("date", text, start, end, value)
    if match["time"]:
        value = match["time"].replace("：", ":")
        return Figure("time", text, start, end, value[1:] if value[0] == "0" and value[1] != ":" else value)
    if match["ticker"]:
        value = f"{match['code']}.{match['market'].upper()}"
        return Figure("ticker", text, start, end, value, telling=True)
    return Figure("phone", text, start, end, match[0].replace("-", ""))


def _number(text: str, folded: str, start: int, last: int) -> Figure:
    """Return the number at `start`; `last` is where the figure before it ended."""
    match = patterns.NUMBER.match(folded, start)
    assert match is not None  # it matches at any digit
    digits, scale, unit = match.group("digits", "scale", "unit")
    end = match.end()
    before = folded[max(last, start - _BEFORE) : start]
    if not scale and not unit and (ticker := _ticker(text, digits, start, before, folded[end : end + 1])):
        return ticker
    prefix = ""
    if before and before[-1] in patterns.BEFORE_NUMBER:
        prefix, length = _prefix(before, follows=0 < last == start - len(before))
        start -= length
    telling = bool(
        (unit in patterns.TELLING and (unit != "点" or scale or _is_index(digits)))
        or (scale and not unit)
        or scale in patterns.LARGE_SCALES
        or prefix.strip("+-±")
    )
    value = f"{prefix}{digits.replace(',', '')}{scale or ''}{unit or ''}"
    return Figure("number", text[start:end], start, end, value, telling)


def _prefix(before: str, follows: bool) -> tuple[str, int]:
    """Return the currency and sign at the end of `before` and how many characters they take.

    `follows` says that `before` starts where another figure ends: then a dash there is a range's.
    """
    prefix, end = "", len(before)
    if money := patterns.CURRENCY.search(before):
        prefix, end = money[0].rstrip(), money.start()
    sign = patterns.SIGN.search(before, 0, end)
    if sign and (sign.start() or not follows or sign[0] == "±"):
        prefix, end = sign[0] + prefix, sign.start()
    return prefix, len(before) - end


def _is_index(digits: str) -> bool:
    """Tell whether a number of 点 is points of an index rather than a time of day."""
    whole, _, part = digits.partition(".")
    return bool(part) or len(whole) > 2 or int(whole) > _LAST_HOUR


def _ticker(text: str, code: str, start: int, before: str, after: str) -> Figure | None:
    """Read digits as a stock code where what stands around them says so."""
    end = start + len(code)
    if len(code) not in (4, 5, 6) or not code.isdecimal():
        return None
    value = code
    market = patterns.MARKET.search(before) if before and before[-1] in patterns.BEFORE_CODE else None
    listed = len(code) < 6 or patterns.STOCK_CODE.match(code)
    if market is None:
        if len(code) < 6 or not listed or not code.startswith("00"):
            return None
    elif market["market"]:
        start -= len(market[0])
        value = f"{code}.{market['market'].upper()}"
    elif not listed or (market["bracket"] and (len(code) < 6 or after not in patterns.AFTER_CODE)):
        return None
    return Figure("ticker", text[start:end], start, end, value, telling=True)


def _in_letters(text: str, folded: str) -> Iterator[Figure]:
    if ".US" in folded or ".OQ" in folded:
        for suffix in patterns.US_SUFFIX.finditer(folded):
            if symbol := patterns.SYMBOL.search(folded, max(0, suffix.start() - _BEFORE), suffix.start()):
                start, end = symbol.start(), suffix.end()
                yield Figure("ticker", text[start:end], start, end, f"{symbol[0]}.US", telling=True)
    if any(name in folded for name in patterns.EXCHANGES):
        for match in patterns.NAMED_TICKER.finditer(folded):
            start, end = match.span()
            if exchange := patterns.EXCHANGE.search(folded, max(0, start - _BEFORE), start):
                start = exchange.start()
                value = f"{exchange[0].upper()}:{match['symbol']}"
                yield Figure("ticker", text[start:end], start, end, value, telling=True)


def _in_numerals(text: str, folded: str) -> Iterator[Figure]:
    for match in patterns.NUMERALS.finditer(folded):
        start, end = match.span()
        if start and folded[start - 1] == "第":
            continue
        telling = bool(patterns.LARGE_NUMERAL.search(match[0]))
        yield Figure("number", text[start:end], start, end, match[0], telling)
