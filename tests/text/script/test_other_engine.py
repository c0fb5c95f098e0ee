"""opencc-python-reimplemented as an oracle: our matching on its dictionaries gives its answers.

It takes the longest key anywhere first, where OpenCC goes from left to right; so the two are compared on
clauses in which no two keys overlap, which is nearly all of them.
"""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import opencc
import pytest

from articlekit.adapters import opencc_python
from articlekit.text.script.conversion import convert
from articlekit.text.script.dictionaries import Dictionary, Tier
from articlekit.text.script.tries import code_points, text_of

FOLDER = Path(opencc.__file__).parent


@cache
def entries(file: str) -> Tier:
    lines = (FOLDER / "dictionary" / file).read_text("utf-8").splitlines()
    pairs = (line.strip().split("\t") for line in lines)
    return {key: values.split(" ")[0] for key, values in pairs}


def tiers(spec: Any) -> list[Tier]:
    return [entries(member["file"]) for member in spec.get("dicts", [spec])]


def steps(config: str) -> list[list[Tier]]:
    chain = json.loads((FOLDER / "config" / f"{config}.json").read_text("utf-8"))["conversion_chain"]
    return [tiers(step["dict"]) for step in chain]


def ours(text: str, dictionaries: list[Dictionary], *, long: bool) -> str:
    for dictionary in dictionaries:
        if long:
            found = dictionary.trie.matches(code_points(text))
            matches = [
                (start, end - start, text_of(dictionary.trie.values[first : first + size]))
                for start, end, first, size in zip(
                    found.starts.tolist(),
                    found.ends.tolist(),
                    dictionary.trie.value_starts[found.nodes].tolist(),
                    dictionary.trie.value_lengths[found.nodes].tolist(),
                    strict=True,
                )
            ]
            text = dictionary.table.replace(text, matches)
        else:
            text = dictionary.table.convert(text)
    return text


def is_plain(clause: str, chain: list[list[Tier]], dictionaries: list[Dictionary]) -> bool:
    """Say whether no two phrases overlap in a clause, whatever a step before makes of it."""
    for step, dictionary in zip(chain, dictionaries, strict=True):
        ends = range(2, len(clause) + 1)
        parts = (clause[start:end] for end in ends for start in range(end - 1))
        if sum(any(part in tier for tier in step) for part in parts) > 1:
            return False
        clause = dictionary.table.convert(clause)
    return True


@pytest.mark.parametrize("config", ["t2s", "s2t", "s2twp", "tw2s", "s2hk"])
def test_it_gives_the_same_answers_on_its_dictionaries(config: str) -> None:
    chain = steps(config)
    rng = random.Random(config)
    every = [key for step in chain for tier in step for key in tier]
    dictionaries = [Dictionary(step) for step in chain]
    clauses = [clause for clause in rng.sample(every, 300) if is_plain(clause, chain, dictionaries)]
    clauses += [clause + "的" + rng.choice("abc") for clause in clauses]
    assert len(clauses) >= 300
    text = "，".join(clauses)
    theirs = opencc_python.convert(text, config)
    assert ours(text, dictionaries, long=False) == theirs
    assert ours(text, dictionaries, long=True) == theirs


def test_its_stock_results_can_be_chosen() -> None:
    for config in opencc_python.configurations():
        text = "隨著軟體產業的發展，鼠标和软件。\n\n乾隆"
        assert convert(text, config, engine="opencc-python") == opencc.OpenCC(config).convert(text)
