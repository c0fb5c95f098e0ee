"""Read rules from TOML files and refuse those that are wrong.

The rules that come with articlekit lie in ``rules/`` at the top of the repository and travel in the wheel
as ``articlekit/rules/builtin``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from articlekit.errors import RuleError
from articlekit.rules.checked import rule_from_table
from articlekit.rules.model import FORMAT, Rule, RuleSet


@cache
def load_builtin() -> RuleSet:
    """Return the rules that come with articlekit.

    Their patterns are checked by the project's tests and not again on every start.

    >>> load_builtin().get("zh.disclaimer.investment-risk").category
    'disclaimer'
    """
    rules = list(_read_folder(builtin_folder(), trusted=True))
    _refuse_duplicates(rules)
    return RuleSet.of(tuple(rules))


def load_folder(path: str | Path) -> RuleSet:
    """Return the rules of all ``*.toml`` files of a folder, files in order of their names.

    Raises:
        RuleError: when there is no such folder, it holds no rules, or one of them is wrong; the message
            names file, rule and remedy.
    """
    return load([path], builtin=False)


def load(paths: Iterable[str | Path] = (), disable: Iterable[str] = (), *, builtin: bool = True) -> RuleSet:
    """Return the rules of folders or files, then the built-in ones, without those in `disable`.

    Rules are tried in this order, so one's own win over the built-in ones. `disable` holds ids, or
    patterns of ids such as ``zh.share.*``.

    Raises:
        RuleError: as for `load_folder`; also for an id used twice or one in `disable` that fits no rule.
    """
    paths, disable = list(paths), list(disable)
    if builtin and not paths and not disable:
        return load_builtin()
    rules = [rule for path in paths for rule in _read_path(Path(path))]
    if builtin:
        rules += load_builtin()
    _refuse_duplicates(rules)
    return RuleSet.of(tuple(_without(rules, disable)))


def builtin_folder() -> Traversable:
    """Return where the built-in rules lie: in the package, or at the top of a checkout."""
    packaged = files("articlekit.rules").joinpath("builtin")
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[3] / "rules"  # an editable install runs from src/
    if checkout.is_dir():
        return checkout
    raise RuleError(
        f"the built-in rules are missing: neither {packaged} nor {checkout} exists; install articlekit again"
    )


def _read_path(path: Path) -> Iterator[Rule]:
    if path.is_file():
        yield from _read_file(path)
    elif path.is_dir():
        yield from _read_folder(path)
    else:
        raise RuleError(f"{path}: no such file or folder of rules; check --rules and rules.folders")


def _read_folder(folder: Traversable, *, trusted: bool = False) -> Iterator[Rule]:
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=_name)
    if not found:
        raise RuleError(f"{folder}: holds no *.toml file; rules are read from files of that name")
    for entry in found:
        yield from _read_file(entry, trusted=trusted)


def _name(entry: Traversable) -> str:
    return entry.name


def _read_file(entry: Traversable, *, trusted: bool = False) -> Iterator[Rule]:
    try:
        table = tomllib.loads(entry.read_bytes().decode("utf-8"))
    except OSError as error:
        raise RuleError(f"{entry}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise RuleError(f"{entry}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{entry}: not TOML: {error}; patterns are best written in single quotes") from None
    if table.get("format") != FORMAT:
        raise RuleError(f"{entry}: expected 'format = {FORMAT}' at the top, found {table.get('format')!r}")
    for key in table:
        if key not in ("format", "rule"):
            raise RuleError(f"{entry}: unknown key {key!r}; a file holds 'format' and [[rule]] tables")
    rules = table.get("rule", [])
    if not isinstance(rules, list):
        raise RuleError(f"{entry}: 'rule' is not a list; write [[rule]] with two brackets")
    for index, rule in enumerate(rules, 1):
        yield rule_from_table(rule, str(entry), index, trusted=trusted)


def _refuse_duplicates(rules: Iterable[Rule]) -> None:
    seen: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in seen:
            raise RuleError(
                f"{rule.file}: rule {rule.id!r}: the id is already used in {seen[rule.id].file}; "
                "choose another, or switch the other one off"
            )
        seen[rule.id] = rule


def _without(rules: list[Rule], disable: Iterable[str]) -> list[Rule]:
    off: set[str] = set()
    for pattern in disable:
        fitting = {rule.id for rule in rules if fnmatchcase(rule.id, pattern)}
        if not fitting:
            close = get_close_matches(pattern, [rule.id for rule in rules], 1)
            hint = f"did you mean {close[0]!r}?" if close else "`articlekit rules list` shows all ids"
            raise RuleError(f"disable: no rule is called {pattern!r}; {hint}")
        off |= fitting
    return [rule for rule in rules if rule.id not in off]
