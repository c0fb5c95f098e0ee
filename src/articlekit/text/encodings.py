"""Names of encodings, and decoding that goes on after a bad byte.

Labels are understood as browsers do (WHATWG Encoding Standard, https://encoding.spec.whatwg.org/): a
page that says ``gb2312`` may use all of GB 18030, ``shift_jis`` means code page 932, ``iso-8859-1``
means cp1252. `Decoded.encoding` names are the keys of `CODECS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from articlekit.text.resync import REPLACEMENT, mark_escaped, read_double_byte

# Our name → Python's codec. Multi-byte ones come first.
CODECS = MappingProxyType(
    {
        "utf-8": "utf-8",
        "gb18030": "gb18030",
        "big5hkscs": "big5hkscs",
        "shift_jis": "cp932",
        "euc_kr": "cp949",
        "euc_jp": "euc_jp",
        "utf-16le": "utf-16-le",
        "utf-16be": "utf-16-be",
        "utf-32le": "utf-32-le",
        "utf-32be": "utf-32-be",
        "iso-2022-jp": "iso2022_jp_ext",
        "iso-2022-kr": "iso2022_kr",
        "hz": "hz",
        "cp1252": "cp1252",
        **{f"cp{page}": f"cp{page}" for page in (866, 874, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
        **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
        "koi8-r": "koi8-r",
        "koi8-u": "koi8-u",
        "mac_roman": "mac_roman",
    }
)
DOUBLE_BYTE = frozenset(("gb18030", "big5hkscs", "shift_jis", "euc_kr", "euc_jp"))
_ALIASES = {
    "utf-8": "utf8 u8 unicode-1-1-utf-8 unicode11utf8 x-unicode20utf8 utf-8-sig cp65001",
    "gb18030": "gb2312 gbk cp936 ms936 windows-936 x-gbk gb-2312-80 euc-cn chinese csgb2312 gb-18030",
    "big5hkscs": "big5 big5-hkscs cp950 big5-tw big-5 x-x-big5 csbig5 cn-big5 ms950 windows-950",
    "shift_jis": "shift-jis shiftjis sjis x-sjis ms-kanji cp932 ms932 windows-31j csshiftjis",
    "euc_kr": "euckr ks-c-5601-1987 ksc5601 ksc-5601 korean cp949 ms949 windows-949 uhc cseuckr",
    "euc_jp": "eucjp x-euc-jp cseucpkdfmtjapanese ujis",
    "utf-16le": "utf16 utf-16 ucs-2 unicode utf16le csunicode iso-10646-ucs-2 unicodefeff",
    "utf-16be": "utf16be unicodefffe",
    "utf-32le": "utf32 utf-32 utf32le ucs-4",
    "utf-32be": "utf32be",
    "iso-2022-jp": "csiso2022jp",
    "iso-2022-kr": "csiso2022kr",
    "hz": "hz-gb-2312 hzgb",
    "cp1252": "ascii us-ascii latin1 latin-1 l1 iso-8859-1 iso8859-1 iso88591 windows-1252 ansi-x3.4-1968",
    "iso8859-8": "iso-8859-8-i logical",
    "iso8859-15": "latin9 latin-9 l9",
    "mac_roman": "macintosh mac x-mac-roman macroman",
    "koi8-r": "koi koi8 koi8r cskoi8r",
    "koi8-u": "koi8u koi8-ru",
    "cp866": "ibm866 csibm866 866",
}
_NAMES = {
    **{name.replace("_", "-"): name for name in CODECS},
    **{f"windows-{name[2:]}": name for name in CODECS if re.fullmatch(r"cp1\d{3}", name)},
    **{f"iso-{name[3:]}": name for name in CODECS if name.startswith("iso8859")},
    **{alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()},
}
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32le"),
    (b"\0\0\xfe\xff", "utf-32be"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SHIFTS = ((b"\x1b$B", "iso-2022-jp"), (b"\x1b$@", "iso-2022-jp"), (b"\x1b$)C", "iso-2022-kr"), (b"~{", "hz"))
SEVEN_BIT = frozenset(name for _, name in _SHIFTS)
_BIG5_SIGNS = tuple(zip("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡", strict=True))
_HEAD = 4096
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,400}?\bcharset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w.:-]{2,40})"
    rb"|<\?xml\b[^>]{0,200}?\bencoding\s{0,3}=\s{0,3}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_C1 = {
    code: bytes((code,)).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Bytes read by one encoding.

    Attributes:
        encoding: a key of `CODECS`.
        text: the characters; U+FFFD where bytes do not decode.
        bad: number of places that did not decode, a tail cut inside a character not counted.
        cut: whether the last character was cut off.
    """

    encoding: str
    text: str
    bad: int = 0
    cut: bool = False

    @property
    def lossy(self) -> bool:
        """Whether bytes were lost."""
        return self.bad > 0 or self.cut


