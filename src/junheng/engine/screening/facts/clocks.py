"""How years are counted: the clock of a fact and what becomes of a part of a year."""

from __future__ import annotations

from math import ceil

import numpy as np

from junheng.engine.screening import days
from junheng.engine.screening.days import Whole
from junheng.engine.screening.facts.measure import Measure, bug

_MONTHS = 12


def scale_of(measure: Measure) -> int:
    """Return how many steps of the clock a year has: 12 for months, else 1."""
    return _MONTHS if measure.word("clock") == "months" else 1


def elapsed(measure: Measure, since: Whole) -> Whole:
    """Return the years, or months, from each day to the day of the measure; never negative.

    ``calendar_years`` complete on the anniversary; ``months`` likewise; ``school_years`` are
    whole years from 1 September to 31 August, and the last day of August completes one. With
    ``part_year: count`` a started year or month counts as a whole one, with ``round_up`` a part
    of a year does from as many months as the pack says.
    """
    counted = measure.word("part_year") == "count"
    until = np.full_like(since, measure.day)
    match measure.word("clock"):
        case "calendar_years":
            found = (days.years_begun if counted else days.whole_years)(since, until)
            found = found + _rounded_up(measure, days.whole_months(since, until) % _MONTHS)
        case "months":
            found = days.whole_months(since, until)
            if counted:
                found = found + (days.plus_months(since, found) < until)
        case "school_years":
            found = _school_years(measure, since, until + 1)
        case other:
            raise bug(other)
    return np.maximum(found, 0)


def until_day(measure: Measure) -> int:
    """Return the day up to which is counted: a school year is complete on its last day."""
    return measure.day + (measure.word("clock") == "school_years")


def from_day(measure: Measure) -> int:
    """Return the first day that counts: where the pack gives a window, so many years back."""
    if not measure.states("window"):
        return days.NEVER
    end = np.array([until_day(measure)])
    return int(days.plus_months(end, np.array([-int(measure.figure("window") * _MONTHS)]))[0])


def window(measure: Measure) -> tuple[int, int]:
    """Return the first and the last day of a window of years that ends on the day."""
    months = -int(measure.figure("window") * _MONTHS)
    start = days.plus_months(np.array([measure.day]), np.array([months]))
    return int(start[0]) + 1, measure.day


def total(measure: Measure, owner: Whole, spells: tuple[Whole, Whole], size: int) -> Whole:
    """Return the years, or months, that spells last in all, for each of ``size`` owners.

    Months of all spells are added, then their odd days: as if laid end to end up to the day of
    the measure. School years are counted in each spell by itself.
    """
    since, until = spells
    if measure.word("clock") == "school_years":
        whole = _school_years(measure, since, until)
        return np.bincount(owner, whole, size).astype(np.int64)
    months, odd = (
        np.bincount(owner, each, size).astype(np.int64) for each in lengths(since, until)
    )
    some = np.flatnonzero((months > 0) | (odd > 0))
    found = np.zeros(size, dtype=np.int64)
    found[some] = elapsed(measure, days.plus_months(measure.day - odd[some], -months[some]))
    return found


def lengths(since: Whole, until: Whole) -> tuple[Whole, Whole]:
    """Return the whole months and odd days of each spell."""
    months = days.whole_months(since, until)
    return months, until - days.plus_months(since, months)


def _school_years(measure: Measure, since: Whole, until: Whole) -> Whole:
    counted = measure.word("part_year") == "count"
    found = (days.school_years_begun if counted else days.school_years)(since, until)
    if measure.word("part_year") == "round_up":
        for part in days.school_year_parts(since, until):
            found = found + _rounded_up(measure, part)
    return found


def _rounded_up(measure: Measure, months: Whole) -> Whole:
    """Return 1 for each part of a year that counts as a whole one, else 0."""
    if measure.word("part_year") != "round_up":
        return np.zeros_like(months)
    if not measure.states("round_up_from"):
        raise measure.refuse("round_up_from")
    return (months >= ceil(measure.figure("round_up_from"))).astype(np.int64)
