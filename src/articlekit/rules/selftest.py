"""Rules put to the test: their own examples, each other, clean text, and hostile lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter, thread_time
from typing import Literal, TypeAlias

from articlekit.adapters.lxml_selectors import take_out
from articlekit.rules.match import Hit, find, longest_line, matcher
from articlekit.rules.model import Rule, RuleSet
from articlekit.rules.patterns import WINDOW, fold_literal
from articlekit.text.html.selectors import Selectors
from articlekit.text.lines import split_lines

Fault: TypeAlias = Literal[
    "match-missed", "no-match-hit", "known-miss-passes", "shadowed", "clean-changed", "slow"
]

SLOWEST = 0.05  # seconds a rule may take on one hostile line


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a test of the rules found.

    Attributes:
        rule: id of the rule.
        kind: what is wrong.
        text: the example or line.
        message: what happened and what to do about it.
    """

    rule: str
    kind: Fault
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What a self-test ran and found; `problems` is empty when all is well."""

    rules: int
    examples: int
    clean_lines: int
    problems: tuple[Problem, ...]
    seconds: float


def run_selftest(rules: RuleSet, clean: Iterable[str] = ()) -> SelfTest:
    """Run every example, and every rule over the documents `clean`, which must come through unchanged.

    >>> from articlekit.rules.load import load_builtin
    >>> run_selftest(load_builtin(), ["投资有风险，入市需谨慎，这句话写在每一份说明书里。"]).problems
    ()
    """
    begun = perf_counter()
    documents = list(clean)
    problems = [*check_examples(rules), *check_hostile(rules), *check_clean(rules, documents)]
    return SelfTest(
        rules=len(rules),
        examples=sum(len(rule.match) + len(rule.no_match) + len(rule.known_miss) for rule in rules),
        clean_lines=sum(document.count("\n") + 1 for document in documents),
        problems=tuple(problems),
        seconds=perf_counter() - begun,
    )


def check_examples(rules: RuleSet) -> Iterator[Problem]:
    """Yield rules that miss a line they should match, match one they should not, or never get to fire.

    A rule is shadowed when rules tried before it, for the same zone, take all its examples.
    """
    match_line = matcher(rules).match_line
    for rule in rules:
        if rule.scope == "selector":
            yield from _check_elements(rule)
            continue
        first = [_first_for(rule, match_line(text)) for text in rule.match]
        for text in rule.match:
            if not _has(match_line(text), rule):
                yield Problem(
                    rule.id, "match-missed", text, "the pattern does not match; mend either of them"
                )
        for text in rule.no_match:
            if _has(match_line(text), rule):
                yield Problem(rule.id, "no-match-hit", text, "the pattern matches; make it narrower")
        for text in rule.known_miss:
            if _has(match_line(text), rule):
                yield Problem(rule.id, "known-miss-passes", text, "it matches now; move it to 'match'")
        if all(hit is not None and hit.rule.id != rule.id for hit in first):
            others = ", ".join(sorted({hit.rule.id for hit in first if hit}))
            yield Problem(rule.id, "shadowed", rule.match[0], f"{others} takes all its examples; drop one")


def _check_elements(rule: Rule) -> Iterator[Problem]:
    selectors = Selectors([rule.pattern])

    def takes(example: str) -> bool:
        rest = take_out(f"<body>{example}</body>", selectors)
        return rest is not None and any(literal in example for literal in rule.prefilter)

    for text in rule.match:
        if not takes(text):
            yield Problem(rule.id, "match-missed", text, "the selector matches nothing; mend either of them")
    for text in rule.no_match:
        if takes(text):
            yield Problem(rule.id, "no-match-hit", text, "the selector matches; make it narrower")
    for text in rule.known_miss:
        if takes(text):
            yield Problem(rule.id, "known-miss-passes", text, "it matches now; move it to 'match'")


def check_clean(rules: RuleSet, documents: Iterable[str]) -> Iterator[Problem]:
    """Yield every rule that fires on documents that are nothing but article."""
    for document in documents:
        lines = split_lines(document)
        found = find(lines, rules)
        hits = [*found.whole.values(), *(hit for parts in found.parts.values() for hit in parts)]
        for hit in sorted(hits, key=lambda hit: hit.index):
            text = lines[hit.index].text
            message = f"line {hit.index + 1} of clean text in the {found.zones.of(hit.index)} is hit"
            yield Problem(hit.rule.id, "clean-changed", text, message)


def check_hostile(rules: RuleSet, slowest: float = SLOWEST) -> Iterator[Problem]:
    """Yield rules that take more than `slowest` CPU seconds on a line made to make them try every way."""
    for rule in rules:
        if rule.scope == "selector":  # matched in one walk, whatever the page
            continue
        alone = matcher.__wrapped__(RuleSet.of((rule,)))
        alone.match_line(rule.match[0])  # compile first
        for line in _hostile_lines(rule):
            begun = thread_time()
            alone.match_line(line)
            if thread_time() - begun > slowest:
                message = f"takes more than {slowest:g} s; let quantifiers give nothing back: {{0,20}}+"
                yield Problem(rule.id, "slow", line[:60], message)
                break


def _hostile_lines(rule: Rule) -> Iterator[str]:
    """Yield lines of the longest size the rule looks at, full of its own literals and almost a match."""
    size = min(longest_line(rule), WINDOW)
    literals = [fold_literal(literal) for literal in rule.prefilter]
    everything = "".join(literals)
    for unit in (everything, *literals[:6], *rule.match[:2]):
        yield (unit * (size // len(unit) + 1))[:size]
        yield (f"{unit} 1:" * (size // len(unit) + 1))[: size - 1] + "\u3042"


def _has(hits: Iterable[Hit], rule: Rule) -> bool:
    return any(hit.rule.id == rule.id for hit in hits)


def _first_for(rule: Rule, hits: Iterable[Hit]) -> Hit | None:
    """Return the hit that would win wherever `rule` may fire."""
    for hit in hits:
        if hit.rule.id == rule.id:
            return hit
        same_place = hit.rule.zone in ("any", rule.zone) or (
            hit.rule.zone == "outside" and rule.zone in ("header", "footer")
        )
        if same_place and (hit.rule.scope == "inline") == (rule.scope == "inline"):
            return hit
    return None
