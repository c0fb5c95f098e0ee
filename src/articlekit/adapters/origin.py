"""Which library an object comes from, told without importing it."""

from __future__ import annotations


def is_of(value: object, library: str) -> bool:
    """Tell whether the class of a value, or one it is derived from, belongs to a library.

    >>> from pathlib import Path
    >>> is_of(Path("a"), "pathlib"), is_of("a", "pathlib")
    (True, False)
    """
    return any(kind.__module__.partition(".")[0] == library for kind in type(value).__mro__)
