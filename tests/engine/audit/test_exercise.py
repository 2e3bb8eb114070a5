"""The list of the tutorial: twenty planted mistakes are found, and nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from junheng.cli.main import junheng
from junheng.engine.audit import Audit, audit
from junheng.engine.plans import PlanReading, examine_plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.reading import read_roster
from junheng.engine.screening import screen
from junheng.errors import SheetPlace
from tests.engine.audit.exercise import FOLDER, PACK, SETTINGS, write
from tests.engine.audit.worlds import DAY

PLANTED = (
    (4, "audit.not-movable", "teacher-due"),
    (5, "audit.no-head", ""),
    (6, "audit.not-movable", "outside-scope"),
    (7, "audit.destination", "teachers-in-zone"),
    (8, "audit.wrong-relation", "guidance"),
    (11, "audit.establishment", "no-over-establishment"),
    (12, "audit.no-post", ""),
    (13, "plans.no-such-person", ""),
    (20, "audit.wrong-subject", ""),
    (23, "audit.not-movable", "teacher-due"),
    (24, "audit.serving", ""),
    (26, "audit.own-unit", ""),
    (27, "audit.wrong-period", "guidance"),
    (28, "audit.leaders", ""),
    (30, "plans.ambiguous-person", ""),
    (31, "audit.leavers", "example-planning"),
    (33, "audit.not-movable", "defer-health"),
    (34, "plans.unknown-unit", ""),
    (35, "audit.cap", "leaders-at-once"),
    (37, "plans.person-twice", ""),
)
"""Row of the sheet, code and rule of every mistake, as they were put in."""

ASKED = (
    *("--pack", PACK, "--on", DAY.isoformat()),
    *("--set", "exchange-relation=relation-moves"),
)

MAKE = "write the exercise again: python -m tests.engine.audit.exercise"

Finding = tuple[str, str, tuple[int, ...]]


@cache
def audited() -> tuple[Audit, PlanReading]:
    """Audit the files of the tutorial as they are shipped."""
    roster = read_roster(FOLDER / "roster.xlsx")
    screening = screen(roster, resolve(load(PACK), on=DAY, settings=SETTINGS))
    reading = examine_plan(FOLDER / "list.xlsx", roster)
    return audit(roster, screening, reading.plan), reading


def found() -> list[Finding]:
    """Return code, rule and rows of everything that is found."""
    result, reading = audited()
    places = [problem.place for problem in reading.problems]
    unread = [
        (problem.code, "", (_row(place),))
        for problem, place in zip(reading.problems, places, strict=True)
        if isinstance(place, SheetPlace)
    ]
    broken = [
        (each.code, each.rule, tuple(_row(reading.places[who]) for who in each.persons))
        for each in result.violations
    ]
    return [*unread, *broken]


def _row(place: SheetPlace) -> int:
    return int("".join(sign for sign in place.cell if sign.isdigit()))


def _told(*more: str | Path) -> Result:
    arguments = ("audit", FOLDER / "roster.xlsx", FOLDER / "list.xlsx", *ASKED, *more)
    return CliRunner().invoke(junheng, [str(each) for each in arguments])


def test_all_twenty_planted_mistakes_are_found_and_nothing_is_invented() -> None:
    named = [(code, rule) for code, rule, _ in found()]

    assert len(PLANTED) == 20
    assert sorted(named) == sorted((code, rule) for _, code, rule in PLANTED)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: f"row-{planted[0]}")
def test_each_mistake_is_found_in_the_row_where_it_was_planted(
    planted: tuple[int, str, str],
) -> None:
    row, code, rule = planted

    assert [rows for c, r, rows in found() if (c, r) == (code, rule) and row in rows]


def test_answer_is_no_and_gives_writing_and_rules_in_one_numbered_list() -> None:
    told = _told()

    numbered = [line for line in told.stdout.splitlines() if line[:1].isdigit()]
    assert told.exit_code == 1
    assert [line.partition(".")[0] for line in numbered] == [str(n) for n in range(1, 21)]
    assert "须改正 20 处，其中填写问题 4 处、不合规定 16 处" in told.stdout


def test_marked_copy_stands_beside_the_list(tmp_path: Path) -> None:
    _told("--out", tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["list（标注）.xlsx"]


@pytest.mark.slow
def test_shipped_list_is_what_the_maker_writes_of_the_sample_county(tmp_path: Path) -> None:
    """New columns of the roster leave the exercise as it is; other persons do not."""
    write(tmp_path)

    for name in ("list.xlsx", "answers.txt"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), MAKE
    made, shipped = (_people(folder / "roster.xlsx") for folder in (tmp_path, FOLDER))
    assert made == shipped, MAKE


def _people(path: Path) -> list[tuple[str, ...]]:
    persons = read_roster(path)["persons"]
    return persons.select("person_id", "person_name", "unit_id", "subject", "title").rows()
