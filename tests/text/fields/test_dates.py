from __future__ import annotations

import time

import pytest

from articlekit.text.fields.dates import date_in_url, find_date, find_dates, parse_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-10-13 23:21:39", "2024-10-13T23:21:39"),
        ("2024年10月13日 23:21", "2024-10-13T23:21"),
        ("2024年10月13日23时21分", "2024-10-13T23:21"),
        ("2024年1月3日", "2024-01-03"),
        ("2024/10/13", "2024-10-13"),
        ("2024.10.13 08:00", "2024-10-13T08:00"),
        ("2024-10-13T23:21:39+08:00", "2024-10-13T23:21:39+08:00"),
        ("2024-10-13T23:21:39.123Z", "2024-10-13T23:21:39Z"),
        ("2024年10月13日 下午3:20", "2024-10-13T15:20"),
        ("2024年10月13日（星期日）09:30", "2024-10-13T09:30"),
        ("二〇二四年十月十三日", "2024-10-13"),
        ("二零二四年三月二十一日", "2024-03-21"),
        ("Sun, 13 Oct 2024 23:21:39 +0800", "2024-10-13T23:21:39+08:00"),
        ("Oct 13, 2024 3:20 PM", "2024-10-13T15:20"),
        ("13 October 2024", "2024-10-13"),
        ("发布时间：2024-10-13 23:21", "2024-10-13T23:21"),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(written: str, iso: str) -> None:
    assert parse_date(written) == iso


@pytest.mark.parametrize(
    "written",
    [
        "2024-13-01",
        "2024-02-30",
        "2024年10月32日",
        "2024-10-13 25:00",
        "1234-10-13",
        "24-10-13",
        "10月13日",
        "版本 1.2024.10.13",
        "2024-10/13",
        "昨天 12:30",
        "",
        "\ud800",
    ],
)
def test_what_is_no_full_possible_date_is_none(written: str) -> None:
    assert parse_date(written) is None


def test_the_end_of_an_appointment_is_no_time_zone() -> None:
    found = find_date("2024年5月6日 14:00-16:00")
    assert found is not None
    assert found.iso == "2024-05-06T14:00"


def test_places_count_characters_of_the_text() -> None:
    text = "发布 2024-03-05 9:07 更新 2024-03-06"
    assert [text[found.start : found.end] for found in find_dates(text)] == ["2024-03-05 9:07", "2024-03-06"]


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://news.example.cn/2024/10/13/a.html", "2024-10-13"),
        ("https://news.example.cn/gn/202410/t20241013_1.htm", "2024-10-13"),
        ("https://news.example.cn/2024-10/13/c_1.htm", "2024-10-13"),
        ("https://news.example.cn/a/20241399.html", None),
        ("https://news.example.cn/a/1202410139.html", None),
        ("", None),
    ],
)
def test_addresses_carry_days(url: str, iso: str | None) -> None:
    assert date_in_url(url) == iso


@pytest.mark.parametrize("line", ["2024年" * 50_000, "2024-10-" * 50_000, "1" * 300_000, "Jan 1 " * 50_000])
def test_hostile_lines_take_no_time(line: str) -> None:
    start = time.perf_counter()
    list(find_dates(line))
    assert time.perf_counter() - start < 2
