"""Script conversion on real text, which lies beside the repository and is not part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from articlekit.steps.script import convert_script
from articlekit.text.script.conversion import convert
from articlekit.text.script.detection import detect
from articlekit.text.script.folding import fold

TEXTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "text"

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason=f"no real text at {TEXTS}")


def _lines(name: str) -> list[str]:
    return (TEXTS / f"{name}.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("name", "allowed"), [("hans", 0), ("ko", 0), ("en", 0), ("ja", 1)])
def test_no_line_that_is_not_traditional_changes(name: str, allowed: int) -> None:
    """A Japanese line of nothing but kanji that Traditional text has too cannot be told from it."""
    lines = _lines(name)
    assert len(lines) > 1000
    assert sum(bool(convert_script(line).edits) for line in lines) <= allowed


@pytest.mark.parametrize("name", ["hans", "ja", "ko", "en"])
def test_nor_does_a_whole_document(name: str) -> None:
    assert convert_script("\n".join(_lines(name))).edits == ()


def test_every_traditional_line_is_converted_as_opencc_does_but_for_zhe() -> None:
    for line in _lines("hant"):
        converted = convert_script(line)
        assert converted.input == "Hant"
        assert converted.text.replace("着", "著") == convert(line).replace("着", "著")


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_a_traditional_copy_folds_to_its_simplified_original(config: str) -> None:
    original = "\n".join(_lines("hans")[:2000])
    copy = convert(original, config)
    differing = sum(one != other for one, other in zip(fold(original), fold(copy), strict=True))
    assert detect(copy).script == "Hant"
    assert differing <= len(original) / 10_000
