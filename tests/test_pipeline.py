import hashlib
import pickle

import pytest

from articlekit.config import CleanSettings, Config, RuleSettings
from articlekit.errors import RecordError
from articlekit.model import Cleaned, Quarantined, RawJSON, Record, Source
from articlekit.pipeline import Pipeline

TEXT = """示例银行公布三季报
財經頻道 2025-10-28 08:15:30
示例银行前三季度净利润6.09亿元，同比增长29.57%。
一、资产质量
不良贷款率1.02%，较年初下降0.05个百分点。
责任编辑：温知夏
投资有风险，入市需谨慎。"""


@pytest.fixture(scope="module")
def pipeline():
    return Pipeline()


def record(body, **fields):
    return Record(Source("a.txt", sha256="00"), body, **fields)


def test_a_flattened_article_gets_title_date_sections_and_fields(pipeline):
    article = pipeline.clean(record(TEXT)).article
    assert article.title == "示例银行公布三季报"
    assert article.published == "2025-10-28T08:15:30"
    assert article.editor == "温知夏"
    assert [(section.level, section.number, section.heading) for section in article.sections] == [
        (0, None, None),
        (1, "一", "资产质量"),
    ]
    assert article.text.splitlines()[1] == "一、资产质量"


def test_every_line_is_title_body_or_a_removal_with_a_rule(pipeline):
    cleaned = pipeline.clean(record(TEXT))
    lines = cleaned.trace.lines.split("\n")
    body = cleaned.article.text.split("\n")
    removed = {removal.line: removal for removal in cleaned.article.removed}
    for number, line in enumerate(lines, 1):
        fates = [number == cleaned.title_line, line in body, number in removed]
        assert sum(fates) == 1, line
    assert all(removal.rule and removal.category for removal in removed.values())


def test_the_id_is_the_given_one_else_the_url_else_of_the_decoded_text(pipeline):
    assert pipeline.clean(record(TEXT, id="x1")).article.id == "x1"
    by_url = Record(Source("a.txt", url="https://example.com/1"), TEXT)
    assert pipeline.clean(by_url).article.id == "https://example.com/1"
    expected = hashlib.sha256(TEXT.encode()).hexdigest()[:32]
    assert pipeline.clean(record(TEXT)).article.id == expected
    assert pipeline.clean(record(TEXT.encode("gb18030"))).article.id == expected


def test_bytes_are_decoded_and_the_encoding_is_said(pipeline):
    article = pipeline.clean(record(TEXT.encode("gb18030"))).article
    assert article.source.encoding == "gb18030"
    assert article.title == "示例银行公布三季报"


def test_a_field_that_is_kept_exactly_elsewhere_is_not_repeated_in_extra(pipeline):
    raw_title, raw_date = RawJSON('"示例銀行公布三季報"'), RawJSON('"2025-10-28"')
    article = pipeline.clean(
        record(
            TEXT,
            title="示例銀行公布三季報",
            published="2025-10-28",
            fields={"code": RawJSON('"000858"')},
            consumed={"title": ("headline", raw_title), "date": ("day", raw_date)},
        )
    ).article
    assert article.title == "示例银行公布三季报"
    assert article.extra == {"code": '"000858"', "headline": raw_title}


def test_flags_point_at_their_text_in_the_output(pipeline):
    article = pipeline.clean(record(TEXT + "\n截至9月末，贷款余额为\ufffd12.6亿元，不良率0.42%。")).article
    for flag in article.flags:
        if flag.start is not None:
            assert article.text.startswith(flag.text, flag.start)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty-input"),
        ("", "empty-input"),
        (" \n\n ", "empty-body"),
        ("责任编辑：温知夏", "empty-body"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("<html><body></body></html>", "empty-body"),
    ],
)
def test_what_holds_no_article_is_quarantined_with_a_reason(pipeline, body, reason):
    outcome = pipeline.process(record(body))
    assert isinstance(outcome, Quarantined)
    assert outcome.reason == reason
    assert outcome.raw == body
    with pytest.raises(RecordError, match=reason):
        pipeline.clean(record(body))


def test_a_fault_of_ours_is_quarantined_too(pipeline, monkeypatch):
    monkeypatch.setattr("articlekit.body.sections.split", lambda lines: 1 / 0)
    outcome = pipeline.process(record(TEXT))
    assert isinstance(outcome, Quarantined)
    assert outcome.reason == "internal-error"
    assert "ZeroDivisionError" in outcome.message


def test_a_figure_that_would_be_lost_quarantines_the_record(pipeline, monkeypatch):
    from articlekit.steps import sections

    real = sections.split
    monkeypatch.setattr("articlekit.body.sections.split", lambda lines: real(lines[:1]))
    outcome = pipeline.process(record(TEXT))
    assert isinstance(outcome, Quarantined)
    assert outcome.reason == "figures-lost"


def test_a_pipeline_can_be_pickled(pipeline):
    again = pickle.loads(pickle.dumps(pipeline))
    assert again.clean(record(TEXT)).article == pipeline.clean(record(TEXT)).article


def test_settings_switch_steps_off():
    keep = Pipeline(Config(clean=CleanSettings(script="keep"), rules=RuleSettings(builtin=False)))
    article = keep.clean(record(TEXT.replace("银行", "銀行").replace("净利润", "淨利潤"))).article
    assert "淨利潤" in article.text
    assert "投资有风险" in article.text


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\r"])
def test_line_numbers_agree_for_every_line_break(pipeline, separator):
    cleaned = pipeline.clean(record(TEXT.replace("\n", separator)))
    assert isinstance(cleaned, Cleaned)
    assert cleaned.title_line == 1
    assert cleaned.trace.base == TEXT.replace("\n", separator)
    assert [removal.line for removal in cleaned.article.removed] == [2, 6, 7]


def test_the_encoding_setting_overrules_what_the_bytes_say():
    pipeline = Pipeline(Config.from_values({"input.encoding": "cp1252", "clean.script": "keep"}))
    data = "Caf\u00e9 prices rose by 3% in May, the office said.".encode("cp1252")
    article = pipeline.clean(record(data)).article
    assert article.source.encoding == "cp1252"
    assert "Caf\u00e9" in article.text


def test_a_record_of_a_lossy_container_is_flagged():
    damaged = Record(Source("a.jsonl", 1, encoding="gb18030"), TEXT, lossy=True)
    article = Pipeline().clean(damaged).article
    assert article.source.encoding == "gb18030"
    assert [flag.kind for flag in article.flags if flag.start is None] == ["lossy-decode"]


def test_comments_stand_apart_in_extra_where_the_record_has_no_field_of_that_name():
    page = (
        "<h1>示例公司公布業績</h1><p>示例公司今日發布公告，公布了上半年的業績和分紅方案，請投資者留意。</p>"
        "<div class='comments'><p>業績不錯。</p></div>"
    )
    pipeline = Pipeline(Config(clean=CleanSettings(comments="apart")))
    article = pipeline.clean(record(page)).article
    assert "业绩不错" not in article.text
    assert article.extra["comments"].value() == ["业绩不错。"]
    given = {"comments": RawJSON("7")}
    assert pipeline.clean(record(page, fields=given)).article.extra == given
    assert Pipeline().clean(record(page)).article.extra == {}
