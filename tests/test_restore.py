"""`restore` gives the decoded input back from output and ledger, whatever the input was."""

import gzip
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articlekit.model import Cleaned, Record, Source
from articlekit.pipeline import Pipeline
from articlekit.records.jsonl import decode_article, encode_article
from articlekit.records.ledger import decode_ledger, encode_ledger, restore

PARTS = (
    "示例銀行公佈三季報",
    "隨著(suí)經濟(jì)發(fā)展，網(wǎng)貸(dài)行業(yè)迅速發(fā)展。",
    "2025-10-28 08:15:30",
    "财经频道 2025-10-28 08:15:30",
    "一、资产质量",
    "1.1 不良率",
    "不良贷款率１.02％，较年初下降0.05个百分点。</p>",
    "责任编辑：温知夏",
    "投资有风险，入市需谨慎。",
    "分享到：微信 微博",
    "Itâ€™s 5% &amp; rising",
    "零\u200b宽\ufeff和\u202e控制",
    "  　缩进的一段，记者温知夏报道。  ",
    "\ud83d",
    "",
)
BREAKS = ("\n", "\r\n", "\r", "\n\n", "\x0b", "\u2028")


@cache
def pipeline() -> Pipeline:
    return Pipeline()


texts = st.lists(
    st.tuples(st.one_of(st.sampled_from(PARTS), st.text(max_size=40)), st.sampled_from(BREAKS)), max_size=14
).map(lambda pairs: "".join(part + line_break for part, line_break in pairs))


def round_trip(cleaned: Cleaned) -> str:
    """Restore from what is written, and only from that."""
    article = decode_article(encode_article(cleaned.article))
    return restore(article, decode_ledger(encode_ledger(cleaned.article, cleaned.trace)))


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_any_text_comes_back(text):
    outcome = pipeline().process(Record(Source("a.txt"), text))
    if isinstance(outcome, Cleaned):
        assert outcome.trace.base == text
        assert round_trip(outcome) == text
    else:
        assert outcome.reason in {"empty-input", "empty-body", "figures-lost"}, outcome.message
        assert outcome.raw == text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16"])
def test_bytes_come_back_as_they_were_decoded(codec):
    text = "示例銀行公佈三季報\r\n前三季度淨利潤6.09億元，同比增長29.57%。\r\n責任編輯：溫知夏\r\n"
    cleaned = pipeline().clean(Record(Source("a.txt"), text.encode(codec)))
    assert round_trip(cleaned) == text


def test_the_extracted_lines_of_a_page_come_back(scraped):
    page = gzip.decompress((scraped / "instalments.html.gz").read_bytes())
    cleaned = pipeline().clean(Record(Source("a.html"), page, "html"))
    assert round_trip(cleaned) == cleaned.trace.base


def test_the_ledger_is_not_larger_than_the_decoded_input(scraped):
    for name in ("instalments-annotated.txt", "earnings-flattened.txt"):
        cleaned = pipeline().clean(Record(Source(name), (scraped / name).read_bytes()))
        ledger = encode_ledger(cleaned.article, cleaned.trace)
        assert len(ledger) <= len(cleaned.trace.base.encode())
