"""A receipt counts for the same question and an unchanged plan, else for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from junheng.cluster import CountyConflict, CountyPlanned, CountyTask
from junheng.cluster.receipts import finished, request_of, write_receipt

PLANNED = CountyPlanned(
    county="东县", moves=3, unmet=1, objectives=(("balance", 2050478, 2050478, 1000000),)
)


@pytest.fixture
def task(tmp_path: Path) -> CountyTask:
    roster = tmp_path / "东县.xlsx"
    roster.write_bytes(b"roster")
    made = CountyTask(
        county="东县",
        roster=roster,
        pack="datong-example",
        on=date(2026, 8, 31),
        seed=7,
        out=tmp_path / "结果",
    )
    made.folder.mkdir(parents=True)
    (made.folder / "plan.json").write_bytes(b"plan")
    return made


@pytest.mark.parametrize("answer", [PLANNED, CountyConflict(county="东县", lines=("甲", "乙"))])
def test_answer_of_the_same_question_is_found_again(
    answer: CountyPlanned | CountyConflict, task: CountyTask
) -> None:
    write_receipt(task, request_of(task, "1a2b"), answer)

    assert finished(task, request_of(task, "1a2b")) == replace(answer, skipped=True)


def test_other_seed_date_setting_pack_or_roster_is_another_question(task: CountyTask) -> None:
    write_receipt(task, request_of(task, "1a2b"), PLANNED)

    others = [
        replace(task, seed=8),
        replace(task, on=date(2026, 9, 1)),
        replace(task, settings=(("teacher-years", "5"),)),
        replace(task, time_limit=60.0),
    ]
    assert [finished(task, request_of(other, "1a2b")) for other in others] == [None] * 4
    assert finished(task, request_of(task, "other")) is None
    task.roster.write_bytes(b"changed")
    assert finished(task, request_of(task, "1a2b")) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "junheng-county/1"}'])
def test_receipt_that_is_no_receipt_counts_for_nothing(text: str, task: CountyTask) -> None:
    (task.folder / "receipt.json").write_text(text, encoding="utf-8")

    assert finished(task, request_of(task, "1a2b")) is None


def test_changed_plan_makes_its_receipt_void(task: CountyTask) -> None:
    write_receipt(task, request_of(task, "1a2b"), PLANNED)
    (task.folder / "plan.json").write_bytes(b"changed")

    assert finished(task, request_of(task, "1a2b")) is None


def test_folder_of_tables_is_another_roster_when_a_file_is_renamed(
    tmp_path: Path, task: CountyTask
) -> None:
    folder = tmp_path / "东县"
    folder.mkdir()
    (folder / "人员.csv").write_bytes(b"1")
    before = request_of(replace(task, roster=folder), "1a2b")

    (folder / "人员.csv").rename(folder / "单位.csv")

    assert request_of(replace(task, roster=folder), "1a2b") != before
