"""Facts of moves that count other people: what is not stated of them leaves the count open."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from junheng.engine.roster.roster import Roster
from junheng.engine.screening.facts.moves import Moves
from junheng.engine.screening.facts.registry import MOVE_FACTS
from junheng.engine.screening.facts.values import Truths
from junheng.engine.screening.ground import Ground
from tests.engine.screening.one_person import Row, measure, roster, shown

TEACHES = {"employment": "在编", "office_level": "无", "stage": "小学", "subject": "语文"}
POST = {
    "unit_id": "B",
    "role": "教师",
    "stage": "小学",
    "subject": "语文",
    "required": 2,
}


def _filled(colleague: Row, *posts: Row, number: int = 2) -> Any:
    """Return whether P's move to B fills a gap where B has so many colleagues."""
    staff = [
        {"person_id": f"Q{n}", "unit_id": "B", **TEACHES, **(colleague if n == 0 else {})}
        for n in range(number)
    ]
    persons = [{"person_id": "P", "unit_id": "A", **TEACHES}, *staff]
    return _asked(roster(persons=persons, posts=[*posts] or [POST]))


def _asked(county: Roster) -> Any:
    ground = Ground(county)
    moves = Moves(np.array([0]), ground.origin_unit[[0]], np.array([1]))
    found = MOVE_FACTS["subject_gap_filled"](ground, moves, measure("subject_gap_filled"))
    assert isinstance(found, Truths)
    return shown(found)


@pytest.mark.parametrize(("number", "expected"), [(1, True), (2, False), (3, False)])
def test_a_gap_is_filled_where_fewer_teach_than_are_required(
    number: int, *, expected: bool
) -> None:
    assert _filled({}, number=number) is expected


@pytest.mark.parametrize("blank", [*TEACHES])
def test_a_colleague_who_may_or_may_not_count_leaves_the_gap_open(blank: str) -> None:
    assert _filled({blank: None}) is None


@pytest.mark.parametrize("blank", [*TEACHES])
def test_a_colleague_who_may_count_does_not_matter_where_there_are_enough(blank: str) -> None:
    assert _filled({blank: None}, number=3) is False


@pytest.mark.parametrize("blank", [*TEACHES])
def test_a_colleague_who_may_count_does_not_matter_where_too_few_remain(blank: str) -> None:
    assert _filled({blank: None}, {**POST, "required": 3}) is True


@pytest.mark.parametrize(
    "other",
    [
        {"employment": "劳务派遣", "subject": None},
        {"office_level": "副校级", "stage": None},
        {"stage": "初中", "subject": None},
        {"subject": "数学", "stage": None},
    ],
)
def test_a_colleague_who_surely_does_not_count_leaves_the_gap(other: Row) -> None:
    assert _filled(other) is True


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{**POST, "required": None}], None),
        ([{**POST, "required": 3}, {**POST, "required": None}], True),
        ([{**POST, "stage": None, "required": 3}], None),
        ([{**POST, "stage": None, "required": 2}], False),
        ([{**POST, "required": 3}, {**POST, "stage": None}], True),
        ([{**POST, "subject": "数学", "required": 9}], False),
        ([{**POST, "role": "校长", "required": 9}], False),
    ],
)
def test_posts_that_state_no_number_or_no_stage_may_be_required(
    rows: list[Row], expected: Any
) -> None:
    assert _filled({}, *rows) is expected