def normalise_label(label: str | None) -> str | None:
    """Return our name of the encoding a label stands for, or None for labels we do not know.

    >>> normalise_label("GB2312"), normalise_label(" windows-1252 "), normalise_label("klingon")
    ('gb18030', 'cp1252', None)
    """
    if not label:
        return None
    return _NAMES.get(label.strip(" \t\r\n\"';").lower().replace("_", "-"))


def sniff_bom(data: bytes) -> tuple[str, int] | None:
    """Return the encoding that a byte order mark names and the length of the mark, or None."""
    return next(((name, len(mark)) for mark, name in _BOMS if data.startswith(mark)), None)


def sniff_seven_bit(data: bytes) -> str | None:
    r"""Return the encoding whose shift into two-byte characters stands in plain ASCII, or None.

    >>> sniff_seven_bit("公告".encode("hz")), sniff_seven_bit(b"plain")
    ('hz', None)
    """
    if not data.isascii():
        return None
    return next((name for shift, name in _SHIFTS if shift in data), None)


def sniff_utf32(data: bytes) -> str | None:
    """Return the byte order in which the bytes can only be UTF-32, or None."""
    head = data[: _HEAD & ~3]
    if len(data) < 8 or len(data) % 4 or b"\0" not in head:
        return None
    for name, high, plane in (("utf-32le", head[3::4], head[2::4]), ("utf-32be", head[::4], head[1::4])):
        if not high.strip(b"\0") and max(plane) <= 0x10 and head.strip(b"\0"):
            try:
                data.decode(CODECS[name])
            except UnicodeDecodeError:
                continue
            return name
    return None


def sniff_declared(data: bytes) -> str | None:
    r"""Return the encoding that a ``<meta>`` tag or an XML declaration in the first 4 KB names, or None.

    >>> sniff_declared(b'<html><meta http-equiv=Content-Type content="text/html; charset=gb2312">')
    'gb18030'
    """
    for match in _DECLARED.finditer(data[:_HEAD]):
        name = normalise_label((match[1] or match[2]).decode("ascii", "replace"))
        if name:
            # The tag was readable as ASCII, so it cannot be true; browsers take UTF-8 too.
            return "utf-8" if name.startswith(("utf-16", "utf-32")) else name
    return None


def read_as(data: bytes, encoding: str, *, careful: bool = False) -> Reading:
    r"""Decode with U+FFFD for what does not decode, and go on behind it.

    `careful` looks for the places where the bytes of double-byte text slipped (`articlekit.text.resync`);
    without it the characters behind a bad byte may be wrong.

    >>> read_as("公告".encode("gb18030") + b"\xff" + "全文".encode("gb18030"), "gb18030").text
    '公告\ufffd全文'
    """
    codec = CODECS[encoding]
    if encoding == "cp1252":
        return Reading(encoding, data.decode("latin-1").translate(_C1))
    if careful and encoding in DOUBLE_BYTE:
        found = read_double_byte(data, codec)
        return Reading(encoding, _as_on_the_web(found.text, encoding), found.places, found.cut)
    try:
        return Reading(encoding, _as_on_the_web(data.decode(codec), encoding))
    except UnicodeDecodeError as error:
        cut = error.end == len(data) and encoding.startswith(("utf-16", "utf-32"))
    if encoding == "utf-8":
        return _read_utf8(data)
    if encoding in DOUBLE_BYTE:
        text, places = mark_escaped(data.decode(codec, "surrogateescape"), codec)
        cut = text.endswith(REPLACEMENT) and data[-1] > 0x80
        return Reading(encoding, text, places - cut, cut)
    text = data.decode(codec, "replace")
    return Reading(encoding, text, max(text.count(REPLACEMENT) - cut, 0), cut)


def _as_on_the_web(text: str, encoding: str) -> str:
    """Give signs of Big5 the characters that browsers and code page 950 give them, and Python does not."""
    if encoding == "big5hkscs":
        for ours, theirs in _BIG5_SIGNS:
            text = text.replace(ours, theirs)
    return text


def _read_utf8(data: bytes) -> Reading:
    """Decode UTF-8 with bad bytes; surrogates written as three bytes each (CESU-8) are joined."""
    try:
        halves = data.decode("utf-8", "surrogatepass")
        text = halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return Reading("utf-8", text, text.count(REPLACEMENT) - halves.count(REPLACEMENT))
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    cut = _cut_utf8(data)
    known = data.count(REPLACEMENT.encode())
    return Reading("utf-8", text, max(text.count(REPLACEMENT) - known - cut, 0), cut)


def _cut_utf8(data: bytes) -> bool:
    """Tell whether the data ends inside a character."""
    try:
        data[-3:].lstrip(bytes(range(0x80, 0xC0))).decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return False
