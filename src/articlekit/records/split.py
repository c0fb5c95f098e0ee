"""Streams split into records: lines, and the JSON values of an array or of objects in a row.

Both look at bytes only, so that a damaged record does not damage the next one, and hold at most one
record. A record larger than the limit is passed over, however long it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from articlekit.records.streams import Stream

_SPACE = b" \t\r\n"
_IN_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_AT_BASE = re.compile(rb'["\[\]{},]')
_DEEPER = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{}]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of one record.

    Attributes:
        data: the bytes, of JSON values without the space around them; the first ones only, where the record
            is over the limit.
        offset: where it begins in the decompressed file, from 0.
        size: its number of bytes.
        over: whether it is larger than the limit.
        cut: whether the stream ended inside it.
    """

    data: bytes
    offset: int
    size: int
    over: bool = False
    cut: bool = False


class _Gathering:
    """The parts of the record that is being gathered, up to a limit."""

    def __init__(self, limit: int) -> None:
        self.limit, self.offset = limit, 0
        self._parts: list[bytes] = []
        self.size = 0

    def add(self, part: bytes) -> None:
        if self.size < self.limit:
            self._parts.append(part[: self.limit - self.size])
        self.size += len(part)

    def piece(self, *, cut: bool = False) -> Piece:
        """Return what was gathered and begin anew behind it."""
        piece = Piece(b"".join(self._parts), self.offset, self.size, self.size > self.limit, cut)
        self.offset += self.size
        self._parts, self.size = [], 0
        return piece


def lines(stream: Stream, limit: int) -> Iterator[Piece]:
    r"""Yield the lines of a stream with their line feeds, blank ones included.

    >>> [piece.data for piece in lines(Stream([b"a\n\nb"]), 10)]
    [b'a\n', b'\n', b'b']
    """
    gathering = _Gathering(limit)
    for chunk in stream.chunks():
        begin = 0
        while end := chunk.find(b"\n", begin) + 1:
            gathering.add(chunk[begin:end])
            yield gathering.piece()
            begin = end
        gathering.add(chunk[begin:])
    if gathering.size:
        yield gathering.piece(cut=stream.error is not None)


def json_values(stream: Stream, limit: int) -> Iterator[Piece]:
    r"""Yield the values of a JSON array, or of JSON objects one after another, as bytes.

    Only quotes and brackets are looked at; whether a piece is JSON is seen where it is parsed. Whatever
    stands outside an array or between objects comes as a piece too, so that nothing is lost.

    >>> [piece.data for piece in json_values(Stream([b'[{"a": "]"}, {"b": 2}]']), 50)]
    [b'{"a": "]"}', b'{"b": 2}']
    >>> [piece.data for piece in json_values(Stream([b'{"a": 1}\n{"b": 2}']), 50)]
    [b'{"a": 1}', b'{"b": 2}']
    """
    splitter = _ValueSplitter(limit)
    for chunk in stream.chunks():
        yield from splitter.feed(chunk)
    yield from splitter.finish(cut=stream.error is not None)


class _ValueSplitter:
    """Finds the ends of values in chunks that may break anywhere."""

    def __init__(self, limit: int) -> None:
        self._gathering = _Gathering(limit)
        self._base: int | None = None  # depth at which values stand: 1 in an array, 0 for objects in a row
        self._depth = 0
        self._in_string = self._escaped = False

    def feed(self, chunk: bytes) -> Iterator[Piece]:
        begin = at = self._enter(chunk)
        while at < len(chunk):
            if self._in_string:
                at = self._leave_string(chunk, at)
                continue
            match = (_AT_BASE if self._depth == self._base else _DEEPER).search(chunk, at)
            if match is None:
                break
            at = match.end()
            token = match[0]
            if token == b'"':
                self._in_string = True
            elif token == b"," or token in b"]}":
                ended, taken = self._close(token)
                if ended:
                    self._gathering.add(chunk[begin : at - (not taken)])
                    yield from self._ended()
                    self._gathering.offset += not taken
                    begin = at
            elif token in b"[{":
                self._depth += 1
        self._gathering.add(chunk[begin:])

    def _enter(self, chunk: bytes) -> int:
        """Find out what stands at the beginning of the file; return where the values begin."""
        if self._base is not None:
            return 0
        start = len(chunk) - len(chunk.lstrip(_SPACE))
        if start == len(chunk):
            self._gathering.offset += start
            return start
        is_array = chunk.startswith(b"[", start)
        self._base = self._depth = int(is_array)
        self._gathering.offset += start + is_array
        return start + is_array

    def _leave_string(self, chunk: bytes, at: int) -> int:
        if self._escaped:
            at += 1
            self._escaped = False
        match = _IN_STRING.match(chunk, at)
        at = match.end() if match else at
        if chunk.startswith(b'"', at):
            self._in_string = False
            return at + 1
        self._escaped = at < len(chunk)  # a backslash is the last byte of the chunk
        return len(chunk)

    def _close(self, token: bytes) -> tuple[bool, bool]:
        """Take a comma or closing bracket: does a value end here, and does the token belong to it?"""
        if self._depth != self._base:
            if token != b",":
                self._depth -= 1
            return self._base == 0 and self._depth == 0, True
        if self._base == 1 and token == b",":
            return True, False
        if self._base == 1 and token == b"]":
            self._base = self._depth = 0
            return True, False
        return False, True  # a stray bracket stays in the piece, which is then found not to be JSON

    def _ended(self, *, cut: bool = False) -> Iterator[Piece]:
        piece = self._gathering.piece(cut=cut)
        data = piece.data.strip(_SPACE)
        if cut or piece.over or data:
            yield replace(piece, data=data)

    def finish(self, *, cut: bool) -> Iterator[Piece]:
        """Yield what is left. It is cut off where the stream was, or inside an array or a value."""
        inside = self._base == 1 or self._depth > 0 or self._in_string
        yield from self._ended(cut=inside or (cut and self._gathering.size > 0))
