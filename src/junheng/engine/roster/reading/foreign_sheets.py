"""Sheets of foreign forms, found by their headers and laid out as sheets of our own tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.engine.roster.columns import Table
from junheng.engine.roster.foreign import (
    DerivedTable,
    ForeignForm,
    ForeignSheet,
    convert,
    detect,
)
from junheng.engine.roster.reading.workbooks import RawSheet, Row
from junheng.engine.roster.tables import BY_ID
from junheng.errors import Problem

_SEARCHED_ROWS = 20


@dataclass(frozen=True, slots=True)
class Converted:
    """What is left to read after the foreign sheets were taken out.

    Attributes
    ----------
    own : the sheets that are no foreign form, as they were
    pairs : what foreign sheets gave, laid out as sheets of our tables; their rows keep their
        numbers and their cells the letters of the officer's file
    problems : what the foreign forms themselves contradict
    """

    own: tuple[RawSheet, ...]
    pairs: tuple[tuple[RawSheet, Table], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidOut(RawSheet):
    """Rows made from a foreign sheet; ``letters`` are those of the cells they came from."""

    letters: tuple[str, ...] = ()

    def letter(self, index: int) -> str:
        """Return the letters of the foreign column; empty where a cell was assigned."""
        return self.letters[index]


def converted(sheets: Sequence[RawSheet]) -> Converted:
    """Take the foreign forms out of the sheets of one import."""
    own: list[RawSheet] = []
    foreign: list[tuple[RawSheet, ForeignForm, int]] = []
    for sheet in sheets:
        found = _form(sheet)
        if found is None:
            own.append(sheet)
        else:
            foreign.append((sheet, *found))
    conversions = convert([(form, _foreign(sheet, head)) for sheet, form, head in foreign])
    pairs = [
        (_laid_out(sheet, head, derived), BY_ID[derived.table_id])
        for (sheet, _, head), conversion in zip(foreign, conversions, strict=True)
        for derived in conversion.tables
    ]
    problems = [problem for conversion in conversions for problem in conversion.problems]
    return Converted(tuple(own), tuple(pairs), tuple(problems))


def _form(sheet: RawSheet) -> tuple[ForeignForm, int] | None:
    """Return the form and the index of its header row, under title rows."""
    for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        form = detect([cell for cell in row if isinstance(cell, str)])
        if form is not None:
            return form, index
    return None


def _foreign(sheet: RawSheet, head: int) -> ForeignSheet:
    return ForeignSheet(
        sheet.path.name,
        sheet.sheet_name,
        tuple("" if cell is None else str(cell) for cell in sheet.rows[head]),
        [(sheet.first_row + i, row) for i, row in enumerate(sheet.rows) if i > head],
        tuple(sheet.rows[:head]),
        sheet.first_column,
    )


def _laid_out(sheet: RawSheet, head: int, derived: DerivedTable) -> RawSheet:
    """Lay derived rows out under a header of column ids, at their own row numbers."""
    width = len(derived.columns)
    rows: list[Row] = [("",) * width] * (len(sheet.rows) - head)
    rows[0] = derived.columns
    for number, cells in derived.rows:
        rows[number - sheet.first_row - head] = ["" if c is None else c for c in cells]
    letters = tuple(
        sheet.letter(derived.origins[column]) if column in derived.origins else ""
        for column in derived.columns
    )
    return LaidOut(
        sheet.path,
        sheet.name,
        rows,
        first_row=sheet.first_row + head,
        is_csv=sheet.is_csv,
        letters=letters,
    )
