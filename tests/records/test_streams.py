"""Bytes come out of files decompressed, bounded, and with what could be read before an error."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
import zstandard

from articlekit.records.inputs import InputFile
from articlekit.records.streams import CHUNK, Stream, open_stream, widened

TEXT = "".join(random.Random(1).choices("示例公司公告，增长。\n", k=200_000)).encode()


def zst(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


SKIPPABLE = b"\x50\x2a\x4d\x18\x04\0\0\0abcd"
STORED = {
    "plain": TEXT,
    "gzip": gzip.compress(TEXT),
    "gzip members": gzip.compress(TEXT[:1000]) + gzip.compress(b"") + gzip.compress(TEXT[1000:]),
    "gzip padded": gzip.compress(TEXT[:1000]) + b"\0" * 700 + gzip.compress(TEXT[1000:]) + b"\0" * 512,
    "zstd": zst(TEXT),
    "zstd frames": zst(TEXT[:1000]) + SKIPPABLE + zst(TEXT[1000:]),
    "zstd skippable first": SKIPPABLE + zst(TEXT),
    "twice": gzip.compress(gzip.compress(TEXT)),
}


def write(folder: Path, data: bytes, name: str = "a.html") -> InputFile:
    path = folder / name
    path.write_bytes(data)
    return InputFile.of(path)


@pytest.mark.parametrize("stored", STORED)
def test_content_decides_about_decompression_not_the_name(stored: str, tmp_path: Path) -> None:
    stream = open_stream(write(tmp_path, STORED[stored]))
    assert stream.peek(10) == TEXT[:10]
    assert stream.take(len(TEXT)) == (TEXT, True)
    assert stream.error is None


@pytest.mark.parametrize("name", ["a.html.gz", "a.jsonl.zst", "a.gz"])
def test_a_name_that_promises_compression_is_held_to_it(name: str, tmp_path: Path) -> None:
    stream = open_stream(write(tmp_path, TEXT, name))
    assert stream.take(len(TEXT)) == (TEXT, True)
    assert stream.error is not None
    assert stream.error.reason == "not-compressed"


@pytest.mark.parametrize("stored", ["gzip", "gzip members", "zstd", "zstd frames", "twice"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9, 0.9999])
def test_a_cut_stream_gives_what_was_there_and_then_says_so(
    stored: str, share: float, tmp_path: Path
) -> None:
    data = STORED[stored]
    stream = open_stream(write(tmp_path, data[: max(5, int(len(data) * share))]))
    start, complete = stream.take(len(TEXT))
    assert complete
    assert TEXT.startswith(start)
    assert stream.error is not None
    assert stream.error.reason == "truncated"


def test_a_cut_gzip_stream_loses_little(tmp_path: Path) -> None:
    data = gzip.compress(TEXT)
    start, _ = open_stream(write(tmp_path, data[:-20])).take(len(TEXT))
    assert len(start) > len(TEXT) * 0.98


@pytest.mark.parametrize("stored", ["gzip", "zstd"])
def test_a_damaged_stream_gives_what_was_before_the_damage(stored: str, tmp_path: Path) -> None:
    data = bytearray(STORED[stored] * 2)
    place = len(data) * 3 // 4
    data[place : place + 40] = bytes(40)
    stream = open_stream(write(tmp_path, bytes(data)))
    start, _ = stream.take(3 * len(TEXT))
    assert start.startswith(TEXT)
    assert stream.error is not None
    assert stream.error.reason in ("damaged", "truncated")


def test_garbage_behind_a_stream_is_damage(tmp_path: Path) -> None:
    stream = open_stream(write(tmp_path, gzip.compress(b"one") + b"two"))
    assert stream.take(10) == (b"one", True)
    assert stream.error is not None


def test_a_wrong_checksum_is_damage_and_keeps_the_data(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(b"some text"))
    data[-6] ^= 1
    stream = open_stream(write(tmp_path, bytes(data)))
    assert stream.take(100) == (b"some text", True)
    assert stream.error is not None
    assert stream.error.reason == "damaged"


@pytest.mark.parametrize("compress", [gzip.compress, zst])
def test_bombs_are_decompressed_only_as_far_as_they_are_taken(compress, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    stream = open_stream(write(tmp_path, compress(bytes(300 << 20))))
    data, complete = stream.take(1000)
    assert len(data) == 1000
    assert not complete


def test_gzip_chunks_are_small_whatever_the_ratio(tmp_path: Path) -> None:
    stream = open_stream(write(tmp_path, gzip.compress(bytes(20 << 20))))
    assert max(map(len, stream.chunks())) <= CHUNK


def test_a_file_that_cannot_be_read_is_an_error_of_the_stream(tmp_path: Path) -> None:
    stream = open_stream(InputFile.of(tmp_path / "gone.txt"))
    assert stream.take(10) == (b"", True)
    assert stream.error is not None
    assert stream.error.reason == "unreadable"


def test_peeking_takes_nothing() -> None:
    stream = Stream([b"ab", b"cd", b"ef"])
    assert stream.peek(3) == b"abc"
    assert stream.peek(1) == b"a"
    assert stream.peek(99) == b"abcdef"
    assert b"".join(stream.chunks()) == b"abcdef"
    assert stream.peek(1) == b""


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_wide_encodings_become_utf_8_before_splitting(codec: str, size: int) -> None:
    text = '{"text": "示例😀"}\n'
    data = text.encode(codec)
    stream = widened(Stream(data[at : at + size] for at in range(0, len(data), size)), None)
    assert b"".join(stream.chunks()).decode() == text


def test_a_claim_of_a_wide_encoding_is_taken() -> None:
    stream = widened(Stream(["编号".encode("utf-16-be")]), "utf-16be")
    assert b"".join(stream.chunks()).decode() == "编号"


def test_half_a_character_at_the_end_is_damage() -> None:
    stream = widened(Stream(["{示".encode("utf-16")[:-1]]), None)
    assert b"".join(stream.chunks()) == b"{"
    assert stream.error is not None
    assert stream.error.reason == "damaged"
