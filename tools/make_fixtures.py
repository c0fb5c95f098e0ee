"""Write the fixtures under ``fixtures/scraped``: invented articles, damaged the way scraped pages are.

usage: python tools/make_fixtures.py

Every company, person, number and address in them is invented. The clean texts stand below; this script
only adds the damage (encodings, annotated GBK, chrome), so that it can be read what was done.
"""

from __future__ import annotations

import codecs
import gzip
import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "scraped"

EARNINGS = """青禾新材前三季度净利润6.09亿元 同比增长29.57%
财经要闻 2025-10-28 08:15:30
青禾新材10月27日晚间披露三季报。公司前三季度实现营业收入48.36亿元，同比增长12.4%；归属于上市公司股东的净利润6.09亿元，同比增长29.57%；基本每股收益0.87元。
一、主营业务稳步增长
报告期内，公司功能膜材料销量达到3.2万吨，较上年同期增加0.5万吨。公司表示，下游新能源客户的订单保持饱满，产能利用率维持在92%左右。
二、研发投入继续加大
前三季度研发费用2.75亿元，占营业收入的5.69%。公司在临江市新建的中试基地已于9月投入使用，预计明年二季度形成批量供货能力。
三、现金流明显改善
经营活动产生的现金流量净额为7.83亿元，上年同期为4.16亿元。截至三季度末，公司资产负债率为41.2%，较年初下降2.3个百分点。
责任编辑：温知夏
投资有风险，入市需谨慎。
"""

GUIDE = """信用卡分期手續費怎麼算
小編導語
隨著消費信貸的普及，越來越多的人開始使用信用卡分期。分期意味著每個月要付一筆手續費，這筆費用到底怎麼算，很多持卡人並不清楚。本文將從計算方法、常見誤區和還款安排三個方面加以說明。
一、手續費的計算方法
1.1 每期手續費
每期手續費等於分期本金乘以每期費率。假設分期本金為12000元，分12期，每期費率0.6%，那麼每期手續費為72元，總手續費為864元。
1.2 實際年化利率
由於本金逐月減少，而手續費始終按照全部本金計算，實際年化利率會高於名義費率。按照上面的例子，實際年化利率約為13%。
二、常見的誤區
2.1 只看每月還款額
不少持卡人只關注每月的還款額，而忽略了總的費用。這種做法容易導致過度消費，影響著家庭的財務安全。
2.2 提前還款可以免除費用
多數銀行規定，提前還款時剩餘的手續費仍然要一次付清。辦理之前，應當仔細閱讀合約條款。
三、合理安排還款
持卡人應當根據自己的收入情況選擇期數，保留一定的應急資金。如果遇到還款困難，應及時與銀行溝通，說明實際情況，尋求適當的解決方案。
小編總結
信用卡分期是一種方便的工具，但並不是免費的。只有了解費用的計算方法，才能做出合適的選擇。
"""

GUIDE_FOOTER = """责任编辑:郁清和
特別聲明:本文為作者上傳並發布,僅代表作者觀點。本站僅提供信息發布平臺。
內容侵權、刪帖舉報聯繫方式:18800001234 10000001@example.com
最新文章
隨機看看
"""

# Characters a site annotates with their readings; see docs/annotated-gbk.md.
ANNOTATED = {
    "續": "xù", "費": "fèi", "編": "biān", "導": "dǎo", "語": "yǔ", "隨": "suí", "貸": "dài", "開": "kāi",
    "個": "gè", "筆": "bǐ", "並": "bìng", "從": "cóng", "計": "jì", "誤": "wù", "還": "huán", "說": "shuō",
    "設": "shè", "總": "zǒng", "實": "shí", "際": "jì", "減": "jiǎn", "會": "huì", "義": "yì", "關": "guān",
    "過": "guò", "響": "xiǎng", "務": "wù", "銀": "yín", "規": "guī", "應": "yīng", "當": "dāng",
    "閱": "yuè", "條": "tiáo", "據": "jù", "選": "xuǎn", "數": "shù", "時": "shí", "與": "yǔ", "溝": "gōu",
    "適": "shì", "聲": "shēng", "發": "fā", "觀": "guān", "點": "diǎn", "內": "nèi", "權": "quán", "舉": "jǔ",
    "報": "bào", "聯": "lián",
}  # fmt: skip


