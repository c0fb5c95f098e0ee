"""Surrogates: halves of a character in UTF-16, which no encoding has on their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articlekit.model import Edit

_SURROGATE = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")


def surrogate_edits(text: str) -> Iterator[Edit]:
    r"""Join surrogates that are one character in UTF-16; a lone one becomes U+FFFD.

    >>> [edit.after for edit in surrogate_edits("\ud83d\ude00 \ud83d")]
    ['😀', '\ufffd']
    """
    try:
        text.encode()  # much faster than looking for them
        return
    except UnicodeEncodeError:
        pass
    for match in _SURROGATE.finditer(text):
        character = match[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        yield Edit("repair", "surrogates", *match.span(), match[0], character)
