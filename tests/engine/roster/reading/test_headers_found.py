"""Headers are found by name and alias, in any order, under titles and merged cells."""

from pathlib import Path

import pytest
import xlsxwriter

from junheng.engine.roster.reading import examine
from junheng.engine.roster.reading.headers import known_headers
from junheng.engine.roster.tables import TABLES
from junheng.errors import Severity
from tests.engine.roster.officers_files import (
    HILLTOP,
    LIN,
    RIVERSIDE,
    ZHAO,
    Cells,
    cell_of,
    codes,
    only,
    person_reading,
    reading_of,
    rows_of,
    write_xlsx,
)


@pytest.mark.parametrize(
    "header",
    [
        "姓名",
        "教师姓名",
        "姓 名",
        "姓名（与身份证一致）",
        "*姓名(必填)",
        "姓\n名",
        "person_name",
    ],
)
def test_a_header_is_known_by_name_alias_and_with_instructions(
    tmp_path: Path, header: str
) -> None:
    person = {"人员编号": "P1", header: "林静", "工作单位编号": "S1"}

    reading = person_reading(tmp_path, person)

    assert reading.frames["persons"]["person_name"].to_list() == ["林静"]
    assert reading.problems == ()


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, dict(reversed(LIN.items())))

    assert reading.frames["persons"]["person_id"].to_list() == ["P1"]
    assert reading.problems == ()


def test_a_missing_required_header_names_what_it_may_be_called(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, {"人员编号": "P1", "姓名": "林静", "性别": "女"})

    problem = only(reading, "roster.header-missing")
    assert problem.values["expected"] == "工作单位编号"
    assert cell_of(problem) == "1"
    assert reading.roster is None


def test_a_renamed_header_offers_the_nearest_and_points_at_its_cell(tmp_path: Path) -> None:
    person = {"人员编号": "P1", "姓名": "林静", "工作单位编码": "S1"}

    reading = person_reading(tmp_path, person)

    renamed = only(reading, "roster.header-renamed")
    assert (cell_of(renamed), renamed.values["nearest"]) == ("C1", "工作单位编号")
    assert cell_of(only(reading, "roster.header-missing")) == "C1"


def test_a_header_like_no_other_is_only_a_warning(tmp_path: Path) -> None:
    problem = only(person_reading(tmp_path, LIN | {"爱吃什么": "面"}), "roster.header-unknown")

    assert (cell_of(problem), problem.severity) == ("D1", Severity.WARNING)


def test_names_that_only_help_the_reader_are_passed_over(tmp_path: Path) -> None:
    row = {"序号": 1, "人员编号": "P1", "姓名": "林静", "亲属人员编号": "P2", "关系": "夫妻"}

    assert reading_of(tmp_path, 亲属=rows_of(row)).problems == ()


def test_a_doubled_header_points_at_the_second_column(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN | {"学科": "语文", "主教学科": "数学"})

    problem = only(reading, "roster.header-doubled")
    assert (cell_of(problem), problem.severity) == ("E1", Severity.ERROR)
    assert reading.frames["persons"]["subject"].to_list() == ["语文"]


def test_a_sheet_without_a_header_is_a_problem(tmp_path: Path) -> None:
    rows: list[Cells] = [["林静", "女"], ["赵刚", "男"]]

    assert (
        "人员编号"
        in only(reading_of(tmp_path, 人员=rows), "roster.no-header").values["expected"]
    )


def test_title_rows_and_a_signature_line_stand_around_the_table(tmp_path: Path) -> None:
    title: list[Cells] = [["某县教职工名册"], ["填报单位：河畔小学", "", "2026年8月"], []]
    footer: list[Cells] = [[], ["填表人：            审核人："]]
    persons = [*title, *rows_of(LIN, ZHAO), *footer]

    reading = reading_of(tmp_path, 单位=rows_of(RIVERSIDE), 人员=persons)

    assert reading.frames["persons"]["row"].to_list() == [5, 6]
    assert cell_of(only(reading, "roster.footer-ignored")) == "8"
    assert [problem.is_error for problem in reading.problems] == [False]


