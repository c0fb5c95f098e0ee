"""Main-text extraction beside its peers, on labelled pages.

usage: python -m benchmarks.extraction --data DIR [--rounds N] [--peers NAME ...] [--environment DIR]

DIR holds one folder per set with ``manifest.jsonl`` (id, url, html, gold, lang; for some sets chrome: lines
that must go) and the pages. Pages are divided by site into the half that was looked at during development
and the half that was only scored. Peers are installed from PyPI into an environment of their own; every
extractor runs in a process of its own, and the processes take turns, round by round.

F1 is of 4-shingles (of characters for Chinese, white space dropped; of words otherwise), counted as
multisets: the harmonic mean of the mean precision and the mean recall over pages, as in scrapinghub's
article-extraction-benchmark. Intervals are 95 % bootstrap intervals over pages.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import statistics
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tools.environments import environment

from benchmarks.extraction_peer import EXTRACTORS

OURS = ("articlekit", "articlekit clean")
PACKAGES = ("trafilatura", "readability-lxml", "newspaper4k[zh]", "resiliparse", "gne")
SHORT = 300  # characters of a body below which a Chinese page is a flash
_WORDS = re.compile(r"\w+")
_RESAMPLES = 1000
_PUBLIC = {"com", "cn", "co", "org", "net", "gov", "edu", "ac"}


@dataclass(slots=True)
class Page:
    """A labelled page."""

    id: str
    set: str
    url: str
    path: Path
    gold: str
    lang: str
    chrome: list[str]
    shingles: Counter[object] = field(default_factory=Counter)

    @property
    def half(self) -> str:
        """``develop`` or ``held out``, by the site."""
        return "develop" if hashlib.sha256(site(self).encode()).digest()[0] % 2 == 0 else "held out"


@dataclass(slots=True)
class Score:
    """What an extractor made of a page."""

    precision: float | None  # None where it gave no text
    recall: float
    f1: float
    leaked: int
    text: str


def site(page: Page) -> str:
    """Return the name of a page's site: of its host without public suffixes, or of its id."""
    if host := urlsplit(page.url).hostname:
        parts = host.lower().split(".")
        while len(parts) > 1 and (parts[-1] in _PUBLIC or len(parts[-1]) == 2):
            parts.pop()
        return parts[-1]
    match = re.match(r"(?:tests|visiable_test|readability)[_-]([a-z0-9]+)", page.id)
    return match[1] if match else page.id


def load(data: Path) -> list[Page]:
    """Read every set in a folder."""
    pages = []
    for manifest in sorted(data.glob("*/manifest.jsonl")):
        for line in manifest.read_text("utf-8").splitlines():
            row = json.loads(line)
            gold = _letters(row["gold"])
            chrome = {text for text in map(_letters, row.get("chrome", [])) if len(text) >= 4}
            pages.append(
                Page(
                    row["id"],
                    manifest.parent.name,
                    row["url"],
                    manifest.parent / row["html"],
                    row["gold"],
                    row["lang"],
                    sorted(text for text in chrome if text not in gold),
                    shingles(row["gold"], row["lang"]),
                )
            )
    return pages


def shingles(text: str, lang: str, size: int = 4) -> Counter[object]:
    """Return the shingles of a text with their counts."""
    text = unicodedata.normalize("NFKC", text)
    tokens: Sequence[str] = "".join(text.split()) if lang == "zh" else _WORDS.findall(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[at : at + size]) for at in range(max(1, len(tokens) - size + 1)))


def score(page: Page, text: str) -> Score:
    """Compare what was extracted from a page with its gold."""
    found = shingles(text, page.lang)
    both, given, wanted = (page.shingles & found).total(), found.total(), page.shingles.total()
    letters = _letters(text)
    return Score(
        both / given if given else (None if wanted else 1.0),
        both / wanted if wanted else float(not given),
        2 * both / (given + wanted) if given + wanted else 1.0,
        sum(line in letters for line in page.chrome),
        text,
    )


