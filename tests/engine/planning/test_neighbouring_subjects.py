from collections.abc import Sequence

import pytest

from junheng.engine.planning import Planned, plan
from junheng.engine.planning.problem import Problem
from junheng.engine.plans import Plan
from junheng.engine.policy.pack import ResolvedPack
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    Row,
    asked,
    county,
    decision,
    head,
    head_post,
    person,
    post,
    problem_of,
)
from tests.engine.planning.hand_screening import pack_of, planning_item

HOME = (post(RIVERSIDE), post(RIVERSIDE, subject="美术"))


def _pack(*pairs: tuple[str, str]) -> ResolvedPack:
    return pack_of(planning_item(neighbouring_subjects=pairs), transfer=None)


def _at(unit_id: str, subject: str, required: int = 1) -> Row:
    return post(unit_id, subject=subject, required=required)


def _arcs(problem: Problem) -> list[tuple[str, str]]:
    units = [problem.units.ids[unit] for unit in problem.arcs.unit]
    return list(zip(units, problem.arcs.subject, strict=True))


def _planned(posts: Sequence[Row], pack: ResolvedPack, **tables: Sequence[Row]) -> Plan:
    roster = county([person("lin")], posts=[*HOME, *posts], **tables)
    outcome = plan(roster, asked(roster, pack), seed=1)
    assert isinstance(outcome, Planned)
    return outcome.plan


def test_a_post_of_a_listed_neighbour_is_open_and_of_any_other_subject_is_not() -> None:
    posts = [*HOME, _at(HILLTOP, "物理"), _at(NEW_TOWN, "美术")]
    roster = county([person("lin")], posts=posts)

    listed = problem_of(roster, _pack(("数学", "物理")))
    strict = problem_of(roster, _pack())

    assert _arcs(listed) == [(HILLTOP, "物理")]
    assert _arcs(strict) == []


def test_the_table_opens_one_direction_only() -> None:
    roster = county([person("lin")], posts=[*HOME, _at(HILLTOP, "物理")])

    problem = problem_of(roster, _pack(("物理", "数学")))

    assert _arcs(problem) == []


def test_what_may_be_taught_stands_with_the_own_subject_first_then_as_listed() -> None:
    posts = [_at(HILLTOP, subject) for subject in ("物理", "数学", "化学")]
    roster = county([person("lin")], posts=[*HOME, *posts])

    problem = problem_of(roster, _pack(("数学", "物理"), ("数学", "化学")))

    assert _arcs(problem) == [(HILLTOP, "数学"), (HILLTOP, "物理"), (HILLTOP, "化学")]


def test_a_move_empties_the_post_of_the_main_subject_and_fills_the_one_taught() -> None:
    posts = [_at(HILLTOP, "数学", 0), _at(HILLTOP, "物理")]

    found = _planned(posts, _pack(("数学", "物理")))

    assert [(m.to_unit, m.subject) for m in found.moves] == [(HILLTOP, "物理")]
    assert found.unmet == ()


def test_of_two_subjects_that_are_equally_good_the_own_is_taught() -> None:
    posts = [_at(HILLTOP, "数学"), _at(HILLTOP, "物理")]

    found = _planned(posts, _pack(("数学", "物理")))

    assert [move.subject for move in found.moves] == ["数学"]
    assert [unmet.subject for unmet in found.unmet] == ["物理"]


@pytest.mark.parametrize("needed", ["数学", "物理"])
def test_somebody_fixed_to_a_unit_may_teach_there_whatever_is_open(needed: str) -> None:
    posts = [_at(HILLTOP, "数学", 0), _at(HILLTOP, "物理", 0), _at(NEW_TOWN, "数学")]
    posts = [*(each for each in posts if each["subject"] != needed), _at(HILLTOP, needed)]
    fixed = [decision("固定", "lin", HILLTOP)]

    found = _planned(posts, _pack(("数学", "物理")), decisions=fixed)

    assert [(m.to_unit, m.subject) for m in found.moves] == [(HILLTOP, needed)]


def test_a_leader_fills_a_post_of_the_role_and_teaches_nothing() -> None:
    posts = [*HOME, _at(HILLTOP, "物理"), head_post(RIVERSIDE), head_post(NEW_TOWN)]
    roster = county([head("lin")], posts=posts)

    problem = problem_of(roster, _pack(("数学", "物理")))

    assert _arcs(problem) == [(NEW_TOWN, "")]
