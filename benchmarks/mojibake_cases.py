"""Damage clean text as wrong decoders do: seeded cases for every chain, from any lines.

    python -m benchmarks.mojibake_cases TEXT... [--kind KIND] [--part measure] [-n 5] [--repair]

prints cases or, with --repair, how many `repair_mojibake` puts right, by chain. A *step* is two codecs:
text is written in the first and read in the second. A *chain* is one to three steps. Kinds of cases:

| kind       | what is made |
|------------|--------------|
| `lossless` | a snippet through a chain of one step, no byte lost |
| `double`   | two steps |
| `triple`   | three steps |
| `inline`   | one part of a good line through a chain of one step |
| `joined`   | the same, but cut in as bytes, so that the run's last byte joins the good text behind it |
| `lossy`    | one step by a decoder that puts U+FFFD or ``?`` for bytes it cannot read, or drops them |

Nothing here is tied to a text or a site; `is_right` says what counts as repaired.
"""

from __future__ import annotations

import argparse
import codecs
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple, TypeAlias

from tools.build_character_model import read_lines

from articlekit.text.mojibake.repair import repair_mojibake
from benchmarks.intervals import wilson

LOST = "\ufffd"
KINDS = ("lossless", "double", "triple", "inline", "joined", "lossy")
STYLES = ("replace", "question", "ignore")
RIGHT = ("utf-8", "gbk", "big5")
SINGLE = ("latin-1", "cp1252", "cp437", "mac_roman", "cp1250", "cp1251")
DOUBLE = ("gbk", "gb18030", "big5", "cp932", "cp949")
LENGTHS = (4, 5, 6, 8, 10, 15, 20, 30, 50, 100)
_LEAST = 4  # characters outside ASCII that a damaged snippet must have had
_TRIES = 400

Step: TypeAlias = tuple[str, str]
Chain: TypeAlias = tuple[Step, ...]


class Case(NamedTuple):
    """A damaged line and what it was; `lost` are the places in `original` of which a byte is gone."""

    damaged: str
    original: str
    kind: str
    chain: str
    lost: tuple[int, ...] = ()


def chains(kind: str) -> tuple[Chain, ...]:
    """Return the chains of a kind. Doubles and triples go on with UTF-8, as most programs write.

    >>> len(chains("lossless"))
    32
    >>> chain_name(chains("double")[0])
    'utf-8 as gbk, utf-8 as gbk'
    """
    single = tuple(
        ((right, wrong),)
        for right, wrong in product((*RIGHT, "cesu-8"), (*DOUBLE, *SINGLE))
        if right not in (wrong, "cesu-8") and (right, wrong) != ("gbk", "gb18030")
    )
    if kind in ("lossless", "inline"):
        return (*single, (("cesu-8", "latin-1"),), (("cesu-8", "cp1252"),))
    if kind == "joined":
        return tuple((("utf-8", wrong),) for wrong in ("gbk", "big5", "cp932", "cp949"))
    if kind == "lossy":
        some = ("gbk", "gb18030", "big5", "cp932", "cp949", "cp1252", "cp1250", "cp1251")
        return (*((("utf-8", wrong),) for wrong in some), (("gbk", "big5"),), (("gbk", "cp949"),))
    again = ("gbk", "big5", "latin-1", "cp1252", "cp437", "mac_roman", "cp1250", "cp1251")
    twice = (
        *(((("utf-8", wrong),) * 2) for wrong in again),
        *(((right, wrong), ("utf-8", "latin-1")) for right, wrong in product(RIGHT, ("latin-1", "cp1252"))),
        *((("utf-8", one), ("utf-8", two)) for one, two in product(again[:4], repeat=2) if one != two),
        (("gbk", "latin-1"), ("utf-8", "gbk")),
        (("big5", "cp1252"), ("utf-8", "big5")),
    )
    if kind == "double":
        return tuple(dict.fromkeys(twice))
    if kind == "triple":
        more = (*(((("utf-8", wrong),) * 3) for wrong in ("gbk", "latin-1", "cp1252", "cp437", "cp1251")),)
        mixed = tuple((*two, ("utf-8", "cp1252")) for two in twice if two[-1][1] in ("gbk", "latin-1"))
        return tuple(dict.fromkeys((*more, *mixed)))
    raise ValueError(f"unknown kind {kind!r}; known: {', '.join(KINDS)}")


