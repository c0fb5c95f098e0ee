r"""The lines of a record written as references to where they went: title, body or removals.

The reference is a list of lines: the title, the lines of the article's text, the lines of the removed
texts, in this order. The lines of the record are a list of

    7                line 7 of the reference
    [7, 3]           lines 7, 8 and 9
    [7, 3, 1]        the same with one blank line after each
    "one\ntwo"       these lines
    ["  ", 7, "。"]  one line put together from these parts, of which the first is a string
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from articlekit.errors import LedgerError
from articlekit.model import Article

Item: TypeAlias = int | str | list[Any]

_MOST_BLANKS = 9  # after each line of a run; more are lines of their own
_SHORTEST_PART = 2
_MOST_PARTS = 32


def disassemble(text: str, article: Article) -> list[Item]:
    r"""Return the lines of `text` as references to `article`.

    >>> from articlekit.model import Removal, Source
    >>> removed = (Removal(4, "r", "c", "广告"),)
    >>> article = Article("1", Source("a"), title="示例", text="甲。\n乙。", removed=removed)
    >>> disassemble("示例\n\n甲。\n广告\n 乙。", article)
    [[0, 1, 1], 1, 3, [' ', 2]]
    """
    finder = _Finder(article)
    lines = text.split("\n")
    return list(_runs([finder.find(line, number) for number, line in enumerate(lines, 1)]))


def assemble(items: Sequence[Item], article: Article) -> str:
    """Return the text that `disassemble` took apart.

    Raises:
        LedgerError: when the items do not fit the article.
    """
    lines = reference(article)
    parts: list[str] = []
    for item in items:
        parts.extend(_expanded(item, lines))
    return "\n".join(parts)


def reference(article: Article) -> list[str]:
    """Return the lines that items refer to, by number from 0."""
    removed = (line for removal in article.removed for line in removal.text.split("\n"))
    return [article.title or "", *article.text.split("\n"), *removed]


@dataclass(slots=True)
class _Finder:
    """Finds where lines went, expecting them in their order."""

    lines: list[str]
    first: dict[str, int]
    removed: dict[int, list[int]]  # line of the record → its removals in the reference
    body: int  # where the next line of the text, and of the removals, is expected
    gone: int
    gone_from: int

    def __init__(self, article: Article) -> None:
        self.lines = reference(article)
        self.first = {}
        for index, line in enumerate(self.lines):
            self.first.setdefault(line, index)
        self.body = 1
        self.gone = self.gone_from = 2 + article.text.count("\n")
        self.removed = {}
        index = self.gone
        for removal in article.removed:
            for offset in range(removal.text.count("\n") + 1):
                self.removed.setdefault(removal.line + offset, []).append(index)
                index += 1

    def find(self, line: str, number: int) -> Item:
        if not line:
            return ""
        for index in (self.body, self.gone):
            if index < len(self.lines) and self.lines[index] == line:
                return self._found(index)
        if line in self.first:
            return self._found(self.first[line])
        return self._parts(line, number)

    def _found(self, index: int) -> int:
        if index >= self.gone_from:
            self.gone = index + 1
        elif index:
            self.body = index + 1
        return index

    def _parts(self, line: str, number: int) -> Item:
        """Put a line together from what it was parted into: kept text and removed beginnings and ends."""
        candidates = [
            *self.removed.get(number, ())[:_MOST_PARTS],
            self.body,
            self.first.get(line.strip(), 0),
            0,
        ]
        parts: list[Any] = [line]
        for index in sorted(dict.fromkeys(candidates), key=lambda i: -len(self._line(i))):
            wanted = self._line(index)
            if len(wanted) < _SHORTEST_PART:
                continue
            for place, part in enumerate(parts):
                if isinstance(part, str) and (at := part.find(wanted)) >= 0:
                    parts[place : place + 1] = [part[:at], index, part[at + len(wanted) :]]
                    self._found(index)
                    break
        if len(parts) == 1:
            return line
        return [parts[0], *(part for part in parts[1:] if part != "")]

    def _line(self, index: int) -> str:
        return self.lines[index] if index < len(self.lines) else ""


def _runs(found: Sequence[Item]) -> Iterator[Item]:
    """Join consecutive references into runs, and literal lines into one string."""
    items: list[Item] = []
    at = 0
    while at < len(found):
        item = found[at]
        at += 1
        if isinstance(item, list):
            items.append(item)
        elif isinstance(item, str):
            if items and isinstance(items[-1], str):
                items[-1] += "\n" + item
            else:
                items.append(item)
        else:
            blanks = _blanks(found, at)
            at += blanks
            last = items[-1] if items else None
            if (
                isinstance(last, list)
                and isinstance(last[0], int)
                and last[2] == blanks
                and sum(last[:2]) == item
            ):
                last[1] += 1
            else:
                items.append([item, 1, blanks])
    for item in items:
        yield _short(item)


def _blanks(found: Sequence[Item], at: int) -> int:
    end = at
    while end < len(found) and found[end] == "" and end - at < _MOST_BLANKS:
        end += 1
    return end - at


def _short(item: Item) -> Item:
    if isinstance(item, list) and isinstance(item[0], int) and item[2] == 0:
        return item[0] if item[1] == 1 else item[:2]
    return item


def _expanded(item: Any, lines: Sequence[str]) -> Iterator[str]:
    if isinstance(item, str):
        yield from item.split("\n")
    elif isinstance(item, list) and item and isinstance(item[0], str):
        yield "".join(part if isinstance(part, str) else _line(part, lines) for part in item)
    else:
        start, count, blanks = _run(item)
        for index in range(start, start + count):
            yield _line(index, lines)
            yield from [""] * blanks


def _run(item: Any) -> tuple[int, int, int]:
    values = [item, 1] if isinstance(item, int) else list(item) if isinstance(item, list) else []
    if len(values) == 2:
        values.append(0)
    if len(values) != 3 or not all(map(_is_count, values)) or values[2] > _MOST_BLANKS:
        raise LedgerError(f"lines: {item!r} is no run of lines; the ledger is damaged")
    return values[0], values[1], values[2]


def _line(index: Any, lines: Sequence[str]) -> str:
    if not _is_count(index) or index >= len(lines):
        raise LedgerError(f"lines: no line {index!r} in the record; this ledger is of another record")
    line: str = lines[index]
    return line


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
