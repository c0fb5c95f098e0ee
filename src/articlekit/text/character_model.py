"""How probable a text is, character by character: bigrams with back-off by script class.

The model answers one question: which of several readings of damaged bytes is real text? It knows
Chinese in both scripts best, and enough of Japanese, Korean and English to tell them from garbage.

A character is looked up as a *symbol*: 國 and 国 share one where the simplified character has but one
traditional form, so do a letter's cases, all digits, and ， and ``,``. The log probability of a
character b behind a is then

    log P(symbol b | symbol a) + log P(form b | symbol b) + script cost(script a, script b)

where the first term is stored for pairs worth storing (absolute discounting, entropy pruning: Stolcke,
"Entropy-based Pruning of Backoff Language Models", 1998), else the back-off weight of a times
P(class b | class a) P(symbol b | class b) over coarse classes such as Han, kana, Latin, digit.

Built by tools/build_character_model.py; data/character_model.md says from what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, Literal, NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

STEP = 0.1  # nats per unit of the stored 8-bit costs
CLASSES = (
    "break", "space", "digit", "latin", "sign", "punctuation", "han",
    "kana", "hangul", "letter", "private", "other",
)  # fmt: skip
_CLASS_RANGES = (
    (0x00, 0x20, "space"), (0x0A, 0x0B, "break"), (0x20, 0x21, "space"), (0x21, 0x7F, "sign"),
    (0x30, 0x3A, "digit"), (0x41, 0x5B, "latin"), (0x61, 0x7B, "latin"), (0xC0, 0x250, "letter"),
    (0x370, 0x530, "letter"), (0x1100, 0x1200, "hangul"), (0x2010, 0x2070, "punctuation"),
    (0x3000, 0x3001, "space"), (0x3001, 0x3040, "punctuation"), (0x3040, 0x3100, "kana"),
    (0x3130, 0x3190, "hangul"), (0x3400, 0x4DC0, "han"), (0x4E00, 0xA000, "han"),
    (0xAC00, 0xD7B0, "hangul"), (0xE000, 0xF900, "private"), (0xF900, 0xFB00, "han"),
    (0xFE30, 0xFE70, "punctuation"), (0xFF01, 0xFF10, "punctuation"), (0xFF1A, 0xFF21, "punctuation"),
    (0xFF10, 0xFF1A, "digit"), (0xFF21, 0xFF3B, "letter"), (0xFF41, 0xFF5B, "letter"),
    (0xFF5B, 0xFF66, "punctuation"), (0xFF66, 0xFFA0, "kana"), (0xFFFD, 0xFFFE, "private"),
    (0x7F, 0xA0, "private"), (0xD800, 0xE000, "private"),
)  # fmt: skip
_FOREIGN = frozenset(CLASSES.index(name) for name in ("kana", "hangul", "letter", "private"))
_FOLDED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789，：；！？（）",
    "abcdefghijklmnopqrstuvwxyz000000000,:;!?()",
)
Script: TypeAlias = Literal["Hans", "Hant"]
_SCRIPTS: tuple[Script | None, ...] = (None, "Hans", "Hant")
_UNSEEN = 9.0  # nats: one of the characters of a class that the texts never had
_DENSE_ROWS = 500
_KEPT_ROWS = 20_000

Floats: TypeAlias = NDArray[np.float32]
Integers: TypeAlias = NDArray[np.int64]
Arrays: TypeAlias = "dict[str, NDArray[Any]]"


@cache
def class_table() -> NDArray[np.uint8]:
    """Return the class (index into `CLASSES`) of every code point of the Basic Multilingual Plane."""
    table = np.full(0x10000, CLASSES.index("other"), np.uint8)
    for start, end, name in _CLASS_RANGES:
        table[start:end] = CLASSES.index(name)
    return table


def folded(text: str) -> str:
    """Fold the cases of letters, the digits and the widths of punctuation, one to one.

    >>> folded("ＡB，第12章")
    'Ａb,第00章'
    """
    return text.translate(_FOLDED)


class Candidates(NamedTuple):
    """Characters to choose from, as the model sees them; `places` says where each is."""

    characters: str
    symbols: Integers
    forms: Floats
    scripts: NDArray[np.uint8]
    foreign: Floats
    places: Mapping[str, int]


class CharacterModel:
    """Log probabilities of characters behind each other, in nats.

    >>> model = CharacterModel.load()
    >>> model.pair("公", "司") > model.pair("公", "丝")
    True
    >>> model.log_probability("公司發佈公告") > model.log_probability("公司發佈苎妗")
    True
    """

    def __init__(self, data: Arrays) -> None:
        """Unpack the arrays that the build tool packed; use `load`."""
        codes = np.cumsum(data["codes"].astype(np.int64))
        classes = class_table()
        self._class_of_code = classes
        self._symbol = np.full(0x10000, 0, np.int64)
        self._form = np.full(0x10000, _UNSEEN, np.float32)
        self._script = np.zeros(0x10000, np.uint8)
        # Symbols 0 … len(CLASSES) - 1 stand for "an unseen character of this class".
        self._symbol[:] = classes
        self._symbol[codes] = data["symbols"]
        self._form[codes] = data["forms"].astype(np.float32) * STEP
        self._script[codes] = data["scripts"]
        self._symbol_class = data["symbol_classes"].astype(np.int64)
        self._unigram: Floats = data["unigrams"].astype(np.float32) * -STEP
        self._class_pairs: Floats = data["class_pairs"].astype(np.float32) * -STEP
        self._script_pairs: Floats = data["script_pairs"].astype(np.float32) * -STEP
        self._pairs = _Rows("pair", data, data["backoffs"], len(self._unigram))
        has = data["triple_counts"] > 0
        backoffs = np.zeros(len(has), np.uint8)
        backoffs[has] = data["triple_backoffs"]
        self._triples = _Rows("triple", data, backoffs, len(self._unigram))
        self._scalars = _Scalars(self)

    @classmethod
    def load(cls) -> Self:
        """Load the model shipped with the package."""
        return cls.from_bytes(files("articlekit.text").joinpath("data/character_model.npz").read_bytes())

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Load a model from the bytes of a file that the build tool wrote."""
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            return cls({name: arrays[name] for name in arrays.files})

    def script(self, character: str) -> Script | None:
        """Return the script that alone uses `character`, or None where both or neither do.

        >>> model = CharacterModel.load()
        >>> model.script("國"), model.script("国"), model.script("人")
        ('Hant', 'Hans', None)
        """
        code = ord(character)
        return _SCRIPTS[self._script[code]] if code < 0x10000 else None

    def is_foreign(self, character: str) -> bool:
        """Tell whether traditional Chinese text hardly ever has `character`.

        >>> model = CharacterModel.load()
        >>> model.is_foreign("国"), model.is_foreign("の"), model.is_foreign("國")
        (True, True, False)
        """
        code = min(ord(character), 0xFFFF)
        is_simplified = bool(self._script[code] == _SCRIPTS.index("Hans"))
        return is_simplified or self._class_of_code[code] in _FOREIGN

    def alone(self, character: str) -> float:
        """Return the log probability of a character among those of its class, whatever stands before.

        >>> model = CharacterModel.load()
        >>> model.alone("的") > model.alone("苎")
        True
        """
        code = min(ord(character), 0xFFFF)
        return float(self._unigram[self._symbol[code]] - self._form[code])

    def costs(self) -> Floats:
        """Return minus `alone` of every code point of the Basic Multilingual Plane, a new array."""
        costs: Floats = self._form - self._unigram[self._symbol]
        return costs

    def after_any(self, character: str) -> float:
        """Return the log probability of a character behind some Chinese character, whichever it is.

        >>> model = CharacterModel.load()
        >>> model.after_any("的") > model.after_any("苎")
        True
        """
        symbol = self._symbol[min(ord(character), 0xFFFF)]
        behind_han = self._class_pairs[CLASSES.index("han"), self._symbol_class[symbol]]
        return float(behind_han) + self.alone(character)

    def pair(self, before: str, character: str) -> float:
        """Return the log probability of one character behind another."""
        return self.after(before[-1:], character)

    def after(self, context: str, character: str) -> float:
        """Return the log probability of a character behind the last two (or one) of `context`."""
        return self._scalars.after(context, character)

    @property
    def symbols(self) -> int:
        """The number of symbols."""
        return len(self._unigram)

    def candidates(self, characters: str) -> Candidates:
        """Prepare characters for `each_after` and `matrix`."""
        codes = np.minimum(np.frombuffer(characters.encode("utf-32-le"), np.uint32), 0xFFFF)
        scripts = self._script[codes]
        foreign = np.array([self.is_foreign(character) for character in characters], np.float32)
        index = {character: place for place, character in enumerate(characters)}
        return Candidates(characters, self._symbol[codes], self._form[codes], scripts, foreign, index)

    def each_after(self, context: str, among: Candidates) -> Floats:
        """Return the log probability of each candidate behind the last two of `context`."""
        return self._scalars.each_after(context, among)

    def matrix(self, symbols: Integers, among: Candidates) -> Floats:
        """Return the log probability of each candidate behind each symbol, scripts not counted."""
        classes = self._class_pairs[self._symbol_class[symbols]][:, self._symbol_class[among.symbols]]
        unseen = self._pairs.backoffs[symbols][:, None] + classes + self._unigram[among.symbols]
        places, known = self._pairs.find(symbols[:, None], among.symbols[None, :])
        scores: Floats = np.where(known, self._pairs.scores[places], unseen) - among.forms
        return scores

    def followers(self, symbols: Sequence[int]) -> tuple[Integers, Integers, Floats]:
        """Return what is stored behind some symbols: place among them, symbol behind, log probability."""
        cells = [self._pairs.cells(symbol) for symbol in symbols]
        places = np.repeat(np.arange(len(cells)), [len(columns) for columns, _ in cells])
        columns, scores = zip(*cells, strict=True)
        return places, np.concatenate(columns), np.concatenate(scores)

    def characters(self, script: Script) -> frozenset[str]:
        """Return the characters that only one script uses."""
        codes = np.flatnonzero(self._script == _SCRIPTS.index(script))
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
        symbols, scripts = self._symbol[codes], self._script[codes]
        one, two = symbols[:-1], symbols[1:]
        classes = self._symbol_class[symbols]
        unseen = self._class_pairs[classes[:-1], classes[1:]] + self._unigram[two]
        place, known = self._pairs.find(one, two)
        scores: Floats = np.where(known, self._pairs.scores[place], self._pairs.backoffs[one] + unseen)
        context = np.where(known, place, -1)[:-1]
        third, found = self._triples.find(context, two[1:])
        backed = scores[1:] + np.where(context >= 0, self._triples.backoffs[context], 0.0)
        scores[1:] = np.where(found, self._triples.scores[third], backed)
        return scores - self._form[codes[1:]] + self._script_pairs[scripts[:-1], scripts[1:]]


