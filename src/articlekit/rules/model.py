"""What a rule is: the fields of the format, read-only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

Scope: TypeAlias = Literal["line", "block", "inline", "selector"]
Zone: TypeAlias = Literal["any", "header", "body", "footer", "outside"]
Anchor: TypeAlias = Literal["full", "start", "end", "search"]
Action: TypeAlias = Literal["remove", "trim", "field", "flag"]
Severity: TypeAlias = Literal["info", "warning", "error"]

FORMAT = 1
FIELDS = ("title", "published", "author", "editor", "channel", "site")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. Defaults are those of the format; `docs/rules.md` explains each key.

    Attributes:
        id: stable name such as ``zh.disclaimer.investment-risk``, never reused.
        category: what kind of line it is, such as ``disclaimer``.
        pattern: regular expression over the folded view (`articlekit.text.fold`) of a line; for scope
            ``selector`` a CSS selector.
        prefilter: literals of which at least one stands in every line the pattern matches; for scope
            ``selector`` in every page.
        why: reason, for people.
        match: lines it must match; for scope ``selector`` pieces of HTML.
        no_match: lines it must not match.
        scope: ``line`` judges a whole line, ``inline`` a part of it, ``block`` a line and the short lines
            that follow it, ``selector`` elements of a page.
        zone: where in the document it may fire; ``outside`` is header or footer.
        anchor: where in the line the pattern must match.
        action: what happens to what it matches.
        field: for action ``field``, the named group that must be filled; other groups named like a
            field are taken too.
        max_chars: longest line it looks at; required for anchor ``search``.
        max_lines: for scope ``block``, how many lines may follow.
        severity: how `check` reports a line of this kind that is left in a corpus.
        confidence: how sure the rule is, 0 to 1.
        domains: hosts it is for, subdomains included; ``*`` for all, ``!`` before one for an exception.
        known_miss: lines it should match and does not, yet.
        file: where it was read from, for messages; not part of the rule's content.
    """

    id: str
    category: str
    pattern: str
    prefilter: tuple[str, ...]
    why: str
    match: tuple[str, ...]
    no_match: tuple[str, ...]
    scope: Scope = "line"
    zone: Zone = "any"
    anchor: Anchor = "full"
    action: Action = "remove"
    field: str | None = None
    max_chars: int | None = None
    max_lines: int | None = None
    severity: Severity = "error"
    confidence: float = 0.9
    domains: tuple[str, ...] = ("*",)
    known_miss: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """Rules in the order in which they are tried; equal when their content is.

    Attributes:
        rules: the rules.
        version: first 12 hex digits of the SHA-256 of their content, file names aside.
    """

    rules: tuple[Rule, ...]
    version: str

    @classmethod
    def of(cls, rules: tuple[Rule, ...]) -> RuleSet:
        """Make a rule set and compute its version.

        >>> RuleSet.of(()).version
        '4f53cda18c2b'
        """
        content = [{key: value for key, value in asdict(rule).items() if key != "file"} for rule in rules]
        encoded = json.dumps(content, ensure_ascii=True, sort_keys=True).encode("ascii")
        return cls(rules, hashlib.sha256(encoded).hexdigest()[:12])

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleSet) and self.version == other.version

    def __hash__(self) -> int:
        return hash(self.version)

    def get(self, rule_id: str) -> Rule | None:
        """Return the rule of that id, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)
