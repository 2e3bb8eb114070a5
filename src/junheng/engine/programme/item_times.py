"""The deadlines that an item of a pack states, worked out as a programme works them out.

No roster is needed: a span counts from the day given, a window lies in the programme year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import TypeVar

from junheng.engine.policy.conditions import Figure, Setting, Unset
from junheng.engine.policy.items.papers import Duty
from junheng.engine.policy.items.steps import Publicity, Step
from junheng.engine.policy.items.times import Moment, Window, Within
from junheng.engine.policy.topics import TOPICS
from junheng.engine.programme.deadlines import Deadline
from junheng.engine.programme.events import Actor
from junheng.engine.programme.recurring import rounds_due
from junheng.engine.programme.state import Record, Standing
from junheng.engine.programme.timing import (
    day_count_of,
    notice_ends,
    spanned,
    spanned_least,
    times_of,
)
from junheng.engine.programme.views import View
from junheng.engine.programme.working_days import Calendar
from junheng.errors import Problem, QuestionError

Found = TypeVar("Found")
_DAY = timedelta(days=1)
_SHOWN_ROUNDS = 4
_MONTHS_SHOWN = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """The days that a count of working days passed over.

    Attributes
    ----------
    holidays : days off as announced that are no plain weekend
    weekends : how many other days off
    worked : weekend days worked instead, which counted
    """

    holidays: tuple[date, ...] = ()
    weekends: int = 0
    worked: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """One day that an item states: what is known of it, and the day where it can be told.

    Attributes
    ----------
    what : ``opens``, ``closes``, ``within``, ``least``, ``notice``, ``reply``, ``again``,
        ``round`` or ``lapsed``
    begins : ids of the steps or events counted from; empty where nothing is named, None where
        it is unset
    period : name of a round
    figure, unit, day_count : how many of what, as stated; ``day_count`` is empty where unset
    deadline : the last day (of ``opens`` and ``least`` the first), with its arithmetic
    unrolled : the last day before it was put off to a working day; None: it was not
    boundary : ``inclusive`` or ``exclusive``, where the text says 某日前
    readings : the day under each reading of 前, where none is chosen
    problems : why there is no day
    """

    what: str
    begins: tuple[str, ...] | None = ()
    period: str = ""
    figure: Figure | None = None
    unit: str = ""
    day_count: str = ""
    deadline: Deadline | None = None
    unrolled: date | None = None
    skipped: Skipped = Skipped()
    boundary: str = ""
    readings: tuple[tuple[str, date], ...] = ()
    within: Within | None = None
    problems: tuple[Problem, ...] = ()


def step_days(step: Step, view: View, since: date | None) -> Iterator[Reckoning]:
    """Yield every day that a step states.

    Parameters
    ----------
    view : how the conditions of the step see nobody in particular
    since : the day of what its spans count from; None: not given
    """
    if step.window is not None:
        yield from _window_days(step, step.window, view)
    if step.within is not None:
        named = (step.within.after,) if step.within.after else step.needs
        yield from span_days("within", step.within, named, view, since)
    if step.publicity is not None:
        yield _notice(step, step.publicity, view, since)
        if step.publicity.reply_within is not None:
            yield from span_days("reply", step.publicity.reply_within, (), view, since)
    if step.every is not None:
        yield _again(step, step.every, view, since)


def duty_days(duty: Duty, view: View, since: date | None) -> Iterator[Reckoning]:
    """Yield every day that a duty states: after its events, or in the rounds of a year."""
    due = duty.due
    if due.within is not None and not due.every and not due.dates:
        yield from span_days("within", due.within, due.after, view, since)
    if due.every or due.dates:
        yield from _rounds(duty, view, since or view.on)


def _rounds(duty: Duty, view: View, first: date) -> Iterator[Reckoning]:
    last = first + timedelta(days=_MONTHS_SHOWN)
    rounds = islice(rounds_due(duty.due, first, last, view), _SHOWN_ROUNDS)
    found, problems = _tried(lambda: tuple(rounds))
    for period, by in found or ():
        yield Reckoning(what="round", period=period, deadline=by)
    if problems:
        yield Reckoning(what="round", problems=problems)


def span_days(
    what: str, within: Within, begins: tuple[Setting, ...], view: View, since: date | None
) -> Iterator[Reckoning]:
    """Yield the last day of a span, and the first allowed where it has a lower end."""
    word, problems = _tried(lambda: day_count_of(within, view))
    named = tuple(each for each in begins if isinstance(each, str))
    stated = Reckoning(
        what=what,
        begins=named if len(named) == len(begins) else None,
        figure=within.amount,
        unit=within.unit,
        day_count=word or "",
        within=within,
        problems=problems,
    )
    if within.amount is not None:
        yield _counted(stated, within, view, since)
    if within.least is not None:
        lower = replace(stated, what="least", figure=within.least, within=None)
        yield _on_day(lower, lambda day: spanned_least(within, day, view), view, since)


def _counted(stated: Reckoning, within: Within, view: View, since: date | None) -> Reckoning:
    found = _on_day(stated, lambda day: spanned(within, day, view), view, since)
    if found.deadline is None or within.roll is None or since is None:
        return found
    plain = spanned(replace(within, roll=None), since, view)
    moved = plain is not None and plain.last != found.deadline.last
    return replace(found, unrolled=plain.last) if plain is not None and moved else found


def _on_day(
    stated: Reckoning,
    count: Callable[[date], Deadline | None],
    view: View,
    since: date | None,
) -> Reckoning:
    """Work a stated span out from a day, where there is one."""
    if since is None:
        return stated
    found, problems = _tried(lambda: count(since))
    if found is None:
        return replace(stated, problems=(*stated.problems, *problems))
    known = replace(stated, deadline=found, day_count=found.day_count)
    return replace(known, skipped=_passed_over(found, view.calendar))


def _passed_over(deadline: Deadline, calendar: Calendar) -> Skipped:
    """Return the days a count of working days went past; none for calendar days."""
    since = deadline.since
    if since is None or not deadline.day_count.startswith("working"):
        return Skipped()
    counted = deadline.day_count.endswith("first_counted")
    first = since if counted else since + _DAY
    days = [first + _DAY * n for n in range((deadline.last - first).days + 1)]
    off = [day for day in days if not calendar.is_working(day)]
    holidays = tuple(day for day in off if day in calendar.off)
    return Skipped(
        holidays=holidays,
        weekends=len(off) - len(holidays),
        worked=tuple(day for day in days if day in calendar.worked),
    )


def _window_days(step: Step, window: Window, view: View) -> Iterator[Reckoning]:
    """Yield both ends of a window, each by itself, so one unset hides no other."""
    for what, end in (("opens", window.opens), ("closes", window.closes)):
        if end is None:
            continue
        found, problems = _tried(partial(_end, step, what, end, view))
        boundary = end.boundary if isinstance(end, Moment) else None
        yield Reckoning(
            what=what,
            deadline=Deadline(last=found) if found is not None else None,
            boundary=boundary if isinstance(boundary, str) else "",
            readings=tuple(_both(step, what, end, view)),
            problems=problems,
        )


def _end(step: Step, what: str, end: Moment | Unset, view: View) -> date | None:
    """Return one end of the window of a step, as the programme finds it."""
    only = replace(step, window=Window(**{what: end}), within=None, every=None)
    times = times_of(view.state, view.pack, view.calendar, only, "")
    return times.opens if times.closes is None else times.closes.last


def _both(step: Step, what: str, end: Moment | Unset, view: View) -> Iterator[tuple[str, date]]:
    """Yield the day under each reading of 前, where none is chosen."""
    if not isinstance(end, Moment) or not isinstance(end.boundary, Unset):
        return
    for word in TOPICS["boundary"]:
        day, _ = _tried(partial(_end, step, what, replace(end, boundary=word), view))
        if day is not None:
            yield word, day


def _notice(step: Step, publicity: Publicity, view: View, since: date | None) -> Reckoning:
    word = publicity.day_count
    stated = Reckoning(
        what="notice",
        begins=(step.id,),
        figure=publicity.days,
        unit="days",
        day_count=word if isinstance(word, str) else "",
    )

    def ends(day: date) -> Deadline:
        posted = Record(standing=Standing.POSTED, on=day, by=Actor("", step.actor[0]))
        return notice_ends(publicity, posted, view)

    return _on_day(stated, ends, view, since)


def _again(step: Step, every: Figure, view: View, since: date | None) -> Reckoning:
    stated = Reckoning(what="again", begins=(step.id,), figure=every, unit="years")
    only = replace(step, window=None, within=None)

    def comes_round(day: date) -> Deadline | None:
        last_done = replace(view.state, earlier={step.id: day})
        return times_of(last_done, view.pack, view.calendar, only, "").closes

    return _on_day(stated, comes_round, view, since)


def _tried(ask: Callable[[], Found]) -> tuple[Found | None, tuple[Problem, ...]]:
    """Ask what may be refused; what is unset or not announced is told beside the rest."""
    try:
        return ask(), ()
    except QuestionError as error:
        return None, error.problems
