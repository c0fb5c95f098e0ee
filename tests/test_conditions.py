"""Conditions on a record are read exactly, or refused with what is known."""

from __future__ import annotations

import pytest

from articlekit.config import Config, OutputSettings, load_config
from articlekit.config.conditions import parse_condition
from articlekit.errors import ConfigError

RECORD = {
    "id": "a1",
    "title": "示例",
    "author": None,
    "language": "zh",
    "source": {"uri": "a.jsonl", "url": None},
    "flags": [1, 2],
    "repairs": {"script": 3, "annotated-gbk": 0},
    "quality": {"chars": 400, "cjk": 0.8, "repeated_lines": 0.25},
}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("quality.chars < 500", True),
        ("quality.chars<400", False),
        ("quality.chars <= 400", True),
        ("quality.chars = 400", True),
        ("quality.chars != 400", False),
        ("quality.cjk < 80%", False),
        ("quality.cjk <= 80%", True),
        ("quality.repeated_lines > .2", True),
        ("quality.chars > -1", True),
        ("quality.link_density > 0", False),
        ("quality.link_density < 1", False),
        ("quality.link_density == null", True),
        ("author == null", True),
        ("author != 'x'", True),
        ("author < 'x'", False),
        ("title == '示例'", True),
        ('title == "示例"', True),
        ("language != 'zh'", False),
        ("source.url == null and source.uri == 'a.jsonl'", True),
        ("flags >= 2", True),
        ("repairs.script > 2", True),
        ("repairs.mojibake > 0", False),
        ("repairs.annotated-gbk == 0", True),
        ("quality.chars > 500 or flags > 1", True),
        ("flags > 1 and quality.chars > 500 or language == 'zh'", True),
        ("flags > 1 and quality.chars > 500 or language == 'en'", False),
        ("language == 'zh' or flags > 9 and flags > 9", True),
    ],
)
def test_a_condition_holds_or_not(condition: str, holds: bool) -> None:
    assert parse_condition(condition).holds(RECORD) is holds


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("", "expected a name such as quality.chars, but the condition ends"),
        ("quality.chars", "expected one of > >= < <= == != after 'quality.chars', but the condition ends"),
        ("quality.chars 3", "found 3"),
        ("quality.chars >", "expected a number, a text in quotes or null after '>'"),
        ("quality.chars > flags", "found flags"),
        ("quality.chars > 'x'", "quality.chars is a number, found 'x'"),
        ("language == 3", "language is text, write it in quotes, found 3"),
        ("language > null", "null is neither more nor less"),
        ("chars > 3", "did you mean 'quality.chars'?"),
        ("quality.repeated > 3", "did you mean 'quality.repeated_lines'?"),
        ("x > 3", "known are quality.chars, quality.lines"),
        ("flags > 1 flags > 2", "expected 'and' or 'or' before 'flags'"),
        ("flags > 1 or", "but the condition ends"),
        ("(flags > 1)", "brackets are not known"),
        ("flags > 1; import os", "cannot read '; import os'"),
        ("flags > 'x", 'cannot read "\'x"'),
        (" or ".join(["flags > 1"] * 51), "more than 50 comparisons"),
    ],
)
def test_what_is_refused(condition: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the message is checked
        parse_condition(condition)
    assert message in str(caught.value)


def test_a_condition_says_what_it_was_about() -> None:
    condition = parse_condition("quality.chars<500   and author == null")
    assert condition.text == "quality.chars < 500 and author == null"
    assert condition.values(RECORD) == {"quality.chars": 400, "author": None}


def test_settings_hold_conditions_and_refuse_wrong_ones(tmp_path) -> None:
    (tmp_path / "articlekit.toml").write_text('[output]\ndrop_if = ["quality.chars < 100"]\n')
    assert load_config(environ={}, cwd=tmp_path).config.output.drop_if == ("quality.chars < 100",)
    with pytest.raises(
        ConfigError, match=r"drop_if: expected a list of conditions.*did you mean 'quality\.cjk'"
    ):
        OutputSettings(drop_if=("quality.cj < 1",))
    assert Config(output=OutputSettings(drop_if=("flags > 1",))).digest() != Config().digest()


@pytest.mark.parametrize("text", ["flags > " + "9" * 100_000, "a" * 100_000, "'" * 100_000, "> " * 50_000])
def test_hostile_conditions_end(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # any message
        parse_condition(text)
