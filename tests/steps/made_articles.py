"""Articles made up from parts, with what must be read off them: titles, bylines, echoes, sections.

Every article differs in names, cue words, layout and numbering; the words are not those of any site.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

CN = "一二三四五六七八九十"
# style → how the nth heading starts, and the number that is reported for it
STYLES: dict[str, tuple[Callable[[int], str], Callable[[int], str]]] = {
    "cn": (lambda n: f"{CN[n - 1]}、", lambda n: CN[n - 1]),
    "cn-parens": (lambda n: f"（{CN[n - 1]}）", lambda n: CN[n - 1]),
    "chapter": (lambda n: f"第{CN[n - 1]}章 ", lambda n: f"第{CN[n - 1]}章"),
    "section": (lambda n: f"第{CN[n - 1]}节　", lambda n: f"第{CN[n - 1]}节"),
    "arabic-dot": (lambda n: f"{n}. ", lambda n: f"{n}"),
    "arabic-comma": (lambda n: f"{n}、", lambda n: f"{n}"),
    "arabic-parens": (lambda n: f"({n})", lambda n: f"{n}"),
    "roman": (lambda n: f"{'ⅠⅡⅢⅣⅤⅥⅦⅧⅨ'[n - 1]}. ", lambda n: "ⅠⅡⅢⅣⅤⅥⅦⅧⅨ"[n - 1]),
    "circled": (lambda n: "①②③④⑤⑥⑦⑧⑨"[n - 1], lambda n: "①②③④⑤⑥⑦⑧⑨"[n - 1]),
}
TOPICS = [
    "养老理财",
    "可转债打新",
    "国债逆回购",
    "车险续保",
    "基金定投",
    "装修分期",
    "社保补缴",
    "黄金积存",
    "助学贷款",
    "公积金提取",
]
QUESTIONS = [
    "前要想清楚哪些事",
    "为什么越来越难选",
    "新规带来了什么",
    "到底划不划算?",
    "怎么办理最省事？",
    "的门槛又变了",
    "的几个常见误区",
]
CHANNELS = ["钱袋课堂", "理财早读", "省心指南", "保险百问", "生活账本", "稳健派", "家庭财务"]
SURNAMES, GIVEN = "周林苏程许顾孟戴褚柏", ["慕云", "知夏", "霁", "望舒", "南乔", "景行", "疏影", "朗"]
OPENINGS = ["导读", "本文导语", "开场白", "先说几句", "卷首语", "前情提要", "主编寄语"]
CLOSINGS = ["结语", "本站总结", "最后说两句", "全文回顾", "写给读者的话", "收尾"]
NOUNS = [
    "收益的来源",
    "费用怎么算",
    "期限的讲究",
    "风险在哪里",
    "办理的流程",
    "资金的安排",
    "合同的要点",
    "税费的差别",
    "平台的选择",
    "监管的变化",
]
SENTENCES = [
    "不少家庭在做决定之前，往往只看到了表面的数字，却忽略了背后的条件。",
    "从公开的数据看，近几年的变化并不算小，选择也因此变得更难。",
    "如果资金在短期内要用，就应当把流动性放在第一位，再谈收益。",
    "业内人士认为，合同里的细节比宣传页上的数字更值得花时间。",
    "同样的产品，在不同的渠道办理，费用可能相差百分之十以上。",
    "只有把账算清楚，才能在需要的时候不慌不忙。",
]
ITEMS = ["查资料:核对自己的缴费记录。", "算费用:把各项成本列成一张表。", "问清楚:向经办人确认到账时间。"]


@dataclass
class Made:
    """A made article and what must be found in it."""

    text: str
    title: str
    title_line: int
    published: str | None = None
    author: str | None = None
    channel: str | None = None
    echoes: list[int] = field(default_factory=list)
    headings: list[tuple[int, str | None, str]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # lines of the body, headings as they stand


class _Maker:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.lines: list[str] = []
        self.made = Made("", "", 0)
        self.gap = self.random.random() < 0.5

    def add(self, text: str, *, kept: bool = True) -> int:
        if self.gap and self.lines:
            self.lines.append("")
        self.lines.append(text)
        if kept:
            self.made.kept.append(text)
        return len(self.lines)

    def paragraph(self) -> None:
        self.add("".join(self.random.sample(SENTENCES, self.random.randint(1, 3))))

    def heading(self, level: int, start: str, number: str | None, title: str) -> None:
        self.add(start + title)
        self.made.headings.append((level, number, title))


def make_article(seed: int) -> Made:
    """Make the article of a seed."""
    maker = _Maker(seed)
    choose = maker.random.choice
    topic = choose(TOPICS)
    maker.made.title = topic + choose(QUESTIONS)
    _header(maker)
    opening, closing = choose(OPENINGS), choose(CLOSINGS)
    outer = choose([style for style in STYLES if style not in ("arabic-parens", "circled")])
    decimal = choose([True, False])
    inner = choose([style for style in STYLES if style not in (outer, "chapter", "section", "cn", "roman")])
    maker.heading(1, "", None, opening)
    maker.add(f"说到{maker.made.title.rstrip('?？')}，{choose(SENTENCES)}")
    if maker.random.random() < 0.3:
        maker.made.echoes.append(maker.add(maker.made.title, kept=False))
    sections = maker.random.randint(3, 6)
    for number in range(1, sections + 1):
        start, report = STYLES[outer]
        maker.heading(1, start(number), report(number), topic + choose(NOUNS))
        for sub in range(1, maker.random.randint(2, 4) + 1):
            _subsection(maker, number, sub, None if decimal else inner)
    if maker.random.random() < 0.5:
        start, report = STYLES[outer]
        maker.heading(1, start(sections + 1), report(sections + 1), closing)
    else:
        maker.heading(1, "", None, closing)
    maker.add(f"总的来说，{topic}没有标准答案，{choose(SENTENCES)}")
    maker.made.text = "\n".join(maker.lines)
    return maker.made


def _subsection(maker: _Maker, number: int, sub: int, inner: str | None) -> None:
    title = maker.random.choice(NOUNS)
    if inner is None:
        maker.heading(2, f"{number}.{sub} ", f"{number}.{sub}", title)
    else:
        start, report = STYLES[inner]
        maker.heading(2, start(sub), report(sub), title)
    if maker.random.random() < 0.15:
        maker.made.echoes.append(maker.add(maker.made.title, kept=False))
    if maker.random.random() < 0.2:
        maker.add("一般可以按下面几步来做:")
        for at, item in enumerate(ITEMS, 1):
            maker.add(f"{at}. {item}")
    else:
        maker.paragraph()


def _header(maker: _Maker) -> None:
    made, choose = maker.made, maker.random.choice
    channel = choose(CHANNELS)
    day = f"2024-{maker.random.randint(1, 12):02}-{maker.random.randint(1, 28):02}"
    time = (
        f"{maker.random.randint(0, 23):02}:{maker.random.randint(0, 59):02}:{maker.random.randint(0, 59):02}"
    )
    layout = maker.random.randrange(5)
    if layout in (1, 3):
        maker.add(channel, kept=False)
    if layout == 3:
        maker.add(choose([other for other in CHANNELS if other != channel]), kept=False)
        maker.add(channel, kept=False)
    made.title_line = maker.add(made.title, kept=False)
    if layout in (1, 2):
        made.channel, made.published = channel, f"{day}T{time}"
        maker.add(f"{channel} {day} {time}", kept=False)
    elif layout in (3, 4):
        made.author, made.published = choose(SURNAMES) + choose(GIVEN), f"{day}T{time}"
        maker.add(f"{made.author} {day} {time}", kept=False)
    if layout == 1 and maker.random.random() < 0.7:
        short = made.title[: max(6, len(made.title) * 2 // 3)]
        made.echoes.append(maker.add(short, kept=False))
