"""Composing edits: two edits after each other as one list of edits of the first text."""

from __future__ import annotations

from collections.abc import Sequence

from articlekit.model import Edit


def compose_edits(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits of `text` that do what `first` and then `second` do.

    Positions of `second` count in the text after `first`. Edits that overlap become one, with both kinds
    joined by ``+``; all others stay as they are.

    >>> first = (Edit("repair", "width", 0, 1, "Ａ", "A"),)
    >>> second = (Edit("repair", "nfc", 0, 2, "A\u0301", "Á"),)
    >>> compose_edits("Ａ\u0301", first, second)
    (Edit(step='repair', kind='width+nfc', start=0, end=2, before='Ａ\u0301', after='Á', confidence=1.0),)
    """
    if not first or not second:
        return tuple(first or second)
    composed: list[Edit] = []
    shift = 0  # from the text after `first` back to `text`
    one = two = 0
    while one < len(first) or two < len(second):
        if two == len(second) or (one < len(first) and _ends_before(first[one], second[two], shift)):
            edit = first[one]
            composed.append(edit)
            shift += (edit.end - edit.start) - len(edit.after)
            one += 1
        elif one == len(first) or second[two].end + shift <= first[one].start:
            edit = second[two]
            start, end = edit.start + shift, edit.end + shift
            composed.append(
                Edit(edit.step, edit.kind, start, end, text[start:end], edit.after, edit.confidence)
            )
            two += 1
        else:
            edit, one_end, two_end = _merge(text, first, second, one, two, shift)
            composed.append(edit)
            shift += sum(e.end - e.start - len(e.after) for e in first[one:one_end])
            one, two = one_end, two_end
    return tuple(composed)


def _ends_before(edit: Edit, later: Edit, shift: int) -> bool:
    """Tell whether all that `edit` wrote stands before the place `later` changes."""
    return edit.start - shift + len(edit.after) <= later.start


def _merge(
    text: str, first: Sequence[Edit], second: Sequence[Edit], one: int, two: int, shift: int
) -> tuple[Edit, int, int]:
    """Join the edits that overlap from ``first[one]`` and ``second[two]`` on; places count after `first`."""
    start = end = min(first[one].start - shift, second[two].start)
    one_end, two_end = one, two
    moved = shift  # for the next edit of `first`
    while True:
        place = first[one_end].start - moved if one_end < len(first) else -1
        if place == start == end or start <= place < end:
            edit = first[one_end]
            end = max(end, place + len(edit.after))
            moved += (edit.end - edit.start) - len(edit.after)
            one_end += 1
        elif two_end < len(second) and (second[two_end].start == start or second[two_end].start < end):
            end = max(end, second[two_end].end)
            two_end += 1
        else:
            break
    return (
        _joined(text, first[one:one_end], second[two:two_end], (start, end), shift, moved),
        one_end,
        two_end,
    )


def _joined(
    text: str, first: Sequence[Edit], second: Sequence[Edit], span: tuple[int, int], shift: int, moved: int
) -> Edit:
    start, end = span
    source_start, source_end = start + shift, end + moved
    middle = _apply(text[source_start:source_end], first, source_start)
    after = _apply(middle, second, start)
    edits = (*first, *second)
    kind = "+".join(dict.fromkeys(edit.kind for edit in edits))
    confidence = min(edit.confidence for edit in edits)
    before = text[source_start:source_end]
    return Edit(edits[0].step, kind, source_start, source_end, before, after, confidence)


def _apply(part: str, edits: Sequence[Edit], offset: int) -> str:
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (part[at : edit.start - offset], edit.after)
        at = edit.end - offset
    return "".join((*pieces, part[at:]))
