"""The page that says what every policy does."""

from __future__ import annotations

from pathlib import Path

from tools.write_normal_forms import page

from articlekit.text.normal_forms import KINDS, POLICIES, tables

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_normal_forms_is_that_of_the_code() -> None:
    assert (ROOT / "docs" / "normal-forms.md").read_text("utf-8") == page()


def test_every_change_is_on_the_page() -> None:
    text = page()
    for table in tables().values():
        for character, form in table.items():
            if len(form) == 1 and not 0xFF01 <= ord(character) <= 0xFF5E and form != " ":
                assert f"U+{ord(character):04X} | {form} U+{ord(form):04X} |" in text


def test_every_policy_has_its_kinds() -> None:
    assert tuple(KINDS) == POLICIES
    assert {kind for kinds in KINDS.values() for kind in kinds} == {*tables(), "nfc"}
