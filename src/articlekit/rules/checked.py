"""One rule from its TOML table, with every check that a single rule can be put to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from difflib import get_close_matches
from typing import Any, NoReturn, get_args

from articlekit.errors import RuleError
from articlekit.rules.domains import EXCEPT
from articlekit.rules.model import FIELDS, Action, Anchor, Rule, Scope, Severity, Zone
from articlekit.rules.patterns import (
    INLINE_REACH,
    WINDOW,
    complaint,
    fold_literal,
    fold_pattern,
    longest_match,
)
from articlekit.text.html.selectors import selector_complaint

_KEYS = {field.name: field for field in fields(Rule) if field.name != "file"}
_REQUIRED = [
    name for name, field in _KEYS.items() if field.default is MISSING and field.default_factory is MISSING
]
_CHOICES: dict[str, tuple[str, ...]] = {
    "scope": get_args(Scope),
    "zone": get_args(Zone),
    "anchor": get_args(Anchor),
    "action": get_args(Action),
    "severity": get_args(Severity),
    "field": FIELDS,
}
_LISTS = ("prefilter", "match", "no_match", "domains", "known_miss")
_NUMBERS = {"max_chars": (1, 4000), "max_lines": (1, 40)}
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_ID = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*){1,5}\Z")
_DOMAIN = re.compile(r"(?:!?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,9}|\*)\Z")
_GROUP = re.compile(r"\(\?P<(\w+)>")


def rule_from_table(table: Any, file: str, index: int, *, trusted: bool = False) -> Rule:
    """Return the rule of one ``[[rule]]`` table; `index` counts the tables of the file from 1.

    The pattern of a `trusted` rule is not checked again, which takes most of the time.

    Raises:
        RuleError: naming file, rule, what is wrong and the remedy.
    """
    return _Reader(table, file, index).read(trusted=trusted)


class _Reader:
    """Reads one table; `fail` knows what to name."""

    def __init__(self, table: Any, file: str, index: int) -> None:
        self.file, self.name = file, f"number {index}"
        if not isinstance(table, Mapping):
            self.fail(f"is not a table but {type(table).__name__}; write [[rule]] above it")
        self.table: Mapping[str, Any] = table
        if isinstance(table.get("id"), str):
            self.name = repr(table["id"])

    def fail(self, what: str) -> NoReturn:
        raise RuleError(f"{self.file}: rule {self.name}: {what}")

    def read(self, *, trusted: bool) -> Rule:
        self._check_keys()
        values = {key: self._value(key, value) for key, value in self.table.items()}
        rule = Rule(**values, file=self.file)
        self._check_names(rule)
        self._check_examples(rule)
        self._check_combination(rule)
        if not trusted:
            self._check_pattern(rule)
        return rule

    def _check_keys(self) -> None:
        for key in self.table:
            if key not in _KEYS:
                close = get_close_matches(key, _KEYS, 1)
                hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(_KEYS)}"
                self.fail(f"unknown key {key!r}; {hint}")
        for key in _REQUIRED:
            if key not in self.table:
                self.fail(f"key {key!r} is missing; required are {', '.join(_REQUIRED)}")

    def _value(self, key: str, value: Any) -> Any:
        if key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(text, str) and text for text in value):
                self.fail(f'{key!r} is not a list of texts; write {key} = ["…", "…"]')
            return tuple(value)
        if key in _NUMBERS:
            least, most = _NUMBERS[key]
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                self.fail(f"{key!r} is {value!r}; write a whole number from {least} to {most}")
            return value
        if key == "confidence":
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
                self.fail(f"'confidence' is {value!r}; write a number above 0, at most 1")
            return float(value)
        if not isinstance(value, str) or not value:
            self.fail(f"{key!r} is not a text; write {key} = '…'")
        if key in _CHOICES and value not in _CHOICES[key]:
            close = get_close_matches(value, _CHOICES[key], 1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            self.fail(f"{key} {value!r} is unknown; choose one of {', '.join(_CHOICES[key])}{hint}")
        return value

    def _check_names(self, rule: Rule) -> None:
        if not _ID.match(rule.id):
            self.fail("the id is not of the form language.category.name, all in small letters")
        if not _SLUG.match(rule.category):
            self.fail(f"category {rule.category!r} is not one word in small letters and hyphens")
        if all(domain.startswith(EXCEPT) for domain in rule.domains):
            self.fail('\'domains\' names no site; write ["*"] for all, ["*", "!example.com"] for all but one')
        for domain in rule.domains:
            if not _DOMAIN.match(domain):
                self.fail(
                    f"domain {domain!r} is no host; write it in small letters, without https:// and path"
                )

    def _check_examples(self, rule: Rule) -> None:
        if len(rule.match) < 2:
            self.fail(f"{len(rule.match)} example in 'match'; give at least two lines it must match")
        if not rule.no_match:
            self.fail("no example in 'no_match'; give a similar line that must stay")
        if not rule.prefilter:
            self.fail("'prefilter' is empty; give a literal that stands in every line it matches")
        folded_as = str if rule.scope == "selector" else fold_literal
        literals = [folded_as(literal) for literal in rule.prefilter]
        for literal, folded in zip(rule.prefilter, literals, strict=True):
            if len(folded) < 2:
                self.fail(f"prefilter {literal!r} is shorter than two characters; use a longer one")
        for example in rule.match:
            if not any(literal in folded_as(example) for literal in literals):
                self.fail(f"no prefilter literal stands in the match example {example!r}; add one that does")

    def _check_combination(self, rule: Rule) -> None:
        if rule.scope == "selector":
            self._check_selector(rule)
            return
        if rule.action == "trim" and rule.scope != "inline":
            self.fail("action 'trim' takes a part of a line; set scope = 'inline', or action = 'remove'")
        if rule.scope == "inline":
            if rule.action == "remove":
                self.fail("action 'remove' takes whole lines; set action = 'trim', or scope = 'line'")
            if rule.anchor == "full":
                self.fail("scope 'inline' takes a part of a line; set anchor = 'start', 'end' or 'search'")
        if rule.anchor == "search" and rule.max_chars is None:
            self.fail("anchor 'search' needs max_chars; a match somewhere says little about a long line")
        most = INLINE_REACH if rule.scope == "inline" else WINDOW
        if rule.anchor in ("search", "full") and (rule.max_chars or 0) > most:
            self.fail(f"max_chars is above {most}; longer lines are judged by their start or end")
        if (rule.scope == "block") != (rule.max_lines is not None):
            self.fail("max_lines belongs to scope 'block', and is required there")
        if rule.scope == "block" and (rule.zone != "footer" or rule.action != "remove"):
            self.fail("scope 'block' takes what follows too; it needs zone = 'footer' and action = 'remove'")

    def _check_selector(self, rule: Rule) -> None:
        """Nothing of a selector is about lines."""
        for key in ("zone", "anchor", "action", "field", "max_chars", "max_lines"):
            if getattr(rule, key) != _KEYS[key].default:
                self.fail(f"{key!r} is about lines; leave it out where scope is 'selector'")

    def _check_pattern(self, rule: Rule) -> None:
        if rule.scope == "selector":
            if problem := selector_complaint(rule.pattern):
                self.fail(f"pattern: {problem}")
            return
        if problem := complaint(fold_pattern(rule.pattern), rule.anchor):
            self.fail(f"pattern: {problem}")
        if rule.scope == "inline" and rule.anchor == "search":
            longest = longest_match(fold_pattern(rule.pattern))
            if longest > WINDOW // 2:
                self.fail(f"pattern: can match {longest} characters, at most {WINDOW // 2} inside a line")
        groups = _GROUP.findall(rule.pattern)
        if rule.action == "field":
            if rule.field is None or rule.field not in groups:
                self.fail(
                    "action 'field' needs field = 'name' and a group (?P<name>…) in the pattern, "
                    f"where name is one of {', '.join(FIELDS)}"
                )
        elif rule.field is not None:
            self.fail("'field' belongs to action = 'field'")
        for group in groups:
            if group not in FIELDS:
                self.fail(f"group {group!r} is no field; known are {', '.join(FIELDS)}")
