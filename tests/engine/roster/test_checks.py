"""Contradictions between rows and tables, each at its cell, each worded."""

from pathlib import Path

import pytest

from junheng.engine.roster.identity import check_character
from junheng.engine.roster.reading import Reading
from junheng.errors import Severity
from tests.engine.roster.officers_files import (
    HILLTOP,
    LIN,
    RIVERSIDE,
    VALID_ID,
    ZHAO,
    Cells,
    cell_of,
    codes,
    only,
    person_reading,
    reading_of,
    rows_after,
    rows_of,
)

LIN_BORN = LIN | {"出生日期": "1987-03-02"}


def test_an_unknown_unit_offers_the_nearest_id(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN, ZHAO | {"工作单位编号": "S11"})

    problem = only(reading, "roster.unknown-unit")
    assert (cell_of(problem), problem.severity) == ("C3", Severity.ERROR)
    assert problem.values == {"found": "S11", "nearest": "S1"}


def test_without_a_sheet_of_units_no_unit_is_unknown(tmp_path: Path) -> None:
    assert reading_of(tmp_path, 人员=rows_of(LIN)).problems == ()


def test_while_a_unit_id_is_missing_no_unit_is_called_unknown(tmp_path: Path) -> None:
    units = rows_of(RIVERSIDE | {"单位编号": 1})

    reading = reading_of(tmp_path, 单位=units, 人员=rows_of(LIN))

    assert codes(reading) == ["roster.numeric-id"]


def test_an_exchange_with_a_unit_elsewhere_is_only_a_warning(tmp_path: Path) -> None:
    exchange = {
        "人员编号": "P1",
        "类型": "支教",
        "开始时间": "2019-09",
        "交流单位编号": "外县1",
    }

    reading = reading_of(
        tmp_path, 单位=rows_of(RIVERSIDE), 人员=rows_of(LIN), 交流经历=rows_of(exchange)
    )

    assert only(reading, "roster.unit-elsewhere").severity is Severity.WARNING
    assert reading.roster is not None


def test_an_unknown_person_in_a_history_is_an_error(tmp_path: Path) -> None:
    kinship = rows_of({"人员编号": "P1", "亲属人员编号": "P9", "关系": "夫妻"})

    reading = reading_of(tmp_path, 人员=rows_of(LIN), 亲属=kinship)

    assert cell_of(only(reading, "roster.unknown-person")) == "B2"


def test_a_person_twice_by_id_names_every_row(tmp_path: Path) -> None:
    problem = only(person_reading(tmp_path, LIN, ZHAO, LIN), "roster.persons-twice")

    assert (cell_of(problem), rows_after(problem)) == ("A2", (4,))


def test_a_person_twice_by_identity_number_is_an_error(tmp_path: Path) -> None:
    born = {"身份证号": VALID_ID, "出生日期": "1949-12-31"}

    problem = only(person_reading(tmp_path, LIN | born, ZHAO | born), "roster.id-number-twice")

    assert (cell_of(problem), rows_after(problem)) == ("D2", (3,))


def test_same_name_birth_and_unit_may_be_two_persons(tmp_path: Path) -> None:
    reading = person_reading(tmp_path, LIN_BORN, LIN_BORN | {"人员编号": "P2"})

    assert only(reading, "roster.person-alike").severity is Severity.WARNING


@pytest.mark.parametrize(
    "other",
    [{"出生日期": "1987-03-03"}, {"工作单位编号": "S2"}, {"姓名": "林净"}, {"出生日期": ""}],
)
def test_persons_that_differ_or_of_unknown_birth_are_not_alike(
    tmp_path: Path, other: dict[str, object]
) -> None:
    reading = person_reading(tmp_path, LIN_BORN, LIN_BORN | {"人员编号": "P2"} | other)

    assert reading.problems == ()


def test_two_persons_with_their_own_identity_numbers_are_not_alike(tmp_path: Path) -> None:
    seventeen = "11010519491231010"
    other = {"人员编号": "P2", "身份证号": seventeen + check_character(seventeen)}
    first = {"身份证号": VALID_ID, "出生日期": "1949-12-31"}

    reading = person_reading(tmp_path, LIN | first, LIN | first | other)

    assert reading.problems == ()


def test_a_unit_twice_is_an_error(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, 单位=rows_of(RIVERSIDE, RIVERSIDE))

    assert rows_after(only(reading, "roster.units-twice")) == (3,)


def _career(folder: Path, *stints: tuple[str, str, str, str]) -> Reading:
    """Examine Ms Lin's stints: unit, since, until, kind."""
    headers: Cells = ["人员编号", "单位编号", "开始时间", "结束时间", "经历类别"]
    rows = [headers, *(["P1", *stint] for stint in stints)]
    return reading_of(
        folder, 单位=rows_of(RIVERSIDE, HILLTOP), 人员=rows_of(LIN), 任职经历=rows
    )


def test_overlapping_stints_at_one_unit_are_an_error(tmp_path: Path) -> None:
    reading = _career(
        tmp_path, ("S1", "2010-09", "2016-08", "任教"), ("S1", "2015-09", "", "任教")
    )

    assert cell_of(only(reading, "roster.stints-overlap")) == "C3"
    assert reading.roster is None


def test_two_posts_held_together_at_one_unit_are_only_a_warning(tmp_path: Path) -> None:
    headers: Cells = ["人员编号", "单位编号", "岗位职务", "开始时间", "经历类别"]
    rows = [
        headers,
        ["P1", "S1", "教师", "2010-09", "任教"],
        ["P1", "S1", "副校长", "2015-09", "任职"],
    ]

    reading = reading_of(tmp_path, 任职经历=rows)

    assert only(reading, "roster.posts-overlap").severity is Severity.WARNING


