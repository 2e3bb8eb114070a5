"""Calendar arithmetic on columns: anniversaries, months, school years."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from junheng.engine.screening import days


def _numbers(*written: str) -> days.Whole:
    return np.array([days.number(date.fromisoformat(each)) for each in written])


def _text(numbers: days.Whole) -> list[str]:
    return [str(days.day_of(int(each))) for each in numbers]


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        ("2015-09-01", "2021-08-31", 5),
        ("2015-09-01", "2021-09-01", 6),
        ("2000-02-29", "2021-02-28", 20),
        ("2000-02-29", "2021-03-01", 21),
        ("2000-02-29", "2020-02-29", 20),
        ("2021-09-01", "2021-08-31", -1),
    ],
)
def test_a_year_completes_on_the_anniversary_itself(since: str, until: str, years: int) -> None:
    assert days.whole_years(_numbers(since), _numbers(until)).tolist() == [years]


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [("1976-08-31", "2026-08-31", 50), ("1976-08-30", "2026-08-31", 51)],
)
def test_a_year_begins_the_day_after_the_anniversary(
    since: str, until: str, years: int
) -> None:
    assert days.years_begun(_numbers(since), _numbers(until)).tolist() == [years]


def test_a_day_that_the_month_lacks_becomes_the_first_of_the_next() -> None:
    later = days.plus_months(
        _numbers("2021-01-31", "2021-01-28", "2021-03-31"), np.array([1, 1, -1])
    )

    assert _text(later) == ["2021-03-01", "2021-02-28", "2021-03-01"]


@pytest.mark.parametrize(
    ("since", "until", "whole", "begun"),
    [
        ("2020-09-01", "2026-09-01", 6, 6),
        ("2020-09-02", "2026-09-01", 5, 6),
        ("2020-09-01", "2026-08-31", 5, 6),
        ("2020-08-31", "2026-09-02", 6, 8),
        ("2021-03-01", "2021-03-01", 0, 0),
    ],
)
def test_a_school_year_counts_whole_only_from_september_to_august(
    since: str, until: str, whole: int, begun: int
) -> None:
    span = (_numbers(since), _numbers(until))

    assert days.school_years(*span).tolist() == [whole]
    assert days.school_years_begun(*span).tolist() == [begun]


def test_a_date_by_month_or_year_can_be_as_late_as_its_last_day() -> None:
    first = _numbers("2024-02-01", "2023-01-01", "2023-05-06")
    precision = pl.Series(["month", "year", "day"])

    assert _text(days.latest_days(first, precision)) == [
        "2024-02-29",
        "2023-12-31",
        "2023-05-06",
    ]
    assert _text(days.latest_starts(first, precision)) == [
        "2024-02-01",
        "2023-12-31",
        "2023-05-06",
    ]
