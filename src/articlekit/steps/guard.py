"""The number guard: no figure of the input may vanish.

Two checks hold the promise together. `guard_edits` looks at what the text steps changed: outside the
spans that a repair of damaged text covers, an edit may respell a figure but not change it.
`guard_figures` looks at what the structural steps made of the lines: every figure is in the kept text, in
a field or in a removal, as often as it was there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from articlekit.errors import RecordError
from articlekit.model import Edit
from articlekit.text.figure_patterns import invisible_places
from articlekit.text.figures import Figure, figure_keys, figures
from articlekit.text.positions import apply_edits

# Steps that restore damaged text: what stood under their edits is no figure anybody wrote.
_REPAIRS = frozenset(("annotated-gbk", "mojibake", "escapes", "repair"))
# Edits without any of these before and after cannot change a figure.
_OF_FIGURES = re.compile(r"[0-9０-９.．,%％+\-±$¥￥〇零一二三四五六七八九十百千万亿萬億]")
_DIGITS = re.compile(r"[0-9.]*[0-9]")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?")

Span = tuple[int, int]


def check_figures(
    before: str,
    kept: str,
    removed: Sequence[str] = (),
    fields: Sequence[str] = (),
    excluded_spans: Sequence[Span] = (),
) -> tuple[str, ...]:
    """Return the values of the figures of `before` that are neither kept nor removed nor in a field.

    Each occurrence counts. A date in a field counts in ISO 8601 too. Figures that overlap one of the
    `excluded_spans` of `before` do not count; of figures that touch one, only the number does, since the
    unit may have been under the edit.

    >>> check_figures("营收6.09億元，增29.57%。", "营收6.09亿元。")
    ('29.57%',)
    >>> check_figures("2024年10月13日 示例网", "", ["示例网"], ["2024-10-13T00:00"])
    ()
    """
    if not excluded_spans:
        before, kept = _differing_lines(before, kept)
    available = figure_keys(kept)
    for text in removed:
        available += figure_keys(text)
    for field in fields:
        available += _field_keys(field)
    if not excluded_spans:
        return tuple(sorted((figure_keys(before) - available).elements()))
    wanted, touching = _outside(before, sorted(excluded_spans))
    missing = wanted - available
    rest = available - wanted
    numbers = Counter(_number_of(value) for value in rest.elements())
    lost = []
    for value in touching:
        if rest[value] > 0:
            rest[value] -= 1
        elif numbers[_number_of(value)] <= 0:
            lost.append(value)
            continue
        numbers[_number_of(value)] -= 1
    return tuple(sorted((*missing.elements(), *lost)))


def guard(
    before: str,
    kept: str,
    removed: Sequence[str] = (),
    fields: Sequence[str] = (),
    excluded_spans: Sequence[Span] = (),
) -> None:
    """Raise where `check_figures` finds a figure missing.

    Raises:
        RecordError: ``figures-lost``.
    """
    if missing := check_figures(before, kept, removed, fields, excluded_spans):
        raise _lost(missing, "in the kept text, the fields or the removals")


def guard_figures(before: str, kept: str, removed: Sequence[str], fields: Sequence[str]) -> None:
    """Check the structural steps: every figure of the lines went somewhere. Raises as `guard` does."""
    guard(before, kept, removed, fields)


def guard_edits(base: str, steps: Iterable[tuple[str, Sequence[Edit]]]) -> None:
    """Check the text steps: `base` is the text before the first; each step's edits count in its input.

    Raises:
        RecordError: ``figures-lost``, when an edit that repairs no damage changed a figure.
    """
    text = base
    for _, edits in steps:
        after = apply_edits(text, edits)
        harmless = [edit for edit in edits if edit.step not in _REPAIRS]
        if any(_OF_FIGURES.search(edit.before) or _OF_FIGURES.search(edit.after) for edit in harmless):
            excluded = [(edit.start, edit.end) for edit in edits if edit.step in _REPAIRS]
            if missing := check_figures(text, after, excluded_spans=excluded):
                raise _lost(missing, f"in the text after the step {edits[0].step}")
        text = after


def _differing_lines(before: str, kept: str) -> tuple[str, str]:
    """Leave out the lines that both texts have: no figure goes over the end of a line."""
    lines, kept_lines = Counter(before.split("\n")), Counter(kept.split("\n"))
    return "\n".join((lines - kept_lines).elements()), "\n".join((kept_lines - lines).elements())


def _outside(before: str, spans: Sequence[Span]) -> tuple[Counter[str], list[str]]:
    """Return the values of figures clear of all spans, and of those that touch one."""
    text, spans = _visible(before, spans)
    starts = [start for start, _ in spans]
    clear: Counter[str] = Counter()
    touching = []
    for figure in figures(text):
        near = spans[max(bisect_left(starts, figure.start) - 1, 0) : bisect_left(starts, figure.end) + 1]
        if any(_overlap(figure, span) for span in near):
            continue
        if any(start == figure.end or end == figure.start for start, end in near):
            touching.append(figure.value)
        else:
            clear[figure.value] += 1
    return clear, touching


def _visible(text: str, spans: Sequence[Span]) -> tuple[str, Sequence[Span]]:
    """Take out what nobody sees, as `figure_keys` does, and move the spans along."""
    places = invisible_places(text)
    if not places:
        return text, spans
    gone = set(places)
    moved = [(start - bisect_left(places, start), end - bisect_left(places, end)) for start, end in spans]
    return "".join(character for at, character in enumerate(text) if at not in gone), moved


def _overlap(figure: Figure, span: Span) -> bool:
    start, end = span
    return start < figure.end and figure.start < end


def _number_of(value: str) -> str:
    match = _DIGITS.search(value)
    return match[0] if match else value


def _field_keys(field: str) -> Counter[str]:
    keys = figure_keys(field)
    if moment := _ISO.match(field.strip()):
        # A page may show fewer digits of the time than the field has, or none of the zone.
        keys += figure_keys(f"{moment[1]} {moment[2]}")
    return keys


def _lost(missing: Sequence[str], where: str) -> RecordError:
    shown = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
    return RecordError(
        "figures-lost",
        "guard",
        f"figures of the input are not {where}: {shown}; `articlekit explain` shows where each line went",
    )
