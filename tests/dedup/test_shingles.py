from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.dedup.shingles import hash_shingle, shingle_hashes

ANY_CHARACTER = st.characters(codec=None, exclude_categories=())


def _bytes(text: str) -> bytes:
    return text.encode("utf-32-le", "surrogatepass")


def _one_by_one(text: str) -> list[int]:
    length = min(5, len(text))
    return sorted(
        {hash_shingle(_bytes(text[at : at + length])) for at in range(len(text) - length + 1)} if text else []
    )


@settings(deadline=None)
@given(st.text(ANY_CHARACTER, max_size=40))
def test_a_text_at_once_gives_the_hashes_of_its_shingles_one_by_one(text: str) -> None:
    hashes = shingle_hashes(text)
    assert hashes.dtype == np.uint32
    assert hashes.tolist() == _one_by_one(text)


@pytest.mark.parametrize(
    ("text", "number"), [("", 0), ("一", 1), ("𠮷野家", 1), ("一二三四五", 1), ("一二三四五六", 2)]
)
def test_a_short_text_is_one_shingle_and_an_empty_one_none(text: str, number: int) -> None:
    assert len(shingle_hashes(text)) == number


@pytest.mark.parametrize(
    ("text", "value"), [("净利润增长", 778292593), ("净", 1323159582), ("😀\ud800", 4043743439), ("", 0)]
)
def test_the_hash_never_changes(text: str, value: int) -> None:
    assert hash_shingle(_bytes(text)) == value


def test_half_a_code_point_is_refused() -> None:
    with pytest.raises(ValueError, match="found 3 bytes"):
        hash_shingle(b"abc")


@settings(deadline=None)
@given(st.text(ANY_CHARACTER, min_size=5, max_size=5), st.integers(0, 4), ANY_CHARACTER)
def test_shingles_that_differ_in_one_character_never_collide(text: str, at: int, character: str) -> None:
    other = text[:at] + character + text[at + 1 :]
    assert (hash_shingle(_bytes(text)) == hash_shingle(_bytes(other))) == (text == other)


def test_different_shingles_collide_no_more_than_by_chance() -> None:
    """Of all 32,768 shingles of eight neighbouring characters, 0.1 pairs collide by chance."""
    letters = np.array([ord(letter) for letter in "一丁七万丈三上下"], np.uint32)
    places = np.stack(np.meshgrid(*[np.arange(8)] * 5, indexing="ij"), -1).reshape(-1, 5)
    text = "".join(map(chr, letters[places].reshape(-1)))
    number = len({hash_shingle(_bytes(text[at : at + 5])) for at in range(0, len(text), 5)})
    assert 8**5 - number <= 1


def test_a_long_text_takes_linear_time() -> None:
    assert len(shingle_hashes("营业收入同比增长" * 200_000)) == 8
