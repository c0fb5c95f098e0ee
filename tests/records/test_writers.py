"""Files are written whole or not at all."""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path

import pytest

from articlekit.errors import BalanceError, InputError
from articlekit.records.balance import Balance
from articlekit.records.inputs import InputFile
from articlekit.records.streams import open_stream
from articlekit.records.writers import AtomicFile, JsonLinesWriter, atomic_path, refuse_to_overwrite


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    with AtomicFile(target) as file:
        file.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.txt"]  # noqa: PTH208


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
def test_nothing_is_left_behind_on_an_error(error: type[BaseException], name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"old")

    def write() -> None:
        with JsonLinesWriter(tmp_path / name) as writer:
            writer.write(b"{}")
            raise error

    with pytest.raises(error):
        write()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == b"old"


def test_nothing_is_left_behind_when_moving_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"), AtomicFile(tmp_path / "a") as file:
        file.write(b"x")
    assert list(tmp_path.iterdir()) == []


def test_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    with AtomicFile(tmp_path / "a"):
        pass
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    with AtomicFile(tmp_path / "link") as file:
        file.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_what_is_no_regular_file_is_written_directly() -> None:
    with AtomicFile("/dev/null") as file:
        file.write(b"x")
    assert Path("/dev/null").is_char_device()


def test_a_place_that_cannot_be_written_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"):
        AtomicFile(tmp_path)
    with pytest.raises(InputError, match="cannot write"):
        AtomicFile(tmp_path / "no" / "folder")


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
def test_lines_are_compressed_by_suffix_and_read_again(name: str, tmp_path: Path) -> None:
    with JsonLinesWriter(tmp_path / name) as writer:
        for line in (b'{"a":1}', b'{"b":2}'):
            writer.write(line)
    assert writer.count == 2
    assert open_stream(InputFile.of(tmp_path / name)).take(99) == (b'{"a":1}\n{"b":2}\n', True)


def test_compression_may_be_given(tmp_path: Path) -> None:
    with JsonLinesWriter(tmp_path / "a", "gz") as writer:
        writer.write(b"{}")
    assert gzip.decompress((tmp_path / "a").read_bytes()) == b"{}\n"
    with JsonLinesWriter(tmp_path / "b.gz", "none") as writer:
        writer.write(b"{}")
    assert (tmp_path / "b.gz").read_bytes() == b"{}\n"


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_the_same_lines_give_the_same_bytes(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("one", 1e9), ("two", 2e9)):
        monkeypatch.setattr(time, "time", lambda seconds=seconds: seconds)
        with JsonLinesWriter(tmp_path / f"{name}.{suffix}") as writer:
            writer.write(b"{}")
    assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_a_path_for_others_to_write_is_moved_or_removed(tmp_path: Path) -> None:
    with atomic_path(tmp_path / "a") as path:
        path.write_bytes(b"x")
        assert path.parent == tmp_path
    assert (tmp_path / "a").read_bytes() == b"x"

    def fail() -> None:
        with atomic_path(tmp_path / "b") as path:
            path.write_bytes(b"x")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_an_input_is_not_overwritten_under_any_name(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.touch()
    (tmp_path / "soft").symlink_to(source)
    (tmp_path / "hard").hardlink_to(source)
    for name in ("a.jsonl", "soft", "hard", "../" + tmp_path.name + "/a.jsonl"):
        with pytest.raises(InputError, match="overwritten"):
            refuse_to_overwrite(tmp_path / name, ["-", str(source)])
    refuse_to_overwrite(tmp_path / "new", [str(source)])


def test_the_balance_counts_every_record_once() -> None:
    balance = Balance(10, 4, 3, 2, 1)
    balance.check()
    assert Balance(written=4, duplicates=3, dropped=2).with_read(10, quarantined=1) == balance
    assert sum(list(balance.to_dict().values())[1:]) == balance.read


@pytest.mark.parametrize(("read", "what"), [(11, "1 lost"), (9, "1 too many")])
def test_an_unbalanced_run_fails_with_all_numbers(read: int, what: str) -> None:
    with pytest.raises(BalanceError, match=what) as caught:
        Balance(read, 4, 3, 2, 1).check()
    for number in (str(read), "4 written", "3 duplicates", "2 dropped", "1 quarantined"):
        assert number in str(caught.value)
