"""Repair the characters of a text: line breaks, ftfy's fixes, normal forms.

Every change is an `Edit` of the whole text, and no step here changes the number of lines but
`normalise_line_breaks`, which therefore comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from articlekit.adapters import ftfy_plan
from articlekit.errors import ConfigError
from articlekit.model import Edit, Flag, Repaired
from articlekit.text.compose import compose_edits
from articlekit.text.edits import span_edits
from articlekit.text.normal_forms import POLICIES, Policy, nfc_edits, normal_form_edits
from articlekit.text.positions import apply_edits

STEP = "repair"
_LINE_BREAK = re.compile(r"\r\n?")
# A line can be mojibake only if it holds one of these: the lead bytes of UTF-8 and the C1 controls read as
# single-byte encodings are letters with accents, Greek, Cyrillic or box drawings, none of them at home in
# Chinese text. What they say together is ftfy's judgement.
_MOJIBAKE = re.compile("[\x80-\x9fÀ-ÖØ-öø-ɏˆˇ˘-˝Ͱ-ԯ╒-╬│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓√]")
_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,24};")
_ESCAPE = re.compile(r"\x1b\[[0-9;]{0,32}[A-Za-z]")
_SURROGATE = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
_LOST = re.compile("\ufffd{1,400}|(?:锟斤拷){1,100}")  # both are U+FFFD, the second read once more as GBK
_WORD = re.compile(r"[0-9A-Za-z]+")
# What is left of markup when a page was flattened carelessly: tags at the end of a line, behind the end of a
# Chinese sentence. Anywhere else a tag may be what the text is about.
_TAGS = (
    r"[ \t\u3000]{0,3}(?:</(?:p|div|span|strong|b|em|font|li|td|section|article|h[1-6])[ ]?>|<br ?/?>){1,8}"
    r"(?=[ \t\u3000\r]{0,8}(?:\n|$))"
)
_STRAY_TAGS = re.compile(r"(?<=[。！？；…”』」）])" + _TAGS, re.I)
_TAGS_OF_FLATTENED = re.compile(r"(?<=[^\s<>])" + _TAGS, re.I)
_OPENING_TAG = re.compile(r"<(?:p|div|span|strong|td|li|h[1-6])[\s>]", re.I)
# A repair can uncover another (an entity behind an entity); text made to go on like that is left.
_MOST_ROUNDS = 4

Stage = Callable[[str], Iterable[Edit]]


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


def repair(text: str, policy: str = "zh-finance", *, ftfy: bool = True, flattened: bool = False) -> Repaired:
    r"""Repair the characters of a text; the number of lines stays.

    Args:
        text: any text; lone surrogates become U+FFFD, because no encoding has them.
        policy: of normal forms: ``zh-finance``, ``nfc`` or ``none`` (docs/repair.md).
        ftfy: whether ftfy repairs mojibake and HTML entities on lines that show its triggers.
        flattened: whether the text is known to be a page flattened after its tags were damaged; then a
            closing tag at the end of any line is residue, unless there are opening tags too.

    Edits are of step ``repair``, kind ``stray-tag`` or the steps of ftfy's plan, or ``normal-forms``, kind
    ``width``, ``zero-width``, ``bidi``, ``control``, ``radical``, ``private-use`` or ``nfc``.

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
    edits: tuple[Edit, ...] = ()
    repaired = text
    for _ in range(_MOST_ROUNDS):
        before = repaired
        for stage in _stages(policy, ftfy, flattened):
            if found := tuple(stage(repaired)):
                edits = compose_edits(text, edits, found)
                repaired = apply_edits(repaired, found)
        if repaired == before:
            break
    return Repaired(repaired, edits, tuple(_lost_text(repaired)))


def _lost_text(text: str) -> Iterator[Flag]:
    """Flag characters that an earlier program destroyed; what they were cannot be known."""
    if "\ufffd" in text or "锟斤拷" in text:
        for match in _LOST.finditer(text):
            yield Flag("lost-text", text.count("\n", 0, match.start()) + 1, match.start(), match[0])


def _stages(policy: Policy, ftfy: bool, flattened: bool) -> tuple[Stage, ...]:
    forms: tuple[Stage, ...] = (
        lambda text: normal_form_edits(text, policy),
        lambda text: nfc_edits(text, policy),
    )
    return (
        surrogate_edits,
        partial(_stray_tags, flattened=flattened),
        *((_entities, _escapes, _mojibake) if ftfy else ()),
        *forms,
    )


def surrogate_edits(text: str) -> Iterator[Edit]:
    """Join surrogates that are one character in UTF-16; a lone one becomes U+FFFD."""
    try:
        text.encode()  # much faster than looking for them
        return
    except UnicodeEncodeError:
        pass
    for match in _SURROGATE.finditer(text):
        pair = match[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        yield Edit(STEP, "surrogates", *match.span(), match[0], pair)


def _stray_tags(text: str, flattened: bool) -> Iterator[Edit]:
    """Take out tags at the end of lines that carelessly flattened markup left."""
    if "</" in text or "<br" in text or "<BR" in text:
        pattern = _TAGS_OF_FLATTENED if flattened and not _OPENING_TAG.search(text) else _STRAY_TAGS
        for match in pattern.finditer(text):
            yield Edit(STEP, "stray-tag", *match.span(), match[0], "")


def _entities(text: str) -> Iterator[Edit]:
    """Decode HTML entities on lines without markup; where there is markup they belong to it."""
    if "&" not in text:
        return
    for start, line in _lines_with(_ENTITY, text):
        if "<" not in line:
            yield from _moved(ftfy_plan.entity_edits(line), start)


def _escapes(text: str) -> Iterator[Edit]:
    if "\x1b" in text:
        for match in _ESCAPE.finditer(text):
            yield Edit(STEP, "remove_terminal_escapes", *match.span(), match[0], "")


def _mojibake(text: str) -> Iterator[Edit]:
    if text.isascii():
        return
    for start, line in _lines_with(_MOJIBAKE, text):
        if fixed := ftfy_plan.fix_line(line):
            yield from _differences(line, *fixed, start)


def _lines_with(trigger: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Yield start and text of each line that holds the trigger."""
    match = trigger.search(text)
    while match:
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        yield start, text[start:end]
        match = trigger.search(text, end)


def _moved(edits: Iterable[Edit], by: int) -> Iterator[Edit]:
    for edit in edits:
        yield Edit(edit.step, edit.kind, edit.start + by, edit.end + by, edit.before, edit.after)


def _differences(line: str, fixed: str, kind: str, offset: int) -> Iterator[Edit]:
    """Yield an edit for what differs between letters and digits, which mojibake never touches."""
    words, fixed_words = list(_WORD.finditer(line)), list(_WORD.finditer(fixed))
    if [word[0] for word in words] != [word[0] for word in fixed_words]:
        yield from span_edits(line, fixed, STEP, kind, offset)
        return
    at = fixed_at = 0
    ends = [(word.span(), other.span()) for word, other in zip(words, fixed_words, strict=True)]
    for (start, end), (fixed_start, fixed_end) in [*ends, ((len(line),) * 2, (len(fixed),) * 2)]:
        if line[at:start] != fixed[fixed_at:fixed_start]:
            yield from span_edits(line[at:start], fixed[fixed_at:fixed_start], STEP, kind, offset + at)
        at, fixed_at = end, fixed_end
