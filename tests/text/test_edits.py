from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.model import Edit
from articlekit.text.edits import character_edits, join_adjacent, span_edits
from articlekit.text.positions import apply_edits


@settings(deadline=None)
@given(st.text("ab\n"), st.text("ab\n"))
def test_span_edits_turn_one_text_into_the_other(before: str, after: str) -> None:
    edits = tuple(span_edits(before, after, "s", "k"))
    assert apply_edits(before, edits) == after
    assert bool(edits) == (before != after)


def test_texts_of_different_lengths_are_not_compared_by_character() -> None:
    with pytest.raises(ValueError, match="zip"):
        tuple(character_edits("a", "ab", "s", "k"))


def test_neighbours_of_one_kind_are_joined() -> None:
    one, two, far = (Edit("s", "k", at, at + 1, "a", "b") for at in (0, 1, 5))
    other = Edit("s", "other", 6, 7, "a", "b")
    assert tuple(join_adjacent((one, two, far, other))) == (Edit("s", "k", 0, 2, "aa", "bb"), far, other)