class _Rows:
    """Log probabilities by row and column, sparse; a row's back-off is for the columns it has not."""

    def __init__(self, name: str, data: Arrays, backoffs: NDArray[np.integer], size: int) -> None:
        counts = data[f"{name}_counts"].astype(np.int64)
        steps = data[f"{name}_steps_high"].astype(np.int64) * 256 + data[f"{name}_steps_low"]
        self.starts: Integers = np.concatenate(([0], np.cumsum(counts)))
        running = np.concatenate(([0], np.cumsum(steps)))
        rows = np.repeat(np.arange(len(counts)), counts)
        self.columns: Integers = running[1:] - running[self.starts[rows]]
        self.size = size
        self.keys: Integers = rows * size + self.columns
        self.costs = data[f"{name}_costs"].tobytes()
        self.scores: Floats = data[f"{name}_costs"].astype(np.float32) * -STEP
        self.backoffs: Floats = backoffs.astype(np.float32) * -STEP

    def find(self, rows: Integers, columns: Integers) -> tuple[Integers, NDArray[np.bool_]]:
        """Return the place of each cell and whether it is stored."""
        wanted = rows * self.size + columns
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return places, self.keys[places] == wanted

    def cells(self, row: int) -> tuple[Integers, Floats]:
        """Return columns and log probabilities of one row."""
        start, end = self.starts[row], self.starts[row + 1]
        return self.columns[start:end], self.scores[start:end]

    def row(self, row: int) -> dict[int, int]:
        """Return column → place of one row."""
        start, end = int(self.starts[row]), int(self.starts[row + 1])
        return dict(zip(self.columns[start:end].tolist(), range(start, end), strict=True))


