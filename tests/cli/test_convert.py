import gzip
import io

import pytest


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes("隨著軟體產業的發展\r\n著名\n".encode())
    return path


def test_a_file_is_converted_to_standard_output(articlekit, page):
    ran = articlekit("convert", page)
    assert (ran.code, ran.out, ran.err) == (0, "随著软体产业的发展\r\n著名\n", "")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--config", "tw2sp"], "随着软件产业的发展"),
        (["--from", "twp", "--to", "hans"], "随着软件产业的发展"),
        (["--to", "hans"], "随著软体产业的发展"),
        (["--from", "hant", "--to", "hk"], "隨著軟體產業的發展"),
        (["--from", "hant", "--to", "jp"], "随著軟体産業的発展"),
    ],
)
def test_the_configuration_by_name_or_by_scripts(articlekit, page, options, expected):
    ran = articlekit("convert", *options, page)
    assert ran.code == 0
    assert ran.out.startswith(expected)


def test_standard_input_is_read_without_a_file(articlekit, monkeypatch):
    class Stdin:
        buffer = io.BytesIO("隨著".encode("big5"))

    monkeypatch.setattr("sys.stdin", Stdin)
    ran = articlekit("convert", "--encoding", "big5", "-v")
    assert (ran.out, ran.err) == ("随著", "articlekit: -: big5hkscs, t2s\n")


def test_several_files_go_into_one_which_appears_when_it_is_complete(articlekit, page, tmp_path):
    other = tmp_path / "other.txt.gz"
    other.write_bytes(gzip.compress("國際\n".encode("big5")))
    ran = articlekit("convert", page, other, "-o", "out.txt", "--encoding", "utf-8")
    assert ran.code == 0
    assert "places did not decode as utf-8 and became U+FFFD" in ran.err
    ran = articlekit("convert", other, page, "-o", "out.txt")
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "out.txt").read_text("utf-8").startswith("国际\n随著")


def test_nothing_is_left_of_an_output_that_failed(articlekit, page, tmp_path):
    damaged = tmp_path / "damaged.gz"
    damaged.write_bytes(gzip.compress("國際\n".encode() * 100)[:-9])
    ran = articlekit("convert", page, damaged, "-o", "out.txt")
    assert ran.code == 1
    assert "ends too early" in ran.err
    assert {path.name for path in tmp_path.iterdir()} == {"page.txt", "damaged.gz"}


def test_an_input_is_never_overwritten(articlekit, page):
    before = page.read_bytes()
    ran = articlekit("convert", page, "-o", page)
    assert ran.code == 2
    assert "would be overwritten" in ran.err
    assert page.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--config", "t2x", "page.txt"], "'t2x' is unknown; choose one of hk2s"),
        (["--config", "", "page.txt"], "'' is unknown; choose one of hk2s"),
        (["--from", "hk", "--to", "tw", "page.txt"], "no configuration converts from hk to tw"),
        (["--config", "t2s", "--to", "hans", "page.txt"], "--config says it all"),
        (["--from", "hk", "page.txt"], "--from needs --to"),
        (["missing.txt"], "missing.txt: no such file"),
        (["."], "this is a folder"),
        ([""], "an empty name"),
        (["--encoding", "gbx", "page.txt"], "unknown encoding 'gbx'"),
        (["page.txt", "-o", "out.txt.gz"], "plain text"),
        (["--engine", "opencc-python", "--config", "jp2t", "page.txt"], "no script configuration 'jp2t'"),
    ],
)
def test_what_is_wrong_is_said(articlekit, page, options, message):
    ran = articlekit("convert", *options)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_a_wrong_encoding_is_said_of_an_empty_file_too(articlekit, tmp_path):
    (tmp_path / "empty.txt").touch()
    ran = articlekit("convert", "--encoding", "gbx", "empty.txt")
    assert ran.code == 2
    assert "unknown encoding 'gbx'" in ran.err


def test_an_image_is_no_text(articlekit, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    ran = articlekit("convert", "a.txt")
    assert ran.code == 1
    assert "a PNG image" in ran.err


def test_the_configurations_are_listed(articlekit):
    ran = articlekit("convert", "--list")
    assert ran.code == 0
    assert "t2s    Traditional Chinese (OpenCC Standard) to Simplified Chinese\n" in ran.out
    assert len(ran.out.splitlines()) >= 16


def test_the_stock_results_can_be_had(articlekit, page):
    import opencc

    ran = articlekit("convert", "--engine", "opencc-python", page)
    assert ran.out == opencc.OpenCC("t2s").convert("隨著軟體產業的發展\r\n著名\n")


@pytest.mark.parametrize("way", ["flag", "file", "environment"])
def test_clean_can_use_the_stock_results_too(articlekit, tmp_path, monkeypatch, way):
    (tmp_path / "page.txt").write_text("標題\n他隨著潮流裏面的發展而一目瞭然地嚐試。\n" * 3, "utf-8")
    options = ["--script-engine", "opencc-python"] if way == "flag" else []
    if way == "file":
        (tmp_path / "articlekit.toml").write_text('[clean]\nscript_engine = "opencc-python"\n', "utf-8")
    if way == "environment":
        monkeypatch.setenv("ARTICLEKIT_CLEAN_SCRIPT_ENGINE", "opencc-python")
    monkeypatch.setattr("articlekit.adapters.opencc_python.convert", lambda text, config: "stock" + text[5:])
    ran = articlekit("clean", "page.txt", *options, "--quiet")
    assert ran.code == 0
    assert "stock" in ran.out
