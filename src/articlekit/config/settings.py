"""Every setting, with its type, range, default and what it does: the one place where a setting is declared.

`load_config`, `show`, `init`, the documentation and the tests all read these declarations.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from articlekit.config.composed import Conditions, SiteSwitches
from articlekit.config.declare import Section, Setting, checked, setting
from articlekit.config.kinds import (
    Choice,
    Choices,
    Encoding,
    Folders,
    Limit,
    Number,
    Switch,
    Text,
    Texts,
    Whole,
)
from articlekit.errors import ConfigError


@dataclass(frozen=True, slots=True)
class InputSettings(Section):
    """How inputs are read."""

    text_field: str | None = setting(
        Text(),
        None,
        "Field of a record that holds its text. Unset: guessed from common names, and said so.",
        "--text-field",
    )
    html_field: str | None = setting(
        Text(),
        None,
        "Field of a record that holds its HTML. Unset: guessed from common names, and said so.",
        "--html-field",
    )
    id_field: str | None = setting(
        Text(), None, "Field of a record that holds its id. Unset: guessed.", "--id-field"
    )
    url_field: str | None = setting(
        Text(), None, "Field of a record that holds its address. Unset: guessed.", "--url-field"
    )
    title_field: str | None = setting(
        Text(), None, "Field of a record that holds its title. Unset: guessed.", "--title-field"
    )
    date_field: str | None = setting(
        Text(), None, "Field of a record that holds its date of publication. Unset: guessed.", "--date-field"
    )
    encoding: str | None = setting(
        Encoding(), None, "Encoding of every input. Unset: found out for each record.", "--encoding"
    )
    format: str = setting(
        Choice(("auto", "html", "text", "jsonl", "json", "csv", "parquet")),
        "auto",
        'What the inputs are. "auto" goes by the ending of the name, or by the first bytes.',
        "--input-format",
    )
    join_pages: bool = setting(
        Switch(),
        False,
        "Join articles that are continued over several pages (a.html, a_2.html; ?page=2) where they are.",
        "--join-pages",
    )
    max_record_bytes: int = setting(
        Whole(1024, 2**31 - 1),
        64 * 1024 * 1024,
        "Records with more bytes than this are quarantined unread, so that none can take all memory.",
    )


@dataclass(frozen=True, slots=True)
class CleanSettings(Section):
    """What is done to the characters of a text."""

    script: str = setting(
        Choice(("hans", "hant", "tw", "twp", "hk", "hkp", "keep")),
        "hans",
        "Chinese script of the output: Simplified, Traditional (generic, Taiwan, Hong Kong; with p their "
        "words too), or as it came.",
        "--script",
    )
    script_engine: str = setting(
        Choice(("articlekit", "opencc-python")),
        "articlekit",
        "Who converts the script: articlekit (current OpenCC dictionaries) or opencc-python-reimplemented.",
        "--script-engine",
    )
    zhe_layer: bool = setting(
        Switch(),
        True,
        "Resolve 著 into 着 or 著 by phrase when converting to Simplified, which OpenCC does not.",
    )
    normal_forms: str = setting(
        Choice(("zh-finance", "zh-keep-width", "zh-halfwidth", "nfc", "none")),
        "zh-finance",
        "Policy for characters with several forms (full-width, compatibility ideographs, invisible ones).",
    )
    mojibake: bool = setting(
        Switch(), True, "Undo runs of Chinese text that were written in one encoding and read in another."
    )
    ftfy: bool = setting(Switch(), True, "Let ftfy repair lines that show its triggers.")
    annotated: bool = setting(Switch(), True, "Undo pinyin annotations that were glued behind characters.")
    comments: str = setting(
        Choice(("drop", "keep", "apart")),
        "drop",
        "Readers' comments on a page: dropped, kept behind the article, or apart in extra.comments.",
        "--comments",
    )
    protected: tuple[str, ...] = setting(
        Texts(), (), "Words that script conversion leaves as they are, such as names of people and companies."
    )


@dataclass(frozen=True, slots=True)
class RuleSettings(Section):
    """Which rules remove chrome."""

    builtin: bool = setting(Switch(), True, "Use the rules that come with articlekit.")
    folders: tuple[str, ...] = setting(
        Folders(),
        (),
        "Folders with more rules (*.toml). Relative ones start from the file this is written in.",
        "--rules",
    )
    disable: tuple[str, ...] = setting(
        Texts(),
        (),
        "Rules that are switched off, by id, by a pattern of ids such as zh.share.*, or by category.",
        "--disable",
    )
    domains: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = setting(
        SiteSwitches(),
        (),
        "Rules that are switched off or on for a host and its subdomains, whatever else is set.",
    )


@dataclass(frozen=True, slots=True)
class DedupSettings(Section):
    """How near-duplicates are found and what becomes of them."""

    enabled: bool = setting(Switch(), True, "Look for near-duplicates at all.")
    threshold: float = setting(
        Number(0.1, 1.0),
        0.7,
        "Jaccard similarity of 5-character shingles from which two texts are near-duplicates.",
        "--threshold",
    )
    remove: tuple[str, ...] = setting(
        Choices(("repost", "updated"), needs=(("updated", "repost"),)),
        ("repost",),
        "Classes of near-duplicates that are removed: the same figures, other figures. The rest is marked.",
        "--remove",
    )
    action: str = setting(
        Choice(("drop", "mark")),
        "drop",
        'What removing means: "drop" moves the record to the duplicates, "mark" keeps it as an article too.',
        "--duplicates",
    )
    policy: str = setting(
        Choice(("longest", "earliest", "lowest-id")),
        "longest",
        "Which article of several near-duplicates is kept; ties go to the lowest id.",
    )


@dataclass(frozen=True, slots=True)
class OutputSettings(Section):
    """What is written."""

    format: str = setting(Choice(("jsonl", "parquet")), "jsonl", "Format of the articles.", "--format")
    compress: str = setting(
        Choice(("none", "gz", "zst")), "none", "Compression of the JSON lines.", "--compress"
    )
    drop_if: tuple[str, ...] = setting(
        Conditions(),
        (),
        "Articles for which one of these holds are dropped, with the reason, instead of written.",
        "--drop-if",
    )


@dataclass(frozen=True, slots=True)
class RunSettings(Section):
    """How a run goes."""

    workers: int = setting(
        Whole(0, 4096), 0, "Worker processes; 0 is one per available core.", "--workers", changes_output=False
    )
    max_errors: str = setting(
        Limit(),
        "5%",
        "More quarantined records than this, as a count or a share of those read, make the exit code 1.",
        "--max-errors",
        changes_output=False,
    )
    ledger: bool = setting(
        Switch(), False, "Write the ledger, from which `restore` rebuilds the decoded input text.", "--ledger"
    )
    ledger_source: bool = setting(
        Switch(), False, "Keep the decoded HTML source in the ledger too.", "--ledger-source"
    )

    def too_many(self, errors: int, read: int) -> bool:
        """Tell whether `errors` of `read` records are more than `max_errors` allows.

        >>> RunSettings(max_errors="5%").too_many(1, 20), RunSettings(max_errors="5%").too_many(2, 20)
        (False, True)
        """
        return exceeds(errors, self.max_errors, read)


def exceeds(count: int, limit: str, total: int) -> bool:
    """Tell whether a count is more than a limit: a number, or a share of the total.

    >>> exceeds(2, "5%", 20), exceeds(2, "2", 20)
    (True, False)
    """
    if limit.endswith("%"):
        return count * 100 > float(limit[:-1]) * total
    return count > int(limit)


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. Immutable, hashable and picklable.

    >>> config = Config(dedup=DedupSettings(threshold=0.8))
    >>> config.dedup.threshold, config.clean.script
    (0.8, 'hans')
    >>> Config(dedup=DedupSettings(threshold=7))
    Traceback (most recent call last):
    articlekit.errors.ConfigError: DedupSettings.threshold: expected a number from 0.1 to 1, found 7
    """

    input: InputSettings = InputSettings()
    clean: CleanSettings = CleanSettings()
    rules: RuleSettings = RuleSettings()
    dedup: DedupSettings = DedupSettings()
    output: OutputSettings = OutputSettings()
    run: RunSettings = RunSettings()

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """Build a configuration from dotted keys; what is not given has its default.

        Raises:
            ConfigError: a key is unknown, or a value has the wrong type or is out of range.

        >>> Config.from_values({"dedup.threshold": 0.8}).dedup.threshold
        0.8
        """
        sections: dict[str, dict[str, Any]] = {field.name: {} for field in dataclasses.fields(cls)}
        known = {declared.key: declared for declared in settings()}
        for key, value in values.items():
            if key not in known:
                raise ConfigError(f"unknown setting {key!r}")
            declared = known[key]
            sections[declared.section][declared.name] = checked(declared.kind, value, key)
        return cls(**{name: _SECTIONS[name](**given) for name, given in sections.items()})

    def values(self) -> dict[str, Any]:
        """Return every value by dotted key.

        >>> Config().values()["dedup.remove"]
        ('repost',)
        """
        return {s.key: getattr(getattr(self, s.section), s.name) for s in settings()}

    def to_dict(self) -> dict[str, dict[str, Any]]:
        """Return every value as JSON-ready tables, as they stand in ``articlekit.toml``."""
        tables: dict[str, dict[str, Any]] = {}
        for declared in settings():
            value = getattr(getattr(self, declared.section), declared.name)
            tables.setdefault(declared.section, {})[declared.name] = declared.kind.plain(value)
        return tables

    def digest(self) -> str:
        """Return 16 hex digits that change when a setting changes that the written records depend on.

        The number of workers and the limit of errors do not count, so a run may be resumed with others.

        >>> Config().digest() == Config(run=RunSettings(workers=3)).digest()
        True
        >>> Config().digest() == Config(dedup=DedupSettings(threshold=0.8)).digest()
        False
        """
        values = self.values()
        counted = {s.key: values[s.key] for s in settings() if s.changes_output}
        canonical = json.dumps(counted, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()[:16]


_SECTIONS: Mapping[str, Any] = {
    "input": InputSettings,
    "clean": CleanSettings,
    "rules": RuleSettings,
    "dedup": DedupSettings,
    "output": OutputSettings,
    "run": RunSettings,
}


@cache
def settings() -> tuple[Setting, ...]:
    """Return every setting, in the order of declaration."""
    return tuple(_declared())


def _declared() -> Iterator[Setting]:
    for section, cls in _SECTIONS.items():
        for field in dataclasses.fields(cls):
            facts = field.metadata
            yield Setting(section, field.name, default=field.default, **facts)


def section_names() -> tuple[str, ...]:
    """Return the names of the tables, in the order of declaration."""
    return tuple(_SECTIONS)


def section_doc(name: str) -> str:
    """Return what a table is about, one sentence."""
    doc: str = _SECTIONS[name].__doc__ or ""
    return doc
