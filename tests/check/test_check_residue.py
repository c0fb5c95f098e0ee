"""Signs of damage in texts, and ordinary texts that look a little like it."""

from __future__ import annotations

import pytest

from articlekit.check.residue import find_annotations, find_lost, find_mojibake

PASSAGE = (
    "云杉股份前三季度的营业收入为六亿元，比上年同期增长两成九，公司说这主要来自海外渠道的扩张。"
    "分析师认为，行业的价格竞争正在趋缓，头部厂商的议价能力有望在明年上半年继续改善，现金流也会好转。"
)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("gb18030", "utf-8"),
        ("big5hkscs", "utf-8"),
        ("cp932", "utf-8"),
        ("cp949", "utf-8"),
        ("latin-1", "utf-8"),
        ("cp1252", "utf-8"),
        ("latin-1", "gb18030"),
        ("cp1252", "gb18030"),
        ("big5hkscs", "gb18030"),
    ],
)
def test_text_read_in_the_wrong_encoding_is_found(wrong: str, right: str) -> None:
    sign = find_mojibake(PASSAGE.encode(right).decode(wrong, "ignore"))
    assert sign is not None


@pytest.mark.parametrize(
    "text",
    [
        PASSAGE,
        "Der Ärger über Öl: „Übermäßig“, sagte Müller — ça va, señor? Ångström, Łódź, naïve façade.",
        "Á é í ó ú ý Þ æ ö: Íslenska er tungumál; ½ ¾ ± µ § ¶ © ® ™ € £ ¥ ¢",
        "ÀÈÌÒÙ ÁÉÍÓÚ ÂÊÎÔÛ",
        "供應鏈壓力緩解，鏈上數據顯示，張騫出使西域；滙豐、恒生與中電的股價回落。",
        "乾景园林、泓昇股份、潘建樑、朱镕基、喆、淼、堃、骉、犇。",
        "カタカナ ﾃﾚﾋﾞ局の半角ｶﾅ、横浜と繧りのない文。",
        "삼성전자의 3분기 영업이익은 시장 예상을 웃돌았다.",
        "路径 C:\\users\\update 与正则 \\d+\\w*，颜色 &#8217; 与 &amp;。",
        "········ °°°°°° »»»»»»»» ××××××",
        "",
    ],
)
def test_ordinary_text_shows_no_mojibake(text: str) -> None:
    assert find_mojibake(text) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [("\ufffd", 1), ("a\ufffd \ufffdb\ufffd", 2), ("锟斤拷锟斤拷", 1), ("烫烫烫烫", 1), ("好烫烫手", None)],
)
def test_lost_characters_are_counted_by_place(text: str, count: int | None) -> None:
    sign = find_lost(text)
    assert (sign.count if sign else None) == count


@pytest.mark.parametrize(
    "text",
    [
        "双方应保持适当?shù)臏贤ǚ绞健",
        "请\ufffd(jiān)在应用内查看",
        "平臺(tái)又開(kāi)始，開(kāi)盤時(shí)平臺(tái)發(fā)布會(huì)，時(shí)間與會(huì)者發(fā)言",
        "平台(tái)又开(kāi)始，开(kāi)盘时(shí)平台(tái)发(fā)布会(huì)，时(shí)间与会(huì)者发(fā)言",
    ],
)
def test_annotations_and_their_residue_are_found(text: str) -> None:
    assert find_annotations(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "作者赵䶮(yǎn)说，䶮(yǎn)字极为罕见。",
        "重(zhòng)量与重(chóng)复：同一个字，重读两遍，意思不同，重在语境。",
        "教材：开(kāi)、发(fā)、会(huì)、时(shí)、学(xué)、长(cháng)。开会时，学长发言。",
        "这合理吗?(真的)他问?why)",
        "函数 f?(x) 与 a?b)",
        "",
    ],
)
def test_ordinary_glosses_are_no_annotations(text: str) -> None:
    assert find_annotations(text) is None
