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
from itertools import chain, groupby

from articlekit.errors import ConfigError
from articlekit.model import Edit
from articlekit.text.edits import moved
from articlekit.text.positions import apply_edits
from articlekit.text.script.conversion import Engine, convert_edits
from articlekit.text.script.detection import (
    ScriptReading,
    detect,
    detect_lines,
    has_other_letters,
    other_language_lines,
)
from articlekit.text.script.names import NameTable, keep_names
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
# Traditional share of the characters that tell, up to which a line of Simplified text holds names.
_FEW = 0.2


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
        protected: names that stay as they are. To Simplified, on top of those of
            ``data/protected_names.toml``, and found too where the text writes their characters in
            Traditional: 乾景園林 becomes 乾景园林.
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
    names = _names(protected, to)
    edits: list[Edit] = []
    offset = 0
    for config, part in _parts(text, reading, to):
        found: Sequence[Edit] = ()
        if config and (found := convert_edits(part, config, engine=engine).edits):
            found = keep_names(part, found, names.places(part))
        if to == "hans" and zhe_layer and "著" in part:
            found = _with_zhe_layer(part, found, names, everywhere=config is not None)
        edits += moved(found, offset)
        offset += len(part) + 1
    return Converted(
        apply_edits(text, edits), tuple(edits), reading.script, "Hans" if to == "hans" else "Hant"
    )


def _parts(text: str, reading: ScriptReading, to: str) -> Iterator[tuple[str | None, str]]:
    """Yield the text in parts of whole lines, each with its configuration."""
    lines = text.split("\n")
    if reading.script == "mixed":
        configs = [_config_of_line(line, reading, to) for line in detect_lines(text)]
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


def _config_of_line(line: ScriptReading, document: ScriptReading, to: str) -> str | None:
    """Return the configuration for a line of a mixed text.

    To Simplified, a line is Traditional by any character that tells, since conversion leaves Simplified
    alone; but where most of the document is Simplified, a few in a line may be those of a name.
    """
    hans, hant = _TARGETS[to]
    if to != "hans":
        return hant if line.script == "Hant" else hans
    few = _FEW if document.hant_share < 0.5 else 0.0
    return hant if line.hant_share > few else hans


# --- protected names -------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _names(protected: frozenset[str], to: str) -> NameTable:
    """Compile names; those that come with articlekit are Simplified, so they stay for ``hans`` alone."""
    if to != "hans":
        return NameTable(protected, loose=False)
    file = resources.files("articlekit.steps").joinpath("data", "protected_names.toml")
    packaged = tomllib.loads(file.read_text("utf-8")).values()
    return NameTable([*chain.from_iterable(packaged), *protected], loose=True)


# --- the zhe layer ---------------------------------------------------------------------------------


def _with_zhe_layer(
    text: str, edits: Sequence[Edit], names: NameTable, *, everywhere: bool
) -> Sequence[Edit]:
    """Add the edits that turn 著 into 着 after `edits`, but for those inside names."""
    converted = apply_edits(text, edits)
    kept = {at for start, end, _ in names.places(converted) for at in range(start, end)}
    places = [at for at in zhe_places(converted, everywhere=everywhere) if at not in kept]
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
