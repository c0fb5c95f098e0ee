"""The lines above the body: where they end, and which of them is the title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from articlekit.text.fields.bylines import Byline, read_byline
from articlekit.text.fields.titles import coverage, folded, is_same_title
from articlekit.text.lines import Line
from articlekit.text.prose import clause_marks, ends_like_prose, is_prose, visible_length
from articlekit.text.structure.cues import is_cue
from articlekit.text.structure.headings import read_marker
from articlekit.text.structure.numbering import numbered_headings

_DEEPEST = 30  # lines that are not blank
_NUMBERED_SAMPLE = 200  # lines among which the numbers of headings are looked at
_BODY_SAMPLE = 4000  # characters of the body in which a title's words are looked for
_TRAIL = re.compile(r"[>»›→]|\s[/\\]\s|::|(?:首页|首頁|当前位置|當前位置|您的位置|位置)\s*[:：>]")
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|cn|net)\b")
_ENOUGH = 2.0  # score of a title
_CLEARLY = 1.5  # more than of any other line


@dataclass(frozen=True, slots=True)
class Header:
    """The lines above the body.

    Attributes:
        lines: those that are not blank, from the first to the last before running text begins.
        bylines: index in `lines` → fields of that line.
        title: index in `lines` of the title, or None.
        sure: whether the title was clearly the best candidate.
    """

    lines: tuple[Line, ...]
    bylines: dict[int, Byline]
    title: int | None = None
    sure: bool = True


def read_header(lines: Sequence[Line], given: str | None = None) -> Header:
    """Find the lines above the body and the title among them.

    `lines` are not blank; `given` is a title known from elsewhere. The title is chosen by where the
    line of the date stands, by how much of a line's wording returns in the body, and by its shape: a
    channel's name is short, stands more than once above the body, or beside the date.

    >>> from articlekit.text.lines import split_lines
    >>> text = '''理财
    ... 国债逆回购怎么选期限？
    ... 理财 2024-05-06 10:00
    ... 国债逆回购的期限怎么选，取决于资金何时要用，也取决于利率，两者都要看。'''
    >>> header = read_header(split_lines(text))
    >>> header.lines[header.title].text, header.bylines[2].published
    ('国债逆回购怎么选期限？', '2024-05-06T10:00')
    """
    end, bylines = _find_end(lines)
    zone = tuple(lines[:end])
    body = folded_body(lines[end:])
    if given and (matching := _matching(zone, bylines, given)) is not None:
        return Header(zone, bylines, matching)
    if given:
        return Header(zone, bylines)
    scores = _scores(zone, bylines, body, set(numbered_headings(lines[:_NUMBERED_SAMPLE])))
    if not scores:
        return Header(zone, bylines)
    best = max(scores, key=lambda index: (scores[index], -index))
    if scores[best] < _ENOUGH:
        return Header(zone, bylines)
    others = [score for index, score in scores.items() if index != best]
    return Header(zone, bylines, best, sure=not others or scores[best] - max(others) >= _CLEARLY)


def folded_body(lines: Sequence[Line]) -> str:
    """Return the first part of the body in the form titles are compared in."""
    parts, size = [], 0
    for line in lines:
        if size >= _BODY_SAMPLE:
            break
        parts.append(folded(line.text))
        size += len(parts[-1])
    return "\n".join(parts)


def is_navigation(text: str) -> bool:
    """Tell whether a line above the title leads elsewhere: a trail, or a few characters without marks.

    >>> is_navigation("首页 > 理财 > 国债"), is_navigation("理财学院"), is_navigation("指数收涨1.2%")
    (True, True, False)
    """
    if _TRAIL.search(text):
        return len(text) <= 100
    return (
        visible_length(text) <= 12
        and not clause_marks(text)
        and not any(map(str.isdecimal, text))
        and any(map(str.isalpha, text))
    )


def _find_end(lines: Sequence[Line]) -> tuple[int, dict[int, Byline]]:
    """Return the index of the first line of the body, and the bylines before it."""
    bylines: dict[int, Byline] = {}
    for index, line in enumerate(lines[:_DEEPEST]):
        byline = read_byline(line.text)
        if byline is not None:
            bylines[index] = byline
        elif _is_running(line.text) or (index and _starts_body(line)):
            return index, bylines
    return min(len(lines), _DEEPEST), bylines


def _is_running(text: str) -> bool:
    if _trails_off(text):
        return is_prose(text)
    if ends_like_prose(text):
        return visible_length(text) >= 10
    return is_prose(text) and visible_length(text) > 60


def _trails_off(text: str) -> bool:
    """Tell whether a line ends in dots, as sentences do that break off, and titles that want a click."""
    return text.rstrip().endswith(("…", "..."))


def _starts_body(line: Line) -> bool:
    if line.role in ("list-item", "table-row"):
        return line.link_density < 0.5
    marker = read_marker(line.text)
    return marker is not None and set(marker.values) <= {0, 1} and marker.style != "arabic-space"


def _matching(zone: Sequence[Line], bylines: dict[int, Byline], given: str) -> int | None:
    """Return the line that is the given title, with or without the name of the site behind it."""
    for index, line in enumerate(zone):
        if index not in bylines and is_same_title(line.text, given):
            return index
    return None


def _scores(
    zone: Sequence[Line], bylines: dict[int, Byline], body: str, numbered: set[int]
) -> dict[int, float]:
    repeated = Counter(folded(line.text) for line in zone)
    channels = {
        folded(token) for byline in bylines.values() for token in (*byline.loose, byline.source or "")
    }
    dated = next((index for index, byline in bylines.items() if byline.published), None)
    candidates = [
        index
        for index, line in enumerate(zone)
        if index not in bylines and index not in numbered and _may_be_title(line)
    ]
    above = [index for index in candidates if dated is not None and index < dated]
    whole_lines = set(body.split("\n"))
    scores = {}
    for index in candidates:
        text = folded(zone[index].text)
        score = _shape(zone[index]) + 3 * coverage(text, body) + 2 * (text in whole_lines)
        score -= 4 * (text in channels)
        score -= 1.5 * (read_marker(zone[index].text) is not None)
        score -= 3 * (repeated[text] > 1 and len(text) <= 6)
        if dated is None:
            score += index == 0
        elif index in above:
            score += 3 if index == above[-1] else 1.5 if index == above[-2:][0] else 0
        else:
            score -= 0.5
        scores[index] = score
    return scores


def _may_be_title(line: Line) -> bool:
    text = line.text.strip()
    if not 4 <= visible_length(text) <= 100 or line.role in ("list-item", "table-row", "caption"):
        return False
    if _ADDRESS.search(text) or _TRAIL.search(text) or is_cue(text) or line.link_density > 0.8:
        return False
    if ends_like_prose(text) and not (_trails_off(text) and not is_prose(text)):
        return False
    return not text.endswith((":", "：")) and any(map(str.isalpha, text))


def _shape(line: Line) -> float:
    size = visible_length(line.text)
    score = 0.0 if size <= 4 else 1.0 if size <= 7 else 2.0
    if size > 50:
        score -= 1
    if line.text.rstrip().endswith(("?", "？", "!", "！")):
        score += 0.5
    if line.role == "heading":
        score += 3 if line.level == 1 else 1.5
    elif line.role == "bold":
        score += 0.5
    return score
