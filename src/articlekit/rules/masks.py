"""Lines with what varies blotted out, so that those a template made become one key.

A key is the folded line in which each figure, date, address, account, quoted title and name behind a label
is one control character; `to_pattern` turns it into the pattern of a rule.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import groupby

NUMBER, DATE, ADDRESS, QUOTED, NAME, ACCOUNT, TAIL, GAP = map(chr, range(1, 9))
MARKS = frozenset((NUMBER, DATE, ADDRESS, QUOTED, NAME, ACCOUNT, TAIL, GAP))

_CLOCK = r"(?: \d{1,2}:\d\d(?::\d\d)?)?"
_VARYING = re.compile(
    r"(?P<address>(?:https?:|www\.)[a-z0-9@./_?=&%#:~+-]{3,80}|[a-z0-9._-]{2,40}@[a-z0-9.-]{3,40})"
    rf"|(?P<date>(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?{_CLOCK})"
    r"|(?P<account>(?<![a-z])[a-z][a-z_-]{2,20}\d[a-z0-9_-]{0,20})"
    r"|(?P<number>\d{1,20}(?:[.,:]\d{1,20})?(?:[.,:]\d{1,20})?)"
    r'|(?P<quoted>(?<=["《])[^"《》。]{1,40}(?=["》]))'
    r"|(?P<name>(?<=[:|/、])[一-鿿·]{2,4}(?=\Z|[ 、,|/)\]]))"
)
_MARK_OF = {
    "address": ADDRESS,
    "date": DATE,
    "account": ACCOUNT,
    "number": NUMBER,
    "quoted": QUOTED,
    "name": NAME,
}
_PATTERN_OF = {
    NUMBER: r"\d{1,20}+(?:[.,:]\d{1,20}+)?(?:[.,:]\d{1,20}+)?",
    DATE: rf"(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?{_CLOCK}",
    ADDRESS: r"[a-z0-9@./_?=&%#:~+-]{4,40}+[a-z0-9@./_?=&%#:~+-]{0,40}+",
    QUOTED: r"[^\"《》。]{1,40}",
    NAME: r"[一-鿿·]{2,4}",
    ACCOUNT: r"[a-z][a-z0-9_-]{3,40}+",
    TAIL: r"[^。]{1,40}+[^。]{0,40}+",
}
_META = frozenset(r"\.^$*+?{}[]|()")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LABEL = re.compile(r"([\[(]?[^:\x01-\x08\d]{2,12}[\])]?:)(.{2,80})\Z")


def mask(view: str) -> str:
    r"""Return the key of a folded line; nothing for one with control characters.

    >>> mask("本期值守:周慕云") == "本期值守:" + NAME
    True
    >>> mask("阅读 1,204 次") == f"阅读 {NUMBER} 次"
    True
    """
    if _CONTROL.search(view):
        return ""
    return _VARYING.sub(lambda match: _MARK_OF[match.lastgroup or ""], view)


def label_key(view: str) -> tuple[str, str] | None:
    """Return the key of a line that is a label and something behind it, and what is behind it.

    >>> label_key("顺便看看:临江银行下调存款利率") == ("顺便看看:" + TAIL, "临江银行下调存款利率")
    True
    """
    match = _LABEL.match(view)
    return (match[1] + TAIL, match[2]) if match else None


def letters(key: str) -> int:
    """Return how many letters and characters of a key are not blotted out."""
    return sum(char.isalpha() for char in key)


def literals(key: str) -> list[str]:
    """Return the stretches of a key that stand in every line of it, longest first.

    >>> literals(f"共{NUMBER}人觉得有用")
    ['人觉得有用', '共']
    """
    runs = ("".join(run) for blotted, run in groupby(key, MARKS.__contains__) if not blotted)
    return sorted(runs, key=lambda run: (-len("".join(run.split())), run))


def to_pattern(key: str, gap: tuple[int, int] = (0, 0)) -> str:
    """Return the pattern of a key; `gap` bounds the characters that stand for GAP."""
    parts = []
    for char in key:
        if char == GAP:
            parts.append(f"[^。]{{{gap[0]},{gap[1]}}}")
        else:
            parts.append(_PATTERN_OF.get(char) or (f"\\{char}" if char in _META else char))
    return "".join(parts)


def hash_text(text: str) -> int:
    """Return 63 bits that stand for a text, the same on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1
