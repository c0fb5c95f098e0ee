"""Names in Simplified text never change; those on the list come out right from Traditional text too."""

from __future__ import annotations

import random
import tomllib
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import articlekit
from articlekit.model import Edit
from articlekit.steps.script import convert_script
from articlekit.text.positions import apply_edits
from articlekit.text.script.conversion import convert, convert_edits
from articlekit.text.script.names import NameTable, Place, keep_names

NAMES = tomllib.loads((Path(__file__).parent / "data" / "listed_names.toml").read_text("utf-8"))
COMPANIES = [*NAMES["protected"], *NAMES["companies"]]
PEOPLE = [surname + given for surname, given in product(NAMES["surnames"], NAMES["given"])]
BODY = "公司表示，下游客户的订单保持饱满，产能利用率维持在较高水平。"


def sentences(seed: int) -> list[str]:
    """Every company and every person once, in random sentences."""
    rng = random.Random(seed)
    pairs = [(company, rng.choice(PEOPLE)) for company in COMPANIES]
    pairs += [(rng.choice(COMPANIES), person) for person in PEOPLE]
    return [
        rng.choice(NAMES["sentences"]).format(company=company, person=person) for company, person in pairs
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_no_simplified_sentence_with_a_name_changes(seed: int) -> None:
    changed = [line for line in sentences(seed) if convert_script(line).edits]
    assert changed == []


@pytest.mark.parametrize("size", [2, 8, 900])
def test_nor_does_a_simplified_document_full_of_names(size: int) -> None:
    lines = sentences(3)
    for at in range(0, len(lines), size):
        document = "\n".join([BODY, *lines[at : at + size]])
        assert convert_script(document).edits == (), document[:200]


def test_nor_does_an_article_that_goes_the_whole_way() -> None:
    lines = [line for line in sentences(4) if len(line) > 20][:150]
    article = articlekit.clean("\n".join(lines))
    assert article.repairs.get("script", 0) == 0
    assert all(line in article.text for line in lines[1:])


@pytest.mark.parametrize("name", NAMES["protected"])
def test_a_protected_name_comes_out_right_of_a_traditional_article(name: str) -> None:
    simplified = f"{name}发布业绩预告，净利润同比增长，{name}的股东会审议通过了议案。"
    traditional = convert(simplified, "s2t")
    assert convert_script(traditional).text == simplified
    partly = traditional.replace(convert(name, "s2t"), name)
    assert convert_script(partly).text == simplified


@pytest.mark.parametrize("name", NAMES["protected"])
def test_the_list_is_needed(name: str) -> None:
    assert convert(name) != name or convert(convert(name, "s2t")) != name


def test_names_that_come_along_are_simplified_and_leave_other_targets_alone() -> None:
    assert convert_script("昇兴股份与软件公司签约", "tw").text == "昇興股份與軟件公司簽約"
    protected = frozenset({"昇兴股份"})
    assert (
        convert_script("昇兴股份与软件公司签约", "tw", protected=protected).text == "昇兴股份與軟件公司簽約"
    )


def test_a_protected_name_is_not_touched_by_the_zhe_layer() -> None:
    text = "隨著有著數碼上市，市場有著信心"
    assert convert_script(text).text == "随着有着数码上市，市场有着信心"
    protected = frozenset({"有著数码"})
    assert convert_script(text, protected=protected).text == "随着有著数码上市，市场有着信心"
    simplified = "随着有著数码上市，公司说明"
    assert convert_script(simplified, protected=protected).text == simplified


# --- the table ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("钜泉科技", "由鉅泉科技生產", [Place(1, 5, "钜泉科技")]),
        ("钱锺书", "錢鍾書", [Place(0, 3, "钱锺书")]),
        ("昇兴股份", "升興股份", []),
        ("樑", "棟樑與樑柱", [Place(1, 2, "樑"), Place(3, 4, "樑")]),
        ("", "樑", []),
    ],
)
def test_names_are_found_as_traditional_text_writes_them(name: str, text: str, found: list[Place]) -> None:
    assert NameTable([name], loose=True).places(text) == found


def test_of_two_names_that_fold_alike_the_one_written_is_found() -> None:
    table = NameTable(["李升", "李昇"], loose=False)
    assert [place.name for place in table.places("李昇、李升")] == ["李昇", "李升"]


def test_an_edit_is_cut_at_the_borders_of_names() -> None:
    text = "abcdef"
    edits = [Edit("s", "k", 0, 6, text, "ABCDEF")]
    kept = keep_names(text, edits, [Place(1, 2, "b"), Place(3, 5, "xe")])
    assert apply_edits(text, kept) == "AbCxeF"
    shorter = [Edit("s", "k", 0, 6, text, "A")]
    assert apply_edits(text, keep_names(text, shorter, [Place(1, 2, "b")])) == text


WORDS = st.sampled_from(["乾景園林", "潘建樑", "鉅泉科技", "營業", "收入", "昇", "公司", "\n", "U盤", "著"])


@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS, max_size=30).map("".join))
def test_names_stay_whatever_is_around_them(text: str) -> None:
    table = NameTable(["乾景园林", "潘建樑", "钜泉科技"], loose=True)
    places = table.places(text)
    kept = keep_names(text, convert_edits(text).edits, places)
    converted = apply_edits(text, kept)
    assert len(converted) == len(text)
    assert all(converted[start:end] == name for start, end, name in places)
    assert all(text[edit.start : edit.end] == edit.before != edit.after for edit in kept)


def test_a_name_in_a_simplified_line_stays_although_other_lines_are_traditional() -> None:
    text = f"{BODY}\n" * 6 + "董事長於嘉穀先生與總經理發表談話\n董事长於嘉穀先生与总经理发表谈话，业绩稳健。"
    converted = convert_script(text)
    assert converted.input == "mixed"
    assert converted.text.split("\n")[-2:] == [
        "董事长于嘉谷先生与总经理发表谈话",
        "董事长於嘉穀先生与总经理发表谈话，业绩稳健。",
    ]


def test_many_names_take_linear_time() -> None:
    text = "潘建樑國" * 20_000
    assert convert_script(text).text == "潘建樑国" * 20_000


@pytest.mark.parametrize(("config", "author"), [(None, "岳穀"), ("s2t", "岳谷")])
def test_the_name_of_an_author_goes_with_the_body(config: str | None, author: str) -> None:
    text = "公司董事会决议全文如下，请投资者注意风险，业绩预告将于明日发布。"
    body = "".join(f"<p>{convert(text, config) if config else text}</p>" for _ in range(4))
    page = f'<html><head><meta name="author" content="岳穀"></head><body><div>{body}</div></body></html>'
    assert articlekit.clean(page).author == author
