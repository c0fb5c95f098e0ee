"""Titles: compared, cut free of the site's name, and found again in echoes."""

from __future__ import annotations

import re
import unicodedata

_SITE_CUT = re.compile(
    r"\s*[_|｜丨·»>]+\s*|\s+[-–—]+\s+|\s*(?:--|——)\s*|(?<=[^\x00-\x7f\s])-(?=[^\x00-\x7f\s])"
)


def folded(text: str) -> str:
    """Return what of a title is compared: letters, digits and Han, in one form and case.

    >>> folded(" 《逾期 30天》怎么办？ ")
    '逾期30天怎么办'
    """
    normal = unicodedata.normalize("NFKC", text[:400]).casefold()
    return "".join(filter(str.isalnum, normal))


def without_site(title: str, site: str | None = None) -> str:
    """Cut the names of site and channel off a page title, which stand behind separators.

    The longest part is the title where it is clearly longer than the rest, else the first.

    >>> without_site("八月信用卡新规解读_财经早知道_南山网")
    '八月信用卡新规解读'
    >>> without_site("Rates and you - Fin Daily", site="Fin Daily")
    'Rates and you'
    >>> without_site("2023-24赛季总结")
    '2023-24赛季总结'
    """
    title = " ".join(title.split())
    if site and (end := title.removesuffix(site)) != title and end.strip():
        title = end.rstrip(" -_|｜丨—–·")
    parts = [part for part in _SITE_CUT.split(title) if part]
    if len(parts) < 2:
        return title
    cuts = [match.start() for match in _SITE_CUT.finditer(title) if match.start()]
    if len(folded(parts[0])) >= 6 or len(folded(parts[0])) * 2 >= max(len(folded(part)) for part in parts):
        return title[: cuts[0]].strip() if cuts else title
    return max(parts, key=lambda part: len(folded(part))).strip()


def is_echo(line: str, title: str) -> bool:
    """Tell whether a line repeats a title: all of it, or a shortened form of it.

    A shortened form is at least four characters and 45 % of the title, and is the title with one piece
    cut out at the start, in the middle or at the end; or it is the title with a short addition behind
    a separator.

    >>> is_echo("八月信用卡新规解读", "八月信用卡新规解读：怎么办？")
    True
    >>> is_echo("信用卡", "八月信用卡新规解读：怎么办？")
    False
    """
    short, full = folded(line), folded(title)
    if not short or not full:
        return False
    if short == full:
        return True
    if len(short) > len(full):
        rest = _behind(line, title)
        return rest is not None and len(full) >= 6 and len(short) - len(full) <= max(8, len(full) // 2)
    if len(short) < max(4, 0.45 * len(full)):
        return False
    return short in full or _common(short, full) + _common(short[::-1], full[::-1]) >= len(short)


def coverage(title: str, text: str) -> float:
    """Return the share of a title's character pairs that occur in `text`, which is folded already.

    >>> coverage("信用卡新规", folded("信用卡的新规"))
    0.75
    """
    short = folded(title)
    pairs = [short[at : at + 2] for at in range(len(short) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _behind(line: str, title: str) -> str | None:
    line, title = line.strip(), title.strip()
    if not line.startswith(title):
        return None
    rest = line[len(title) :]
    return rest if re.match(r"\s*[-_—–|｜(（\[【]", rest) else None


def _common(one: str, other: str) -> int:
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))
