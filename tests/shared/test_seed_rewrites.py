"""What holds for the five seeds holds for 200 rewrites of them.

Each rewrite has other words, names, cue words, numbers, dates, header and footer, and another table of
annotations (`seed_rewrites`). A failure says how many of the rewrites fail, and shows the first of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from seed_damage import LOST, Rewrite, is_right
from seed_reference import Part, read_seeds
from seed_rewrites import make_rewrites

from articlekit.model import Cleaned, Quarantined, Record, Source
from articlekit.pipeline import Pipeline
from articlekit.records.ledger import decode_ledger, encode_ledger, restore

SEED = 2024
FOR_EACH_SEED = 40
_LATIN = re.compile(r"[0-9A-Za-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]")
_RESIDUE = re.compile(r"[(?\ufffd][a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüɡɑ]{1,6}\)|[\ue000-\uf8ff]|</?\w|/p>")

Results = list[tuple[Rewrite, Cleaned]]
Fault = str | None
Check = Callable[[Rewrite, Cleaned], Fault]


@pytest.fixture(scope="module")
def results(shared: Path) -> Results:
    seeds = read_seeds(shared / "data" / "seeds")
    pipeline = Pipeline()
    found: Results = []
    for rewrite in make_rewrites(seeds, FOR_EACH_SEED, Random(SEED)):
        name, raw = rewrite.article.name, rewrite.article.raw
        outcome = pipeline.process(Record(Source(f"{name}.txt", sha256="00"), raw.encode()))
        assert not isinstance(outcome, Quarantined), (name, outcome.reason, outcome.message)
        found.append((rewrite, outcome))
    return found


def _title(rewrite: Rewrite, cleaned: Cleaned) -> Fault:
    expected, found = rewrite.article, cleaned.article.title or ""
    if cleaned.title_line == expected.title_line and is_right(found, expected.title):
        return None
    return f"{found!r}, not {expected.title!r}"


def _fields(rewrite: Rewrite, cleaned: Cleaned) -> Fault:
    article = cleaned.article
    found = {name: getattr(article, name) for name in ("published", "author", "editor")}
    expected = {name: getattr(rewrite.article, name) for name in found}
    return None if found == expected else f"{found}, not {expected}"


def _channel(rewrite: Rewrite, cleaned: Cleaned) -> Fault:
    article, channels = cleaned.article, rewrite.article.channels
    if article.channel and article.channel not in channels:
        return f"channel {article.channel!r} is none of {channels}"
    return f"{article.author} is a channel" if article.author in channels else None


def _headings(rewrite: Rewrite, cleaned: Cleaned) -> Fault:
    found = [(part.level, part.number, part.heading or "") for part in cleaned.article.sections if part.level]
    expected = [(level, number, heading or "") for level, number, heading in rewrite.article.headings()]
    if [part[:2] for part in found] == [part[:2] for part in expected]:
        return None
    extra = [part for part in found if part not in expected]
    missing = [part for part in expected if part not in found]
    return f"too many {extra[:3]}, missing {missing[:3]}"


def _kept(rewrite: Rewrite, cleaned: Cleaned) -> Fault:
    """Return a line that should have gone, or went without a rule."""
    removed = {removal.line: removal for removal in cleaned.article.removed}
    for number, part in rewrite.article.removed().items():
        if number not in removed:
            return f"{part.fate} stays: {part.text}"
        if not (removed[number].rule and removed[number].category):
            return f"no rule named: {part.text}"
    return None


def _lost(rewrite: Rewrite, cleaned: Cleaned) -> Fault:
    """Return a line of the body that is not in the text."""
    gone = {removal.line for removal in cleaned.article.removed} | {cleaned.title_line}
    lines = cleaned.trace.lines.split("\n")
    for number, part in rewrite.article.body():
        if number in gone:
            return f"removed: {part.text}"
        if lines[number - 1].strip() not in cleaned.article.text:
            return f"not in the text: {part.text}"
    return None


def _characters(rewrite: Rewrite, cleaned: Cleaned) -> Fault:
    for (_, part), line in _pairs(rewrite, cleaned):
        if not is_right(line, part.text, traceless=rewrite.style.endswith(("lost", "ignored"))):
            return f"{rewrite.style}, {rewrite.straddles} straddles: {line}, not {part.text}"
    return None


def _residue(rewrite: Rewrite, cleaned: Cleaned) -> Fault:
    """Return what is left of annotations and of the tags that were damaged with them."""
    article = cleaned.article
    fields = (article.title, article.author, article.editor, article.channel)
    for text in (*fields, *article.text.split("\n"), *(removal.text for removal in article.removed)):
        if _RESIDUE.search(text or ""):
            return f"{rewrite.style}: {text}"
    return None


def _invented(rewrite: Rewrite, cleaned: Cleaned) -> Fault:
    """Return a line with a letter or digit too many; those of residues do not count."""
    for (_, part), line in _pairs(rewrite, cleaned):
        written = unicodedata.normalize("NFKC", part.text)
        if len(_LATIN.findall(_RESIDUE.sub("", line))) > len(_LATIN.findall(written)):
            return f"{rewrite.style}: {line}, not {part.text}"
    return None


def _ledger(rewrite: Rewrite, cleaned: Cleaned) -> Fault:
    line = encode_ledger(cleaned.article, cleaned.trace, cleaned.source_text)
    restored = restore(cleaned.article, decode_ledger(line))
    return None if restored == rewrite.article.raw else "the ledger gives another text"


def _pairs(rewrite: Rewrite, cleaned: Cleaned) -> Iterator[tuple[tuple[int, Part], str]]:
    lines = unicodedata.normalize("NFKC", cleaned.trace.lines).split("\n")
    return (((number, part), lines[number - 1]) for number, part in rewrite.article.numbered())


# Check → share of the rewrites that may fail: what is reached today. The aim is 0.
CHECKS: dict[Check, float] = {
    _title: 0.005,  # 「，最多」 for 「｜深度」, of which two bytes are lost, is not decided by its neighbours
    _fields: 0.0,
    _channel: 0.0,
    _headings: 0.0,
    _kept: 0.0,
    _lost: 0.0,
    _residue: 0.0,
    _invented: 0.0,
    _characters: 0.05,
    _ledger: 0.0,
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.strip("_"))
def test_what_holds_for_the_seeds_holds_for_rewrites(check: Check, results: Results) -> None:
    faults = [
        f"{rewrite.article.name}: {fault}"
        for rewrite, cleaned in results
        if (fault := check(rewrite, cleaned)) is not None
    ]
    assert len(faults) <= CHECKS[check] * len(results), "\n".join(
        [f"{len(faults)} of {len(results)} rewrites fail", *faults[:10]]
    )


def test_the_rewrites_are_what_they_are_meant_to_be(results: Results) -> None:
    """Guard the guard: straddles, lost characters and large tables occur, and no two are the same."""
    rewrites = [rewrite for rewrite, _ in results]
    assert len({rewrite.article.raw for rewrite in rewrites}) == 5 * FOR_EACH_SEED
    assert sum(rewrite.straddles > 0 for rewrite in rewrites) > 0.6 * len(rewrites)
    assert sum(rewrite.entries > 66 for rewrite in rewrites) > 0.1 * len(rewrites)
    assert any(LOST in part.text for rewrite in rewrites for _, part in rewrite.article.numbered())
