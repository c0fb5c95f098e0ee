"""Measure the character model: bits per character, time to load, speed in bulk.

usage: python -m benchmarks.character_model TEXT... [--part measure] [--model FILE]
"""

from __future__ import annotations

import argparse
from math import log
from pathlib import Path
from time import process_time

from tools.build_character_model import read_lines

from articlekit.text.character_model import CharacterModel


def bits_per_character(model: CharacterModel, lines: list[str]) -> float:
    """Return the mean cost of a character, in bits; line feeds are neither counted nor charged."""
    return -float(model.score_many(lines).sum()) / log(2) / sum(map(len, lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("texts", nargs="+", type=Path, help="files of clean text, each measured by itself")
    parser.add_argument("--part", choices=["build", "tune", "measure"], default="measure")
    parser.add_argument("--model", type=Path, help="another model than the one that is shipped")
    options = parser.parse_args()
    began = process_time()
    model = CharacterModel.from_bytes(options.model.read_bytes()) if options.model else CharacterModel.load()
    print(f"loaded in {(process_time() - began) * 1000:.0f} ms of CPU time")
    characters, seconds = 0, 0.0
    for path in options.texts:
        lines = list(read_lines([path], options.part))
        began = process_time()
        bits = bits_per_character(model, lines)
        seconds += process_time() - began
        characters += sum(map(len, lines))
        print(f"{path.name:12} {bits:6.3f} bits per character, {len(lines):,} lines")
    print(f"{characters / seconds / 1e6:.1f} million characters a second")


if __name__ == "__main__":
    main()
