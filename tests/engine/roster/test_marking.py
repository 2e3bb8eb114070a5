"""The marked copy is the officer's own file with its problems in it."""

import csv
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlwt
from odfdo import Cell, Document, Row, Table
from openpyxl.styles import Font

from junheng.engine.roster.layout import PROBLEMS_SHEET
from junheng.engine.roster.marking import write_marked_copies, write_marked_copy
from junheng.engine.roster.reading import examine
from junheng.engine.roster.writing import write_workbook
from junheng.errors import Problem, Severity, SheetPlace
from junheng.messages import word
from tests.engine.roster.foreign_rows import district_row, write_district
from tests.engine.roster.small_rosters import small_roster

ROWS = [
    ["人员编号", "姓名", "出生日期"],
    ["0001", "=甲", "昨天"],
    ["0002", "𬀩·买买提", "1990-03"],
]


def _problem(file: str, sheet: str, cell: str, *rows: int, error: bool = True) -> Problem:
    severity = Severity.ERROR if error else Severity.WARNING
    place = SheetPlace(file, sheet, cell, rows)
    return Problem("forms.exchange-without-start", severity, place, {"kind": "支教"})


def _write_csv(path: Path) -> None:
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows(ROWS)


def _write_xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("人员")
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    book.save(str(path))


def _write_ods(path: Path) -> None:
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("人员")
    for row in ROWS:
        line = Row()
        for value in row:
            line.append_cell(Cell(value))
        table.append_row(line)
    document.body.append(table)
    document.save(path)


def _write_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("人员")
    for r, row in enumerate(ROWS, start=1):
        for c, value in enumerate(row, start=1):
            sheet.cell(r, c, value).data_type = "s"
    sheet["D2"], sheet["E1"] = "=1+1", "备注"
    sheet["E1"].font = Font(bold=True)
    book.save(path)


def _write(path: Path) -> None:
    writers = {".csv": _write_csv, ".xls": _write_xls, ".ods": _write_ods, ".xlsx": _write_xlsx}
    writers[path.suffix](path)


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods", ".csv"])
def test_marked_copy_keeps_the_cells_of_every_file_type(tmp_path: Path, ending: str) -> None:
    source, target = tmp_path / f"人员{ending}", tmp_path / "标注.xlsx"
    _write(source)
    write_marked_copy(source, [], target)
    sheet = openpyxl.load_workbook(target)["人员"]
    cells = [list(row) for row in sheet.iter_rows(max_col=3, values_only=True)]
    assert cells == ROWS
    assert sheet["B2"].data_type == "s"


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods", ".csv"])
def test_marked_copy_colours_and_comments_the_cell_in_every_file_type(
    tmp_path: Path, ending: str
) -> None:
    source, target = tmp_path / f"人员{ending}", tmp_path / "标注.xlsx"
    _write(source)
    name = "" if ending == ".csv" else "人员"
    problem = _problem(source.name, name, "C2")
    write_marked_copy(source, [problem], target)
    sheet = openpyxl.load_workbook(target)["人员"]
    wording = word(problem)
    assert sheet["C2"].fill.start_color.rgb == "00FFC7CE"
    assert sheet["C2"].comment.text == (
        f"{wording.title}\n现状：{wording.found}\n要求：{wording.expected}\n处理：{wording.remedy}"
    )
    assert sheet["C3"].fill.fill_type is None


