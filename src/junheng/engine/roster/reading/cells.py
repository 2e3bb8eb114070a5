"""The cells of one column, sorted by what they hold, and reporting what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import polars as pl

from junheng.engine.roster.columns import Column
from junheng.engine.roster.findings import Fault, Findings
from junheng.errors import SheetPlace

HIDDEN = "***"
"""Shown in place of the content of a private cell."""


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """The cells of one column of one sheet, in row order.

    Attributes
    ----------
    column : the column of the table
    place : file, sheet and column letter
    rows : row numbers as the officer counts them, length n
    text : what text cells hold, without padding; null where empty or not text; length n
    number : what number cells hold; null elsewhere
    day : what date cells hold; null elsewhere
    """

    column: Column
    place: SheetPlace
    rows: pl.Series
    text: pl.Series = field(repr=False)
    number: pl.Series = field(repr=False)
    day: pl.Series = field(repr=False)

    @property
    def filled(self) -> pl.Series:
        """Whether a cell holds anything; length n."""
        return self.text.is_not_null() | self.number.is_not_null() | self.day.is_not_null()

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        length = len(self.rows)
        return all(each.null_count() == length for each in (self.text, self.number, self.day))

    @property
    def as_text(self) -> pl.Series:
        """All cells as text: whole numbers without a point, dates as YYYY-MM-DD."""
        if self.number.null_count() == len(self.number) == self.day.null_count():
            return self.text
        return self.text.fill_null(_number_text(self.number)).fill_null(
            self.day.cast(pl.String)
        )


def sorted_cells(
    column: Column, values: Sequence[object], *, place: SheetPlace, rows: pl.Series
) -> ColumnCells:
    """Sort the cells of a column by type."""
    text, number, day = _by_type(values)
    text = text.str.strip_chars()
    text = text.set(text == "", None)
    return ColumnCells(column, place, rows, text, number, day)


def _by_type(values: Sequence[object]) -> tuple[pl.Series, pl.Series, pl.Series]:
    number = pl.Series([None], dtype=pl.Float64).new_from_index(0, len(values))
    day = pl.Series([None], dtype=pl.Date).new_from_index(0, len(values))
    try:
        return pl.Series(values, dtype=pl.String), number, day
    except TypeError:
        pass  # most columns are text throughout; the others are sorted cell by cell
    kinds = set(map(type, values))
    if kinds <= {str, float, date}:
        text = pl.Series([v if v.__class__ is str else None for v in values], dtype=pl.String)
    else:
        text = pl.Series([_text(value) for value in values], dtype=pl.String)
    if kinds & {int, float}:
        number = pl.Series([_number(value) for value in values], dtype=pl.Float64)
    if kinds & {date, datetime}:
        day = pl.Series([_day(value) for value in values], dtype=pl.Date)
    return text, number, day


def by_distinct(
    cells: ColumnCells,
    content: pl.Series,
    parse: Callable[[str], tuple[object, Fault | None]],
    findings: Findings,
) -> tuple[list[object], pl.Series]:
    """Parse every distinct content once, and report its faults at every row that holds it.

    Returns
    -------
    list, pl.Series
        The parsed values, and for each cell the index of its value (null where empty).
    """
    words = content.drop_nulls().unique(maintain_order=True)
    index = (
        content.replace_strict(
            words, pl.int_range(len(words), dtype=pl.UInt32, eager=True), return_dtype=pl.UInt32
        )
        if len(words)
        else pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(content))
    )
    parsed: list[object] = []
    faults: dict[int, Fault] = {}
    for position, word in enumerate(words):
        value, fault = parse(word)
        parsed.append(value)
        if fault is not None:
            faults[position] = fault
    if faults:
        faulty = index.is_in(list(faults)).fill_null(value=False).arg_true()
        report(
            cells,
            (
                (int(i), faults[position])
                for i, position in zip(faulty, index.gather(faulty), strict=True)
            ),
            findings,
        )
    return parsed, index


def gathered(parsed: Sequence[object], index: pl.Series, dtype: pl.DataType) -> pl.Series:
    """Return for each cell the value it was parsed to."""
    if not parsed:
        return pl.Series([None], dtype=dtype).new_from_index(0, len(index))
    return pl.Series(parsed, dtype=dtype, strict=True).gather(index)


def report(cells: ColumnCells, faults: Iterable[tuple[int, Fault]], findings: Findings) -> None:
    """Report faults by the index of their cell."""
    for index, fault in faults:
        findings.add(_named(fault, cells), replace(cells.place, rows=(int(cells.rows[index]),)))


def report_where(
    cells: ColumnCells, wrong: pl.Series, fault: Fault, findings: Findings
) -> None:
    """Report one fault wherever the mask ``wrong`` is true."""
    where = wrong.fill_null(value=False)
    if where.any():
        rows = tuple(cells.rows.filter(where).to_list())
        findings.add(_named(fault, cells), replace(cells.place, rows=rows))


def _named(fault: Fault, cells: ColumnCells) -> Fault:
    return replace(fault, values={"column": cells.column.header, **fault.values})


def shown(column: Column, content: str) -> str:
    """Return a cell's content fit for a message: hidden for private columns and names."""
    if column.private or column.id == "person_name":
        return HIDDEN
    return content if len(content) <= 40 else f"{content[:40]}…"


def _text(value: object) -> str | None:
    match value:
        case str():
            return value
        case bool():
            return "是" if value else "否"
        case None | int() | float() | date():
            return None
        case _:
            return str(value)  # a time of day or a duration; no column holds one


def _number(value: object) -> float | None:
    match value:
        case float():
            return value
        case int() if not isinstance(value, bool):
            return float(value)
        case _:
            return None


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _number_text(number: pl.Series) -> pl.Series:
    whole = (number == number.floor()) & (number.abs() < 1e15)
    as_whole = number.set(~whole.fill_null(value=False), None).cast(pl.Int64).cast(pl.String)
    return as_whole.fill_null(number.cast(pl.String))
