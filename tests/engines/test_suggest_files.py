"""Suggestions from files of every kind."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from articlekit.config import Config
from articlekit.engines.suggest import suggest_rules

FOOTER = "轻点图片扫码，进临江的茶座"


def body(number: int) -> str:
    return "\n".join(
        f"第{number}家受访企业表示，{word}的变化已经传导到报价，下半年的订单仍有不确定性。"
        for word in ("汇率", "运价", f"第{number}季度库存")
    )


def test_pages_texts_and_records_are_read(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "records.jsonl.gz", "wt", encoding="utf-8") as file:
        for number in range(4):
            record = {
                "url": f"https://a{number}.example/1",
                "text": f"受访企业谈报价之{number}\n{body(number)}\n{FOOTER}",
            }
            file.write(json.dumps(record) + "\n")
    for number in range(4, 8):
        (tmp_path / f"{number}.txt").write_text(
            f"受访企业谈报价之{number}\n{body(number)}\n{FOOTER}", "gb18030"
        )
    paragraphs = "".join(f"<p>{line}</p>" for line in [*body(8).split("\n"), FOOTER])
    (tmp_path / "8.html").write_text(
        f"<html><body><h1>标题</h1><article>{paragraphs}</article></body></html>"
    )
    found = suggest_rules([str(tmp_path)])
    assert found.documents == 9
    assert [item.draft.rule.match[0] for item in found.items] == [FOOTER]
    assert found.items[0].documents == 9


def test_broken_records_are_passed_over(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": f"受访企业谈报价之{number}\n{body(number)}\n{FOOTER}"}) for number in range(6)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join([*lines[:3], '{"text": ', "[]", "{}", *lines[3:]]))
    found = suggest_rules([str(tmp_path / "a.jsonl")])
    assert [item.documents for item in found.items] == [6]


def test_reading_stops_at_the_limit_and_says_how_far_it_is(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": f"受访企业谈报价之{number}\n{body(number)}\n{FOOTER}"}) for number in range(9)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    seen: list[int] = []
    found = suggest_rules([str(tmp_path / "a.jsonl")], Config(), limit=7, progress=seen.append)
    assert found.documents == sum(seen) == 7
