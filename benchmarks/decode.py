"""How often `decode` finds encoding and text of short and damaged bytes, beside its peers; and its speed.

    python -m benchmarks.decode TEXT... [--part measure] [--model FILE] [--peers FOLDER] [-n 500]

TEXT are files, or folders of files, named after their language (hans.txt, hant.txt, ja.txt, ko.txt,
en.txt), one passage per line. `--part` takes the lines that tools/build_character_model.py kept apart; the
shipped model was built without the parts "tune" and "measure" of the text it was built from. `--peers` also
asks chardet and charset-normalizer, in an environment that is made in FOLDER.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tools.build_character_model import read_lines

from articlekit.errors import RecordError
from articlekit.text import character_model
from articlekit.text.character_model import CharacterModel
from articlekit.text.decode import Decoded, decode
from articlekit.text.encodings import normalise_label
from benchmarks import peers
from benchmarks.byte_cases import ENCODINGS, Case, cases, is_right
from benchmarks.intervals import wilson

_LENGTHS = {
    "whole": (6, 20, 100),
    "in ASCII HTML": (20,),
    "cut": (6, 20, 100),
    "one impossible byte": (20, 100),
    "one byte replaced": (20, 100, 300),
    "one byte deleted": (20, 100, 300),
    "one byte inserted": (20, 100, 300),
}
_BINS = (0.0, 0.5, 0.7, 0.9, 0.99, 0.999, 1.0)


class Row(NamedTuple):
    """One cell of the table: what was decoded, and by us."""

    name: str
    cases: list[Case]
    found: list[Decoded | None]


def interval(hits: int, n: int) -> str:
    """Return a share with its 95 % Wilson interval."""
    if not n:
        return "-"
    low, high = wilson(hits, n)
    return f"{100 * hits / n:6.2f} % [{100 * max(low, 0.0):5.1f}, {100 * high:5.1f}] n={n}"


def languages(texts: list[Path], part: str | None) -> dict[str, list[str]]:
    """Return language → lines, by the names of the files."""
    files = [path for text in texts for path in (sorted(text.glob("*.txt")) if text.is_dir() else [text])]
    return {path.stem: list(read_lines([path], part)) for path in files}


def rows(lines: dict[str, list[str]], n: int, seed: int) -> Iterator[Row]:
    """Yield a row per language, encoding, damage and length."""
    for language, encodings in ENCODINGS.items():
        for names in encodings:
            for damage, lengths in _LENGTHS.items():
                wide = names[0].startswith("utf-16")
                if language not in lines or (wide and damage not in ("whole", "cut")):
                    continue
                if damage == "one impossible byte" and names[0] == "cp1252":
                    continue
                for length in lengths:
                    made = list(cases(lines[language], names, damage, length, count=n, seed=seed))
                    if made:
                        name = f"{language:5}{names[0]:11}{damage:20}{length:4}"
                        yield Row(name, made, [_decoded(case) for case in made])


def _decoded(case: Case) -> Decoded | None:
    try:
        return decode(case.data)
    except RecordError:
        return None


def report(table: list[Row], folder: Path | None) -> None:
    answers: list[dict[str, tuple[str, str]]] = []
    if folder:
        versions, answers = peers.decoded(
            peers.environment(folder), [case.data for row in table for case in row.cases]
        )
        print("peers:", ", ".join(f"{name} {version}" for name, version in versions.items()))
    at = 0
    for row in table:
        pairs = list(zip(row.cases, row.found, strict=True))
        text = sum(found is not None and is_right(case, found.text) for case, found in pairs)
        encoding = sum(found is not None and found.encoding == case.encoding for case, found in pairs)
        line = f"{row.name}  text {interval(text, len(pairs))}  encoding {100 * encoding / len(pairs):6.2f} %"
        for peer in peers.DECODERS if folder else ():
            theirs = [answer[peer] for answer in answers[at : at + len(pairs)]]
            both = list(zip(row.cases, theirs, strict=True))
            right = sum(is_right(case, text) for case, (_, text) in both)
            named = sum(normalise_label(name) == case.encoding for case, (name, _) in both)
            line += f"  {peer} {100 * right / len(both):.0f} / {100 * named / len(both):.0f} %"
        at += len(pairs)
        print(line)


def calibration(table: list[Row]) -> None:
    """Print how often the encoding is right, by what confidence says."""
    found = [
        (one.confidence, one.encoding == case.encoding)
        for row in table
        for case, one in zip(row.cases, row.found, strict=True)
        if one is not None and not case.encoding.startswith("utf-16")
    ]
    for low, high in zip(_BINS, (*_BINS[1:], 2.0), strict=True):
        hits = [right for confidence, right in found if low <= confidence < high]
        if hits:
            top = "1" if high > 1 else f"{high}"
            print(f"confidence {low} to {top}: encoding right {interval(sum(hits), len(hits))}")


def speed(lines: dict[str, list[str]]) -> None:
    """Print megabytes per CPU second on clean text, and the ratio to `bytes.decode`."""
    for language, encodings in ENCODINGS.items():
        for name, codec in encodings:
            text = "\n".join(lines.get(language, ()))[:200_000]
            if not text or name.startswith("utf-16"):
                continue
            data = text.encode(codec, "ignore")
            ours, plain = _seconds(partial(decode, data)), _seconds(partial(data.decode, codec))
            rate, ratio = len(data) / ours / 1e6, ours / plain
            print(f"{language:5}{name:11}{rate:7.0f} MB/s, {ratio:5.1f} of the time of bytes.decode")


def _seconds(call: Callable[[], object]) -> float:
    call()
    start, runs = time.process_time(), 0
    while time.process_time() - start < 0.3:
        call()
        runs += 1
    return (time.process_time() - start) / runs


def main() -> None:
    parser = argparse.ArgumentParser(description="accuracy and speed of decode")
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, help="a character model other than the shipped one")
    parser.add_argument("--part", choices=["build", "tune", "measure"])
    parser.add_argument("--peers", type=Path, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-n", type=int, default=500, help="cases per row")
    options = parser.parse_args()
    if options.model:
        model = CharacterModel.from_bytes(options.model.read_bytes())
        character_model.shipped = lambda: model  # type: ignore[assignment]
    lines = languages(options.texts, options.part)
    table = list(rows(lines, options.n, options.seed))
    report(table, options.peers)
    calibration(table)
    speed(lines)


if __name__ == "__main__":
    main()
