from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.text.script.dictionaries import Dictionary, Tier
from articlekit.text.script.phrases import PhraseTable, character_class


def table(tiers: list[Tier]) -> PhraseTable:
    return Dictionary(tiers).table


def test_the_longest_key_of_the_first_tier_that_has_one_decides() -> None:
    found = table([{"ab": "1", "abc": "2"}, {"abcd": "3", "b": "4", "x": "5"}])
    assert found.convert("abcd") == "2d"
    assert found.convert("abb") == "14"
    assert found.convert("xb") == "54"


def test_a_single_character_of_an_earlier_tier_hides_later_phrases() -> None:
    assert table([{"a": "a"}, {"ab": "X"}]).convert("ab") == "ab"


def test_a_character_may_become_several() -> None:
    found = table([{"埠": "端口"}])
    assert found.convert("埠位") == "端口位"
    assert found.matches("埠") == [(0, 1, "端口")]


def test_no_match_lies_across_a_cut() -> None:
    found = table([{"abc": "1", "ab": "2"}])
    assert found.convert("abcabc", [2, 3]) == "2c1"
    assert found.convert("abc", [1]) == "abc"


def test_a_character_class_of_nothing_finds_nothing() -> None:
    assert not re.search(character_class(""), "any")
    assert re.findall(character_class("-]^\\"), "a-]^\\") == ["-", "]", "^", "\\"]


KEYS, VALUES = st.text("abc", min_size=1, max_size=3), st.text("abd", min_size=1)
TIERS = st.lists(st.dictionaries(KEYS, VALUES), max_size=3)


@settings(deadline=None)
@given(TIERS, st.text("abc"))
def test_text_without_a_trigger_character_does_not_change(tiers: list[dict[str, str]], text: str) -> None:
    if Dictionary(tiers).triggers.isdisjoint(text):
        assert table(tiers).convert(text) == text
