"""A seeded corpus of invented finance articles, as pages and as flattened text.

Companies, people and figures are drawn at random; a share of the documents are copies of earlier ones
(re-wrapped, half-width punctuation, another footer) or updated versions of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

_PLACES = ("临江", "云岫", "青禾", "远岚", "沐川", "北汀", "鹭洲", "松陵", "泊水", "星屿")
_TRADES = ("新材", "银行", "科技", "医药", "能源", "物流", "证券", "食品", "软件", "重工")
_OPENINGS = (
    "{company}{month}月{day}日晚间披露公告。公司前三季度实现营业收入{a}亿元，同比增长{p}%。",
    "记者从{company}获悉，公司近日完成新一轮融资，金额为{a}亿元，投后估值较上一轮提高{p}%。",
    "{company}股价{month}月{day}日收盘报{b}元，较前一交易日上涨{q}%，成交额{a}亿元。",
)
_SENTENCES = (
    "公司表示，下游客户的订单保持饱满，产能利用率维持在{p}%左右。",
    "研发费用为{b}亿元，占营业收入的{q}%，主要投向新一代产品的中试验证。",
    "截至三季度末，公司资产负债率为{p}%，较年初下降{q}个百分点。",
    "分析人士认为，行业供需格局正在改善，但原材料价格的波动仍值得关注。",
    "经营活动产生的现金流量净额为{a}亿元，上年同期为{b}亿元。",
    "公司在{place}的新基地已于{month}月投入使用，预计明年形成批量供货能力。",
    "随着消费需求的回升，渠道库存逐步回到合理水平，经销商信心有所恢复。",
    "管理层在电话会议上说，全年目标不变，将继续控制费用，提高回款效率。",
    "监管部门要求金融机构落实差异化政策，加大对中小企业的支持力度。",
    "市场对政策的预期趋于一致，资金价格平稳，长端利率小幅下行{q}个基点。",
)
_HEADINGS = ("主营业务稳步增长", "研发投入继续加大", "现金流明显改善", "行业格局变化", "风险因素", "后市展望")
_NUMERALS = "一二三四五六"
_FOOTERS = (
    "责任编辑：{person}\n投资有风险，入市需谨慎。",
    "（编辑：{person}）\n免责声明：本文仅代表作者个人观点，与本站无关，请读者仅作参考。",
    "特别声明：本文为作者上传并发布，仅代表作者观点。本站仅提供信息发布平台。\n最新文章\n精彩推荐",
)
_PEOPLE = ("温知夏", "郁清和", "程望舒", "陆见微", "苏既白", "韩清越")


@dataclass(frozen=True, slots=True)
class Document:
    """One generated document: its name, its bytes and whether it is a page."""

    name: str
    data: bytes
    html: bool


def generate(count: int, seed: int = 1, html_share: float = 0.5) -> Iterator[Document]:
    """Yield `count` documents; the same seed gives the same bytes."""
    rng = random.Random(seed)
    earlier: list[tuple[str, list[str]]] = []
    for number in range(count):
        if earlier and rng.random() < 0.25:
            title, body = rng.choice(earlier)
            body = _copy(rng, body)
        else:
            title, body = _article(rng)
            earlier.append((title, body))
        footer = rng.choice(_FOOTERS).format(person=rng.choice(_PEOPLE))
        if rng.random() < html_share:
            yield Document(f"{number:06d}.html", _page(rng, title, body, footer).encode(), html=True)
        else:
            stamp = f"财经要闻 2025-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d} 08:15:30"
            yield Document(f"{number:06d}.txt", "\n".join([title, stamp, *body, footer]).encode(), html=False)


def _fill(rng: random.Random, template: str, company: str) -> str:
    return template.format(
        company=company,
        place=rng.choice(_PLACES),
        month=rng.randint(1, 12),
        day=rng.randint(1, 28),
        a=f"{rng.uniform(1, 900):.2f}",
        b=f"{rng.uniform(0.1, 99):.2f}",
        p=f"{rng.uniform(1, 99):.1f}",
        q=f"{rng.uniform(0.1, 9):.2f}",
    )


def _article(rng: random.Random) -> tuple[str, list[str]]:
    company = rng.choice(_PLACES) + rng.choice(_TRADES)
    title = _fill(rng, "{company}前三季度营收{a}亿元 同比增长{p}%", company)
    body = [_fill(rng, rng.choice(_OPENINGS), company)]
    for numeral, heading in zip(_NUMERALS, rng.sample(_HEADINGS, rng.randint(2, 5)), strict=False):
        body.append(f"{numeral}、{heading}")
        for _ in range(rng.randint(2, 4)):
            chosen = rng.sample(_SENTENCES, rng.randint(2, 4))
            body.append("".join(_fill(rng, sentence, company) for sentence in chosen))
    return title, body


def _copy(rng: random.Random, body: list[str]) -> list[str]:
    if rng.random() < 0.5:
        return [line.replace("，", ",") for line in body]
    return [line.replace("公司表示", "公司方面称", 1) for line in body]


def _page(rng: random.Random, title: str, body: list[str], footer: str) -> str:
    paragraphs = "\n".join(f"<p>{line}</p>" for line in (*body, *footer.split("\n")))
    related = "\n".join(f'<li><a href="/a/{n}.html">{_article(rng)[0]}</a></li>' for n in range(8))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_临江财经网</title></head><body>\n'
        '<div class="nav"><a href="/">首页</a> &gt; <a href="/stock/">股票</a></div>\n'
        f'<div class="main"><h1>{title}</h1><div class="info">2025-10-28 08:15:30 来源：临江财经网</div>\n'
        f'<div class="content">\n{paragraphs}\n</div>\n<div class="related"><ul>{related}</ul></div></div>\n'
        '<div class="copyright">版权所有 临江财经网</div></body></html>\n'
    )
