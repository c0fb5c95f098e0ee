"""The conditions that the documentation recommends drop no clean Chinese finance news."""

from __future__ import annotations

import re
from pathlib import Path

from articlekit.config.conditions import parse_condition
from articlekit.text.quality import measure

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "quality.md").read_text("utf-8")
RECOMMENDED = re.findall(r"^\| `(quality\.[^`]+)` \| 0 \| 0 \|", PAGE, re.M)


def test_clean_news_is_not_dropped(shared: Path) -> None:
    passages = (shared / "data" / "text" / "hans.txt").read_text("utf-8").split("\n")
    texts = [passage for passage in passages if len(passage) >= 100]
    texts += ["\n".join(passages[at : at + 8]) for at in range(0, len(passages) - 8, 8)]
    records = [{"quality": measure(text)} for text in texts]
    for condition in map(parse_condition, RECOMMENDED):
        assert not any(map(condition.holds, records)), condition.text


def test_there_are_recommendations() -> None:
    assert len(RECOMMENDED) == 5
