"""What a column of the roster is: its id, Chinese header, kind, codes and aliases.

This is the one dictionary between an officer's headers and the names used everywhere else.
The tables themselves are in :mod:`junheng.engine.roster.tables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from junheng.engine.codes import CodeList


class Kind(StrEnum):
    """How the cells of a column are read and stored.

    ``UNTIL`` is printed as the last day (or month, or year) that still counts and stored as
    the first day that no longer does (§4).
    """

    TEXT = "text"
    ID = "id"
    CODE = "code"
    CODES = "codes"
    YES_NO = "yes_no"
    WHOLE = "whole"
    NUMBER = "number"
    DEGREES = "degrees"
    DATE = "date"
    UNTIL = "until"
    ID_NUMBER = "id_number"


DTYPES: dict[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.ID: pl.String(),
    Kind.CODE: pl.String(),
    Kind.CODES: pl.List(pl.String()),
    Kind.YES_NO: pl.Boolean(),
    Kind.WHOLE: pl.Int64(),
    Kind.NUMBER: pl.Decimal(20, 4),
    Kind.DEGREES: pl.Float64(),
    Kind.DATE: pl.Date(),
    Kind.UNTIL: pl.Date(),
    Kind.ID_NUMBER: pl.String(),
}

PRECISIONS = ("day", "month", "year")
"""How exactly a date was written; the companion column ``<name>_precision`` holds it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    id : the name from spreadsheet to solver; snake_case
    header : the Chinese header of our own form
    kind : how cells are read and stored
    aliases : further headers that mean the same (district and provincial forms, older years)
    codes : the words allowed, for kinds CODE and CODES
    required : an empty cell is an error; elsewhere it is unknown (§1)
    private : masked in every output except those that go back to who supplied it
    unit : unit of the number, in English; empty for words and dates
    """

    id: str
    header: str
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()
    codes: CodeList | None = None
    required: bool = False
    private: bool = False
    unit: str = ""

    @property
    def precision_id(self) -> str:
        """Name of the companion column that says how exactly the date was written."""
        return f"{self.id}_precision"

    @property
    def is_date(self) -> bool:
        """Whether a companion precision column exists."""
        return self.kind in (Kind.DATE, Kind.UNTIL)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the roster: a sheet of the workbook, a frame in memory.

    Attributes
    ----------
    id : English id; also the accepted sheet or file name
    sheet : Chinese sheet name
    columns : in the order of our own form
    key : columns that together identify a row; empty where rows may repeat
    """

    id: str
    sheet: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    def column(self, column_id: str) -> Column:
        """Return a column by id; a ``KeyError`` if the table has none."""
        for column in self.columns:
            if column.id == column_id:
                return column
        raise KeyError(f"{self.id} has no column {column_id}")

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Names and types of the frame: columns, their precisions, then ``source`` and ``row``.

        ``source`` is the index of the sheet in :attr:`Roster.sheets`, ``row`` the row number
        the officer sees there; both null for rows that no file holds.
        """
        schema: dict[str, pl.DataType] = {}
        for column in self.columns:
            schema[column.id] = DTYPES[column.kind]
            if column.is_date:
                schema[column.precision_id] = pl.String()
        return schema | {"source": pl.UInt16(), "row": pl.UInt32()}
