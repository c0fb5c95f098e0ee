from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.errors import ConfigError
from articlekit.steps.script import convert_script
from articlekit.text.positions import apply_edits
from articlekit.text.script.conversion import convert


@pytest.mark.parametrize(
    "text",
    [
        "乾景园林与昇兴股份签约，董事长潘建樑、法人泓昇出席，喆与淼两位副总裁陪同。",
        "公司名著一批，原著作者署名，业绩显著，土著居民与著名学者著有专著。",
        "日本企業の売上高は増えた。",
        "韓國 경제 성장률이 둔화됐다.",
        "Revenue grew by 5 %.",
        "",
    ],
)
def test_text_that_is_not_traditional_is_left_alone(text: str) -> None:
    converted = convert_script(text)
    assert converted.text == text
    assert converted.edits == ()
    assert converted.input == converted.output


@pytest.mark.parametrize(
    ("text", "to", "expected"),
    [
        ("營業收入增長", "hans", "营业收入增长"),
        ("營業收入增長", "keep", "營業收入增長"),
        ("營業收入增長", "hant", "營業收入增長"),
        ("这里的鼠标和软件", "hant", "這裏的鼠標和軟件"),
        ("这里的鼠标和软件", "tw", "這裡的鼠標和軟件"),
        ("这里的鼠标和软件", "twp", "這裡的滑鼠和軟體"),
        ("这里的说法", "hk", "這裏的説法"),
        ("這裏的說法", "hk", "這裏的説法"),
        ("這裏的說法", "tw", "這裡的說法"),
    ],
)
def test_targets(text: str, to: str, expected: str) -> None:
    assert convert_script(text, to).text == expected


def test_scripts_of_input_and_output_are_reported() -> None:
    converted = convert_script("營業收入增長")
    assert (converted.input, converted.output) == ("Hant", "Hans")
    converted = convert_script("营业收入增长", "tw")
    assert (converted.input, converted.output) == ("Hans", "Hant")


def test_an_unknown_target_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="'simplified' is unknown; choose one of keep, hans"):
        convert_script("", "simplified")


def test_a_mixed_text_is_converted_where_it_is_traditional() -> None:
    text = "营业收入增长，净利润下降，乾照光电涨停。\n" * 5 + "營業收入增長，淨利潤下降。\n売上高は増加した。"
    converted = convert_script(text)
    assert converted.input == "mixed"
    assert converted.text == text.replace("營業收入增長，淨利潤下降。", "营业收入增长，净利润下降。")


def test_a_japanese_line_in_a_traditional_text_stays() -> None:
    before = "公司營業收入與淨利潤雙雙增長。\n" * 10
    text = f"{before}売上高は増加した。\n董事會決議。"
    assert convert_script(text).text == f"{convert(before)}売上高は増加した。\n董事会决议。"


# --- protected names -------------------------------------------------------------------------------


def test_a_name_stays_in_traditional_text() -> None:
    assert convert_script("潘建樑先生擔任董事長，房屋有樑柱").text == "潘建樑先生担任董事长，房屋有梁柱"


def test_a_name_stays_when_its_other_characters_are_traditional() -> None:
    assert convert_script("乾景園林發布業績").text == "乾景园林发布业绩"
    assert convert_script("昇興股份發布業績").text == "昇兴股份发布业绩"


def test_a_similar_name_is_not_taken_for_a_protected_one() -> None:
    assert convert_script("升興股份發布業績").text == "升兴股份发布业绩"


def test_names_can_be_added() -> None:
    text = "林國樑與鉅豐電子簽約"
    assert convert_script(text).text == "林国梁与巨丰电子签约"
    protected = frozenset({"林國樑", "鉅丰电子"})
    assert convert_script(text, protected=protected).text == "林國樑与鉅丰电子签约"
    assert convert_script("鉅豐與樑", protected=frozenset("樑")).text == "巨丰与樑"


# --- the zhe layer ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("隨著經濟發展", "随着经济发展"),
        ("這意味著機會", "这意味着机会"),
        ("影響著市場", "影响着市场"),
        ("重新著手研究與著重說明", "重新着手研究与着重说明"),
        ("配合著名經濟學者的論著，顯著改善", "配合著名经济学者的论著，显著改善"),
        ("著名經濟學家的著作，業績顯著", "著名经济学家的著作，业绩显著"),
        ("當地土著與原著作者", "当地土著与原著作者"),
        ("李準著《經濟學原理》", "李准著《经济学原理》"),
        ("經濟學原理（曼昆著）", "经济学原理（曼昆著）"),
        ("王曉明等著", "王晓明等著"),
        ("王曉明等著\r\n國際", "王晓明等著\r\n国际"),
        ("這意味著《公約》將失效", "这意味着《公约》将失效"),
    ],
)
def test_zhe_is_told_from_zhu(text: str, expected: str) -> None:
    assert convert_script(text).text == expected


def test_the_layer_can_be_left_out_and_is_not_part_of_convert() -> None:
    assert convert_script("隨著發展", zhe_layer=False).text == "随著发展" == convert("隨著發展")


def test_simplified_text_left_half_converted_by_others_is_mended_where_it_is_beyond_doubt() -> None:
    converted = convert_script("随著经济发展，这意味著机会，他把玩著古董，作者著书。")
    assert converted.text == "随着经济发展，这意味着机会，他把玩著古董，作者著书。"
    assert {edit.kind for edit in converted.edits} == {"zhe-layer"}


def test_edits_of_the_layer_have_their_own_kind() -> None:
    kinds = [(edit.start, edit.kind) for edit in convert_script("隨著發展").edits]
    assert kinds == [(0, "t2s"), (1, "zhe-layer"), (2, "t2s")]


def test_the_other_engine_can_be_chosen() -> None:
    converted = convert_script("隨著軟體發展", engine="opencc-python")
    assert converted.text == "随着软体发展"
    assert apply_edits("隨著軟體發展", converted.edits) == converted.text


WORDS = ["隨著", "意味著", "著名", "顯著", "乾景園林", "潘建樑", "營業收入", "营业收入", "発展する", "\n"]
WORDS += ["土著", "\ud800", "\x00", "U盤", "3.5%", "，", "\n"]
TARGETS = ["hans", "hant", "tw", "twp", "hk", "hkp"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS)).map("".join), st.sampled_from(TARGETS))
def test_edits_give_the_text_and_lines_are_never_lost(text: str, to: str) -> None:
    converted = convert_script(text, to)
    assert apply_edits(text, converted.edits) == converted.text
    assert converted.text.count("\n") == text.count("\n")
    assert all(text[edit.start : edit.end] == edit.before != edit.after for edit in converted.edits)
    starts, ends = [e.start for e in converted.edits], [e.end for e in converted.edits]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
