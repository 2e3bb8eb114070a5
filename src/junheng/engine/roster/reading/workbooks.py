"""Opening files: a workbook, a CSV file, or a folder of them, as plain sheets of cells."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import ParseError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from junheng.engine.roster.reading.containers import (
    DAMAGE,
    contents,
    damaged,
    type_problem,
    zip_problem,
)
from junheng.engine.roster.reading.extents import (
    COLUMN_LIMIT,
    ROW_LIMIT,
    Look,
    letters_of,
    look_into_xlsx,
)
from junheng.engine.roster.reading.legacy import legacy_sheets
from junheng.engine.roster.reading.open_documents import look_into_ods
from junheng.errors import Problem, Severity, SheetPlace

Row = Sequence[object]
Span = tuple[tuple[int, int], tuple[int, int]]

_READABLE = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
_DELIMITERS = ",\t;，"


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The cells of one sheet as they were found.

    Attributes
    ----------
    path : the file
    name : name of the sheet; for a CSV file the file name without its ending
    rows : cells row by row, all of one length; an empty cell is ``""``
    first_row : number of the first of ``rows``, from 1
    first_column : position of the first cell of a row, from 1
    merged : merged ranges as ((row, column), (row, column)), counted from 0 in the sheet
    is_csv : whether the file is text without sheets
    is_hidden : whether the officer does not see the sheet
    letters : column letters by index, where the cells were rearranged from another form
    """

    path: Path
    name: str
    rows: Sequence[Row] = field(repr=False)
    first_row: int = 1
    first_column: int = 1
    merged: tuple[Span, ...] = ()
    is_csv: bool = False
    is_hidden: bool = False
    letters: tuple[str, ...] = ()

    def letter(self, index: int) -> str:
        """Return the column letters of a cell's index within its row."""
        return self.letters[index] if self.letters else letters_of(self.first_column + index)

    @property
    def sheet_name(self) -> str:
        """The name to point at: empty for CSV, as it has no sheets."""
        return "" if self.is_csv else self.name


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening gave: the sheets that could be read, and what was wrong."""

    sheets: tuple[RawSheet, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def open_sheets(path: Path) -> Opened:
    """Open a workbook, a CSV file or a folder of them.

    A folder's files are taken by name; files with other endings, hidden files and the lock
    files of office programs are passed over.
    """
    if not path.exists():
        return Opened((), (Problem("roster.no-such-file", place=SheetPlace(path.name)),))
    if not path.is_dir():
        return _open_file(path)
    files = [
        each
        for each in sorted(path.iterdir(), key=lambda item: item.name)
        if each.suffix.lower() in _READABLE and not each.name.startswith((".", "~$"))
    ]
    if not files:
        return Opened((), (Problem("roster.empty-folder", place=SheetPlace(path.name)),))
    opened = [_open_file(each) for each in files]
    return Opened(
        tuple(sheet for each in opened for sheet in each.sheets),
        tuple(problem for each in opened for problem in each.problems),
    )


def _open_file(path: Path) -> Opened:
    try:
        found = contents(path)
        if problem := type_problem(path, found):
            return Opened((), (problem,))
        return _OPENERS[found](path)
    except PermissionError:
        return Opened((), (Problem("roster.no-access", place=SheetPlace(path.name)),))
    except PasswordError:
        return Opened((), (Problem("roster.encrypted-file", place=SheetPlace(path.name)),))
    except (*DAMAGE, ParseError, CalamineError):
        return Opened((), (damaged(path),))
    except BaseException as error:  # a panic of the parser is no Exception
        if type(error).__name__ != "PanicException":
            raise
        return Opened((), (damaged(path),))


def _open_xlsx(path: Path) -> Opened:
    return _open_zipped(path, look_into_xlsx)


def _open_ods(path: Path) -> Opened:
    return _open_zipped(path, look_into_ods)


def _open_zipped(path: Path, look_into: Callable[[zipfile.ZipFile], dict[str, Look]]) -> Opened:
    if problem := zip_problem(path):
        return Opened((), (problem,))
    with zipfile.ZipFile(path) as archive:
        looks = look_into(archive)
        has_macros = "xl/vbaProject.bin" in archive.namelist()
    problems: list[Problem] = []
    if has_macros:
        place = SheetPlace(path.name)
        problems.append(Problem("roster.macros-ignored", Severity.WARNING, place))
    sheets = []
    with CalamineWorkbook.from_path(path) as workbook:
        for metadata in workbook.sheets_metadata:
            if metadata.typ != SheetTypeEnum.WorkSheet:
                continue
            look = looks.get(metadata.name, Look())
            hidden = metadata.visible != SheetVisibleEnum.Visible
            if hidden and not look.far_cell:
                look = Look()
            problems += _look_problems(path, metadata.name, look)
            if not look.far_cell:
                sheet = workbook.get_sheet_by_name(metadata.name)
                sheets.append(_raw(path, sheet, is_hidden=hidden))
    return Opened(tuple(sheets), tuple(problems))


def _open_xls(path: Path) -> Opened:
    problems: list[Problem] = []
    sheets = []
    for each in legacy_sheets(path):
        problems += _look_problems(path, each.name, each.look)
        if not each.look.far_cell:
            sheets.append(
                RawSheet(
                    path, each.name, each.rows, merged=each.merged, is_hidden=each.is_hidden
                )
            )
    return Opened(tuple(sheets), tuple(problems))


def _raw(path: Path, sheet: CalamineSheet, *, is_hidden: bool) -> RawSheet:
    row, column = sheet.start or (0, 0)
    return RawSheet(
        path,
        sheet.name,
        list(map(tuple, sheet.to_python())),  # tuples of atoms cost the collector nothing
        first_row=row + 1,
        first_column=column + 1,
        merged=tuple(sheet.merged_cell_ranges or ()),
        is_hidden=is_hidden,
    )


def _look_problems(path: Path, sheet: str, look: Look) -> list[Problem]:
    problems = []
    if look.far_cell:
        problems.append(_too_large(path, sheet, look.far_cell))
    problems += [
        Problem("roster.formula-cells", Severity.WARNING, SheetPlace(path.name, sheet, letter))
        for letter in sorted(look.formula_columns, key=lambda each: (len(each), each))
    ]
    if look.error_cells:
        values = {
            "cells": "、".join(look.error_cells[:10]),
            "count": str(len(look.error_cells)),
        }
        place = SheetPlace(path.name, sheet, look.error_cells[0])
        problems.append(Problem("roster.error-cells", place=place, values=values))
    return problems


def _too_large(path: Path, sheet: str, cell: str) -> Problem:
    values = {
        "found": cell,
        "row_limit": str(ROW_LIMIT),
        "column_limit": letters_of(COLUMN_LIMIT),
    }
    place = SheetPlace(path.name, sheet, cell)
    return Problem("roster.sheet-too-large", place=place, values=values)


def _open_csv(path: Path) -> Opened:
    text = _decoded(path.read_bytes())
    if text is None:
        return Opened((), (Problem("roster.unknown-encoding", place=SheetPlace(path.name)),))
    first_line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return Opened((), (damaged(path),))
    width = max(map(len, rows), default=0)
    if len(rows) > ROW_LIMIT or width > COLUMN_LIMIT:
        return Opened((), (_too_large(path, "", f"{letters_of(width)}{len(rows)}"),))
    padded = [row + [""] * (width - len(row)) for row in rows]
    return Opened((RawSheet(path, path.stem, padded, is_csv=True),), ())


def _decoded(content: bytes) -> str | None:
    """Decode by byte order mark, else as UTF-8, else as GB 18030, which contains GBK."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


_OPENERS: dict[str, Callable[[Path], Opened]] = {
    "xlsx": _open_xlsx,
    "ods": _open_ods,
    "xls": _open_xls,
    "csv": _open_csv,
}
