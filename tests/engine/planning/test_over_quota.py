from dataclasses import replace

import pytest

from junheng.engine.planning import Planned, plan
from junheng.engine.planning.constraints.stocks import post_structure
from junheng.engine.planning.problem import Problem
from junheng.engine.plans import Plan
from junheng.engine.policy.conditions import Condition
from junheng.engine.policy.items import Guard, Strength
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    POSTS,
    RIVERSIDE,
    asked,
    band_post,
    choosing,
    county,
    decision,
    person,
    post,
    problem_of,
)
from tests.engine.planning.hand_screening import is_, pack_of, planning_item

WOMEN = is_("sex", "女")
TWO = (person("lin"), person("zhao"))
FULL = (*POSTS, band_post(HILLTOP, "中级", 0), band_post(RIVERSIDE, "中级", 2))


def _guard(exempt: Condition | None) -> Guard:
    return Guard(
        id="structure",
        title="结构",
        strength=Strength.HARD,
        never=is_("post_structure_worsened", True),
        exempt=exempt,
    )


def _problem(exempt: Condition | None, sex: str | None = "女") -> Problem:
    staff = [person("lin", sex=sex), person("zhao", sex=sex)]
    pack = pack_of(transfer=None, guards=(_guard(exempt),))
    return problem_of(county(staff, posts=FULL), pack)


@pytest.mark.parametrize(
    ("exempt", "sex", "kept"),
    [(None, "女", False), (WOMEN, "女", True), (WOMEN, "男", False), (WOMEN, None, False)],
)
def test_only_arrivals_certainly_exempted_may_exceed_the_structure(
    exempt: Condition | None, sex: str | None, *, kept: bool
) -> None:
    problem = _problem(exempt, sex)

    broken = post_structure(problem).broken(choosing(problem, ("lin", HILLTOP)))

    assert (broken == ()) is kept


def test_a_leaver_frees_a_place_for_one_who_is_not_exempted() -> None:
    staff = [person("lin", sex="男"), person("sun", unit_id=HILLTOP, sex="女")]
    pack = pack_of(transfer=None, guards=(_guard(WOMEN),))
    problem = problem_of(county(staff, posts=FULL), pack)
    swap = choosing(problem, ("lin", HILLTOP), ("sun", NEW_TOWN))
    alone = choosing(problem, ("lin", HILLTOP))

    assert post_structure(problem).broken(swap) == ()
    assert [name.unit_id for name in post_structure(problem).broken(alone)] == [HILLTOP]


def _planned(required: int, established: int) -> Plan:
    posts = [post(RIVERSIDE), post(HILLTOP, required=required), post(NEW_TOWN)]
    bands = [band_post(HILLTOP, "中级", established), band_post(RIVERSIDE, "中级", 2)]
    pack = pack_of(planning_item(), transfer=None, guards=(_guard(WOMEN),))
    roster = county(TWO, posts=[*posts, *bands])
    outcome = plan(roster, asked(roster, pack), seed=1)
    assert isinstance(outcome, Planned)
    return outcome.plan


@pytest.mark.parametrize(("established", "above"), [(0, 2), (1, 1), (2, 0)])
def test_as_many_exempted_arrivals_are_named_as_stand_above_the_limit(
    established: int, above: int
) -> None:
    found = _planned(required=2, established=established)

    named = [move.over_quota for move in found.moves if move.over_quota]
    assert len(found.moves) == 2
    assert named == ["structure"] * above


def test_of_two_the_one_with_the_larger_weight_in_the_draw_is_named() -> None:
    found = _planned(required=2, established=1)
    problem = _problem(WOMEN)
    weights = {
        problem.staff.ids[person]: int(draw)
        for person, unit, draw in zip(
            problem.arcs.person, problem.arcs.unit, problem.draws, strict=True
        )
        if problem.units.ids[unit] == HILLTOP
    }

    named = [move.person_id for move in found.moves if move.over_quota]

    assert named == [max(weights, key=lambda who: weights[who])]


def test_an_exchange_that_leaves_the_relation_behind_is_never_above_the_structure() -> None:
    posts = [post(RIVERSIDE), post(HILLTOP, required=1), post(NEW_TOWN)]
    pack = pack_of(planning_item(forms=("exchange",)), guards=(_guard(WOMEN),))
    roster = county(TWO, posts=[*posts, band_post(HILLTOP, "中级", 0)])

    outcome = plan(roster, asked(roster, pack), seed=1)

    assert isinstance(outcome, Planned)
    assert [move.over_quota for move in outcome.plan.moves] == [""]


def test_an_arrival_must_be_exempted_by_every_guard_and_a_limit_lifted_in_all() -> None:
    strict = replace(_guard(None), id="strict", strength=Strength.PRINCIPLE)
    pack = pack_of(transfer=None, guards=(_guard(WOMEN), strict))
    lifted = [decision("例外批准", None, HILLTOP, "strict")]
    roster = county(TWO, posts=FULL, decisions=lifted)

    problem = problem_of(roster, pack)

    broken = post_structure(problem).broken(choosing(problem, ("lin", HILLTOP)))
    assert [name.unit_id for name in broken] == [HILLTOP]
