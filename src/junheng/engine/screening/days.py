"""Calendar arithmetic on whole columns of days, without division by 365.25.

A day is the number of days since 1970-01-01. An anniversary that its month lacks (29 February)
falls on the first of the next month. Source: design §4 on dates.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

Whole = NDArray[np.int64]

FOREVER = 1 << 30
"""The end of what has not ended; later than every day, never converted to a date."""
NEVER = -FOREVER
"""The start of what has always been; earlier than every day, never converted to a date."""
EPOCH = date(1970, 1, 1)
_MONTHS_A_YEAR = 12
_SCHOOL_YEAR_OPENS = 9


def number(day: date) -> int:
    """Return a day as its number."""
    return (day - EPOCH).days


def day_of(day: int) -> date:
    """Return the day of a number."""
    return date.fromordinal(EPOCH.toordinal() + int(day))


def day_numbers(series: pl.Series, blank: int) -> Whole:
    """Return a column of dates as numbers, ``blank`` where there is none."""
    numbers: Whole = series.to_physical().cast(pl.Int64).fill_null(blank).to_numpy()
    return numbers


def months(days: Whole) -> Whole:
    """Return the month each day is in, counted from January 1970."""
    found: Whole = days.astype("M8[D]").astype("M8[M]").astype(np.int64)
    return found


def month_starts(month_numbers: Whole) -> Whole:
    """Return the first day of each month."""
    return month_numbers.astype("M8[M]").astype("M8[D]").astype(np.int64)


def days_in(days: Whole) -> Whole:
    """Return the day of the month, from 0."""
    found: Whole = days - month_starts(months(days))
    return found


def plus_months(days: Whole, count: Whole) -> Whole:
    """Return the days ``count`` months later; a missing day becomes the first of the next."""
    starts = month_starts(months(days) + count)
    following = month_starts(months(days) + count + 1)
    later: Whole = np.minimum(starts + days_in(days), following)
    return later


def whole_months(since: Whole, until: Whole) -> Whole:
    """Return the completed months from ``since`` to ``until``; negative if it is earlier."""
    return months(until) - months(since) - (days_in(until) < days_in(since))


def whole_years(since: Whole, until: Whole) -> Whole:
    """Return the completed years; an anniversary completes the year on the day itself."""
    return whole_months(since, until) // _MONTHS_A_YEAR


def years_begun(since: Whole, until: Whole) -> Whole:
    """Return the years completed or begun; a year begins the day after an anniversary."""
    complete = whole_years(since, until)
    anniversary = plus_months(since, complete * _MONTHS_A_YEAR)
    return complete + (anniversary < until)


def school_years(since: Whole, until: Whole) -> Whole:
    """Return how many whole years from 1 September to 31 August lie in ``[since, until)``."""
    first = months(since - 1) + 1 - (_SCHOOL_YEAR_OPENS - 1)
    last = months(until) - (_SCHOOL_YEAR_OPENS - 1)
    whole: Whole = np.maximum(last // _MONTHS_A_YEAR + -first // _MONTHS_A_YEAR, 0)
    return whole


def school_years_begun(since: Whole, until: Whole) -> Whole:
    """Return how many years from 1 September to 31 August ``[since, until)`` touches."""
    first = months(since) - (_SCHOOL_YEAR_OPENS - 1)
    last = months(until - 1) - (_SCHOOL_YEAR_OPENS - 1)
    touched = last // _MONTHS_A_YEAR - first // _MONTHS_A_YEAR + 1
    return np.where(since < until, touched, 0)


def school_year_parts(since: Whole, until: Whole) -> tuple[Whole, Whole]:
    """Return the whole months of the school years that ``[since, until)`` begins and ends in.

    Those of school years that it covers are not parts; 0 there.
    """
    opens = months(since - 1) + 1 - (_SCHOOL_YEAR_OPENS - 1)
    first = month_starts(-(-opens // _MONTHS_A_YEAR) * _MONTHS_A_YEAR + _SCHOOL_YEAR_OPENS - 1)
    closes = months(until) - (_SCHOOL_YEAR_OPENS - 1)
    last = month_starts(closes // _MONTHS_A_YEAR * _MONTHS_A_YEAR + _SCHOOL_YEAR_OPENS - 1)
    inside = first > last
    head = whole_months(since, np.where(inside, until, first))
    tail = np.where(inside, 0, whole_months(last, until))
    return np.maximum(head, 0), np.maximum(tail, 0)


def latest_days(days: Whole, precision: pl.Series) -> Whole:
    """Return the last day each date can have been, given how exactly it was written."""
    month = precision.eq_missing("month").to_numpy()
    year = precision.eq_missing("year").to_numpy()
    latest = days.copy()
    latest[month] = month_starts(months(days[month]) + 1) - 1
    latest[year] = month_starts(months(days[year]) + _MONTHS_A_YEAR) - 1
    return latest


def latest_starts(days: Whole, precision: pl.Series) -> Whole:
    """Return the last day something can have begun: by month, it began on the first."""
    year = precision.eq_missing("year").to_numpy()
    latest = days.copy()
    latest[year] = month_starts(months(days[year]) + _MONTHS_A_YEAR) - 1
    return latest
