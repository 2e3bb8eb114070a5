"""Deadlines with their arithmetic: windows of the year, spans after an event, public notices.

Days are dates; a span of ``n`` days counts its first day or not, calendar or working days, as
the pack says. A month is counted to the same day of the later month, the last day if it has
none such.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from junheng.engine.policy.items.times import Moment
from junheng.engine.programme.working_days import Calendar

_DAY = timedelta(days=1)
_YEARS = {"previous": -1, "programme": 0, "next": 1}
_THIRDS = {"early": (1, 10), "middle": (11, 20), "late": (21, 31)}
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day on which something is in time, and how it was found.

    Attributes
    ----------
    last : the last day, included
    since : the day counted from; None where the text states the day itself
    amount, unit : what was counted; ``days``, ``weeks`` or ``months``
    day_count : word of the topic ``day_count``; empty where days are not counted
    """

    last: date
    since: date | None = None
    amount: Fraction = Fraction(0)
    unit: str = ""
    day_count: str = ""


def days_of(moment: Moment, programme: int) -> tuple[date, date]:
    """Return the first and last day of a moment, both included, boundaries not applied."""
    year = programme + _YEARS[moment.year]
    if moment.day:
        day = date(year, moment.month, moment.day)
        return day, day
    length = monthrange(year, moment.month)[1]
    first, last = _THIRDS.get(moment.part, (1, 31))
    return date(year, moment.month, first), date(year, moment.month, min(last, length))


def opening(moment: Moment, programme: int) -> date:
    """Return the first day on which what opens at a moment may be done."""
    first, _ = days_of(moment, programme)
    return first + _DAY if moment.boundary == "exclusive" else first


def closing(moment: Moment, programme: int) -> date:
    """Return the last day on which what closes at a moment is in time."""
    _, last = days_of(moment, programme)
    return last - _DAY if moment.boundary == "exclusive" else last


def rolled(day: date, calendar: Calendar) -> date:
    """Return the day, or the next working day where it is not worked (顺延)."""
    while not calendar.is_working(day):
        day += _DAY
    return day


def after_days(since: date, amount: int, day_count: str, calendar: Calendar) -> date:
    """Return the last of ``amount`` days from a day on.

    Parameters
    ----------
    since : the day counted from
    amount : number of days; 0 gives ``since`` itself
    day_count : word of the topic ``day_count``

    Raises
    ------
    QuestionError
        If working days are counted in a year not announced.
    """
    if amount <= 0:
        return since
    working = day_count.startswith("working")
    day = since if day_count.endswith("first_counted") else since + _DAY
    left = amount
    while True:
        left -= calendar.is_working(day) if working else 1
        if left == 0:
            return day
        day += _DAY


def days_between(since: date, until: date, day_count: str, calendar: Calendar) -> int:
    """Count the days from ``since`` to ``until``, both counted unless the first is not."""
    first = since if day_count.endswith("first_counted") else since + _DAY
    end = until + _DAY
    if end <= first:
        return 0
    if day_count.startswith("working"):
        return calendar.working_days(first, end)
    return (end - first).days


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later; the last of the month if it has none."""
    index = day.year * _MONTHS_OF_A_YEAR + day.month - 1 + months
    year, month = divmod(index, _MONTHS_OF_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: Fraction) -> date:
    """Return the day so many years later; 29 February gives 1 March in other years.

    Parts of a year are whole months.
    """
    months = years * _MONTHS_OF_A_YEAR
    if months.denominator != 1:
        raise ValueError(f"{years} years are no whole number of months")
    if day.month == 2 and day.day == 29:
        plain = add_months(date(day.year, 3, 1), int(months))
        leap = add_months(day, int(months))
        return leap if leap.day == 29 else plain
    return add_months(day, int(months))


Spells = Sequence[tuple[date, date]]
"""Spells of service, half-open."""


def service_ends(since: date, months: int, earlier: Spells, *, missed: int = 0) -> date:
    """Return the day so many months of service are done, earlier spells counted with this one.

    Whole months of each earlier spell count as months, the days left over as days; ``missed``
    days of this spell do not count. Where the earlier spells are enough, it is ``since``.
    """
    days = -missed
    for start, end in earlier:
        whole = _whole_months(start, end)
        months -= whole
        days += (end - add_months(start, whole)).days
    ends = add_years(since, Fraction(months, _MONTHS_OF_A_YEAR)) - days * _DAY
    return max(ends, since)


def _whole_months(since: date, until: date) -> int:
    months = (until.year - since.year) * _MONTHS_OF_A_YEAR + until.month - since.month
    return months if add_months(since, months) <= until else months - 1


def span(
    since: date,
    amount: Fraction,
    unit: str,
    day_count: str,
    calendar: Calendar,
    *,
    half_month: int = 0,
) -> Deadline:
    """Return the deadline so many days, weeks or months after a day.

    Parameters
    ----------
    unit : ``days``, ``weeks`` (7 days each) or ``months``
    half_month : days of the half month left over where ``amount`` months end in a half
    """
    match unit:
        case "weeks":
            last = after_days(since, int(amount * 7), day_count, calendar)
        case "months":
            whole, part = divmod(amount, 1)
            day = add_months(since, int(whole))
            last = after_days(day, half_month, day_count, calendar) if part else day
        case _:
            last = after_days(since, int(amount), day_count, calendar)
    return Deadline(last=last, since=since, amount=amount, unit=unit, day_count=day_count)
