"""Write docs/normal-forms.md, the table of every policy, from the code.

python -m tools.write_normal_forms > docs/normal-forms.md
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping

from articlekit.text.normal_forms import KINDS, tables

_ABOUT = {
    "control": "control characters go, but for tab and line breaks; those that part words become a blank",
    "zero-width": "characters without width go",
    "joiner": "joiners go beside ASCII, CJK or the edge of the text; elsewhere, as in emoji, they stay",
    "bidi": "marks of direction go",
    "radical": "Kangxi and CJK radicals become the ideographs they look like",
    "private-use": "private-use characters of GBK and GB 18030-2000 become those of later editions",
    "width": "full-width letters, digits and the percent sign become half-width",
    "punctuation": "full-width signs become half-width",
    "nfc": "Normalization Form C of Unicode, for each character with its marks (at most 30)",
}
_HEAD = """# Normal forms

`[clean] normal_forms` names a policy. Each policy is a choice of kinds of changes; each kind is a table.
This page is written from the code by `python -m tools.write_normal_forms`.

`zh-finance` is the default. `zh-keep-width` leaves full-width letters and digits as they are written, for
text that must stay as it looks. `zh-halfwidth` turns Chinese commas, brackets and other signs with an ASCII
form into it, for programs that know only those; 。 、 “” 《》 and the ideographic space have no such form and
stay. No policy is NFKC.
"""


def page() -> str:
    """Return the page."""
    names = list(KINDS)
    lines = [_HEAD, f"| kind | what it does | {' | '.join(f'`{name}`' for name in names)} |"]
    lines.append("|---|---|" + "---|" * len(names))
    for kind, about in _ABOUT.items():
        marks = " | ".join("yes" if kind in KINDS[name] else "" for name in names)
        lines.append(f"| `{kind}` | {about} | {marks} |")
    for kind, table in tables().items():
        lines += ["", f"## `{kind}`", "", *_rows(table)]
    return "\n".join(lines) + "\n"


def _rows(table: Mapping[str, str]) -> list[str]:
    """Return the table, with neighbours that change in the same way as one range."""
    runs: list[list[tuple[str, str]]] = []
    for character, form in sorted(table.items()):
        if runs and _continues(runs[-1][-1], (character, form)):
            runs[-1].append((character, form))
        else:
            runs.append([(character, form)])
    found = [_row(run) for run in runs]
    return ["| characters | become |", "|---|---|", *(f"| {left} | {right} |" for left, right in found)]


def _continues(last: tuple[str, str], pair: tuple[str, str]) -> bool:
    if ord(pair[0]) != ord(last[0]) + 1:
        return False
    if not (last[1] and pair[1]) or last[1] == pair[1] == " ":
        return last[1] == pair[1]
    return ord(pair[1]) == ord(last[1]) + 1 and ord(pair[0]) - ord(pair[1]) == 0xFEE0


def _row(run: list[tuple[str, str]]) -> tuple[str, str]:
    (first, form), (last, last_form) = run[0], run[-1]
    span = _named(first) if first == last else f"{_named(first)} … {_named(last)}"
    if not form:
        return span, "nothing"
    if form == " ":
        return span, "a blank"
    return span, _named(form) if first == last else f"{_named(form)} … {_named(last_form)}"


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    shown = unicodedata.category(character)[0] in "LNPS" and character not in "|`\\"
    return f"{character} {code}" if shown else code


if __name__ == "__main__":
    sys.stdout.write(page())
