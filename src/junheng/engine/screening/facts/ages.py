"""Facts from one date of a person: age, years since recruitment."""

from __future__ import annotations

import numpy as np

from junheng.engine.screening import days
from junheng.engine.screening.facts.clocks import elapsed, scale_of
from junheng.engine.screening.facts.columns import date_range
from junheng.engine.screening.facts.measure import Computed, Gap, Measure, bug
from junheng.engine.screening.facts.values import UNBOUNDED, Numbers
from junheng.engine.screening.ground import Ground


def age(ground: Ground, measure: Measure) -> Computed:
    """Return the age in years on a day; a birth known by month or year gives a range.

    ``completed_years``: birthdays passed, the birthday itself included (29 February: 1 March).
    ``not_past_birthday``: N until and on the Nth birthday, so that "not above 50" ends there.
    """
    first, last = date_range(ground.persons, "birth")
    known = first != days.NEVER
    count = days.whole_years if measure.word("measure") == "completed_years" else None
    if measure.word("measure") == "not_past_birthday":
        count = days.years_begun
    if count is None:
        raise bug(measure.word("measure"))
    on = np.full(len(first), measure.day)
    low = np.where(known, count(np.where(known, last, 0), on), 0)
    high = np.where(known, count(np.where(known, first, 0), on), UNBOUNDED)
    return Computed(Numbers(low, high), (Gap("persons", "birth", first != last),))


def years_since_recruited(ground: Ground, measure: Measure) -> Computed:
    """Return the years since recruitment; by month it counts from the first of the month."""
    return _since(ground, measure, "recruited_on")


def title_years(ground: Ground, measure: Measure) -> Computed:
    """Return the years in the present title; by month it counts from the first of the month."""
    return _since(ground, measure, "title_since")


def _since(ground: Ground, measure: Measure, column: str) -> Computed:
    series = ground.persons[column]
    known = ~series.is_null().to_numpy()
    first = days.day_numbers(series, 0)
    last = days.latest_starts(first, ground.persons[f"{column}_precision"])
    low = np.where(known, elapsed(measure, last), 0)
    high = np.where(known, elapsed(measure, first), UNBOUNDED)
    unsure = ~known | (first != last)
    value = Numbers(low, high, scale_of(measure))
    return Computed(value, (Gap("persons", column, unsure),))
