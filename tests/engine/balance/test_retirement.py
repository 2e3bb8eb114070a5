"""Statutory and agreed retirement: the published cohorts, both sides of the boundary."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from junheng.engine.balance.retirement import retired_before, statutory_date
from junheng.engine.policy.items import RetirementSchedule, RetirementStep

MEN = RetirementStep(
    kind="男", base_years=60, first_birth=(1965, 1), step_months=4, cap_months=36
)
WOMEN = RetirementStep(
    kind="女干部", base_years=55, first_birth=(1970, 1), step_months=4, cap_months=36
)
WORKERS = RetirementStep(
    kind="女工人", base_years=50, first_birth=(1975, 1), step_months=2, cap_months=60
)
SCHEDULE = RetirementSchedule((MEN, WOMEN, WORKERS))


def _person(**known: Any) -> dict[str, Any]:
    blank = {
        "birth": None,
        "birth_precision": "day",
        "sex": None,
        "retirement_kind": None,
        "agreed_retirement": None,
    }
    return blank | known


@pytest.mark.parametrize(
    ("step", "birth", "retires"),
    [
        (MEN, date(1964, 12, 31), date(2024, 12, 31)),
        (MEN, date(1972, 3, 15), date(2034, 1, 15)),
        (MEN, date(1976, 9, 1), date(2039, 9, 1)),
        (WOMEN, date(1975, 6, 10), date(2031, 11, 10)),
        (WORKERS, date(1980, 6, 1), date(2033, 3, 1)),
        (MEN, date(1965, 1, 31), date(2025, 3, 1)),
    ],
)
def test_statutory_date_follows_the_published_cohorts(
    step: RetirementStep, birth: date, retires: date
) -> None:
    assert statutory_date(birth, step) == retires


@pytest.mark.parametrize(
    ("start", "retired"), [(date(2034, 1, 15), False), (date(2034, 1, 16), True)]
)
def test_retirement_on_the_first_day_of_the_plan_is_not_before_it(
    start: date, *, retired: bool
) -> None:
    person = _person(birth=date(1972, 3, 15), sex="男")

    assert retired_before(person, start, SCHEDULE) is retired


def test_agreed_date_goes_before_the_statutory_one() -> None:
    person = _person(birth=date(1990, 1, 1), sex="男", agreed_retirement=date(2026, 8, 31))

    assert retired_before(person, date(2026, 9, 1), SCHEDULE) is True


def test_birth_known_by_month_is_undecided_only_where_the_day_decides() -> None:
    person = _person(birth=date(1972, 3, 1), birth_precision="month", sex="男")

    starts = [date(2034, 1, 1), date(2034, 1, 16), date(2034, 2, 1)]
    assert [retired_before(person, each, SCHEDULE) for each in starts] == [False, None, True]


@pytest.mark.parametrize(
    "person",
    [_person(sex="男"), _person(birth=date(1960, 1, 1), sex="女")],
    ids=["birth-blank", "kind-of-a-woman-blank"],
)
def test_retirement_is_unknown_where_birth_or_kind_is_blank(person: dict[str, Any]) -> None:
    assert retired_before(person, date(2026, 9, 1), SCHEDULE) is None


def test_retirement_is_unknown_without_a_schedule() -> None:
    person = _person(birth=date(1940, 1, 1), sex="男")

    assert retired_before(person, date(2026, 9, 1), None) is None
