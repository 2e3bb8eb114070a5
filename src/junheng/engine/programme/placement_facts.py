"""Facts of a placement (派任的事实), computed from its history as of a day.

Each takes the history and gives a value, or None where the record does not tell (§1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from junheng.engine.policy.vocabulary import SPELL_KINDS
from junheng.engine.programme.deadlines import add_years, days_between, service_ends
from junheng.engine.programme.state import Absence, FactValue, Placement
from junheng.engine.programme.working_days import Calendar

_DAY = timedelta(days=1)
_FEBRUARY, _SEPTEMBER = 2, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A placement with the day of the question and how the fact is measured.

    ``events`` are the words of what was found of the person.
    """

    placement: Placement
    events: tuple[str, ...]
    on: date
    calendar: Calendar
    settings: Mapping[str, tuple[str, ...]]

    def word(self, name: str) -> str:
        """Return the word of a setting; empty where the fact has none."""
        return self.settings.get(name, ("",))[0]


def school_year_start(day: date) -> date:
    """Return the 1 September on or before a day."""
    year = day.year if day.month >= _SEPTEMBER else day.year - 1
    return date(year, _SEPTEMBER, 1)


def term_start(day: date) -> date:
    """Return the first day of the term a day lies in: 1 February or 1 September."""
    if _FEBRUARY <= day.month < _SEPTEMBER:
        return date(day.year, _FEBRUARY, 1)
    return school_year_start(day)


def period_start(word: str, day: date) -> date:
    """Return the first day of the ``month``, ``term``, ``year`` … a day lies in.

    ``twelve_months`` end with the day; any other word means all that has been.
    """
    match word:
        case "month":
            return day.replace(day=1)
        case "term":
            return term_start(day)
        case "year":
            return date(day.year, 1, 1)
        case "school_year":
            return school_year_start(day)
        case "twelve_months":
            return add_years(day, Fraction(-1)) + _DAY
    return date.min


def _period(history: History, name: str) -> tuple[date, date]:
    """Return the days a setting means, ``[since, until)``, up to the day of the question."""
    return period_start(history.word(name), history.on), history.on + _DAY


def _away(history: History, absence: Absence) -> int:
    since, until = _period(history, "in")
    first, last = max(absence.since, since), min(absence.until, until)
    if last <= first:
        return 0
    if history.word("day_count").startswith("working"):
        return history.calendar.working_days(first, last)
    return (last - first).days


def _days_absent(history: History) -> Fraction | None:
    """Count days away; adjoining absences are one spell.

    A count of absences takes in their first day whatever the word of ``day_count`` says of it:
    what matters here is only whether days are working days.
    """
    unexcused = history.word("unexcused") == "yes"
    away = [each for each in history.placement.absences if not (unexcused and each.excused)]
    if history.word("in") != "spell":
        return Fraction(sum(_away(history, each) for each in away))
    longest, run, end = 0, 0, None
    for absence in sorted(away):
        run = (run if absence.since == end else 0) + _away(history, absence)
        longest, end = max(longest, run), absence.until
    return Fraction(longest)


def _days_late(history: History) -> Fraction | None:
    placement = history.placement
    due = placement.report_by or placement.since
    came = placement.reported_on or history.on
    if came <= due:
        return Fraction(0)
    return Fraction(days_between(due, came, history.word("day_count"), history.calendar))


def _weeks_late(history: History) -> Fraction | None:
    days = _days_late(history)
    return None if days is None else days / 7


def _months_late(history: History) -> Fraction | None:
    days = _days_late(history)
    return None if days is None else days / (2 * int(history.word("half_month")))


def _work_done(history: History) -> Fraction | None:
    kinds = history.settings.get("kind", ())
    done = [each.times for each in history.placement.work if each.kind in kinds]
    return Fraction(sum(done))


def _observed(fact: str) -> Callable[[History], FactValue | None]:
    def latest(history: History) -> FactValue | None:
        found = [value for name, _, value in history.placement.observed if name == fact]
        return found[-1] if found else None

    return latest


def _uncredited(history: History, since: date, until: date) -> int:
    """Count the days of long leave that do not count as service."""
    credited = history.settings.get("credit", ())
    leave = [
        each
        for each in history.placement.absences
        if each.kind in SPELL_KINDS["leave"] and each.kind not in credited
    ]
    overlaps = (min(each.until, until) - max(each.since, since) for each in leave)
    return sum(max(each.days, 0) for each in overlaps)


def _service_done(history: History) -> Fraction | None:
    """Count completed years of service, earlier spells with it where the pack says so."""
    placement = history.placement
    until = min(history.on, placement.ended_on or history.on)
    earlier = placement.earlier if history.word("over") == "all_spells" else ()
    missed = _uncredited(history, placement.since, until)
    years = 0
    while service_ends(placement.since, (years + 1) * 12, earlier, missed=missed) <= until:
        years += 1
    return Fraction(years)


def _host_grade(history: History) -> str | None:
    grades = history.placement.grades
    return grades[-1].grade if grades else None


def _grades_reaching(history: History) -> Fraction | None:
    """Count the years of which a grade is on record that is one of those named."""
    named = history.settings.get("grades", ())
    by_school_year = history.word("year") == "school_year"
    reached = {
        school_year_start(each.since) if by_school_year else each.since.year
        for each in history.placement.grades
        if each.grade in named
    }
    return Fraction(len(reached))


def _recorded(history: History) -> tuple[str, ...]:
    return history.events


PLACEMENT_FACTS: Mapping[str, Callable[[History], FactValue | None]] = MappingProxyType(
    {
        "days_absent": _days_absent,
        "days_late_reporting": _days_late,
        "weeks_late_reporting": _weeks_late,
        "months_late_reporting": _months_late,
        "work_done": _work_done,
        "load_against_host": _observed("load_against_host"),
        "lessons_at_origin": _observed("lessons_at_origin"),
        "lives_at_host": _observed("lives_at_host"),
        "service_done": _service_done,
        "host_grade": _host_grade,
        "grades_reaching": _grades_reaching,
        "recorded": _recorded,
        "arrangement": lambda history: history.placement.arrangement,
    }
)
"""Each registered fact of a placement with its computation."""
