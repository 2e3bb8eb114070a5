from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from junheng.engine.plans import (
    Move,
    Plan,
    examine_plan,
    plan_text,
    read_plan,
    write_plan_workbook,
)
from junheng.engine.plans.workbook import hand_made
from junheng.engine.roster.roster import Roster, roster_of
from junheng.errors import RosterError

HEAD = ("人员编号", "姓名", "原单位", "接收单位")
MOVE = Move(
    person_id="P1",
    from_unit="U1",
    to_unit="U2",
    stage="小学",
    subject="数学",
    form="exchange",
    since=date(2026, 9, 1),
    until=date(2029, 9, 1),
    relation_moved=False,
)


def _roster() -> Roster:
    person = {"unit_id": "U1", "stage": "小学", "subject": "数学"}
    persons = [
        {"person_id": "P1", "person_name": "林一"} | person,
        {"person_id": "P2", "person_name": "赵二"} | person,
        {"person_id": "P3", "person_name": "赵二"} | person | {"unit_id": "U2"},
        {"person_id": "P4", "person_name": "孙四"} | person,
        {"person_id": "P5", "person_name": "孙四"} | person,
        {"person_id": "P6", "person_name": "余六", "office_level": "正校级"} | person,
    ]
    units = [
        {"unit_id": "U1", "unit_name": "河畔小学"},
        {"unit_id": "U2", "unit_name": "山顶小学"},
        {"unit_id": "U3", "unit_name": "新城小学"},
        {"unit_id": "U4", "unit_name": "新城小学"},
    ]
    return roster_of({"persons": pl.DataFrame(persons), "units": pl.DataFrame(units)})


def _book(path: Path, rows: Sequence[Sequence[object]], sheet: str = "方案") -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("说明")
        found = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for index, cell in enumerate(row):
                found.write(number, index, cell)
    return path


def _codes(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(RosterError) as refused:
        read_plan(path, _roster())
    return [
        (p.code.removeprefix("plans."), getattr(p.place, "cell", ""))
        for p in refused.value.problems
    ]


def test_a_written_workbook_reads_back_as_the_same_moves(tmp_path: Path) -> None:
    roster = _roster()
    plan = Plan(
        receipt=hand_made(roster), moves=(MOVE, replace(MOVE, person_id="P2", until=None))
    )
    path = tmp_path / "方案.xlsx"

    write_plan_workbook(plan, roster, path)

    assert read_plan(path, roster) == plan


def test_a_workbook_is_the_same_bytes_on_every_run(tmp_path: Path) -> None:
    roster = _roster()
    plan = Plan(receipt=hand_made(roster), moves=(MOVE,))
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"

    write_plan_workbook(plan, roster, first)
    write_plan_workbook(plan, roster, second)

    assert first.read_bytes() == second.read_bytes()


def test_plan_json_and_workbook_are_read_by_the_same_function(tmp_path: Path) -> None:
    plan = Plan(receipt=hand_made(_roster()), moves=(MOVE,))
    path = tmp_path / "plan.json"
    path.write_text(plan_text(plan), encoding="utf-8")

    assert read_plan(path, _roster()) == plan


def test_persons_are_matched_by_name_and_unit_under_a_title_row(tmp_path: Path) -> None:
    rows = [("某县方案",), HEAD[1:], ("赵二", "山顶小学", "河畔小学"), ("林一", "U1", "U2")]

    moves = read_plan(_book(tmp_path / "x.xlsx", rows), _roster()).moves

    assert [(m.person_id, m.from_unit, m.to_unit) for m in moves] == [
        ("P1", "U1", "U2"),
        ("P3", "U2", "U1"),
    ]


def test_stage_and_origin_are_taken_from_the_roster_but_a_subject_stays_open(
    tmp_path: Path,
) -> None:
    rows = [HEAD, ("P1", "", "", "U2"), ("P6", "", "", "U2")]

    teacher, leader = read_plan(_book(tmp_path / "x.xlsx", rows), _roster()).moves

    assert (teacher.from_unit, teacher.stage, teacher.subject) == ("U1", "小学", "")
    assert (leader.subject, leader.since, leader.relation_moved) == ("", None, None)


def test_a_last_day_is_inclusive_and_a_month_ends_with_its_last_day(tmp_path: Path) -> None:
    head = (*HEAD, "开始", "结束", "是否调动人事关系")
    rows = [
        head,
        ("P1", "", "", "U2", "2026-09-01", "2029-08-31", "是"),
        ("P2", "", "", "U2", "2026年9月", "2029.8", "否"),
    ]

    first, second = read_plan(_book(tmp_path / "x.xlsx", rows), _roster()).moves

    assert (first.since, first.until) == (date(2026, 9, 1), date(2029, 9, 1))
    assert (second.since, second.until) == (date(2026, 9, 1), date(2029, 9, 1))
    assert (first.relation_moved, second.relation_moved) == (True, False)


def test_every_problem_is_reported_with_its_cell(tmp_path: Path) -> None:
    head = (*HEAD, "开始", "是否调动人事关系")
    rows = [
        head,
        ("P9", "", "", "U2", "", ""),
        ("", "孙四", "U1", "U2", "", ""),
        ("", "林一", "U2", "U1", "", ""),
        ("", "无名", "U2", "U1", "", ""),
        ("", "林一", "", "U2", "", ""),
        ("P2", "林一", "", "U2", "", ""),
        ("P1", "", "", "新城小学", "", ""),
        ("P1", "", "", "无此学校", "", ""),
        ("P2", "", "", "", "", ""),
        ("P3", "", "", "U1", "去年秋天", "也许"),
        ("P3", "", "", "U1", "", ""),
    ]

    assert _codes(_book(tmp_path / "x.xlsx", rows)) == [
        ("unknown-person", "A2"),
        ("ambiguous-person", "B3"),
        ("person-elsewhere", "B4"),
        ("no-such-person", "B5"),
        ("no-origin", "B6"),
        ("name-differs", "B7"),
        ("ambiguous-unit", "D8"),
        ("unknown-unit", "D9"),
        ("no-destination", "D10"),
        ("unreadable-date", "E11"),
        ("not-yes-or-no", "F11"),
        ("person-twice", "A12"),
    ]


def test_rows_that_can_be_read_stand_beside_those_that_cannot(tmp_path: Path) -> None:
    rows = [HEAD, ("P9", "", "", "U2"), ("", "林一", "河畔小学", "U2"), ("P3", "", "", "U1")]

    reading = examine_plan(_book(tmp_path / "x.xlsx", rows), _roster())

    assert [move.person_id for move in reading.plan.moves] == ["P1", "P3"]
    assert [problem.code for problem in reading.problems] == ["plans.unknown-person"]
    assert {p: place.cell for p, place in reading.places.items()} == {"P1": "B3", "P3": "A4"}


def test_a_workbook_without_the_sheet_or_its_headers_is_refused(tmp_path: Path) -> None:
    no_sheet = _book(tmp_path / "a.xlsx", [HEAD], sheet="名单")
    no_headers = _book(tmp_path / "b.xlsx", [("姓名", "接收单位")])

    assert _codes(no_sheet) == [("no-sheet", "")]
    assert _codes(no_headers) == [("no-headers", "")]


def test_problems_never_name_a_person(tmp_path: Path) -> None:
    rows = [HEAD, ("", "孙四", "U1", "U2"), ("", "林一", "U2", "U1")]

    with pytest.raises(RosterError) as refused:
        read_plan(_book(tmp_path / "x.xlsx", rows), _roster())

    assert "孙四" not in str(refused.value)
    assert "林一" not in str(refused.value)
