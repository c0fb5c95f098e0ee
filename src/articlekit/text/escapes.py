"""Characters written as codes: HTML entities, and the colour codes of terminals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articlekit.adapters import ftfy_plan
from articlekit.model import Edit
from articlekit.text.edits import moved
from articlekit.text.lines import lines_with

_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,24};")
_TERMINAL = re.compile(r"\x1b\[[0-9;]{0,32}[A-Za-z]")


def entity_edits(text: str) -> Iterator[Edit]:
    r"""Yield edits that decode HTML entities on lines without markup; beside tags they belong to it.

    >>> [(edit.before, edit.after) for edit in entity_edits("AT&amp;T\n<p>A&amp;B</p>")]
    [('&amp;', '&')]
    """
    if "&" not in text:
        return
    for start, line in lines_with(_ENTITY, text):
        if "<" not in line:
            yield from moved(ftfy_plan.entity_edits(line), start)


def terminal_edits(text: str) -> Iterator[Edit]:
    """Yield edits that take out the colour codes of terminals."""
    if "\x1b" in text:
        for match in _TERMINAL.finditer(text):
            yield Edit("repair", "remove_terminal_escapes", *match.span(), match[0], "")