def test_marked_copy_lists_errors_first_with_links(tmp_path: Path) -> None:
    source, target = tmp_path / "人员.xlsx", tmp_path / "标注.xlsx"
    _write(source)
    warning = _problem(source.name, "人员", "C3", error=False)
    error = _problem(source.name, "人员", "C2")
    write_marked_copy(source, [warning, error], target)
    book = openpyxl.load_workbook(target)
    sheet = book[PROBLEMS_SHEET]
    rows = [row[:4] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert book.sheetnames[0] == PROBLEMS_SHEET
    assert rows == [(1, "错误", "人员", "C2"), (2, "提醒", "人员", "C3")]
    assert sheet["D3"].hyperlink.location == "'人员'!C2"


def test_marked_copy_keeps_formulas_and_formats_of_an_xlsx(tmp_path: Path) -> None:
    source, target = tmp_path / "人员.xlsx", tmp_path / "标注.xlsx"
    _write(source)
    write_marked_copy(source, [], target)
    sheet = openpyxl.load_workbook(target)["人员"]
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=1+1", "f")
    assert sheet["E1"].font.bold


def test_marked_copy_colours_all_rows_of_one_problem_and_names_them(tmp_path: Path) -> None:
    source, target = tmp_path / "人员.xlsx", tmp_path / "标注.xlsx"
    _write(source)
    write_marked_copy(source, [_problem(source.name, "人员", "C2", 3)], target)
    book = openpyxl.load_workbook(target)
    assert book["人员"]["C3"].fill.start_color.rgb == "00FFC7CE"
    assert book[PROBLEMS_SHEET]["F3"].value.endswith("（同类问题还在第 3 行）")


def test_marked_copy_of_a_merged_cell_marks_the_cell_that_is_shown(tmp_path: Path) -> None:
    source, target = tmp_path / "人员.xlsx", tmp_path / "标注.xlsx"
    _write(source)
    book = openpyxl.load_workbook(source)
    book["人员"].merge_cells("B5:C6")
    book.save(source)
    write_marked_copy(source, [_problem(source.name, "人员", "C6")], target)
    assert openpyxl.load_workbook(target)["人员"]["B5"].comment is not None


def test_marked_copy_leaves_out_problems_of_other_files(tmp_path: Path) -> None:
    source, target = tmp_path / "人员.xlsx", tmp_path / "标注.xlsx"
    _write(source)
    write_marked_copy(source, [_problem("别的.xlsx", "人员", "C2")], target)
    assert openpyxl.load_workbook(target)[PROBLEMS_SHEET].max_row == 2


def test_marked_copy_can_be_marked_again(tmp_path: Path) -> None:
    source, once, twice = (tmp_path / f"{n}.xlsx" for n in ("人员", "一", "二"))
    _write(source)
    write_marked_copy(source, [_problem(source.name, "人员", "C2")], once)
    write_marked_copy(once, [_problem(once.name, "人员", "C3")], twice)
    book = openpyxl.load_workbook(twice)
    assert book.sheetnames == [PROBLEMS_SHEET, "人员"]
    assert book[PROBLEMS_SHEET].max_row == 3


def test_marked_copy_of_an_unreadable_file_is_the_list_alone(tmp_path: Path) -> None:
    source, target = tmp_path / "坏.xlsx", tmp_path / "标注.xlsx"
    source.write_bytes(b"PK\x03\x04 no workbook")
    write_marked_copy(source, examine(source).problems, target)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == [PROBLEMS_SHEET]
    assert book[PROBLEMS_SHEET].max_row == 3


def test_marked_copy_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    source = tmp_path / "人员.xlsx"
    _write(source)
    targets = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for target in targets:
        write_marked_copy(source, [_problem(source.name, "人员", "C2")], target)
    assert targets[0].read_bytes() == targets[1].read_bytes()
    modified = openpyxl.load_workbook(targets[0]).properties.modified
    assert modified == datetime(2000, 1, 1, tzinfo=modified.tzinfo)


def test_marked_copy_of_our_own_form_adds_no_columns(tmp_path: Path) -> None:
    source, target = tmp_path / "花名册.xlsx", tmp_path / "标注.xlsx"
    write_workbook(small_roster(), source, on=date(2026, 8, 31))
    book = openpyxl.load_workbook(source)
    book["人员"]["J2"] = "\uff35\uff11"  # full width; read as U1
    book.save(source)
    write_marked_copy(source, [], target, reading=examine(source))
    before, after = (openpyxl.load_workbook(path)["人员"] for path in (source, target))
    assert after.dimensions == before.dimensions


def test_marked_copies_of_a_folder_are_those_of_files_with_problems(tmp_path: Path) -> None:
    folder, copies = tmp_path / "表", tmp_path / "标注"
    folder.mkdir()
    _write_csv(folder / "人员.csv")
    (folder / "单位.csv").write_text("单位编号,单位名称\nU9,九校\n", encoding="utf-8")
    written = write_marked_copies(folder, examine(folder), copies)
    assert written == (copies / "人员（标注）.xlsx",)


def test_marked_copy_is_written_for_assigned_ids_though_nothing_is_wrong(
    tmp_path: Path,
) -> None:
    source = tmp_path / "区表.xlsx"
    write_district(source, [district_row(支教单位全称="无")])
    reading = examine(source)
    (copy,) = write_marked_copies(source, reading, tmp_path / "标注")
    assert reading.problems == ()
    assert openpyxl.load_workbook(copy)["数据表"]["BU2"].value == "T0001"


def test_no_marked_copy_is_written_where_there_is_nothing_to_mark(tmp_path: Path) -> None:
    source = tmp_path / "花名册.xlsx"
    write_workbook(small_roster(), source, on=date(2026, 8, 31))
    assert write_marked_copies(source, examine(source), tmp_path / "标注") == ()
    assert not (tmp_path / "标注").exists()