def chain_name(chain: Chain) -> str:
    return ", ".join(f"{right} as {wrong}" for right, wrong in chain)


def cases(
    lines: Sequence[str],
    kind: str,
    seed: int = 1,
    *,
    count: int = 100,
    lengths: Sequence[int] = LENGTHS,
    only: Iterable[Chain] | None = None,
) -> Iterator[Case]:
    """Yield up to `count` cases for each chain of `kind`, the same for the same arguments.

    Args:
        lines: clean text, one passage each; snippets of `lengths` characters are cut from them.
        kind: one of `KINDS`.
        seed: of the random choices.
        count: cases for each chain; fewer where hardly any text survives the chain.
        lengths: of the snippets that are damaged, in characters; shorter ones where a chain fits none.
        only: these chains instead of all.

    >>> next(cases(["今天的天气真好，我们去公园。"], "lossless", only=[(("utf-8", "gbk"),)])).chain
    'utf-8 as gbk'
    """
    make = _MAKERS.get(kind, _whole)
    for chain in chains(kind) if only is None else only:
        rng = random.Random(f"{kind} {chain_name(chain)} {seed}")
        made = misses = 0
        while made < count and misses < _TRIES * (made + 1) and misses < _TRIES * 20:
            case = make(lines, kind, chain, rng.choice(lengths), rng)
            if case is None or len(case.damaged.splitlines()) != 1 or case.damaged == case.original:
                misses += 1
                continue
            made += 1
            yield case


def is_right(case: Case, repaired: str) -> bool:
    """Tell whether all that can be known is there and each lost character is marked or right.

    >>> is_right(Case("", "净利5元", "lossy", "", (2,)), "净利\ufffd元")
    True
    >>> is_right(Case("", "净利5元", "lossy", "", (2,)), "净利6元")
    False
    """
    if not case.lost:
        return repaired == case.original
    pattern, at = "", 0
    runs = _runs(case.lost)
    for start, end in runs:
        each = "".join(f"(?:{re.escape(c)}|{LOST})?" for c in case.original[start:end])
        pattern += re.escape(case.original[at:start]) + f"({each}{LOST}*)"
        at = end
    match = re.fullmatch(pattern + re.escape(case.original[at:]), repaired)
    if not match:
        return False
    shown = zip(match.groups(), runs, strict=True)
    return all(group == case.original[start:end] or LOST in group for group, (start, end) in shown)


# --- one step -------------------------------------------------------------------------------------------


def write(text: str, codec: str) -> bytes:
    """Encode; CESU-8 is UTF-8 of surrogates, one by one. Raises UnicodeEncodeError."""
    if codec != "cesu-8":
        return text.encode(codec)
    units = text.encode("utf-16-le")
    return b"".join(
        units[at : at + 2].decode("utf-16-le", "surrogatepass").encode("utf-8", "surrogatepass")
        for at in range(0, len(units), 2)
    )


def read(data: bytes, codec: str) -> str:
    """Decode as browsers do: a byte that a single-byte code page leaves open is a control character.

    Raises UnicodeDecodeError for what no program reads without loss.
    """
    if codec not in SINGLE:
        return data.decode(codec)
    return "".join(_single(codec)[byte] for byte in data)


def through(text: str, chain: Chain) -> str | None:
    """Return the text after all steps of a chain, or None where a step loses something."""
    for right, wrong in chain:
        try:
            data = write(text, right)
            wide = right in DOUBLE and data.decode(right) != text
            text = read(data, wrong)
        except UnicodeError:
            return None
        if wide:
            return None
    return text


def _single(codec: str) -> list[str]:
    found = [bytes((byte,)).decode(codec, "replace") for byte in range(256)]
    return [chr(byte) if shown == LOST else shown for byte, shown in enumerate(found)]


# --- kinds ----------------------------------------------------------------------------------------------


def _whole(lines: Sequence[str], kind: str, chain: Chain, length: int, rng: random.Random) -> Case | None:
    text = _snippet(lines, chain, length, rng)
    damaged = through(text, chain) if text else None
    return Case(damaged, text, kind, chain_name(chain)) if damaged else None


def _inline(lines: Sequence[str], kind: str, chain: Chain, length: int, rng: random.Random) -> Case | None:
    before, part, after = _parts(lines, length, rng)
    damaged = through(part, chain) if _is_enough(part) else None
    if not damaged:
        return None
    return Case(before + damaged + after, before + part + after, kind, chain_name(chain))


