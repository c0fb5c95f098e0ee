"""The seeds' annotated GBK undone, before any conversion of script."""

import re
from pathlib import Path

import pytest

from articlekit.steps.annotated import recognise, undo
from articlekit.text.character_model import shipped
from articlekit.text.positions import apply_edits

STRADDLED = ("適當的溝通方式。", "請在app內查看更多", "甚至會對借款人進行人身攻擊", "向專業律師咨詢")


@pytest.fixture(scope="module")
def seeds(shared: Path) -> list[str]:
    """The five seeds as they were scraped."""
    return [path.read_text("utf-8") for path in sorted((shared / "data" / "seeds").glob("*.txt"))]


def test_the_straddled_places_come_out_exactly(seeds: list[str]) -> None:
    undone = "\n".join(undo(text).text for text in seeds)
    for place in STRADDLED:
        assert place in undone


def test_nothing_of_the_damage_is_left(seeds: list[str]) -> None:
    for text in seeds:
        result = undo(text)
        assert not re.search(r"[(?][a-zɡɑüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}\)", result.text)
        assert not re.search("[\ue000-\uf8ff\ufffd]", result.text)
        assert result.flags == ()


def test_edits_lead_from_the_seed_to_the_result(seeds: list[str]) -> None:
    for text in seeds:
        result = undo(text)
        assert apply_edits(text, result.edits) == result.text
        assert result.text.count("\n") == text.count("\n")
        assert len(result.edits) <= text.count("(") + text.count("?")


def test_all_seeds_are_recognised(seeds: list[str]) -> None:
    for text in seeds:
        recognition = recognise(text)
        assert recognition.annotated
        assert 25 <= len(recognition.table) <= 70
        assert all(shipped().script(character) == "Hant" for character in recognition.table)


def test_what_was_undone_does_not_change_again(seeds: list[str]) -> None:
    for text in seeds:
        once = undo(text).text
        assert undo(once).text == once


@pytest.mark.parametrize("name", ["hans", "hant", "ja", "en", "ko"])
def test_text_without_annotations_never_changes(shared: Path, name: str) -> None:
    lines = (shared / "data" / "text" / f"{name}.txt").read_text("utf-8").split("\n")
    changed = [line for line in lines if undo(line).text != line]
    changed += [
        text for at in range(0, len(lines), 30) if undo(text := "\n".join(lines[at : at + 30])).text != text
    ]
    assert changed == []
