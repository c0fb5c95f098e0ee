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
    """Cut the names of site and channel off the end of a page title, which stand behind separators.

    Where what stands behind the first separator is longer than what stands before it, nothing is cut:
    it may be the title itself, behind the name of a column.

    >>> without_site("八月信用卡新规解读_财经早知道_南山网")
    '八月信用卡新规解读'
    >>> without_site("Rates and you - Fin Daily", site="Fin Daily")
    'Rates and you'
    >>> without_site("早餐会丨八月信用卡新规解读"), without_site("2023-24赛季总结")
    ('早餐会丨八月信用卡新规解读', '2023-24赛季总结')
    """
    title = " ".join(title.split())
    if site and (end := title.removesuffix(site)) != title and end.strip():
        title = end.rstrip(" -_|｜丨—–·")
    parts = title_parts(title)
    if len(parts) < 2:
        return title
    first, longest = len(folded(parts[0])), max(len(folded(part)) for part in parts[1:])
    if first < 4 or longest > 1.5 * first:
        return title
    cut = _SITE_CUT.search(title, len(title) - len(title.lstrip()) + 1)
    return title[: cut.start()].strip() if cut else title


def title_parts(title: str) -> list[str]:
    """Split a page title at the separators that divide it from channel and site.

    >>> title_parts("八月信用卡新规解读_财经早知道 - 南山网")
    ['八月信用卡新规解读', '财经早知道', '南山网']
    """
    return [part.strip() for part in _SITE_CUT.split(title) if part.strip()]


def is_same_title(line: str, title: str) -> bool:
    """Tell whether a line is a title known from elsewhere, which may be cut short or hold the site's name.

    >>> is_same_title("八月信用卡新规解读", "八月信用卡新规解读_南山网")
    True
    >>> is_same_title("八月信用卡新规解读与应对", "八月信用卡新规解...")
    True
    >>> is_same_title("原标题：八月信用卡新规解读", "八月信用卡新规解读")
    False
    """
    text, whole = folded(line), folded(title)
    if not text or not whole:
        return False
    if text == whole or text in map(folded, title_parts(title)):
        return True
    if whole.startswith(text):
        return 3 * len(text) >= len(whole) and len(text) >= 4
    return title.rstrip().endswith(("…", "...")) and text.startswith(whole) and len(whole) >= 6


def is_echo(line: str, title: str) -> bool:
    """Tell whether a line repeats a title: all of it, or a shortened form of it.

    A shortened form is at least four characters and 45 % of the title, and is the title without its end,
    its start or a piece of its middle; or it is 60 % of the title from anywhere inside. A title with a
    short addition behind a separator counts too.

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
    if _common(short, full) + _common(short[::-1], full[::-1]) >= len(short):
        return True
    return short in full and len(short) >= 0.6 * len(full)


def coverage(title: str, text: str) -> float:
    """Return the share of a title's character pairs that occur in `text`, which is folded already.

    >>> coverage("信用卡新规", folded("信用卡的新规"))
    0.75
    """
    short = folded(title)
    pairs = [short[at : at + 2] for at in range(len(short) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _behind(line: str, title: str) -> str | None:
    line, title = line.strip(), title.strip().rstrip("?？!！。")
    if not line.startswith(title):
        return None
    rest = line[len(title) :]
    return rest if re.match(r"\s*[-_—–|｜(（\[【]", rest) else None


def _common(one: str, other: str) -> int:
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))
