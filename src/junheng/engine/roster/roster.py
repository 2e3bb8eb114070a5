"""The roster (花名册): typed tables with the place of every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from junheng.engine.roster.tables import BY_ID, TABLES
from junheng.errors import Problem, SheetPlace


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a table's rows came from: file, sheet, and the letters of its columns.

    Attributes
    ----------
    file : file name without folder
    sheet : sheet name; empty for CSV
    letters : column id → spreadsheet column letter, for pointing at cells
    """

    file: str
    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def place(self, row: int, column_id: str = "") -> SheetPlace:
        """Point at a cell, or at the row when the column is not in the file."""
        return SheetPlace(self.file, self.sheet, f"{self.letters.get(column_id, '')}{row}")


@dataclass(frozen=True, slots=True)
class Roster:
    """A whole roster in memory, checked on entry; after that nobody checks again.

    Attributes
    ----------
    tables : table id → frame with exactly the schema of :attr:`Table.schema`; every table is
        present, empty where the input had none
    given : ids of the tables that the input had at all; a table that was not given is not an
        empty one, and what reads it is unknown (§1)
    sheets : where rows came from; indexed by the frames' ``source`` column
    warnings : problems that did not stop the reading
    """

    tables: Mapping[str, pl.DataFrame]
    given: frozenset[str]
    sheets: tuple[Sheet, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def __getitem__(self, table_id: str) -> pl.DataFrame:
        """Return a table's frame by its id."""
        return self.tables[table_id]

    def __repr__(self) -> str:
        """Show sizes only; a representation never leaks a person."""
        sizes = ", ".join(
            f"{t.id}={self.tables[t.id].height}" for t in TABLES if t.id in self.given
        )
        return f"Roster({sizes})"


def empty_table(table_id: str) -> pl.DataFrame:
    """Return a table without rows, with its declared schema."""
    return pl.DataFrame(schema=BY_ID[table_id].schema)


def roster_of(
    frames: Mapping[str, pl.DataFrame],
    *,
    sheets: tuple[Sheet, ...] = (),
    warnings: tuple[Problem, ...] = (),
) -> Roster:
    """Make a roster from frames that already hold typed columns.

    Columns that a frame lacks become null; a date column without its precision column is taken
    as exact to the day. Tables not in ``frames`` are empty and not *given*.

    Raises
    ------
    KeyError
        If a frame's id is no table, or a frame has a column that its table lacks.
    """
    tables = {table.id: empty_table(table.id) for table in TABLES}
    for table_id, frame in frames.items():
        tables[table_id] = _completed(table_id, frame)
    return Roster(MappingProxyType(tables), frozenset(frames), sheets, warnings)


def _completed(table_id: str, frame: pl.DataFrame) -> pl.DataFrame:
    table = BY_ID[table_id]
    unknown = set(frame.columns) - set(table.schema)
    if unknown:
        raise KeyError(f"{table_id} has no columns {sorted(unknown)}")
    dates = [c for c in table.columns if c.is_date and c.precision_id not in frame.columns]
    frame = frame.with_columns(
        pl.when(pl.col(c.id).is_not_null()).then(pl.lit("day")).alias(c.precision_id)
        for c in dates
        if c.id in frame.columns
    )
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in table.schema.items()
    )
