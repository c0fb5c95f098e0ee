r"""Characters written as codes: entities, ``\u4e2d``, ``%u4e2d``, ``%E4%B8%AD``, ``\xE4\xB8\xAD``.

Such codes belong into source code, addresses and texts about encodings, so they are decoded only where a
line shows several that stand for characters beyond ASCII, and nothing else in it looks like code. Named
entities with their semicolon are decoded one by one. Nothing here produces a control or formatting
character, a line break or half a character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from articlekit.adapters import ftfy_plan
from articlekit.model import Edit
from articlekit.text.characters import HAN, HANGUL, KANA
from articlekit.text.lines import lines_with

KIND = "escapes"
_STEP = "repair"

_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,24};")
_TERMINAL = re.compile(r"\x1b\[[0-9;]{0,32}[A-Za-z]")
_SPACES = {"nbsp": "\u00a0", "ensp": "\u2002", "emsp": "\u2003"}
_NAMED = _SPACES | {
    "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "mdash": "—", "hellip": "…", "middot": "·",
}  # fmt: skip
# One code of each family; what follows must not be able to belong to it.
_NUMERIC = r"&(?:amp;)?#(?:[xX][0-9A-Fa-f]{2,6}(?![0-9A-Fa-f])|[0-9]{2,7}(?![0-9]));?"
_NAME = rf"&(?:amp;)?(?:{'|'.join(_NAMED)})(?![0-9A-Za-z=;])"
_BACKSLASH = r"\\{1,2}(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|u\{[0-9A-Fa-f]{2,6}\})"
_PERCENT_U = r"%u[0-9A-Fa-f]{4}"
_PERCENT = r"(?:%[0-9A-Fa-f]{2})+"
_BYTES = r"(?:\\{1,2}x[0-9A-Fa-f]{2}){2,}"
_RUN = re.compile(
    f"(?:(?P<entity>(?:{_NUMERIC}|{_NAME})+)|(?P<unicode>(?:{_BACKSLASH})+|(?:{_PERCENT_U})+)"
    f"|(?P<bytes>{_PERCENT}|{_BYTES}))"
)
_SIGN = re.compile(r"[&\\%](?:#|amp;|[uUx][0-9A-Fa-f{]|[0-9A-Fa-f]{2}|[nelrhm][a-z]{3})")
_HEX = re.compile(r"[0-9A-Fa-f]{2,8}")
_CODE_OF_ENTITY = re.compile(r"#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));?|([A-Za-z]+)")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")

_SEVERAL = 2  # characters beyond ASCII from which a line shows damage and not an example
_LONG = 4  # Chinese, Japanese or Korean ones in one run, from which there is no doubt
# Signs of source code, in a line whose runs of codes are replaced by U+FFFC; those of the second row do
# not count where a run is long.
_CODE = re.compile(
    r"[`{}<]|\[\ufffc|[\"']\s{0,2}\ufffc\s{0,2}[\"']|[=:(\[,]\s{0,2}[\"']\s{0,2}\ufffc|\b[A-Za-z]:\ufffc|^\s*(?://|>>>)"
)
_PERHAPS_CODE = re.compile(
    r"[\\^>=]|&&|/\*|\*/|\ufffc\s?[-|]\s?\ufffc|\|\ufffc|[\"']\s{0,2}\ufffc|\ufffc\s{0,2}[\"']|^\s*[$#] "
)
_ABOUT = re.compile(
    r"unicode|utf-?\d|ascii|charset|encod|decod|escap|regex|json|entit|编码|編碼|解码|解碼|转义|轉義|正则|正則"
    r"|字符集|字元集|码点|碼點|实体|實體|十六进制|十六進位",
    re.IGNORECASE,
)
# A word of ASCII letters and signs is part of an address or a path if it holds one of these.
_ADDRESS = re.compile(r"://|www\.|[A-Za-z]/|/[A-Za-z]|[?&]\w*=|\w=\ufffc|\ufffc\.[a-z]{2,4}\b")
_WORD = re.compile(r"[!-~\ufffc]+")
_CJK = re.compile(f"[{HAN}{KANA}{HANGUL}]")


def escape_edits(text: str) -> Iterator[Edit]:
    r"""Yield edits that decode runs of codes, on lines that show several and are not code.

    >>> [(edit.before, edit.after) for edit in escape_edits(r"示例公司\u53d1\u5e03公告")]
    [('\\u53d1\\u5e03', '发布')]
    >>> list(escape_edits(r'{"title": "\u53d1\u5e03"}'))
    []
    """
    for start, line in lines_with(_SIGN, text):
        yield from _line_edits(line, start)


def entity_edits(text: str) -> Iterator[Edit]:
    r"""Yield edits that decode HTML entities on lines without markup; beside tags they belong to it.

    >>> [(edit.before, edit.after) for edit in entity_edits("AT&amp;T\n<p>A&amp;B</p>")]
    [('&amp;', '&')]
    """
    if "&" not in text:
        return
    for start, line in lines_with(_ENTITY, text):
        if "<" in line or (not _CJK.search(line) and _like_code(_ENTITY.sub("\ufffc", line))):
            continue
        for match in _ENTITY.finditer(line):
            decoded = ftfy_plan.unescape_entity(match[0])
            if decoded is not None and all(map(_is_text, decoded)):
                at = start + match.start()
                yield Edit(_STEP, KIND, at, at + len(match[0]), match[0], decoded)


def terminal_edits(text: str) -> Iterator[Edit]:
    """Yield edits that take out the colour codes of terminals."""
    if "\x1b" in text:
        for match in _TERMINAL.finditer(text):
            yield Edit(_STEP, "remove_terminal_escapes", *match.span(), match[0], "")


def _line_edits(line: str, offset: int) -> Iterator[Edit]:
    runs = list(_RUN.finditer(line))
    decoded = [_decoded(run) for run in runs]
    beyond = [sum(character > "\x7f" for character in text or "") for text in decoded]
    outside = _RUN.sub("\ufffc", line)
    if sum(beyond) < _SEVERAL or _CODE.search(outside):
        return
    long = any(len(_CJK.findall(text or "")) >= _LONG for text in decoded)
    if not long and _like_code(outside):
        return
    words = [word[0] for word in _WORD.finditer(outside)]
    addresses = [bool(_ADDRESS.search(word)) for word in words for _ in range(word.count("\ufffc"))]
    confidence = 1.0 if long else 0.95
    for run, text, address in zip(runs, decoded, addresses, strict=True):
        if text and not address:
            yield Edit(_STEP, KIND, offset + run.start(), offset + run.end(), run[0], text, confidence)


def _like_code(outside: str) -> bool:
    return any(pattern.search(outside) for pattern in (_CODE, _PERHAPS_CODE, _ABOUT))


def _decoded(run: re.Match[str]) -> str | None:
    """Return the characters a run of codes stands for, or None where that is no text."""
    decode = _DECODERS[run.lastgroup or ""]
    try:
        text = decode(run[0])
    except (ValueError, OverflowError):
        return None
    text = _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    if text.isascii() and text.strip(" "):
        return None
    return text if all(map(_is_text, text)) else None


def _is_text(character: str) -> bool:
    """Tell whether a character is a letter, mark, digit, sign or blank; no control, format or half one."""
    category = unicodedata.category(character)
    return category[0] in "LMNPS" or category == "Zs"


def _of_entities(codes: str) -> str:
    found = []
    for high, decimal, name in _CODE_OF_ENTITY.findall(codes.replace("amp;", "")):
        found.append(_NAMED[name] if name else chr(int(high, 16) if high else int(decimal)))
    return "".join(found)


def _of_numbers(codes: str) -> str:
    return "".join(chr(int(code, 16)) for code in _HEX.findall(codes))


def _of_bytes(codes: str) -> str:
    return bytes.fromhex("".join(code for code in _HEX.findall(codes))).decode("utf-8")


_DECODERS: dict[str, Callable[[str], str]] = {
    "entity": _of_entities,
    "unicode": _of_numbers,
    "bytes": _of_bytes,
}
