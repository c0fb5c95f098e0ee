"""Which lines are worth a look: a cheap pattern first, then how probable the text around its hits is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby

import numpy as np

from articlekit.text.character_model import CharacterModel
from articlekit.text.mojibake.reading import LEAST, USUAL

_GAP, _NEAR = 4, 12
_BREAK = -1e6
# Ideographs and syllables side by side, which Korean hardly writes.
_MIXED = re.compile("[가-힣](?:(?<=[㐀-鿿].)|(?=[㐀-鿿]))")
# Beside the frequent ideographs and syllables: kana, punctuation and full-width forms.
_PASSING = "\xa0·\u2010-\u203e\u3000-\u3030\u3041-\u30ff\ufe30-\ufe4f\ufeff-\uff60\uffe0-\uffe6\ufffd"


@cache
def trigger() -> re.Pattern[str]:
    """Return the pattern of two unusual characters close together.

    >>> bool(trigger().search("本公司董事会及全体董事")), bool(trigger().search("涓浗"))
    (False, True)
    """
    text = files("articlekit.text").joinpath("data/usual_characters.txt").read_text(encoding="utf-8")
    usual = set(map(ord, text)) | set(range(0x80))
    unusual = "".join(
        f"{chr(start)}-{chr(end)}"
        for start, end in _ranges(c for c in range(0x3400, 0xD7A4) if c not in usual)
    )
    others = re.compile(f"[{_PASSING}]")
    rest = "".join(
        f"{re.escape(chr(start))}-{re.escape(chr(end))}"
        for start, end in _ranges(
            c for c in (*range(0x80, 0x3400), *range(0xE000, 0x10000)) if not others.match(chr(c))
        )
    )
    either = f"[{unusual}{rest}]"
    return re.compile(f"{either}[^\n]{{0,{_GAP}}}{either}")


def suspicious_lines(text: str, load: Callable[[], CharacterModel]) -> Iterator[tuple[int, int]]:
    """Yield start and end of the lines that may hold mojibake.

    Args:
        text: any text.
        load: gives the character model; called only when the pattern finds something.
    """
    hits = [match.span() for match in trigger().finditer(text)]
    if mixed := [match.span() for match in _MIXED.finditer(text)]:
        hits = sorted(hits + mixed)
    if hits:
        yield from _improbable(text, hits, load())


def _improbable(
    text: str, hits: Sequence[tuple[int, int]], model: CharacterModel
) -> Iterator[tuple[int, int]]:
    """Yield the lines of which a stretch around a hit reads badly."""
    windows: list[tuple[int, int]] = []
    for start, end in hits:
        low = max(text.rfind("\n", max(start - _NEAR, 0), start) + 1, start - _NEAR, 0)
        stop = text.find("\n", end, end + _NEAR)
        high = stop if stop >= 0 else min(end + _NEAR, len(text))
        if windows and low <= windows[-1][1] and "\n" not in text[windows[-1][1] : low + 1]:
            windows[-1] = (windows[-1][0], high)
        else:
            windows.append((low, high))
    joined = "\n".join(text[low:high] for low, high in windows)
    deficits = USUAL - model.each(joined).astype(np.float64)
    places = np.cumsum([high - low + 1 for low, high in windows])[:-1] - 1
    deficits[places] = _BREAK
    running = np.concatenate(([0.0], np.cumsum(deficits)))
    peaks = running - np.minimum.accumulate(running)
    bad = np.flatnonzero(peaks[1:] >= LEAST)
    chosen = np.unique(np.searchsorted(places, bad)).tolist()
    done = -1
    for index in chosen:
        low, _ = windows[index]
        if low < done:
            continue
        start = text.rfind("\n", 0, low) + 1
        end = text.find("\n", low)
        done = len(text) if end < 0 else end
        yield start, done


def _ranges(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, group in groupby(enumerate(codes), lambda pair: pair[1] - pair[0]):
        run = [code for _, code in group]
        yield run[0], run[-1]
