"""From a line to the runs of it that are mojibake: one step where that is enough, else up to three."""

from __future__ import annotations

from dataclasses import dataclass

from articlekit.text.character_model import CharacterModel
from articlekit.text.characters import is_cjk
from articlekit.text.mojibake.chains import Chain, likely_chains
from articlekit.text.mojibake.damaged import LOST, Damaged
from articlekit.text.mojibake.lattice import PROVEN, Run, best_runs
from articlekit.text.mojibake.reading import USUAL, bad_stretches

_MARGIN = 24  # characters beside a stretch that are looked at too
_QUICK = 200  # characters of a stretch that choose the chains
_WHOLE = 400  # shorter lines are looked at whole
_LEAST_DIFFERENT, _LEAST_CJK = 3, 2  # characters of a run in a double-byte encoding
_ONLY_LETTERS = 40.0  # nats that a run must gain which could be a word of another alphabet
_CHANCE = -13.5  # nats
_LENIENT = 2.0  # nats by which its characters may be less probable
_EXPLAINED = 0.6  # share of what makes a stretch improbable that a repair must cover
_TIE = 3.0  # nats by which a chain must be better than one with the same right codec
_WINDOW = 1000  # characters looked at in one go
_CUT = 16  # characters before the end of such a window that the next one looks at
_FURTHER = 6.0  # nats a run must gain in a line that has another run of the same chain
_FAILURES = 12  # stretches of a line without a repair after which the rest is left


@dataclass(frozen=True, slots=True)
class Found:
    """A run of a line that is mojibake, and of which chain."""

    run: Run
    chain: Chain


def find_runs(line: str, clean: list[float], model: CharacterModel) -> tuple[Found, ...]:
    """Return the runs of a line that are mojibake of one step, in order."""
    found: list[Found] = []
    failures, done = 0, 0
    for first, end in bad_stretches(clean):
        start = max(first, done)
        while start < end and failures < _FAILURES:
            new = _in_stretch(line, start, end, clean, model, done)
            failures += not new
            done = new[-1].run.end if new else done
            start = max(start + _WINDOW, done) if not new else max(start + 1, done)
            found += new
    return tuple(found)


def _in_stretch(
    line: str, start: int, end: int, clean: list[float], model: CharacterModel, done: int
) -> list[Found]:
    likely = likely_chains(line, start, min(end, start + _QUICK), clean, model)
    low, high = max(done, start - _MARGIN), min(end + _MARGIN, start + _WINDOW)
    if len(line) <= _WHOLE:
        low, high = done, len(line)
    best: list[Found] = []
    best_gain = 0.0
    for chain in likely:
        runs = _accepted(line, low, high, chain, clean, model)
        gain = sum(found.run.gain for found in runs)
        is_alike = bool(best) and best[0].chain.right == chain.right
        if gain > best_gain + _TIE * is_alike and _explains(runs, start, min(end, high), clean):
            best, best_gain = runs, gain
    return best


def _explains(runs: list[Found], start: int, end: int, clean: list[float]) -> bool:
    """Tell whether what reads badly in a stretch lies in the runs, not mostly beside them."""
    covered = {at for found in runs for at in range(found.run.start, found.run.end)}
    bad = {at: USUAL - clean[at] for at in range(start, end) if clean[at] < USUAL}
    return sum(bad[at] for at in bad.keys() & covered) >= _EXPLAINED * sum(bad.values())


def _accepted(
    line: str, low: int, high: int, chain: Chain, clean: list[float], model: CharacterModel
) -> list[Found]:
    text = line[low:high]
    part = Damaged.of(text, chain.table)
    runs = best_runs(part, chain.right, model, clean[low:high])
    if not any(_is_sure(run, chain, text) for run in runs):
        return []
    # The line is damaged, so what looked like words of another alphabet may be damaged as well.
    plain: list[float] = model.each(text).tolist()
    runs = best_runs(part, chain.right, model, plain, PROVEN)
    if high < len(line):
        runs = tuple(cut for run in runs if (cut := _cut(run, len(text) - _CUT)))
    most_lost = _most_lost(chain, text)
    return [
        Found(_moved(_without_chance(run, text), low), chain)
        for run in runs
        if _is_sure(run, chain, text)
        or (run.gain >= _FURTHER and _reads(run, chain.least_mean - _LENIENT, most_lost))
    ]


def _is_sure(run: Run, chain: Chain, line: str) -> bool:
    """Tell whether a run alone shows that the chain is true."""
    if run.gain < chain.least_gain or not _reads(run, chain.least_mean, _most_lost(chain, line)):
        return False
    cjk = sum(is_cjk(read.character) for read in run.reads)
    is_double = bool(chain.table.characters)
    outside = [character for character in line[run.start : run.end] if character > "\x7f"]
    # Letters and signs of other alphabets are what such a codec is full of, so alone they prove nothing.
    if is_double and 4 * sum(map(_is_telling, outside)) < len(outside):
        return False
    if chain.right == "utf-8":
        return is_double or cjk > 0
    if len(set(outside)) < _LEAST_DIFFERENT or cjk < _LEAST_CJK:
        return False
    return run.gain >= _ONLY_LETTERS or not all(map(str.isalpha, outside)) or is_double


def _most_lost(chain: Chain, line: str) -> float:
    """Return how many characters may be lost for each that is not: few where no mark shows a loss."""
    if chain.right == "utf-8":
        return 1.0
    return 0.5 if LOST in line or "?" in line else 0.1


def _is_telling(character: str) -> bool:
    return is_cjk(character) or character > "\ud7ff"


def _reads(run: Run, least_mean: float, most_lost: float) -> bool:
    """Tell whether a run reads like text: neither improbable nor mostly lost."""
    scores = [
        read.score for read in run.reads if "\x7f" < read.character < "\uffff" and read.character != LOST
    ]
    lost = sum(read.character == LOST for read in run.reads)
    return bool(scores) and sum(scores) / len(scores) >= least_mean and lost <= len(scores) * most_lost


def _without_chance(run: Run, line: str) -> Run:
    """Give up improbable characters beside a loss that left no mark: their bytes met by chance."""
    reads = list(run.reads)
    for at, read in enumerate(run.reads):
        start, end = max(read.start, 0), read.end if read.end >= 0 else len(line)
        if read.character != LOST or any(mark in line[start:end] for mark in (LOST, "?")):
            continue
        for beside in (at - 1, at + 1):
            if (
                0 <= beside < len(reads)
                and reads[beside].character > "\x7f"
                and reads[beside].score < _CHANCE
            ):
                reads[beside] = reads[beside]._replace(character=LOST)
    return Run(run.start, run.end, tuple(reads), run.gain)


def _cut(run: Run, end: int) -> Run | None:
    """Return what of a run ends before a place, where characters end in the line as well."""
    if run.end <= end:
        return run
    size = max((at + 1 for at, read in enumerate(run.reads) if 0 <= read.end <= end), default=0)
    if not size:
        return None
    share = (run.reads[size - 1].end - run.start) / (run.end - run.start)
    return Run(run.start, run.reads[size - 1].end, run.reads[:size], run.gain * share)


def _moved(run: Run, by: int) -> Run:
    reads = (
        read._replace(
            start=read.start + by if read.start >= 0 else -1, end=read.end + by if read.end >= 0 else -1
        )
        for read in run.reads
    )
    return Run(run.start + by, run.end + by, tuple(reads), run.gain)
