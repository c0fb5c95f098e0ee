"""Take the text out of documentation and message catalogues, for tools/build_character_model.py.

    python -m tools.read_packages UNPACKED_PACKAGE... -o FOLDER

Reads the files of each folder whose path names a language we want (``zh_CN``, ``zh-tw``, ``ja``, ``ko``):
HTML and XML, gettext catalogues (``.mo``, ``.po``). Writes FOLDER/LANGUAGE/PACKAGE.txt, one
passage a line, each line once, and only lines with a character of the language's script.
"""

from __future__ import annotations

import argparse
import gettext
import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree, html

_LANGUAGE = re.compile(
    r"(?<![A-Za-z])(zh|ja|ko)(?:[-_.]?(cn|tw|hk|hans|hant|jp|kr))?(?![A-Za-z])", re.IGNORECASE
)
_NAMES = {
    "zh-cn": "hans", "zh-hans": "hans", "zh-tw": "hant", "zh-hk": "hant", "zh-hant": "hant",
    "ja": "ja", "ja-jp": "ja", "ko": "ko", "ko-kr": "ko",
}  # fmt: skip
_SCRIPT = {
    "hans": re.compile("[一-鿿]"),
    "hant": re.compile("[一-鿿]"),
    "ja": re.compile("[ぁ-ヿ]"),
    "ko": re.compile("[가-힣]"),
}
_INLINE = re.compile(
    "a|abbr|b|bdi|big|cite|code|del|dfn|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|tt|u|var"
    "|app|cmd|file|gui|guilabel|guiseq|input|key|link|literal|output|path|sys"
)


def language_of(path: Path) -> str | None:
    """Return hans, hant, ja or ko as the path says it, the last part that names one first."""
    for part in reversed(path.parts):
        for match in _LANGUAGE.finditer(part):
            if found := _NAMES.get("-".join(filter(None, match.groups())).lower()):
                return found
    return None


def _markup(path: Path) -> Iterator[str]:
    """Yield the text of each block of an HTML or XML document."""
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    root: etree._Element | None
    if path.suffix in (".html", ".htm", ".xhtml"):
        root = html.fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    else:
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
        root = etree.fromstring(data, parser)
    if root is not None:
        parts: list[str] = []
        yield from _blocks(root, parts)
        yield "".join(parts)


def _blocks(element: etree._Element, parts: list[str]) -> Iterator[str]:
    """Yield the text of blocks; `parts` collects that of the one that is open."""
    if not isinstance(element.tag, str):
        return
    name = etree.QName(element).localname.lower()
    if name in ("script", "style", "pre", "screen", "programlisting"):
        return
    block = not _INLINE.fullmatch(name)
    if block:
        yield "".join(parts)
        parts.clear()
    parts.append(element.text or "")
    for child in element:
        yield from _blocks(child, parts)
        parts.append(child.tail or "")
    if block:
        yield "".join(parts)
        parts.clear()


def _catalogue(path: Path) -> Iterator[str]:
    """Yield the translations of a compiled gettext catalogue."""
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    for source, translation in catalogue._catalog.items():  # type: ignore[attr-defined]
        if source:
            yield from translation.split("\n")


def _po(path: Path) -> Iterator[str]:
    """Yield the translations of a gettext source catalogue."""
    text = path.read_text("utf-8")
    for match in re.finditer(r'^msgstr(?:\[\d\])? ((?:".*"\s)+)', text, re.MULTILINE):
        joined = "".join(re.findall(r'"(.*)"', match[1]))
        yield from joined.replace('\\"', '"').split("\\n")


_READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    ".html": _markup, ".htm": _markup, ".xhtml": _markup, ".xml": _markup, ".page": _markup,
    ".gnucash-xea": _markup, ".kmt": _markup, ".mo": _catalogue, ".po": _po,
}  # fmt: skip


def passages(folder: Path) -> dict[str, list[str]]:
    """Return the lines of one unpacked package by language, each once, in the order of the files."""
    found: dict[str, dict[str, None]] = {name: {} for name in _SCRIPT}
    for path in sorted(folder.rglob("*")):
        reader, language = _READERS.get(path.suffix), language_of(path.relative_to(folder.parent))
        if not reader or not language or not path.is_file() or path.is_symlink():
            continue
        for raw in reader(path):
            line = _joined(raw)
            if len(line) > 1 and _SCRIPT[language].search(line):
                found[language][line] = None
    return {language: list(lines) for language, lines in found.items()}


def _joined(raw: str) -> str:
    """Return a passage as one line; a line break between two ideographs is none."""
    line = re.sub(r"(?<=[⺀-鿿＀-￯])[ \t]*\n[ \t]*(?=[⺀-鿿＀-￯])", "", raw.strip())
    return re.sub(r"\s+", " ", line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    for folder in options.folders:
        for language, lines in passages(folder).items():
            if lines:
                out = options.output / language / f"{folder.name}.txt"
                out.parent.mkdir(parents=True, exist_ok=True)
                out.write_text("\n".join(lines) + "\n", "utf-8")
                print(f"{out}: {len(lines):,} lines, {sum(map(len, lines)):,} characters")


if __name__ == "__main__":
    main()
