"""Three-valued logic and calendar for the oracle, one value at a time."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from junheng.engine.policy import conditions as c

FAR, LONG_AGO = date(2300, 1, 1), date(1800, 1, 1)
Truth = bool | None


def conj(parts: list[Truth]) -> Truth:
    if False in parts:
        return False
    return None if None in parts else True


def disj(parts: list[Truth]) -> Truth:
    if True in parts:
        return True
    return None if None in parts else False


def neg(truth: Truth) -> Truth:
    return None if truth is None else not truth


def add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month == 11), (month + 1) % 12 + 1, 1)


def months_between(since: date, until: date) -> int:
    months = (until.year - since.year) * 12 + until.month - since.month
    return months if add_months(since, months) <= until else months - 1


def septembers(since: date, until: date) -> int:
    """Count whole school years in [since, until) by looking at each."""
    years = range(since.year - 1, until.year + 1)
    return sum(since <= date(y, 9, 1) and date(y + 1, 9, 1) <= until for y in years)


def last_day(day: date, precision: str | None) -> date:
    if precision == "year":
        return date(day.year, 12, 31)
    if precision == "month":
        return add_months(day.replace(day=1), 1) - timedelta(1)
    return day


def begins(row: dict[str, Any]) -> tuple[date, date]:
    if row["since"] is None:
        return LONG_AGO, FAR
    year = row["since_precision"] == "year"
    return row["since"], date(row["since"].year, 12, 31) if year else row["since"]


def union(spans: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Join spans that overlap or touch."""
    found: list[tuple[date, date]] = []
    for since, until in sorted(span for span in spans if span[0] < span[1]):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], until)
        else:
            found.append((since, until))
    return found


def number(figure: Any) -> Fraction:
    """Return the number a figure is."""
    value = figure.values[0]
    assert isinstance(value, Fraction)
    return value


def opinion(row: dict[str, Any], body: str) -> Truth:
    said = row["school_approval" if body == "own-unit" else "bureau_approval"]
    return None if said is None else said == "同意"


def ordered(value: Any, comparison: c.Comparison, figure: Any) -> bool:
    inclusive = comparison.reading == "inclusive"
    match comparison.comparator:
        case c.Comparator.AT_LEAST:
            return bool(value >= figure)
        case c.Comparator.AT_MOST:
            return bool(value <= figure)
        case c.Comparator.MORE_THAN:
            return bool(value > figure)
        case c.Comparator.LESS_THAN:
            return bool(value < figure)
        case c.Comparator.UP_TO:
            return bool(value <= figure if inclusive else value < figure)
        case _:
            return bool(value >= figure if inclusive else value > figure)
