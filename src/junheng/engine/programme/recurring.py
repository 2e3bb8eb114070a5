"""Duties that come round (例行责任): each month, quarter, half year, term, year, or on days.

Each round has a period, named as the events ``Submitted`` name it, and is open from the first
day of the period until it is submitted; one that was missed stays open.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items import papers
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.deadlines import Deadline, add_months, rolled
from junheng.engine.programme.frame import view_of
from junheng.engine.programme.placement_facts import school_year_start, term_start
from junheng.engine.programme.state import Duty, Placement, State
from junheng.engine.programme.timing import spanned
from junheng.engine.programme.views import View, refuse_unset
from junheng.engine.programme.working_days import Calendar

_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6}
_HALF, _QUARTER = 6, 3


@dataclass(frozen=True, slots=True)
class _Round:
    """One round: its name, its first day, and the day it is counted by; None: not known."""

    period: str
    first: date
    day: date | None


def coming_round(
    state: State, pack: ResolvedPack, calendar: Calendar, on: date
) -> Iterator[Duty]:
    """Yield the duties that have come round up to a day and are not done.

    A month's, quarter's and half year's are due on its last day, on the day of it that the text
    names, or so long after it; terms and years end when the school calendar says, which a pack
    does not hold, so theirs have no deadline.

    Raises
    ------
    UnsetFigures
        If a day or figure of a duty is unset.
    """
    for item in pack.items.duties.values():
        if not item.due.every and not item.due.dates:
            continue
        for subject, first, last in _subjects(state, pack, item, on):
            view = view_of(state, pack, calendar, item, subject, on)
            if view.holds(item.who) is False:
                continue
            for period, by in rounds_due(item.due, first, last, view):
                if (item.id, subject, period) not in state.submitted:
                    yield Duty(
                        item=item.id,
                        title=item.title,
                        who=item.by,
                        subject=subject,
                        by=by,
                        period=period,
                        source=item.source,
                    )


def _subjects(
    state: State, pack: ResolvedPack, item: papers.Duty, on: date
) -> Iterator[tuple[str, date, date]]:
    """Yield whom a duty is about, with the first and last day on which it comes round."""
    if item.per == "person":
        for placement in sorted(state.placements.values(), key=lambda each: each.person):
            last = _last_day(placement, on)
            if placement.since <= last:
                yield placement.person, placement.since, last
        return
    begun = min((each.on for each in state.records.values()), default=on)
    for subject in sorted(state.units) if item.per == "unit" else ("",):
        yield subject, min(begun, on), on


def _last_day(placement: Placement, on: date) -> date:
    """Return the last day of service up to a day; before it began for whoever was replaced."""
    if placement.successor:
        return placement.since - _DAY
    return on if placement.ended_on is None else min(on, placement.ended_on - _DAY)


def rounds_due(
    due: papers.Due, first: date, last: date, view: View
) -> Iterator[tuple[str, Deadline | None]]:
    """Yield the rounds begun from one day to another; not those due before the first."""
    found = _on_days(due, view) if due.dates else _of_periods(due, first)
    for each in takewhile(lambda one: one.first <= last, found):
        by = _due(due, each.day, view) if each.day is not None else None
        if by is None or by.last >= first:
            yield each.period, by


def _on_days(due: papers.Due, view: View) -> Iterator[_Round]:
    """Yield a round for each day named, in the order of the days; open from the start."""
    for name in due.dates:
        day = view.pack.dates[name]
        if isinstance(day, Unset):
            raise refuse_unset(view.pack, day, view.reader)
        yield _Round(f"{name}-{day.year}", date.min, day)


def _of_periods(due: papers.Due, first: date) -> Iterator[_Round]:
    if due.every in _MONTHS:
        yield from _of_months(due, first)
        return
    day = school_year_start(first) if due.every == "year" else term_start(first)
    while True:
        year = school_year_start(day).year
        second = day != school_year_start(day)
        period = f"{year}" if due.every == "year" else f"{year}-{2 if second else 1}"
        for at in due.at or ("",):
            yield _Round(f"{period}-{at}" if at else period, day, None)
        day = _next(day, due.every)


def _next(day: date, every: str) -> date:
    """Return the first day of the year or term after the one that begins on a day."""
    if every == "year":
        return add_months(day, 12)
    return term_start(add_months(day, 7))


def _of_months(due: papers.Due, first: date) -> Iterator[_Round]:
    length = _MONTHS[due.every]
    day = date(first.year, (first.month - 1) // length * length + 1, 1)
    while True:
        after = add_months(day, length)
        stated = min(due.by_day or 31, monthrange(day.year, day.month)[1])
        named = day.replace(day=stated) if due.by_day else after - _DAY
        yield _Round(_name(due.every, day), day, named)
        day = after


def _name(every: str, day: date) -> str:
    match every:
        case "quarter":
            return f"{day.year}-Q{(day.month - 1) // _QUARTER + 1}"
        case "half_year":
            return f"{day.year}-H{(day.month - 1) // _HALF + 1}"
    return f"{day:%Y-%m}"


def _due(due: papers.Due, day: date, view: View) -> Deadline | None:
    """Return by when: the day, or so long after it, put off where it is no working day.

    In a year whose working days are not announced it is not put off: that is never too late.
    """
    within = replace(due.within, roll=None) if due.within is not None else None
    found = Deadline(last=day) if within is None else spanned(within, day, view)
    roll = due.within.roll if due.within is not None else due.roll
    known = found is not None and found.last.year in view.calendar.years
    if found is None or not known or roll is None or view.word(roll) == "no":
        return found
    return replace(found, last=rolled(found.last, view.calendar))
