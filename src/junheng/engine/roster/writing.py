"""Writing a roster as a workbook of our own form; reading it again gives the same roster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from junheng.engine.roster.cells import Written, written_rows
from junheng.engine.roster.columns import Column, Kind, Table
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import TABLES

_NUMBERS = (Kind.WHOLE, Kind.NUMBER, Kind.DEGREES)
_WIDTHS = {Kind.ID_NUMBER: 21, Kind.ID: 14, Kind.CODES: 18, Kind.YES_NO: 10}
_USUAL_WIDTH, _PER_CHARACTER = 12, 2.2


def write_workbook(roster: Roster, path: Path, *, on: date) -> None:
    """Write the tables that the roster was given, one sheet each, in the order of our form.

    Ids, dates and identity numbers are text; dates keep the precision they have and the end of
    an interval is printed as its last day, month or year (§4). Text is never a formula,
    whatever it begins with. The same roster and date give the same bytes.

    Parameters
    ----------
    roster : whose tables are written; private columns included
    path : the .xlsx file, replaced if it exists
    on : shown as the day on which the workbook was made; no clock is read
    """
    with Workbook(
        str(path),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    ) as book:
        book.set_properties({"created": datetime(on.year, on.month, on.day)})  # noqa: DTZ001 -- a workbook's own date has no zone
        header = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E8EEF4"})
        text = book.add_format({"num_format": "@"})
        for table in TABLES:
            if table.id in roster.given:
                sheet = book.add_worksheet(table.sheet)
                _lay_out(sheet, table, text)
                sheet.write_row(0, 0, [column.header for column in table.columns], header)
                _write_rows(sheet, written_rows(table, roster[table.id]))


def _lay_out(sheet: Worksheet, table: Table, text: Format) -> None:
    for index, column in enumerate(table.columns):
        style = None if column.kind in _NUMBERS else text
        sheet.set_column(index, index, _width(column), style)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _width(column: Column) -> float:
    usual = _WIDTHS.get(column.kind, _USUAL_WIDTH)
    return max(usual, _PER_CHARACTER * len(column.header))


def _write_rows(sheet: Worksheet, rows: Iterable[Sequence[Written]]) -> None:
    for number, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, index, value)
            elif value is not None:
                sheet.write_number(number, index, value)
