"""Reading columns of dates, with the precision they were written with."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from junheng.engine.roster.columns import Kind
from junheng.engine.roster.dates import (
    DateFault,
    WrittenDate,
    read_date,
    read_date_number,
)
from junheng.engine.roster.findings import Fault, Findings
from junheng.engine.roster.reading.cells import (
    ColumnCells,
    by_distinct,
    gathered,
    shown,
)


def read_days(cells: ColumnCells, findings: Findings) -> tuple[pl.Series, pl.Series]:
    """Read a column of dates; a printed end becomes the day after it (§4).

    Returns
    -------
    pl.Series, pl.Series
        Dates, and their precisions (``day``, ``month``, ``year``; null where no date).
    """
    is_end = cells.column.kind is Kind.UNTIL
    contents = ((cells.text, read_date), (cells.number, _of_number), (cells.day, read_date))
    readings = [
        _read(cells, content.cast(pl.String), reader, findings)
        for content, reader in contents
        if content.null_count() < len(content)
    ]
    dates = pl.Series([None], dtype=pl.Date).new_from_index(0, len(cells.rows))
    precisions = pl.Series([None], dtype=pl.String).new_from_index(0, len(cells.rows))
    for written, index in readings:
        if not written:
            continue
        days = [each and (each.until if is_end else each.first) for each in written]
        dates = dates.fill_null(gathered(days, index, pl.Date()))
        names = [each and each.precision for each in written]
        precisions = precisions.fill_null(gathered(names, index, pl.String()))
    return dates, precisions


def _read(
    cells: ColumnCells,
    content: pl.Series,
    reader: Callable[[str], WrittenDate | DateFault | None],
    findings: Findings,
) -> tuple[list[WrittenDate | None], pl.Series]:
    def parse(word: str) -> tuple[object, Fault | None]:
        read = reader(word)
        if isinstance(read, DateFault):
            found = shown(cells.column, word.removesuffix(".0"))
            return None, Fault(f"roster.{read}-date", {"found": found}, group=word)
        return read, None

    parsed, index = by_distinct(cells, content, parse, findings)
    return [each if isinstance(each, WrittenDate) else None for each in parsed], index


def _of_number(word: str) -> WrittenDate | DateFault | None:
    return read_date_number(float(word))
