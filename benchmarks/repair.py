"""Repair of mojibake and of characters written as codes, and decoding, beside ftfy and other decoders.

    python -m benchmarks.repair TEXT... [--part measure] [-n 60] [--only SECTION...] [--peers FOLDER]

TEXT are files, or folders of files, named after their language (hans.txt, hant.txt, ja.txt, ko.txt, en.txt),
one passage per line. `--part` takes the lines that tools/build_character_model.py kept apart. Every cell says
how many cases came out right, with n and the 95 % Wilson interval; the same arguments give the same cases.
Sections: lossless, double, triple, inline, joined, lossy, escapes, false, speed, decode (with `--peers`
beside chardet and charset-normalizer, in an environment that is made in FOLDER).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

import ftfy

from articlekit.model import Edit, Repaired
from articlekit.steps.repair import repair
from articlekit.text.positions import apply_edits
from benchmarks import decode, escape_cases, mojibake_cases
from benchmarks.mojibake_cases import Case, is_right

MOJIBAKE = ("lossless", "double", "triple", "inline", "joined", "lossy")
SECTIONS = (*MOJIBAKE, "escapes", "false", "speed", "decode")
# ftfy with everything off that changes good Chinese text.
TUNED = ftfy.TextFixerConfig(
    unescape_html=True,
    uncurl_quotes=False,
    fix_character_width=False,
    fix_latin_ligatures=False,
    normalization=None,
)
_SOURCES = (".py", ".pyi", ".md", ".rst", ".txt", ".js", ".json", ".css", ".toml")
Fixer: TypeAlias = Callable[[str], str]
FIXERS: dict[str, Fixer] = {
    "articlekit": lambda text: repair(text, "none").text,
    "ftfy": ftfy.fix_text,
    "ftfy tuned": lambda text: ftfy.fix_text(text, TUNED),
}


class Replay:
    """Counts results whose edits, replayed backwards, give the input again."""

    def __init__(self) -> None:
        self.total = self.exact = 0

    def check(self, text: str, repaired: Repaired) -> None:
        self.total += 1
        self.exact += undone(repaired) == text and apply_edits(text, repaired.edits) == repaired.text


def undone(repaired: Repaired) -> str:
    """Return the input of a repair by its edits alone."""
    back, grown = [], 0
    for edit in repaired.edits:
        start = edit.start + grown
        back.append(Edit("undo", edit.kind, start, start + len(edit.after), edit.after, edit.before))
        grown += len(edit.after) - (edit.end - edit.start)
    return apply_edits(repaired.text, back)


def scored(name: str, found: list[Case], replay: Replay) -> str:
    """Return the row of a list of cases: how many each tool gets right."""
    ours = [repair(case.damaged, "none") for case in found]
    for case, repaired in zip(found, ours, strict=True):
        replay.check(case.damaged, repaired)
    hits = sum(is_right(case, repaired.text) for case, repaired in zip(found, ours, strict=True))
    cells = [f"{name:44}{decode.interval(hits, len(found)):42}"]
    for peer in ("ftfy", "ftfy tuned"):
        right = sum(is_right(case, FIXERS[peer](case.damaged)) for case in found)
        cells.append(f"{peer} {decode.interval(right, len(found))}")
    return "  ".join(cells)


def mojibake(kind: str, lines: dict[str, list[str]], n: int, seed: int, replay: Replay) -> None:
    """Print a row per chain and a row per language of one kind of mojibake."""
    print(f"\n## {kind}")
    by_language: dict[str, list[Case]] = {}
    for chain in mojibake_cases.chains(kind):
        of_chain: list[Case] = []
        for language, passages in lines.items():
            made = list(mojibake_cases.cases(passages, kind, seed, count=n, only=[chain]))
            by_language.setdefault(language, []).extend(made)
            of_chain += made
        if of_chain:
            print(scored(mojibake_cases.chain_name(chain), of_chain, replay), flush=True)
    for language, of_language in by_language.items():
        hits = sum(is_right(case, repair(case.damaged, "none").text) for case in of_language)
        print(f"all of {kind}, {language:6}{decode.interval(hits, len(of_language))}", flush=True)


def escapes(lines: dict[str, list[str]], n: int, seed: int, replay: Replay) -> None:
    print("\n## escapes")
    for style in escape_cases.STYLES:
        made = [
            case for passages in lines.values() for case in escape_cases.cases(passages, style, seed, count=n)
        ]
        print(scored(style, made, replay), flush=True)


def false_changes(lines: dict[str, list[str]], replay: Replay) -> None:
    """Print how many clean lines each tool changes; ours but for normal forms, which are meant."""
    print("\n## clean lines changed")
    texts = {**lines, "code": list(dict.fromkeys(code_lines()))}
    for name, passages in texts.items():
        changed = {fixer: sum(fix(line) != line for line in passages) for fixer, fix in FIXERS.items()}
        for line in passages[:2000]:
            replay.check(line, repair(line))
        cells = "  ".join(f"{fixer} {count}" for fixer, count in changed.items())
        print(f"{name:8} n={len(passages):7}  {cells}", flush=True)


def code_lines(most: int = 60_000) -> Iterator[str]:
    """Yield lines of code and documentation of installed packages, those with anything beyond words first."""
    spec = find_spec("ftfy")
    folder = Path(spec.origin).parents[1] if spec and spec.origin else Path()
    left = most
    for path in sorted(folder.rglob("*")):
        if path.suffix not in _SOURCES or not path.is_file() or path.stat().st_size > 1_000_000:
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        for line in text.split("\n"):
            if len(line) < 1000 and (
                not line.isascii() or any(sign in line for sign in ("\\u", "\\x", "&", "%"))
            ):
                left -= 1
                yield line
                if not left:
                    return


def speed(lines: dict[str, list[str]]) -> None:
    """Print CPU seconds on clean text, sides alternating."""
    print("\n## speed on clean text, CPU seconds per megabyte of UTF-8")
    for language, passages in lines.items():
        text = "\n".join(line for line in passages if repair(line).text == line)[:300_000]
        size = len(text.encode()) / 1e6
        if not text:
            continue
        times = {"articlekit": 0.0, "ftfy": 0.0}
        for fixer in (lambda text: repair(text).text, ftfy.fix_text):
            fixer(text[:2000] + "\n涓浗鍏徃")  # so that tables are there on both sides
        for _ in range(3):
            for name, fixer in (("articlekit", lambda text: repair(text).text), ("ftfy", ftfy.fix_text)):
                start = time.process_time()
                fixer(text)
                times[name] += (time.process_time() - start) / 3
        ours, theirs = times["articlekit"] / size, times["ftfy"] / size
        print(f"{language:6} articlekit {ours:.4f}, ftfy.fix_text {theirs:.4f}, ratio {theirs / ours:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--part", choices=["build", "tune", "measure"])
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=[*SECTIONS])
    parser.add_argument("--peers", type=Path, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-n", type=int, default=60, help="cases per chain, style and language")
    options = parser.parse_args()
    lines = decode.languages(options.texts, options.part)
    print(f"ftfy {version('ftfy')}; lines:", {name: len(passages) for name, passages in lines.items()})
    replay = Replay()
    for kind in MOJIBAKE:
        if kind in options.only:
            mojibake(kind, lines, options.n, options.seed, replay)
    if "escapes" in options.only:
        escapes(lines, options.n, options.seed, replay)
    if "false" in options.only:
        false_changes(lines, replay)
    if replay.total:
        print(f"\nedits replayed backwards: {replay.exact} of {replay.total} exact")
    if "speed" in options.only:
        speed(lines)
    if "decode" in options.only:
        print("\n## decode")
        decode.report(list(decode.rows(lines, options.n, options.seed)), options.peers)


if __name__ == "__main__":
    main()
