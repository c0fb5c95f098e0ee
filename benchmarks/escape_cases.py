r"""Write characters of clean text as codes: seeded cases for every style, from any lines.

    python -m benchmarks.escape_cases TEXT... [--part measure] [-n 5]

prints cases. A stretch of a line, or all of it, has its characters outside ASCII written as codes (by
``%E4%B8%AD`` also blanks). Where digits behind a code without an end would belong to it, no case is made.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from tools.build_character_model import read_lines

from benchmarks.mojibake_cases import Case

_LEAST = 4  # characters written as codes
_LENGTHS = (4, 6, 10, 20, 40)


def _units(character: str) -> list[int]:
    data = character.encode("utf-16-be")
    return [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)]


STYLES: dict[str, Callable[[str], str]] = {
    "&#x4e2d": lambda character: f"&#x{ord(character):x}",
    "&#20013": lambda character: f"&#{ord(character)}",
    "&#20013;": lambda character: f"&#{ord(character)};",
    "&#x4E2D;": lambda character: f"&#x{ord(character):X};",
    "&amp;#20013;": lambda character: f"&amp;#{ord(character)};",
    r"\u4e2d": lambda character: "".join(f"\\u{unit:04x}" for unit in _units(character)),
    r"\U00004e2d": lambda character: f"\\U{ord(character):08X}",
    r"\\u4e2d": lambda character: "".join(f"\\\\u{unit:04x}" for unit in _units(character)),
    "%u4e2d": lambda character: "".join(f"%u{unit:04X}" for unit in _units(character)),
    "%E4%B8%AD": quote,
    r"\xE4\xB8\xAD": lambda character: "".join(f"\\x{byte:02X}" for byte in character.encode()),
}
_OPEN = {"&#x4e2d": "[0-9A-Fa-f]", "&#20013": "[0-9]"}


def cases(lines: Sequence[str], style: str, seed: int = 1, *, count: int = 100) -> Iterator[Case]:
    r"""Yield up to `count` cases of one of `STYLES`, the same for the same arguments.

    >>> next(cases(["今天天气好。"], r"\u4e2d")).damaged[-6:]
    '\\u3002'
    """
    rng = random.Random(f"{style} {seed}")
    made = 0
    for _ in range(50 * count):
        if made == count:
            return
        line = rng.choice(lines).strip()
        length = rng.choice((*_LENGTHS, len(line)))
        start = rng.randrange(max(len(line) - length, 0) + 1)
        part = line[start : start + length]
        before, after = (line[:start][-40:], line[start + length :][:40]) if rng.random() < 0.7 else ("", "")
        if sum(character > "\x7f" for character in part) < _LEAST:
            continue
        write = STYLES[style]
        damaged = "".join(
            write(character) if character > "\x7f" or (style[0] == "%" and character == " ") else character
            for character in part
        )
        if style in _OPEN and _runs_on(part + after[:1], _OPEN[style]):
            continue
        made += 1
        yield Case(before + damaged + after, before + part + after, "escapes", style)


def _runs_on(text: str, digits: str) -> bool:
    """Tell whether one of `digits` follows a character outside ASCII."""
    return re.search(rf"[^\x00-\x7f]{digits}", text) is not None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("texts", nargs="+", type=Path, help="folders or files of clean text")
    parser.add_argument("--part", choices=["build", "tune", "measure"], help="only lines of this part")
    parser.add_argument("-n", type=int, default=3, help="cases for each style")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    lines = list(read_lines(options.texts, options.part))
    for style in STYLES:
        for case in cases(lines, style, options.seed, count=options.n):
            print(f"{style:14}{case.damaged!r} ← {case.original!r}")


if __name__ == "__main__":
    main()
