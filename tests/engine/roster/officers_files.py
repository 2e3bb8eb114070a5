"""Small workbooks as officers send them, and looking up what was said about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from junheng.engine.roster.reading import Reading, examine
from junheng.errors import Problem, SheetPlace
from junheng.messages import Language, word

Cells = Sequence[object]

LIN = {"人员编号": "P1", "姓名": "林静", "工作单位编号": "S1"}
ZHAO = {"人员编号": "P2", "姓名": "赵刚", "工作单位编号": "S1"}
RIVERSIDE = {"单位编号": "S1", "单位名称": "河畔小学"}
HILLTOP = {"单位编号": "S2", "单位名称": "山顶小学"}

VALID_ID = "11010519491231002X"
"""The worked example of GB 11643: a woman born on 31 December 1949."""


def rows_of(*records: Mapping[str, object]) -> list[Cells]:
    """Lay records out as a header row and one row each; what a record lacks stays blank."""
    headers = list(dict.fromkeys(header for record in records for header in record))
    return [headers, *([record.get(header, "") for header in headers] for record in records)]


def write_xlsx(path: Path, sheets: Mapping[str, Sequence[Cells]]) -> Path:
    """Write sheets cell by cell as they are: texts as text, numbers as numbers."""
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for index, value in enumerate(row):
                    if value not in ("", None):
                        style = day if hasattr(value, "isoformat") else None
                        sheet.write(number, index, value, style)
    return path


def person_reading(folder: Path, *records: Mapping[str, object]) -> Reading:
    """Examine a workbook of persons at the units S1 and S2."""
    sheets = {"单位": rows_of(RIVERSIDE, HILLTOP), "人员": rows_of(*records)}
    return examine(write_xlsx(folder / "roster.xlsx", sheets))


def reading_of(folder: Path, **sheets: Sequence[Cells]) -> Reading:
    """Examine a workbook of these sheets."""
    return examine(write_xlsx(folder / "roster.xlsx", sheets))


def only(reading: Reading, code: str) -> Problem:
    """Return the one problem with this code, which must be worded in full in each language."""
    found = [problem for problem in reading.problems if problem.code == code]
    assert len(found) == 1, [problem.code for problem in reading.problems]
    for language in Language:
        wording = word(found[0], language)
        assert all((wording.title, wording.found, wording.expected, wording.remedy))
    return found[0]


def cell_of(problem: Problem) -> str:
    """Return the address a problem points at."""
    assert isinstance(problem.place, SheetPlace)
    return problem.place.cell


def rows_after(problem: Problem) -> tuple[int, ...]:
    """Return the further rows a problem names."""
    assert isinstance(problem.place, SheetPlace)
    return problem.place.rows


def codes(reading: Reading) -> list[str]:
    """Return the codes of all problems, in order."""
    return [problem.code for problem in reading.problems]
