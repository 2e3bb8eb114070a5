"""From a sheet of cells to a typed frame: headers matched, every column read by its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from junheng.engine.roster.columns import DTYPES, Column, Kind, Table
from junheng.engine.roster.findings import WARNING, Fault, Findings
from junheng.engine.roster.reading.cells import ColumnCells, report_where, sorted_cells
from junheng.engine.roster.reading.content import content_rows
from junheng.engine.roster.reading.days import read_days
from junheng.engine.roster.reading.headers import Headers, find_headers, nearest_header
from junheng.engine.roster.reading.id_numbers import read_id_numbers
from junheng.engine.roster.reading.numbers import read_numbers
from junheng.engine.roster.reading.words import read_codes, read_id, read_text, read_yes_no
from junheng.engine.roster.reading.workbooks import RawSheet
from junheng.engine.roster.roster import Sheet
from junheng.errors import SheetPlace

_ORIENTATION = frozenset(("姓名", "单位名称", "学校名称", "序号", "备注"))
"""Columns that only help the reader of a sheet; passed over without a word where no column."""

_READERS = {
    Kind.TEXT: read_text,
    Kind.ID: read_id,
    Kind.CODE: read_codes,
    Kind.CODES: read_codes,
    Kind.YES_NO: read_yes_no,
    Kind.WHOLE: read_numbers,
    Kind.NUMBER: read_numbers,
    Kind.DEGREES: read_numbers,
    Kind.ID_NUMBER: read_id_numbers,
}


@dataclass(frozen=True, slots=True)
class Framed:
    """A sheet read as a table.

    Attributes
    ----------
    frame : the columns that the sheet has, with precisions and ``row``
    sheet : file, sheet name and column letters
    header_row : number of the last header row, as the officer counts
    """

    frame: pl.DataFrame = field(repr=False)
    sheet: Sheet
    header_row: int


def framed(
    sheet: RawSheet, table: Table, findings: Findings, *, partial: bool = False
) -> Framed | None:
    """Read a sheet as a table; None when its header row cannot be found.

    Parameters
    ----------
    partial : whether the sheet is a supplement, in which columns of keyed tables may be
        missing and rows may be left unfilled
    """
    headers = find_headers(sheet, table)
    if headers is None:
        expected = "、".join(c.header for c in table.columns if c.required)
        fault = Fault("roster.no-header", {"expected": expected})
        findings.add(fault, SheetPlace(sheet.path.name, sheet.sheet_name))
        return None
    _report_headers(sheet, table, headers, findings, partial=partial)
    letters = {column.id: sheet.letter(index) for index, column in headers.columns.items()}
    prefilled = _prefilled(table) if partial else frozenset[str]()
    content, rows = content_rows(sheet, headers, findings, prefilled=prefilled)
    required = required_columns(table, partial=partial)
    columns = list(zip(*content, strict=True))
    series: dict[str, pl.Series] = {}
    for index, column in headers.columns.items():
        column_values = columns[index] if columns else ()
        place = SheetPlace(sheet.path.name, sheet.sheet_name, letters[column.id])
        cells = sorted_cells(column, column_values, place=place, rows=rows)
        _report_empty(cells, required, findings)
        series |= _read(cells, findings)
    frame = pl.DataFrame(series | {"row": rows})
    place_of_rows = Sheet(sheet.path.name, sheet.sheet_name, MappingProxyType(letters))
    return Framed(frame, place_of_rows, sheet.first_row + headers.last_row)


def required_columns(table: Table, *, partial: bool) -> tuple[Column, ...]:
    """Return the columns a sheet must have; of a supplement to a keyed table only the key."""
    return tuple(
        column
        for column in table.columns
        if column.required and (not partial or not table.key or column.id in table.key)
    )


def _prefilled(table: Table) -> frozenset[str]:
    """Return what a supplement fills in for the officer: such a row alone says nothing."""
    return frozenset((table.columns[0].id, "table_name"))


def _read(cells: ColumnCells, findings: Findings) -> dict[str, pl.Series]:
    column = cells.column
    if cells.is_empty:
        empty = pl.Series([None], dtype=pl.Null).new_from_index(0, len(cells.rows))
        names = (column.id, column.precision_id) if column.is_date else (column.id,)
        dtypes = (DTYPES[column.kind], pl.String())
        return {name: empty.cast(dtype) for name, dtype in zip(names, dtypes, strict=False)}
    if column.is_date:
        dates, precisions = read_days(cells, findings)
        return {column.id: dates, column.precision_id: precisions}
    series = _READERS[column.kind](cells, findings)
    return {column.id: series.cast(DTYPES[column.kind])}


def _report_empty(cells: ColumnCells, required: tuple[Column, ...], findings: Findings) -> None:
    column = cells.column
    if column in required:
        report_where(cells, ~cells.filled, Fault("roster.empty-required"), findings)


def _report_headers(
    sheet: RawSheet, table: Table, headers: Headers, findings: Findings, *, partial: bool
) -> None:
    def place(index: int | None) -> SheetPlace:
        letter = "" if index is None else sheet.letter(index)
        row = sheet.first_row + headers.last_row
        return SheetPlace(sheet.path.name, sheet.sheet_name, f"{letter}{row}")

    for column_id, indices in headers.doubled.items():
        fault = Fault("roster.header-doubled", {"found": table.column(column_id).header})
        for index in indices:
            findings.add(fault, place(index))
    meant = _report_unknown(table, headers, findings, place)
    for column in required_columns(table, partial=partial):
        if column.id not in headers.present:
            values = {"expected": column.header, "aliases": "、".join(column.aliases) or "—"}
            fault = Fault("roster.header-missing", values, group=column.id)
            findings.add(fault, place(meant.get(column.id)))


def _report_unknown(
    table: Table,
    headers: Headers,
    findings: Findings,
    place: Callable[[int | None], SheetPlace],
) -> dict[str, int]:
    """Warn about headers that are no column; return which known column each may mean."""
    meant: dict[str, int] = {}
    for index, word in headers.unknown.items():
        if word in _ORIENTATION:
            continue
        near = nearest_header(word, table, headers.present)
        if near:
            meant.setdefault(near.id, index)
        code = "roster.header-renamed" if near else "roster.header-unknown"
        values = {"found": word[:40], "nearest": near.header if near else ""}
        findings.add(Fault(code, values, WARNING), place(index))
    return meant
