"""Names that keep their characters when the text around them is converted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from articlekit.model import Edit
from articlekit.text.edits import character_edits
from articlekit.text.script.folding import fold
from articlekit.text.script.phrases import PhraseTable


class Place(NamedTuple):
    """Where a name stands in a text, however it is written there."""

    start: int
    end: int
    name: str


class NameTable:
    """Names, compiled for finding them in text that is converted to Simplified or to Traditional.

    Args:
        names: the names as they are to be written.
        loose: whether a name is also found where the text writes its characters in Traditional.

    >>> NameTable(["钜泉科技"], loose=True).places("鉅泉科技上市")
    [Place(start=0, end=4, name='钜泉科技')]
    >>> NameTable(["昇兴股份"], loose=True).places("升興股份上市")
    []
    """

    __slots__ = ("_loose", "_table")

    def __init__(self, names: Iterable[str], *, loose: bool) -> None:
        self._loose = loose
        by_key: dict[str, str] = {}
        for name in sorted({*names} - {""}):
            for key in _keys(name) if loose else [fold(name)]:
                by_key[key] = f"{by_key[key]}\n{name}" if key in by_key else name
        phrases = {key: same for key, same in by_key.items() if len(key) > 1}
        alone = {key: same for key, same in by_key.items() if len(key) == 1}
        self._table = PhraseTable([phrases], alone, {})

    def places(self, text: str) -> list[Place]:
        """Return where names stand, from left to right."""
        found: list[Place] = []
        for start, length, names in self._table.matches(fold(text)):
            source = text[start : start + length]
            name = next((name for name in names.split("\n") if self._is_written(name, source)), None)
            if name is not None:
                found.append(Place(start, start + length, name))
        return found

    def _is_written(self, name: str, source: str) -> bool:
        return name == source or (
            self._loose
            and all(old == new or new in _simplified(old) for old, new in zip(source, name, strict=True))
        )


def keep_names(text: str, edits: Sequence[Edit], places: Sequence[Place]) -> Sequence[Edit]:
    """Replace the edits inside names by those that give the name; both are sorted.

    An edit across the border of a name is cut there, or left out if it changes the length.
    """
    if not edits or not places:
        return edits
    kept = [part for edit, inside in _overlaps(edits, places) for part in _outside(edit, inside)]
    step, kind = edits[0].step, edits[0].kind
    for start, end, name in places:
        kept += character_edits(text[start:end], name, step, kind, start)
    return sorted(kept, key=lambda edit: edit.start)


def _overlaps(edits: Iterable[Edit], places: Sequence[Place]) -> Iterator[tuple[Edit, Sequence[Place]]]:
    """Yield every edit with the places that it touches."""
    first = 0
    for edit in edits:
        while first < len(places) and places[first].end <= edit.start:
            first += 1
        last = first
        while last < len(places) and places[last].start < edit.end:
            last += 1
        yield edit, places[first:last]


def _outside(edit: Edit, places: Sequence[Place]) -> Iterator[Edit]:
    """Yield what is left of an edit outside of places."""
    if not places:
        yield edit
    elif len(edit.before) == len(edit.after):
        starts = [edit.start, *(place.end for place in places)]
        ends = [*(place.start for place in places), edit.end]
        for start, end in zip(starts, ends, strict=True):
            if start < end:
                cut = slice(start - edit.start, end - edit.start)
                yield replace(edit, start=start, end=end, before=edit.before[cut], after=edit.after[cut])


_MOST_KEYS = 64  # for one name; more doubtful characters than any has


def _keys(name: str) -> list[str]:
    """Return the folded forms of what Traditional text may write for a Simplified name."""
    choices = [sorted({fold(character), *_folded_origins().get(character, ())}) for character in name]
    keys = ["".join(characters) for characters, _ in zip(product(*choices), range(_MOST_KEYS), strict=False)]
    return [fold(name), *(key for key in keys if key != fold(name))]


@cache
def _folded_origins() -> dict[str, set[str]]:
    """Return, for a Simplified character, the folded forms of Traditional ones that do not fold to it."""
    from articlekit.adapters.opencc_tables import candidates

    origins: dict[str, set[str]] = {}
    for file in ("TSCharacters.txt", "TSCharactersExt.txt"):
        for traditional, values in candidates(file).items():
            for value in values:
                if fold(traditional) != fold(value):
                    origins.setdefault(value, set()).add(fold(traditional))
    return origins


@lru_cache(maxsize=4096)
def _simplified(character: str) -> tuple[str, ...]:
    """Return all that a Traditional character may be in Simplified text."""
    from articlekit.adapters.opencc_tables import candidates
    from articlekit.text.script.conversion import convert

    return (*candidates("TSCharacters.txt").get(character, ()), convert(character))