def test_a_complete_row_is_no_footer_however_it_begins(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN, ZHAO | {"人员编号": "备注1"})

    assert reading.frames["persons"]["person_id"].to_list() == ["P1", "备注1"]
    assert reading.problems == ()


def test_a_table_that_does_not_begin_in_the_first_cell_keeps_its_addresses(
    tmp_path: Path,
) -> None:
    person = LIN | {"性别": "ABC"}
    shifted: list[Cells] = [[], [], *(["", "", *row] for row in rows_of(person))]

    assert cell_of(only(reading_of(tmp_path, 人员=shifted), "roster.unknown-code")) == "F4"


def _merged_header(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("人员")
        sheet.merge_range("A1:E1", "某县教职工名册")
        for letter, header in {"A": "人员编号", "B": "姓名", "C": "工作单位编号"}.items():
            sheet.merge_range(f"{letter}2:{letter}3", header)
        sheet.merge_range("D2:E2", "聘任情况")
        sheet.write_row("D3", ["职称", "职称聘任时间"])
        sheet.write_row("A4", ["P1", "林静", "S1", "一级教师", "2019-09"])
    return path


def test_a_header_over_two_merged_rows_is_read_as_one(tmp_path: Path) -> None:
    reading = examine(_merged_header(tmp_path / "roster.xlsx"))

    row = reading.frames["persons"].row(0, named=True)
    assert (row["person_id"], row["title"], row["row"]) == ("P1", "一级教师", 4)
    assert reading.sheets[0].header_row == 3
    assert reading.problems == ()


def test_cells_merged_over_rows_count_for_each_row_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("人员")
        sheet.write_row("A1", ["人员编号", "姓名", "工作单位编号"])
        sheet.write_column("A2", ["P1", "P2"])
        sheet.write_column("B2", ["林静", "赵刚"])
        sheet.merge_range("C2:C3", "S1")

    reading = examine(path)

    problem = only(reading, "roster.merged-cells")
    assert (cell_of(problem), problem.values["found"]) == ("C2", "C2:C3")
    assert reading.frames["persons"]["unit_id"].to_list() == ["S1", "S1"]


def test_blank_rows_between_and_after_are_passed_over(tmp_path: Path) -> None:
    header, lin, zhao = rows_of(LIN, ZHAO)

    reading = reading_of(tmp_path, 人员=[header, lin, [], zhao, ["", " "]])

    assert reading.frames["persons"]["row"].to_list() == [2, 4]


def test_sheets_are_found_by_chinese_name_or_table_id(tmp_path: Path) -> None:
    sheets = {"units": rows_of(RIVERSIDE), "人员表（2026）": rows_of(LIN)}

    reading = examine(write_xlsx(tmp_path / "roster.xlsx", sheets))

    assert [sheet.table for sheet in reading.sheets] == ["units", "persons"]


def test_a_misspelt_sheet_offers_the_nearest_name(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, 单位=rows_of(RIVERSIDE), 任职经厉=[["甲"]], 说明=[["乙"]])

    assert only(reading, "roster.unknown-sheet-near").values["nearest"] == "任职经历"
    assert codes(reading) == ["roster.unknown-sheet-near"]


def test_a_single_sheet_of_another_name_is_known_by_its_headers(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, Sheet1=rows_of(LIN, ZHAO))

    assert [sheet.table for sheet in reading.sheets] == ["persons"]


def test_a_workbook_without_a_known_sheet_is_a_problem(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, 甲=[["一"]], 乙=[["二"]])

    assert only(reading, "roster.no-known-sheet").is_error
    assert reading.roster is None


def test_a_table_that_is_not_there_is_not_given(tmp_path: Path) -> None:
    roster = reading_of(tmp_path, 单位=rows_of(RIVERSIDE, HILLTOP)).roster

    assert roster is not None
    assert roster.given == {"units"}
    assert roster["persons"].is_empty()


def test_no_header_means_two_columns_of_one_table() -> None:
    for table in TABLES:
        named = [(each, c.id) for c in table.columns for each in (c.header, *c.aliases)]
        assert len({header for header, _ in named}) == len(named), table.id
        assert {c.id for c in known_headers(table.id).values()} == {c.id for c in table.columns}
