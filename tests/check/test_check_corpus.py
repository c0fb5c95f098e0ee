"""The checker over fixture folders: clean files give nothing, broken ones what they are named after."""

from __future__ import annotations

import gzip
import io
import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zstandard

from articlekit.check import CHECKS, CheckOptions, Finding, Tally, check_files, exit_code
from articlekit.errors import ConfigError, InputError
from articlekit.model import Article, Flag, Section, Source
from articlekit.records.jsonl import encode_article
from articlekit.rules.load import load, load_builtin
from articlekit.rules.model import RuleSet, Severity

DATA = Path(__file__).parent / "data"
BROKEN = sorted((DATA / "broken").iterdir())
TEXT = "云杉股份前三季度营业收入6.09亿元，同比增长29.57%，毛利率提高1.2个百分点。"


def article(**fields: Any) -> Article:
    known: dict[str, Any] = {
        "id": "a1",
        "source": Source("a.jsonl", 1, sha256="00" * 32),
        "title": "云杉股份发布三季报",
        "text": TEXT,
        **fields,
    }
    return Article(**known)


def write(path: Path, *articles: Article) -> Path:
    path.write_bytes(b"".join(encode_article(one) + b"\n" for one in articles))
    return path


def codes(*paths: Path, **options: Any) -> list[str]:
    return [finding.code for finding in check_files(paths, CheckOptions(**options))]


# --- fixture folders -----------------------------------------------------------------------------------


def test_a_clean_corpus_has_no_findings() -> None:
    tally = Tally()
    assert list(check_files([DATA / "clean"], tally=tally)) == []
    assert (tally.files, tally.records, tally.exit_code("info")) == (5, 13, 0)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_every_record_of_a_broken_file_is_found(path: Path) -> None:
    code = path.name[:5]
    found = [finding for finding in check_files([path]) if finding.code == code]
    assert [finding.name for finding in found] == [path.name[6:].split(".")[0]] * len(found)
    if path.suffix == ".jsonl":
        lines = path.read_text("utf-8").count("\n")
        expected = range(2 if code.startswith("AK4") else 1, lines + 1)
        assert [f.line for f in found] == ([None] if code == "AK005" else list(expected))
    else:
        assert len(found) == 1


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_broken_files_give_no_findings_of_another_kind(path: Path) -> None:
    others = {finding.code for finding in check_files([path])} - {path.name[:5]}
    assert others == ({"AK202"} if path.name.startswith("AK203") else set())


def test_every_check_has_a_broken_file() -> None:
    assert {path.name.split(".")[0] for path in BROKEN} == {f"{check.code}-{check.name}" for check in CHECKS}


def test_codes_and_names_are_unique_and_sorted() -> None:
    assert [check.code for check in CHECKS] == sorted({check.code for check in CHECKS})
    assert len({check.name for check in CHECKS}) == len(CHECKS)


def test_every_check_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "check.md").read_text("utf-8")
    for check in CHECKS:
        assert f"| {check.code} | {check.name} | {check.severity} | {check.about} | {check.remedy} |" in page


# --- what is found, and where ----------------------------------------------------------------------------


def test_a_finding_names_place_record_and_remedy(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", article(id="x" * 500, text=""))
    (found,) = check_files([path])
    assert found.place == f"{path}:1"
    assert found.record_id == "x" * 80
    assert found.remedy
    assert found.to_dict()["code"] == "AK101"


def test_blank_lines_count_as_lines_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n\r\n" + encode_article(article(text="")) + b"\r\n")
    assert [finding.line for finding in check_files([path])] == [3]


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst", ".ndjson", ".json"])
def test_compressed_files_and_other_names_are_read_alike(tmp_path: Path, suffix: str) -> None:
    data = b"".join(
        encode_article(article(id=str(n), text=text)) + b"\n" for n, text in enumerate(["", TEXT])
    )
    packed = {".jsonl.gz": gzip.compress(data), ".jsonl.zst": zstandard.compress(data)}
    path = tmp_path / f"a{suffix}"
    path.write_bytes(packed.get(suffix, data))
    assert codes(path) == ["AK101"]


def test_parquet_is_read(tmp_path: Path) -> None:
    from articlekit.records.parquet import write_parquet

    lines = write(tmp_path / "a.jsonl", article(), article(id="a2", text=" "))
    write_parquet(lines, tmp_path / "a.parquet")
    (found,) = check_files([tmp_path / "a.parquet"])
    assert (found.code, found.line) == ("AK101", 2)


def test_a_stream_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO(encode_article(article(text="")))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(data))
    (found,) = check_files(["-"])
    assert found.place == "-:1"


