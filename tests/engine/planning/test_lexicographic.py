from dataclasses import replace

import numpy as np

from junheng.engine.planning.lexicographic import Best, NoPlan, NoTime, best, moves_in_order
from junheng.engine.planning.problem import Problem
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    county,
    decision,
    person,
    post,
    problem_of,
)

POSTS = (post("riverside"), post(HILLTOP, required=1), post(NEW_TOWN))


def _undrawn(problem: Problem) -> Problem:
    """Return the problem with equal costs everywhere, so that nothing but order decides."""
    same = np.ones(len(problem.arcs), dtype=np.int64)
    return replace(problem, metres=same, draws=same)


def test_ties_are_settled_by_the_smallest_list_of_moves() -> None:
    staff = [person(p, title="二级教师") for p in ("zhao", "lin", "bai")]
    problem = _undrawn(problem_of(county(staff, posts=POSTS)))

    found = best(problem)

    assert isinstance(found, Best)
    assert found.complete
    bai, hilltop = problem.staff.ids.index("bai"), problem.units.ids.index(HILLTOP)
    assert moves_in_order(problem, found.chosen) == [
        (bai, hilltop, int(np.flatnonzero(found.chosen)[0]))
    ]


def test_ties_among_more_plans_than_one_are_all_seen() -> None:
    posts = (post("riverside"), post(HILLTOP, required=1), post(NEW_TOWN, required=1))
    staff = [person(p, title="二级教师") for p in ("zhao", "lin", "bai", "tang")]
    problem = _undrawn(problem_of(county(staff, posts=posts)))

    found = best(problem)

    assert isinstance(found, Best)
    ids, units = problem.staff.ids, problem.units.ids
    moves = [(ids[p], units[u]) for p, u, _ in moves_in_order(problem, found.chosen)]
    assert moves == [("bai", HILLTOP), ("lin", NEW_TOWN)]


def test_an_earlier_objective_is_never_worsened_for_a_later_one() -> None:
    far = person("lin", home_latitude=20.0, home_longitude=80.0)
    problem = problem_of(county([far], posts=POSTS))

    found = best(problem)

    assert isinstance(found, Best)
    values = {stage.id: stage.value for stage in found.stages}
    assert values["unmet_obligations"] == 0
    assert values["travel"] > 1_000_000


def test_no_plan_is_told_apart_from_no_time() -> None:
    pinned = [decision("固定", "lin", HILLTOP), decision("固定", "lin", NEW_TOWN)]
    clash = problem_of(county([person("lin")], posts=POSTS, decisions=pinned))

    assert isinstance(best(clash), NoPlan)
    pinned_once = problem_of(county([person("lin")], posts=POSTS, decisions=pinned[:1]))
    assert isinstance(best(pinned_once, seconds=0.0), NoTime)


def test_no_time_leaves_the_plan_that_moves_nobody_with_an_honest_bound() -> None:
    problem = problem_of(county([person("lin")], posts=POSTS))

    found = best(problem, seconds=0.0)

    assert isinstance(found, Best)
    assert not found.complete
    assert not found.chosen.any()
    assert [(s.value, s.bound) for s in found.stages if s.id == "unmet_obligations"] == [(1, 0)]


def test_stages_are_told_in_order() -> None:
    told: list[str] = []
    problem = problem_of(county([person("lin")], posts=POSTS))

    best(problem, progress=told.append)

    assert told == ["unmet_obligations", "balance", "wishes", "travel", "draw", "tie"]
