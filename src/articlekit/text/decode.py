"""Bytes to text, by what the bytes say and not by what somebody claims about them.

Order: byte order mark, strict UTF-8, then a choice among UTF-8 with a few bad bytes, the declared
encoding, GB 18030, Big5-HKSCS, Shift-JIS, EUC-KR, cp1252 and UTF-16, scored by how probable the text of
each reading is. A claim (argument, ``<meta>``, XML declaration) counts as a bonus: it decides where the
bytes leave doubt, and loses where they do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

from articlekit.errors import ConfigError
from articlekit.text.binary import refuse_controls, refuse_signatures
from articlekit.text.encodings import (
    CODECS,
    DOUBLE_BYTE,
    Reading,
    normalise_label,
    read_as,
    sniff_bom,
    sniff_declared,
    sniff_seven_bit,
    sniff_utf32,
)
from articlekit.text.mixed import read_mixed

# What each reading is worth before looking at the text, in nats.
_PRIOR = {"utf-8": 4.0, "gb18030": 0.0, "big5hkscs": -2.0, "cp1252": 6.0, "shift_jis": -5.0, "euc_kr": -5.0}
_CLAIMED = 10.0
# The model does not know the languages of other encodings: each of their letters is worth this much.
_FOREIGN_LETTER = -4.5
_ACCENT = -3.0  # per accented letter inside a word of ASCII letters
_LOST = -12.0  # per place that does not decode
_CONTROL = -12.0  # per C1 control or private-use character
_TEMPERATURE = 3.0  # characters depend on each other, so likelihoods overstate how sure a choice is
_KNOWN = frozenset((*_PRIOR, "euc_jp", "utf-16le", "utf-16be"))
_SAMPLE = 6000  # bytes
_SIZES = (600, 2000, _SAMPLE)  # looked at one after the other
_READS_LIKE_TEXT = -9.0  # nats per character beyond ASCII
_DECIDED = 60.0  # nats between the two best from which more bytes will not change the choice
_BEYOND_DAMAGE = 150.0  # and from which a damaged place or two will not
_READS_BADLY = -3.5  # nats per byte of the best reading below which bytes may be damaged
# UTF-8 with this share of bad places among this many characters needs no comparison.
_SURE_CHARACTERS, _FEW_BAD = 30, 0.1
_FEW_ODD = 0.2  # share of other high bytes up to which bytes may be UTF-16
# High bytes of ASCII, CJK punctuation and kana, ideographs, hangul and full-width forms.
_UTF16_HIGH = bytes((0x00, 0x20, 0x30, *range(0x4E, 0xA0), *range(0xAC, 0xD8), 0xFF))
_WINDOW = re.compile(rb"[\x20-\x7e]?[\x80-\xff](?:[\x00-\x7f]{0,3}[\x80-\xff])*[\x00-\x7f]{0,2}")
_ACCENTED = re.compile(
    "(?<![\x80-\U0010ffff])(?:[À-ÖØ-öø-ÿœŒšŠžŽ](?=[a-zA-Z])|(?<=[a-zA-Z])[à-öø-ÿœšž]{1,2})(?![\x80-\U0010ffff])"
)
_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x80-\x9f\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text from bytes.

    Attributes:
        text: the characters, without a byte order mark.
        encoding: such as ``utf-8``, ``gb18030``, ``big5hkscs``, ``shift_jis``, ``cp1252``, ``utf-16le``.
        confidence: 0 to 1, how sure the encoding is.
        lossy: whether bytes did not decode and stand as U+FFFD.
        places: number of places where bytes were lost.
        second: the encoding of parts that are not in `encoding`, or None.
    """

    text: str
    encoding: str
    confidence: float
    lossy: bool
    places: int = field(default=0, compare=False, repr=False)
    second: str | None = field(default=None, compare=False, repr=False)


