"""ftfy for one line at a time, with settings that leave Chinese text alone.

`fix_line` runs ftfy's repair of mojibake (UTF-8 and cp1252 read as single-byte encodings) with every
other fixer off: our own normal forms, line breaks and control characters are handled elsewhere. ftfy's
heuristic of what looks broken decides first, so ordinary accents, quotes and currency signs stay.
`mojibake_edits` runs it over the lines of a text that show its triggers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from articlekit.model import Edit
from articlekit.text.edits import span_edits
from articlekit.text.lines import lines_with

STEP = "repair"
# A line can be mojibake only if it holds one of these: the lead bytes of UTF-8 and the C1 controls read as
# single-byte encodings are letters with accents, Greek, Cyrillic or box drawings, none of them at home in
# Chinese text. What they say together is ftfy's judgement.
_TRIGGER = re.compile("[\x80-\x9fÀ-ÖØ-öø-ɏˆˇ˘-˝Ͱ-ԯ╒-╬│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓√]")
_WORD = re.compile(r"[0-9A-Za-z]+")


@cache
def _config() -> Any:
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,  # `articlekit.text.escapes` does it, with positions
        remove_terminal_escapes=False,
        fix_encoding=True,
        restore_byte_a0=True,
        replace_lossy_sequences=True,
        decode_inconsistent_utf8=True,
        fix_c1_controls=True,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=True,
    )


def mojibake_edits(text: str) -> Iterator[Edit]:
    """Yield the edits of ftfy's repair for the lines that show its triggers.

    >>> [(edit.before, edit.after) for edit in mojibake_edits("示例公司 Itâ€™s 2024")]
    [('â€™', '’')]
    """
    if text.isascii():
        return
    for start, line in lines_with(_TRIGGER, text):
        if fixed := fix_line(line):
            yield from _differences(line, *fixed, start)


def fix_line(line: str) -> tuple[str, str] | None:
    """Return the repaired line and the steps of ftfy's plan, or None where ftfy finds nothing to repair.

    A step is named by its codec or function; encode and decode steps say which one they are.

    >>> fix_line("The companyâ€™s profit")
    ('The company’s profit', 'encode:sloppy-windows-1252+decode:utf-8')
    >>> fix_line("“示例”：￥300，Café à Genève") is None
    True
    """
    from ftfy import fix_and_explain
    from ftfy.badness import is_bad

    if not is_bad(line):
        return None
    fixed, plan = fix_and_explain(line, _config())
    if fixed == line or "\n" in fixed:
        return None
    names = [
        f"{step.action}:{step.parameter}" if step.action in ("encode", "decode") else step.parameter
        for step in plan or ()
    ]
    return fixed, "+".join(names)


def unescape_entity(entity: str) -> str | None:
    """Return what ftfy makes of one HTML entity; None where it is none, or stands for a line break.

    >>> unescape_entity("&amp;"), unescape_entity("&nosuch;"), unescape_entity("&#10;")
    ('&', None, None)
    """
    from ftfy.chardata import HTML_ENTITY_RE
    from ftfy.fixes import unescape_html

    if not HTML_ENTITY_RE.fullmatch(entity):
        return None
    decoded = unescape_html(entity)
    one_line = len(decoded.splitlines()) == 1 == len(f"{decoded}.".splitlines())
    return decoded if decoded != entity and one_line else None


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
