"""Plain text of any size, read in parts that end where a line does."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from articlekit.records.inputs import InputFile
from articlekit.records.streams import Stream, open_stream, widened
from articlekit.text.decode import Decoded, decode, decode_further
from articlekit.text.encodings import CODECS, SEVEN_BIT, normalise_label, sniff_seven_bit

_PART = 1 << 20  # bytes
_SAMPLE = 1 << 16
# Where a line feed is far away a part ends behind one of these, none of which is a byte of a longer
# character in any encoding we read; those of seven bits are decoded across parts.
_ENDS = re.compile(rb"[\r\t ,;!?](?=[^\r\t ,;!?]*\Z)")
_FAR = 8 * _PART


class PlainText:
    """The text of one file or stream.

    Args:
        file: what to read; compressed files are decompressed.
        encoding: the encoding, instead of finding out.

    Attributes:
        encoding: what it was read as, once a part was read; ``utf-8`` while all of it was ASCII.
        lost: number of places where bytes did not decode and stand as U+FFFD.
    """

    def __init__(self, file: InputFile, encoding: str | None = None) -> None:
        self._file, self._override = file, encoding
        self.encoding = "utf-8"
        self.lost = 0

    def parts(self) -> Iterator[str]:
        """Yield the text in parts of about a megabyte; all that could be read comes before an error.

        Raises:
            RecordError: the bytes are no text, or the stream is damaged.
            ConfigError: the encoding is unknown.
        """
        stream = open_stream(self._file)
        known = self._known(stream)
        stream = widened(stream, known)
        parts = _Parts("utf-8" if _is_wide(known) else known)
        for number, data in enumerate(_cut(stream)):
            text = parts.decode(data, is_first=number == 0)
            self.encoding, self.lost = parts.found or self.encoding, parts.lost
            yield text
        if stream.error:
            raise stream.error

    def _known(self, stream: Stream) -> str | None:
        """Return the encoding to read with where it is known from the start."""
        known = self._override
        if not known and (sample := stream.peek(_SAMPLE)):
            found = decode(sample).encoding
            known = found if _is_wide(found) else None
        if known:
            self.encoding = normalise_label(known) or known
        return known


class _Parts:
    """Decodes one part of a text after another, later ones as the first that is not plain ASCII.

    `given` is the encoding, instead of finding out; `lost` counts the places that did not decode.
    """

    def __init__(self, given: str | None) -> None:
        self._given = given
        self._shifts = _shift_decoder(given) if given else None
        self.found: str | None = None
        self.lost = 0

    def decode(self, data: bytes, *, is_first: bool) -> str:
        """Return the text of the next part."""
        if self._shifts is None:
            known = self._given or self.found
            if not is_first and data.isascii() and (known or sniff_seven_bit(data) is None):
                return str(data, "ascii")
            decoded = self._decoded(data)
            self._shifts = _shift_decoder(decoded.encoding)
            if self._shifts is None:
                self.lost += decoded.places
                return decoded.text
        text = self._shifts.decode(data)
        self.lost += text.count("\ufffd")
        return text

    def _decoded(self, data: bytes) -> Decoded:
        if self._given:
            return decode(data, override=self._given)
        if self.found:
            return decode_further(data, self.found)
        decoded = decode(data)
        if decoded.encoding in SEVEN_BIT or not data.isascii():
            self.found = decoded.encoding
        return decoded


def _shift_decoder(encoding: str) -> codecs.IncrementalDecoder | None:
    """Return a decoder that keeps its shifts from part to part, for an encoding that has any."""
    name = normalise_label(encoding)
    return codecs.getincrementaldecoder(CODECS[name])("replace") if name in SEVEN_BIT else None


def _is_wide(encoding: str | None) -> bool:
    return (normalise_label(encoding) or "").startswith(("utf-16", "utf-32"))


def _cut(stream: Stream) -> Iterator[bytes]:
    """Yield the bytes of a stream in parts that end where a character and a word do."""
    held: list[bytes] = []
    size = 0
    for chunk in stream.chunks():
        held.append(chunk)
        size += len(chunk)
        if size < _PART:
            continue
        end = chunk.rfind(b"\n") + 1
        if not end and size >= _FAR and (mark := _ENDS.search(chunk)):
            end = mark.end()
        if end:
            yield b"".join([*held[:-1], chunk[:end]])
            held, size = [chunk[end:]], len(chunk) - end
    if rest := b"".join(held):
        yield rest
