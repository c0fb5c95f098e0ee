"""What was seen before, in little memory: digests of ids and texts, never the texts themselves."""

from __future__ import annotations

from hashlib import blake2b

_LINE_BITS = 40


class Seen:
    """Remembers where ids and texts first stood. About 200 bytes for each; two for an article."""

    def __init__(self) -> None:
        self._files: list[str] = []
        self._ids: dict[int, int] = {}
        self._texts: dict[int, int] = {}

    def enter(self, file: str) -> None:
        """Say that the places from now on are lines of `file`."""
        self._files.append(file)

    def id(self, value: str, line: int) -> str | None:
        """Remember an id; return the place where it stood before, if it did.

        >>> seen = Seen()
        >>> seen.enter("a.jsonl")
        >>> seen.id("1", 1), seen.id("2", 2), seen.id("1", 3)
        (None, None, 'a.jsonl:1')
        """
        return self._first(self._ids, value, line)

    def text(self, value: str, line: int) -> str | None:
        """Remember a text; return the place where it stood before, if it did."""
        return self._first(self._texts, value, line)

    def _first(self, places: dict[int, int], value: str, line: int) -> str | None:
        digest = blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        here = (len(self._files) - 1) << _LINE_BITS | line
        first = places.setdefault(int.from_bytes(digest, "big"), here)
        if first == here:
            return None
        return f"{self._files[first >> _LINE_BITS]}:{first & ((1 << _LINE_BITS) - 1)}"
