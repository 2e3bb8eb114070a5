"""Sheets of the old binary workbook (.xls, 1997 to 2003).

These are read by xlrd, not by calamine as the others: on damaged .xls files the latter asks for
memory without measure or panics, which ends the whole process.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlrd
import xlrd.compdoc

from junheng.engine.roster.reading.extents import COLUMN_LIMIT, Look, letters_of


@dataclass(frozen=True, slots=True)
class LegacySheet:
    """One sheet: its cells from the first row and column, and what a look at it found."""

    name: str
    rows: list[tuple[object, ...]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    look: Look
    is_hidden: bool


def legacy_sheets(path: Path) -> list[LegacySheet]:
    """Read the sheets of an .xls workbook.

    Raises
    ------
    ValueError
        If the file is damaged; on some bytes xlrd raises other built-in errors.
    """
    with path.open("rb") as stream:
        content = stream.read()
    try:
        with xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=_Silence()
        ) as book:
            return [_read(sheet, book.datemode) for sheet in book.sheets()]
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError) as error:
        raise ValueError(str(error)) from error


class _Silence:
    """Takes what xlrd would write to the terminal."""

    def write(self, _text: str) -> None:
        """Drop the text."""

    def flush(self) -> None:
        """Have nothing to flush."""


def _read(sheet: Any, datemode: int) -> LegacySheet:
    look = Look()
    width = max((sheet.row_len(number) for number in range(sheet.nrows)), default=0)
    if width > COLUMN_LIMIT:
        last = next(n for n in range(sheet.nrows) if sheet.row_len(n) == width)
        look.far_cell = f"{letters_of(width)}{last + 1}"
        return LegacySheet(sheet.name, [], (), look, sheet.visibility != 0)
    rows = []
    for number in range(sheet.nrows):
        cells = []
        for index, cell in enumerate(sheet.row(number)):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                look.error_cells.append(f"{letters_of(index + 1)}{number + 1}")
            cells.append(_value(cell, datemode))
        rows.append((*cells, *([""] * (width - len(cells)))))
    merged = tuple(
        ((first, left), (last - 1, right - 1))
        for first, last, left, right in sheet.merged_cells
    )
    return LegacySheet(sheet.name, rows, merged, look, sheet.visibility != 0)


def _value(cell: Any, datemode: int) -> object:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT | xlrd.XL_CELL_NUMBER:
            return cell.value
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_DATE:
            return _day(cell.value, datemode)
        case _:
            return ""


def _day(serial: float, datemode: int) -> object:
    try:
        moment: datetime = xlrd.xldate_as_datetime(serial, datemode)
    except (xlrd.xldate.XLDateError, OverflowError):
        return serial  # a number in the format of a date: reported as any number is
    return moment
