"""Files written whole or not at all."""

from __future__ import annotations

import gzip
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedIOBase
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self, TypeAlias, cast

import zstandard

from articlekit.errors import InputError

Compression: TypeAlias = Literal["none", "gz", "zst"]

_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3


class AtomicFile:
    """A binary file that appears under its name when it is complete, and not before.

    Written beside its final place, flushed to disk, then moved there; so a reader sees the old file or
    the new one. Without `commit` (an error, an interrupt) nothing is left behind. What is not a regular
    file, such as ``/dev/stdout`` or a pipe, is written directly.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with AtomicFile(Path(folder, "a.txt")) as file:
    ...         _ = file.write(b"...")
    ...     [path.name for path in Path(folder).iterdir()]
    ['a.txt']
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._target = Path(os.path.realpath(self.path))  # a link stays a link
        if self._target.is_dir():
            raise InputError(f"{self.path}: this is a folder; name a file to write")
        self._direct = self._target.exists() and not self._target.is_file()
        self._temporary = self._target if self._direct else _beside(self._target)
        try:
            self.stream: IO[bytes] = self._temporary.open("wb" if self._direct else "xb")
        except OSError as error:
            raise InputError(f"{self.path}: cannot write here: {error.strerror}") from None

    def write(self, data: bytes) -> int:
        """Write bytes."""
        return self.stream.write(data)

    def commit(self) -> None:
        """Flush to disk and move into place."""
        self.stream.flush()
        if not self._direct:
            os.fsync(self.stream.fileno())
        self.stream.close()
        if not self._direct:
            self._temporary.replace(self._target)
            sync_folder(self._target.parent)

    def abort(self) -> None:
        """Close and leave nothing behind. Does nothing after `commit`."""
        with suppress(OSError):  # what could not be flushed goes anyway
            self.stream.close()
        if not self._direct:
            self._temporary.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.abort()


@contextmanager
def atomic_path(path: str | Path) -> Iterator[Path]:
    """Give a name to write to; what is there at the end is moved to `path`, as `AtomicFile` does.

    For libraries that open files themselves.
    """
    target = Path(os.path.realpath(path))
    temporary = _beside(target)
    try:
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


class JsonLinesWriter:
    """Writes JSON lines, compressed or not, as an `AtomicFile`.

    The same lines give the same bytes: a compressed file holds neither name nor time.

    Attributes:
        count: lines written.

    Args:
        path: the file; its suffix decides about compression where `compression` is None.
        compression: ``none``, ``gz`` or ``zst``.
    """

    def __init__(self, path: str | Path, compression: Compression | None = None) -> None:
        self.path = Path(path)
        self.count = 0
        self._atomic = AtomicFile(path)
        self._stream = _compressing(self._atomic.stream, compression or compression_of(self.path))

    def write(self, line: bytes) -> None:
        """Write one record; the line feed is added."""
        self._stream.write(line)
        self._stream.write(b"\n")
        self.count += 1

    def commit(self) -> None:
        """Finish the file and move it into place."""
        if self._stream is not self._atomic.stream:
            self._stream.close()
        self._atomic.commit()

    def abort(self) -> None:
        """Leave nothing behind. Does nothing after `commit`."""
        if self._stream is not self._atomic.stream:
            with suppress(OSError, ValueError):  # closed already, or the disk is full: it goes anyway
                self._stream.close()
        self._atomic.abort()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.abort()


def compression_of(path: Path) -> Compression:
    """Return the compression that a file's suffix stands for.

    >>> compression_of(Path("articles.jsonl.zst"))
    'zst'
    """
    return {".gz": "gz", ".zst": "zst"}.get(path.suffix.lower(), "none")  # type: ignore[return-value]


def refuse_to_overwrite(output: str | Path, inputs: Iterable[str | Path]) -> None:
    """Check that writing `output` overwrites none of `inputs`, under whatever name.

    Raises:
        InputError: when it would.
    """
    output = Path(output)
    if not output.exists():
        return
    for name in inputs:
        path = Path(name)
        if path.is_file() and path.samefile(output):
            raise InputError(
                f"{output}: this is the input {name} and would be overwritten; name another output"
            )


def _beside(target: Path) -> Path:
    """Return an unused hidden name in the same folder, which readers of folders skip."""
    return target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.tmp")


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _compressing(file: IO[bytes], compression: Compression) -> IO[bytes] | BufferedIOBase:
    if compression == "gz":
        return gzip.GzipFile("", "wb", _GZIP_LEVEL, file, mtime=0)
    if compression == "zst":
        stream = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(file, closefd=False)
        return cast(BufferedIOBase, stream)
    return file
