"""How often `decode` finds the encoding and the text of short and damaged snippets, and how fast it is.

    python benchmarks/decode.py TEXT_FOLDER [--model FILE] [--part measure] [-n 500]

TEXT_FOLDER holds hans.txt, hant.txt, ja.txt, en.txt and ko.txt, one passage per line. `--part` takes the
lines that tools/build_character_model.py kept apart; give the model built from the other part.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from math import sqrt
from pathlib import Path

from tools.build_character_model import part_of

from articlekit.errors import RecordError
from articlekit.text import character_model
from articlekit.text import decode as decoding
from articlekit.text.character_model import CharacterModel
from articlekit.text.encodings import CODECS

ENCODINGS = {
    "hans": ("utf-8", "gb18030", "utf-16le", "utf-16be"),
    "hant": ("utf-8", "big5hkscs", "gb18030", "utf-16le"),
    "ja": ("utf-8", "shift_jis", "utf-16le"),
    "ko": ("utf-8", "euc_kr", "utf-16le"),
    "en": ("utf-8", "cp1252", "utf-16le"),
}
Damage = Callable[[bytes, random.Random], bytes]


def interval(hits: int, n: int) -> str:
    """Return a share with its 95 % Wilson interval."""
    if not n:
        return "-"
    p, z = hits / n, 1.96
    middle, spread = p + z * z / 2 / n, z * sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    low, high = ((middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n))
    return f"{100 * p:6.2f} % [{100 * low:.1f}, {100 * high:.1f}] n={n}"


def whole(data: bytes, rng: random.Random) -> bytes:
    return data


def one_bad(data: bytes, rng: random.Random) -> bytes:
    """Put a byte that never occurs over one byte of a character outside ASCII."""
    places = [at for at, byte in enumerate(data) if byte > 0x7F] or range(len(data))
    at = rng.choice(places)
    return data[:at] + b"\xff" + data[at + 1 :]


def random_byte(data: bytes, rng: random.Random) -> bytes:
    """Put a random byte over any byte."""
    at = rng.randrange(len(data))
    return data[:at] + bytes((rng.randrange(256),)) + data[at + 1 :]


def deleted(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at + 1 :]


def cut(data: bytes, rng: random.Random) -> bytes:
    return data[:-1]


def in_html(data: bytes, rng: random.Random) -> bytes:
    return (
        b'<html><head><title>x</title></head><body><div class="main"><p>'
        + data
        + b"</p>"
        + b"<ul><li>a</li></ul>" * 30
    )


def snippets(lines: list[str], length: int, n: int, codec: str, rng: random.Random) -> Iterator[str]:
    """Yield random stretches that need more than ASCII and survive the round trip through the codec."""
    found = 0
    for _ in range(50 * n):
        if found == n:
            break
        line = rng.choice(lines)
        start = rng.randrange(max(len(line) - length, 0) + 1)
        text = line[start : start + length]
        if len(text) < length or sum(c > "\x7f" for c in text) < max(
            1, length // 2 if codec != "cp1252" else 1
        ):
            continue
        try:
            if text.encode(codec).decode(codec) != text:
                continue
        except UnicodeError:
            continue
        found += 1
        yield text


def measure(folder: Path, part: str | None, n: int) -> None:
    rng = random.Random(1)
    for language, names in ENCODINGS.items():
        lines = (folder / f"{language}.txt").read_text("utf-8").split("\n")
        lines = [
            line.strip() for line in lines if line.strip() and (part is None or part_of(line.strip()) == part)
        ]
        if language == "en":
            lines = [line for line in lines if not line.isascii()]
        for name in names:
            for damage, lengths in (
                (whole, (6, 20, 100)),
                (one_bad, (20, 100)),
                (random_byte, (20, 100)),
                (deleted, (20, 100)),
                (cut, (20,)),
                (in_html, (20,)),
            ):
                for length in lengths:
                    if (
                        not lines
                        or (damage is in_html and name.startswith("utf-16"))
                        or (damage is one_bad and name == "cp1252")
                    ):
                        continue
                    report(language, name, damage, length, lines, n, rng)


def report(
    language: str, name: str, damage: Damage, length: int, lines: list[str], n: int, rng: random.Random
) -> None:
    codec = CODECS[name]
    encoding = text_right = total = 0
    for text in snippets(lines, length, n, codec, rng):
        data = damage(text.encode(codec), rng)
        total += 1
        try:
            found = decoding.decode(data)
        except RecordError:
            continue
        encoding += found.encoding == name
        expected = data.decode(codec, "replace") if damage in (whole, in_html) else text
        text_right += found.text == expected if damage in (whole, in_html) else near(found.text, text)
    if not total:
        return
    print(
        f"{language:5}{name:11}{damage.__name__:9}{length:4}  encoding {interval(encoding, total):34}"
        f"  text {100 * text_right / total:6.2f} %"
    )


def near(found: str, text: str) -> bool:
    """Tell whether only what is damaged differs: at most two characters of the text are not there."""
    head = next(
        (i for i, (a, b) in enumerate(zip(found, text, strict=False)) if a != b), min(len(found), len(text))
    )
    rest = zip(found[::-1], text[::-1], strict=False)
    tail = next((i for i, (a, b) in enumerate(rest) if a != b), min(len(found), len(text)))
    return head + tail >= len(text) - 2


def speed(folder: Path) -> None:
    text = (folder / "hans.txt").read_text("utf-8")[:200_000]
    for name in ("utf-8", "gb18030"):
        data = text.encode(CODECS[name])
        decoding.decode(data)
        start, runs = time.perf_counter(), 0
        while time.perf_counter() - start < 0.5:
            decoding.decode(data)
            runs += 1
        took = (time.perf_counter() - start) / runs
        start = time.perf_counter()
        for _ in range(runs):
            data.decode(CODECS[name])
        plain = (time.perf_counter() - start) / runs
        print(f"{name}: {len(data) / took / 1e6:.0f} MB/s, {took / plain:.2f} of the time of bytes.decode")
    short = "示例公司公告".encode("gbk")
    start = time.perf_counter()
    for _ in range(500):
        decoding.decode(short)
    print(f"six characters of GBK: {(time.perf_counter() - start) * 2000:.0f} µs")


def main() -> None:
    parser = argparse.ArgumentParser(description="accuracy and speed of decode")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--part")
    parser.add_argument("-n", type=int, default=500)
    options = parser.parse_args()
    if options.model:
        model = CharacterModel.from_bytes(options.model.read_bytes())
        character_model.shipped = lambda: model  # type: ignore[assignment]
    measure(options.folder, options.part, options.n)
    speed(options.folder)


if __name__ == "__main__":
    main()
