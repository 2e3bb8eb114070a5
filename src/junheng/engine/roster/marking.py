"""The officer's own file with its problems marked (标注副本), always as .xlsx."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from junheng.engine.roster.layout import PROBLEMS_SHEET
from junheng.engine.roster.names import plain_word
from junheng.engine.roster.reading import Reading
from junheng.engine.roster.reading.workbooks import RawSheet, open_sheets
from junheng.errors import Problem, Severity, SheetPlace
from junheng.messages import Wording, sentence, word

_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_FILLS = {
    Severity.ERROR: PatternFill("solid", start_color="FFC7CE"),
    Severity.WARNING: PatternFill("solid", start_color="FFEB9C"),
}
_HEADER = PatternFill("solid", start_color="E8EEF4")
_ADDRESS = re.compile(r"([A-Z]*)([0-9]*)")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_COMMENTED_ROWS = 200  # further rows of one problem are coloured; the list counts them all
_LISTED_ROWS = 30
_WIDTHS = (6, 7, 14, 9, 26, 36, 34, 42)
_LINE_POINTS = 15
_COMMENT_WIDTH, _COMMENT_HEIGHT = 320, 150  # pixels


@dataclass(frozen=True, slots=True)
class _Mark:
    """One problem, where it stands in the workbook, and its wording."""

    problem: Problem
    place: SheetPlace
    wording: Wording


def write_marked_copies(source: Path, reading: Reading, folder: Path) -> tuple[Path, ...]:
    """Write a marked copy of each file that has problems or was assigned ids.

    Parameters
    ----------
    source : the file, or the folder of files, that was examined
    reading : what examining it gave
    folder : where the copies go, named …（标注）.xlsx; made if there is something to write

    Returns
    -------
    tuple[Path, ...]
        The copies, by name of the original.
    """
    files = sorted(source.iterdir()) if source.is_dir() else [source]
    written: list[Path] = []
    for file in files:
        if not file.is_file() or not _has_marks(file, reading):
            continue
        target = folder / f"{file.stem}（标注）.xlsx"
        if target in written:
            target = folder / f"{file.name}（标注）.xlsx"
        folder.mkdir(parents=True, exist_ok=True)
        write_marked_copy(file, reading.problems, target, reading=reading)
        written.append(target)
    return tuple(written)


def write_marked_copy(
    source: Path, problems: Iterable[Problem], target: Path, *, reading: Reading | None = None
) -> None:
    """Write a copy of the officer's file with its problems marked.

    An xlsx or xlsm keeps its sheets, formats and formulas (macros, pictures and charts are
    lost); of xls, ods and csv the values are written. Cells with problems are coloured and
    carry a comment; the first sheet, 问题清单, lists all problems with a link to each cell.
    A file that cannot be opened safely gives the list alone.

    Parameters
    ----------
    source : one file; of a folder, each file has its own copy
    problems : those placed in other files are left out
    target : the .xlsx to write
    reading : what was read, errors or not; ids that were assigned because the form had none
        are written into added columns 人员编号 and 单位编号 and read from there the next time
    """
    book = _opened(source)
    if PROBLEMS_SHEET in book.sheetnames:
        del book[PROBLEMS_SHEET]
    marks = [
        _Mark(problem, problem.place, word(problem))
        for problem in problems
        if isinstance(problem.place, SheetPlace) and problem.place.file in ("", source.name)
    ]
    only = book.sheetnames[0] if len(book.sheetnames) == 1 else ""
    by_sheet: dict[str, list[_Mark]] = defaultdict(list)
    for mark in marks:
        by_sheet[mark.place.sheet or only].append(mark)
    if reading is not None and "persons" in reading.frames:
        _write_assigned(book, source, reading, only)
    for name in book.sheetnames:
        _mark_sheet(book[name], by_sheet.get(name, ()))
    _list_problems(book, marks, only)
    _save(book, target)


def _has_marks(file: Path, reading: Reading) -> bool:
    places = (problem.place for problem in reading.problems)
    persons = (e for e in reading.sheets if e.path == file and e.table == "persons")
    return any(isinstance(p, SheetPlace) and p.file == file.name for p in places) or any(
        not each.sheet.letters.get("person_id") for each in persons
    )


def _opened(source: Path) -> Workbook:
    """Open the file with openpyxl where that is safe, else rewrite its values."""
    opened = open_sheets(source)
    if source.suffix.lower() in (".xlsx", ".xlsm") and opened.sheets:
        return load_workbook(source, rich_text=True)
    book = Workbook()
    first = book.active
    for raw in opened.sheets:
        _rewrite(book.create_sheet(_sheet_title(raw.name)), raw)
    if first is not None and len(book.sheetnames) > 1:
        book.remove(first)
    elif first is not None:
        first.title = PROBLEMS_SHEET
    return book


def _save(book: Workbook, target: Path) -> None:
    """Save so that the same contents give the same bytes: no time of day goes in."""
    book.properties.created = _MADE
    written = io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as archive, zipfile.ZipFile(target, "w") as frozen:
        for part in archive.infolist():
            content = archive.read(part)
            if part.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", content)
            entry = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            frozen.writestr(entry, content, zipfile.ZIP_DEFLATED)


def _sheet_title(name: str) -> str:
    return re.sub(r"[\\/*?:\[\]]", "_", name)[:31] or "Sheet"


def _rewrite(sheet: Worksheet, raw: RawSheet) -> None:
    for number, row in enumerate(raw.rows, start=raw.first_row):
        for index, value in enumerate(row, start=raw.first_column):
            if value not in ("", None):
                _set(sheet.cell(number, index), value)


def _set(cell: Cell | MergedCell, value: object) -> None:
    """Write a value; text is text whatever it begins with."""
    if isinstance(cell, MergedCell):
        return
    if not isinstance(value, str):
        cell.value = value if isinstance(value, bool | int | float | date) else str(value)
        return
    try:
        cell.value = value
    except IllegalCharacterError:
        cell.value = _UNPRINTABLE.sub("", value)
    cell.data_type = "s"
    cell.number_format = "@"


def _mark_sheet(sheet: Worksheet, marks: Sequence[_Mark]) -> None:
    comments: dict[str, list[str]] = defaultdict(list)
    severities: dict[str, Severity] = {}
    for mark in marks:
        for number, address in enumerate(_addresses(sheet, mark.place)):
            worse = mark.problem.is_error or address not in severities
            severities[address] = mark.problem.severity if worse else severities[address]
            if number < _COMMENTED_ROWS:
                comments[address].append(_comment_text(mark.wording))
    for address, severity in severities.items():
        cell = sheet[address]
        cell.fill = _FILLS[severity]
        if address in comments:
            earlier = [cell.comment.text] if cell.comment is not None else []
            text = "\n\n".join([*comments[address], *earlier])
            cell.comment = Comment(
                text, PROBLEMS_SHEET, height=_COMMENT_HEIGHT, width=_COMMENT_WIDTH
            )


def _addresses(sheet: Worksheet, place: SheetPlace) -> list[str]:
    """Return the cells of a place; of merged cells the one that is shown."""
    found = _ADDRESS.fullmatch(place.cell)
    if found is None or not place.cell:
        return []
    letters, row = found[1] or "A", found[2] or "1"
    addresses = [f"{letters}{number}" for number in (int(row), *place.rows)]
    return [_shown(sheet, address) for address in addresses]


def _shown(sheet: Worksheet, address: str) -> str:
    if not isinstance(sheet[address], MergedCell):
        return address
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            return str(merged.start_cell.coordinate)
    return address


def _comment_text(wording: Wording) -> str:
    lines = [wording.title]
    for label, part in (
        ("forms.found", wording.found),
        ("forms.expected", wording.expected),
        ("forms.remedy", wording.remedy),
    ):
        if part:
            lines.append(sentence(label, text=part))
    return "\n".join(lines)


def _list_problems(book: Workbook, marks: Sequence[_Mark], only: str) -> None:
    """Write the first sheet: errors first, then warnings, each with a link to its cell."""
    if book.sheetnames == [PROBLEMS_SHEET]:
        sheet = book[PROBLEMS_SHEET]
    else:
        sheet = book.create_sheet(PROBLEMS_SHEET, 0)
    errors = sum(mark.problem.is_error for mark in marks)
    counted = sentence("forms.problems-counted", errors=errors, warnings=len(marks) - errors)
    _set(sheet.cell(1, 1), counted)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for index, header in enumerate(sentence("forms.problem-headers").split("|"), start=1):
        cell = sheet.cell(2, index)
        _set(cell, header)
        cell.font, cell.fill = Font(bold=True), _HEADER
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS[index - 1]
    ordered = sorted(marks, key=lambda mark: not mark.problem.is_error)
    for number, mark in enumerate(ordered, start=1):
        _list_problem(sheet, number, mark, mark.place.sheet or only)
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:H{len(marks) + 2}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "2:2"
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet


def _list_problem(sheet: Worksheet, number: int, mark: _Mark, name: str) -> None:
    wording, place = mark.wording, mark.place
    found = wording.found + _further_rows(place.rows)
    level = sentence(f"forms.{mark.problem.severity.value}")
    texts = (level, name, place.cell, wording.title, found, wording.expected, wording.remedy)
    sheet.cell(number + 2, 1).value = number
    sheet.cell(number + 2, 1).alignment = Alignment(vertical="top")
    for index, text in enumerate(texts, start=2):
        cell = sheet.cell(number + 2, index)
        _set(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    # Not every office program fits rows to wrapped text by itself.
    lines = max(map(_lines, texts, _WIDTHS[1:]))
    sheet.row_dimensions[number + 2].height = _LINE_POINTS * lines
    sheet.cell(number + 2, 2).fill = _FILLS[mark.problem.severity]
    if place.cell and name:
        address = place.cell if place.cell[-1].isdigit() else f"{place.cell}1"
        address = address if address[0].isalpha() else f"A{address}"
        quoted = name.replace("'", "''")
        link = sheet.cell(number + 2, 4)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{address}")
        link.font = Font(color="0563C1", underline="single")


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; a Han character is two signs wide."""
    signs = sum(1 if sign.isascii() else 2 for sign in text)
    return max(1, -(-signs // (width - 2)))


def _further_rows(rows: Sequence[int]) -> str:
    if not rows:
        return ""
    listed = "、".join(str(row) for row in rows[:_LISTED_ROWS])
    code = "forms.further-rows" if len(rows) <= _LISTED_ROWS else "forms.many-further-rows"
    return sentence(code, rows=listed, count=len(rows))


def _write_assigned(book: Workbook, source: Path, reading: Reading, only: str) -> None:
    """Write assigned ids of persons, and of their units where the form holds names."""
    persons = reading.frames["persons"]
    for index, each in enumerate(reading.sheets):
        name = each.sheet.sheet or only
        if each.path != source or each.table != "persons" or name not in book.sheetnames:
            continue
        here = persons.filter(pl.col("source") == index)
        sheet, letters = book[name], each.sheet.letters
        if "person_id" in here.columns and not letters.get("person_id"):
            ids = dict(here.select("row", "person_id").drop_nulls().iter_rows())
            _add_column(sheet, each.header_row, "人员编号", ids)
        units = dict(here.select("row", "unit_id").drop_nulls().iter_rows())
        if _holds_names(sheet, letters.get("unit_id", ""), units):
            _add_column(sheet, each.header_row, "单位编号", units)


def _holds_names(sheet: Worksheet, letters: str, units: Mapping[int, str]) -> bool:
    """Say whether no row has the unit's id in its cell, as where the form asks for names."""
    return not letters or not any(
        plain_word(str(sheet[f"{letters}{row}"].value)) == plain_word(unit)
        for row, unit in units.items()
    )


def _add_column(sheet: Worksheet, head: int, header: str, ids: Mapping[int, str]) -> None:
    """Add a column after the last; into the existing one where the header is there."""
    index = sheet.max_column + 1
    for number in range(1, sheet.max_column + 1):
        if plain_word(str(sheet.cell(head, number).value or "")) == header:
            index = number
    _set(sheet.cell(head, index), header)
    sheet.cell(head, index).fill = _HEADER
    for row, assigned in ids.items():
        _set(sheet.cell(row, index), assigned)
