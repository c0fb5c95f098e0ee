"""Near-duplicates in real text, which lies beside the repository and is not part of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from articlekit.dedup.find import DedupItem, deduplicate
from articlekit.text.script.conversion import convert

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no real text at {DATA}")


def _items(texts: list[str]) -> list[DedupItem]:
    return [DedupItem(index, f"{index:06}", text) for index, text in enumerate(texts)]


def test_articles_of_one_template_are_not_duplicates() -> None:
    texts = [path.read_text("utf-8") for path in sorted((DATA / "seeds").glob("*.txt"))]
    assert texts
    assert deduplicate(_items(texts)) == []


@pytest.mark.parametrize("copied", ["script", "width", "wrapped"])
def test_copies_in_other_clothes_are_caught(copied: str) -> None:
    lines = (DATA / "text" / "hans.txt").read_text("utf-8").splitlines()
    texts = sorted({line for line in lines if len(line) > 100})[:500]
    kept = {decision.index for decision in deduplicate(_items(texts)) if decision.removed}
    texts = [text for index, text in enumerate(texts) if index not in kept]
    copies: dict[str, Callable[[str], str]] = {
        "script": lambda text: convert(text, "s2t"),
        "width": lambda text: (
            text.replace("，", ",").replace("。", ".").replace("（", "(").replace("）", ")")
        ),
        "wrapped": lambda text: "\n".join(text[at : at + 30] for at in range(0, len(text), 30)),
    }
    decisions = deduplicate(_items(texts + [copies[copied](text) for text in texts]))
    caught = [
        decision
        for decision in decisions
        if decision.removed and decision.index % len(texts) == decision.kept_index % len(texts)
    ]
    assert len(caught) >= 0.99 * len(texts)
