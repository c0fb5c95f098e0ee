"""Read rules from TOML files and refuse those that are wrong.

The rules that come with articlekit lie in ``rules/`` at the top of the repository and travel in the wheel
as ``articlekit/rules/builtin``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias

from articlekit.errors import RuleError
from articlekit.rules.checked import rule_from_table
from articlekit.rules.domains import EXCEPT, switched
from articlekit.rules.model import FORMAT, Rule, RuleSet
from articlekit.rules.selftest import check_examples

# a host, rules switched off there, rules switched on there
SiteSwitches: TypeAlias = tuple[str, Sequence[str], Sequence[str]]


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


def load(
    paths: Iterable[str | Path] = (),
    disable: Iterable[str] = (),
    *,
    builtin: bool = True,
    domains: Iterable[SiteSwitches] = (),
    examples: bool = True,
) -> RuleSet:
    """Return the rules of folders or files, then the built-in ones, without those that are switched off.

    Rules are tried in this order, so one's own win over the built-in ones.

    Args:
        paths: folders with ``*.toml`` files, or such files.
        disable: ids, patterns of ids such as ``zh.share.*``, or categories.
        builtin: whether to add the rules that come with articlekit.
        domains: per host, what is switched off and on there, named like `disable`.
        examples: whether to refuse rules of `paths` that their own examples contradict.

    Raises:
        RuleError: as for `load_folder`; also for an id used twice or a name that fits no rule.
    """
    paths, disable, domains = list(paths), list(disable), list(domains)
    if builtin and not (paths or disable or domains):
        return load_builtin()
    rules = [rule for path in paths for rule in _read_path(Path(path))]
    if examples:
        _refuse_contradicted(rules)
    if builtin:
        rules += load_builtin()
    _refuse_duplicates(rules)
    return RuleSet.of(tuple(_switched(rules, disable, domains)))


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


def _refuse_contradicted(rules: list[Rule]) -> None:
    """Refuse rules that can never fire, or that their examples say to be wrong."""
    files = {rule.id: rule.file for rule in rules}
    for problem in check_examples(RuleSet.of(tuple(rules))):
        if problem.kind != "known-miss-passes":
            place = f"{files[problem.rule]}: rule {problem.rule!r}"
            raise RuleError(f"{place}: {problem.kind}: {problem.text!r}: {problem.message}")


def _switched(rules: list[Rule], disable: Iterable[str], domains: Iterable[SiteSwitches]) -> list[Rule]:
    """Return the rules that are on somewhere, each with the domains where it is."""
    where = {rule.id: rule.domains for rule in rules}
    for name in disable:
        for rule_id in _fitting(name, rules, "disable"):
            where[rule_id] = ()
    for host, off, on in sorted(domains, key=lambda switches: switches[0].count(".")):  # the general first
        place = f'rules.domains."{host}"'
        switches = [(name, "disable", False) for name in off] + [(name, "enable", True) for name in on]
        for name, key, is_on in switches:
            for rule_id in _fitting(name, rules, f"{place}.{key}"):
                where[rule_id] = switched(where[rule_id], host, on=is_on)
    return [
        rule if where[rule.id] == rule.domains else replace(rule, domains=where[rule.id])
        for rule in rules
        if any(not domain.startswith(EXCEPT) for domain in where[rule.id])
    ]


def _fitting(name: str, rules: Iterable[Rule], place: str) -> set[str]:
    """Return the ids of the rules that a name in a list of switches means."""
    found = {rule.id for rule in rules if rule.category == name or fnmatchcase(rule.id, name)}
    if not found:
        known = {name for rule in rules for name in (rule.id, rule.category)}
        close = get_close_matches(name, sorted(known), 1)
        hint = f"did you mean {close[0]!r}?" if close else "`articlekit rules list` shows all ids"
        raise RuleError(f"{place}: no rule is called {name!r}; {hint}")
    return found
