"""Deadlines: windows, spans of days, weeks and months, working days as announced."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.policy.items.times import Moment
from junheng.engine.policy.loading import load
from junheng.engine.programme.deadlines import (
    add_years,
    after_days,
    closing,
    days_between,
    opening,
    service_ends,
    span,
)
from junheng.engine.programme.working_days import Calendar, calendar_of
from junheng.errors import QuestionError

CALENDAR = calendar_of(load("national"))
DAYS = st.dates(date(2024, 1, 5), date(2026, 10, 1))
COUNTS = (
    "calendar_first_counted",
    "calendar_first_not_counted",
    "working_first_counted",
    "working_first_not_counted",
)


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 2, 9),
        date(2024, 2, 18),
        date(2025, 1, 27),
        date(2025, 9, 28),
        date(2025, 10, 9),
        date(2026, 1, 4),
        date(2026, 2, 24),
        date(2026, 10, 10),
    ],
)
def test_days_around_the_holidays_and_weekends_worked_instead_are_worked(day: date) -> None:
    assert CALENDAR.is_working(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 2, 10),
        date(2024, 2, 17),
        date(2025, 1, 28),
        date(2025, 10, 8),
        date(2026, 2, 23),
        date(2026, 10, 11),
    ],
)
def test_holidays_as_announced_and_other_weekends_are_not_worked(day: date) -> None:
    assert not CALENDAR.is_working(day)


def test_year_not_announced_is_refused_by_name() -> None:
    with pytest.raises(QuestionError) as refusal:
        CALENDAR.is_working(date(2027, 3, 1))

    assert refusal.value.problems[0].code == "programme.year-not-announced"
    assert refusal.value.problems[0].values["found"] == "2027"


@pytest.mark.parametrize(
    ("day_count", "last"),
    [
        ("calendar_first_counted", date(2025, 10, 5)),
        ("calendar_first_not_counted", date(2025, 10, 6)),
        ("working_first_counted", date(2025, 10, 14)),
        ("working_first_not_counted", date(2025, 10, 15)),
    ],
)
def test_seven_days_over_the_national_holiday(day_count: str, last: date) -> None:
    assert after_days(date(2025, 9, 29), 7, day_count, CALENDAR) == last


@given(DAYS, st.integers(1, 40), st.sampled_from(COUNTS))
def test_counting_the_days_to_a_deadline_gives_the_days_it_was_made_of(
    since: date, amount: int, day_count: str
) -> None:
    last = after_days(since, amount, day_count, CALENDAR)

    assert days_between(since, last, day_count, CALENDAR) == amount


@given(DAYS, st.integers(1, 40), st.sampled_from(COUNTS))
def test_a_day_more_is_never_earlier(since: date, amount: int, day_count: str) -> None:
    sooner = after_days(since, amount, day_count, CALENDAR)

    assert after_days(since, amount + 1, day_count, CALENDAR) > sooner


@pytest.mark.parametrize(
    ("moment", "first", "last"),
    [
        (Moment(month=5, part="early"), date(2025, 5, 1), date(2025, 5, 10)),
        (Moment(month=5, part="middle"), date(2025, 5, 11), date(2025, 5, 20)),
        (Moment(month=2, part="late"), date(2025, 2, 21), date(2025, 2, 28)),
        (Moment(month=9), date(2025, 9, 1), date(2025, 9, 30)),
        (Moment(month=8, day=25), date(2025, 8, 25), date(2025, 8, 25)),
        (Moment(month=9, day=1, year="next"), date(2026, 9, 1), date(2026, 9, 1)),
    ],
)
def test_a_moment_opens_on_its_first_day_and_closes_on_its_last(
    moment: Moment, first: date, last: date
) -> None:
    assert (opening(moment, 2025), closing(moment, 2025)) == (first, last)


def test_a_day_before_which_is_meant_without_itself_closes_the_day_before() -> None:
    tenth = Moment(month=9, day=10, boundary="exclusive")

    assert closing(tenth, 2025) == date(2025, 9, 9)


def test_half_a_month_is_as_many_days_as_the_pack_says() -> None:
    half = Fraction(1, 2)
    found = [
        span(date(2025, 3, 1), half, "months", COUNTS[1], CALENDAR, half_month=days).last
        for days in (14, 15)
    ]

    assert found == [date(2025, 3, 15), date(2025, 3, 16)]


def test_two_weeks_are_fourteen_days() -> None:
    found = span(date(2025, 3, 1), Fraction(2), "weeks", COUNTS[1], Calendar())

    assert found.last == date(2025, 3, 15)


@given(DAYS, st.integers(0, 5), st.integers(0, 5))
def test_years_served_in_two_spells_are_years_served_in_one(
    since: date, before: int, after: int
) -> None:
    begun = date(2010, 9, 1)
    earlier = [(begun, add_years(begun, Fraction(before)))]
    ends = service_ends(since, 12 * (before + after), earlier)

    assert ends == add_years(since, Fraction(after))


@pytest.mark.parametrize(
    ("earlier", "missed", "ends"),
    [
        ([], 0, date(2027, 9, 1)),
        ([], 10, date(2027, 9, 11)),
        ([(date(2023, 9, 1), date(2024, 9, 1))], 0, date(2026, 9, 1)),
        ([(date(2023, 2, 1), date(2023, 3, 15))], 0, date(2027, 7, 18)),
        ([(date(2020, 9, 1), date(2024, 9, 1))], 0, date(2025, 9, 1)),
    ],
)
def test_earlier_service_counts_by_whole_months_and_the_rest_by_days(
    earlier: list[tuple[date, date]], missed: int, ends: date
) -> None:
    assert service_ends(date(2025, 9, 1), 24, earlier, missed=missed) == ends


def test_leap_day_completes_its_year_on_the_first_of_march() -> None:
    leap = date(2024, 2, 29)

    assert add_years(leap, Fraction(1)) == date(2025, 3, 1)
    assert add_years(leap, Fraction(4)) == date(2028, 2, 29)