def annotate(text: str) -> str:
    """Glue readings behind characters as such sites do: byte by byte, blind to character boundaries."""
    data = text.encode("gbk")
    for number, character in enumerate(ANNOTATED):
        code = character.encode("gbk")
        data = data.replace(code, code + f"(@{number:02d})".encode("ascii"))
    damaged = data.decode("gbk", errors="articlekit-eat-two")
    for number, reading in enumerate(ANNOTATED.values()):
        damaged = damaged.replace(f"@{number:02d})", f"{reading})")
    return damaged


def _eat_two(error: UnicodeError) -> tuple[str, int]:
    """Replace a broken byte pair by one question mark, as many converters do."""
    assert isinstance(error, UnicodeDecodeError)
    return "?", error.start + 2


codecs.register_error("articlekit-eat-two", _eat_two)


def page(title: str, body: str, footer: str, charset: str) -> str:
    """Return an HTML page with navigation, share bar, related links and footer around the body."""
    paragraphs = "\n".join(
        f"<p><strong>{line}</strong></p>" if line[:2] in {"一、", "二、", "三、"} else f"<p>　　{line}</p>"
        for line in body.strip().splitlines()
    )
    foot = "\n".join(f"<p>{line}</p>" for line in footer.strip().splitlines())
    return f"""<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>{title}_临江财经网</title>
<meta property="og:title" content="{title}">
<script>var ad = {{"slot": "top-banner"}};</script></head>
<body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/stock/">股票</a></div>
<div class="main"><h1>{title}</h1>
<div class="info"><span>2025-10-28 08:15:30</span> <span>来源：临江财经网</span></div>
<div class="share"><a href="#">分享到微信</a><a href="#">微博</a></div>
<div class="content">
{paragraphs}
</div>
<div class="foot">{foot}</div>
<div class="related"><h3>相关阅读</h3><ul>
<li><a href="/a/1.html">云岫银行拟发行30亿元绿色债券</a></li>
<li><a href="/a/2.html">临江新区出台制造业贷款贴息办法</a></li>
<li><a href="/a/3.html">三季度社会融资规模数据解读</a></li></ul></div>
</div>
<div class="copyright">Copyright © 2025 临江财经网 版权所有 临ICP备00000000号</div>
</body></html>
"""


def records() -> str:
    """Return JSON lines: an article, its repost, an updated version, a second article, and bad records."""
    title, _, *body = EARNINGS.strip().splitlines()
    text = "\n".join(body)
    updated = text.replace("6.09亿元", "6.12亿元").replace("29.57%", "30.21%")
    other = (
        "云岫银行10月29日公告，拟面向专业投资者发行绿色金融债券，发行规模不超过30亿元，期限3年。\n"
        "公告称，募集资金将全部用于节能环保、清洁能源和基础设施绿色升级领域的项目投放。\n"
        "截至9月末，该行绿色贷款余额为412.6亿元，较年初增长18.3%，不良率0.42%。"
    )
    rows = [
        {
            "id": "n-1",
            "title": title,
            "content": text,
            "link": "https://news.example.com/a/1",
            "code": "000858",
        },
        {
            "id": "n-2",
            "title": title,
            "content": text.replace("，", ",") + "\n本文转载自网络",
            "code": "000858",
        },
        {"id": "n-3", "title": "青禾新材更正三季报数据", "content": updated, "price": [1.5, None]},
        {
            "id": 4,
            "title": "云岫银行拟发行30亿元绿色债券",
            "content": other,
            "published": "2025年10月29日 18:02",
        },
        {"id": "n-5", "title": "空", "content": "  "},
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    lines[0] = lines[0].replace('"000858"}', '"000858", "weight": 1.10, "serial": 12345678901234567890}')
    lines.append('{"id": "n-6", "content": "这一行在中间断')
    return "\n".join(lines) + "\n"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    title, _, *body = EARNINGS.strip().splitlines()
    html = page(title, "\n".join(body[:-2]), "\n".join(body[-2:]), "gb2312")
    (FOLDER / "earnings.html").write_bytes(html.encode("gbk", errors="xmlcharrefreplace"))
    (FOLDER / "earnings-flattened.txt").write_text(EARNINGS, encoding="utf-8")
    (FOLDER / "instalments-annotated.txt").write_text(
        annotate(GUIDE) + annotate(GUIDE_FOOTER), encoding="utf-8"
    )
    (FOLDER / "instalments.html.gz").write_bytes(
        gzip.compress(
            page("信用卡分期手續費怎麼算", GUIDE.split("\n", 1)[1], GUIDE_FOOTER, "utf-8").encode(), mtime=0
        )
    )
    (FOLDER / "records.jsonl").write_text(records(), encoding="utf-8")
    (FOLDER / "empty.txt").write_bytes(b"")


if __name__ == "__main__":
    main()
