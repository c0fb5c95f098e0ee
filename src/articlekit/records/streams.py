"""Bytes from files: decompressed by what they are, in chunks of bounded size, with errors kept for the end.

What goes wrong while reading (a cut or damaged stream) does not lose what was read before: a `Stream`
ends there, and `Stream.error` says why it ended.
"""

from __future__ import annotations

import codecs
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO

import zstandard

from articlekit.errors import RecordError
from articlekit.records.inputs import InputFile
from articlekit.text.encodings import CODECS, normalise_label

CHUNK = 256 << 10
# A block of Zstandard (RFC 8878) grows at most from 4 bytes to 128 KiB, so a slice grows to 32 MiB at most.
_ZSTD_SLICE = 1 << 10
_LAYERS = 2  # servers compress compressed files again
_WIDE_MARKS = (  # the marks of UTF-32 first: the one of UTF-16 is the beginning of one of them
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = tuple(codec for _, codec in _WIDE_MARKS)


class Stream:
    """Chunks of bytes that can be looked at before they are taken.

    Attributes:
        error: why the stream ended early, or None.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._held: list[bytes] = []
        self.error: RecordError | None = None

    def _next(self) -> bytes:
        """Return the next chunk, or nothing at the end."""
        try:
            return next(self._chunks, b"")
        except RecordError as error:
            self.error = error
        except OSError as error:
            self.error = RecordError(
                "unreadable", "read", f"the file cannot be read: {error.strerror}; check permissions and disk"
            )
        return b""

    def peek(self, size: int) -> bytes:
        """Return up to `size` bytes from where the stream is, without taking them."""
        missing = size - sum(map(len, self._held))
        while missing > 0 and (chunk := self._next()):
            self._held.append(chunk)
            missing -= len(chunk)
        self._held = [b"".join(self._held)] if self._held else []
        return self._held[0][:size] if self._held else b""

    def chunks(self) -> Iterator[bytes]:
        """Take all that is left, chunk by chunk."""
        while self._held:
            yield self._held.pop(0)
        while chunk := self._next():
            yield chunk

    def take(self, limit: int) -> tuple[bytes, bool]:
        """Take up to `limit` bytes; the second value says whether that was all."""
        parts, size = [], 0
        for chunk in self.chunks():
            parts.append(chunk)
            size += len(chunk)
            if size > limit:
                return b"".join(parts)[:limit], False
        return b"".join(parts), True


def open_stream(file: InputFile, stdin: BinaryIO | None = None) -> Stream:
    """Open a file, decompressed if its first bytes say that it is compressed, whatever its name says.

    A name that promises compression over bytes that are not gives a stream with the error
    ``not-compressed`` at its end, so that the bytes are there.
    """
    stream = Stream(_file_chunks(file, stdin))
    for layer in range(_LAYERS):
        decompress = _decompressor(stream.peek(4))
        if decompress is None:
            if layer == 0 and file.compressed and stream.error is None:
                return Stream(_not_compressed(stream, file.uri))
            break
        stream = Stream(_rethrown(decompress, stream))
    return stream


def widened(stream: Stream, declared: str | None) -> Stream:
    """Return the stream as UTF-8 where it is UTF-16 or UTF-32, and without a byte order mark.

    For formats that are split before they are decoded. By the mark, by `declared`, or by the NUL beside a
    first ``{`` or ``[``. Anything else comes back unchanged.
    """
    start = stream.peek(4)
    if start.startswith(codecs.BOM_UTF8):
        return Stream(_after(stream, len(codecs.BOM_UTF8)))
    for mark, codec in _WIDE_MARKS:
        if start.startswith(mark):
            return Stream(_transcoded(stream, codec, len(mark)))
    name = CODECS.get(normalise_label(declared) or "")
    if name in _WIDE:
        return Stream(_transcoded(stream, name, 0))
    if start[:2] in (b"{\0", b"[\0"):
        return Stream(_transcoded(stream, "utf-32-le" if start[2:4] == b"\0\0" else "utf-16-le", 0))
    if start[:2] in (b"\0{", b"\0["):
        return Stream(_transcoded(stream, "utf-16-be", 0))
    return stream


def _file_chunks(file: InputFile, stdin: BinaryIO | None) -> Iterator[bytes]:
    if file.path is None:
        source = stdin or sys.stdin.buffer
        yield from iter(lambda: source.read(CHUNK), b"")
        return
    with file.path.open("rb", buffering=0) as opened:
        while chunk := opened.read(CHUNK):
            yield chunk


def _decompressor(start: bytes) -> Callable[[Iterable[bytes]], Iterator[bytes]] | None:
    if start[:2] == b"\x1f\x8b":
        return _gunzip
    if start == b"\x28\xb5\x2f\xfd" or (start[1:] == b"\x2a\x4d\x18" and 0x50 <= start[0] <= 0x5F):
        return _unzstd
    return None


def _rethrown(decompress: Callable[[Iterable[bytes]], Iterator[bytes]], stream: Stream) -> Iterator[bytes]:
    """Decompress; an error of the layer below wins over what the cut makes of this one."""
    try:
        yield from decompress(stream.chunks())
    except RecordError as error:
        raise stream.error or error from None


def _not_compressed(stream: Stream, name: str) -> Iterator[bytes]:
    if not stream.peek(1):
        raise _truncated("compressed")
    yield from stream.chunks()
    raise stream.error or RecordError(
        "not-compressed",
        "read",
        f"the name {name} promises compression, but the bytes are not; give the file its right name",
    )


def _gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress gzip of any number of members (RFC 1952), at most `CHUNK` bytes at a time."""
    decoder, fresh, members = zlib.decompressobj(31), True, 0
    for chunk in chunks:
        data = chunk
        while data:
            if fresh and members:
                data = data.lstrip(b"\0")  # padding of tapes and block devices
                if not data:
                    break
            fresh = False
            before = decoder.copy()
            try:
                out = decoder.decompress(data, CHUNK)
            except zlib.error as error:
                yield from _salvaged(before, data)
                raise _damaged("gzip", error, members) from None
            if out:
                yield out
            data = decoder.unconsumed_tail
            if decoder.eof:
                data = decoder.unused_data
                decoder, fresh, members = zlib.decompressobj(31), True, members + 1
            elif not data:
                yield from _pending(decoder)
    if not fresh:
        raise _truncated("gzip")


def _salvaged(decoder: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """Yield what decompresses before the byte that does not."""
    parts: list[bytes] = []
    with suppress(zlib.error):
        parts.extend(decoder.decompress(data[at : at + 1]) for at in range(len(data)))
    if out := b"".join(parts):
        yield out


def _pending(decoder: zlib._Decompress) -> Iterator[bytes]:
    """Yield what was decompressed but did not fit into the last chunk."""
    while out := decoder.decompress(b"", CHUNK):
        yield out


def _unzstd(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress Zstandard of any number of frames (RFC 8878), in bounded pieces."""
    context = zstandard.ZstdDecompressor()
    decoder, fresh, frames = context.decompressobj(), True, 0
    for chunk in chunks:
        for at in range(0, len(chunk), _ZSTD_SLICE):
            data = chunk[at : at + _ZSTD_SLICE]
            while data:
                fresh = False
                try:
                    out = decoder.decompress(data)
                except zstandard.ZstdError as error:
                    raise _damaged("Zstandard", error, frames) from None
                if out:
                    yield out
                if not decoder.eof:
                    break
                data = decoder.unused_data
                decoder, fresh, frames = context.decompressobj(), True, frames + 1
    if not fresh:
        raise _truncated("Zstandard")


def _damaged(what: str, error: Exception, complete: int) -> RecordError:
    where = f"after {complete} complete part(s)" if complete else "in the first part"
    message = f"the {what} stream is damaged: {error}; fetch the file again"
    return RecordError("damaged", "read", message, where)


def _truncated(what: str) -> RecordError:
    return RecordError("truncated", "read", f"the {what} stream ends too early; fetch the file again")


def _after(stream: Stream, skip: int) -> Iterator[bytes]:
    for chunk in stream.chunks():
        if rest := chunk[skip:]:
            yield rest
        skip = max(0, skip - len(chunk))
    if stream.error:
        raise stream.error


def _transcoded(stream: Stream, codec: str, skip: int) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
    try:
        for chunk in _after(stream, skip):
            if text := decoder.decode(chunk):
                yield text.encode("utf-8", "surrogatepass")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise RecordError("damaged", "read", f"not {codec}: {error.reason}; save the file as UTF-8") from None
