"""The id of a text that has no other."""

from __future__ import annotations

import hashlib


def text_id(text: str) -> str:
    """Return the first 32 hex digits of the SHA-256 of `text` in UTF-8.

    >>> text_id("正文。")
    '074dee49c8e850bdc859e8387d6af2f8'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
