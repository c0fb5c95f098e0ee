from hypothesis import given
from hypothesis import strategies as st

from articlekit.model import Edit
from articlekit.text.positions import apply_edits, map_offset


@st.composite
def texts_with_edits(draw):
    text = draw(st.text(max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        edits.append(Edit("step", "kind", start, end, text[start:end], draw(st.text(max_size=5))))
    return text, tuple(edits)


@given(texts_with_edits())
def test_untouched_characters_are_found_where_they_went(case):
    text, edits = case
    result = apply_edits(text, edits)
    touched = {at for edit in edits for at in range(edit.start, edit.end)}
    for at, character in enumerate(text):
        if at not in touched:
            assert result[map_offset(at, edits)] == character


@given(texts_with_edits())
def test_every_offset_maps_into_the_result_and_order_is_kept(case):
    text, edits = case
    result = apply_edits(text, edits)
    mapped = [map_offset(at, edits) for at in range(len(text))]
    assert mapped == sorted(mapped)
    assert all(0 <= at <= len(result) for at in mapped)