class _Scalars:
    """The model for one character at a time: rows as dictionaries, made when first needed."""

    def __init__(self, model: CharacterModel) -> None:
        self.model = model
        self.pairs: dict[int, dict[int, int]] = {}
        self.triples: dict[int, dict[int, int]] = {}
        self.levels = [-STEP * cost for cost in range(256)]
        self.characters: dict[str, tuple[int, int, float, int, float]] = {}
        self.dense: dict[int, Floats] = {}
        self.scripts: list[list[float]] = model._script_pairs.tolist()

    def character(self, character: str) -> tuple[int, int, float, int, float]:
        """Return symbol, class, log probability within the class, script, form cost."""
        found = self.characters.get(character)
        if found is None:
            model, code = self.model, min(ord(character), 0xFFFF)
            symbol = int(model._symbol[code])
            found = self.characters[character] = (
                symbol,
                int(model._symbol_class[symbol]),
                float(model._unigram[symbol]),
                int(model._script[code]),
                float(model._form[code]),
            )
        return found

    def pair_row(self, one: int) -> dict[int, int]:
        row = self.pairs.get(one)
        if row is None:
            if len(self.pairs) >= _KEPT_ROWS:
                self.pairs.clear()
            row = self.pairs[one] = self.model._pairs.row(one)
        return row

    def triple_row(self, context: str, one: int) -> tuple[dict[int, int], float] | None:
        """Return the places of what is stored behind the two last of `context`, and the back-off."""
        if len(context) < 2:
            return None
        place = self.pair_row(self.character(context[-2])[0]).get(one)
        if place is None:
            return None
        row = self.triples.get(place)
        if row is None:
            if len(self.triples) >= _KEPT_ROWS:
                self.triples.clear()
            row = self.triples[place] = self.model._triples.row(place)
        return (row, float(self.model._triples.backoffs[place])) if row else None

    def after(self, context: str, character: str) -> float:
        model = self.model
        one, one_class, _, one_script, _ = self.character(context[-1:])
        two, two_class, alone, two_script, form = self.character(character)
        score = self.scripts[one_script][two_script] - form
        if triples := self.triple_row(context, one):
            place = triples[0].get(two)
            if place is not None:
                return score + self.levels[model._triples.costs[place]]
            score += triples[1]
        place = self.pair_row(one).get(two)
        if place is not None:
            return score + self.levels[model._pairs.costs[place]]
        return score + float(model._pairs.backoffs[one] + model._class_pairs[one_class, two_class]) + alone

    def each_after(self, context: str, among: Candidates) -> Floats:
        model, symbols = self.model, among.symbols
        one, one_class, _, one_script, _ = self.character(context[-1:])
        scores: Floats = self.dense_row(one, one_class)[symbols]
        if triples := self.triple_row(context, one):
            row, backoff = triples
            scores += backoff
            if row:
                for place, symbol in enumerate(symbols.tolist()):
                    if symbol in row:
                        scores[place] = self.levels[model._triples.costs[row[symbol]]]
        total: Floats = scores + model._script_pairs[one_script][among.scripts] - among.forms
        return total

    def dense_row(self, one: int, one_class: int) -> Floats:
        """Return the log probability of every symbol behind one."""
        model = self.model
        known = self.dense.get(one)
        if known is not None:
            return known
        if len(self.dense) >= _DENSE_ROWS:
            self.dense.clear()
        of_class = model._class_pairs[one_class][model._symbol_class]
        dense: Floats = model._unigram + of_class + model._pairs.backoffs[one]
        columns, scores = model._pairs.cells(one)
        dense[columns] = scores
        self.dense[one] = dense
        return dense


@cache
def shipped() -> CharacterModel:
    """Return the model shipped with the package, loaded once."""
    return CharacterModel.load()
