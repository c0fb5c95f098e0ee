import json

import pytest

from articlekit import schemas
from articlekit.adapters.json_schema import compile_schema
from articlekit.config import Config
from articlekit.engines.clean import CleanFiles, clean
from articlekit.engines.restore import restored
from articlekit.engines.run import run

PARAGRAPHS = [
    f"示例公司第{number}季度的业绩已经公布，收入与利润均有增长，管理层对下半年的展望较为谨慎。"
    for number in "一二三四"
]


def page(*paragraphs, title="示例公司公布全年业绩"):
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{body}</div></body></html>"


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def config(**values):
    return Config.from_values({"run.workers": 1, "run.ledger": True, "input.join_pages": True, **values})


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    files = {
        "a.html": page(PARAGRAPHS[0]),
        "a_2.html": page(PARAGRAPHS[0], PARAGRAPHS[1], title="示例公司公布全年业绩(2)"),
        "a_3.html": page(PARAGRAPHS[2], title="示例公司公布全年业绩(3)"),
        "b.html": page(PARAGRAPHS[3], title="另一家公司发布公告"),
        "b_2.html": page(PARAGRAPHS[1] * 2, title="某行业半年回顾与展望"),
        "c_2.html": page(PARAGRAPHS[2] * 2, title="没有第一页的文章"),
    }
    for name, html in files.items():
        (folder / name).write_text(html, encoding="utf-8")
    return folder


def test_pages_that_continue_an_article_are_joined_and_the_rest_are_articles(pages, tmp_path):
    summary = run([str(pages)], tmp_path / "out", config(**{"dedup.enabled": False}))
    articles = lines(tmp_path / "out" / "articles.jsonl")
    assert [article["source"]["uri"].rsplit("/", 1)[1] for article in articles] == [
        "a.html",
        "b.html",
        "b_2.html",
        "c_2.html",
    ]
    assert articles[0]["text"].split("\n") == PARAGRAPHS[:3]
    assert articles[0]["title"] == "示例公司公布全年业绩"
    assert summary.balance.to_dict() == {
        "read": 6,
        "written": 4,
        "duplicates": 0,
        "dropped": 2,
        "quarantined": 0,
    }


def test_joined_pages_stay_whole_in_a_file_of_their_own(pages, tmp_path):
    run([str(pages)], tmp_path / "out", config())
    validate = compile_schema(schemas.load("dropped"))
    dropped = lines(tmp_path / "out" / "dropped.jsonl")
    for record in dropped:
        validate(record)
    assert [record["source"]["uri"].rsplit("/", 1)[1] for record in dropped] == ["a_2.html", "a_3.html"]
    assert {record["reason"] for record in dropped} == {"joined"}
    assert [record["values"]["source.uri"].rsplit("/", 1)[1] for record in dropped] == ["a.html", "a.html"]
    assert dropped[1]["record"]["text"] == PARAGRAPHS[2]


def test_the_text_of_all_pages_is_restored(pages, tmp_path):
    out = tmp_path / "out"
    run([str(pages)], out, config())
    texts = [one.text for one in restored([str(out / "articles.jsonl")], out / "ledger.jsonl")]
    assert texts[0] == "\n".join(PARAGRAPHS[:3])
    parts = [one.text for one in restored([str(out / "dropped.jsonl")], out / "ledger.jsonl")]
    assert parts == ["\n".join(PARAGRAPHS[:2]), PARAGRAPHS[2]]


def test_nothing_is_joined_unless_asked_for(pages, tmp_path):
    summary = run(
        [str(pages)], tmp_path / "out", config(**{"input.join_pages": False, "dedup.enabled": False})
    )
    assert (summary.balance.written, summary.balance.dropped) == (6, 0)
    assert not (tmp_path / "out" / "dropped.jsonl").exists()


def test_the_order_of_pages_is_that_of_their_numbers(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    texts = [f"{'甲乙丙丁戊己庚辛壬癸子丑'[number]}公司{PARAGRAPHS[0]}" for number in range(12)]
    for number, text in enumerate(texts, 1):
        name = "a.html" if number == 1 else f"a_{number}.html"
        (folder / name).write_text(page(text), encoding="utf-8")
    run([str(folder)], tmp_path / "out", config())
    assert lines(tmp_path / "out" / "articles.jsonl")[0]["text"].split("\n") == texts


def test_records_of_a_collection_are_joined_by_their_addresses(tmp_path):
    source = tmp_path / "pages.jsonl"
    url = "https://example.cn/news/7.html"
    records = [
        {"url": url, "html": page(PARAGRAPHS[0])},
        {"url": f"{url}?page=2", "html": page(PARAGRAPHS[1])},
        {"url": "https://example.cn/news/8.html", "html": page(PARAGRAPHS[2], title="另一家公司发布公告")},
    ]
    source.write_text(
        "\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8"
    )
    files = CleanFiles(tmp_path / "clean.jsonl", tmp_path / "quarantine.jsonl")
    summary = clean([str(source)], files, config())
    articles = lines(tmp_path / "clean.jsonl")
    assert [article["source"]["url"] for article in articles] == [url, records[2]["url"]]
    assert articles[0]["text"].split("\n") == PARAGRAPHS[:2]
    assert (summary.balance.written, summary.balance.dropped) == (2, 1)
    assert [record["source"]["record"] for record in lines(tmp_path / "dropped.jsonl")] == [2]


def test_a_page_that_cannot_be_read_ends_the_article(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(page(PARAGRAPHS[0]), encoding="utf-8")
    (folder / "a_2.html").write_text("", encoding="utf-8")
    (folder / "a_3.html").write_text(page(PARAGRAPHS[2]), encoding="utf-8")
    summary = run([str(folder)], tmp_path / "out", config(**{"dedup.enabled": False}))
    assert (summary.balance.written, summary.balance.dropped, summary.balance.quarantined) == (2, 0, 1)
