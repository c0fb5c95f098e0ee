"""Small corpora of invented finance articles, templated and copied with known edits."""

from __future__ import annotations

import random
from collections.abc import Iterator

from articlekit.dedup.items import DedupItem
from articlekit.text.script.conversion import convert

_COMPANIES = ("晨岚电子", "远汀医药", "柏屿能源", "启禾食品", "砚川材料", "澄麓装备")
_SENTENCES = (
    "{company}今日披露季度报告，报告期内实现营业收入{a}亿元，同比增长{b}%。",
    "公司表示，{topic}业务的订单保持稳定，毛利率较去年同期有所改善。",
    "分析人士认为，{topic}行业的景气程度正在回升，但原材料价格仍有波动。",
    "董事会审议通过了关于扩建{topic}产线的议案，总投资约{a}亿元。",
    "截至期末，{company}的经营现金流净额为{b}亿元，资产负债率保持在合理水平。",
    "管理层在说明会上强调，将继续加大{topic}方向的研发投入，引进专业人才。",
    "受季节因素影响，{topic}产品的出货量在上半年相对平缓，预计下半年加快。",
    "投资者需要注意，{company}所处的市场竞争激烈，未来业绩存在不确定性。",
    "同时，公司与多家{topic}客户签署了长期供货协议，期限为三年。",
    "券商研究报告给予{company}增持评级，认为其{topic}布局已经领先同行。",
)
_TOPICS = ("储能电池", "创新药物", "特种钢材", "智能传感", "冷链食品", "精密模具", "光伏组件", "跨境物流")
_FOOTER = "风险提示：本文内容仅供参考，不构成任何投资建议，市场有风险，决策需谨慎。"


def article(rng: random.Random, sentences: int = 12) -> str:
    """Return one article: sentences of the templates in random order, and a footer they all share."""
    company, lines = rng.choice(_COMPANIES), []
    for _ in range(sentences):
        figures = {"a": f"{rng.randrange(1, 9000) / 100:.2f}", "b": f"{rng.randrange(1, 900) / 10:.1f}"}
        lines.append(rng.choice(_SENTENCES).format(company=company, topic=rng.choice(_TOPICS), **figures))
    return "\n".join([*lines, _FOOTER])


def edited(rng: random.Random, text: str, share: float) -> str:
    """Return a copy with about that share of its characters replaced, no figures among them."""
    characters = list(text)
    for at, character in enumerate(characters):
        if "一" <= character <= "鿿" and rng.random() < share:
            characters[at] = rng.choice("稳健审慎积极持续优化提升推进落实")
    return "".join(characters)


def disguised(rng: random.Random, text: str) -> str:
    """Return a copy in another script or width, or wrapped otherwise."""
    kind = rng.randrange(3)
    if kind == 0:
        return convert(text, "s2t")
    if kind == 1:
        return text.replace("，", ",").replace("。", ".").replace("：", ":")
    flat = text.replace("\n", "")
    return "\n".join(flat[at : at + 20] for at in range(0, len(flat), 20))


def corpus(seed: int, originals: int) -> list[DedupItem]:
    """Return articles, some with copies of growing distance, shuffled."""
    rng = random.Random(seed)
    texts = []
    for _ in range(originals):
        text = article(rng)
        texts.append(text)
        for _ in range(int(rng.paretovariate(1.5)) - 1 if rng.random() < 0.5 else 0):
            texts.append(
                disguised(rng, text) if rng.random() < 0.3 else edited(rng, text, rng.random() * 0.08)
            )
            texts.append(text.replace("亿元", f"{rng.randrange(9)}亿元", 1))
    rng.shuffle(texts)
    return list(items(texts[: 20 * originals]))


def items(texts: list[str]) -> Iterator[DedupItem]:
    """Yield texts as items with ids of their own."""
    for index, text in enumerate(texts):
        yield DedupItem(index, f"id{index:05}", text, uri="corpus.jsonl", record=index + 1)
