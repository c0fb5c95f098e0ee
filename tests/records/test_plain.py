from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.adapters import opencc_tables
from articlekit.errors import ConfigError, RecordError
from articlekit.records import plain
from articlekit.records.inputs import InputFile
from articlekit.records.plain import PlainText

TEXT = "證券市場，\r\n第二行 と 한국\n" * 40


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "_PART", 64)
    monkeypatch.setattr(plain, "_FAR", 256)
    monkeypatch.setattr(plain, "_SAMPLE", 50)  # looking ahead makes one chunk of what it saw
    monkeypatch.setattr("articlekit.records.streams.CHUNK", 50)


def read(path: Path, data: bytes, encoding: str | None = None) -> tuple[str, PlainText]:
    path.write_bytes(data)
    text = PlainText(InputFile.of(path), encoding)
    return "".join(text.parts()), text


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_text_comes_whole_in_any_encoding(codec: str, tmp_path: Path) -> None:
    found, text = read(tmp_path / "a.txt", TEXT.encode(codec))
    assert found == TEXT
    assert text.encoding.replace("-", "") == codec.removesuffix("-sig").replace("-", "") + (
        "le" if codec in ("utf-16", "utf-32") else ""
    )
    assert text.lost == 0


@pytest.mark.parametrize("codec", ["big5hkscs", "utf-16le", "utf-32be"])
def test_an_encoding_can_be_given(codec: str, tmp_path: Path) -> None:
    wanted = "證券市場\n" * 50
    assert read(tmp_path / "a.txt", wanted.encode(codec), codec)[0] == wanted


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="unknown encoding 'x'"):
        read(tmp_path / "a.txt", b"a", "x")


def test_the_encoding_is_decided_where_the_first_character_beyond_ascii_is(tmp_path: Path) -> None:
    wanted = "a line of ASCII\n" * 100 + "证券市场简称，公司公告全文如下。\n" * 5
    found, text = read(tmp_path / "a.txt", wanted.encode("gb18030"))
    assert (found, text.encoding) == (wanted, "gb18030")


def test_lost_bytes_are_counted(tmp_path: Path) -> None:
    found, text = read(
        tmp_path / "a.txt", b"ok\n" + "證券\n".encode() * 40 + b"\xff\n" + "市場\n".encode() * 40
    )
    assert text.lost == found.count("\ufffd") == 1


def test_a_damaged_stream_gives_what_is_there_and_then_the_error(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(TEXT.encode())[:-10])
    parts: list[str] = []
    with pytest.raises(RecordError, match="ends too early"):
        parts.extend(PlainText(InputFile.of(path)).parts())
    assert parts


def test_an_empty_file_is_an_empty_text(tmp_path: Path) -> None:
    assert read(tmp_path / "a.txt", b"")[0] == ""


@settings(deadline=None, max_examples=50)
@given(st.text(st.sampled_from("證a \n,\r\t券"), max_size=600))
def test_text_without_line_feeds_comes_whole_too(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("plain")
    assert read(folder / "a.txt", text.encode(), "utf-8")[0] == text


def test_no_key_of_a_dictionary_holds_where_parts_end() -> None:
    for file in opencc_tables.files():
        assert not set("\n\r\t ,;!?") & set("".join(opencc_tables.dictionary(file))), file


def test_a_large_text_takes_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    path = tmp_path / "a.txt"
    path.write_bytes("證券市場，第二行。\n".encode() * 1_000_000)
    tracemalloc.start()
    size = sum(map(len, PlainText(InputFile.of(path), "utf-8").parts()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == 10_000_000
    assert peak < 16 << 20


@pytest.mark.parametrize("given", [False, True])
@pytest.mark.parametrize(
    ("codec", "line"),
    [("hz", "证券市场的发展\n"), ("iso2022_jp", "証券市場の動向\n"), ("iso2022_kr", "증권시장의 발전\n")],
)
def test_seven_bit_text_is_read_on_in_its_encoding(
    codec: str, line: str, given: bool, tmp_path: Path
) -> None:
    name = codec.replace("iso2022_", "iso-2022-")
    found, text = read(tmp_path / "a.txt", (line * 60).encode(codec), name if given else None)
    assert (found, text.encoding, text.lost) == (line * 60, name, 0)


def test_seven_bit_text_may_begin_behind_the_first_part(tmp_path: Path) -> None:
    wanted = "a line of ASCII\n" * 30 + "证券市场的发展\n" * 30
    assert read(tmp_path / "a.txt", wanted.encode("hz"))[0] == wanted


@pytest.mark.parametrize("codec", ["gb18030", "big5"])
def test_a_later_part_may_be_in_another_encoding_as_in_whole_documents(codec: str, tmp_path: Path) -> None:
    body, footer = "公司今日公告\n", "版權所有，未經許可不得轉載\n"
    data = body.encode() * 60 + footer.encode(codec) + body.encode() * 60
    found, text = read(tmp_path / "a.txt", data)
    assert (found, text.encoding, text.lost) == (body * 60 + footer + body * 60, "utf-8", 0)


@pytest.mark.parametrize(("codec", "bad"), [("utf-16", b"x"), ("utf-32", b"\xff\xff\xff\x7f")])
def test_wide_text_that_does_not_decode_is_an_error(codec: str, bad: bytes, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="not utf-"):
        read(tmp_path / "a.txt", TEXT.encode(codec) + bad)
