"""Documents in two encodings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.text.decode import decode, score
from articlekit.text.mixed import read_mixed

BODY = (
    "<p>本公司董事会及全体董事保证本公告内容不存在任何虚假记载。</p>\n<p>公司股票将于下周一开市起复牌。</p>\n"
)
FOOTER = "<div>版权所有，未经许可不得转载</div><a>关于我们</a>"
HANT = "<p>本公司董事會及全體董事保證公告內容不存在虛假記載。</p>\n<p>公司股票將於下週一開市起復牌。</p>\n"
HANT_FOOTER = "<div>版權所有，未經許可不得轉載</div><a>關於我們</a>"


@pytest.mark.parametrize(
    ("body", "footer", "codecs", "names"),
    [
        (BODY, FOOTER, ("utf-8", "gbk"), ("utf-8", "gb18030")),
        (BODY, FOOTER, ("gbk", "utf-8"), ("gb18030", "utf-8")),
        (HANT, HANT_FOOTER, ("utf-8", "big5"), ("utf-8", "big5hkscs")),
        (HANT, HANT_FOOTER, ("big5", "utf-8"), ("big5hkscs", "utf-8")),
    ],
)
def test_a_footer_in_another_encoding_is_read(body, footer, codecs, names) -> None:
    decoded = decode(body.encode(codecs[0]) + footer.encode(codecs[1]))
    assert decoded.text == body + footer
    assert (decoded.encoding, decoded.second, decoded.lossy) == (*names, False)


def test_a_document_in_one_encoding_has_no_second() -> None:
    for codec in ("utf-8", "gbk"):
        assert decode((BODY + FOOTER).encode(codec)).second is None


def test_damaged_utf8_is_not_taken_for_another_encoding() -> None:
    data = bytearray((BODY + FOOTER).encode())
    for at in range(10, len(data), 40):
        data[at] = 0xFF
    decoded = decode(bytes(data))
    assert (decoded.encoding, decoded.second, decoded.lossy) == ("utf-8", None, True)


def test_a_few_foreign_bytes_prove_nothing() -> None:
    decoded = decode(BODY.encode() + "<p>版权</p>".encode("gbk"))
    assert (decoded.second, decoded.lossy) == (None, True)
    assert decoded.text.startswith(BODY)


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["utf-8", "gb18030", "big5hkscs", "cp1252"]))
def test_any_bytes_are_read_or_left(data: bytes, encoding: str) -> None:
    found = read_mixed(BODY.encode() + data, encoding, score)
    assert found is None or found[1] != encoding
