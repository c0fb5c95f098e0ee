"""Bytes that are not text at all: known formats, and too many control characters.

What is refused raises `RecordError` with the reason ``binary``.
"""

from __future__ import annotations

import re

from articlekit.errors import RecordError

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"\x1f\x8b\x08", "a gzip stream"),
    (b"(\xb5/\xfd", "a Zstandard stream"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.05  # share of control bytes above which bytes are not text


def refuse_signatures(data: bytes) -> None:
    """Refuse what begins as an image, an archive or another known format does."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise RecordError(
                "binary", "decode", f"the bytes are {what}, not text; extract its text first", "byte 0"
            )


def refuse_controls(data: bytes) -> None:
    """Refuse bytes full of control characters; NULs at the end are padding."""
    head = data[:65536].rstrip(b"\0")
    found = _CONTROL_BYTES.findall(head)
    if not head or (len(found) > _MOST_CONTROLS * len(head) and len(found) > 1):
        first = _CONTROL_BYTES.search(head)
        place = f"byte {first.start()}" if first else None
        raise RecordError("binary", "decode", "the bytes are full of control characters, so not text", place)
