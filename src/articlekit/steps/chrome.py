"""Take out what belongs to the site and not to the article, by rules that are data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from articlekit.model import Flag, Removal
from articlekit.rules.match import Hit, find
from articlekit.rules.model import RuleSet
from articlekit.text.fields.dates import parse_date
from articlekit.text.figures import has_figure_with_unit_or_ticker
from articlekit.text.lines import Line


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Lines without chrome, and what became of the rest.

    Attributes:
        lines: what stays, in order; a line of which a part was taken keeps its number.
        removed: lines and parts of lines that were taken out, in order of their lines.
        fields: fields read off removed lines, named as in `articlekit.model.Metadata`.
        flags: ``kept-figure`` for lines of the body that a rule would remove but that hold a figure with
            a unit or a ticker, ``rule:ID`` where a rule only flags; `start` counts characters of all lines
            given, joined with line feeds.
    """

    lines: tuple[Line, ...]
    removed: tuple[Removal, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()


def remove(lines: Sequence[Line], rules: RuleSet, url: str | None = None) -> Cleaned:
    r"""Apply `rules` to the lines of one document; `url` selects rules for its site.

    Blank lines stay. The first rule that fires on a line decides; what stays of it may lose parts at
    its start and end. A line of the body with a figure that has a unit, or a ticker, is never removed.

    >>> from articlekit.rules.load import load_builtin
    >>> from articlekit.text.lines import split_lines
    >>> text = "周一，三大指数低开高走，两市成交额放大，逾三千只个股上涨。\n责任编辑：周慕云\n分享"
    >>> cleaned = remove(split_lines(text), load_builtin())
    >>> [line.number for line in cleaned.lines], dict(cleaned.fields)
    ([1], {'editor': '周慕云'})
    >>> [(removal.line, removal.rule) for removal in cleaned.removed]
    [(2, 'zh.byline.editor'), (3, 'zh.share.button')]
    """
    found = find(lines, rules, url)
    run = _Removing(lines)
    for index, line in enumerate(lines):
        whole, parts = found.whole.get(index), found.parts.get(index, ())
        if whole is None and not parts:
            run.kept.append(line)
            continue
        in_body = found.zones.of(index) == "body"
        if whole is None or not run.take_line(whole, in_body):
            run.keep(line, parts, in_body)
    return Cleaned(tuple(run.kept), tuple(run.removed), run.fields, tuple(run.flags))


class _Removing:
    """What has been kept and taken of one document so far."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.kept: list[Line] = []
        self.removed: list[Removal] = []
        self.fields: dict[str, str] = {}
        self.flags: list[Flag] = []
        self._lines = lines
        self._starts: list[int] | None = None

    def take_line(self, hit: Hit, in_body: bool) -> bool:
        """Remove the line of a hit, unless it must stay; tell whether it is gone."""
        line = self._lines[hit.index]
        if self._stays(hit, 0, len(line.text), in_body):
            return False
        self._take(hit, line.text)
        return True

    def keep(self, line: Line, parts: Sequence[Hit], in_body: bool) -> None:
        """Keep a line without `parts`: those at its ends come from outside inwards, then those in it."""
        cuts: list[tuple[int, int]] = []
        stuck = False  # what stays at an end keeps what is further in
        for hit in parts:
            at_end = hit.rule.anchor != "search"
            if stuck and at_end:
                continue
            if self._stays(hit, hit.start, hit.end, in_body):
                stuck = stuck or (at_end and hit.rule.action != "flag")
                continue
            self._take(hit, line.text[hit.start : hit.end])
            cuts.append((hit.start, hit.end))
        if not cuts:
            self.kept.append(line)
        elif rest := _without(line.text, cuts):
            self.kept.append(replace(line, text=rest))

    def _stays(self, hit: Hit, start: int, end: int, in_body: bool) -> bool:
        """Flag what a rule only flags, and figures of the body; tell whether it stays for that reason."""
        text = self._lines[hit.index].text[start:end]
        if hit.rule.action == "flag":
            self._flag(f"rule:{hit.rule.id}", hit.index, hit.start, hit.end)
            return True
        if in_body and has_figure_with_unit_or_ticker(text):
            self._flag("kept-figure", hit.index, start, end)
            return True
        return False

    def _take(self, hit: Hit, text: str) -> None:
        self.removed.append(Removal(self._lines[hit.index].number, hit.rule.id, hit.rule.category, text))
        if hit.rule.action == "field":
            for name, value in hit.groups.items():
                if found := (parse_date(value) if name == "published" else " ".join(value.split())):
                    self.fields.setdefault(name, found)

    def _flag(self, kind: str, index: int, start: int, end: int) -> None:
        if self._starts is None:
            self._starts = list(accumulate((len(line.text) + 1 for line in self._lines), initial=0))
        line = self._lines[index]
        self.flags.append(Flag(kind, line.number, self._starts[index] + start, line.text[start:end]))


def _without(text: str, cuts: Sequence[tuple[int, int]]) -> str:
    """Return a line without parts of it; a blank stays between words, and none where two would meet."""
    rest, at = "", 0
    for start, end in [*sorted(cuts), (len(text), len(text))]:
        part = text[at:start]
        if rest[-1:].isspace():
            part = part.lstrip()
        elif _is_word(rest[-1:]) and _is_word(part[:1]):
            rest += " "
        rest += part
        at = end
    return rest.strip()


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
