from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.policy import literals
from junheng.engine.policy.literals import Fault


@pytest.mark.parametrize(
    ("text", "share"),
    [("10%", Fraction(1, 10)), ("1/10", Fraction(1, 10)), ("0%", 0), ("100%", 1), ("1", 1)],
)
def test_share_is_read_exactly(text: str, share: Fraction) -> None:
    assert literals.share(text) == share


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0.1", "share-with-point"),
        ("12.5%", "share-with-point"),
        ("101%", "share-above-one"),
        ("11/10", "share-above-one"),
        ("1/0", "not-a-share"),
        ("一成", "not-a-share"),
        ("-10%", "not-a-share"),
    ],
)
def test_share_that_is_none_is_refused(text: str, code: str) -> None:
    found = literals.share(text)

    assert isinstance(found, Fault)
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "number"),
    [("6", Fraction(6)), ("4.2", Fraction(21, 5)), ("27/2", Fraction(27, 2))],
)
def test_number_is_read_exactly(text: str, number: Fraction) -> None:
    assert literals.number(text) == number


@pytest.mark.parametrize("text", ["6年", "1e3", ".5", "", "1,000", "６"])
def test_number_written_otherwise_is_refused(text: str) -> None:
    assert literals.number(text) == Fault("not-a-number", "6 / 4.2 / 1/2")


@pytest.mark.parametrize("unit", ["days", "persons", "pupils", "times", "posts", "cost"])
def test_half_of_something_whole_is_refused(unit: str) -> None:
    assert literals.literal("2.5", unit) == Fault("not-whole", "3")
    assert literals.literal("2", unit) == Fraction(2)


@pytest.mark.parametrize("text", ["2021-02-29", "2021-13-01", "20210831", "2021-8-31", "昨天"])
def test_day_that_does_not_exist_is_refused(text: str) -> None:
    assert literals.day(text) == Fault("not-a-day", "2025-09-01")


def test_day_of_every_year_is_accepted_and_the_leap_day_is_not() -> None:
    assert literals.month_day("02-28") == "02-28"
    assert literals.month_day("02-29") == Fault("leap-day", "02-28 / 03-01")
    assert literals.month_day("02-30") == Fault("not-a-month-day", "08-31")


def test_month_is_read_as_year_and_number() -> None:
    assert literals.month("1965-01") == (1965, 1)
    assert literals.month("1965-13") == Fault("not-a-month", "1965-01")


@given(st.fractions(max_denominator=10_000))
def test_number_that_is_written_reads_back_the_same(number: Fraction) -> None:
    assert literals.number(literals.plain(number)) == number


@given(st.dates(min_value=date(1900, 1, 1)))
def test_day_that_is_written_reads_back_the_same(day: date) -> None:
    assert literals.day(literals.plain(day)) == day
