"""Whether a few characters are the name of a person."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003134f]+\Z")
_LATIN = re.compile(r"[A-Z][a-z]{1,15}(?:[ -][A-Z](?:[a-z]{1,15}|\.)){1,3}\Z")
_PARTS = re.compile(r"[·•‧・]")


@dataclass(frozen=True, slots=True)
class _Tables:
    single: frozenset[str]
    doubtful: frozenset[str]
    compound: frozenset[str]
    never_given: frozenset[str]
    words: frozenset[str]
    address: frozenset[str]
    titles: tuple[str, ...]


@cache
def _tables() -> _Tables:
    raw = tomllib.loads(files("articlekit.text.data").joinpath("names.toml").read_text("utf-8"))
    return _Tables(
        frozenset("".join(raw["single"].split())),
        frozenset("".join(raw["doubtful"].split())),
        frozenset(raw["compound"].split()),
        frozenset("".join(raw["never_given"].split())),
        frozenset(raw["words"].split()) | frozenset(_word_list("not_names.txt")),
        frozenset(raw["address"].split()),
        tuple(sorted(raw["titles"].split(), key=len, reverse=True)),
    )


def _word_list(name: str) -> Iterator[str]:
    lines = files("articlekit.text.data").joinpath(name).read_text("utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))


def is_person_name(token: str) -> bool:
    """Tell whether a token has the shape of a personal name.

    A family name with one or two characters that given names hold; a transcribed name with a middle
    dot; or two to four capitalised Latin words. In doubt the answer is no: a wrong author is worse
    than none.

    >>> [is_person_name(token) for token in ("周慕云", "歐陽念真", "阿卜杜拉·买买提", "Ana Ruiz")]
    [True, True, True, True]
    >>> [is_person_name(token) for token in ("理财", "金融资讯", "方案", "首页", "周慕云说", "")]
    [False, False, False, False, False, False]
    """
    if token.isascii():
        return bool(_LATIN.match(token))
    parts = _PARTS.split(token)
    if len(parts) > 1:
        return len(parts) <= 4 and all(1 <= len(part) <= 6 and _HAN.match(part) for part in parts)
    if not 2 <= len(token) <= 4 or not _HAN.match(token):
        return False
    tables = _tables()
    if token in tables.words:
        return False
    if token[:2] in tables.compound and len(token) > 2:
        given = token[2:]
    elif (len(token) <= 3 and token[0] in tables.single) or (len(token) == 3 and token[0] in tables.doubtful):
        given = token[1:]
    else:
        return False
    return given not in tables.address and not tables.never_given.intersection(given)


def person_names(value: str) -> tuple[str, ...]:
    """Return the names in the value of a byline such as ``记者 周慕云、林霁`` or nothing.

    All of the value must be names and offices, else nothing is returned: what else stands there is
    unknown.

    >>> person_names("记者 周慕云、林霁")
    ('周慕云', '林霁')
    >>> person_names("财经早知道")
    ()
    """
    value = value.strip()[:60]
    if is_person_name(value):
        return (value,)
    names = []
    for part in re.split(r"[\s、,，/／;；&|]+", value):
        token = _without_title(part.strip("()（）[]【】:："))
        if not token:
            continue
        if not is_person_name(token):
            return ()
        names.append(token)
    return tuple(names)


def _without_title(token: str) -> str:
    titles = _tables().titles
    for _ in range(3):  # such as 本报, 特约, 记者
        for title in titles:
            if token.startswith(title):
                token = token[len(title) :]
                break
            if token.endswith(title):
                token = token[: -len(title)]
                break
        else:
            return token
    return token
