"""The line of date, source and author that stands under a title, read into fields."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from articlekit.text.fields.dates import find_dates
from articlekit.text.fields.names import person_names
from articlekit.text.prose import clause_marks

_MOST = 160  # a line of fields is short; longer ones are text
_CUT = "\x1f"  # stands where a date was
_OFFICES = (
    "员",
    "員",
    "记者",
    "記者",
    "部",
    "组",
    "組",
    "网",
    "網",
    "报",
    "報",
    "社",
    "中心",
)  # not a person
_COUNT = re.compile(r"[(（]?\d[\d,.]{0,9}\s?[万萬wWkK亿]?\+?[)）]?\s?[次人条條]?\Z")


@dataclass(frozen=True, slots=True)
class Byline:
    """Fields of a byline. `loose` are tokens without a label, in order: a channel, a name, or text."""

    published: str | None = None
    author: str | None = None
    editor: str | None = None
    source: str | None = None
    loose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    label: re.Pattern[str]
    fields: dict[str, str]
    noise: frozenset[str]
    nobody: frozenset[str]


@cache
def _table() -> _Table:
    raw = tomllib.loads(files("articlekit.text.data").joinpath("bylines.toml").read_text("utf-8"))
    fields = {label: field for field, labels in raw["labels"].items() for label in labels}
    by_length = sorted(fields, key=len, reverse=True)
    long = "|".join(re.escape(label) for label in by_length if len(label) > 1 and not label.isascii())
    short = "|".join(re.escape(label) for label in by_length if len(label) == 1 or label.isascii())
    # Fields may touch when their elements did; a single character is a label only at the start of a word.
    return _Table(
        re.compile(
            rf"({long}|(?<![^\W_])(?:{short}))(?:\s{{0,2}}[:：丨]|(?<=[文者辑輯編编源])\s{{0,2}}[/|｜])\s{{0,4}}"
        ),
        fields,
        frozenset(raw["words"]["noise"]),
        frozenset(raw["words"]["nobody"]),
    )


def read_byline(text: str) -> Byline | None:
    """Read a line made of a date, labelled fields, counts and at most a few loose words.

    Returns None for any other line: no date and no label, or too much text beside them.

    >>> read_byline("财经观察 2024-05-06 10:11:12")
    Byline(published='2024-05-06T10:11:12', author=None, editor=None, source=None, loose=('财经观察',))
    >>> read_byline("来源：南山晚报　作者：周慕云　阅读：1203")
    Byline(published=None, author='周慕云', editor=None, source='南山晚报', loose=())
    >>> read_byline("2024年5月6日，央行宣布下调存款准备金率。") is None
    True
    """
    text = text.strip()
    if not text or len(text) > _MOST:
        return None
    published, rest = _take_date(text)
    table = _table()
    matches = list(table.label.finditer(rest))
    if published is None and not any(table.fields[m[1]] not in ("published", "counted") for m in matches):
        return None
    fields: dict[str, str] = {}
    loose = _tokens(rest[: matches[0].start()] if matches else rest)
    ends = [match.start() for match in matches[1:]] + [len(rest)]
    for match, end in zip(matches, ends, strict=False):
        value = rest[match.end() : end]
        taken, left = _take_value(table.fields[match[1]], value)
        if taken:
            fields.setdefault(table.fields[match[1]], taken)
        loose += left
    loose = [token for token in loose if not _says_nothing(token, table)]
    if not fields and published is None:
        return None
    if len(loose) > 3 or any(len(token) > 16 or clause_marks(token) for token in loose):
        return None
    return Byline(published, fields.get("author"), fields.get("editor"), fields.get("source"), tuple(loose))


def _take_date(text: str) -> tuple[str | None, str]:
    dates = list(find_dates(text)) if any(map(str.isdecimal, text)) or "年" in text else []
    parts: list[str] = []
    at = 0
    for date in dates:
        parts += (text[at : date.start], _CUT)
        at = date.end
    parts.append(text[at:])
    return (dates[0].iso if dates else None), "".join(parts)


def _take_value(field: str, value: str) -> tuple[str | None, list[str]]:
    value, cut, after = value.partition(_CUT)
    tokens = _tokens(value)
    left = _tokens(after) if cut else []
    if field in ("published", "counted") or not tokens:
        return None, tokens + left
    if field in ("author", "editor") and (names := person_names(value)):
        return " ".join(names), left
    if field in ("author", "editor") and value.isascii():
        return " ".join(tokens), left
    if tokens[0] in _table().nobody or (field == "author" and tokens[0].endswith(_OFFICES)):
        return None, tokens[1:] + left
    if len(tokens[0]) > 24:
        return None, tokens + left
    return tokens[0], tokens[1:] + left


def _tokens(text: str) -> list[str]:
    tokens = re.split(rf"[\s|｜丨·{_CUT}]+|(?<=\S)/(?=\S)", text)
    return [kept for token in tokens if (kept := token.strip("()（）[]【】,，、:：;；-—<>《》"))]


def _says_nothing(token: str, table: _Table) -> bool:
    if token in table.noise or _COUNT.match(token) or not any(map(str.isalnum, token)):
        return True
    head = token.rstrip("0123456789.万wW+()（） ")
    return table.fields.get(head) in ("counted", "published")
