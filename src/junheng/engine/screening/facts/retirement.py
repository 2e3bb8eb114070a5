"""How long until the statutory retirement date (法定退休日期) of each person.

Only the statutory ages count; a date agreed under flexible retirement is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from junheng.engine.policy.items import RetirementStep
from junheng.engine.screening import days
from junheng.engine.screening.facts.columns import date_range
from junheng.engine.screening.facts.measure import Computed, Gap, Measure, bug
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers
from junheng.engine.screening.ground import Ground
from junheng.engine.screening.kleene import Mask, Whole

_MONTHS = 12
_DAYS_A_MONTH = 32  # more than any month has, so that odd days never make up a month
SCALE = _MONTHS * _DAYS_A_MONTH
"""Steps of a year in which a span is told: months, then odd days."""

KINDS_BY_SEX: Mapping[str, tuple[str, ...]] = {
    "男": ("男",),
    "女": ("女干部", "女工人"),
}
"""Which retirement kinds (退休类别) are possible where only the sex is stated."""


def years_to_retirement(ground: Ground, measure: Measure) -> Computed:
    """Return the years from the day to the statutory date, exact to the day.

    Of whole months the count is exact: less than five years means that the day five years on
    is after the statutory date. A negative span tells that the date has passed. A birth known
    by month or year gives a range, and so does a retirement kind that is not stated.
    """
    on = measure.day
    first, last = retirement_range(ground, measure)
    known = first != days.NEVER
    low = np.where(known, span(on, np.where(known, first, on)), -UNBOUNDED)
    high = np.where(known, span(on, np.where(known, last, on)), UNBOUNDED)
    return Computed(Numbers(low, high, SCALE), _gaps(ground))


def retirement_range(ground: Ground, measure: Measure) -> tuple[Whole, Whole]:
    """Return the first and last day each statutory date can be; ``NEVER`` where any can."""
    schedule = measure.schedule
    if schedule is None:
        raise bug(measure.name)
    born_first, born_last = date_range(ground.persons, "birth")
    born = born_first != days.NEVER
    first = np.full(len(born), days.FOREVER)
    last = np.full(len(born), days.NEVER)
    unlisted = np.zeros(len(born), dtype=np.bool_)
    for kind, possible in _possible(ground):
        step = schedule.step(kind)
        if step is None:
            unlisted |= possible
            continue
        here = possible & born
        first[here] = np.minimum(first[here], retires(born_first[here], step))
        last[here] = np.maximum(last[here], retires(born_last[here], step))
    told = born & ~unlisted & (first <= last)
    return np.where(told, first, days.NEVER), np.where(told, last, days.FOREVER)


def retires(births: Whole, step: RetirementStep) -> Whole:
    """Return the statutory retirement date of each birth.

    The age rises by one month for each ``step_months`` begun since the first cohort. A day
    that the month of retirement lacks becomes the first of the next month. Source: measures of
    2024 on raising the statutory retirement age, as the pack's schedule states them.
    """
    delay = np.zeros(len(births), dtype=np.int64)
    if step.first_birth is not None:
        year, month = step.first_birth
        begun = (year - days.EPOCH.year) * _MONTHS + month - 1
        since = days.months(births) - begun
        raised = np.minimum(since // step.step_months + 1, step.cap_months)
        delay = np.where(since >= 0, raised, delay)
    return days.plus_months(births, step.base_years * _MONTHS + delay)


def span(on: int, until: Whole) -> Whole:
    """Return the span from a day to each other day as whole months and odd days."""
    since = np.full(len(until), on)
    months = days.whole_months(since, until)
    odd = until - days.plus_months(since, months)
    return months * _DAYS_A_MONTH + odd


def _possible(ground: Ground) -> Iterator[tuple[str, Mask]]:
    """Yield each retirement kind and whose it can be; the kind stated goes before the sex."""
    stated, sex = ground.persons["retirement_kind"], ground.persons["sex"]
    for each, kinds in KINDS_BY_SEX.items():
        may_be = stated.is_null() & (sex.eq(each).fill_null(value=True))
        for kind in kinds:
            yield kind, (may_be | stated.eq(kind).fill_null(value=False)).to_numpy()


def _gaps(ground: Ground) -> tuple[Gap, ...]:
    persons = ground.persons
    first, last = date_range(persons, "birth")
    unstated = persons["retirement_kind"].is_null().to_numpy()
    man = persons["sex"].eq("男").fill_null(value=False).to_numpy()
    return (
        Gap("persons", "birth", first != last),
        Gap("persons", "sex", unstated & persons["sex"].is_null().to_numpy()),
        Gap("persons", "retirement_kind", unstated & ~man),
    )
