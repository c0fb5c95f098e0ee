"""The model for one character at a time, which numpy would be slow for."""

from __future__ import annotations

import numpy as np

from articlekit.text.character_model.storage import Floats, cell_scores
from articlekit.text.character_model.tables import Candidates, Tables

_DENSE_ROWS = 500
_KEPT_ROWS = 20_000


class Lookups:
    """The model for one character at a time: rows as dictionaries, made when first needed."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.pairs: dict[int, dict[int, int]] = {}
        self.triples: dict[int, dict[int, int]] = {}
        self.levels: list[float] = cell_scores(np.arange(256, dtype=np.uint8)).tolist()
        self.characters: dict[str, tuple[int, int, float, int, float]] = {}
        self.dense: dict[int, Floats] = {}
        self.scripts: list[list[float]] = tables.script_pairs.tolist()

    def character(self, character: str) -> tuple[int, int, float, int, float]:
        """Return symbol, class, log probability within the class, script, form cost."""
        found = self.characters.get(character)
        if found is None:
            tables, code = self.tables, min(ord(character), 0xFFFF)
            symbol = int(tables.symbol[code])
            found = self.characters[character] = (
                symbol,
                int(tables.symbol_class[symbol]),
                float(tables.unigram[symbol]),
                int(tables.script[code]),
                float(tables.form[code]),
            )
        return found

    def pair_row(self, one: int) -> dict[int, int]:
        row = self.pairs.get(one)
        if row is None:
            if len(self.pairs) >= _KEPT_ROWS:
                self.pairs.clear()
            row = self.pairs[one] = self.tables.pairs.row(one)
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
            row = self.triples[place] = self.tables.triples.row(place)
        return (row, float(self.tables.triples.backoffs[place])) if row else None

    def after(self, context: str, character: str) -> float:
        tables = self.tables
        one, one_class, _, one_script, _ = self.character(context[-1:])
        two, two_class, alone, two_script, form = self.character(character)
        score = self.scripts[one_script][two_script] - form
        if triples := self.triple_row(context, one):
            place = triples[0].get(two)
            if place is not None:
                return score + self.levels[tables.triples.costs[place]]
            score += triples[1]
        place = self.pair_row(one).get(two)
        if place is not None:
            return score + self.levels[tables.pairs.costs[place]]
        return score + float(tables.pairs.backoffs[one] + tables.class_pairs[one_class, two_class]) + alone

    def each_after(self, context: str, among: Candidates) -> Floats:
        tables, symbols = self.tables, among.symbols
        one, one_class, _, one_script, _ = self.character(context[-1:])
        scores: Floats = self.dense_row(one, one_class)[symbols]
        if triples := self.triple_row(context, one):
            row, backoff = triples
            scores += backoff
            if row:
                for place, symbol in enumerate(symbols.tolist()):
                    if symbol in row:
                        scores[place] = self.levels[tables.triples.costs[row[symbol]]]
        total: Floats = scores + tables.script_pairs[one_script][among.scripts] - among.forms
        return total

    def dense_row(self, one: int, one_class: int) -> Floats:
        """Return the log probability of every symbol behind one."""
        tables = self.tables
        known = self.dense.get(one)
        if known is not None:
            return known
        if len(self.dense) >= _DENSE_ROWS:
            self.dense.clear()
        of_class = tables.class_pairs[one_class][tables.symbol_class]
        dense: Floats = tables.unigram + of_class + tables.pairs.backoffs[one]
        columns, scores = tables.pairs.cells(one)
        dense[columns] = scores
        self.dense[one] = dense
        return dense
