"""How many passages of clean text conditions on quality signals would drop, beside rules made for words.

usage: python -m benchmarks.quality TEXT [--part tune|measure]

TEXT holds one passage per line. Every second passage is for choosing thresholds (`tune`), the others for
reporting (`measure`, the default). Passages of at least 100 characters are one kind of document; eight lines
in a row are the other.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from articlekit.config.conditions import parse_condition
from articlekit.text.quality import measure

CONDITIONS = (
    "quality.repeated_lines > 0.3",
    "quality.repeated_5grams > 0.5",
    "quality.repeated_5grams > 0.35",
    "quality.cjk < 30%",
    "quality.digits > 50%",
    "quality.mean_line_length < 10",
    "quality.terminal_punctuation < 0.1",
)
STOP_WORDS = frozenset({"the", "be", "to", "of", "and", "that", "have", "with"})


def _few_letters(words: Sequence[str]) -> bool:
    latin = sum(any(char.isascii() and char.isalpha() for char in word) for word in words)
    return latin < 0.8 * len(words)


FOR_WORDS: Mapping[str, Callable[[str], bool]] = {
    "fewer than 50 words": lambda text: len(text.split()) < 50,
    "mean length of a word not from 3 to 10": lambda text: (
        not 3 <= sum(map(len, text.split())) / max(len(text.split()), 1) <= 10
    ),
    "fewer than two stop words": lambda text: len(STOP_WORDS & set(text.lower().split())) < 2,
    "fewer than 80 % of the words with a letter": lambda text: _few_letters(text.split()),
    "no line that ends in . ! ? quote": lambda text: (
        not any(line.rstrip().endswith((".", "!", "?", '"')) for line in text.split("\n"))
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Count what quality conditions would drop.")
    parser.add_argument("text", type=Path)
    parser.add_argument("--part", choices=("tune", "measure"), default="measure")
    arguments = parser.parse_args()
    passages = [line for line in arguments.text.read_text("utf-8").split("\n") if line.strip()]
    first = 1 if arguments.part == "tune" else 0
    kinds = {
        "passages": [passage for passage in passages if len(passage) >= 100][first::2],
        "documents": ["\n".join(passages[at : at + 8]) for at in range(0, len(passages) - 8, 8)][first::2],
    }
    for kind, texts in kinds.items():
        records = [{"quality": measure(text)} for text in texts]
        print(f"{len(texts)} {kind}")
        for name, drops in FOR_WORDS.items():
            print(f"  {name:44} {sum(map(drops, texts)):5}  {sum(map(drops, texts)) / len(texts):7.1%}")
        for text in CONDITIONS:
            count = sum(map(parse_condition(text).holds, records))
            print(f"  {text:44} {count:5}  {count / len(texts):7.1%}")
        for name in records[0]["quality"]:
            values = sorted(record["quality"][name] for record in records)
            least, middle, most = values[0], values[len(values) // 2], values[-1]
            print(f"  {name:44} least {least}, middle {middle}, most {most}")


if __name__ == "__main__":
    main()
