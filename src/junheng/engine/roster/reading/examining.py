"""Examining a roster: all that is wrong with it at once, and the roster if it is usable.

::

    files -> sheets of cells -> tables by sheet name -> typed frames -> checks -> roster
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import polars as pl

from junheng.engine.roster.checks import cross_row_problems
from junheng.engine.roster.columns import Table
from junheng.engine.roster.findings import WARNING, Fault, Findings
from junheng.engine.roster.names import plain_word, unbracketed
from junheng.engine.roster.reading.birth import births_completed
from junheng.engine.roster.reading.foreign_sheets import converted
from junheng.engine.roster.reading.framing import Framed, framed
from junheng.engine.roster.reading.headers import matches
from junheng.engine.roster.reading.supplementing import supplemented
from junheng.engine.roster.reading.workbooks import RawSheet, open_sheets
from junheng.engine.roster.roster import Roster, Sheet, roster_of
from junheng.engine.roster.tables import TABLES
from junheng.errors import Problem, RosterError, SheetPlace

_COPY = re.compile(r"\([1-9]\)$")  # what a spreadsheet program adds to the copy of a sheet
_OTHER_SHEETS = frozenset(
    {
        "说明",
        "填表说明",
        "填报说明",
        "使用说明",
        "目录",
        "代码",
        "代码表",
        "选项",
        "下拉列表信息",
        "公式表",
        "问题清单",
    }
)
"""Sheets that workbooks carry beside their tables; passed over without a word."""


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One sheet that was read as a table: what a marked copy needs to find its cells again.

    Attributes
    ----------
    path : the file
    table : id of the table
    sheet : file, sheet name and column letters, as in :attr:`Roster.sheets`
    header_row : number of the (last) header row, from 1
    rows : number of content rows read
    """

    path: Path
    table: str
    sheet: Sheet
    header_row: int
    rows: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of examining files.

    Attributes
    ----------
    roster : None when there are errors
    problems : errors and warnings, in the order of files and sheets
    sheets : the sheets read as tables; their index is the ``source`` of the frames' rows
    frames : table id -> typed rows, also when there are errors (cells in error are null)
    """

    roster: Roster | None
    problems: tuple[Problem, ...]
    sheets: tuple[SheetReading, ...] = ()
    frames: Mapping[str, pl.DataFrame] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the roster from being used."""
        return tuple(problem for problem in self.problems if problem.is_error)


def read_roster(path: Path, *, supplement: Path | None = None) -> Roster:
    """Read a roster: a workbook, a CSV file, or a folder of them named by sheet or table id.

    Parameters
    ----------
    path : the roster; in a folder, sheets of the same table are put one below the other
    supplement : a filled 待核实补充表, whose cells fill empty cells of the roster

    Returns
    -------
    Roster
        With all warnings.

    Raises
    ------
    RosterError
        With every error found, each with its cell.
    """
    reading = examine(path, supplement=supplement)
    if reading.roster is None:
        raise RosterError(reading.errors)
    return reading.roster


def examine(path: Path, *, supplement: Path | None = None) -> Reading:
    """Read a roster and report everything that is wrong, without raising.

    Parameters and order of rows as for :func:`read_roster`.
    """
    findings = Findings()
    tables = _read_tables(path, findings, partial=False)
    added = _read_tables(supplement, findings, partial=True) if supplement else _NOTHING
    sheets = tables.sheets + added.sheets
    places = tuple(each.sheet for each in sheets)
    frames = tables.stacked(first=0)
    if supplement:
        later = added.stacked(first=len(tables.sheets))
        frames = supplemented(frames, later, places, findings)
    births_completed(frames, places, findings)
    roster = roster_of(frames, sheets=places)
    problems = (
        *tables.problems,
        *added.problems,
        *findings.problems,
        *cross_row_problems(roster),
    )
    usable = not any(problem.is_error for problem in problems)
    return Reading(
        replace(roster, warnings=problems) if usable else None, problems, sheets, roster.tables
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    """Sheets read as tables, with the problems of opening them."""

    framed: tuple[tuple[str, Framed], ...] = ()
    sheets: tuple[SheetReading, ...] = ()
    problems: tuple[Problem, ...] = ()

    def stacked(self, *, first: int) -> dict[str, pl.DataFrame]:
        """Return one frame per table, with ``source`` counted from ``first``."""
        pieces: dict[str, list[pl.DataFrame]] = {}
        for source, (table_id, each) in enumerate(self.framed, first):
            frame = each.frame.with_columns(pl.lit(source, dtype=pl.UInt16).alias("source"))
            pieces.setdefault(table_id, []).append(frame)
        return {
            table_id: frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal")
            for table_id, frames in pieces.items()
        }


_NOTHING = _Tables()


def _read_tables(path: Path, findings: Findings, *, partial: bool) -> _Tables:
    opened = open_sheets(path)
    foreign = converted(opened.sheets)
    pairs = [*_with_tables(foreign.own, findings), *foreign.pairs]
    framed_sheets: list[tuple[str, Framed]] = []
    sheets = []
    for raw, table in pairs:
        read = framed(raw, table, findings, partial=partial)
        if read is not None:
            framed_sheets.append((table.id, read))
            sheets.append(
                SheetReading(raw.path, table.id, read.sheet, read.header_row, read.frame.height)
            )
    if not pairs and not any(problem.is_error for problem in opened.problems):
        values = {"expected": "、".join(table.sheet for table in TABLES)}
        findings.add(Fault("roster.no-known-sheet", values), SheetPlace(path.name))
    problems = (*opened.problems, *foreign.problems)
    return _Tables(tuple(framed_sheets), tuple(sheets), problems)


def _with_tables(
    sheets: tuple[RawSheet, ...], findings: Findings
) -> list[tuple[RawSheet, Table]]:
    """Pair each sheet with its table, by name; a sheet alone also by its headers."""
    pairs = []
    for sheet in sheets:
        table = table_named(sheet.name)
        if table is None and len(sheets) == 1:
            table = _table_by_headers(sheet)
        if table is not None:
            pairs.append((sheet, table))
        elif not sheet.is_hidden and plain_word(sheet.name) not in _OTHER_SHEETS:
            near = difflib.get_close_matches(
                unbracketed(plain_word(sheet.name)), [t.sheet for t in TABLES], n=1
            )
            code = "roster.unknown-sheet-near" if near else "roster.unknown-sheet"
            values = {"found": sheet.name, "nearest": near[0] if near else ""}
            place = SheetPlace(sheet.path.name, sheet.sheet_name)
            findings.add(Fault(code, values, WARNING), place)
    return pairs


def table_named(name: str) -> Table | None:
    """Return the table that a sheet or file name means: 人员, 人员表, persons, 人员-某校."""
    word = plain_word(name).lower()
    if _COPY.search(word):
        return None
    word = unbracketed(word)
    for part in (word, word.removesuffix("表"), *word.replace("_", "-").split("-")):
        for table in TABLES:
            if part in (table.sheet, table.id):
                return table
    return None


def _table_by_headers(sheet: RawSheet) -> Table | None:
    """Return the one table most of whose headers a sheet of another name has."""
    if not sheet.rows:
        return None
    counts = {table.id: max(matches(row, table) for row in sheet.rows[:20]) for table in TABLES}
    best = max(counts.values())
    tables = [table for table in TABLES if counts[table.id] == best]
    return tables[0] if best >= 3 and len(tables) == 1 else None
