"""Configuration files: where they are, what is in them, and on which line a key stands."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articlekit.errors import ConfigError

FILE_NAME = "articlekit.toml"
PROJECT_FILE_NAME = "pyproject.toml"
_PROJECT_TABLE = ("tool", "articlekit")

_PART = r"""(?:[A-Za-z0-9_-]{1,99}|"[^"\\\n]{1,99}"|'[^'\n]{1,99}')"""
_KEY = rf"{_PART}(?:[ \t]{{0,9}}\.[ \t]{{0,9}}{_PART}){{0,9}}"
_HEADER = re.compile(rf"[ \t]{{0,40}}\[[ \t]{{0,9}}({_KEY})[ \t]{{0,9}}\]")
_ASSIGNMENT = re.compile(rf"[ \t]{{0,40}}({_KEY})[ \t]{{0,9}}=")
_PARTS = re.compile(_PART)


@dataclass(frozen=True, slots=True)
class TomlFile:
    """One parsed configuration file.

    Attributes:
        path: the file.
        shown: its name as people should see it.
        table: the settings in it.
        lines: line of each dotted key below the settings, where it was found.
        suffix: what is added to an origin, such as `` [tool.articlekit]``.
    """

    path: Path
    shown: str
    table: Mapping[str, Any]
    lines: Mapping[str, int]
    suffix: str = ""

    def place(self, key: str) -> str:
        """Return the file and, where known, the line of `key`."""
        line = self.lines.get(key)
        return f"{self.shown}:{line}" if line else self.shown


def find(cwd: Path) -> tuple[TomlFile, ...]:
    """Return the files that hold settings for `cwd`, the weaker first.

    The first folder from `cwd` upwards counts that holds ``articlekit.toml`` or a ``pyproject.toml`` with
    ``[tool.articlekit]``; a folder with ``.git`` is the last that is looked at.
    """
    for folder in (cwd, *cwd.parents):
        project, own = folder / PROJECT_FILE_NAME, folder / FILE_NAME
        found = [
            read(path, os.path.relpath(path, cwd))
            for path in (project, own)
            if path.is_file() and (path is own or _names_us(path))
        ]
        found = [file for file in found if file.table or file.path == own]
        if found or (folder / ".git").exists():
            return tuple(found)
    return ()


def _names_us(path: Path) -> bool:
    """Tell whether a pyproject.toml names us at all; what is wrong in one that does not is not our affair."""
    try:
        return b"articlekit" in path.read_bytes()
    except OSError:
        return False


def read(path: Path, shown: str) -> TomlFile:
    """Read one configuration file.

    Raises:
        ConfigError: when it cannot be read or is not TOML.
    """
    import tomllib

    try:
        text = path.read_bytes().decode("utf-8-sig")
        table: Any = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{shown}: cannot read the configuration: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{shown}: not UTF-8 text: {error.reason} at byte {error.start}") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{shown}: not valid TOML: {error}") from None
    prefix = _PROJECT_TABLE if path.name == PROJECT_FILE_NAME else ()
    for part in prefix:
        table = table.get(part, {})
        if not isinstance(table, dict):
            raise ConfigError(f"{shown}: [{'.'.join(prefix)}] must be a table")
    suffix = f" [{'.'.join(prefix)}]" if prefix else ""
    return TomlFile(path, shown, table, key_lines(text, prefix), suffix)


def key_lines(text: str, prefix: tuple[str, ...] = ()) -> dict[str, int]:
    r"""Return the line of each dotted key below the table `prefix`, as well as line by line reading can tell.

    Used in messages only: a key inside an inline table is not found, one inside a multi-line text may be
    mistaken for a key.

    >>> key_lines("[dedup]\nthreshold = 0.8\n")
    {'dedup': 1, 'dedup.threshold': 2}
    """
    lines: dict[str, int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            full = table = _parts(header[1])
        elif assignment := _ASSIGNMENT.match(line):
            full = (*table, *_parts(assignment[1]))
        else:
            continue
        if full[: len(prefix)] == prefix and len(full) > len(prefix):
            lines.setdefault(".".join(full[len(prefix) :]), number)
    return lines


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PARTS.findall(key))
