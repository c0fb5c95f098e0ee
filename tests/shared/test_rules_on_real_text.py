"""Rules on real text, which lies beside the repository and is not part of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from articlekit.rules.load import load_builtin
from articlekit.rules.match import find, matcher
from articlekit.text.lines import Line, split_lines

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no real text at {DATA}")

# What the passages themselves carry of their pages: titles of the original and the editor in brackets.
CARRIED = {"zh.echo.original-title", "zh.byline.editor-inline"}


LANGUAGES = ["hans", "hant", "ja", "ko", "en"]
BODY = "周三早盘，三大指数小幅低开，随后在券商板块带动下震荡走高，两市成交额较上一交易日放大。"


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize(("before", "after"), [(0, 0), (2, 2), (0, 2), (2, 0)])
def test_passages_stay_wherever_they_stand(name: str, before: int, after: int) -> None:
    passages = [
        line for line in (DATA / "text" / f"{name}.txt").read_text("utf-8").split("\n") if line.strip()
    ]
    match_line = matcher(load_builtin()).match_line
    fired: Counter[str] = Counter()
    for index in (index for index, passage in enumerate(passages) if match_line(passage)):
        first = max(index - before, 0)
        lines = [Line(number, text) for number, text in enumerate(passages[first : index + after + 1], 1)]
        found = find(lines, load_builtin())
        hits = [found.whole.get(index - first), *found.parts.get(index - first, ())]
        fired.update(hit.rule.id for hit in hits if hit)
    assert set(fired) <= CARRIED


def test_running_text_of_several_passages_stays() -> None:
    passages = [
        line
        for line in (DATA / "text" / "hans.txt").read_text("utf-8").split("\n")
        if len(line) > 60 and "原标题" not in line and "责任编辑" not in line
    ]
    for at in range(0, len(passages), 12):
        found = find(split_lines("\n".join(passages[at : at + 12])), load_builtin())
        assert not found.whole
        assert not found.parts


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("where", ["above", "below"])
def test_a_passage_above_or_below_a_body_stays(name: str, where: str) -> None:
    match_line = matcher(load_builtin()).match_line
    fired: Counter[str] = Counter()
    for passage in (DATA / "text" / f"{name}.txt").read_text("utf-8").split("\n"):
        if match_line(passage):
            parts = (passage, BODY) if where == "above" else (BODY, passage)
            index = parts.index(passage)
            found = find(split_lines("\n".join(parts)), load_builtin())
            hits = [found.whole.get(index), *found.parts.get(index, ())]
            fired.update(hit.rule.id for hit in hits if hit)
    assert set(fired) <= CARRIED
