"""How typed values of the roster are written into the cells of a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

import polars as pl

from junheng.engine.codes import NONE_OF_THEM
from junheng.engine.roster.columns import Column, Kind, Table

Written = str | int | float | None
"""What a cell takes: text, a number, or nothing."""

MASK = "******"
"""Stands for a private value wherever it does not go back to who supplied it."""


def written(column: Column, value: object, precision: str | None = None) -> Written:
    """Return a value as an officer writes it; reading it again gives the same value.

    Dates keep the precision they were written with; an ``until`` is printed as the last day,
    month or year that still counts (§4).

    Parameters
    ----------
    column : whose kind decides the form
    value : a value of the column's type; None is an empty cell
    precision : ``day``, ``month`` or ``year``; for date kinds only
    """
    if value is None:
        return None
    if column.kind is Kind.DATE:
        return date_text(cast("date", value), precision)
    if column.kind is Kind.UNTIL:
        return date_text(cast("date", value) - timedelta(days=1), precision)
    return _WRITTEN.get(column.kind, str)(value)


def date_text(day: date, precision: str | None) -> str:
    """Write a date as exactly as it is known: ``2019-09-01``, ``2019-09`` or ``2019``."""
    match precision:
        case "year":
            return f"{day.year:04d}"
        case "month":
            return f"{day.year:04d}-{day.month:02d}"
        case _:
            return day.isoformat()


def written_rows(table: Table, frame: pl.DataFrame) -> Iterator[tuple[Written, ...]]:
    """Yield the cells of each row in the order of the table's columns."""
    names = [name for c in table.columns for name in (c.id, c.precision_id)[: 1 + c.is_date]]
    position = {name: index for index, name in enumerate(names)}
    columns = [
        (c, position[c.id], position[c.precision_id] if c.is_date else None)
        for c in table.columns
    ]
    for row in frame.select(names).iter_rows():
        yield tuple(
            written(c, row[at], None if exact is None else row[exact])
            for c, at, exact in columns
        )


def _words(value: object) -> Written:
    return "，".join(cast("Sequence[str]", value)) or NONE_OF_THEM


def _number(value: object) -> Written:
    number = cast("Decimal", value)
    return int(number) if number == number.to_integral_value() else float(number)


_WRITTEN: dict[Kind, Callable[[object], Written]] = {
    Kind.YES_NO: lambda value: "是" if value else "否",
    Kind.CODES: _words,
    Kind.WHOLE: lambda value: cast("int", value),
    Kind.NUMBER: _number,
    Kind.DEGREES: lambda value: cast("float", value),
}
