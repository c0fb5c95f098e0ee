"""The fate of every line of a record."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from articlekit.model import Cleaned, Edit, Removal
from articlekit.rules.load import load_builtin
from articlekit.rules.match import find
from articlekit.rules.model import RuleSet
from articlekit.rules.near import NearMiss, near_misses
from articlekit.rules.zones import Part
from articlekit.text.positions import apply_edits

_BREAK = re.compile(r"\r\n|\r|\n")

Fate: TypeAlias = Literal["title", "heading", "body", "trimmed", "removed", "blank"]


@dataclass(frozen=True, slots=True)
class LineFate:
    """What became of one line.

    Attributes:
        number: line of the decoded input (for HTML: of the extracted lines), from 1. A line of an element
            that a rule took out of the page has the number of the line that it stood before.
        before: the line as decoded.
        after: the line after repairs and script conversion, before anything was removed.
        kept: what is left of it in the article, or None.
        fate: where it went; ``trimmed`` means that a part was removed and the rest is body.
        zone: part of the document it stands in; None for a line of an element that was taken out.
        removals: the rules that removed it or parts of it.
        edits: every change to its characters, in the order of the steps.
        near: rules that one condition alone kept from firing on it.
    """

    number: int
    before: str
    after: str
    kept: str | None
    fate: Fate
    zone: Part | None = None
    removals: tuple[Removal, ...] = ()
    edits: tuple[Edit, ...] = ()
    near: tuple[NearMiss, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "line": self.number,
            "fate": self.fate,
            "zone": self.zone,
            "before": self.before,
            "after": self.after,
            "kept": self.kept,
            "removals": [
                {"rule": one.rule, "category": one.category, "text": one.text} for one in self.removals
            ],
            "edits": [asdict(edit) for edit in self.edits],
            "near": [{"rule": one.rule.id, "reason": one.reason, "detail": one.detail} for one in self.near],
        }


def explain(cleaned: Cleaned, rules: RuleSet | None = None) -> tuple[LineFate, ...]:
    r"""Return the fate of every line of a cleaned record, in order.

    `rules` are those that it was cleaned with; None for the built-in ones.

    >>> from articlekit.model import Record, Source
    >>> from articlekit.pipeline import Pipeline
    >>> text = "示例公司公告\n示例公司今日发布公告，同比增长5%。\n责任编辑：温知夏"
    >>> for line in explain(Pipeline().clean(Record(Source("a.txt"), text))):
    ...     print(line.number, line.fate, line.zone, [removal.rule for removal in line.removals], line.kept)
    1 title header [] 示例公司公告
    2 body body [] 示例公司今日发布公告，同比增长5%。
    3 removed footer ['zh.byline.editor'] None
    """
    rules = load_builtin() if rules is None else rules
    found = find(cleaned.lines, rules, cleaned.url)
    near: dict[int, list[NearMiss]] = defaultdict(list)
    for miss in near_misses(cleaned.lines, rules, cleaned.url, found):
        near[miss.index].append(miss)
    outside, removals = _removals(cleaned, rules)
    edits = _edits_by_line(cleaned)
    befores, afters = split_at_breaks(cleaned.trace.base), cleaned.trace.lines.split("\n")
    fates: list[LineFate] = []
    for number, (before, after) in enumerate(zip(befores, afters, strict=True), 1):
        fates += [_taken_out(removal) for removal in outside.get(number, ())]
        gone, kept = tuple(removals.get(number, ())), _kept(number, cleaned)
        fates.append(
            LineFate(
                number,
                before,
                after,
                kept,
                _fate(number, after, gone, cleaned),
                found.zones.of(number - 1),
                gone,
                tuple(edits.get(number, ())),
                tuple(near.get(number - 1, ())),
            )
        )
    return tuple(fates)


def split_at_breaks(text: str) -> list[str]:
    r"""Split at ``\n``, ``\r\n`` and ``\r``, as line numbers count.

    >>> split_at_breaks("一\r\n二\r三")
    ['一', '二', '三']
    """
    return _BREAK.split(text)


def starts_of_lines(text: str) -> list[int]:
    r"""Return where each line starts, as `split_at_breaks` counts lines.

    >>> starts_of_lines("一\r\n二")
    [0, 3]
    """
    return [0, *(match.end() for match in _BREAK.finditer(text))]


def _removals(cleaned: Cleaned, rules: RuleSet) -> tuple[dict[int, list[Removal]], dict[int, list[Removal]]]:
    """Return what rules took out of the page, and what they took out of its lines, by number of the line."""
    of_pages = {rule.id for rule in rules if rule.scope == "selector"}
    outside: dict[int, list[Removal]] = defaultdict(list)
    inside: dict[int, list[Removal]] = defaultdict(list)
    for removal in cleaned.article.removed:
        (outside if removal.rule in of_pages else inside)[removal.line].append(removal)
    return outside, inside


def _taken_out(removal: Removal) -> LineFate:
    return LineFate(removal.line, removal.text, removal.text, None, "removed", removals=(removal,))


def _kept(number: int, cleaned: Cleaned) -> str | None:
    """Return what the article holds of a line."""
    if number == cleaned.title_line:
        return cleaned.article.title
    start = cleaned.starts.get(number)
    return None if start is None else cleaned.article.text[start : _line_end(cleaned.article.text, start)]


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _fate(number: int, after: str, removals: Sequence[Removal], cleaned: Cleaned) -> Fate:
    if number == cleaned.title_line:
        return "title"
    if removals:
        return "removed" if sum(len(r.text.strip()) for r in removals) >= len(after.strip()) else "trimmed"
    if not after.strip():
        return "blank"
    return "heading" if number in cleaned.heading_lines else "body"


def _edits_by_line(cleaned: Cleaned) -> dict[int, list[Edit]]:
    found: dict[int, list[Edit]] = defaultdict(list)
    text = cleaned.trace.base
    for _, edits in cleaned.trace.steps:
        starts = starts_of_lines(text)
        for edit in edits:
            found[bisect_right(starts, edit.start)].append(edit)
        text = apply_edits(text, edits)
    return found
