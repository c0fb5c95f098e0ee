"""Draft rules for lines that are held for chrome, and the TOML they are written in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articlekit.errors import RuleError
from articlekit.rules.candidates import Candidate
from articlekit.rules.checked import rule_from_table
from articlekit.rules.masks import hash_text, literals, to_pattern
from articlekit.rules.match import matcher
from articlekit.rules.model import FORMAT, Rule, RuleSet
from articlekit.rules.patterns import WINDOW, fold_literal
from articlekit.rules.selftest import check_examples
from articlekit.rules.survey import Survey

_ALL_SITES = 3  # from so many sites on a draft is for all
_NAMED = 3  # sites named in `why`
_HAN = ("\u4e00", "\u9fff")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft rule and what speaks for it.

    Attributes:
        rule: the rule; its examples are lines of the corpus.
        documents: documents its lines stand in.
        sites: how many hosts; 64 or more are estimates.
        hosts: some of them.
    """

    rule: Rule
    documents: int
    sites: int
    hosts: tuple[str, ...]


def draft_rules(found: Sequence[Candidate], survey: Survey) -> list[Draft]:
    """Return the drafts that pass the loader and their own examples, and match no line of prose."""
    prose = _Prose(survey.prose)
    drafts: dict[str, Draft] = {}
    for candidate in found:
        made = _draft(candidate, survey, prose)
        if made is not None and not prose.is_hit(made.rule):
            drafts.setdefault(made.rule.id, made)
    while drafts:
        rules = RuleSet.of(tuple(draft.rule for draft in drafts.values()))
        wrong = {problem.rule for problem in check_examples(rules)}
        if not wrong:
            break
        drafts = {name: draft for name, draft in drafts.items() if name not in wrong}
    return list(drafts.values())


class _Prose:
    """Lines of running text that must stay."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._views = [(fold_literal(line), line) for line in lines]

    def like(self, literal: str) -> str | None:
        """Return a line that a rule with this literal looks at, or else any."""
        wanted = fold_literal(literal)
        near = [line for view, line in self._views if wanted in view]
        return min(near or self._lines, key=lambda line: (len(line), line), default=None)

    def is_hit(self, rule: Rule) -> bool:
        """Tell whether a rule matches one of the lines."""
        literal = fold_literal(rule.prefilter[0])
        near = [line for view, line in self._views if literal in view]
        match_line = matcher(RuleSet.of((rule,))).match_line
        return any(match_line(line) for line in near)


def _draft(candidate: Candidate, survey: Survey, prose: _Prose) -> Draft | None:
    pattern = to_pattern(candidate.key, candidate.gap)
    if not _is_encodable(pattern):
        return None
    runs = [run for run in literals(candidate.key) if len("".join(run.split())) >= 2]
    examples = _examples(candidate)
    if not runs or not examples:
        return None
    no_match = prose.like(runs[0])
    hosts = sorted({host for counts in candidate.counts for host in counts.site_lines.counts()})
    sites = max(len(hosts), *(counts.sites.count() for counts in candidate.counts))
    table: dict[str, Any] = {
        "id": _id(candidate, pattern),
        "category": candidate.category,
        "zone": candidate.zone,
        "pattern": pattern,
        "prefilter": [runs[0].strip()],
        "max_chars": min(max(counts.longest for counts in candidate.counts) + 20, WINDOW),
        "domains": hosts if hosts != [""] and sites < _ALL_SITES and "" not in hosts else ["*"],
        "why": _why(candidate, survey, sites, hosts),
        "match": examples,
        "no_match": [no_match or "正文。"],
    }
    try:
        return Draft(rule_from_table(table, "draft", 1), candidate.documents, sites, tuple(hosts))
    except RuleError:  # a line the format has no room for, such as one without two letters side by side
        return None


def _examples(candidate: Candidate) -> list[str]:
    """Return two lines or more as they stand in the corpus; the only wording twice where there is one."""
    texts = [next(iter(counts.examples.counts())) for counts in candidate.counts[:3]]
    texts += [text for text in candidate.counts[0].examples.counts() if text not in texts]
    texts = [text for text in texts if _is_encodable(text)]
    return texts[:3] if len(texts) > 1 else texts * 2


def _is_encodable(text: str) -> bool:
    """Tell whether a text can stand in a file; lone surrogates cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _id(candidate: Candidate, pattern: str) -> str:
    first, last = _HAN
    language = "zh" if any(first <= char <= last for char in candidate.key) else "en"
    return f"{language}.{candidate.category}.draft-{hash_text(pattern + candidate.zone):016x}"[:-6]


def _why(candidate: Candidate, survey: Survey, sites: int, hosts: Sequence[str]) -> str:
    named = [host for host in hosts if host][:_NAMED]
    more = ", …" if sites > len(named) else ""
    where = f" ({', '.join(named)}{more})" if named else ""
    return (
        f"Draft: in {candidate.documents:,} of {survey.documents:,} documents, "
        f"on {sites:,} of {len(survey.sites):,} sites{where}."
    )


def to_toml(rules: Iterable[Rule]) -> str:
    r"""Return rules as a file of rules.

    >>> rule = Rule(
    ...     id="zh.share.a", category="share", zone="outside", pattern="分享[到至]", prefilter=("分享",),
    ...     why="Buttons.", match=("分享到", "分享至"), no_match=("分享经济",),
    ... )
    >>> print(to_toml([rule]))
    format = 1
    <BLANKLINE>
    [[rule]]
    id = "zh.share.a"
    category = "share"
    zone = "outside"
    pattern = '''分享[到至]'''
    prefilter = ["分享"]
    why = "Buttons."
    match = ["分享到", "分享至"]
    no_match = ["分享经济"]
    <BLANKLINE>
    """
    parts = [f"format = {FORMAT}\n"]
    parts += ["\n[[rule]]\n" + "".join(f"{key} = {text}\n" for key, text in _values(rule)) for rule in rules]
    return "".join(parts)


def _values(rule: Rule) -> Iterable[tuple[str, str]]:
    values: Mapping[str, Any] = {
        "id": rule.id,
        "category": rule.category,
        "zone": rule.zone,
        "pattern": rule.pattern,
        "prefilter": rule.prefilter,
        "max_chars": rule.max_chars,
        "domains": None if rule.domains == ("*",) else rule.domains,
        "why": rule.why,
        "match": rule.match,
        "no_match": rule.no_match,
    }
    for key, value in values.items():
        if value is None:
            continue
        if key == "pattern" and "'" not in value:
            yield key, f"'''{value}'''"
        elif isinstance(value, tuple):
            yield key, f"[{', '.join(map(_text, value))}]"
        else:
            yield key, _text(value) if isinstance(value, str) else str(value)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
