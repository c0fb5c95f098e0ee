"""Every record type fits its schema, by two independent validators, and what is damaged does not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from articlekit import schemas
from articlekit.adapters.json_schema import compile_schema
from articlekit.config import Config
from articlekit.errors import SchemaError
from articlekit.model import (
    Article,
    Dedup,
    Dropped,
    Duplicate,
    Edit,
    Flag,
    Quarantined,
    RawJSON,
    Removal,
    Script,
    Section,
    Source,
    Trace,
)
from articlekit.records.ledger import encode_ledger

SOURCE = Source("新闻/a.jsonl", 12, "https://news.example/a", "gb18030", "0f" * 32)
ARTICLE = Article(
    id="a1",
    source=SOURCE,
    title="云杉股份发布三季报",
    published="2024-10-13T23:21:39",
    author="温知夏",
    editor=None,
    language="zh",
    script=Script("Hant", "Hans"),
    sections=(Section(0, None, None, "导语。"), Section(2, "1.1", "业绩", "净利润6.09亿元。")),
    text="导语。\n1.1 业绩\n净利润6.09亿元。",
    removed=(Removal(3, "zh.share.bar", "share", "分享"),),
    repairs={"annotated-gbk": 232},
    flags=(Flag("elided-word", 15, 9, "可以是 催收"), Flag("lossy-decode", 1, None, "gb18030")),
    quality={"chars": 22, "template_share": 0.18},
    dedup=Dedup("a0", "repost", "a0", 0.93, None),
    extra={
        "code": RawJSON('"000858"'),
        "price": RawJSON("1.10"),
        "深": RawJSON('{"n": [null, 12345678901234567890]}'),
    },
)
TRACE = Trace(
    "云杉股份发布三季报\n分享\n導語。\n1.1 业绩\n净利润6.09亿元。",
    (("script", (Edit("script", "char", 13, 15, "導語", "导语"),)),),
    "云杉股份发布三季报\n分享\n导语。\n1.1 业绩\n净利润6.09亿元。",
)


SUMMARY = {
    "schema": "articlekit/summary/1",
    "articlekit": "0.1.0",
    "rules": "4f53cda18c2b",
    "config": {"digest": Config().digest(), "values": Config().to_dict()},
    "inputs": ["a.jsonl"],
    "counts": {"read": 2, "written": 1, "duplicates": 0, "dropped": 0, "quarantined": 1},
    "quarantine_reasons": {"not-json": 1},
    "dropped_reasons": {},
    "duplicate_classes": {},
    "repairs": {"script": 3},
    "removed_by_rule": {"zh.share.bar": 1},
    "flags": {"elided-word": 1},
    "encodings": {"gb18030": 1},
    "fields": {"a.jsonl": {"text": "content"}},
    "seconds": {"total": 1.5, "step.extract": 0.25},
    "files": {"articles": "out/articles.jsonl"},
}


def samples() -> list[tuple[str, Any]]:
    duplicate = Duplicate(
        "a1", SOURCE, "a0", SOURCE, "updated", 0.81, True, ("6.09亿元",), (), ARTICLE.to_dict()
    )
    dropped = Dropped("a1", SOURCE, "flags > 1", {"flags": 2, "title": None}, ARTICLE.to_dict())
    quarantined = Quarantined(SOURCE, "not-json", "read", "expected ','", "column 17", "json", '{"a": 1')
    return [
        ("article", ARTICLE.to_dict()),
        ("article", Article("最少", Source("-", sha256="00" * 32)).to_dict()),
        ("duplicate", duplicate.to_dict()),
        ("duplicate", Duplicate("a1", SOURCE, "a0", SOURCE, "repost", 1.0, False).to_dict()),
        ("dropped", dropped.to_dict()),
        ("quarantine", quarantined.to_dict()),
        ("quarantine", Quarantined(SOURCE, "binary", "decode", "", raw=b"\xff\x00").to_dict()),
        ("quarantine", Quarantined(SOURCE, "unreadable", "read", "").to_dict()),
        ("ledger", json.loads(encode_ledger(ARTICLE, TRACE))),
        (
            "ledger",
            json.loads(encode_ledger(ARTICLE, Trace("别的\ud800\udc00", (), "别的"), "<p>\ud800</p>")),
        ),
        ("summary", json.loads(json.dumps(SUMMARY))),
    ]


def complaint(name: str, value: Any) -> str | None:
    """Return what our validator says, after checking that the other one judges alike."""
    schema = schemas.load(name)
    others = list(Draft7Validator(schema).iter_errors(value))
    found: str | None = None
    try:
        compile_schema(schema)(value)
    except SchemaError as error:
        found = str(error)
    assert (found is None) == (not others), f"{found!r} against {[other.message for other in others]}"
    return found


@pytest.mark.parametrize("name", schemas.names())
def test_schemas_are_schemas_with_titles_and_descriptions(name: str) -> None:
    schema = schemas.load(name)
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["title"]
    for field, part in _named_parts(schema):
        assert part.get("description"), f"{name}: {field} has no description"


@pytest.mark.parametrize("name", schemas.names())
def test_schemas_are_strict_at_every_level(name: str) -> None:
    for field, part in [(name, schemas.load(name)), *_named_parts(schemas.load(name))]:
        if "properties" in part:
            assert part["additionalProperties"] is False, field


@pytest.mark.parametrize(("name", "value"), samples())
def test_what_we_write_fits_its_schema(name: str, value: Any) -> None:
    assert complaint(name, value) is None


@pytest.mark.parametrize(("name", "value"), samples())
def test_validation_leaves_the_record_as_it_is(name: str, value: Any) -> None:
    before = copy.deepcopy(value)
    compile_schema(schemas.load(name))(value)
    assert value == before


@pytest.mark.parametrize(("name", "value"), samples())
def test_no_declared_field_may_be_missing_and_no_other_be_there(name: str, value: Any) -> None:
    required = set(schemas.load(name)["required"])
    for field in value:
        without = {key: inner for key, inner in value.items() if key != field}
        if field in required:
            assert complaint(name, without) == f"record: must have {field}"
    assert complaint(name, {**value, "zusatz": 1}) == "record: must not have 'zusatz'"


Damage = Callable[[dict[str, Any]], object]
DAMAGED: list[tuple[str, Damage, str]] = [
    ("article", lambda a: a.update(schema="articlekit/article/2"), "schema: "),
    ("article", lambda a: a.update(id=""), "id: "),
    ("article", lambda a: a.update(id=7), "id: "),
    ("article", lambda a: a.update(title=["云杉"]), "title: "),
    ("article", lambda a: a.update(published="13.10.2024"), "published: "),
    ("article", lambda a: a["source"].update(sha256="0F" * 32), "source.sha256: "),
    ("article", lambda a: a["source"].update(record=0), "source.record: "),
    ("article", lambda a: a["source"].pop("url"), "source: must have url"),
    ("article", lambda a: a["source"].update(path="x"), "source: must not have 'path'"),
    ("article", lambda a: a["script"].update(output="Latn"), "script.output: "),
    ("article", lambda a: a["sections"][1].update(level=-1), "sections[1].level: "),
    ("article", lambda a: a["sections"][1].update(level=True), "sections[1].level: "),
    ("article", lambda a: a["sections"][1].pop("text"), "sections[1]: must have text"),
    ("article", lambda a: a["removed"][0].update(line=0), "removed[0].line: "),
    ("article", lambda a: a["repairs"].update(script=1.5), "repairs.script: "),
    ("article", lambda a: a["quality"].update(chars="22"), "quality.chars: "),
    ("article", lambda a: a["flags"][0].update(start=-1), "flags[0].start: "),
    ("article", lambda a: a["dedup"].update({"class": "copy"}), "dedup.class: "),
    ("article", lambda a: a["dedup"].update(jaccard=1.2), "dedup.jaccard: "),
    ("article", lambda a: a.update(extra=[]), "extra: "),
    ("duplicate", lambda d: d.update({"class": None}), "class: "),
    ("duplicate", lambda d: d.update(removed="yes"), "removed: "),
    ("duplicate", lambda d: d.update(figures_added=[6.09]), "figures_added[0]: "),
    ("duplicate", lambda d: d.update(record="{}"), "record: "),
    ("quarantine", lambda q: q.update(reason="Not JSON"), "reason: "),
    ("quarantine", lambda q: q.update(media="pdf"), "media: "),
    ("quarantine", lambda q: q.update(raw="x"), "raw: "),
    ("quarantine", lambda q: q["raw"].update(encoding="hex"), "raw: "),
    ("ledger", lambda e: e.update(sha256="0f"), "sha256: "),
    ("ledger", lambda e: e.update(text="x"), "record: "),
    ("ledger", lambda e: e.update(lines=[[1]]), "lines[0]: "),
    ("ledger", lambda e: e.update(lines=[[1, 2, 3, 4]]), "lines[0]: "),
    ("ledger", lambda e: e.update(lines=[-1]), "lines[0]: "),
    ("ledger", lambda e: e.update(steps=[["script"]]), "steps[0]: "),
    ("summary", lambda s: s["counts"].update(read=-1), "counts.read: "),
    ("summary", lambda s: s["counts"].update(lost=1), "counts: must not have 'lost'"),
    ("summary", lambda s: s["config"].update(digest="x"), "config.digest: "),
    ("summary", lambda s: s["flags"].update({"elided-word": "3"}), "flags.elided-word: "),
    ("summary", lambda s: s["seconds"].update(total=-1), "seconds.total: "),
    ("summary", lambda s: s["fields"].update({"a.jsonl": "content"}), "fields.a.jsonl: "),
]


@pytest.mark.parametrize(("name", "damage", "place"), DAMAGED)
def test_what_is_damaged_is_refused_with_its_place(name: str, damage: Damage, place: str) -> None:
    value = copy.deepcopy(next(value for kind, value in samples() if kind == name))
    damage(value)
    assert (complaint(name, value) or "").startswith(place)


@pytest.mark.parametrize("value", [None, 1, "x", [], [{}], True])
def test_what_is_no_object_is_refused(value: Any) -> None:
    for name in schemas.names():
        assert complaint(name, value) == "record: must be object"


@pytest.mark.parametrize(
    "published",
    [
        "2024",
        "2024-10",
        "2024-10-13",
        "2024-10-13T23:21",
        "2024-10-13T23:21:39+08:00",
        "2024-10-13T23:21:39.5Z",
    ],
)
def test_dates_may_be_as_precise_as_they_are(published: str) -> None:
    assert complaint("article", {**ARTICLE.to_dict(), "published": published}) is None


def test_the_summary_of_a_run_fits_its_schema() -> None:
    from articlekit.engines.stats import Stats
    from articlekit.engines.summary import Summary
    from articlekit.records.balance import Balance

    summary = Summary(["a.jsonl"], Stats(), Balance(), "4f53cda18c2b", Config(), seconds={"total": 0.0})
    assert complaint("summary", summary.to_dict()) is None
    assert list(summary.to_dict()) == list(SUMMARY)


def test_a_schema_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(SchemaError, match="did you mean 'article'"):
        schemas.load("artikle")


def test_loading_gives_a_new_schema_each_time() -> None:
    schemas.load("article").clear()
    assert schemas.load("article")


def _named_parts(part: Any, path: str = "") -> list[tuple[str, Any]]:
    """Return every field a schema declares, at any depth."""
    if not isinstance(part, dict):
        return []
    found = [(f"{path}.{name}", field) for name, field in part.get("properties", {}).items()]
    inner = [*found, (f"{path}[]", part.get("items")), *((path, one) for one in part.get("oneOf", ()))]
    deeper = [entry for where, field in inner for entry in _named_parts(field, where)]
    return [entry for entry in [*found, *deeper] if not entry[0].endswith(".base64")]


@pytest.mark.parametrize("name", schemas.names())
def test_every_field_is_documented_with_what_the_schema_says(name: str) -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "record.md").read_text("utf-8")
    part = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
    for field, schema in _named_parts(schemas.load(name)):
        row = next((line for line in part.splitlines() if line.startswith(f"| `{field[1:]}` |")), "")
        assert row.endswith(f"| {schema['description']} |"), field[1:]


def test_the_example_in_the_documentation_fits_its_schema() -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "record.md").read_text("utf-8")
    assert complaint("article", json.loads(page.split("```json\n")[1].split("```")[0])) is None
