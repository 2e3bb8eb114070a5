"""Reading columns of numbers: counts, quantities, degrees."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

import polars as pl

from junheng.engine.roster.columns import DTYPES, Kind
from junheng.engine.roster.findings import WARNING, Fault, Findings
from junheng.engine.roster.names import plain_word
from junheng.engine.roster.reading.cells import (
    ColumnCells,
    by_distinct,
    gathered,
    report_where,
    shown,
)

_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?:\D|$))")
_NOTHING_SAID = frozenset({"无", "/", "-", "—", "——", "空"})
_PLACES = 4
_LARGEST = 10**15


def read_numbers(cells: ColumnCells, findings: Findings) -> pl.Series:
    """Read a column of numbers, typed or written as text, also with full-width digits."""
    kind = cells.column.kind
    exact = pl.Decimal(38, 12)

    def parse(content: str) -> tuple[object, Fault | None]:
        word = _THOUSANDS.sub("", plain_word(content))
        if word in _NOTHING_SAID:
            return None, None
        try:
            number = Decimal(word)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) >= _LARGEST:
            return None, Fault("roster.not-a-number", {"found": shown(cells.column, content)})
        return round(number, 12), None

    parsed, index = by_distinct(cells, cells.text, parse, findings)
    written = gathered(parsed, index, exact)
    _refuse_dates(cells, findings)
    if kind is Kind.DEGREES:
        return written.cast(pl.Float64).fill_null(cells.number)
    numbers = written.fill_null(_decimals(cells, findings))
    return (
        _whole(cells, numbers, findings)
        if kind is Kind.WHOLE
        else _rounded(cells, numbers, findings)
    )


def _decimals(cells: ColumnCells, findings: Findings) -> pl.Series:
    """Return number cells as decimals; a spreadsheet number carries 15 digits."""
    fits = cells.number.abs() < _LARGEST
    report_where(cells, ~fits, Fault("roster.not-a-number", {"found": "∞"}), findings)
    return cells.number.set(~fits, None).round(10).cast(pl.Decimal(38, 12))


def _whole(cells: ColumnCells, numbers: pl.Series, findings: Findings) -> pl.Series:
    whole = numbers.cast(pl.Int64)
    broken = (whole.cast(pl.Decimal(38, 12)) != numbers).fill_null(value=False)
    if broken.any():
        found = shown(cells.column, f"{float(numbers.filter(broken)[0]):g}")
        report_where(cells, broken, Fault("roster.not-whole", {"found": found}), findings)
    return whole.set(broken, None)


def _rounded(cells: ColumnCells, numbers: pl.Series, findings: Findings) -> pl.Series:
    rounded = numbers.round(_PLACES)
    changed = (rounded != numbers).fill_null(value=False)
    fault = Fault("roster.number-rounded", {"places": str(_PLACES)}, WARNING)
    report_where(cells, changed, fault, findings)
    return rounded.cast(DTYPES[Kind.NUMBER])


def _refuse_dates(cells: ColumnCells, findings: Findings) -> None:
    days = cells.day.drop_nulls()
    if len(days):
        found = shown(cells.column, str(days[0]))
        fault = Fault("roster.date-for-number", {"found": found})
        report_where(cells, cells.day.is_not_null(), fault, findings)
