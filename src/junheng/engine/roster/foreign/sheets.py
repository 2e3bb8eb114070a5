"""A sheet of a foreign form as found, and the rows of our own tables made from it.

Conversion only reshapes: every cell goes on as it was found, and is typed, checked and
reported by the same reading as our own form. ``origins`` lets that reading point at the cell
of the officer's file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from junheng.engine.roster.names import plain_word, unbracketed
from junheng.errors import Problem, Severity, SheetPlace

Cell = object
"""A cell as a reader gives it: text, number, date, yes/no or None."""

NOTHING = frozenset({"", "无", "/", "-", "—", "——", "无。"})
"""What officers write into a cell to say that there is nothing."""


@dataclass(frozen=True, slots=True)
class ForeignSheet:
    """A sheet of a foreign form.

    Attributes
    ----------
    file, sheet : where it was found; ``sheet`` is empty for CSV
    titles : the rows above the headers, which may hold 填报单位 and 填表时间
    headers : one text per column, as found
    rows : row number as the officer counts, and the cells
    first_column : position of the first cell of a row in the sheet, from 1
    """

    file: str
    sheet: str
    headers: Sequence[str]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    titles: Sequence[Sequence[Cell]] = ()
    first_column: int = 1

    def place(self, row: int, index: int) -> SheetPlace:
        """Point at a cell by row number and index of the column (from 0)."""
        return SheetPlace(
            self.file, self.sheet, f"{letter(self.first_column + index - 1)}{row}"
        )

    def warning(self, code: str, row: int, index: int, **values: str) -> Problem:
        """Make a warning about a cell."""
        return Problem(code, Severity.WARNING, self.place(row, index), MappingProxyType(values))

    def error(self, code: str, row: int, index: int, **values: str) -> Problem:
        """Make an error about a cell."""
        return Problem(code, Severity.ERROR, self.place(row, index), MappingProxyType(values))


@dataclass(frozen=True, slots=True)
class DerivedTable:
    """Rows of one of our tables, still as found.

    Attributes
    ----------
    table_id : id of the table
    columns : ids of the columns filled
    origins : column id → index of the foreign column it came from; columns without an entry
        (assigned ids, fixed words) have no cell in the officer's file
    rows : row number in the foreign sheet, and one cell per column
    """

    table_id: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    origins: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Conversion:
    """Everything a foreign sheet gives.

    Attributes
    ----------
    tables : in the order units first, then persons, then what happened to them
    problems : what the form itself contradicts; never a person's name
    """

    tables: tuple[DerivedTable, ...]
    problems: tuple[Problem, ...] = ()


def plain(header: Cell) -> str:
    """Return a header without white space and bracketed instructions."""
    return unbracketed(plain_word(text_of(header)))


def text_of(cell: Cell) -> str:
    """Return a cell as trimmed text; whole floats without their decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def is_nothing(cell: Cell) -> bool:
    """Whether a cell is empty or says 无."""
    return text_of(cell) in NOTHING


def letter(index: int) -> str:
    """Return the letters of a column by its index from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
