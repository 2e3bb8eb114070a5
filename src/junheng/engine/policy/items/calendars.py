"""The working-day calendar of a year as announced (工作日历): dated data, not rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from junheng.engine.policy.item import Item
from junheng.engine.policy.items.times import WHOLE
from junheng.engine.policy.kind import TITLE, Kind, Values
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import DAY, Field, Many, Reading, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One holiday: first and last day off, both included."""

    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear(Item):
    """The announced holidays of one calendar year, and the weekend days worked instead."""

    year: int
    holidays: tuple[Holiday, ...]
    working: tuple[date, ...] = ()


_HOLIDAY = Record(
    {
        "title": Field(TITLE, "节日", required=True),
        "first": Field(DAY, "第一天", required=True),
        "last": Field(DAY, "最后一天", required=True),
    },
    Holiday,
    "一个节日：`{title, first, last}`，起止都含",
)
_SATURDAY = 5


def _calendar(values: Values, table: Table, reading: Reading) -> Values:
    year = values["year"]
    days = [day for h in values["holidays"] if h for day in (h.first, h.last)]
    for day in (*days, *values.get("working", ())):
        if day.year != year:
            reading.wrong("day-of-another-year", table.place, found=str(day), year=str(year))
    for day in values.get("working", ()):
        if day.weekday() < _SATURDAY:
            reading.wrong("not-a-weekend-day", table.place, found=str(day))
    return values


KINDS: Mapping[str, Kind] = {
    "calendars": Kind(
        "工作日历",
        CalendarYear,
        {
            "year": Field(WHOLE, "哪一年", required=True),
            "holidays": Field(Many(_HOLIDAY), "放假", required=True),
            "working": Field(Many(DAY), "调休上班的周末"),
        },
        arrange=_calendar,
    ),
}
