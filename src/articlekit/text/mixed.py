"""Documents put together from parts in two encodings, such as a UTF-8 page with a footer in GBK.

A part is what stands between line breaks and angle brackets. It is read by another encoding than the rest
only where that is proven: the encoding of the rest cannot be its own (or reads clearly worse), another one
reads all of its bytes, and what comes out reads like text. Shorter parts follow where one is proven.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import compress
from typing import NamedTuple

from articlekit.text.encodings import CODECS, Reading, read_as

Score = Callable[[list[str]], list[float]]

_PART = re.compile(rb"[^\x00-\x1f<>]+")
_UTF8_RUN = re.compile(rb"(?:[\xe3-\xed][\x80-\xbf][\x80-\xbf]){4}")
# Two such characters, by a byte that is rare in double-byte text, which is much faster to look for.
_UTF8_SIGN = re.compile(
    rb"[\x80-\x9f](?:(?<=[\xe3-\xed].)[\x80-\xbf]|(?<=[\xe3-\xed][\x80-\xbf].))[\xe3-\xed][\x80-\xbf]{2}",
    re.S,
)
_OTHERS = ("gb18030", "big5hkscs", "shift_jis", "euc_kr")
_PROOF, _LEAST = 4, 2  # characters beyond ASCII that prove an encoding, and that follow such a proof
_READS_WELL = -9.0  # nats per character beyond ASCII
_BETTER = 12.0  # nats by which UTF-8 must read better than double-byte text
_MOST_PARTS = 2000
_GAP = "\x1a"


class _Part(NamedTuple):
    start: int
    end: int
    text: str  # in the second encoding


def read_mixed(data: bytes, encoding: str, score: Score) -> tuple[Reading, str] | None:
    r"""Return the text of a document in two encodings and the name of the second; None if one is enough.

    Args:
        data: the bytes.
        encoding: that of most of them, a name of `CODECS`.
        score: returns how probable each of several texts is, in nats.

    >>> from articlekit.text.decode import score
    >>> page = "<p>公司今日发布公告</p>".encode() + "<p>版权所有，未经许可不得转载</p>".encode("gbk")
    >>> reading, second = read_mixed(page, "utf-8", score)
    >>> reading.text, second
    ('<p>公司今日发布公告</p><p>版权所有，未经许可不得转载</p>', 'gb18030')
    """
    seconds: tuple[str, ...]
    if encoding == "utf-8":
        spans = [span for span in _spans(data) if _is_foreign_to_utf8(data[slice(*span)])]
        seconds = _OTHERS
    elif encoding in _OTHERS and _UTF8_SIGN.search(data) and _UTF8_RUN.search(data):
        spans = [
            span for span in _spans(data) if _UTF8_RUN.search(data, *span) or _is_utf8(data[slice(*span)])
        ]
        seconds = ("utf-8",)
    else:
        return None
    if not spans or len(spans) > _MOST_PARTS or _GAP.encode() in data:
        return None
    found = {second: _parts(data, spans, encoding, second, score) for second in seconds}
    second = max(found, key=lambda second: sum(len(part.text) for part in found[second]))
    if not found[second]:
        return None
    return _joined(data, encoding, found[second]), second


def _spans(data: bytes) -> Iterator[tuple[int, int]]:
    for match in _PART.finditer(data):
        if not match[0].isascii():
            yield match.span()


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_foreign_to_utf8(data: bytes) -> bool:
    """Tell whether bytes are hardly UTF-8 at all, and not UTF-8 with a damaged place."""
    if _is_utf8(data):
        return False
    good = data.decode("utf-8", "ignore")
    long = sum(character >= "\u0800" for character in good)  # three bytes, which hardly fit by chance
    return max(4 * long, (_beyond_ascii(good) - long) // 2) <= read_as(data, "utf-8").bad


def _beyond_ascii(text: str) -> int:
    return sum(character > "\x7f" for character in text)


def _parts(data: bytes, spans: list[tuple[int, int]], first: str, second: str, score: Score) -> list[_Part]:
    """Return the spans that are text in the second encoding; none if no long one proves it."""
    parts = []
    for start, end in spans:
        try:
            text = data[start:end].decode(CODECS[second])
        except UnicodeDecodeError:
            continue
        if _beyond_ascii(text) >= _LEAST:
            parts.append(_Part(start, end, text))
    values = score([part.text for part in parts])
    if first != "utf-8":  # which can read nearly everything
        others = score([read_as(data[part.start : part.end], first).text for part in parts])
        better = [value >= other + _BETTER for value, other in zip(values, others, strict=True)]
        parts = list(compress(parts, better))
        values = list(compress(values, better))
    proven = any(
        _beyond_ascii(part.text) >= _PROOF and value >= _READS_WELL * _beyond_ascii(part.text)
        for part, value in zip(parts, values, strict=True)
    )
    return parts if proven else []


def _joined(data: bytes, encoding: str, parts: list[_Part]) -> Reading:
    """Read all but the parts by the first encoding and put the parts in their places."""
    pieces, at = [], 0
    for part in parts:
        pieces.append(data[at : part.start])
        at = part.end
    rest = read_as(_GAP.encode().join((*pieces, data[at:])), encoding, careful=True)
    between = rest.text.split(_GAP)
    texts = [text for pair in zip(between, (part.text for part in parts), strict=False) for text in pair]
    return Reading(rest.encoding, "".join((*texts, between[-1])), rest.bad, rest.cut)
