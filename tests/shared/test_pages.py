"""Extraction on real pages, which lie beside the repository and are not part of it.

The bounds lie below what is reached today (benchmarks/RESULTS.md), so that they fail for a regression and
not for a page more or less.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from articlekit.steps.extract import extract

PAGES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "pages"

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason=f"no real pages at {PAGES}")


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (PAGES / name / "manifest.jsonl").read_text("utf-8").splitlines()]


def _html(name: str, row: dict[str, Any]) -> str:
    data = gzip.decompress((PAGES / name / row["html"]).read_bytes())
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _shingles(text: str) -> Counter[str]:
    text = "".join(unicodedata.normalize("NFKC", text).split())
    return Counter(text[at : at + 4] for at in range(max(1, len(text) - 3)))


def _f1(gold: str, text: str) -> float:
    expected, found = _shingles(gold), _shingles(text)
    return 2 * (expected & found).total() / (expected.total() + found.total())


@pytest.mark.parametrize(
    ("name", "bound"), [("gne-zh", 0.985), ("magic-article-zh", 0.975), ("zh-misc", 0.95)]
)
def test_chinese_articles_are_extracted(name: str, bound: float) -> None:
    scores = []
    for row in _rows(name):
        lines = extract(_html(name, row), row["url"] or None).lines
        scores.append(_f1(row["gold"], "\n".join(line.text for line in lines)))
    assert sum(scores) / len(scores) >= bound


def test_no_page_raises_and_lines_are_numbered() -> None:
    for name in sorted(folder.name for folder in PAGES.iterdir()):
        for row in _rows(name):
            extracted = extract(_html(name, row), row["url"] or None)
            assert [line.number for line in extracted.lines] == list(range(1, len(extracted.lines) + 1)), row[
                "id"
            ]
            assert all(line.text.strip() for line in extracted.lines), row["id"]
