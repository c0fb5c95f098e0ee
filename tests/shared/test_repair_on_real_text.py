"""Repair, decode and figures on real text, which lies beside the repository and is not part of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from articlekit.steps.repair import repair
from articlekit.text.decode import decode
from articlekit.text.encodings import CODECS
from articlekit.text.figures import figure_keys
from articlekit.text.language import language

TEXTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "text"

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason=f"no real text at {TEXTS}")

# What repair is documented to change in text that is not broken.
_FORMS = re.compile("[０-９Ａ-Ｚａ-ｚ％\u200b-\u200f\u2060\ufeff]|&#?[0-9A-Za-z]{1,24};")


def _lines(name: str) -> list[str]:
    return (TEXTS / f"{name}.txt").read_text("utf-8").split("\n")


@pytest.mark.parametrize("name", ["hans", "hant", "ja", "ko", "en"])
def test_clean_lines_change_in_documented_forms_only(name: str) -> None:
    lines = [line for line in _lines(name) if not _FORMS.search(line)]
    assert len(lines) > 900
    assert [line for line in lines if repair(line).edits] == []
    text = "\n".join(lines)
    assert repair(text).text is text or repair(text).text == text


@pytest.mark.parametrize("name", ["hans", "hant"])
def test_repair_keeps_every_figure(name: str) -> None:
    for line in _lines(name):
        repaired = repair(line)
        if repaired.edits and not any(edit.kind == "escapes" for edit in repaired.edits):
            assert figure_keys(repaired.text) == figure_keys(line)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("hans", "gb18030"), ("hant", "big5hkscs"), ("hant", "gb18030"), ("ja", "shift_jis"), ("ko", "euc_kr")],
)
def test_lines_in_legacy_encodings_are_decoded(name: str, encoding: str) -> None:
    right = total = 0
    for line in _lines(name)[::5]:
        codec = "cp950" if encoding == "big5hkscs" else CODECS[encoding]  # signs as browsers read them
        data = line.encode(codec, "ignore")
        text = data.decode(codec)
        if sum(character > "\x7f" for character in text) < 6:
            continue
        total += 1
        right += decode(data).text == text
    assert total > 150
    assert right >= 0.99 * total


@pytest.mark.parametrize(("name", "expected"), [("hans", "zh"), ("hant", "zh"), ("ja", "ja"), ("ko", "ko")])
def test_the_language_of_lines_is_told(name: str, expected: str) -> None:
    lines = [line for line in _lines(name) if line.strip()]
    assert sum(language(line) == expected for line in lines) >= 0.99 * len(lines)
