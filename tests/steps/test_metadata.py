from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_articles import make_article

from articlekit.model import Metadata
from articlekit.steps.metadata import HeaderReading, read_lines
from articlekit.steps.sections import split
from articlekit.text.lines import Line, split_lines

CASES = tomllib.loads((Path(__file__).parent / "data" / "headers.toml").read_text("utf-8"))["case"]
PARAGRAPH = "买国债的人多了，问国债逆回购怎么选期限的人也多了，这里一次说清楚。"


def read(text: str, title: str | None = None, **options: bool) -> HeaderReading:
    lines = split_lines(text.strip("\n").replace("P", PARAGRAPH))
    return read_lines(lines, Metadata(title=title), **options)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_title_and_fields_are_read_off_the_lines(case: dict[str, Any]) -> None:
    reading = read(case["text"], case.get("given"))
    expected = {name: case.get(name) for name in ("title", "published", "author", "editor", "channel")}
    found = {name: getattr(reading.metadata, name) for name in expected}
    assert found == expected
    assert reading.title == reading.metadata.title


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_only_what_became_a_field_or_is_navigation_or_echo_is_removed(case: dict[str, Any]) -> None:
    reading = read(case["text"], case.get("given"))
    assert [[removal.line, removal.rule] for removal in reading.removed] == case.get("removed", [])


def test_a_removal_holds_the_line_as_it_stands() -> None:
    reading = read("国债逆回购怎么选期限\n　周慕云  2024-05-06 \nP")
    assert [removal.text for removal in reading.removed] == ["　周慕云  2024-05-06 "]
    assert reading.removed[0].category == "byline"


def test_what_was_given_wins() -> None:
    lines = split_lines(f"国债逆回购怎么选期限\n周慕云 2024-05-06\n{PARAGRAPH}")
    given = Metadata(author="苏望舒", published="2024-05-05T08:00", site="南山网")
    found = read_lines(lines, given).metadata
    assert (found.author, found.published, found.site) == ("苏望舒", "2024-05-05T08:00", "南山网")


def test_echoes_stay_where_that_is_asked() -> None:
    text = "国债逆回购怎么选期限\nP\n国债逆回购怎么选期限\nP"
    assert read(text, echo=False).removed == ()


def test_line_numbers_are_those_of_the_lines_given() -> None:
    lines = [replace(line, number=line.number + 10) for line in split_lines(f"国债逆回购怎么选\n{PARAGRAPH}")]
    assert read_lines(lines, Metadata()).title_line == 11


def test_two_lines_that_could_be_the_title_are_flagged() -> None:
    reading = read("国债逆回购怎么选期限\n国债逆回购怎么选期限好\nP")
    assert [flag.kind for flag in reading.flags] == ["uncertain-title"]


def test_an_article_that_is_one_heading_of_the_markup_keeps_its_text() -> None:
    lines = [Line(1, "国债逆回购", "heading", 1), Line(2, PARAGRAPH, "paragraph")]
    reading = read_lines(lines, Metadata())
    assert (reading.title, reading.title_line, reading.removed) == ("国债逆回购", 1, ())


@pytest.mark.parametrize("text", ["", "\n\n\n", "。", "2024", "：", "一", "\ud800", "(" * 5000, "1. " * 5000])
def test_any_text_is_read_without_error(text: str) -> None:
    reading = read(text)
    assert reading.removed == ()


@pytest.mark.parametrize("seed", range(200))
def test_made_articles_come_out_right(seed: int) -> None:
    made = make_article(seed)
    lines = split_lines(made.text)
    reading = read_lines(lines, Metadata())
    gone = {removal.line for removal in reading.removed} | {reading.title_line}
    parted = split([line for line in lines if line.number not in gone])
    assert (reading.title, reading.title_line) == (made.title, made.title_line)
    assert (reading.metadata.published, reading.metadata.author) == (made.published, made.author)
    if made.channel:
        assert reading.metadata.channel == made.channel
    assert [removal.line for removal in reading.removed if removal.rule == "title.echo"] == made.echoes
    assert parted.text.split("\n") == made.kept
    assert [(s.level, s.number, s.heading) for s in parted.sections if s.level] == made.headings
