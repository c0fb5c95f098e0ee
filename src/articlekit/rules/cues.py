"""What kind of chrome a line is, by the words in it (``data/cues.toml``)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from articlekit.text.fold import fold

_NUMBERED = re.compile(r"[(]?(?:[一二三四五六七八九十]{1,3}|\x07|\x01)[)、.]")


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of each category, and what is content although it recurs."""

    words: tuple[tuple[str, tuple[str, ...]], ...]
    in_body: frozenset[str]
    labels: frozenset[str]
    lines: tuple[str, ...]
    strong: tuple[str, ...]

    def is_strong(self, key: str) -> bool:
        """Tell whether a masked line speaks as a site does, to its readers or of itself."""
        return any(word in key for word in self.strong)

    def category(self, key: str) -> str | None:
        """Return the category of a masked line, or None where no word tells.

        >>> load_cues().category("长按二维码加入读者群")
        'subscription'
        """
        return next((category for category, words in self.words if any(word in key for word in words)), None)

    def is_content(self, key: str) -> bool:
        """Tell whether a masked line is content by its label, its wording or its number.

        >>> [load_cues().is_content(key) for key in ("数据来源:公司公告", "特此公告。", "阅读原文")]
        [True, True, False]
        """
        label, colon, _ = key.partition(":")
        if colon and label.strip("[(").rstrip("\x01") in self.labels:
            return True
        return bool(_NUMBERED.match(key)) or key.strip(" 。.!:[]()") in self.lines


@cache
def load_cues() -> Cues:
    """Return the words that come with articlekit."""
    table = tomllib.loads(files("articlekit.rules").joinpath("data/cues.toml").read_text("utf-8"))

    def words(text: str) -> tuple[str, ...]:
        return tuple(fold(word).text.replace("-", " ") for word in text.split())

    return Cues(
        tuple((category, words(text)) for category, text in table["cues"].items()),
        frozenset(table["in_body"]),
        frozenset(words(table["content_labels"])),
        words(table["content_lines"]),
        words(table["strong"]),
    )
