"""Templates are empty forms; unit workbooks together are the roster."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from junheng.engine.codes import UNIT_KIND
from junheng.engine.roster.changes import compare
from junheng.engine.roster.columns import Kind
from junheng.engine.roster.layout import CODES_SHEET, GUIDE_SHEET
from junheng.engine.roster.reading import examine, read_roster
from junheng.engine.roster.tables import BY_ID, TABLES
from junheng.engine.roster.templates import OFFICE_FILE, write_template, write_unit_workbooks
from junheng.engine.roster.writing import write_workbook
from tests.engine.roster.small_rosters import ID_NUMBER, frames, small_roster


def _letters(sheet: Worksheet, header: str) -> str:
    cell = next(cell for cell in sheet[1] if str(cell.value).startswith(header))
    return get_column_letter(cell.column or 0)


@pytest.fixture
def template(tmp_path: Path) -> openpyxl.Workbook:
    write_template(tmp_path / "空白.xlsx")
    return openpyxl.load_workbook(tmp_path / "空白.xlsx")


def test_template_has_guide_tables_and_hidden_codes_in_order(
    template: openpyxl.Workbook,
) -> None:
    expected = [GUIDE_SHEET, *(table.sheet for table in TABLES), CODES_SHEET]
    assert template.sheetnames == expected
    assert template[CODES_SHEET].sheet_state == "hidden"


def test_template_drop_down_lists_every_word_of_a_long_list(
    template: openpyxl.Workbook,
) -> None:
    sheet = template[BY_ID["units"].sheet]
    letters = _letters(sheet, "单位类别")
    (rule,) = [
        each
        for each in sheet.data_validations.dataValidation
        if str(each.sqref).startswith(f"{letters}2:")
    ]
    source = template[CODES_SHEET][rule.formula1.partition("!")[2].replace("$", "")]
    assert tuple(row[0].value for row in source) == UNIT_KIND.codes


@pytest.mark.parametrize("kind", [Kind.ID, Kind.ID_NUMBER, Kind.DATE, Kind.UNTIL])
def test_template_keeps_ids_and_dates_as_text(template: openpyxl.Workbook, kind: Kind) -> None:
    for table in TABLES:
        formats = {
            index: dimension.number_format
            for dimension in template[table.sheet].column_dimensions.values()
            for index in range(dimension.min or 0, (dimension.max or 0) + 1)
        }
        columns = [i for i, c in enumerate(table.columns, start=1) if c.kind is kind]
        assert [formats[index] for index in columns] == ["@"] * len(columns), table.id


def test_template_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx")
    write_template(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_template_headers_are_all_understood_by_the_reading(tmp_path: Path) -> None:
    write_template(tmp_path / "空白.xlsx")
    reading = examine(tmp_path / "空白.xlsx")
    assert [problem.code for problem in reading.problems if "header" in problem.code] == []
    assert {each.table for each in reading.sheets} == {table.id for table in TABLES}


def test_unit_workbooks_read_back_together_give_the_same_roster(tmp_path: Path) -> None:
    roster = small_roster()
    write_unit_workbooks(roster, tmp_path / "units")
    again = read_roster(tmp_path / "units")
    assert compare(roster, again).changes == ()


def test_unit_workbook_holds_only_its_own_rows_with_id_numbers(tmp_path: Path) -> None:
    files = write_unit_workbooks(small_roster(), tmp_path)
    sheet = openpyxl.load_workbook(files[0])["人员"]
    ids = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    numbers = _letters(sheet, "身份证号")
    assert ids == ["0001", "0002"]
    assert sheet[f"{numbers}2"].value == ID_NUMBER


def test_unit_workbooks_keep_the_bureaus_decisions_out_of_schools(tmp_path: Path) -> None:
    files = write_unit_workbooks(small_roster(), tmp_path)
    with_decisions = [
        file.name for file in files if "决定" in openpyxl.load_workbook(file).sheetnames
    ]
    assert with_decisions == [OFFICE_FILE]


def test_unit_workbook_names_are_safe_and_unique(tmp_path: Path) -> None:
    units = pl.DataFrame(
        {"unit_id": ["1/", "1:", "CON", "Z"], "unit_name": ["b?", "B*", None, "名" * 90]}
    )
    persons = frames()["persons"].with_columns(unit_id=pl.lit("Z"))
    roster = small_roster(units=units, persons=persons)
    names = [file.name for file in write_unit_workbooks(roster, tmp_path)]
    assert names[:4] == [
        "1_ b_.xlsx",
        "1_ B_(2).xlsx",
        "单位 CON.xlsx",
        f"Z {'名' * 58}.xlsx",
    ]


def test_unit_workbook_has_a_line_to_sign_above_the_declarations(tmp_path: Path) -> None:
    files = write_unit_workbooks(small_roster(), tmp_path)
    line = openpyxl.load_workbook(files[0])["填报确认"]["A2"].value
    assert all(word in line for word in ("=城关/小学", "填表人", "填表时间", "盖章"))


def test_own_workbook_and_unit_workbooks_agree_on_hostile_text(tmp_path: Path) -> None:
    roster = small_roster()
    write_workbook(roster, tmp_path / "own.xlsx", on=date(2026, 8, 31))
    write_unit_workbooks(roster, tmp_path / "units")
    own, units = read_roster(tmp_path / "own.xlsx"), read_roster(tmp_path / "units")
    assert compare(own, units).changes == ()
