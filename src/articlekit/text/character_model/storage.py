"""The sparse tables of the model, and how they are packed.

The file is an ``.npz`` of small arrays, deflated. Costs are negative log probabilities as bytes: in units of
`STEP` nats for the tables that have one entry a symbol, of `CELL_STEP` for cells, of which there are many
and whose rounding errors cancel out. A row's columns ascend, and only the steps from one to the next are
kept, high and low bytes apart. Two things make the triples small:

- A triple's column is the *rank* of its last symbol among what is stored behind its middle one, the most
  probable first. That needs fewer bits than a symbol; so for every triple its last pair is stored too.
- Deflate gives each stretch of an array a code of its own. So values that are alike stand together: they
  are ordered by what is already known of them when they are read, such as the cost of the last pair.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

STEP = 0.1  # nats
BACKOFF_STEP = 0.2
CELL_STEP = 0.4

Floats: TypeAlias = NDArray[np.float32]
Integers: TypeAlias = NDArray[np.int64]
Arrays: TypeAlias = "dict[str, NDArray[Any]]"


def packed_integers(name: str, values: NDArray[Any]) -> Arrays:
    """Pack integers below 65,536 as their high and their low bytes."""
    return {f"{name}_high": (values >> 8).astype(np.uint8), f"{name}_low": (values & 0xFF).astype(np.uint8)}


def unpacked_integers(name: str, data: Arrays) -> Integers:
    """Return what `packed_integers` packed."""
    values: Integers = data[f"{name}_high"].astype(np.int64) * 256 + data[f"{name}_low"]
    return values


def packed_costs(probabilities: NDArray[Any], step: float = STEP) -> NDArray[np.uint8]:
    """Return negative log probabilities in units of `step`, as bytes."""
    units = np.round(-np.log(np.maximum(probabilities, 1e-12)) / step)
    costs: NDArray[np.uint8] = np.clip(units, 0, 255).astype(np.uint8)
    return costs


def packed_pairs(rows: Integers, columns: Integers, probabilities: NDArray[Any], count: int) -> Arrays:
    """Pack cells, ordered by row and column, of a table of `count` rows."""
    counts = np.bincount(rows, minlength=count)
    costs = packed_costs(probabilities, CELL_STEP)
    return {
        **packed_integers("pair_counts", counts),
        **packed_integers("pair_steps", _steps(rows, columns)),
        "pair_costs": costs[_alike(_magnitude(counts)[rows], _magnitude(columns))],
    }


def packed_triples(
    pairs: Rows, rows: Integers, columns: Integers, probabilities: NDArray[Any], backoffs: NDArray[np.uint8]
) -> Arrays:
    """Pack triples, ordered by row and column; the rows are the places of `pairs`, for each a back-off."""
    counts = np.bincount(rows, minlength=len(pairs.columns))
    middle = pairs.columns[rows]
    places, _ = pairs.find(middle, columns)
    order = pairs.by_rank()
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    rank = ranks[places] - pairs.starts[middle]
    ranked = np.lexsort((rank, rows))
    steps = _steps(rows, rank[ranked])[_alike(*_of_steps(pairs, counts))]
    costs = packed_costs(probabilities, CELL_STEP)[ranked]
    known = _alike(*_of_costs(pairs, counts, places[ranked]))
    return {
        **packed_integers("triple_counts", counts[_alike(pairs.codes)]),
        **packed_integers("triple_steps", steps),
        "triple_costs": costs[known],
        "triple_backoffs": backoffs[counts > 0][_alike(_few(counts)[counts > 0])],
    }


def cell_scores(costs: NDArray[np.uint8]) -> Floats:
    """Return log probabilities from packed costs.

    Probabilities rounded in their logarithm add up to a little more than one, which is taken off.
    """
    scores: Floats = costs.astype(np.float32) * -CELL_STEP - CELL_STEP**2 / 24
    return scores


def _steps(rows: Integers, columns: Integers) -> Integers:
    steps = np.diff(columns, prepend=0)
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    steps[starts] = columns[starts]
    return steps


def _columns(counts: Integers, steps: Integers) -> Integers:
    """Return the columns of all rows from the steps between them."""
    running = np.concatenate(([0], np.cumsum(steps)))
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    columns: Integers = running[1:] - np.repeat(running[starts], counts)
    return columns


def _alike(*keys: NDArray[np.uint8]) -> Integers:
    """Return the order by keys, the first one first; equal ones stay as they are."""
    order: Integers = np.argsort(keys[-1], kind="stable")
    for key in reversed(keys[:-1]):
        order = order[np.argsort(key[order], kind="stable")]
    return order


def _restored(values: NDArray[Any], order: Integers) -> NDArray[Any]:
    """Return values from the order in which they were packed."""
    found: NDArray[Any] = np.empty_like(values)
    found[order] = values
    return found


def _few(counts: Integers) -> NDArray[np.uint8]:
    return np.minimum(counts, 8).astype(np.uint8)


def _magnitude(counts: Integers) -> NDArray[np.uint8]:
    """Return twice the binary logarithm."""
    magnitudes: NDArray[np.uint8] = np.ceil(2 * np.log2(counts + 1)).astype(np.uint8)
    return magnitudes


def _of_steps(pairs: Rows, counts: Integers) -> tuple[NDArray[np.uint8], ...]:
    """Return what is known of a triple's step: how long its row is, how many it is a step of."""
    middle = np.repeat(pairs.columns, counts)
    lengths = _magnitude(np.diff(pairs.starts))
    return np.repeat(_few(counts), counts), lengths[middle]