def test_two_units_at_once_are_an_error(tmp_path: Path) -> None:
    reading = _career(tmp_path, ("S2", "2010-09-01", "", "任教"), ("S1", "2015-09-01", "", ""))

    assert cell_of(only(reading, "roster.two-units-at-once")) == "C3"


@pytest.mark.parametrize(
    "kind", ["支教", "轮岗", "交流", "跟岗", "挂职", "走教", "借调", "产假"]
)
def test_a_temporary_stint_may_run_beside_the_one_at_home(tmp_path: Path, kind: str) -> None:
    reading = _career(tmp_path, ("S1", "2010-09", "", "任教"), ("S2", "2015-09", "", kind))

    assert reading.problems == ()


@pytest.mark.parametrize(
    ("end", "start", "found"),
    [
        ("2015-08-31", "2015-09-01", []),
        ("2015-09-01", "2015-09-01", ["roster.two-units-at-once"]),
        ("2015-09", "2015-09", []),
        ("2015-10", "2015-09", ["roster.two-units-at-once"]),
        ("2015", "2015-09-01", []),
        ("2016", "2015-09-01", ["roster.two-units-at-once"]),
    ],
)
def test_only_a_certain_overlap_is_reported(
    tmp_path: Path, end: str, start: str, found: list[str]
) -> None:
    reading = _career(tmp_path, ("S2", "2010-09", end, "任教"), ("S1", start, "", "任教"))

    assert codes(reading) == found


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2015-09-01", "2015-09-01", []),
        ("2015-09-02", "2015-09-01", ["roster.ends-before-start"]),
        ("2015-09", "2015-09", []),
        ("2015-10", "2015-09", ["roster.ends-before-start"]),
    ],
)
def test_a_stint_lasts_at_least_the_day_or_month_it_began(
    tmp_path: Path, since: str, until: str, found: list[str]
) -> None:
    assert codes(_career(tmp_path, ("S1", since, until, "支教"))) == found


def test_a_present_unit_other_than_that_of_the_open_stint_is_a_warning(tmp_path: Path) -> None:
    reading = _career(tmp_path, ("S2", "2010-09", "", "任教"))

    problem = only(reading, "roster.present-unit-differs")
    assert (cell_of(problem), problem.severity) == ("C2", Severity.WARNING)


def test_a_person_on_exchange_may_work_elsewhere_than_at_home(tmp_path: Path) -> None:
    reading = _career(tmp_path, ("S2", "2010-09", "", "任教"), ("S1", "2025-09", "", "轮岗"))

    assert reading.problems == ()


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ({"纬度": 27.5, "经度": 112.5}, []),
        ({"纬度": 112.5, "经度": 27.5}, ["C2", "D2"]),
        ({"纬度": 54.0, "经度": 73.0}, []),
        ({"纬度": 54.1, "经度": 72.9}, ["C2", "D2"]),
    ],
)
def test_coordinates_lie_in_the_country(
    tmp_path: Path, values: dict[str, object], cells: list[str]
) -> None:
    reading = reading_of(tmp_path, 单位=rows_of(RIVERSIDE | values))

    assert [cell_of(problem) for problem in reading.problems] == cells


def test_a_unit_above_itself_is_an_error_for_each_unit_of_the_circle(tmp_path: Path) -> None:
    up, down = {"上级单位编号": "S1"}, {"上级单位编号": "S2"}
    below = {"单位编号": "S3", "单位名称": "教学点", "上级单位编号": "S1"}

    reading = reading_of(tmp_path, 单位=rows_of(RIVERSIDE | down, HILLTOP | up, below))

    problem = only(reading, "roster.unit-above-itself")
    assert (cell_of(problem), rows_after(problem)) == ("C2", (3,))


@pytest.mark.parametrize(
    ("offered", "stage", "found"),
    [
        ("小学", "初中", ["roster.stage-not-offered"]),
        ("小学、初中", "初中", []),
        ("", "初中", []),
        ("小学", "", []),
    ],
)
def test_a_stage_must_be_one_the_unit_is_known_to_offer(
    tmp_path: Path, offered: str, stage: str, found: list[str]
) -> None:
    reading = reading_of(
        tmp_path,
        单位=rows_of(RIVERSIDE | {"办学学段": offered}),
        人员=rows_of(LIN | {"任教学段": stage}),
    )

    assert codes(reading) == found


OVERRIDE = {
    "决定类别": "例外批准",
    "人员编号": "P1",
    "条款编号": "team-cap",
    "理由": "结对任务",
    "批准人": "示例县教育局",
}


@pytest.mark.parametrize(
    ("blank", "found"),
    [
        ({}, []),
        ({"理由": ""}, ["roster.override-incomplete"]),
        ({"批准人": ""}, ["roster.override-incomplete"]),
        ({"条款编号": ""}, ["roster.override-incomplete"]),
        ({"决定类别": "禁止", "理由": "", "批准人": ""}, []),
    ],
    ids=["whole", "no reason", "no approver", "no rule", "no exception"],
)
def test_an_approved_exception_names_its_rule_reason_and_approver(
    tmp_path: Path, blank: dict[str, str], found: list[str]
) -> None:
    """Cites A118."""
    reading = reading_of(
        tmp_path,
        单位=rows_of(RIVERSIDE),
        人员=rows_of(LIN),
        决定=rows_of(OVERRIDE | blank),
    )

    assert codes(reading) == found
