"""The comparison with OpenCC's C++ engine must see a difference; here another function plays the engine."""

from __future__ import annotations

import random

import pytest
from tools import differential

from articlekit.text.script.conversion import convert


class Engine:
    """Answers as `convert` does, but for one word."""

    def __init__(self, wrong: str = "") -> None:
        self.wrong = wrong

    def convert(self, texts: list[str], config: str) -> list[str]:
        return [
            convert(text, config) if not self.wrong else convert(text, config).replace(self.wrong, "？")
            for text in texts
        ]


def test_equal_answers_are_no_difference() -> None:
    assert differential.compare(Engine(), "t2s", ["隨著", "", "\ud800國\x00"]) is None


def test_a_difference_is_cut_down_to_the_shortest_text() -> None:
    texts = ["國家", "公司\n今年的發展與" + "營業收入" * 100 + "增長", "長"]
    assert differential.compare(Engine("发展"), "t2s", texts) == "發展"


def test_the_same_seed_gives_the_same_texts() -> None:
    first, again, other = (list(differential.texts(random.Random(seed), [], 3000)) for seed in (5, 5, 6))
    assert first == again != other
    assert sum(map(len, first)) >= 3000


def test_a_difference_fails_the_comparison(capsys: pytest.CaptureFixture[str]) -> None:
    assert differential.agree(Engine(), "t2s", 1, [], 2000)
    assert not differential.agree(Engine("国"), "t2s", 1, ["國"], 20_000)
    assert "DIFFERS" in capsys.readouterr().out
