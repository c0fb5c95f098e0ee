"""Repair the characters of a text: an ordered list of stages, each of which says what it changed.

Every change is an `Edit` of the whole text, and nothing here changes the number of lines but
`normalise_line_breaks`, which therefore comes first. What a stage does is written in `articlekit.text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeAlias

from articlekit.adapters import ftfy_plan
from articlekit.errors import ConfigError
from articlekit.model import Edit, Flag, Repaired
from articlekit.text.compose import compose_edits
from articlekit.text.escapes import entity_edits, escape_edits, terminal_edits
from articlekit.text.mojibake.repair import repair_mojibake
from articlekit.text.normal_forms import POLICIES, Policy, nfc_edits, normal_form_edits
from articlekit.text.positions import apply_edits, moved_flags
from articlekit.text.settled import is_settled
from articlekit.text.stray_tags import stray_tag_edits
from articlekit.text.surrogates import surrogate_edits

_LINE_BREAK = re.compile(r"\r\n?")
# U+FFFD, the same read once more as GBK, and memory that was never written, read as GBK.
_LOST = re.compile("\ufffd{1,400}|(?:锟斤拷){1,100}|烫{3,400}|屯{3,400}")
# A repair can uncover another (an entity behind an entity); text made to go on like that is left.
_MOST_ROUNDS = 4

# From a text to the edits of one repair, in order, or to the text with its edits and flags.
Stage: TypeAlias = "Callable[[str], Iterable[Edit] | Repaired]"


def normalise_line_breaks(text: str) -> Repaired:
    r"""Turn ``\r\n`` and lone ``\r`` into ``\n``, one line break each. Edits of step ``line-breaks``.

    >>> normalise_line_breaks("标题\r\n正文").text
    '标题\n正文'
    """
    if "\r" not in text:
        return Repaired(text)
    edits = tuple(
        Edit(
            "line-breaks", "crlf" if match.end() - match.start() > 1 else "cr", *match.span(), match[0], "\n"
        )
        for match in _LINE_BREAK.finditer(text)
    )
    return Repaired(text.replace("\r\n", "\n").replace("\r", "\n"), edits)


def repair(
    text: str,
    policy: str = "zh-finance",
    *,
    ftfy: bool = True,
    mojibake: bool = True,
    flattened: bool = False,
) -> Repaired:
    r"""Repair the characters of a text; the number of lines stays.

    Args:
        text: any text; lone surrogates become U+FFFD, because no encoding has them.
        policy: of normal forms: ``zh-finance``, ``nfc``, ``none`` or another (docs/normal-forms.md).
        ftfy: whether characters written as codes are decoded and ftfy repairs lines that show its triggers.
        mojibake: whether runs that went through a chain of wrong codecs are undone.
        flattened: whether the text is known to be a page flattened after its tags were damaged; then a
            closing tag at the end of any line is residue, unless there are opening tags too.

    Edits are of step ``repair``, kind ``stray-tag``, ``escapes``, ``mojibake: …`` or the steps of ftfy's
    plan, or ``normal-forms``, kind ``width``, ``zero-width``, ``bidi``, ``control``, ``radical``,
    ``private-use`` or ``nfc``.

    Raises:
        ConfigError: for an unknown policy.

    >>> repaired = repair("示例ＡＰＰ：Itâ€™s\u200b 3％，①②")
    >>> repaired.text
    '示例APP：It’s 3%，①②'
    >>> [(edit.kind, edit.before, edit.after) for edit in repaired.edits][1:]
    [('decode_inconsistent_utf8', 'â€™', '’'), ('zero-width', '\u200b', ''), ('width', '％', '%')]
    """
    if policy not in POLICIES:
        raise ConfigError(f"unknown policy of normal forms {policy!r}; known: {', '.join(POLICIES)}")
    if is_settled(text, policy):
        return Repaired(text)
    edits: tuple[Edit, ...] = ()
    flags: list[Flag] = []
    repaired = text
    for _ in range(_MOST_ROUNDS):
        before = repaired
        for stage in _stages(policy, ftfy, mojibake, flattened):
            found = _run(stage, repaired)
            if found.edits:
                edits = compose_edits(text, edits, found.edits)
                flags = moved_flags(flags, found)
                repaired = found.text
            flags += found.flags
        if repaired == before:
            break
    return Repaired(repaired, edits, tuple(dict.fromkeys((*flags, *_lost_text(repaired)))))


def _stages(policy: Policy, ftfy: bool, mojibake: bool, flattened: bool) -> tuple[Stage, ...]:
    """Return the repairs in their order: each may rely on those before it."""
    escapes: tuple[Stage, ...] = (entity_edits, escape_edits, terminal_edits) if ftfy else ()
    chains: tuple[Stage, ...] = (repair_mojibake,) if mojibake else ()
    fixes: tuple[Stage, ...] = (ftfy_plan.mojibake_edits,) if ftfy else ()
    return (
        surrogate_edits,
        partial(stray_tag_edits, flattened=flattened),
        *escapes,
        *chains,
        *fixes,
        partial(normal_form_edits, policy=policy),
        partial(nfc_edits, policy=policy),
    )


def _run(stage: Stage, text: str) -> Repaired:
    found = stage(text)
    if isinstance(found, Repaired):
        return found
    edits = tuple(found)
    return Repaired(apply_edits(text, edits) if edits else text, edits)


def _lost_text(text: str) -> Iterator[Flag]:
    """Flag characters that an earlier program destroyed; what they were cannot be known."""
    if not any(mark in text for mark in ("\ufffd", "锟斤拷", "烫烫烫", "屯屯屯")):
        return
    line, counted = 1, 0
    for match in _LOST.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        yield Flag("lost-text", line, match.start(), match[0])
