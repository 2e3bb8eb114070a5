"""The fill-in workbook asks for what is missing and is read back into the roster."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from junheng.engine.roster.changes import compare
from junheng.engine.roster.reading import examine, read_roster
from junheng.engine.roster.supplement import MissingFact, write_supplement
from junheng.engine.roster.writing import write_workbook
from tests.engine.roster.foreign_rows import DISTRICT_ROW, district_row, write_district
from tests.engine.roster.small_rosters import small_roster

MISSING = (
    MissingFact("0003", "persons", "birth", "U2"),
    MissingFact("0002", "persons", "title", "U1"),
    MissingFact("0002", "stints", "cycle_completed", "U1"),
    MissingFact("0003", "stints", "", "U2"),
    MissingFact("0003", "honours", "", "U2"),
    MissingFact("", "units", "unit_area", "U2"),
)


def _head(sheet: Worksheet) -> int:
    rows = sheet.iter_rows(values_only=True)
    return next(n for n, row in enumerate(rows, start=1) if str(row[0])[2:4] == "编号")


def _fill(path: Path, sheet_name: str, row_id: str, cells: Mapping[str, str]) -> None:
    """Type cells under headers into the row of an id, as an officer does."""
    book = openpyxl.load_workbook(path)
    sheet = book[sheet_name]
    head = _head(sheet)
    columns = {str(c.value).partition("\n")[0]: c.column for c in sheet[head] if c.value}
    row = next(
        n for n in range(head + 1, sheet.max_row + 1) if sheet.cell(n, 1).value == row_id
    )
    for header, value in cells.items():
        sheet.cell(row, columns[header] or 0, value)
    book.save(path)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    roster = small_roster()
    write_workbook(roster, tmp_path / "花名册.xlsx", on=date(2026, 8, 31))
    write_supplement(MISSING, roster, tmp_path / "补充.xlsx")
    return tmp_path / "花名册.xlsx", tmp_path / "补充.xlsx"


def test_supplement_has_a_sheet_for_each_table_asked_about(files: tuple[Path, Path]) -> None:
    names = openpyxl.load_workbook(files[1]).sheetnames
    assert names == ["填报说明", "单位", "人员", "任职经历", "荣誉", "填报确认", "代码"]


def test_supplement_shows_person_unit_and_only_the_columns_asked_for(
    files: tuple[Path, Path],
) -> None:
    sheet = openpyxl.load_workbook(files[1])["人员"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert [str(text).partition("\n")[0] for text in header] == [
        "人员编号",
        "单位名称",
        "姓名",
        "出生日期",
        "职称",
    ]
    assert rows == [
        ("0002", "=城关/小学", "𬀩·买买提", "1990-03", None),
        ("0003", "-河湾中学?", "@甲", None, None),
    ]


def test_supplement_asks_each_unit_once_to_declare_a_table(files: tuple[Path, Path]) -> None:
    sheet = openpyxl.load_workbook(files[1])["填报确认"]
    rows = list(sheet.iter_rows(min_row=_head(sheet) + 1, max_col=3, values_only=True))
    assert rows == [("U2", "-河湾中学?", "任职经历"), ("U2", "-河湾中学?", "荣誉")]


def test_unfilled_supplement_changes_nothing(files: tuple[Path, Path]) -> None:
    own, supplement = files
    assert examine(own, supplement=supplement).problems == ()
    filled = read_roster(own, supplement=supplement)
    assert compare(read_roster(own), filled).changes == ()


def test_filled_supplement_reaches_persons_units_stints_and_declarations(
    files: tuple[Path, Path],
) -> None:
    own, supplement = files
    _fill(supplement, "人员", "0003", {"出生日期": "1985-06-02"})
    _fill(supplement, "单位", "U2", {"地域类别": "乡村"})
    _fill(supplement, "任职经历", "0002", {"完成一轮教学任务": "是"})
    _fill(supplement, "荣誉", "0003", {"荣誉称号": "骨干教师", "级别": "市级"})
    _fill(supplement, "填报确认", "U2", {"完整截至日期": "2026-08-31"})
    changes = compare(read_roster(own), read_roster(own, supplement=supplement))
    assert [(c.table_id, c.key, c.kind.value, c.after) for c in changes.changes] == [
        ("units", "U2", "changed", "乡村"),
        ("persons", "0003", "changed", "1985-06-02"),
        ("stints", "0002", "gone", ""),
        (
            "stints",
            "0002",
            "new",
            "人员编号 0002；单位编号 U1；开始时间 2016-09-01；经历类别 任教；"
            "完成一轮教学任务 是",
        ),
        ("honours", "0003", "new", "人员编号 0003；荣誉称号 骨干教师；级别 市级"),
        (
            "declarations",
            "U2",
            "new",
            "单位编号 U2；表名 任职经历；完整截至日期 2026-08-31",
        ),
    ]


def test_supplement_without_missing_facts_has_only_the_guide(tmp_path: Path) -> None:
    write_supplement((), small_roster(), tmp_path / "补充.xlsx")
    assert openpyxl.load_workbook(tmp_path / "补充.xlsx").sheetnames == ["填报说明"]


def test_supplement_is_the_same_bytes_whatever_the_order_of_facts(tmp_path: Path) -> None:
    write_supplement(MISSING, small_roster(), tmp_path / "a.xlsx")
    write_supplement(reversed(MISSING), small_roster(), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_supplement_asks_a_unit_about_its_posts(tmp_path: Path) -> None:
    posts = pl.DataFrame({"unit_id": ["U1"], "role": ["教师"], "subject": ["语文"]})
    missing = MissingFact("", "posts", "required", "U1")
    write_supplement([missing], small_roster(posts=posts), tmp_path / "补充.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "补充.xlsx")["岗位"]
    (row,) = sheet.iter_rows(min_row=2, max_col=6, values_only=True)
    assert row == ("U1", "=城关/小学", None, "语文", "教师", None)


def test_supplement_of_a_foreign_form_fits_the_ids_assigned_at_each_reading(
    tmp_path: Path,
) -> None:
    source, supplement = tmp_path / "区表.xlsx", tmp_path / "补充.xlsx"
    write_district(source, [DISTRICT_ROW, district_row(姓名="乙", 支教单位全称="无")])
    missing = [MissingFact("T0002", "appraisals", "", "U001")]
    write_supplement(missing, read_roster(source), supplement)
    cells = {"考核类别": "年度考核", "年度": "2025", "考核等次": "优秀"}
    _fill(supplement, "考核", "T0002", cells)
    roster = read_roster(source, supplement=supplement)
    assert roster["appraisals"].select("person_id", "appraisal_year", "grade").rows() == [
        ("T0002", 2025, "优秀")
    ]
    assert "appraisals" in roster.given