def _joined(lines: Sequence[str], kind: str, chain: Chain, length: int, rng: random.Random) -> Case | None:
    ((right, wrong),) = chain
    before, part, after = _parts(lines, length, rng)
    try:
        data = before.encode(wrong) + part.encode(right) + after.encode(wrong)
        return Case(data.decode(wrong), before + part + after, kind, chain_name(chain))
    except UnicodeError:
        return None


def _lossy(lines: Sequence[str], kind: str, chain: Chain, length: int, rng: random.Random) -> Case | None:
    ((right, wrong),) = chain
    text = _snippet(lines, chain, length, rng)
    style = rng.choice(STYLES)
    try:
        data = text.encode(right)
    except UnicodeError:
        return None
    damaged, gone = _read_lossily(data, wrong, style)
    if not text or not gone or "?" in text:
        return None
    lost, at = [], 0
    for place, character in enumerate(text):
        size = len(character.encode(right))
        if any(at <= byte < at + size for byte in gone):
            lost.append(place)
        at += size
    if len(lost) > len(text) // 2:
        return None
    return Case(damaged, text, kind, f"{chain_name(chain)} {style}", tuple(lost))


def _read_lossily(data: bytes, codec: str, style: str) -> tuple[str, set[int]]:
    """Return what a decoder of some style makes of bytes, and the offsets of those it lost."""
    gone: set[int] = set()
    mark = {"replace": LOST, "question": "?", "ignore": ""}[style]

    def handler(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        gone.update(range(error.start, error.end))
        return mark, error.end

    codecs.register_error("articlekit.benchmarks.lossy", handler)
    return data.decode(codec, "articlekit.benchmarks.lossy"), gone


_MAKERS: dict[str, Callable[[Sequence[str], str, Chain, int, random.Random], Case | None]] = {
    "inline": _inline,
    "joined": _joined,
    "lossy": _lossy,
}


def _snippet(lines: Sequence[str], chain: Chain, length: int, rng: random.Random) -> str:
    """Return a random stretch of a line that is outside ASCII enough; empty when this try found none."""
    line = rng.choice(lines)
    start = rng.randrange(max(len(line) - length, 0) + 1)
    text = line[start : start + length].strip()
    if chain[0][0] == "cesu-8":
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice("😀🚀📈𠮷𡃁") + text[at:]
    return text if _is_enough(text) else ""


def _parts(lines: Sequence[str], length: int, rng: random.Random) -> tuple[str, str, str]:
    """Return a stretch of a line that will be damaged, and what stands before and behind it."""
    line = rng.choice(lines)
    start = rng.randrange(max(len(line) - length, 0) + 1)
    low, high = max(start - rng.randrange(3, 40), 0), start + length + rng.randrange(3, 40)
    return line[low:start], line[start : start + length], line[start + length : high]


def _is_enough(text: str) -> bool:
    return sum(character > "\x7f" for character in text) >= _LEAST


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def measure(made: Sequence[Case]) -> None:
    """Print how many cases of each chain, and of all, come out right, with Wilson's 95 % interval."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in made:
        is_good = is_right(case, repair_mojibake(case.damaged).text)
        for name in (case.chain, "all"):
            total[name] += 1
            right[name] += is_good
    for name, tries in total.items():
        low, high = wilson(right[name], tries)
        print(f"{made[0].kind:9}{name:50} {right[name] / tries:7.2%} [{low:.1%}, {high:.1%}] n={tries}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("texts", nargs="+", type=Path, help="folders or files of clean text")
    parser.add_argument("--kind", choices=KINDS, nargs="+", default=[*KINDS])
    parser.add_argument("--part", choices=["build", "tune", "measure"], help="only lines of this part")
    parser.add_argument("-n", type=int, default=3, help="cases for each chain")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repair", action="store_true", help="repair the cases and count what is right")
    options = parser.parse_args()
    lines = list(read_lines(options.texts, options.part))
    for kind in options.kind:
        if options.repair:
            measure(list(cases(lines, kind, options.seed, count=options.n)))
            continue
        for case in cases(lines, kind, options.seed, count=options.n):
            print(f"{kind:9}{case.chain:40} {case.damaged!r} ← {case.original!r} {list(case.lost) or ''}")


if __name__ == "__main__":
    main()
