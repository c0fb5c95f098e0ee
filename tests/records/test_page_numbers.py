import pytest

from articlekit.records.continued import in_page_order, joined, page_of
from articlekit.records.inputs import InputFile
from articlekit.records.options import ReadOptions
from articlekit.records.rawrecord import RawRecord


@pytest.mark.parametrize(
    ("address", "first", "number"),
    [
        ("a_2.html", "a.html", 2),
        ("x/a-3.shtml.gz", "x/a.shtml.gz", 3),
        ("a-p2.html", "a.html", 2),
        ("t20240506_1_3.html", "t20240506_1.html", 3),
        ("a_page_12.html", "a.html", 12),
        ("https://example.cn/a?page=2", "https://example.cn/a", 2),
        ("https://example.cn/a?page=2&b=1", "https://example.cn/a?b=1", 2),
        ("https://example.cn/a?b=1&p=4#c", "https://example.cn/a?b=1#c", 4),
    ],
)
def test_addresses_say_which_page_they_are(address, first, number):
    assert page_of(address) == (first, number)


@pytest.mark.parametrize(
    "address",
    [
        "a.html",
        "",
        "2024-05-06.html",
        "a_0.html",
        "a_123.html",
        "_2.html",
        "x/2.html",
        "a?id=2",
        "a_2_b.html",
    ],
)
def test_other_addresses_are_first_pages(address):
    assert page_of(address) == (address, 1)


def test_pages_without_a_first_page_stay_where_they_are():
    names = ["a_2.html", "b.html", "b_3.html", "b_2.html", "c.html"]
    ordered = in_page_order([InputFile.of(name) for name in names])
    assert [file.uri for file in ordered] == ["a_2.html", "b.html", "b_2.html", "b_3.html", "c.html"]


def test_a_first_page_may_have_a_number_too():
    names = ["a_1.html", "a_10.html", "a_2.html", "b.html"]
    ordered = in_page_order([InputFile.of(name) for name in names])
    assert [file.uri for file in ordered] == ["a_1.html", "a_2.html", "a_10.html", "b.html"]


def test_only_next_pages_become_parts():
    names = ("a", "a_2", "a_4", "a_5", "b", "b_2", "c_1", "c_2", "c_2")
    raws = [RawRecord(f"{name}.html", None, "html", b"x") for name in names]
    assert [(raw.uri, [part.uri for part in raw.parts]) for raw in joined(raws, ReadOptions())] == [
        ("a.html", ["a_2.html"]),
        ("a_4.html", []),
        ("a_5.html", []),
        ("b.html", ["b_2.html"]),
        ("c_1.html", ["c_2.html"]),
        ("c_2.html", []),
    ]
