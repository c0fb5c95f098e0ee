"""Make annotated-GBK documents from clean text, undo them, and measure.

usage: python -m benchmarks.annotated TEXT... [--part measure] [--documents N] [--straddles N] [--share S]
           [--style STYLE] [--order ORDER] [--layout LAYOUT] [--length N] [--seed N] [--repeat N]
           [--show N]

Does forward what docs/annotated-gbk.md describes: traditional text, as GBK bytes; for each character of a
table, one after the other, its pair of bytes is replaced by itself plus its pinyin in brackets, wherever
the two bytes stand next to each other; then a decoder of the chosen style reads the result. The expected
text is the clean one, with U+FFFD for every ASCII character that the decoder lost and nobody can know.

With ``--straddles N`` the table gets exactly N entries whose bytes stand across a character boundary (and
no other does); without, whatever the table's share gives. `--layout html` wraps the lines in markup before
the damage; `--layout flat` takes the markup out again after it, as a scraper does, so that what was eaten
of it stays: compared is then the text without markup.

Printed are exact documents (Wilson's 95 % interval), characters right of those that can be known, digits
and letters invented, annotations left as they were, flags for each document, and MB of UTF-8 per second
of CPU time.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html import unescape
from itertools import pairwise
from pathlib import Path
from time import process_time

from tools.build_character_model import Scripts, read_lines

from articlekit.model import Repaired
from articlekit.steps.annotated import undo
from articlekit.text.annotated import gbk
from articlekit.text.annotated.annotations import ANNOTATION, TONED_ANNOTATION
from articlekit.text.annotated.pinyin import readings
from benchmarks.intervals import wilson

LOST = "\ufffd"
ORDERS = ("random", "bytes", "pinyin")


@dataclass(frozen=True, slots=True)
class Style:
    """How a decoder treats what is no character.

    `eats`: an invalid pair becomes ``?`` and takes its second byte along; else U+FFFD, and the second byte
    is read again. Without `marks`, nothing shows where bytes were lost. `private`: pairs of the
    private-use area are ``kept``, ``lost``, or as bad as invalid ones (``bad``). With `again`, the second
    byte of an invalid pair is always read again, as Python's decoders do, not only if it is ASCII.
    """

    eats: bool
    private: str
    marks: bool = True
    again: bool = False


STYLES = {
    "question": Style(True, "bad"),
    "question-kept": Style(True, "kept"),
    "question-lost": Style(True, "lost"),
    "replacement": Style(False, "bad"),
    "replacement-kept": Style(False, "kept"),
    "replacement-lost": Style(False, "lost"),
    "replacement-again": Style(False, "bad", again=True),
    "ignored": Style(False, "kept", marks=False),
}


@dataclass(frozen=True, slots=True)
class Made:
    """One made document: what the site served, what it was, and how it was damaged."""

    damaged: str
    expected: str
    straddles: int
    style: str
    flat: bool = False


@dataclass
class Maker:
    """Makes documents from clean traditional text."""

    rng: random.Random
    share: float = 0.7
    straddles: int | None = None
    order: str = "random"
    pool: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        scripts = Scripts()
        for character, pair in gbk.pairs().items():
            known = readings(character)
            if scripts.script(character) == 2 and known and pair in gbk.assigned():
                self.pool[character] = first_reading(character)

    def make(self, clean: str, style: str, *, flat: bool = False) -> Made:
        """Annotate and decode one text, which must have no character outside GBK; then take its tags out."""
        data = clean.encode("gb18030")
        table = self._table(clean, data)
        marked, origins = annotate(data, table)
        damaged, places = decode(marked, STYLES[style])
        lost = [origins[at] for at in places if origins[at] >= 0]
        straddles = count_straddles(clean, table)
        annotated = {place for place, behind in pairwise(origins) if behind < 0 <= place}
        expected = expected_text(clean, lost, annotated)
        if flat:
            damaged, expected = flattened(damaged), flattened(expected)
        return Made(damaged, expected, straddles, style, flat)

    def _table(self, clean: str, data: bytes) -> list[tuple[bytes, bytes]]:
        chosen = {c for c in self.pool if self.rng.random() < self.share}
        if self.straddles is not None:
            across = straddling(clean)
            usable = [c for c in across if c in self.pool]
            wanted = set(self.rng.sample(sorted(usable), min(self.straddles, len(usable))))
            chosen = (chosen - set(usable)) | wanted
        entries = [(c.encode("gb18030"), f"({self.pool[c]})".encode("gb18030")) for c in sorted(chosen)]
        if self.order == "random":
            self.rng.shuffle(entries)
        else:
            entries.sort(key=lambda entry: entry[self.order == "pinyin"])
        return entries


def first_reading(character: str) -> str:
    from pypinyin import pinyin

    return str(pinyin(character)[0][0])


def annotate(data: bytes, table: Iterable[tuple[bytes, bytes]]) -> tuple[bytes, list[int]]:
    """Glue the readings behind their pairs of bytes, one entry after the other.

    Return also where each byte stood in `data`, -1 for those of annotations.
    """
    origins = list(range(len(data)))
    for pair, reading in table:
        if pair not in data:
            continue
        places = [match.end() for match in re.finditer(re.escape(pair), data)]
        for at in reversed(places):
            origins[at:at] = [-1] * len(reading)
        data = data.replace(pair, pair + reading)
    return data, origins


def straddling(clean: str) -> set[str]:
    """Return the characters whose bytes stand across a boundary of two characters."""
    data, inner = clean.encode("gb18030"), set()
    at = 0
    while at < len(data) - 2:
        if data[at] < 0x80:
            at += 1
            continue
        if (
            data[at + 1] > 0x80
            and data[at + 2] >= 0x40
            and (found := gbk.assigned().get(data[at + 1] << 8 | data[at + 2]))
        ):
            inner.add(found)
        at += 2
    return inner


def count_straddles(clean: str, table: Iterable[tuple[bytes, bytes]]) -> int:
    inner = {c.encode("gb18030") for c in straddling(clean)}
    return sum(pair in inner for pair, _ in table)


def decode(data: bytes, style: Style) -> tuple[str, list[int]]:
    """Decode in a style; return the text and, in order, the offsets in `data` of the bytes it lost."""
    out: list[str] = []
    lost: list[int] = []
    assigned, private = gbk.assigned(), {p: c for c, p in gbk.pairs().items() if gbk.is_private(c)}
    unassigned = gbk.unassigned_trails()
    at = 0
    while at < len(data):
        lead = data[at]
        pair = lead << 8 | (data[at + 1] if at + 1 < len(data) else 0)
        gap = pair & 0xFF in unassigned.get(lead, ())
        if lead < 0x80:
            shown, size = chr(lead), 1
        elif pair in assigned and not gap:
            shown, size = assigned[pair], 2
        elif gap and style.private == "kept":
            shown, size = private.get(pair, assigned.get(pair, "")), 2
        elif gap and style.private == "lost":
            shown, size = "", 2
        elif style.eats:
            shown, size = "?", 1 if lead in (0x80, 0xFF) else 2
        else:
            shown, size = (
                LOST if style.marks else "",
                2 if gap and pair & 0xFF >= 0x80 and not style.again else 1,
            )
        if shown in ("", "?", LOST) and lead >= 0x80:
            lost.extend(range(at, min(at + size, len(data))))
        out.append(shown)
        at += size
    return "".join(out), lost


_RESTORABLE = re.compile(r"</?(?:p|br|strong|h[1-6]|span|div)\b|&(?:nbsp|quot|ldquo|rdquo);")


def expected_text(clean: str, lost: Iterable[int], annotated: set[int]) -> str:
    """Return the clean text with U+FFFD for each character of which nothing is left.

    That is an ASCII character that was lost, unless it belongs to markup that tells it, and a character
    both bytes of which were lost, unless an annotation behind it tells its reading (`annotated`: offsets
    of second bytes).
    """
    gone, at = set(lost), 0
    characters = list(clean)
    for index, character in enumerate(clean):
        size = len(character.encode("gb18030"))
        unknown = gone.issuperset(range(at, at + size)) and at + size - 1 not in annotated
        if unknown and (size > 1 or not _RESTORABLE.match(clean, index)):
            characters[index] = LOST
        at += size
    return "".join(characters)


def documents(lines: Sequence[str], length: int, layout: str, rng: random.Random) -> Iterator[str]:
    """Yield clean traditional documents of about `length` characters, made of shuffled lines."""
    scripts = Scripts()
    usable = []
    for line in lines:
        kinds = [scripts.script(c) for c in line]
        text = scripts.convert(line) if kinds.count(1) > kinds.count(2) else line
        if kinds.count(1) + kinds.count(2) > 0.05 * len(line):
            usable.append("".join(c for c in text if in_gbk(c)))
    while True:
        rng.shuffle(usable)
        parts: list[str] = []
        for line in usable:
            parts.append(line)
            if sum(map(len, parts)) >= length:
                yield "\n".join(parts) if layout == "text" else as_page(parts, rng)
                parts = []


def in_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def as_page(lines: Sequence[str], rng: random.Random) -> str:
    """Wrap lines in the markup such sites use."""
    wrapped = [
        rng.choice(("<p>{}</p>", "<p>&nbsp;{}</p>", "<p><strong>{}</strong></p>", "{}<br/>")).format(x)
        for x in lines
    ]
    return '<div class="content">\n' + "\n".join(wrapped) + "\n</div>"


_TAG = re.compile(r"</?(?:p|br|strong|h[1-6]|span|div)\b[^<>\n]*>")


def flattened(text: str) -> str:
    """Return text without its tags and with its entities resolved.

    >>> flattened("<p>&nbsp;還款</p>")
    '\\xa0還款'
    """
    return unescape(_TAG.sub("", text))


@dataclass
class Score:
    """What came out, added up over documents."""

    made: int = 0
    exact: int = 0
    right: int = 0
    characters: int = 0
    invented: int = 0
    left: int = 0
    flags: int = 0
    unflagged: int = 0
    straddles: int = 0
    lost_characters: int = 0
    seconds: float = 0.0
    size: int = 0

    def add(self, made: Made, repaired: Repaired, seconds: float) -> None:
        result = repaired.text
        if made.flat:
            result = flattened(result)
        self.made += 1
        self.straddles += made.straddles
        exact = is_exact(made.expected, result)
        self.exact += exact
        self.unflagged += not exact and not repaired.flags
        recoverable = len(made.expected) - made.expected.count(LOST)
        self.lost_characters += made.expected.count(LOST)
        self.characters += recoverable
        self.right += recoverable - wrong_characters(made.expected, result)
        self.invented += invented(made.expected, result)
        self.left += len(residues(result))
        self.flags += len(repaired.flags)
        self.seconds += seconds
        self.size += len(made.damaged.encode("utf-8", "surrogatepass"))

    def line(self, name: str) -> str:
        low, high = wilson(self.exact, self.made)
        return (
            f"{name:34} n={self.made:<5} straddles/doc {self.straddles / max(self.made, 1):5.1f}  "
            f"exact {self.exact / max(self.made, 1):7.2%} [{low:.2%}, {high:.2%}]  "
            f"characters {self.right / max(self.characters, 1):9.4%} of {self.characters}  "
            f"invented {self.invented}  left {self.left}  flags/doc {self.flags / max(self.made, 1):.2f}  "
            f"wrong and not flagged {self.unflagged}  "
            f"{self.size / max(self.seconds, 1e-9) / 1e6:.2f} MB/s"
        )


def is_exact(expected: str, result: str) -> bool:
    """Tell whether `result` has all that can be known, and no digit or letter where nothing can."""
    if LOST not in expected:
        return expected == result
    pattern = "[^0-9A-Za-z]".join(map(re.escape, expected.split(LOST)))
    return re.fullmatch(pattern, result) is not None


def wrong_characters(expected: str, result: str) -> int:
    """Count the recoverable characters of `expected` that `result` has not got right."""
    if expected == result:
        return 0
    ours, theirs = expected.split("\n"), result.split("\n")
    if len(ours) != len(theirs):
        ours, theirs = [expected], [result]
    wrong = 0
    for want, got in zip(ours, theirs, strict=True):
        if want != got:
            blocks = SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks()
            same = sum(block.size - want[block.a : block.a + block.size].count(LOST) for block in blocks)
            wrong += len(want) - want.count(LOST) - same
    return wrong


def residues(text: str) -> list[str]:
    """Return the annotations that were left in a text, with what they kept of their brackets."""
    found = (match[0] for match in ANNOTATION.finditer(text))
    return [shown for shown in found if TONED_ANNOTATION.search("(" + shown.lstrip("?\ufffd("))]


def invented(expected: str, result: str) -> int:
    """Count digits and Latin letters of `result` that are neither in `expected` nor in what was left."""
    if expected == result:
        return 0
    for shown in residues(result):
        result = result.replace(shown, LOST)
    blocks = SequenceMatcher(None, expected, result, autojunk=False).get_matching_blocks()
    count, end = 0, 0
    for block in blocks:
        count += sum(c.isascii() and c.isalnum() for c in result[end : block.b])
        end = block.b + block.size
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("texts", nargs="+", type=Path, help="folders or files of clean Chinese text")
    parser.add_argument("--part", choices=["build", "tune", "measure"], help="only lines of this part")
    parser.add_argument("--documents", type=int, default=60, help="for each style and share")
    parser.add_argument(
        "--straddles", type=int, help="straddling entries for each document; default: as they come"
    )
    parser.add_argument(
        "--share", type=float, nargs="+", default=[0.5, 0.7, 0.95], help="of the traditional characters"
    )
    parser.add_argument("--style", nargs="+", choices=[*STYLES], default=[*STYLES])
    parser.add_argument("--order", choices=ORDERS, default="random")
    parser.add_argument("--layout", choices=["text", "html", "flat"], default="text")
    parser.add_argument("--length", type=int, default=1500, help="characters for each document")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=1, help="undo each so often; the fastest time counts")
    parser.add_argument("--show", type=int, default=0, help="print so many wrong lines for each style")
    options = parser.parse_args()
    lines = list(read_lines(options.texts, options.part))
    rng = random.Random(options.seed)
    maker = Maker(rng, straddles=options.straddles, order=options.order)
    everything = Score()
    for style in options.style:
        for share in options.share:
            source = documents(lines, options.length, options.layout, rng)
            score, shown = Score(), 0
            for _ in range(options.documents):
                made = replace_share(maker, share).make(next(source), style, flat=options.layout == "flat")
                result, took = timed(made.damaged, options.repeat)
                for total in (score, everything):
                    total.add(made, result, took)
                if shown < options.show:
                    shown += show(made, flattened(result.text) if made.flat else result.text)
            print(score.line(f"{style} {share:.0%}"), flush=True)
    print(everything.line("all"))


def timed(damaged: str, repeat: int) -> tuple[Repaired, float]:
    """Undo a document; return the result and the CPU seconds of the fastest of `repeat` times."""
    times = []
    for _ in range(max(1, repeat)):
        began = process_time()
        result = undo(damaged)
        times.append(process_time() - began)
    return result, min(times)


def replace_share(maker: Maker, share: float) -> Maker:
    maker.share = share
    return maker


def show(made: Made, result: str) -> int:
    """Print the first line that is wrong, with what it was made from."""
    for want, got in zip(made.expected.split("\n"), result.split("\n"), strict=False):
        if want != got:
            for tag, a, b, c, d in SequenceMatcher(None, want, got, autojunk=False).get_opcodes():
                if tag != "equal":
                    print(f"    want …{want[max(0, a - 8) : b + 8]}…  got …{got[max(0, c - 8) : d + 8]}…")
            return 1
    return 0


if __name__ == "__main__":
    main()
