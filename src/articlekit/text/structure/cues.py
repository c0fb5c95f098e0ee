"""Headings that need no number: the words that open and close an article."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class _Cues:
    words: frozenset[str]
    speakers: tuple[str, ...]


@cache
def _cues() -> _Cues:
    raw = tomllib.loads(files("articlekit.text.data").joinpath("cues.toml").read_text("utf-8"))
    words = frozenset("".join(word.split()).casefold() for word in raw["opening"] + raw["closing"])
    return _Cues(words, tuple(raw["speaker"]))


def is_cue(text: str) -> bool:
    """Tell whether a line is a known opening or closing heading, with or without who speaks.

    >>> [is_cue(line) for line in ("导语：", "本站总结", "【写在前面】", "导语来了")]
    [True, True, True, False]
    """
    if len(text) > 24:
        return False
    bare = "".join(text.split()).casefold().strip("【】[]（）()《》:：-—")
    cues = _cues()
    if bare in cues.words:
        return True
    return any(bare.startswith(who) and bare[len(who) :] in cues.words for who in cues.speakers)
