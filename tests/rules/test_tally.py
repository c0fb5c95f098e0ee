"""Counts in bounded memory that do not depend on the order of what is counted."""

from __future__ import annotations

import random

from articlekit.rules.masks import hash_text
from articlekit.rules.tally import Distinct, Sketch, Smallest, Table

CODES = [hash_text(str(number)) for number in range(5_000)]


def test_a_sketch_never_counts_too_little_and_hardly_too_much() -> None:
    sketch = Sketch(bits=14)
    for times in range(3):
        sketch.add(CODES[times * 1_000 :])
    counts = sketch.counts(CODES)
    true = [min(number // 1_000 + 1, 3) for number in range(5_000)]
    assert all(count >= least for count, least in zip(counts, true, strict=True))
    assert sum(count > least for count, least in zip(counts, true, strict=True)) < 100


def test_a_key_counts_once_per_document() -> None:
    sketch = Sketch(bits=10)
    sketch.add([7, 7, 7])
    assert sketch.counts([7]) == [1]


def test_a_sketch_of_nothing_counts_nothing() -> None:
    sketch = Sketch(bits=10)
    sketch.add([])
    assert sketch.counts([]) == []
    assert sketch.counts([5]) == [0]


def test_distinct_values_are_counted_exactly_while_there_is_room_and_nearly_beyond() -> None:
    few, many = Distinct(64), Distinct(64)
    for code in CODES[:50] * 3:
        few.add(code)
    for code in CODES:
        many.add(code)
    assert few.count() == 50
    assert 3_500 < many.count() < 6_500


def test_the_smallest_texts_and_their_counts_do_not_depend_on_the_order() -> None:
    texts = [str(number) for number in range(300) for _ in range(1 + number % 3)]
    results = []
    for seed in range(5):
        random.Random(seed).shuffle(texts)
        held = Smallest(7)
        for text in texts:
            held.add(text, hash_text(text))
        results.append(list(held.counts().items()))
    assert all(result == results[0] for result in results)
    assert all(count == 1 + int(text) % 3 for text, count in results[0])


def test_too_many_keys_raise_the_threshold_to_the_same_keys_in_any_order() -> None:
    keys = [(str(number), 2 + number % 9) for number in range(200)]
    held = []
    for seed in range(5):
        random.Random(seed).shuffle(keys)
        table = Table(least=2, size=50)
        for key, estimate in keys * 2:
            if counts := table.get(key, estimate):
                counts.lines += 1
        held.append((table.least, sorted((key, counts.lines) for key, counts in table.counts.items())))
    assert all(one == held[0] for one in held)
    assert held[0][0] == 9
    assert all(lines == 2 for _, lines in held[0][1])
    assert table.get("0", 3) is None
