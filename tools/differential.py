"""Compare the script conversion with OpenCC's C++ engine on random text, for every configuration.

    python -m tools.differential [--seed 1] [--characters 200000] [--configs t2s s2t] [--texts FILE...]

The text is a mixture of keys of all dictionaries, their beginnings, ends and values, characters outside the
basic plane, lone surrogates, NULs, variation selectors and line breaks, in texts short and long; `--texts`
adds lines of files. The first difference of a configuration is cut down to the shortest text that still
shows it. Exit code 1 with any difference.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from articlekit.adapters import opencc_tables
from articlekit.text.script.conversion import configurations, convert, convert_edits
from tools.opencc_wheel import OpenccWheel

_OTHERS = [*"\n\r\t\u2028\x00\ud800\udfff\U0001f600𠮷𪚥a7，。·", "\r\n", "\U0010ffff", "3.5%", "\u200d", " "]
_SELECTORS = ["\ufe00", "\ufe0f", "\U000e0100"]
_AT_ONCE = 64  # texts sent to the engine together
_SHRINKING = 2000  # attempts to make a difference smaller


class Engine(Protocol):
    """What conversion is compared with."""

    def convert(self, texts: list[str], config: str) -> list[str]: ...


def pieces(rng: random.Random, lines: list[str]) -> Iterator[str]:
    """Yield random pieces of text without end."""
    dictionaries = [list(opencc_tables.dictionary(file).items()) for file in opencc_tables.files()]
    entries = [entry for dictionary in dictionaries for entry in dictionary]
    while True:
        key, value = rng.choice(rng.choice((entries, rng.choice(dictionaries))))
        kind = rng.random()
        if kind < 0.45:
            yield key
        elif kind < 0.6:
            yield key[: rng.randint(1, len(key))]
        elif kind < 0.7:
            yield key[rng.randrange(len(key)) :]
        elif kind < 0.85:
            yield value
        elif kind < 0.88:
            yield key[:1] + rng.choice(_SELECTORS) + key[1:]
        elif kind < 0.94 and lines:
            yield rng.choice(lines)
        else:
            yield rng.choice(_OTHERS)


def texts(rng: random.Random, lines: list[str], characters: int) -> Iterator[str]:
    """Yield texts of one piece to thousands, at least `characters` long together."""
    source = pieces(rng, lines)
    while characters > 0:
        size = rng.choice((1, 2, 5, 20, 100, 1000, 30_000))
        text = "".join(next(source) for _ in range(min(size, characters)))
        characters -= len(text)
        yield text


def shrunk(text: str, differs: Callable[[str], bool]) -> str:
    """Return a text that still differs and from which nothing could be taken away."""
    size, attempts = len(text) // 2, 0
    while size and attempts < _SHRINKING:
        at = 0
        while at < len(text) and attempts < _SHRINKING:
            shorter = text[:at] + text[at + size :]
            attempts += 1
            if differs(shorter):
                text = shorter
            else:
                at += size
        size //= 2
    return text


def compare(wheel: Engine, config: str, batch: list[str]) -> str | None:
    """Return the first text of a batch that the two convert differently, made as short as possible."""

    def differs(text: str) -> bool:
        return wheel.convert([text], config) != [convert(text, config)]

    for text, theirs in zip(batch, wheel.convert(batch, config), strict=True):
        if convert(text, config) != theirs:
            return shrunk(text, differs)
        if convert_edits(text, config).text != theirs:
            return text
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description="compare with OpenCC's C++ engine")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--characters", type=int, default=200_000, help="for each configuration")
    parser.add_argument("--configs", nargs="+", default=list(configurations()), choices=configurations())
    parser.add_argument("--texts", nargs="*", type=Path, default=[], help="text to mix in, in UTF-8")
    options = parser.parse_args()
    lines = [line for path in options.texts for line in path.read_text("utf-8").splitlines()]
    failed = 0
    with OpenccWheel() as wheel:
        print(f"OpenCC {wheel.version}, seed {options.seed}, {options.characters:,} characters each")
        for config in options.configs:
            failed += not agree(wheel, config, options.seed, lines, options.characters)
    sys.exit(1 if failed else 0)


def agree(wheel: Engine, config: str, seed: int, lines: list[str], characters: int) -> bool:
    """Compare one configuration, print what came out, and say whether all was equal."""
    compared = 0
    batch: list[str] = []
    source = texts(random.Random(f"{seed} {config}"), lines, characters)
    while batch := [text for _, text in zip(range(_AT_ONCE), source, strict=False)]:
        if (culprit := compare(wheel, config, batch)) is not None:
            (theirs,) = wheel.convert([culprit], config)
            print(f"{config:6} DIFFERS  text {culprit!a}\n       ours     {convert(culprit, config)!a}")
            print(f"       OpenCC   {theirs!a}\n       edits    {convert_edits(culprit, config).text!a}")
            return False
        compared += sum(map(len, batch))
    print(f"{config:6} equal    {compared:,} characters")
    return True


if __name__ == "__main__":
    main()
