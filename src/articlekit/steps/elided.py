"""Flag words that a site took out of its articles.

Sites that republish articles with annotated characters also delete some words or put a blank in their
place. What stood there cannot be known, so it is only flagged. In other documents a blank between Chinese
characters is common and means nothing: ask only where the document was recognised as annotated.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files

from articlekit.model import Flag
from articlekit.text.lines import Line

KIND = "elided-word"

_CONTEXT = 3  # characters shown on either side
_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
# A blank is no layout where a word is cut off on both sides, or a mark of punctuation lost its neighbour.
_BLANK = re.compile(
    f"(?<=[{_CJK}])[ \u3000]{{1,3}}(?=[{_CJK},，.。、;；:：!！?？”）)])|(?<=、)[ \u3000]{{1,3}}(?=[{_CJK}])"
)


def find_elided(lines: Sequence[Line], skip: Collection[int] = ()) -> Iterator[Flag]:
    """Yield a flag for every place where a word seems to be missing.

    Args:
        lines: lines of an article recognised as annotated, in any script.
        skip: numbers of lines to leave out: title, bylines and headings.

    Yields:
        Flag: `start` counts characters of `lines` joined with line feeds.

    >>> from articlekit.text.lines import split_lines
    >>> flags = find_elided(split_lines("常用的方式是 提醒，逾期问日益突出。"))
    >>> [(flag.line, flag.start, flag.text) for flag in flags]
    [(1, 3, '方式是 提醒，'), (1, 9, '，逾期问日益突')]
    """
    offset = 0
    for line in lines:
        if line.number not in skip:
            places = [match.span() for match in _BLANK.finditer(line.text)]
            places += [match.span() for match in _shortened().finditer(line.text)]
            for start, end in sorted(places):
                first = max(start - _CONTEXT, 0)
                yield Flag(KIND, line.number, offset + first, line.text[first : end + _CONTEXT])
        offset += len(line.text) + 1


@cache
def _shortened() -> re.Pattern[str]:
    """Match characters that stand alone where only a longer word makes sense, such as 问 for 问题."""
    table = tomllib.loads(files(__package__).joinpath("data", "elided.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(_alone(entry) for entry in table["shortened"]))


def _alone(entry: dict[str, str]) -> str:
    return f"(?<=[{_CJK}、])(?<![{entry['before']}]){entry['left']}(?![{entry['after']}])"
