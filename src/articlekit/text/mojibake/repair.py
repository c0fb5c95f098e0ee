"""Mojibake of Chinese undone: the edits that turn what a wrong codec read back into the text it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from math import exp
from typing import TypeAlias

from articlekit.model import Edit, Flag, Repaired
from articlekit.text.character_model import CharacterModel, shipped
from articlekit.text.compose import compose_edits
from articlekit.text.edits import moved
from articlekit.text.mojibake.damaged import LOST
from articlekit.text.mojibake.gate import suspicious_lines
from articlekit.text.mojibake.lattice import Read, is_plain
from articlekit.text.mojibake.layers import unwrapped
from articlekit.text.mojibake.reading import USUAL, bad_stretches, clean_scores
from articlekit.text.mojibake.search import Found, find_runs
from articlekit.text.positions import apply_edits

_ASCII = "".join(map(chr, range(0x20, 0x7F)))
KIND = "mojibake"
_STEP = "repair"
_MOST_STEPS = 3
_KEPT = 4  # readings of a line with one step undone that are followed further
_LEAST_GAIN = 20.0  # nats that a line must gain by undoing several steps
_SCALE = 12.0  # nats; turns a gain into a confidence
_LONGEST = 5000  # characters of a line of which several steps are undone
_MARGIN = 8  # characters beside a stretch that reads badly
_DAMAGE = 0.5  # share of what makes a line improbable that its outer step must cover

_Placed: TypeAlias = tuple[Edit, tuple[int, ...]]  # and where in `after` guessed characters are


def repair_mojibake(text: str) -> Repaired:
    """Undo mojibake in the lines of a text that show it; the number of lines stays.

    Edits are of step ``repair``; the kind names what happened, steps in the order of the damage. Flags
    ``guessed-character`` say where the wrong codec has several codes for what it read, so that one of
    several characters was chosen as the most probable; only where one step was undone.

    >>> repaired = repair_mojibake("示例：锛屾湰骞村害")
    >>> [(edit.kind, edit.before, edit.after) for edit in repaired.edits]
    [('mojibake: utf-8 read as gbk', '锛屾湰骞村害', '，本年度')]
    """
    if text.isascii():
        return Repaired(text)
    edits: list[Edit] = []
    flags: list[Flag] = []
    longer, number, counted = 0, 1, 0
    known: dict[str, tuple[_Placed, ...]] = {}  # the same line is often there many times
    for start, end in suspicious_lines(text, shipped):
        line = text[start:end]
        if line not in known:
            known[line] = _line_edits(line, shipped())
        number += text.count("\n", counted, start)
        counted = start
        edits += moved((edit for edit, _ in known[line]), start)
        for edit, guesses in known[line]:
            flags += (
                Flag("guessed-character", number, start + edit.start + longer + at, edit.after[at])
                for at in guesses
            )
            longer += len(edit.after) - len(edit.before)
    return Repaired(apply_edits(text, edits), tuple(edits), tuple(flags)) if edits else Repaired(text)


def _line_edits(line: str, model: CharacterModel) -> tuple[_Placed, ...]:
    """Return the edits of a line, each with the offsets of guessed characters in what it puts there."""
    clean = clean_scores(line, model)
    placed = tuple(edit for one in find_runs(line, clean, model) for edit in _run_edits(line, one))
    result = apply_edits(line, [edit for edit, _ in placed])
    if (placed and _is_whole(line, result, model)) or len(line) > _LONGEST:
        return placed
    layered = _layered(line, clean, model, model.log_probability(result))
    return tuple((edit, ()) for edit in layered) or placed


def _is_whole(line: str, result: str, model: CharacterModel) -> bool:
    """Tell whether a repaired line has no more losses than the damaged one and nothing that reads badly."""
    if result.count(LOST) > line.count(LOST) + line.count("?"):
        return False
    return not any(True for _ in bad_stretches(clean_scores(result, model)))


def _run_edits(line: str, found: Found) -> Iterator[_Placed]:
    """Yield the edits of a run; digits and letters that stand in it as they are stay outside."""
    run = found.run
    confidence = round(1.0 - exp(-run.gain / _SCALE), 3)
    for is_kept, group in groupby(run.reads, _is_kept):
        reads = tuple(group)
        start, end = reads[0].start, reads[-1].end
        after = "".join(read.character for read in reads)
        if not is_kept and line[start:end] != after and not _loses_only(line[start:end], after):
            edit = Edit(_STEP, f"{KIND}: {found.chain.name}", start, end, line[start:end], after, confidence)
            lengths = accumulate((len(read.character) for read in reads), initial=0)
            yield edit, tuple(at for at, read in zip(lengths, reads, strict=False) if read.guessed)


def _loses_only(before: str, after: str) -> bool:
    """Tell whether an edit would put marks of loss where nothing shows one, and nothing else."""
    return not after.replace(LOST, "").strip(_ASCII) and LOST not in before and "?" not in before


def _is_kept(read: Read) -> bool:
    return is_plain(read) and read.character.isalnum()


def _layered(line: str, clean: Sequence[float], model: CharacterModel, simple: float) -> tuple[Edit, ...]:
    """Undo two or three steps where that reads better than one, whose log probability is `simple`."""
    if not _may_be_layered(line, clean):
        return ()
    before = model.log_probability(line)
    best: tuple[Edit, ...] = ()
    best_score = max(before, simple) + _LEAST_GAIN
    layers: list[tuple[str, tuple[Edit, ...]]] = [(line, ())]
    for step in range(1, _MOST_STEPS):
        following: list[tuple[str, tuple[Edit, ...]]] = []
        for text, edits in layers:
            for chain, under, undone in unwrapped(text):
                if not edits and _covered(undone, clean) < _DAMAGE:
                    continue
                outer = compose_edits(line, edits, _named(undone, step, chain.name))
                following.append((under, outer))
        following = list({under: (under, outer) for under, outer in following}.values())
        following.sort(key=lambda layer: len(layer[0]))
        layers = following[:_KEPT]
        for under, outer in layers:
            inner = find_runs(under, clean_scores(under, model), model)
            if not inner:
                continue
            named = [
                edit
                for one in inner
                for edit in _named((edit for edit, _ in _run_edits(under, one)), step + 1)
            ]
            whole = compose_edits(line, outer, named)
            if not all("+" in edit.kind for edit in whole):
                continue  # the steps are not of the same text
            score = model.log_probability(apply_edits(line, whole))
            if score > best_score:
                best, best_score = whole, score
    confidence = round(1.0 - exp(min(before - best_score, 0.0) / _SCALE), 3)
    return tuple(replace(edit, kind=_kind(edit.kind), confidence=confidence) for edit in best)


def _may_be_layered(line: str, clean: Sequence[float]) -> bool:
    """Tell whether what reads badly in a stretch of a line is UTF-8 that was misread."""
    for start, end in bad_stretches(clean):
        low, high = max(start - _MARGIN, 0), end + _MARGIN
        steps = unwrapped(line[low:high])
        if any(_covered(undone, clean[low:high]) >= _DAMAGE for _, _, undone in steps):
            return True
    return False


def _covered(edits: Iterable[Edit], clean: Sequence[float]) -> float:
    """Return the share of what makes a line improbable that lies in the places of edits."""
    bad = {at: max(USUAL - clean[at], 0.0) for start, end in bad_stretches(clean) for at in range(start, end)}
    within = {at for edit in edits for at in range(edit.start, edit.end)}
    return sum(bad[at] for at in bad.keys() & within) / (sum(bad.values()) or 1.0)


def _named(edits: Iterable[Edit], step: int, name: str | None = None) -> list[Edit]:
    return [replace(edit, kind=f"{step}:{name or edit.kind.removeprefix(f'{KIND}: ')}") for edit in edits]


def _kind(steps: str) -> str:
    """Name the steps of a composed edit in the order of the damage, which is undone backwards."""
    names = [name.partition(":")[2] for name in sorted(steps.split("+"), reverse=True)]
    return f"{KIND}: {', then '.join(names)}"
