"""All tables of the model, unpacked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from articlekit.text.character_model.storage import STEP, Arrays, Floats, Integers, Rows
from articlekit.text.character_model.symbols import class_table

_UNSEEN = 9.0  # nats: one of the characters of a class that the texts never had


class Candidates(NamedTuple):
    """Characters to choose from, as the model sees them; `places` says where each is."""

    characters: str
    symbols: Integers
    forms: Floats
    scripts: NDArray[np.uint8]
    foreign: Floats
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tables:
    """What the model knows, by code point, by symbol, and by pairs and triples of symbols.

    Attributes:
        class_of_code, symbol, script: of each code point of the Basic Multilingual Plane.
        form: what a character costs as a form of its symbol, in nats.
        symbol_class: the class of each symbol. The first symbols, one a class, stand for all characters of
            the class that were never seen.
        unigram: log probability of each symbol within its class.
        class_pairs: log probabilities of one class behind another, where a pair of symbols is not known.
        script_pairs: log probabilities of one script behind another, less that of the script.
        pairs, triples: log probabilities of symbols behind one and behind two.
    """

    class_of_code: NDArray[np.uint8]
    symbol: Integers
    form: Floats
    script: NDArray[np.uint8]
    symbol_class: Integers
    unigram: Floats
    class_pairs: Floats
    script_pairs: Floats
    pairs: Rows
    triples: Rows

    @classmethod
    def unpacked(cls, data: Arrays) -> Self:
        """Unpack the arrays that the build tool packed."""
        codes = np.cumsum(data["codes"].astype(np.int64))
        symbol = class_table().astype(np.int64)
        form = np.full(len(symbol), _UNSEEN, np.float32)
        script = np.zeros(len(symbol), np.uint8)
        symbol[codes] = data["symbols"]
        form[codes] = data["forms"].astype(np.float32) * STEP
        script[codes] = data["scripts"]
        pairs = Rows.pairs(data)
        return cls(
            class_of_code=class_table(),
            symbol=symbol,
            form=form,
            script=script,
            symbol_class=data["symbol_classes"].astype(np.int64),
            unigram=data["unigrams"].astype(np.float32) * -STEP,
            class_pairs=data["class_pairs"].astype(np.float32) * -STEP,
            script_pairs=data["script_pairs"].astype(np.float32) * -STEP,
            pairs=pairs,
            triples=Rows.triples(data, pairs),
        )