def _of_costs(pairs: Rows, counts: Integers, places: Integers) -> tuple[NDArray[np.uint8], ...]:
    """Return what is known of a triple's cost: how many its row has, the cost of its last pair."""
    return np.repeat(_few(counts), counts), pairs.codes[places]


class Rows:
    """Log probabilities by row and column; a row's back-off is for the columns it has not."""

    def __init__(
        self, counts: Integers, columns: Integers, costs: NDArray[np.uint8], backoffs: Floats, size: int
    ) -> None:
        self.starts: Integers = np.concatenate(([0], np.cumsum(counts)))
        self.columns, self.size, self.backoffs, self.codes = columns, size, backoffs, costs
        self.keys: Integers = np.repeat(np.arange(len(counts)) * size, counts) + columns
        self.costs = costs.tobytes()
        self.scores: Floats = cell_scores(costs)

    @classmethod
    def pairs(cls, data: Arrays) -> Rows:
        """Unpack the pairs: a row for each symbol, a column for each symbol behind it."""
        counts = unpacked_integers("pair_counts", data)
        columns = _columns(counts, unpacked_integers("pair_steps", data))
        known = _alike(np.repeat(_magnitude(counts), counts), _magnitude(columns))
        costs = _restored(data["pair_costs"], known)
        backoffs = data["pair_backoffs"].astype(np.float32) * -BACKOFF_STEP
        return cls(counts, columns, costs, backoffs, len(counts))

    @classmethod
    def triples(cls, data: Arrays, pairs: Rows) -> Rows:
        """Unpack the triples: a row for each pair, a column for each symbol behind it."""
        counts = _restored(unpacked_integers("triple_counts", data), _alike(pairs.codes))
        steps = _restored(unpacked_integers("triple_steps", data), _alike(*_of_steps(pairs, counts)))
        ranks = np.repeat(pairs.starts[pairs.columns], counts) + _columns(counts, steps)
        places = pairs.by_rank()[ranks]
        costs = _restored(data["triple_costs"], _alike(*_of_costs(pairs, counts, places)))
        backoffs = np.zeros(len(counts), np.float32)
        has = counts > 0
        packed = _restored(data["triple_backoffs"], _alike(_few(counts)[has]))
        backoffs[has] = packed.astype(np.float32) * -BACKOFF_STEP
        # Ranks ascend, places must.
        rows = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
        order = np.argsort(rows * len(pairs.columns) + places)
        return cls(counts, pairs.columns[places[order]], costs[order], backoffs, pairs.size)

    def by_rank(self) -> Integers:
        """Return the places of all cells, row after row, the most probable of a row first."""
        rows = np.repeat(np.arange(len(self.starts) - 1, dtype=np.uint16), np.diff(self.starts))
        order: Integers = np.argsort(self.codes, kind="stable")
        by_row: Integers = order[np.argsort(rows[order], kind="stable")]
        return by_row

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
