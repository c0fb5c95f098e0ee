"""What figures look like: units, dates, tickers, as one pattern each for digits and for numerals.

The patterns are for folded text (`fold_figures`): half-width digits and signs, units in Simplified
characters. Every quantifier is possessive or bounded, so hostile lines cost linear time.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

_UNITS: dict[str, Any] = tomllib.loads(
    files("articlekit.text").joinpath("data/units.toml").read_text(encoding="utf-8")
)
_TELLING: list[str] = [unit for group in ("money", "ratios", "shares", "measures") for unit in _UNITS[group]]
# What a number may carry and be worth keeping a line for; other units only belong to its value.
TELLING = frozenset(_TELLING)
LARGE_SCALES = frozenset(scale for scale in _UNITS["scales"] if "亿" in scale)

_WIDE, _NARROW = "０１２３４５６７８９％．－＋／￥−﹣﹪", "0123456789%.-+/¥--%"
_FOLDED = {
    **dict(zip(_WIDE, _NARROW, strict=True)),
    **{chr(code + 0xFEE0): chr(code) for code in (*range(0x41, 0x5B), *range(0x61, 0x7B))},
    **dict(zip(_UNITS["folded"]["from"], _UNITS["folded"]["to"], strict=True)),
}
_FOLDABLE = re.compile(f"[{''.join(map(re.escape, _FOLDED))}]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def fold_figures(text: str) -> str:
    """Return `text` with digits, signs and units in one form each; the length stays.

    >>> fold_figures("１.5億元，３％")
    '1.5亿元，3%'
    """
    return _FOLDABLE.sub(lambda match: _FOLDED[match[0]], text)


def without_invisible(text: str) -> str:
    r"""Return `text` without the characters that a repair may take out of a figure.

    >>> without_invisible("3\u200b00\u202c股")
    '300股'
    """
    return _INVISIBLE.sub("", text) if _INVISIBLE.search(text) else text


def invisible_places(text: str) -> list[int]:
    """Return where the characters stand that `without_invisible` takes out."""
    return [match.start() for match in _INVISIBLE.finditer(text)]


def _alternatives(names: Iterable[str]) -> str:
    """Return names as a pattern, longer ones first; a Latin one must not go on as a word."""
    ends = {"成": f"(?![{_UNITS['not_after_cheng']}])"}
    return "|".join(
        re.escape(name)
        + ("(?![A-Za-z0-9])" if name[-1].isascii() and name[-1].isalpha() else ends.get(name, ""))
        for name in sorted(names, key=lambda name: (-len(name), name))
    )


_B = "[ \u00a0\u3000]?"  # a blank
_END = "(?![0-9])"
_MONTH, _DAY = "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"

DIGIT = re.compile("[0-9]")
# Tried at a digit that has none before it: first SPECIAL, then NUMBER.
SPECIAL = re.compile(
    rf"(?P<date>(?P<year>[12][0-9]{{3}})"
    rf"(?:(?P<gap>[-/.])(?P<month>{_MONTH})(?P=gap)(?P<day>{_DAY}){_END}"
    rf"|{_B}年{_B}(?P<month2>{_MONTH}){_B}月(?:{_B}(?P<day2>{_DAY}){_B}[日号])?)"
    rf"|(?P<month3>{_MONTH}){_B}月{_B}(?P<day3>{_DAY}){_B}[日号])"
    r"|(?P<time>(?:[01]?[0-9]|2[0-3])[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9:：]))"
    r"|(?P<ticker>(?P<code>[0-9]{4,6})\.(?P<market>SH|SZ|BJ|SS|HK|OF|TW|KS|KQ|sh|sz|bj|hk)(?![A-Za-z0-9]))"
    rf"|(?P<phone>(?:1[3-9][0-9]{{9}}|0[0-9]{{2,3}}-[0-9]{{7,8}}|[48]00-[0-9]{{3,4}}-[0-9]{{3,4}}){_END})"
)
_ALL_UNITS = [*_TELLING, *_UNITS["counts"]]
_FIRSTS = "".join(sorted({unit[0] for unit in _ALL_UNITS}))
NUMBER = re.compile(
    rf"(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})++{_END}(?:\.[0-9]++)?|[0-9]++(?:\.[0-9]++)*+)"
    rf"(?:{_B}[多余]?(?P<scale>{_alternatives(_UNITS['scales'])}))?"
    rf"(?:{_B}[多余]?(?=[{_FIRSTS}])(?P<unit>{_alternatives(_ALL_UNITS)}))?"
)
# What may stand right before a number or a code and belongs to it.
SIGN = re.compile(r"(?:(?<![0-9A-Za-z%‰)\-+±])[-+]|±)\Z")
CURRENCY = re.compile(r"(?:(?<![A-Za-z])(?:USD|RMB|CNY|HKD|EUR|JPY|GBP|US\$|HK\$|NT\$)|[$¥€£]) ?\Z")
MARKET = re.compile(
    r"(?:(?<![A-Za-z])(?P<market>SH|SZ|BJ|HK|sh|sz|bj|hk)[.:：]?"
    r"|(?<![A-Za-z])(?:SSE|SZSE|BSE|HKEX|SEHK|NEEQ)[:：]? ?"
    r"|(?:上交所|深交所|北交所|港交所|联交所)(?:代码)?[:：]? ?"
    r"|(?:行情|股票代码|证券代码|股份代号|代码)[:：(（]? ?|(?P<bracket>[(（]))\Z"
)
STOCK_CODE = re.compile(r"(?:00[0-3]|30[01]|60[0135]|68[89]|[48][3-9]|920|200|900)[0-9]{3,4}\Z")
NAMED_TICKER = re.compile(r"[:：] ?(?P<symbol>[A-Z]{1,5}(?:\.[A-Z])?)(?![A-Za-z0-9])")
US_SUFFIX = re.compile(r"\.(?:US|OQ)(?![A-Za-z.])")
SYMBOL = re.compile(r"(?<![A-Za-z.])[A-Z]{1,5}\Z")
_EXCHANGES = ("NASDAQ", "Nasdaq", "NYSE", "AMEX", "OTC", "纳斯达克", "納斯達克", "纽交所", "紐交所", "美股")
EXCHANGE = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(_EXCHANGES)})\Z")
EXCHANGES = _EXCHANGES
# Without one of these right before it a number has no prefix, and a code no market.
BEFORE_NUMBER = frozenset("+-± $¥€£DYRBP")
AFTER_CODE = frozenset(")）,，/")
BEFORE_CODE = frozenset("HZJKhzjk.:：(（ 情码号所ERQ")

_NUMERAL = "一二三四五六七八九十百千两零〇壹贰叁肆伍陆柒捌玖拾佰仟"
NUMERALS = re.compile(
    rf"[{_NUMERAL}](?P<rest>[{_NUMERAL}万亿点]{{0,24}}+)"
    rf"(?:(?P<part>分之[{_NUMERAL}万点]{{1,24}}+)|(?P<unit>{_alternatives(_UNITS['numeral'])}))"
)
LARGE_NUMERAL = re.compile("[十百千万亿拾佰仟]|分之")
