"""Working days (工作日), as announced year by year; other years are refused, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from junheng.engine.policy.pack import Pack, ResolvedPack
from junheng.errors import Problem, QuestionError

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of the years that have been announced.

    Attributes
    ----------
    years : the calendar years known
    off : holidays, weekends among them included
    worked : weekend days worked instead
    """

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Return whether a day is worked.

        Raises
        ------
        QuestionError
            If the arrangement of its year has not been announced (§1).
        """
        if day.year not in self.years:
            known = "、".join(str(year) for year in sorted(self.years)) or "—"
            values = {"found": str(day.year), "expected": known}
            raise QuestionError([Problem("programme.year-not-announced", values=values)])
        return day in self.worked or (day not in self.off and day.weekday() < _SATURDAY)

    def working_days(self, since: date, until: date) -> int:
        """Count the working days of the half-open interval ``[since, until)``."""
        days = (since + _DAY * n for n in range((until - since).days))
        return sum(self.is_working(day) for day in days)


def calendar_of(pack: Pack | ResolvedPack) -> Calendar:
    """Return the calendar that the items of kind ``calendars`` of a pack make."""
    years = pack.items.calendars.values()
    return Calendar(
        years=frozenset(each.year for each in years),
        off=frozenset(
            holiday.first + _DAY * n
            for each in years
            for holiday in each.holidays
            for n in range((holiday.last - holiday.first).days + 1)
        ),
        worked=frozenset(day for each in years for day in each.working),
    )
