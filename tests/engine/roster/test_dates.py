"""Dates in every written form, with their precision, and printed ends made half-open."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.roster.dates import (
    DateFault,
    WrittenDate,
    read_date,
    read_date_number,
)

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "1998年9月",
        "1998年09月",
        "1998年9月份",
        "1998.09",
        "1998.9",
        "199809",
        "1998-09",
        "1998-9",
        "1998/9",
        "1998/09",
        " 1998年 9月 ",
        "\uff11\uff19\uff19\uff18\uff0e\uff10\uff19",
    ],
)
def test_each_spelling_of_a_month_is_read_as_that_month(text: str) -> None:
    assert read_date(text) == WrittenDate(date(1998, 9, 1), "month")


@pytest.mark.parametrize(
    "text",
    [
        "1998-09-01",
        "1998-9-1",
        "1998/9/1",
        "1998/09/01",
        "1998.9.1",
        "1998年9月1日",
        "1998年9月1号",
        "19980901",
        "1998-09-01 00:00:00",
        "1998-09-01T00:00:00",
        "36039",
    ],
)
def test_each_spelling_of_a_day_is_read_as_that_day(text: str) -> None:
    assert read_date(text) == WrittenDate(date(1998, 9, 1), "day")


@pytest.mark.parametrize("text", ["1998", "1998年"])
def test_a_year_alone_keeps_the_precision_of_a_year(text: str) -> None:
    assert read_date(text) == WrittenDate(date(1998, 1, 1), "year")


@pytest.mark.parametrize("text", ["", "无", "空", "/", "—", "至今", "长期"])
def test_a_cell_that_says_there_is_no_date_is_not_a_fault(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text", ["1998-02-30", "1998.13", "199813", "19980931", "1998年0月", "1899-12", "2200-01"]
)
def test_a_day_that_does_not_exist_is_impossible(text: str) -> None:
    assert read_date(text) is DateFault.IMPOSSIBLE


@pytest.mark.parametrize("text", ["前年秋天", "98.09", "1998-", "9月", "1998-09-01-02", "123"])
def test_a_text_that_is_no_date_is_unreadable(text: str) -> None:
    assert read_date(text) is DateFault.UNREADABLE


def test_29_february_exists_in_leap_years_only() -> None:
    assert read_date("2000-02-29") == WrittenDate(date(2000, 2, 29), "day")
    assert read_date("1900-02-29") is DateFault.IMPOSSIBLE


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (36039.0, WrittenDate(date(1998, 9, 1), "day")),
        (36039.75, WrittenDate(date(1998, 9, 1), "day")),
        (19980901.0, WrittenDate(date(1998, 9, 1), "day")),
        (199809.0, WrittenDate(date(1998, 9, 1), "month")),
        (1998.0, WrittenDate(date(1998, 1, 1), "year")),
        (1998.09, WrittenDate(date(1998, 9, 1), "month")),
        (1998.9, WrittenDate(date(1998, 9, 1), "month")),
        (1998.12, WrittenDate(date(1998, 12, 1), "month")),
        (1998.01, WrittenDate(date(1998, 1, 1), "month")),
    ],
)
def test_a_number_cell_is_read_by_its_size(number: float, expected: WrittenDate) -> None:
    assert read_date_number(number) == expected


def test_the_number_1998_1_is_refused_because_it_may_be_october() -> None:
    assert read_date_number(1998.1) is DateFault.AMBIGUOUS
    assert read_date("1998.1") == WrittenDate(date(1998, 1, 1), "month")


@pytest.mark.parametrize("number", [0.5, -1.0, 123.0, 1998.133, 1e9])
def test_a_number_of_no_known_form_is_unreadable(number: float) -> None:
    assert read_date_number(number) is DateFault.UNREADABLE


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("2022-08-31", date(2022, 9, 1)),
        ("2022-12-31", date(2023, 1, 1)),
        ("2022-08", date(2022, 9, 1)),
        ("2022-12", date(2023, 1, 1)),
        ("2022", date(2023, 1, 1)),
    ],
)
def test_a_printed_end_is_stored_as_the_first_day_after_it(text: str, until: date) -> None:
    written = read_date(text)

    assert isinstance(written, WrittenDate)
    assert written.until == until


@given(DAYS)
def test_every_day_reads_back_from_each_of_its_spellings(day: date) -> None:
    spellings = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    ]

    assert {read_date(text) for text in spellings} == {WrittenDate(day, "day")}


@given(DAYS, st.sampled_from(["day", "month", "year"]))
def test_until_is_after_the_first_day_and_at_most_a_year_after(
    day: date, precision: str
) -> None:
    first = {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}
    written = WrittenDate(first[precision], precision)

    assert written.first < written.until <= written.first + timedelta(days=366)
