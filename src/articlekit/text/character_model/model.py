"""Log probabilities of characters behind each other: single ones, candidates, whole texts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Self

import numpy as np
from numpy.typing import NDArray

from articlekit.text.character_model.lookups import Lookups
from articlekit.text.character_model.storage import Floats, Integers
from articlekit.text.character_model.symbols import CLASSES, Script
from articlekit.text.character_model.tables import Candidates, Tables

_FOREIGN = frozenset(CLASSES.index(name) for name in ("kana", "hangul", "letter", "private"))
_SCRIPTS: tuple[Script | None, ...] = (None, "Hans", "Hant")


class CharacterModel:
    """Log probabilities of characters behind each other, in nats.

    >>> model = CharacterModel.load()
    >>> model.pair("公", "司") > model.pair("公", "丝")
    True
    >>> model.log_probability("公司發佈公告") > model.log_probability("公司發佈苎妗")
    True
    """

    def __init__(self, tables: Tables) -> None:
        """Score by these tables; use `load`."""
        self._tables, self._lookups = tables, Lookups(tables)

    @classmethod
    def load(cls) -> Self:
        """Load the model shipped with the package."""
        return cls.from_bytes(files("articlekit.text").joinpath("data/character_model.npz").read_bytes())

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Load a model from the bytes of a file that the build tool wrote."""
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            return cls(Tables.unpacked({name: arrays[name] for name in arrays.files}))

    def script(self, character: str) -> Script | None:
        """Return the script that alone uses `character`, or None where both or neither do.

        >>> model = CharacterModel.load()
        >>> model.script("國"), model.script("国"), model.script("人")
        ('Hant', 'Hans', None)
        """
        code = ord(character)
        return _SCRIPTS[self._tables.script[code]] if code < 0x10000 else None

    def is_foreign(self, character: str) -> bool:
        """Tell whether traditional Chinese text hardly ever has `character`.

        >>> model = CharacterModel.load()
        >>> model.is_foreign("国"), model.is_foreign("の"), model.is_foreign("國")
        (True, True, False)
        """
        code = min(ord(character), 0xFFFF)
        is_simplified = bool(self._tables.script[code] == _SCRIPTS.index("Hans"))
        return is_simplified or self._tables.class_of_code[code] in _FOREIGN

    def alone(self, character: str) -> float:
        """Return the log probability of a character among those of its class, whatever stands before.

        >>> model = CharacterModel.load()
        >>> model.alone("的") > model.alone("苎")
        True
        """
        code = min(ord(character), 0xFFFF)
        return float(self._tables.unigram[self._tables.symbol[code]] - self._tables.form[code])

    def costs(self) -> Floats:
        """Return minus `alone` of every code point of the Basic Multilingual Plane, a new array."""
        costs: Floats = self._tables.form - self._tables.unigram[self._tables.symbol]
        return costs

    def after_any(self, character: str) -> float:
        """Return the log probability of a character behind some Chinese character, whichever it is.

        >>> model = CharacterModel.load()
        >>> model.after_any("的") > model.after_any("苎")
        True
        """
        tables = self._tables
        symbol = tables.symbol[min(ord(character), 0xFFFF)]
        behind_han = tables.class_pairs[CLASSES.index("han"), tables.symbol_class[symbol]]
        return float(behind_han) + self.alone(character)

    def pair(self, before: str, character: str) -> float:
        """Return the log probability of one character behind another."""
        return self.after(before[-1:], character)

    def after(self, context: str, character: str) -> float:
        """Return the log probability of a character behind the last two (or one) of `context`."""
        return self._lookups.after(context, character)

    @property
    def symbols(self) -> int:
        """The number of symbols."""
        return len(self._tables.unigram)

    def candidates(self, characters: str) -> Candidates:
        """Prepare characters for `each_after` and `matrix`."""
        tables = self._tables
        codes = np.minimum(np.frombuffer(characters.encode("utf-32-le"), np.uint32), 0xFFFF)
        scripts = tables.script[codes]
        foreign = np.array([self.is_foreign(character) for character in characters], np.float32)
        index = {character: place for place, character in enumerate(characters)}
        return Candidates(characters, tables.symbol[codes], tables.form[codes], scripts, foreign, index)

    def each_after(self, context: str, among: Candidates) -> Floats:
        """Return the log probability of each candidate behind the last two of `context`."""
        return self._lookups.each_after(context, among)

    def matrix(self, symbols: Integers, among: Candidates) -> Floats:
        """Return the log probability of each candidate behind each symbol, scripts not counted."""
        tables = self._tables
        classes = tables.class_pairs[tables.symbol_class[symbols]][:, tables.symbol_class[among.symbols]]
        unseen = tables.pairs.backoffs[symbols][:, None] + classes + tables.unigram[among.symbols]
        places, known = tables.pairs.find(symbols[:, None], among.symbols[None, :])
        scores: Floats = np.where(known, tables.pairs.scores[places], unseen) - among.forms
        return scores

    def followers(self, symbols: Sequence[int]) -> tuple[Integers, Integers, Floats]:
        """Return what is stored behind some symbols: place among them, symbol behind, log probability."""
        cells = [self._tables.pairs.cells(symbol) for symbol in symbols]
        places = np.repeat(np.arange(len(cells)), [len(columns) for columns, _ in cells])
        columns, scores = zip(*cells, strict=True)
        return places, np.concatenate(columns), np.concatenate(scores)

    def characters(self, script: Script) -> frozenset[str]:
        """Return the characters that only one script uses."""
        codes = np.flatnonzero(self._tables.script == _SCRIPTS.index(script))
        return frozenset(map(chr, codes.tolist()))

    def log_probability(self, text: str) -> float:
        """Return the log probability of `text` as a line of its own, in nats; 0.0 for an empty text."""
        return float(self.score_many([text])[0])

    def score_many(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return the log probability of each text, an array of ``len(texts)`` float64."""
        lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
        if not lengths.sum():
            return np.zeros(len(texts))
        joined = "\n" + "\n".join(texts)
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        scores = self._scored(np.minimum(codes, 0xFFFF))
        totals = np.concatenate(([0.0], np.cumsum(scores, dtype=np.float64)))
        starts = np.concatenate(([0], np.cumsum(lengths + 1)[:-1]))
        result: NDArray[np.float64] = totals[starts + lengths] - totals[starts]
        return result

    def each(self, text: str) -> Floats:
        """Return the log probability of each character of a line behind those before it.

        >>> [round(float(value)) for value in CharacterModel.load().each("")]
        []
        """
        codes = np.frombuffer(f"\n{text}".encode("utf-32-le", "surrogatepass"), np.uint32)
        return self._scored(np.minimum(codes, 0xFFFF)) if text else np.zeros(0, np.float32)

    def _scored(self, codes: NDArray[np.uint32]) -> Floats:
        """Return the log probability of each code point but the first behind those before it."""
        tables = self._tables
        symbols, scripts = tables.symbol[codes], tables.script[codes]
        one, two = symbols[:-1], symbols[1:]
        classes = tables.symbol_class[symbols]
        unseen = tables.class_pairs[classes[:-1], classes[1:]] + tables.unigram[two]
        place, known = tables.pairs.find(one, two)
        scores: Floats = np.where(known, tables.pairs.scores[place], tables.pairs.backoffs[one] + unseen)
        context = np.where(known, place, -1)[:-1]
        third, found = tables.triples.find(context, two[1:])
        backed = scores[1:] + np.where(context >= 0, tables.triples.backoffs[context], 0.0)
        scores[1:] = np.where(found, tables.triples.scores[third], backed)
        return scores - tables.form[codes[1:]] + tables.script_pairs[scripts[:-1], scripts[1:]]


@cache
def shipped() -> CharacterModel:
    """Return the model shipped with the package, loaded once."""
    return CharacterModel.load()
