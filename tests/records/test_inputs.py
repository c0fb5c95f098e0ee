"""What is named becomes a sorted list of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from articlekit.errors import InputError
from articlekit.records.inputs import InputFile, expand


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.html",
        "a.txt",
        "deep/er/c.jsonl.gz",
        "deep/d.CSV",
        "notes.pdf",
        ".hidden.txt",
        ".git/e.txt",
    ):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def uris(*inputs: str) -> list[str]:
    return [file.uri for file in expand(inputs)]


@pytest.mark.usefixtures("corpus")
def test_a_folder_gives_known_files_below_it_sorted_without_hidden_ones() -> None:
    assert uris("data") == ["data/a.txt", "data/b.html", "data/deep/d.CSV", "data/deep/er/c.jsonl.gz"]
    assert uris("data/") == uris("data") == uris("./data")


@pytest.mark.usefixtures("corpus")
def test_order_and_repetition_of_the_arguments_change_nothing() -> None:
    assert uris("data/b.html", "data", "data/a.txt", "data/*.html") == uris("data")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("data/*.html", ["data/b.html"]),
        ("data/*", ["data/a.txt", "data/b.html", "data/deep/d.CSV", "data/deep/er/c.jsonl.gz"]),
        ("data/**/*.gz", ["data/deep/er/c.jsonl.gz"]),
        ("data/**", ["data/a.txt", "data/b.html", "data/deep/d.CSV", "data/deep/er/c.jsonl.gz"]),
        ("**/d.*", ["data/deep/d.CSV"]),
        ("data/[ab].*", ["data/a.txt", "data/b.html"]),
        ("data/*.pdf", ["data/notes.pdf"]),
        ("data/.h*", ["data/.hidden.txt"]),
        ("*/deep", ["data/deep/d.CSV", "data/deep/er/c.jsonl.gz"]),
        ("data/../d*/a.txt", ["data/a.txt"]),
    ],
)
@pytest.mark.usefixtures("corpus")
def test_a_pattern_gives_what_it_matches(pattern: str, expected: list[str]) -> None:
    assert [Path(uri).resolve() for uri in uris(pattern)] == [Path(uri).resolve() for uri in expected]


def test_absolute_patterns_work(corpus: Path) -> None:
    assert uris(f"{corpus}/*.html") == [f"{corpus.as_posix()}/b.html"]


def test_a_file_named_like_a_pattern_is_that_file(corpus: Path) -> None:
    (corpus / "odd[1].html").write_bytes(b"x")
    assert uris("data/odd[1].html") == ["data/odd[1].html"]


@pytest.mark.parametrize("name", ["data/nothing.html", "data/*.warc", "nowhere/**", "data/notes.pdf/x", ""])
@pytest.mark.usefixtures("corpus")
def test_what_gives_no_file_is_an_error_that_names_it(name: str) -> None:
    if not name:
        with pytest.raises(InputError, match="no input given"):
            expand([])
        return
    with pytest.raises(InputError, match=name.split("*", maxsplit=1)[0]):
        expand(["data/a.txt", name])


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    with pytest.raises(InputError, match="no file to read"):
        expand([str(tmp_path)])


def test_links_that_lead_back_are_entered_once(corpus: Path) -> None:
    for name in ("loop", "again", "deep/up"):
        (corpus / name).symlink_to(corpus, target_is_directory=True)
    (corpus / "broken.html").symlink_to("nothing")
    assert len(uris("data")) == len(uris("data/**/*")) == 4
    with pytest.raises(InputError, match="link"):
        expand(["data/broken.html"])


def test_two_names_of_one_file_are_one_input(corpus: Path) -> None:
    (corpus / "z.txt").symlink_to("a.txt")
    assert "data/z.txt" not in uris("data")


@pytest.mark.parametrize(
    ("name", "format_", "compressed"),
    [
        ("a.htm", "html", False),
        ("a.TXT.ZST", "text", True),
        ("a.ndjson", "jsonl", False),
        ("a.json.gz", "json", True),
        ("a.parquet", "parquet", False),
        ("a.parquet.gz", None, True),
        ("a.gz", None, True),
        ("a", None, False),
    ],
)
def test_suffixes_say_format_and_compression(name: str, format_: str | None, compressed: bool) -> None:
    file = InputFile.of(name)
    assert (file.format, file.compressed) == (format_, compressed)


def test_standard_input_is_an_input_like_others(corpus: Path) -> None:
    assert uris("-", str(corpus / "a.txt"), "-")[0] == "-"


def test_an_empty_name_is_not_this_folder() -> None:
    with pytest.raises(InputError, match="an empty name"):
        uris("")
