"""Two lists of edits as one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.model import Edit
from articlekit.text.compose import compose_edits
from articlekit.text.positions import apply_edits


@st.composite
def edits_of(draw: st.DrawFn, text: str, kind: str) -> tuple[Edit, ...]:
    """Sorted edits of `text` that do not overlap."""
    found = []
    at = 0
    while at < len(text):
        if draw(st.booleans()):
            end = min(len(text), at + draw(st.integers(1, 3)))
            found.append(Edit("s", kind, at, end, text[at:end], draw(st.text("xyz", max_size=3))))
            at = end
        at += draw(st.integers(0, 2))
    return tuple(found)


@settings(deadline=None)
@given(st.data())
def test_the_composed_edits_do_what_both_do(data: st.DataObject) -> None:
    text = data.draw(st.text("abcdef", max_size=12))
    first = data.draw(edits_of(text, "one"))
    middle = apply_edits(text, first)
    second = data.draw(edits_of(middle, "two"))
    composed = compose_edits(text, first, second)
    assert apply_edits(text, composed) == apply_edits(middle, second)
    assert all(text[edit.start : edit.end] == edit.before for edit in composed)
    assert all(one.end <= two.start for one, two in pairwise(composed))


def test_edits_that_do_not_meet_stay_as_they_are() -> None:
    first = (Edit("s", "one", 0, 1, "a", ""),)
    second = (Edit("s", "two", 1, 2, "c", "C"),)
    assert compose_edits("abc", first, second) == (first[0], Edit("s", "two", 2, 3, "c", "C"))
