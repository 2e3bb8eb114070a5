"""What is written into a cell is read again as the same value."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.roster.cells import Written, written
from junheng.engine.roster.columns import PRECISIONS, Column, Kind
from junheng.engine.roster.dates import WrittenDate, read_date

DAYS = st.dates(date(1901, 1, 1), date(2190, 12, 31))


def _first(day: date, precision: str) -> date:
    """Return the first day of the day, month or year that a date is known to."""
    return date(
        day.year, 1 if precision == "year" else day.month, 1 if precision != "day" else day.day
    )


@given(DAYS, st.sampled_from(PRECISIONS))
def test_written_date_is_read_with_the_same_precision(day: date, precision: str) -> None:
    first = _first(day, precision)
    text = written(Column("since", "开始时间", Kind.DATE), first, precision)
    assert read_date(str(text)) == WrittenDate(first, precision)


@given(DAYS, st.sampled_from(PRECISIONS))
def test_written_end_is_read_as_the_same_first_day_after(day: date, precision: str) -> None:
    until = WrittenDate(_first(day, precision), precision).until
    text = written(Column("until", "结束时间", Kind.UNTIL), until, precision)
    read = read_date(str(text))
    assert isinstance(read, WrittenDate)
    assert read.until == until


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Kind.YES_NO, True, "是"),
        (Kind.YES_NO, False, "否"),
        (Kind.YES_NO, None, None),
        (Kind.WHOLE, 0, 0),
        (Kind.NUMBER, Decimal("12.0000"), 12),
        (Kind.NUMBER, Decimal("12.5000"), 12.5),
        (Kind.CODES, ["语文", "数学"], "语文，数学"),
        (Kind.CODES, [], "无"),
        (Kind.TEXT, "=1+1", "=1+1"),
        (Kind.ID, "0001", "0001"),
    ],
)
def test_value_is_written_by_its_kind(kind: Kind, value: object, expected: Written) -> None:
    cell = written(Column("x", "某栏", kind), value)
    assert (cell, type(cell)) == (expected, type(expected))
