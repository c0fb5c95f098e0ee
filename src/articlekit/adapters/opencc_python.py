"""The stock results of ``opencc-python-reimplemented``.

Its dictionaries are of 2016 and its wheel lacks some configurations; it is here for who wants exactly its
results, and to compare with. The fast conversion is `articlekit.text.script.conversion`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from articlekit.errors import ConfigError


@cache
def configurations() -> tuple[str, ...]:
    """Return the names of the configurations in its wheel, sorted.

    >>> "t2s" in configurations()
    True
    """
    import opencc

    folder = Path(opencc.__file__).parent / "config"
    return tuple(sorted(path.stem for path in folder.glob("*.json")))


def convert(text: str, config: str) -> str:
    """Convert a text as the library does.

    Raises:
        ConfigError: when its wheel has no such configuration; the message lists those it has.

    >>> convert("漢字", "t2s")
    '汉字'
    """
    converted: str = _converter(config).convert(text)
    return converted


@cache
def _converter(config: str) -> Any:
    import opencc

    if config not in configurations():
        raise ConfigError(
            f"engine opencc-python has no script configuration {config!r}; choose one of "
            f"{', '.join(configurations())}, or engine articlekit"
        )
    return opencc.OpenCC(config)
