"""A line as the bytes it was before a wrong codec read it, and what the right codec reads at each place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from articlekit.text.mojibake.tables import Right, Table, pairs

WILD = -1  # a byte that nobody knows: U+FFFD or ``?``
BARRIER = -2  # a character that the wrong codec does not have
LOST = "\ufffd"
# What a byte that was lost costs beside the character, in nats.
_LOSS, _SILENT, _BLANK, _LETTER = 11.0, 6.0, 3.0, 3.0
_LEADS = {**dict.fromkeys(range(0xC2, 0xE0), 2), **dict.fromkeys(range(0xE0, 0xF0), 3)}
_LEADS |= dict.fromkeys(range(0xF0, 0xF5), 4)


class Token(NamedTuple):
    """One character read from bytes: how many, which, and what it costs beside its probability."""

    size: int
    character: str
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Damaged:
    """Bytes of a line: values 0 to 255, `WILD` or `BARRIER`.

    Attributes:
        text: the line.
        table: of the wrong codec.
        data: the bytes.
        starts: where the bytes of each character start, and where the last ones end.
        places: offset of a byte → index of the character that starts there.
        others: offset of a byte → other values it may have had, where the wrong codec has several pairs
            for one character.
    """

    text: str
    table: Table
    data: list[int]
    starts: list[int]
    places: dict[int, int]
    others: dict[int, tuple[int, ...]]

    @classmethod
    def of(cls, text: str, codec: Table) -> Damaged:
        """Return a line as the bytes that a wrong codec read.

        >>> from articlekit.text.mojibake.tables import table
        >>> bytes(Damaged.of("骞村害", table("gbk")).data).decode()
        '年度'
        """
        data: list[int] = []
        starts: list[int] = []
        others: dict[int, tuple[int, ...]] = {}
        bytes_of = codec.bytes_of
        for character in text:
            starts.append(len(data))
            if character == LOST:
                data.append(WILD)
            elif character < "\x80":
                data.append(ord(character))
            elif (found := bytes_of.get(character)) is None:
                data.append(BARRIER)
            else:
                if character in codec.others:
                    for place in range(len(found)):
                        values = {other[place] for other in codec.others[character]} - {found[place]}
                        others[len(data) + place] = tuple(sorted(values))
                data.extend(found)
        starts.append(len(data))
        return cls(text, codec, data, starts, {offset: index for index, offset in enumerate(starts)}, others)

    def tokens(self, right: Right, at: int) -> Iterator[Token]:
        """Yield what the right codec may read at an offset."""
        value = self.data[at]
        if value == BARRIER:
            return
        if 0 <= value < 0x80:
            yield Token(1, chr(value))
            if value != 0x3F:
                return
        yield from self._utf8(at) if right == "utf-8" else self._pairs(right, at)
        if self.others and (at in self.others or at + 1 in self.others or at + 2 in self.others):
            yield from self._otherwise_utf8(at) if right == "utf-8" else self._otherwise_pairs(right, at)

    def joined(self, at: int) -> Token | None:
        """Return what the wrong codec reads at an offset inside the bytes of one of its characters."""
        data = self.data
        value = data[at]
        if value < 0x80:
            return Token(1, chr(value)) if value >= 0 else None
        pair = value << 8 | (data[at + 1] if at + 1 < len(data) and data[at + 1] >= 0 else 0)
        character = self.table.characters.get(pair)
        return Token(2, character) if character else None

    def _otherwise_utf8(self, at: int) -> Iterator[Token]:
        """Yield what is read where characters stand for several pairs of bytes."""
        for place in range(at, min(at + 3, len(self.data))):
            first = self.data[place]
            for value in self.others.get(place, ()):
                self.data[place] = value
                yield from [token for token in self._utf8(at) if token.character != LOST]
            self.data[place] = first

    def _otherwise_pairs(self, right: Right, at: int) -> Iterator[Token]:
        """Yield the same for a double-byte codec: one character, or two that share a pair of the wrong codec.

        Both bytes of such a pair are of one alternative, so the two characters are read together.
        """
        known, data = pairs(right), self.data
        for first, second in self._alternatives(at):
            if character := known.get(first << 8 | second):
                yield Token(2, character)
        if data[at] < 0x80 or at + 3 >= len(data) or data[at + 3] < 0x40:
            return
        for first, second in self._alternatives(at + 1):
            one, two = known.get(data[at] << 8 | first), known.get(second << 8 | data[at + 3])
            if one and two:
                yield Token(4, one + two)

    def _alternatives(self, at: int) -> Iterator[bytes]:
        """Yield the other pairs of bytes that the character which starts at an offset may have been."""
        index = self.places.get(at)
        if index is not None and at in self.others and at + 1 in self.others:
            default = bytes(self.data[at : at + 2])
            yield from (pair for pair in self.table.others[self.text[index]] if pair != default)

    # --- UTF-8 ----------------------------------------------------------------------------------------

    def _utf8(self, at: int) -> Iterator[Token]:
        data = self.data
        wanted = _LEADS.get(data[at], 0)
        end, wild, blanks = at + 1, 0, 0
        most = at + (wanted or 3)
        while end < most and end < len(data):
            value = data[end]
            if value in (WILD, 0x3F):
                wild += 1
            elif value == 0x20 and self.table.blank and 0x80 <= self.table.blank < 0xC0:
                blanks += 1
            elif not 0x80 <= value < 0xC0:
                break
            end += 1
        if wanted and end == most and not wild:
            yield from self._character(at, wanted, blanks)
            if not blanks:
                return
        # A blank or a question mark at the end is more likely itself.
        while end > at + 1 and data[end - 1] == 0x20:
            end -= 1
        is_wild = data[at] in (WILD, 0x3F)
        known = end - at - wild - is_wild
        if wanted == 0 and not is_wild and not 0x80 <= data[at] < 0xC0:
            known = 0 if data[at] >= 0 else known
        silent = not wild and not is_wild
        cost = _LOSS + (_SILENT if silent else 0.0)
        yield Token(end - at, LOST, cost)
        if wild and data[end - 1] == 0x3F and end - 1 > at:
            yield Token(end - 1 - at, LOST, cost + (_SILENT if wild == 1 and not is_wild else 0.0))

    def _character(self, at: int, size: int, blanks: int) -> Iterator[Token]:
        blank = self.table.blank or 0
        data = bytes(blank if value == 0x20 else value for value in self.data[at : at + size])
        try:
            character = data.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return
        if "\ud800" <= character <= "\udbff" and at + 6 <= len(self.data):
            size, character = 6, _joined_surrogates(character, self.data[at + 3 : at + 6])
        if character and not "\ud800" <= character <= "\udfff" and character != LOST:
            yield Token(size, character, _BLANK * blanks)

    # --- double-byte codecs -----------------------------------------------------------------------------

    def _pairs(self, right: Right, at: int) -> Iterator[Token]:
        data = self.data
        value = data[at]
        following = data[at + 1] if at + 1 < len(data) else BARRIER
        if value in (WILD, 0x3F):
            if following >= 0x80 or following in (WILD, 0x3F):
                yield Token(2, LOST, _LOSS)
            elif 0x40 <= following < 0x7F:  # a second byte that a decoder took for a letter
                yield Token(2, LOST, _LOSS + _LETTER)
            yield Token(1, LOST, _LOSS)
            return
        if following in (WILD, 0x3F):
            yield Token(2, LOST, _LOSS)
            return
        if following == 0x20 and self.table.blank:
            following = self.table.blank
        character = pairs(right).get(value << 8 | following) if following >= 0 else None
        if character:
            yield Token(2, character, _BLANK if data[at + 1] == 0x20 else 0.0)
        elif right == "gbk" and value == 0x80:
            yield Token(1, "€", _SILENT)
        else:
            yield Token(1, LOST, _LOSS + _SILENT)


def _joined_surrogates(high: str, rest: list[int]) -> str:
    try:
        low = bytes(value for value in rest if value >= 0).decode("utf-8", "surrogatepass")
        return (high + low).encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return ""
