from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.text.script.dictionaries import Dictionary
from articlekit.text.script.tries import PhraseTrie, code_points, text_of

KEYS, VALUES = st.text("abc\U00020000", min_size=1, max_size=4), st.text("abd", min_size=1, max_size=3)
TIERS = st.lists(st.dictionaries(KEYS, VALUES), max_size=3)
TEXTS = st.text("abcd\U00020000\ud800\x00", max_size=30)
CUTS = st.lists(st.integers(1, 29)).map(sorted)


@settings(deadline=None)
@given(TIERS, TEXTS, CUTS)
def test_a_trie_finds_what_a_table_finds(tiers: list[dict[str, str]], text: str, cuts: list[int]) -> None:
    dictionary = Dictionary(tiers)
    cuts = [cut for cut in cuts if cut < len(text)]
    found = dictionary.trie.matches(code_points(text), code_points("".join(map(chr, cuts))))
    spans = list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))
    expected = dictionary.table.matches(text, cuts)
    assert spans == [(start, start + length) for start, length, _ in expected]
    first, sizes = dictionary.trie.value_starts[found.nodes], dictionary.trie.value_lengths[found.nodes]
    values = [
        text_of(dictionary.trie.values[start : start + size])
        for start, size in zip(first.tolist(), sizes.tolist(), strict=True)
    ]
    assert values == [value for _, _, value in expected]


def test_a_trie_of_nothing_finds_nothing() -> None:
    trie = PhraseTrie([])
    assert not trie
    assert not trie.holds("a")
    assert trie.matches(code_points("abc")).nodes.size == 0


def test_a_trie_knows_the_characters_of_its_keys() -> None:
    trie = PhraseTrie([{"ab": "x"}, {"cde": "y"}])
    assert [character for character in "abcdefxy\x00\U0010ffff" if trie.holds(character)] == list("abcde")


@given(st.text(st.characters()))
def test_code_points_are_the_text(text: str) -> None:
    assert text_of(code_points(text)) == text


def test_many_overlapping_keys_take_linear_time() -> None:
    trie = PhraseTrie([{"ab": "1", "ba": "2", "abababab": "3"}])
    found = trie.matches(code_points("ab" * 100_000))
    assert found.starts.tolist() == list(range(0, 200_000, 8))
