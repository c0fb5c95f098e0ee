"""Articles continued over several pages: whether a page goes on where another ends, and with which lines."""

from __future__ import annotations

import re

from articlekit.text.fields.titles import folded, is_same_title
from articlekit.text.html.extracted import Extracted
from articlekit.text.lines import Line
from articlekit.text.prose import is_prose

# The number of a page at the end of a title, but not the end of a longer number.
_PAGE_MARK = re.compile(
    r"\s*[-_—–|]?\s*[(（\[【]?\s*(?:第|page|p\.?)?\s*"
    r"(?<!\d)(?<!\d[.,])\d{1,3}\s*(?:/\s*\d{1,3})?\s*(?:页|頁)?\s*[)）\]】]?\s*\Z",
    re.I,
)
_MOST_REPEATED = 0.5  # share of a page's text that may stand on the pages before


def continuation(first: Extracted, page: Extracted) -> tuple[Line, ...]:
    """Return the lines with which `page` continues the article of `first`; none where it does not.

    It does when nothing says otherwise: the title is the same but for the number of the page, the date is
    the same, and most of its text does not stand in `first` already. Lines at its beginning and end that
    `first` holds too are left out.

    >>> text = "国债的收益率今天有所下行，市场情绪回暖，机构认为后续仍有空间。"
    >>> one, two = Extracted((Line(1, text),)), Extracted((Line(1, text), Line(2, text[::-1])))
    >>> [line.number for line in continuation(one, two)]
    [2]
    """
    if not (_same_title(first.metadata.title, page.metadata.title) and _same_day(first, page)):
        return ()
    seen = {line.text for line in first.lines}
    lines = list(page.lines)
    while lines and lines[0].text in seen:
        lines.pop(0)
    while lines and lines[-1].text in seen:
        lines.pop()
    size = sum(len(line.text) for line in page.lines)
    new = sum(len(line.text) for line in lines if line.text not in seen)
    if size - new > _MOST_REPEATED * size:
        return ()
    return tuple(lines) if any(is_prose(line.text) or line.role == "table-row" for line in lines) else ()


def _same_title(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    first, second = _PAGE_MARK.sub("", one), _PAGE_MARK.sub("", other)
    if not folded(first) or not folded(second):
        first, second = one, other
    return is_same_title(first, second) or is_same_title(second, first)


def _same_day(first: Extracted, page: Extracted) -> bool:
    one, other = first.metadata.published, page.metadata.published
    return not one or not other or one[:10] == other[:10]
