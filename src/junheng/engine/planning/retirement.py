"""Who retires before the start date: agreed date, else the statutory one of the person."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from junheng.engine.policy.items import RetirementSchedule, RetirementStep


@dataclass(frozen=True, slots=True)
class Birth:
    """A date of birth as exactly as it is known: ``day``, ``month`` or ``year``."""

    on: date
    precision: str

    @property
    def earliest_and_latest(self) -> tuple[date, date]:
        """Return the first and last day it can have been."""
        match self.precision:
            case "day":
                return self.on, self.on
            case "month":
                last = monthrange(self.on.year, self.on.month)[1]
                return self.on.replace(day=1), self.on.replace(day=last)
            case _:
                return date(self.on.year, 1, 1), date(self.on.year, 12, 31)


def statutory_retirement(birth: date, step: RetirementStep) -> date:
    """Return the day on which the statutory age of a person is reached.

    Source: the retirement schedule of the national pack. A day that the month lacks becomes the
    first of the next month.

    Examples
    --------
    >>> rising = RetirementStep(
    ...     kind="男", base_years=60, first_birth=(1965, 1), step_months=4, cap_months=36
    ... )
    >>> statutory_retirement(date(1972, 3, 15), rising)
    datetime.date(2034, 1, 15)
    """
    delay = 0
    if step.first_birth is not None:
        first_year, first_month = step.first_birth
        months = (birth.year - first_year) * 12 + birth.month - first_month
        if months >= 0:
            delay = min(step.cap_months, months // step.step_months + 1)
    count = birth.year * 12 + birth.month - 1 + step.base_years * 12 + delay
    year, month = divmod(count, 12)
    if birth.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, birth.day)
    year, month = divmod(count + 1, 12)
    return date(year, month + 1, 1)


def retired_before(
    start: date, *, birth: Birth | None, kind: str | None, schedule: RetirementSchedule
) -> bool | None:
    """Return whether somebody has reached the statutory age before ``start``; None: unknown."""
    step = None if kind is None else schedule.step(kind)
    if birth is None or step is None:
        return None
    earliest, latest = (statutory_retirement(day, step) for day in birth.earliest_and_latest)
    if latest < start:
        return True
    return None if earliest < start else False
