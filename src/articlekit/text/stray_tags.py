"""Tags that are left at the ends of lines when a page was flattened carelessly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articlekit.model import Edit

_TAGS = (
    r"[ \t\u3000]{0,3}(?:</(?:p|div|span|strong|b|em|font|li|td|section|article|h[1-6])[ ]?>|<br ?/?>){1,8}"
    r"(?=[ \t\u3000\r]{0,8}(?:\n|$))"
)
# Behind the end of a Chinese sentence; anywhere else a tag may be what the text is about.
_STRAY_TAGS = re.compile(r"(?<=[。！？；…”』」）])" + _TAGS, re.I)
_TAGS_OF_FLATTENED = re.compile(r"(?<=[^\s<>])" + _TAGS, re.I)
_OPENING_TAG = re.compile(r"<(?:p|div|span|strong|td|li|h[1-6])[\s>]", re.I)


def stray_tag_edits(text: str, *, flattened: bool = False) -> Iterator[Edit]:
    """Yield edits that take out tags at the ends of lines.

    Args:
        text: any text.
        flattened: whether the text is known to be a flattened page; then a closing tag at the end of any
            line is residue, unless there are opening tags too.

    >>> [edit.before for edit in stray_tag_edits("公司今日发布公告。</span></p>")]
    ['</span></p>']
    """
    if "</" in text or "<br" in text or "<BR" in text:
        pattern = _TAGS_OF_FLATTENED if flattened and not _OPENING_TAG.search(text) else _STRAY_TAGS
        for match in pattern.finditer(text):
            yield Edit("repair", "stray-tag", *match.span(), match[0], "")
