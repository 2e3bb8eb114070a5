"""Results that come once a year: what each year says, and what a missing one is taken for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from junheng.engine.screening.facts.measure import Measure, bug
from junheng.engine.screening.kleene import Mask, Whole
from junheng.engine.screening.verdicts import Truth

_SCHOOL_YEAR_OPENS = 9


class Result(IntEnum):
    """What one year says of one person, from the least to the best."""

    NO = 0
    UNKNOWN = 1
    YES = 2
    MISSING = 3


@dataclass(frozen=True, slots=True)
class Yearly:
    """Results of every person, one column for each year, the last complete one first."""

    results: NDArray[np.int8]

    def taken(self, missing: str) -> Yearly:
        """Return them with missing years as a pack takes them; skipped ones stay missing."""
        instead = {"unknown": Result.UNKNOWN, "not_met": Result.NO, "skip": Result.MISSING}
        if missing not in instead:
            raise bug(missing)
        found = self.results.copy()
        found[found == Result.MISSING] = instead[missing]
        return Yearly(found)

    def having(self, result: Result) -> Mask:
        """Return which years of which persons say so."""
        mask: Mask = self.results == result
        return mask

    def some(self, result: Result) -> Mask:
        """Return for whom some year says so."""
        found: Mask = np.logical_or.reduce(self.having(result), axis=1)
        return found

    def every(self) -> Truth:
        """Answer whether every year that is not skipped says yes; unknown if all are."""
        no = self.some(Result.NO)
        none = np.logical_and.reduce(self.having(Result.MISSING), axis=1)
        unknown = (self.some(Result.UNKNOWN) | none) & ~no
        return Truth(~no & ~unknown, unknown)


def yearly(
    owner: Whole, ago: Whole, results: Whole, shape: tuple[int, int], *, best: bool = False
) -> Yearly:
    """Lay results out by person and year; those outside the years asked about are left out.

    Of several records in one year the least counts, or the ``best``.
    """
    nothing = -1 if best else int(Result.MISSING)
    found = np.full(shape, nothing, dtype=np.int8)
    inside = (ago >= 0) & (ago < shape[1]) & (owner >= 0)
    combined = np.maximum if best else np.minimum
    combined.at(found, (owner[inside], ago[inside]), results[inside].astype(np.int8))
    found[found == nothing] = int(Result.MISSING)
    return Yearly(found)


def last_complete(measure: Measure, setting: str = "year") -> int:
    """Return the last year that is over on the day, as appraisals name years.

    A calendar year is over when the next begins; a school year, named by the calendar year it
    begins in, is over on its last day, 31 August.
    """
    on = measure.on
    match measure.word(setting):
        case "calendar_year":
            return on.year - 1
        case "school_year":
            over = on.month >= _SCHOOL_YEAR_OPENS or (on.month, on.day) == (8, 31)
            return on.year - 1 if over else on.year - 2
        case other:
            raise bug(other)
