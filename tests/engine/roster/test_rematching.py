"""Persons of a form without ids are found again when its rows move."""

from pathlib import Path

import pytest

from junheng.engine.roster.changes import ChangeKind, compare
from junheng.engine.roster.foreign import returns
from junheng.engine.roster.reading import read_roster
from junheng.engine.roster.rematching import rematch
from junheng.engine.roster.roster import Roster
from junheng.messages import Language, word
from tests.engine.roster.foreign_rows import (
    DISTRICT_ROW,
    district_row,
    write_district,
    write_sheet,
)
from tests.engine.roster.small_rosters import small_roster
from tests.engine.roster.test_foreign_returns import TEACHER

ALONE = {**DISTRICT_ROW, "支教单位全称(只填最近一次)": "无"}
OTHER = district_row(姓名="𬀩·买买提", 单位全称="河湾小学", 支教单位全称="无")


def _district(path: Path, *rows: dict[str, str]) -> Roster:
    write_district(path, rows)
    return read_roster(path)


def _teachers(path: Path, *rows: dict[str, str]) -> Roster:
    write_sheet(path, "教师交流汇总表", returns.TEACHER_HEADINGS, rows)
    return read_roster(path)


def test_reordered_rows_change_nothing(tmp_path: Path) -> None:
    old = _teachers(tmp_path / "a.xlsx", TEACHER, {**TEACHER, "姓名": "乙", "现学校": "二小"})
    new = _teachers(tmp_path / "b.xlsx", {**TEACHER, "姓名": "乙", "现学校": "二小"}, TEACHER)
    assert compare(old, new).changes == ()


def test_person_is_known_by_id_number_though_name_and_unit_changed(tmp_path: Path) -> None:
    old = _district(tmp_path / "a.xlsx", ALONE, OTHER)
    moved = {**ALONE, "姓名": "新名", "单位全称(按照单位公章)": "河湾小学"}
    new = _district(tmp_path / "b.xlsx", OTHER, moved)
    changed = [
        (c.key, c.column_id, c.before, c.after)
        for c in compare(old, new).changes
        if c.table_id == "persons"
    ]
    assert changed == [
        ("T0001", "person_name", "=1+1", "新名"),
        ("T0001", "unit_id", "U001", "U002"),
    ]


def test_new_row_above_gets_a_free_id_and_moves_nobody(tmp_path: Path) -> None:
    old = _district(tmp_path / "a.xlsx", ALONE, OTHER)
    fresh = district_row(姓名="丙", 单位全称="新校", 支教单位全称="无")
    new = _district(tmp_path / "b.xlsx", fresh, ALONE, OTHER)
    found = compare(old, new).changes
    assert [(c.table_id, c.key, c.kind) for c in found if c.table_id != "stints"][:2] == [
        ("units", "U004", ChangeKind.NEW),
        ("persons", "T0004", ChangeKind.NEW),
    ]


@pytest.mark.parametrize(("namesakes", "problems"), [(1, 0), (2, 1)])
def test_namesakes_of_one_birth_and_unit_are_reported_not_guessed(
    tmp_path: Path, namesakes: int, problems: int
) -> None:
    old = _teachers(tmp_path / "a.xlsx", *[TEACHER] * namesakes)
    new = _teachers(tmp_path / "b.xlsx", TEACHER)
    found = compare(old, new).problems
    assert [problem.code for problem in found] == ["forms.ambiguous-match"] * problems
    assert all(str(word(problem, language)) for problem in found for language in Language)


def test_two_rows_that_claim_one_person_are_both_reported(tmp_path: Path) -> None:
    old = _teachers(tmp_path / "a.xlsx", TEACHER)
    new = _teachers(tmp_path / "b.xlsx", TEACHER, TEACHER)
    assert len(compare(old, new).problems) == 2


def test_ids_that_stand_in_the_file_are_never_touched() -> None:
    roster = small_roster()
    assert rematch(small_roster(), roster).roster.tables == roster.tables