def decode(data: bytes, declared: str | None = None, *, override: str | None = None) -> Decoded:
    """Decode bytes to text.

    Args:
        data: any bytes; empty ones give empty text.
        declared: what somebody (an HTTP header) claims the encoding is; a claim, not an order. A claim
            inside the bytes is found without help. Unknown names are ignored.
        override: the encoding to use, whatever the bytes look like.

    Raises:
        RecordError: ``binary``, when the bytes are an image, an archive or otherwise not text.
        ConfigError: when `override` is no encoding we know.

    >>> decode("证券简称：示例股份".encode("gbk"))
    Decoded(text='证券简称：示例股份', encoding='gb18030', confidence=1.0, lossy=False)
    >>> decode("公告全文".encode()[:-1])
    Decoded(text='公告全\ufffd', encoding='utf-8', confidence=1.0, lossy=True)
    """
    if override is not None:
        return _overridden(data, override)
    if mark := sniff_bom(data):
        encoding, length = mark
        return _decoded(read_as(data[length:], encoding), 1.0)
    refuse_signatures(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _chosen(data, declared)
    if b"\0" in data:
        return _with_nuls(data, text)
    return _seven_bit(data) or Decoded(text, "utf-8", 1.0, False)


def decode_further(data: bytes, encoding: str) -> Decoded:
    """Decode a further part of a text of which a part was `encoding`, as if they were one.

    Args:
        data: any bytes.
        encoding: what `decode` found, but for the encodings of seven bits, which shift from part to part.

    >>> decode_further("证券".encode("gbk"), "gb18030").text
    '证券'
    """
    if encoding == "utf-8":
        try:
            return Decoded(data.decode("utf-8"), encoding, 1.0, False)
        except UnicodeDecodeError:
            pass
    return _read_all(data, encoding, 1.0)


def score(texts: Sequence[str]) -> list[float]:
    """Return how probable each text is as real text, in nats (the character model of this package).

    >>> right, wrong = score(["本公司董事会", "掛鼠侗陲雄頗"])
    >>> right > wrong
    True
    """
    # UTF-8, most of what there is, needs neither the model nor numpy.
    from articlekit.text.character_model import shipped

    return [float(value) for value in shipped().score_many(texts)]


def _decoded(reading: Reading, confidence: float, second: str | None = None) -> Decoded:
    places = reading.bad + reading.cut
    return Decoded(reading.text, reading.encoding, confidence, places > 0, places, second)


def _read_all(data: bytes, encoding: str, confidence: float) -> Decoded:
    """Decode the bytes by the encoding that was chosen, but for parts proven to be in another."""
    if mixed := read_mixed(data, encoding, score):
        return _decoded(mixed[0], confidence, mixed[1])
    return _decoded(read_as(data, encoding, careful=True), confidence)


def _overridden(data: bytes, override: str) -> Decoded:
    encoding = normalise_label(override)
    if encoding is None:
        raise ConfigError(f"unknown encoding {override!r}; known: {', '.join(CODECS)}")
    mark = sniff_bom(data)
    start = mark[1] if mark and mark[0] == encoding else 0
    return _decoded(read_as(data[start:], encoding, careful=True), 1.0)


def _seven_bit(data: bytes) -> Decoded | None:
    """Decode ASCII bytes with shifts into two-byte characters that read like text."""
    name = sniff_seven_bit(data)
    if name is None:
        return None
    reading = read_as(data, name)
    characters = "".join(character for character in reading.text[:_SAMPLE] if character > "\x7f")
    if reading.lossy or len(characters) < 2 or score([characters])[0] < _READS_LIKE_TEXT * len(characters):
        return None
    return _decoded(reading, 0.99)


def _with_nuls(data: bytes, text: str) -> Decoded:
    """Decide whether bytes with NULs that are valid UTF-8 are UTF-16."""
    if not data.strip(b"\0"):
        refuse_controls(data)
    if wide := sniff_utf32(data):
        return _decoded(read_as(data, wide), 0.99)
    names = ["utf-8", *(_like_utf16(data) if data.count(0) > 1 else [])]
    values = _worth([read_as(data[:_SAMPLE], name) for name in names])
    name = names[values.index(max(values))]
    if name != "utf-8":
        return _decoded(read_as(data, name), 0.99)
    refuse_controls(data)
    return Decoded(text, "utf-8", 0.9, False)


def _chosen(data: bytes, declared: str | None) -> Decoded:
    """Choose the reading whose text is most probable."""
    if widest := sniff_utf32(data):
        return _decoded(read_as(data, widest), 0.99)
    wide = _like_utf16(data)
    if not wide:
        refuse_controls(data)
        if _surely_utf8(data):
            return _read_all(data, "utf-8", 1.0)
    sample = data[:_SAMPLE] if wide else _sample(data)
    claims = {name for name in (normalise_label(declared), sniff_declared(data)) if name}
    names = [*_PRIOR, *wide, *sorted(claims - {*_PRIOR, *wide})]
    prior = {name: _PRIOR.get(name, 0.0) + (_CLAIMED if name in claims else 0.0) for name in names}
    values = _compared(sample, prior)
    name = max(values, key=lambda name: values[name])
    if wide and name not in wide:
        refuse_controls(data)
    best = values[name]
    confidence = 1.0 / sum(exp(max(value - best, -700.0) / _TEMPERATURE) for value in values.values())
    return _read_all(data, name, round(confidence, 3))


def _compared(sample: bytes, prior: Mapping[str, float]) -> dict[str, float]:
    """Return what each reading is worth; of a long sample no more is read than decides."""
    names = list(prior)
    priors = list(prior.values())
    values: list[float] = []
    for size in _SIZES:
        part = sample[:size]
        bare = _worth([read_as(part, name) for name in names])
        values = [value + more for value, more in zip(bare, priors, strict=True)]
        if _lead(values) > _BEYOND_DAMAGE:
            break
        if max(bare) < _READS_BADLY * len(part):
            repaired = _worth_repaired(part, names, bare)
            values = [value + more for value, more in zip(repaired, priors, strict=True)]
        if size >= len(sample) or _lead(values) > _DECIDED:
            break
    return dict(zip(names, values, strict=True))


def _lead(values: list[float]) -> float:
    first, second = sorted(values, reverse=True)[:2]
    return first - second


def _worth_repaired(sample: bytes, names: list[str], values: list[float]) -> list[float]:
    """Let double-byte encodings find the places where bytes are damaged, and score what they read then."""
    double = [name for name in names if name in DOUBLE_BYTE]
    repaired = _worth([read_as(sample, name, careful=True) for name in double])
    better = dict(zip(double, repaired, strict=True))
    return [max(value, better.get(name, value)) for name, value in zip(names, values, strict=True)]


def _surely_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 but for a few places, without asking how they read."""
    utf8 = read_as(data[: 2 * _SAMPLE], "utf-8")
    characters = len(utf8.text) - len(utf8.text.encode("ascii", "ignore"))
    return characters - utf8.bad >= _SURE_CHARACTERS and utf8.bad <= _FEW_BAD * characters


def _worth(readings: list[Reading]) -> list[float]:
    """Return how probable each reading of the same bytes is, in nats."""
    values = []
    texts = []
    for reading in readings:
        text, value = reading.text, 0.0
        if reading.encoding == "cp1252":
            text, accents = _ACCENTED.subn(_plain, text)
            value += _ACCENT * accents
        elif reading.encoding not in _KNOWN:
            letters = sum(character > "\x7f" and character.isalpha() for character in text)
            value += _FOREIGN_LETTER * letters
            text = "".join(character for character in text if character <= "\x7f" or not character.isalpha())
        lost = reading.bad + (reading.cut and reading.encoding.startswith("utf-16"))
        values.append(value + _LOST * lost + _CONTROL * len(_STRANGE.findall(text)))
        texts.append(text)
    return [value + more for value, more in zip(values, score(texts), strict=True)]


def _plain(accented: re.Match[str]) -> str:
    """Return letters without their accents, which the model, built on English, does not know."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in accented[0])


def _sample(data: bytes) -> bytes:
    """Return the bytes outside ASCII with their neighbours, about `_SAMPLE` of them."""
    parts: list[bytes] = []
    size = 0
    for match in _WINDOW.finditer(data):
        parts.append(match[0][: _SAMPLE - size])
        size += len(parts[-1])
        if size >= _SAMPLE:
            break
    return b" ".join(parts)


def _like_utf16(data: bytes) -> list[str]:
    """Return the byte orders in which the bytes could be UTF-16 text."""
    head = data[: _SAMPLE & ~1]
    orders = (("utf-16le", head[1::2]), ("utf-16be", head[: len(head) & ~1 : 2]))
    return [
        name
        for name, high in orders
        if high and len(high.translate(None, _UTF16_HIGH)) <= _FEW_ODD * len(high)
    ]
