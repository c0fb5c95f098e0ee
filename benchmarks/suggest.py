"""How many planted kinds of chrome `rules suggest` finds, and how many of its drafts are right.

usage: python -m benchmarks.suggest [--documents N] [--seeds N] [--lines N] [--text FILE]...

The drafts are made from one corpus and judged on another one of the same sites with other articles. A kind
is found when the drafts remove half of its lines there; a draft is right when at least 95 % of what it
removes was planted. With ``--lines`` a corpus of so many lines is measured too: CPU seconds and peak memory.
"""

from __future__ import annotations

import argparse
import resource
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import process_time

from articlekit.rules.load import load, load_builtin
from articlekit.rules.match import matcher
from articlekit.rules.model import RuleSet
from articlekit.rules.suggest import Suggestions, suggest
from articlekit.rules.survey import observe
from articlekit.text.lines import Line
from benchmarks.suggest_corpus import Corpus, Planted

FOUND, RIGHT = 0.5, 0.95


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure `articlekit rules suggest`.")
    parser.add_argument("--documents", type=int, default=1500)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--lines", type=int, default=0)
    parser.add_argument(
        "--text",
        type=Path,
        action="append",
        default=[],
        help="file of real text for the articles, a passage per line; may be repeated",
    )
    arguments = parser.parse_args()
    text = [line for path in arguments.text for line in path.read_text("utf-8").splitlines()]
    for name, rules in (("no rules", load(builtin=False)), ("built-in rules", load_builtin())):
        found = kinds = right = drafts = 0
        for seed in range(arguments.seeds):
            result = measure(seed, arguments.documents, rules, text)
            found, kinds = found + result["found"], kinds + result["kinds"]
            right, drafts = right + result["right"], drafts + result["drafts"]
            print(f"{name}, seed {seed}: {result}")
        print(
            f"{name}: kinds found {found}/{kinds} = {found / max(kinds, 1):.3f}, "
            f"drafts right {right}/{drafts} = {right / max(drafts, 1):.3f}"
        )
    if arguments.lines:
        measure_size(arguments.lines)


def measure(seed: int, documents: int, rules: RuleSet, text: Sequence[str] = ()) -> dict[str, int]:
    """Return counts for one pair of corpora; kinds that the rules given take already do not count."""
    first, second = Corpus(seed, 1000 + seed, text=text[::2]), Corpus(seed, 2000 + seed, text=text[1::2])
    made = suggest_from(list(first.documents(documents)), rules)
    drafts = RuleSet.of(tuple(item.draft.rule for item in made.items))
    planted: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for document in second.documents(documents):
        lines, url = lines_of(document), f"https://{document.site}/"
        known = set(matcher(rules).find(lines, url).whole) if len(rules) else set()
        both = matcher(RuleSet.of((*drafts, *rules))).find(lines, url).whole
        for at, kind in document.kinds.items():
            if at not in known:
                planted[kind] += 1
                removed[kind] += at in both
        for at, hit in both.items():
            if drafts.get(hit.rule.id):
                taken[hit.rule.id] += 1
                good[hit.rule.id] += at in document.kinds
    kinds = [kind for kind, count in planted.items() if count >= 0.02 * documents]
    return {
        "kinds": len(kinds),
        "found": sum(removed[kind] >= FOUND * planted[kind] for kind in kinds),
        "drafts": len(taken),
        "right": sum(good[name] >= RIGHT * count for name, count in taken.items()),
        "lines planted": planted.total(),
        "lines removed": removed.total(),
        "article lines removed": taken.total() - good.total(),
    }


def suggest_from(documents: list[Planted], rules: RuleSet) -> Suggestions:
    """Return the suggestions for made documents."""
    pages = [observe(lines_of(document), rules, f"https://{document.site}/") for document in documents]
    return suggest(lambda: pages)


def lines_of(document: Planted) -> tuple[Line, ...]:
    return tuple(Line(number, text) for number, text in enumerate(document.lines, 1))


def measure_size(lines: int) -> None:
    """Print what a corpus of about so many lines costs, as JSON lines through the command's own function."""
    import json
    import tempfile

    from articlekit.engines.suggest import suggest_rules

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "corpus.jsonl")
        written = documents = 0
        with path.open("w", encoding="utf-8") as file:
            for document in Corpus(0, 0).documents(lines):
                record = {"url": f"https://{document.site}/{documents}", "text": "\n".join(document.lines)}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
                written, documents = written + len(document.lines), documents + 1
                if written >= lines:
                    break
        before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, process_time()
        made = suggest_rules([str(path)])
        seconds = process_time() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(
            f"{written:,} lines in {documents:,} documents, {path.stat().st_size / 1e6:.0f} MB: "
            f"{seconds:.0f} CPU s, {written / seconds:,.0f} lines/s, peak {peak / 1024:.0f} MB "
            f"(before {before / 1024:.0f}), {len(made.items)} drafts"
        )


if __name__ == "__main__":
    main()