def test_duplicates_are_found_across_files(tmp_path: Path) -> None:
    first = write(tmp_path / "1.jsonl", article(), article(id="a2", text="另一篇。"))
    second = write(tmp_path / "2.jsonl", article(id="a2"))
    found = list(check_files([first, second]))
    assert [(f.code, f.place) for f in found] == [("AK401", f"{second}:1"), ("AK402", f"{second}:1")]
    assert found[0].message.endswith(f"{first}:2")
    assert found[1].message.endswith(f"{first}:1")


def test_figures_that_differ_by_a_point_are_different_texts(tmp_path: Path) -> None:
    one, other = article(), article(id="a2", text=TEXT.replace("6.09", "609"))
    assert codes(write(tmp_path / "a.jsonl", one, other)) == []


def test_empty_texts_are_no_duplicates_of_each_other(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", article(text=""), article(id="a2", text=""))
    assert codes(path) == ["AK101", "AK101"]


def test_headings_of_the_sections_are_no_chrome(tmp_path: Path) -> None:
    sections = (Section(0, None, None, TEXT), Section(1, "一", "相关推荐", TEXT))
    text = f"{TEXT}\n一、相关推荐\n{TEXT}"
    assert codes(write(tmp_path / "a.jsonl", article(text=text, sections=sections))) == []


def test_lost_characters_are_a_warning_where_the_record_says_so(tmp_path: Path) -> None:
    lost = "营业收入为\ufffd亿元，公司没有说明原因。"
    silent = article(text=lost)
    honest = article(id="a2", text=lost + "。", flags=(Flag("lost-character", 1, 5, "\ufffd"),))
    found = list(check_files([write(tmp_path / "a.jsonl", silent, honest)]))
    assert [(f.code, f.severity) for f in found] == [("AK202", "error"), ("AK202", "warning")]


def test_the_article_inside_a_duplicate_is_validated(tmp_path: Path) -> None:
    line = json.loads((DATA / "clean" / "duplicates.jsonl").read_text("utf-8"))
    line["record"]["sections"] = None
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps(line))
    assert codes(path) == ["AK003"]


