import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.model import Edit
from articlekit.text.positions import PositionMap, apply_edits, inverted
from articlekit.text.script.conversion import convert_edits


@st.composite
def texts_with_edits(draw):
    text = draw(st.text(max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        edits.append(Edit("step", "kind", start, end, text[start:end], draw(st.text(max_size=5))))
    return text, tuple(edits)


@given(texts_with_edits())
def test_untouched_characters_are_found_where_they_went_and_back(case):
    text, edits = case
    result = apply_edits(text, edits)
    places = PositionMap(edits)
    touched = {at for edit in edits for at in range(edit.start, edit.end)}
    for at, character in enumerate(text):
        if at not in touched:
            assert result[places.to_output(at)] == character
            assert places.to_input(places.to_output(at)) == at


@given(texts_with_edits())
def test_every_offset_maps_into_the_other_text_and_order_is_kept(case):
    text, edits = case
    result = apply_edits(text, edits)
    places = PositionMap(edits)
    there = [places.to_output(at) for at in range(len(text))]
    back = [places.to_input(at) for at in range(len(result))]
    assert there == sorted(there)
    assert back == sorted(back)
    assert all(0 <= at <= len(result) for at in there)
    assert all(0 <= at <= len(text) for at in back)


@given(texts_with_edits())
def test_inverted_edits_lead_back(case):
    text, edits = case
    assert apply_edits(apply_edits(text, edits), inverted(edits)) == text
    assert inverted(inverted(edits)) == edits


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["鼠标", "U盘", "發展", "3.5%", "\n", "的", "硅"]), max_size=30).map("".join))
@pytest.mark.parametrize("config", ["t2s", "s2twp"])
def test_positions_of_a_conversion_go_both_ways(config, text):
    result = convert_edits(text, config)
    places = PositionMap(result.edits)
    for edit, back in zip(result.edits, inverted(result.edits), strict=True):
        assert result.text[back.start : back.end] == edit.after
        assert (places.to_output(edit.start), places.to_input(back.start)) == (back.start, edit.start)
    changed = {at for edit in inverted(result.edits) for at in range(edit.start, edit.end)}
    for at, character in enumerate(result.text):
        assert at in changed or text[places.to_input(at)] == character
