"""The whole pipeline beside the same libraries put together plainly, in one run.

usage: python -m benchmarks.pipeline [--documents N] [--rounds N]

Both sides read the same generated documents, in one process on one core, alternating; the figures are
CPU seconds and the ratio of the medians. The plain side is what a careful programmer writes in an
afternoon: bs4 on lxml, ftfy, opencc-python-reimplemented, datasketch's MinHash and LSH. It checks no
figures, keeps no removed lines, and explains nothing.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from time import process_time

from articlekit.config import Config
from articlekit.engines.run import run
from benchmarks.corpus import Document, generate
from benchmarks.plain import run_plainly


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the whole pipeline beside its plain equivalent.")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    documents = list(generate(arguments.documents))
    with tempfile.TemporaryDirectory() as folder:
        inputs = Path(folder, "in")
        inputs.mkdir()
        for document in documents:
            (inputs / document.name).write_bytes(document.data)
        steps: dict[str, float] = {}

        def ours() -> None:
            report = run([str(inputs)], Path(folder, "out"), Config.from_values({"run.workers": 1}))
            steps.clear()
            steps.update(report.stats.seconds)
            steps["read, encode, deduplicate, write"] = report.seconds["cpu"] - sum(steps.values())

        def plain() -> None:
            run_plainly(documents, Path(folder, "plain.jsonl"))

        times = _alternate(arguments.rounds, {"articlekit": ours, "plain": plain})
    _print(documents, times, steps)


def _alternate(rounds: int, sides: dict[str, Callable[[], None]]) -> dict[str, list[float]]:
    """Time the sides in turn, after one round that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name, side in sides.items():
            start = process_time()
            side()
            if number:
                times[name].append(process_time() - start)
    return times


def _print(documents: list[Document], times: dict[str, list[float]], steps: dict[str, float]) -> None:
    size = sum(len(document.data) for document in documents)
    print(f"{len(documents)} documents, {size / 1e6:.1f} MB, Python {platform.python_version()}")
    libraries = ("beautifulsoup4", "lxml", "ftfy", "opencc-python-reimplemented", "datasketch")
    print("plain: " + ", ".join(f"{name} {version(name)}" for name in libraries))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        print(f"{name:12} {len(documents) / median:8.0f} documents per CPU second")
    print(f"ratio articlekit / plain: {medians['plain'] / medians['articlekit']:.2f}x the speed")
    total = sum(steps.values())
    print("CPU seconds per step of articlekit:")
    for step, seconds in sorted(steps.items(), key=lambda item: -item[1]):
        print(f"  {step:34} {seconds:8.3f}  {100 * seconds / total:5.1f} %")


if __name__ == "__main__":
    main()