def test_rules_of_ones_own_are_used(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", article(text=f"{TEXT}\n责任编辑：周慕云"))
    assert codes(path) == ["AK301"]
    assert codes(path, rules=RuleSet.of(())) == []
    assert codes(path, rules=load(disable=["zh.byline.*"])) == []


@pytest.mark.parametrize(("severity", "code"), [("info", 0), ("warning", 0), ("error", 1)])
def test_a_finding_has_the_severity_of_its_rule(tmp_path: Path, severity: Severity, code: int) -> None:
    path = write(tmp_path / "a.jsonl", article(text=f"{TEXT}\n责任编辑：周慕云"))
    rules = RuleSet.of(tuple(replace(rule, severity=severity) for rule in load_builtin()))
    tally = Tally()
    (finding,) = check_files([path], CheckOptions(rules=rules), tally)
    assert (finding.code, finding.severity) == ("AK301", severity)
    assert tally.exit_code() == code


# --- choosing checks --------------------------------------------------------------------------------------


def test_checks_are_chosen_by_code_beginning_of_code_or_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", article(title=None, text=""))
    assert codes(path) == ["AK101", "AK102"]
    assert codes(path, select=("AK102",)) == ["AK102"]
    assert codes(path, select=("empty-body",)) == ["AK101"]
    assert codes(path, ignore=("AK1",)) == []
    assert codes(path, select=("AK1",), ignore=("missing-title",)) == ["AK101"]


@pytest.mark.parametrize("wanted", ["AK9", "ak101", "mojibak", ""])
def test_a_check_that_is_not_there_is_refused(wanted: str) -> None:
    with pytest.raises(ConfigError, match="AK101 empty-body"):
        CheckOptions(select=(wanted,))


def test_a_record_of_the_wrong_shape_is_checked_no_further(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"schema": "articlekit/article/1", "text": ""}\n')
    assert codes(path) == ["AK003"]
    assert codes(path, ignore=("AK003",)) == []


def test_the_exit_code_depends_on_the_worst_finding(tmp_path: Path) -> None:
    warned = list(check_files([write(tmp_path / "a.jsonl", article(title=None))]))
    assert (exit_code(warned), exit_code(warned, "warning"), exit_code([])) == (0, 1, 0)
    failed = list(check_files([write(tmp_path / "b.jsonl", article(text=""))]))
    assert exit_code(failed) == exit_code(failed, "info") == 1


# --- input that is not as it should be ------------------------------------------------------------------


def test_pages_and_missing_files_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<p>正文</p>")
    with pytest.raises(InputError, match="clean it first"):
        check_files([page])
    with pytest.raises(InputError, match="no such file"):
        check_files([tmp_path / "missing.jsonl"])
    with pytest.raises(InputError, match="no file of records"):
        check_files([tmp_path])
    write(tmp_path / "a.jsonl", article())
    assert codes(tmp_path) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x00\x01\xff\xfe" * 100, ["AK001"]),
        (b'{"a": ' * 5000, ["AK001"]),
        (b"[" * 100_000, ["AK001"]),
        (b'{"schema": "articlekit/article/1", "id": "\xff"}', ["AK001"]),
        (b'{"schema": ["articlekit/article/1"]}', ["AK002"]),
        (b'{"schema": "articlekit//1"}', ["AK002"]),
        (b"null\ntrue\n1e400\n", ["AK001", "AK001", "AK001"]),
        (b"", ["AK005"]),
    ],
)
def test_hostile_lines_are_findings_and_no_crash(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    assert codes(path) == expected


def test_a_record_that_is_too_large_is_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", article(text=TEXT * 100), article(id="a2", text=""))
    assert codes(path, max_bytes=2000) == ["AK004", "AK101"]


@pytest.mark.parametrize(
    "text",
    [
        part * 50_000
        for part in ("?", "(", "(kāi", "?kāi", "ä", "锛", "\ufffd ", "\\u4e2", "&#x4e2", "烫烫", "á¡")
    ],
    ids=lambda text: repr(text[:6]),
)
def test_hostile_texts_take_no_time(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "a.jsonl", article(text=text))
    started = time.process_time()
    list(check_files([path]))
    assert time.process_time() - started < 5


def test_a_file_damaged_anywhere_is_read_to_its_end(tmp_path: Path) -> None:
    good = (DATA / "clean" / "articles.jsonl").read_bytes()
    random.seed(5)
    for number in range(30):
        damaged = bytearray(good)
        for _ in range(20):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        path = tmp_path / f"{number}.jsonl"
        path.write_bytes(bytes(damaged))
        tally = Tally()
        for finding in check_files([path], tally=tally):
            assert finding.line is not None
        assert tally.records >= 1


def test_findings_come_while_the_corpus_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", *(article(id=str(n), text="") for n in range(50)))
    tally = Tally()
    findings: Iterator[Finding] = check_files([path], tally=tally)
    next(findings)
    assert tally.records == 1