def f1(scores: Sequence[Score]) -> float:
    """Return the harmonic mean of mean precision and mean recall."""
    precisions = [one.precision for one in scores if one.precision is not None]
    precision = sum(precisions) / len(precisions) if precisions else 0.0
    recall = sum(one.recall for one in scores) / len(scores)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def interval(scores: Sequence[Score]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of `f1` over pages; the same for the same scores."""
    chooser = random.Random(7)
    values = sorted(f1(chooser.choices(scores, k=len(scores))) for _ in range(_RESAMPLES))
    return values[int(0.025 * _RESAMPLES)], values[int(0.975 * _RESAMPLES) - 1]


class Peer:
    """An extractor in a process of its own."""

    def __init__(self, name: str, python: Path) -> None:
        script = Path(__file__).with_name("extraction_peer.py")
        self.name = name
        self._process = subprocess.Popen(
            [python, script, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.version: str = json.loads(self._line())["version"]

    def extract(self, page: Page) -> tuple[str, float]:
        """Return the text of a page and the CPU seconds it took."""
        assert self._process.stdin is not None
        self._process.stdin.write(
            json.dumps({"path": str(page.path), "url": page.url, "lang": page.lang}) + "\n"
        )
        self._process.stdin.flush()
        answer = json.loads(self._line())
        return answer["text"], answer["seconds"]

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name}: its process ended; is it installed?")
        return line


def groups(pages: Sequence[Page]) -> Iterator[tuple[str, str, list[int]]]:
    """Yield the groups of pages that are scored: what they are, their half, and their places."""
    for half in ("develop", "held out"):
        chosen = [at for at, page in enumerate(pages) if page.half == half]
        chinese = [at for at in chosen if pages[at].lang == "zh" and "forum" not in pages[at].set]
        yield "Chinese articles", half, chinese
        short = [at for at in chinese if len("".join(pages[at].gold.split())) < SHORT]
        yield f"of these under {SHORT} characters", half, short
        for name in sorted({page.set for page in pages}):
            yield name, half, [at for at in chosen if pages[at].set == name]


def main() -> None:
    """Run everything and print the tables."""
    parser = argparse.ArgumentParser(description="Score and time extraction beside its peers.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", nargs="*", default=[name for name in EXTRACTORS if name not in OURS])
    parser.add_argument("--environment", type=Path, default=Path("build/peers"))
    arguments = parser.parse_args()
    pages = load(arguments.data)
    python = environment(arguments.environment, PACKAGES) if arguments.peers else Path(sys.executable)
    peers = [
        Peer(name, Path(sys.executable) if name in OURS else python) for name in (*OURS, *arguments.peers)
    ]
    print(", ".join(f"{peer.name} {peer.version}" for peer in peers[1:]))
    scores: dict[str, list[Score]] = {}
    seconds: dict[str, list[list[float]]] = {peer.name: [] for peer in peers}
    for number in range(arguments.rounds + 1):  # the first warms up and is scored
        for peer in peers:
            results = [peer.extract(page) for page in pages]
            if number == 0:
                scores[peer.name] = [
                    score(page, text) for page, (text, _) in zip(pages, results, strict=True)
                ]
            else:
                seconds[peer.name].append([taken for _, taken in results])
    for peer in peers:
        peer.close()
    _print_scores(pages, scores)
    _print_chrome(pages, scores)
    if arguments.rounds:
        _print_speed(pages, seconds)


def _print_scores(pages: Sequence[Page], scores: dict[str, list[Score]]) -> None:
    print("\n| pages | half | n |", " | ".join(scores), "|")
    print("|---" * (3 + len(scores)) + "|")
    for name, half, places in groups(pages):
        if places:
            cells = [_cell([found[at] for at in places]) for found in scores.values()]
            print(f"| {name} | {half} | {len(places)} |", " | ".join(cells), "|")


def _cell(scores: Sequence[Score]) -> str:
    low, high = interval(scores)
    below = sum(one.f1 < 0.5 for one in scores)
    return f"{f1(scores):.3f} ({low:.3f}–{high:.3f})" + (f", {below} below .5" if below else "")


def _print_chrome(pages: Sequence[Page], scores: dict[str, list[Score]]) -> None:
    marked = [at for at, page in enumerate(pages) if page.chrome]
    total = sum(len(pages[at].chrome) for at in marked)
    sets = {pages[at].set for at in marked}
    print(f"\n| {total} listed chrome lines on {len(marked)} pages | leaked | recall on their set |")
    print("|---|---|---|")
    for name, found in scores.items():
        leaked = sum(found[at].leaked for at in marked)
        recalls = [found[at].recall for at, page in enumerate(pages) if page.set in sets]
        if marked:
            print(f"| {name} | {leaked} | {statistics.fmean(recalls):.3f} |")


def _print_speed(pages: Sequence[Page], seconds: dict[str, list[list[float]]]) -> None:
    base = "trafilatura" if "trafilatura" in seconds else next(iter(seconds))
    print(f"\n| pages per CPU second (ratio to {base}) | Chinese | English |\n|---|---|---|")
    for name, rounds in seconds.items():
        cells = []
        for lang in ("zh", "en"):
            places = [at for at, page in enumerate(pages) if page.lang == lang]
            ours = [sum(taken[at] for at in places) for taken in rounds]
            theirs = [sum(taken[at] for at in places) for taken in seconds[base]]
            ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
            cells.append(f"{len(places) / statistics.median(ours):.0f} ({ratio:.1f}×)")
        print(f"| {name} |", " | ".join(cells), "|")


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text))


if __name__ == "__main__":
    main()
