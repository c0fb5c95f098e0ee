"""How well a line reads as it stands, and where it reads badly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from articlekit.text.character_model import CharacterModel

_LETTER = -3.0  # nats: a letter of a language that the model does not know, in a word or a table of letters
_SIGN = -7.0  # a rare sign of Chinese typography
_HALF = -1.5  # what half-width katakana costs beside full-width
_MARK = -11.0  # U+FFFD as it stands
USUAL = -8.0  # a character of ordinary text costs less
LEAST = 11.0  # nats below ordinary from which a stretch is worth a look
_DROP = 20.0
_BLOCK = re.compile(r"[^\s|/\\(),;:=<>\[\]{}&_]*[^\x00-\x7f][^\s|/\\(),;:=<>\[\]{}&_]*")
_QUOTES = "\"'`!?.*+~#&%$@^_“”‘’«»„‚‹›¿¡…–—·•°€£§"
# Words as people write them, in alphabets that single-byte codecs have: capitals come first or everywhere.
_LATIN = "À-ÖØ-öø-ɏḀ-ỿ"
_UPPER, _LOWER = (
    "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŖŘŚŞŠŢŤŪŮŰŲŸŹŻŽ",
    "a-zß-öø-ÿāăąćĉċčďđēėęěğģīįıķĺļľłńņňōőœŕŗřśşšţťūůűųźżž",
)
_WORDS = re.compile(
    f"(?:[{_UPPER}]?[{_LOWER}]+|[{_UPPER}]{{2,}}|[А-ЯЀ-Џ]?[а-яѐ-џ]+|[А-ЯЀ-ЏҐ]+|[Α-ΫΆΈ-Ώ]?[ά-ώΐ]+|[Α-ΫΆΈ-Ώ]+)"
    "(?:[-'’.][^\\W\\d_]+)*"
)
_ALPHABET = re.compile(f"[{_LATIN}a-zA-Z0-9-]+|[Ѐ-ӿ0-9-]+|[Ͱ-Ͽἀ-῿0-9-]+")
_BOXES = re.compile("[─-▟]+")
_SIGNS = re.compile(
    "[\u3000-\u303f\ufe10-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60\uffe0-\uffee※〃]"
)
_HALF_KANA = re.compile("[ｦ-ﾟ]+")


def clean_scores(line: str, model: CharacterModel) -> list[float]:
    """Return the log probability of each character of a line as it stands.

    Letters of words in Greek, Cyrillic or with accents, box drawings and half-width katakana are scored as
    the text they are, because the model, which hardly knows them, would take them for garbage.
    """
    scores: list[float] = model.each(line).tolist()
    if line.isascii():
        return scores
    for match in _BLOCK.finditer(line):
        if _is_foreign(match[0]):
            _raise(scores, match.span(), _LETTER)
    for match in _SIGNS.finditer(line):
        _raise(scores, match.span(), _SIGN)
    for match in _HALF_KANA.finditer(line):
        wide = unicodedata.normalize("NFKC", match[0])
        _raise(scores, match.span(), float(model.log_probability(wide)) / len(match[0]) + _HALF)
    at = line.find("\ufffd")
    while at >= 0:
        scores[at] = _MARK
        at = line.find("\ufffd", at + 1)
    return scores


def bad_stretches(scores: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yield the stretches whose characters together are less probable than ordinary text.

    >>> list(bad_stretches([-5.0, -14.0, -14.0, -5.0]))
    [(1, 3)]
    """
    total = best = 0.0
    start = end = 0
    for at, score in enumerate(scores):
        total += USUAL - score
        if total > best:
            best, end = total, at + 1
        if total <= 0.0 or total < best - _DROP:
            if best >= LEAST:
                yield start, end
            total = best = 0.0
            start = at + 1
    if best >= LEAST:
        yield start, end


def _is_foreign(block: str) -> bool:
    """Tell whether what stands between blanks is a word of another alphabet, or a drawing."""
    core = block.strip(_QUOTES)
    if not core:
        return len(set(block)) <= 2
    return bool(_BOXES.fullmatch(core) or _WORDS.fullmatch(core)) or _is_table(core)


def _is_table(core: str) -> bool:
    """Tell whether letters follow each other as in an alphabet."""
    if not _ALPHABET.fullmatch(core):
        return False
    near = sum(abs(ord(one) - ord(two)) <= 2 for one, two in pairwise(core))
    return 2 * near >= len(core) - 1


def _raise(scores: list[float], span: tuple[int, int], least: float) -> None:
    for at in range(*span):
        scores[at] = max(scores[at], least)
