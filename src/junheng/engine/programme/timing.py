"""When a step or duty is due, from windows and spans of the pack, with the arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items.steps import Publicity, Step
from junheng.engine.policy.items.times import Moment, Within
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.programme.deadlines import (
    Deadline,
    add_years,
    closing,
    opening,
    rolled,
    span,
)
from junheng.engine.programme.frame import answering, concerns, view_of
from junheng.engine.programme.state import Record, Standing, State
from junheng.engine.programme.views import View, refuse_unset
from junheng.engine.programme.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Times:
    """From when a step may be done, and by when; None where the text does not say."""

    opens: date | None = None
    closes: Deadline | None = None


def times_of(
    state: State, pack: ResolvedPack, calendar: Calendar, step: Step, subject: str
) -> Times:
    """Return when a step may and must be done for a subject.

    Raises
    ------
    UnsetFigures
        If a moment or figure of it is unset.
    QuestionError
        If working days of a year not announced are counted.
    """
    view = view_of(state, pack, calendar, step, subject, state.day)
    opens, closes = None, None
    if step.window is not None:
        opens = _day(step.window.opens, view, opening)
        last = _rolled(step.window.closes, _day(step.window.closes, view, closing), view)
        closes = Deadline(last=last) if last else None
    since = _begun(state, pack, calendar, step, subject) if step.within else None
    if step.within is not None and since is not None:
        closes = spanned(step.within, since, view) or closes
        least = spanned_least(step.within, since, view)
        opens = least.last if least else opens
    return Times(opens, closes or _round_again(state, step, view))


def _round_again(state: State, step: Step, view: View) -> Deadline | None:
    """Return by when a step comes round again, so many years after it was last done."""
    last = state.earlier.get(step.id)
    years = view.number(step.every) if step.every is not None and last is not None else None
    return Deadline(last=add_years(last, years)) if last and years is not None else None


def _day(moment: Moment | Unset | None, view: View, edge: object) -> date | None:
    match moment:
        case None:
            return None
        case Unset():
            raise refuse_unset(view.pack, moment, view.reader)
    if moment.date:
        found = view.pack.dates[moment.date]
        if isinstance(found, Unset):
            raise refuse_unset(view.pack, found, view.reader)
        plain = Moment(month=found.month, day=found.day, boundary=_word(moment, view))
        return (opening if edge is opening else closing)(plain, found.year)
    known = Moment(
        month=moment.month,
        day=moment.day,
        part=moment.part,
        year=moment.year,
        boundary=_word(moment, view),
    )
    return (opening if edge is opening else closing)(known, view.pack.year)


def _rolled(end: Moment | Within | Unset | None, day: date | None, view: View) -> date | None:
    """Put a last day off to the next working day, where the text says so."""
    if day is None or not isinstance(end, Moment | Within) or end.roll is None:
        return day
    return rolled(day, view.calendar) if view.word(end.roll) == "yes" else day


def _word(moment: Moment, view: View) -> str | None:
    return None if moment.boundary is None else view.word(moment.boundary)


def spanned(within: Within, since: date, view: View) -> Deadline | None:
    """Return the deadline of a span; None where it states no upper end or cannot be known."""
    if within.amount is None:
        return None
    amount = view.number(within.amount)
    if amount is None:
        return None
    amount += _longer(within, view)
    half = int(view.word(within.half_month)) if within.half_month is not None else 0
    unit = "days" if within.unit == "working_days" else within.unit
    found = span(
        since, amount, unit, day_count_of(within, view), view.calendar, half_month=half
    )
    return replace(found, last=_rolled(within, found.last, view) or found.last)


def _longer(within: Within, view: View) -> Fraction:
    """Return how much longer the span is because of what happened to the person."""
    person = view.member.id if view.member is not None else ""
    found = view.state.findings.get(person, ())
    if within.extended_by is None or all(e.event != within.extended_on for e in found):
        return Fraction(0)
    return view.number(within.extended_by) or Fraction(0)


def spanned_least(within: Within, since: date, view: View) -> Deadline | None:
    """Return the first day allowed by the lower end of a span."""
    least = view.number(within.least) if within.least is not None else None
    if least is None:
        return None
    return span(since, least, "days", day_count_of(within, view), view.calendar)


def day_count_of(within: Within, view: View) -> str:
    """Return how the days of a span are counted: a word of the topic ``day_count``."""
    word = (
        "calendar_first_not_counted"
        if within.day_count is None
        else view.word(within.day_count)
    )
    if within.unit == "working_days":
        return word.replace("calendar", "working")
    return word


def _begun(
    state: State, pack: ResolvedPack, calendar: Calendar, step: Step, subject: str
) -> date | None:
    """Return the day a span counts from: the step or event named, else what it needs."""
    view = view_of(state, pack, calendar, step, subject, state.day)
    after = view.word(step.within.after) if step.within else ""
    named = (after,) if after in pack.items.steps else ()
    if after and not named:
        found = state.findings.get(subject, ())
        return max((each.on for each in found if each.event == after), default=None)
    days = [
        day
        for need in named or step.needs
        for each in (pack.items.steps.get(need),)
        if each is not None
        for who in answering(state, pack, calendar, each, step, subject)
        for day in (done_on(state, pack, calendar, each, who),)
        if day is not None
    ]
    return max(days, default=None)


def done_on(
    state: State, pack: ResolvedPack, calendar: Calendar, step: Step, subject: str
) -> date | None:
    """Return the day a step was done, of a notice its last day; None if it is not yet."""
    record = state.record(step.id, subject)
    if record is None:
        return None
    if record.standing is Standing.POSTED and step.publicity is not None:
        view = view_of(state, pack, calendar, step, subject, state.day)
        return notice_ends(step.publicity, record, view).last
    return record.on if record.is_done else None


def notice_ends(publicity: Publicity, record: Record, view: View) -> Deadline:
    """Return the last day of a notice posted on the day of its record."""
    days = view.number(publicity.days)
    word = view.word(publicity.day_count)
    if days is None:
        raise ValueError("the days of a notice do not differ by person")
    return span(record.on, days, "days", word, view.calendar)


def with_report_day(state: State, pack: ResolvedPack, calendar: Calendar, person: str) -> State:
    """Put down by when somebody must report in, where a step says how soon and nobody else has.

    A closing day of the year is not put down: the placement says on which day it begins.

    Raises
    ------
    UnsetFigures
        If a figure of the step is unset.
    """
    placement = state.placements.get(person)
    if placement is None or placement.report_by is not None:
        return state
    days = [
        closes.last
        for step in pack.items.steps.values()
        if step.kind == "report_in" and step.within is not None
        if _begun(state, pack, calendar, step, person) is not None
        if concerns(state, pack, calendar, step, person) is True
        for closes in (times_of(state, pack, calendar, step, person).closes,)
        if closes is not None
    ]
    if not days:
        return state
    return state.with_placement(replace(placement, report_by=max(days)))
