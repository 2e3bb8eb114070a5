"""When a person retires (退休日期): agreed, else by the statutory schedule of the pack.

A birth date written without its day, or without its month, gives the earliest and the latest
day it can mean; only where both lead to the same answer is there one (§1).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from junheng.engine.policy.items import RetirementSchedule, RetirementStep

_MONTHS = 12
_DECEMBER = 12
_KIND_BY_SEX = {"男": "男"}


def retired_before(
    person: dict[str, Any], start: date, schedule: RetirementSchedule | None
) -> bool | None:
    """Tell whether a person has retired before ``start``; None where it cannot be computed.

    Parameters
    ----------
    person : a row of the persons table
    start : the first day of the plan; somebody retiring on this very day is still there
    schedule : the statutory ages; None where the pack leaves them unset

    Source: statutory retirement ages in force since 2025-01-01, as the pack states them.
    """
    agreed = person["agreed_retirement"]
    if agreed is not None:
        return bool(agreed < start)
    kind = person["retirement_kind"] or _KIND_BY_SEX.get(person["sex"] or "")
    step = schedule.step(kind) if schedule is not None and kind is not None else None
    if person["birth"] is None or step is None:
        return None
    answers = {
        statutory_date(birth, step) < start
        for birth in _possible(person["birth"], person["birth_precision"])
    }
    return answers.pop() if len(answers) == 1 else None


def statutory_date(birth: date, step: RetirementStep) -> date:
    """Return the statutory retirement date of somebody born on ``birth``.

    The age rises by one month for each ``step_months`` begun since the first cohort. A day
    that the month of retirement lacks becomes the first of the next month.
    """
    months = step.base_years * _MONTHS + _delay(birth, step)
    year, month = divmod(birth.year * _MONTHS + birth.month - 1 + months, _MONTHS)
    if birth.day > monthrange(year, month + 1)[1]:
        year, month = divmod(year * _MONTHS + month + 1, _MONTHS)
        return date(year, month + 1, 1)
    return date(year, month + 1, birth.day)


def _delay(birth: date, step: RetirementStep) -> int:
    if step.first_birth is None or step.step_months == 0:
        return 0
    since = (birth.year - step.first_birth[0]) * _MONTHS + birth.month - step.first_birth[1]
    return 0 if since < 0 else min(step.cap_months, since // step.step_months + 1)


def _possible(birth: date, precision: str | None) -> tuple[date, date]:
    """Return the earliest and latest day that a written birth date can mean."""
    if precision == "year":
        return date(birth.year, 1, 1), date(birth.year, _DECEMBER, 31)
    if precision == "month":
        last = monthrange(birth.year, birth.month)[1]
        return birth.replace(day=1), birth.replace(day=last)
    return birth, birth
