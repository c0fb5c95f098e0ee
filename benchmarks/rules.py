"""What the chrome step costs: per document, by number of rules, of the whole pipeline, and on hostile lines.

usage: python -m benchmarks.rules [--text FILE]...

FILE is one document; without any, the project's clean fixtures with an invented footer are used. Seconds
are CPU seconds of this thread, the best of several rounds, all in one run, so that the ratios hold on a
noisy machine.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import thread_time

from articlekit.config import Config
from articlekit.engines.run import run
from articlekit.rules.load import load_builtin
from articlekit.rules.model import Rule, RuleSet
from articlekit.steps.chrome import remove
from articlekit.text.lines import Line, split_lines
from benchmarks.corpus import generate

CLEAN = Path(__file__).resolve().parents[1] / "fixtures" / "clean"
FOOTER = "责任编辑：林霁\n免责声明：本文仅供参考。\n侵权投诉：13000000001\n精彩推荐\n最新文章\n用APP打开"
HOSTILE = {
    "letters": "a" * 1_000_000,
    "digits": "1" * 1_000_000,
    "blanks": "x" + " " * 1_000_000 + "x",
    "letter-spaced": "责 " * 500_000,
    "one cue": "侵权联系:" * 200_000,
    "lines of cues": "\n".join(["内容侵权、删帖举报联系方式" + "1" * 380] * 2_500),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the chrome step.")
    parser.add_argument("--text", type=Path, action="append", default=[])
    paths = parser.parse_args().text
    if paths:
        documents = [split_lines(path.read_text("utf-8")) for path in paths]
    else:
        documents = [split_lines(path.read_text("utf-8") + FOOTER) for path in sorted(CLEAN.glob("*.txt"))]
    characters = sum(len(line.text) for lines in documents for line in lines) / len(documents)
    rules = load_builtin()
    print(f"{len(documents)} documents of {characters:.0f} characters on average")
    print(f"{len(rules)} built-in rules: {per_document(documents, rules):.0f} µs per document")
    for name, few, many in (
        ("words of the same text", of_words(documents, 50), of_words(documents, 1000)),
        ("copies of the built-in rules", of_copies(rules, 50), of_copies(rules, 1000)),
    ):
        one, other = per_document(documents, few), per_document(documents, many)
        print(f"{name}: 50 rules {one:.0f} µs, 1,000 rules {other:.0f} µs, ratio {other / one:.2f}")
    print_share(rules)
    for name, text in HOSTILE.items():
        lines = split_lines(text)
        begun = thread_time()
        remove(lines, rules)
        print(f"hostile {name}, {len(text):,} characters: {(thread_time() - begun) * 1e3:.1f} ms")


def per_document(documents: Sequence[Sequence[Line]], rules: RuleSet, rounds: int = 15) -> float:
    """Return the least µs of CPU per document over several rounds."""
    times = []
    for _ in range(rounds):
        begun = thread_time()
        for lines in documents:
            remove(lines, rules)
        times.append((thread_time() - begun) / len(documents) * 1e6)
    return min(times)


def print_share(rules: RuleSet, count: int = 200) -> None:
    """Print the share of the chrome step in a whole run over flattened articles of the size of a feature.

    For `count` rules it is estimated from the costs of the step with twins of the built-in rules.
    """
    texts = [document.data.decode() for document in generate(400) if not document.html]
    texts = [f"{one}\n{other}" for one, other in zip(texts[::2], texts[1::2], strict=False)]
    documents = [split_lines(text) for text in texts]
    growth = per_document(documents, of_twins(rules, count), 5) / per_document(documents, rules, 5)
    with TemporaryDirectory() as folder:
        Path(folder, "in").mkdir()
        for number, text in enumerate(texts):
            Path(folder, "in", f"{number:05}.txt").write_text(text, "utf-8")
        shares = []
        for _ in range(4):  # the first is not counted: patterns are compiled in it
            summary = run([f"{folder}/in"], Path(folder, "out"), Config.from_values({"run.workers": 1}))
            seconds = summary.seconds
            shares.append(seconds["step.chrome"] / seconds["cpu"])
    share = sorted(shares[1:])[1]
    many = share * growth / (1 - share + share * growth)
    size = sum(map(len, texts)) / len(texts)
    print(
        f"share of a whole run, articles of {size:.0f} characters: {len(rules)} rules {share:.1%}, "
        f"{count} rules {many:.1%} (the step costs {growth:.2f} times as much)"
    )


def of_twins(rules: RuleSet, count: int) -> RuleSet:
    """Return `count` rules: the built-in ones, and twins that look for the same literals and match too."""
    twins = list(rules)
    for number in range(max(count - len(rules), 0)):
        rule = rules.rules[number % len(rules)]
        twins.append(replace(rule, id=f"{rule.id}-{number}"))
    return RuleSet.of(tuple(twins[:count]))


def of_words(documents: Sequence[Sequence[Line]], count: int) -> RuleSet:
    """Return rules whose literals are pieces of the very text they run on: the worst case for a gate."""
    texts = [line.text for lines in documents for line in lines]
    pieces = {text[at : at + 2 + at % 3] for text in texts for at in range(len(text) - 4)}
    chosen = random.Random(1).sample(sorted(piece for piece in pieces if piece.isalpha()), count)
    return RuleSet.of(tuple(_rule(f"made.word.r{number}", piece) for number, piece in enumerate(chosen)))


def of_copies(rules: RuleSet, count: int) -> RuleSet:
    """Return `count` rules like the built-in ones; copies look for other literals."""
    copies = []
    for number in range(count):
        rule = rules.rules[number % len(rules)]
        mark = "" if number < len(rules) else chr(0x4E00 + number)
        literals = tuple(literal + mark for literal in rule.prefilter)
        copies.append(replace(rule, id=f"{rule.id}-{number}", prefilter=literals))
    return RuleSet.of(tuple(copies))


def _rule(rule_id: str, literal: str) -> Rule:
    return Rule(
        id=rule_id,
        category="made",
        pattern=re.escape(literal) + "[^。]{0,20}",
        prefilter=(literal,),
        why="Made for a benchmark.",
        match=(literal, literal),
        no_match=("x",),
        zone="footer",
    )


if __name__ == "__main__":
    main()
