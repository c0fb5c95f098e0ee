"""Convert the script of a document: only what is Traditional, names left alone, 著 and 着 told apart.

What OpenCC answers comes from `articlekit.text.script.conversion`. This step adds three things: it reads the
script first and leaves alone what needs no conversion; names on a list keep their characters; and the
``zhe`` layer resolves 著, which OpenCC leaves as it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from itertools import groupby

from articlekit.errors import ConfigError
from articlekit.model import Edit
from articlekit.text.edits import character_edits
from articlekit.text.positions import apply_edits
from articlekit.text.script.conversion import Engine, convert, convert_edits
from articlekit.text.script.detection import (
    ScriptReading,
    detect,
    detect_lines,
    has_other_letters,
    other_language_lines,
)
from articlekit.text.script.folding import fold
from articlekit.text.script.phrases import PhraseTable
from articlekit.text.script.zhe import zhe_places

STEP = "script"
ZHE_LAYER = "zhe-layer"

# By target: the configuration for Simplified and for Traditional text; None where it stays as it is.
_TARGETS: dict[str, tuple[str | None, str | None]] = {
    "keep": (None, None),
    "hans": (None, "t2s"),
    "hant": ("s2t", None),
    "tw": ("s2tw", "t2tw"),
    "twp": ("s2twp", "t2tw"),
    "hk": ("s2hk", "t2hk"),
    "hkp": ("s2hkp", "t2hk"),
}


@dataclass(frozen=True, slots=True)
class Converted:
    """A text after script conversion.

    Attributes:
        text: the converted text, with as many lines as the input.
        edits: what changed, in characters of the input; kinds are OpenCC configurations and ``zhe-layer``.
        input: script of the input: ``Hans``, ``Hant``, ``mixed``, or None for text that is not Chinese.
        output: script of the output, likewise.
    """

    text: str
    edits: tuple[Edit, ...] = ()
    input: str | None = None
    output: str | None = None


def convert_script(
    text: str,
    to: str = "hans",
    engine: Engine = "articlekit",
    protected: frozenset[str] = frozenset(),
    *,
    zhe_layer: bool = True,
) -> Converted:
    """Convert a document to one script, touching only what is written in another.

    Args:
        text: the document; the script is read for all of it, and line by line where it is mixed.
        to: ``hans``, ``hant``, ``tw``, ``hk``, ``twp`` and ``hkp`` (with regional phrases), or ``keep``.
        engine: see `articlekit.text.script.conversion.convert`.
        protected: names that stay as they are, on top of those of ``data/protected_names.toml``. To
            Simplified, a name also stays when the text writes its other characters in Traditional:
            乾景園林 becomes 乾景园林.
        zhe_layer: whether 著 becomes 着 where Simplified text writes 着; only for ``hans``.

    Raises:
        ConfigError: for an unknown target or engine.

    >>> convert_script("隨著營業收入的增長，公司影響著市場。").text
    '随着营业收入的增长，公司影响着市场。'
    >>> convert_script("乾景园林发布公告").edits
    ()
    """
    if to not in _TARGETS:
        raise ConfigError(f"script target {to!r} is unknown; choose one of {', '.join(_TARGETS)}")
    reading = detect(text)
    if to == "keep" or reading.script is None:
        return Converted(text, (), reading.script, reading.script)
    edits: list[Edit] = []
    offset = 0
    for config, part in _parts(text, reading, to):
        found: Sequence[Edit] = ()
        if config:
            found = _protect(part, convert_edits(part, config, engine=engine).edits, protected, to)
        if to == "hans" and zhe_layer and "著" in part:
            found = _with_zhe_layer(part, found, everywhere=config is not None)
        edits += (replace(edit, start=edit.start + offset, end=edit.end + offset) for edit in found)
        offset += len(part) + 1
    return Converted(
        apply_edits(text, edits), tuple(edits), reading.script, "Hans" if to == "hans" else "Hant"
    )


def _parts(text: str, reading: ScriptReading, to: str) -> Iterator[tuple[str | None, str]]:
    """Yield the text in parts of whole lines, each with its configuration."""
    lines = text.split("\n")
    if reading.script == "mixed":
        configs = [_config_of_line(line, to) for line in detect_lines(text)]
    else:
        config = _TARGETS[to][reading.script == "Hant"]
        if config is None or not has_other_letters(text):
            yield config, text
            return
        configs = [config] * len(lines)
    for number, is_other in enumerate(other_language_lines(text)):
        if is_other:
            configs[number] = None
    for config, group in groupby(zip(configs, lines, strict=True), key=lambda pair: pair[0]):
        yield config, "\n".join(line for _, line in group)


def _config_of_line(line: ScriptReading, to: str) -> str | None:
    """Return the configuration for a line of a mixed text.

    To Simplified, any character that tells makes it Traditional: conversion leaves Simplified alone.
    """
    hans, hant = _TARGETS[to]
    is_hant = line.hant_share > 0 if to == "hans" else line.script == "Hant"
    return hant if is_hant else hans


# --- protected names -------------------------------------------------------------------------------


def _protect(text: str, edits: Sequence[Edit], protected: frozenset[str], to: str) -> Sequence[Edit]:
    """Replace the edits inside protected names by those that give the name."""
    if not edits:
        return edits
    kept = list(edits)
    for start, length, names in _name_table(protected).matches(fold(text)):
        source = text[start : start + length]
        name = next((name for name in names.splitlines() if _is_written(name, source, to)), None)
        if name is None:
            continue
        kept = [part for edit in kept for part in _outside(edit, start, start + length)]
        kept += character_edits(source, name, STEP, edits[0].kind, start)
    return sorted(kept, key=lambda edit: edit.start)


def _is_written(name: str, source: str, to: str) -> bool:
    """Say whether `source` is the name, or to Simplified the name with other characters in Traditional."""
    return name == source or (
        to == "hans" and all(old == new or convert(old) == new for old, new in zip(source, name, strict=True))
    )


def _outside(edit: Edit, start: int, end: int) -> Iterator[Edit]:
    """Yield what is left of an edit outside a span; nothing if it changes the length across its border."""
    if edit.end <= start or edit.start >= end:
        yield edit
    elif len(edit.before) == len(edit.after):
        for first, last in ((edit.start, start), (end, edit.end)):
            if first < last:
                cut = slice(first - edit.start, last - edit.start)
                yield replace(edit, start=first, end=last, before=edit.before[cut], after=edit.after[cut])


@lru_cache(maxsize=8)
def _name_table(protected: frozenset[str]) -> PhraseTable:
    """Compile names for finding them by their folded form; the values are the names themselves."""
    file = resources.files("articlekit.steps").joinpath("data", "protected_names.toml")
    packaged = tomllib.loads(file.read_text("utf-8"))["names"]
    names: dict[str, list[str]] = {}
    for name in sorted({*packaged, *protected} - {""}):
        names.setdefault(fold(name), []).append(name)
    phrases = {key: "\n".join(same) for key, same in names.items() if len(key) > 1}
    alone = {key: "\n".join(same) for key, same in names.items() if len(key) == 1}
    return PhraseTable([phrases], alone, {})


# --- the zhe layer ---------------------------------------------------------------------------------


def _with_zhe_layer(text: str, edits: Sequence[Edit], *, everywhere: bool) -> Sequence[Edit]:
    """Add the edits that turn 著 into 着 after `edits`."""
    places = list(zhe_places(apply_edits(text, edits), everywhere=everywhere))
    return _merged(edits, places) if places else edits


def _merged(edits: Iterable[Edit], places: Iterable[int]) -> list[Edit]:
    """Add edits at `places` of the text after `edits`; those inside a replacement change it."""
    merged: list[Edit] = []
    waiting = list(places)[::-1]
    shift = 0
    for edit in edits:
        start = edit.start + shift
        while waiting and waiting[-1] < start:
            merged.append(_zhe_edit(waiting.pop() - shift))
        after = edit.after
        while waiting and waiting[-1] < start + len(edit.after):
            at = waiting.pop() - start
            after = f"{after[:at]}着{after[at + 1 :]}"
        merged.append(replace(edit, after=after))
        shift += len(edit.after) - len(edit.before)
    merged += (_zhe_edit(at - shift) for at in reversed(waiting))
    return merged


def _zhe_edit(start: int) -> Edit:
    return Edit(STEP, ZHE_LAYER, start, start + 1, "著", "着")
