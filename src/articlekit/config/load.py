"""Settings from everywhere they can be set, the nearest to the user winning, each with its origin."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from articlekit.config.declare import Setting, checked
from articlekit.config.files import TomlFile, find, read
from articlekit.config.kinds import Folders, did_you_mean
from articlekit.config.settings import Config, section_names, settings
from articlekit.errors import ConfigError

PREFIX = "ARTICLEKIT_"
CONFIG_VARIABLE = "ARTICLEKIT_CONFIG"
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration, and where each value came from.

    Attributes:
        config: the settings.
        origins: by dotted key, such as ``default``, ``articlekit.toml:12``,
            ``pyproject.toml:40 [tool.articlekit]``, ``environment ARTICLEKIT_DEDUP_THRESHOLD`` or
            ``flag --threshold``.
        files: the configuration files that were read.
    """

    config: Config
    origins: Mapping[str, str]
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class _Layers:
    """Values collected so far; a later layer replaces an earlier one."""

    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=lambda: {s.key: "default" for s in settings()})
    problems: list[str] = field(default_factory=list)

    def put(self, setting: Setting, value: Any, origin: str, *, place: str, text: bool, base: Path) -> None:
        try:
            value = checked(setting.kind, value, place, text=text)
        except ConfigError as error:
            self.problems.append(str(error))
            return
        if isinstance(setting.kind, Folders):
            value = tuple(str(base / folder) for folder in value)
        self.values[setting.key] = value
        self.origins[setting.key] = origin


def load_config(
    path: str | Path | None = None,
    flags: Mapping[str, Any] = _NOTHING,
    environ: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Loaded:
    """Return the configuration that holds here.

    Precedence: flag, environment, ``articlekit.toml``, ``[tool.articlekit]`` in ``pyproject.toml``, default.
    The files are looked for in `cwd` and its parents, up to the first folder that holds one of them or
    ``.git``. Where `path` (or the variable ARTICLEKIT_CONFIG) names a file, only that one is read.

    Args:
        path: a configuration file; one called ``pyproject.toml`` is read at ``[tool.articlekit]``.
        flags: by dotted key; None means that the flag was not given. Text is parsed as in the environment
            where the setting is not text itself.
        environ: variables; default `os.environ`.
        cwd: where to look for files, and what relative paths in flags and variables start from.

    Raises:
        ConfigError: a file cannot be read, a setting is unknown, of the wrong type or out of range. All
            problems are named, one per line.

    >>> loaded = load_config(flags={"dedup.threshold": 0.8}, environ={}, cwd=Path("/"))
    >>> loaded.config.dedup.threshold, loaded.origins["dedup.threshold"], loaded.origins["clean.script"]
    (0.8, 'flag --threshold', 'default')
    """
    environ = os.environ if environ is None else environ
    cwd = Path.cwd() if cwd is None else cwd
    path = path or environ.get(CONFIG_VARIABLE) or None
    files = find(cwd) if path is None else (read(cwd / path, str(path)),)
    layers = _Layers()
    for file in files:
        _add_file(layers, file)
    _add_environment(layers, environ, cwd)
    _add_flags(layers, flags, cwd)
    if layers.problems:
        raise ConfigError("\n".join(layers.problems))
    return Loaded(
        Config.from_values(layers.values),
        MappingProxyType(layers.origins),
        tuple(file.shown for file in files),
    )


def _add_file(layers: _Layers, file: TomlFile) -> None:
    known = {setting.key: setting for setting in settings()}
    for key, value in _flattened(file.table):
        place = file.place(key)
        if key in known:
            layers.put(
                known[key],
                value,
                place + file.suffix,
                place=f"{place}: {key}",
                text=False,
                base=file.path.parent,
            )
        elif key in section_names():
            layers.problems.append(f"{place}: [{key}] must be a table, write [{key}] on a line of its own")
        else:
            names = list(known) if "." in key else [*section_names(), *known]
            layers.problems.append(f"{place}: unknown setting {key!r}{_suggested(key, names)}")


def _flattened(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the settings of a parsed file by dotted key; of an unknown table, only the table."""
    for name, value in table.items():
        if name in section_names() and isinstance(value, dict):
            yield from ((f"{name}.{key}", inner) for key, inner in value.items())
        else:
            yield name, value


def _add_environment(layers: _Layers, environ: Mapping[str, str], cwd: Path) -> None:
    known = {setting.variable: setting for setting in settings()}
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name == CONFIG_VARIABLE:
            continue
        if name in known:
            place = f"environment {name}"
            layers.put(known[name], environ[name], place, place=place, text=True, base=cwd)
        else:
            suggestion = _suggested(name, [*known, CONFIG_VARIABLE], "_")
            layers.problems.append(f"environment {name}: unknown setting{suggestion}")


def _add_flags(layers: _Layers, flags: Mapping[str, Any], cwd: Path) -> None:
    known = {setting.key: setting for setting in settings()}
    for key, value in flags.items():
        if key not in known:
            layers.problems.append(f"flag {key!r}: unknown setting{_suggested(key, list(known))}")
        elif value is not None:
            setting = known[key]
            place = f"flag {setting.flag}" if setting.flag else f"argument {key}"
            layers.put(setting, value, place, place=place, text=isinstance(value, str), base=cwd)


def _suggested(key: str, known: list[str], separator: str = ".") -> str:
    """Return a hint naming the known key that was probably meant, whether or not its table was named."""
    last = key.rpartition(".")[2].lower()
    ends = {full.split(separator, 1 if separator == "." else 2)[-1].lower(): full for full in known}
    word = last.removeprefix(PREFIX.lower())
    if word in ends:
        return f'; did you mean "{ends[word]}"?'
    if hint := did_you_mean(key, tuple(known)):
        return f"; {hint}"
    near = get_close_matches(word, list(ends), n=1, cutoff=0.75)
    return f'; did you mean "{ends[near[0]]}"?' if near else "; `articlekit config show` lists all settings"
