"""From what is named on the command line to the list of files to read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from glob import has_magic
from pathlib import Path
from types import MappingProxyType

from articlekit.errors import InputError
from articlekit.records.options import Format

STDIN = "-"

_FORMATS: MappingProxyType[str, Format] = MappingProxyType(
    {
        ".html": "html",
        ".htm": "html",
        ".txt": "text",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".json": "json",
        ".csv": "csv",
        ".parquet": "parquet",
    }
)
_COMPRESSED = (".gz", ".zst")
_KNOWN = " ".join(_FORMATS) + ", also as .gz and .zst"


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read.

    Attributes:
        uri: how the file is called in every record that comes from it; with forward slashes.
        path: where it lies; None for standard input.
        format: by its suffix; None where the suffix says nothing and the content must.
        compressed: whether its name says that it is compressed.
    """

    uri: str
    path: Path | None = None
    format: Format | None = None
    compressed: bool = False

    @classmethod
    def of(cls, path: str | Path) -> InputFile:
        """Return the input for a path, with what its suffixes say.

        >>> file = InputFile.of("pages/a.HTML.gz")
        >>> file.uri, file.format, file.compressed
        ('pages/a.HTML.gz', 'html', True)
        """
        path = Path(path)
        name = Path(path.name.lower())
        compressed = name.suffix in _COMPRESSED
        suffix = name.with_suffix("").suffix if compressed else name.suffix
        if compressed and suffix == ".parquet":  # compressed inside; never read through a decompressor
            return cls(path.as_posix(), path, None, compressed)
        return cls(path.as_posix(), path, _FORMATS.get(suffix), compressed)


def expand(inputs: Sequence[str]) -> list[InputFile]:
    """Return the files that `inputs` name, sorted by uri, each once.

    Args:
        inputs: files, folders, globs (``**`` for any depth) or ``-`` for standard input. A folder gives
            all files below it that have a known suffix; a glob all files it matches, and folders it
            matches count as folders. Hidden files are left out unless they are named.

    Raises:
        InputError: a name that is nothing, or a folder or glob that gives no file.

    >>> expand(["-", "-"])
    [InputFile(uri='-', path=None, format=None, compressed=False)]
    """
    if not inputs:
        raise InputError("no input given; name files, folders, globs, or - for standard input")
    files = {file.uri: file for name in inputs for file in _expand_one(name)}
    once: dict[str, InputFile] = {}
    # Of two names of one file the shorter way to it stays.
    for uri in sorted(files, key=lambda uri: (uri.count("/"), uri)):
        file = files[uri]
        once.setdefault(os.path.realpath(file.path) if file.path else STDIN, file)
    return sorted(once.values(), key=lambda file: file.uri)


def _expand_one(name: str) -> list[InputFile]:
    if name == STDIN:
        return [InputFile(STDIN)]
    if not name:  # which pathlib takes for this folder
        raise InputError("an empty name is no input; is a variable of your shell unset?")
    path = Path(name)
    if path.is_dir():
        if files := _below(path):
            return files
        raise InputError(f"{name}: no file to read in this folder or below it; looked for {_KNOWN}")
    if path.exists():
        return [InputFile.of(path)]
    if path.is_symlink():
        raise InputError(f"{name}: this link points to nothing; repair it or leave it out")
    if has_magic(name):
        return _matching(name)
    raise InputError(f"{name}: no such file or folder; paths are relative to {Path.cwd()}")


def _below(folder: Path) -> list[InputFile]:
    """Return the files with known suffixes in a folder and below it."""
    paths = (path for inner in _folders(folder) for path in _entries(inner) if path.is_file())
    return [file for path in paths if (file := InputFile.of(path)).format]


def _matching(pattern: str) -> list[InputFile]:
    parts = Path(pattern).parts
    start = Path(parts[0]) if Path(pattern).is_absolute() else Path()
    found = set(_match(start, parts[1:] if Path(pattern).is_absolute() else parts))
    if not found:
        raise InputError(f"{pattern}: the pattern matches nothing; use ** to look into subfolders")
    files = [InputFile.of(path) for path in found if path.exists() and not path.is_dir()]
    if not parts[-1].strip("*"):  # a last part of stars says nothing about names, so suffixes decide
        files = [file for file in files if file.format]
    files += [file for path in found if path.is_dir() for file in _below(path)]
    if not files:
        raise InputError(f"{pattern}: the pattern matches no file to read; looked for {_KNOWN}")
    return files


def _match(folder: Path, parts: Sequence[str]) -> Iterator[Path]:
    """Yield what matches the parts of a pattern below `folder`."""
    if not parts:
        yield folder
        return
    head, rest = parts[0], parts[1:]
    if head == "**":
        for inner in _folders(folder):
            yield from _match(inner, rest or ("*",))
    elif not has_magic(head):
        if (folder / head).exists():
            yield from _match(folder / head, rest)
    elif folder.is_dir():
        for path in _entries(folder, hidden=head.startswith(".")):
            if fnmatchcase(path.name, head):
                yield from _match(path, rest)


def _folders(top: Path) -> Iterator[Path]:
    """Yield `top` and the folders below it, each real folder once, whatever links lead to it."""
    entered = set()
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        real = os.path.realpath(folder)
        if real in entered or not folder.is_dir():
            continue
        entered.add(real)
        yield folder
        waiting += [path for path in _entries(folder) if path.is_dir()]


def _entries(folder: Path, *, hidden: bool = False) -> list[Path]:
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise InputError(f"{folder}: this folder cannot be listed: {error.strerror}") from None
    return [folder / name for name in names if hidden or not name.startswith(".")]
