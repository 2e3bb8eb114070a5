"""A filled supplement fills the gaps of the roster and contradicts nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from junheng.engine.roster.reading import Reading, examine
from tests.engine.roster.officers_files import (
    LIN,
    RIVERSIDE,
    ZHAO,
    Cells,
    cell_of,
    codes,
    only,
    rows_of,
    write_xlsx,
)

STINT = {"人员编号": "P1", "单位编号": "S1", "开始时间": "2010-09", "结束时间": "2016-08"}


def _with_supplement(
    folder: Path,
    supplement: Mapping[str, Sequence[Cells]],
    *persons: Mapping[str, object],
    stints: Sequence[Cells] | None = None,
) -> Reading:
    sheets = {"单位": rows_of(RIVERSIDE), "人员": rows_of(*(persons or (LIN, ZHAO)))}
    if stints is not None:
        sheets["任职经历"] = list(stints)
    return examine(
        write_xlsx(folder / "roster.xlsx", sheets),
        supplement=write_xlsx(folder / "supplement.xlsx", supplement),
    )


def test_a_supplement_fills_empty_cells_of_the_matching_row(tmp_path: Path) -> None:
    filled = rows_of({"人员编号": "P2", "单位名称": "河畔", "姓名": "赵刚", "性别": "男"})

    reading = _with_supplement(tmp_path, {"人员": filled}, LIN | {"性别": "女"}, ZHAO)

    assert reading.problems == ()
    assert reading.frames["persons"]["sex"].to_list() == ["女", "男"]
    assert reading.frames["persons"]["row"].to_list() == [2, 3]


def test_a_column_the_roster_lacks_is_added(tmp_path: Path) -> None:
    filled = rows_of({"人员编号": "P2", "出生日期": "1987-03"})

    persons = _with_supplement(tmp_path, {"人员": filled}).frames["persons"]

    assert persons["birth"].to_list() == [None, date(1987, 3, 1)]
    assert persons["birth_precision"].to_list() == [None, "month"]


def test_a_row_of_the_supplement_left_unfilled_changes_nothing(tmp_path: Path) -> None:
    supplement = {
        "人员": rows_of({"人员编号": "P1", "姓名": "林静", "性别": ""}),
        "情形": rows_of({"人员编号": "P1", "姓名": "林静", "情形类别": "", "开始时间": ""}),
        "填报确认": rows_of({"单位编号": "S1", "表名": "情形", "完整截至日期": ""}),
    }

    reading = _with_supplement(tmp_path, supplement)

    assert reading.problems == ()
    assert reading.frames["circumstances"].is_empty()
    assert reading.frames["declarations"].is_empty()


def test_a_contradiction_points_into_the_supplement(tmp_path: Path) -> None:
    filled = rows_of({"人员编号": "P2", "性别": "男"}, {"人员编号": "P1", "性别": "男"})

    reading = _with_supplement(tmp_path, {"人员": filled}, LIN | {"性别": "女"}, ZHAO)

    problem = only(reading, "roster.supplement-contradicts")
    assert str(problem.place) == "supplement.xlsx 人员 B3"
    assert reading.roster is None


@pytest.mark.parametrize(
    ("added", "birth", "found"),
    [
        ("1987-03-02", date(1987, 3, 2), []),
        ("1987-04-02", date(1987, 3, 1), ["roster.supplement-contradicts"]),
    ],
)
def test_a_more_exact_date_of_the_same_month_is_taken(
    tmp_path: Path, added: str, birth: date, found: list[str]
) -> None:
    filled = rows_of({"人员编号": "P1", "出生日期": added})

    reading = _with_supplement(tmp_path, {"人员": filled}, LIN | {"出生日期": "1987-03"})

    assert codes(reading) == found
    assert reading.frames["persons"]["birth"].to_list() == [birth]


def test_an_id_the_roster_lacks_and_a_doubled_id_are_problems(tmp_path: Path) -> None:
    strange, lin = {"人员编号": "P9", "性别": "男"}, {"人员编号": "P1", "性别": "女"}

    reading = _with_supplement(tmp_path, {"人员": rows_of(strange, lin, lin)})

    assert cell_of(only(reading, "roster.supplement-unknown-row")) == "A2"
    assert cell_of(only(reading, "roster.supplement-row-twice")) == "A3"


def test_new_history_rows_are_appended_and_known_ones_completed(tmp_path: Path) -> None:
    new = STINT | {"开始时间": "2016-09", "结束时间": ""}
    supplement = {"任职经历": rows_of(STINT | {"经历类别": "任教"}, new | {"经历类别": "任教"})}

    reading = _with_supplement(tmp_path, supplement, stints=rows_of(STINT))

    stints = reading.frames["stints"]
    assert stints["since"].to_list() == [date(2010, 9, 1), date(2016, 9, 1)]
    assert stints["stint_kind"].to_list() == ["任教", "任教"]
    assert reading.problems == ()


def test_a_table_only_in_the_supplement_is_given(tmp_path: Path) -> None:
    declared = rows_of({"单位编号": "S1", "表名": "情形", "完整截至日期": "2026-08-31"})

    roster = _with_supplement(tmp_path, {"填报确认": declared}).roster

    assert roster is not None
    assert roster.given == {"units", "persons", "declarations"}


def test_a_supplement_that_is_no_workbook_is_a_problem(tmp_path: Path) -> None:
    roster = write_xlsx(tmp_path / "roster.xlsx", {"单位": rows_of(RIVERSIDE)})

    reading = examine(roster, supplement=tmp_path / "gone.xlsx")

    assert codes(reading) == ["roster.no-such-file"]
