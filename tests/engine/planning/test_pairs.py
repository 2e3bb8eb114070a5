from collections.abc import Mapping, Sequence

import pytest

from junheng.engine.planning import Conflict, Planned, plan
from junheng.engine.planning.objectives.unmet import unmet
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.wording import conflict_lines
from junheng.engine.plans.reading import plan_of_text
from junheng.engine.plans.writing import plan_text
from junheng.errors import QuestionError
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    Row,
    asked,
    choosing,
    county,
    decision,
    post,
    problem_of,
    unit,
)
from tests.engine.planning.paired import PAIR, THREE, UNITS, paired_pack, paired_problem


def _short(problem: Problem, *moves: tuple[str, str]) -> Mapping[str, int]:
    found = unmet(problem, choosing(problem, *moves))
    return {each.unit_id: each.amount for each in found if each.kind == "quota"}


def test_a_pair_has_a_number_for_either_side_and_each_stage_both_teach() -> None:
    names = [(limit.name.pair, limit.name.unit_id) for limit in paired_problem().quotas]

    assert names == [(PAIR, HILLTOP), (PAIR, RIVERSIDE)]


@pytest.mark.parametrize(("host", "missing"), [(HILLTOP, {}), (NEW_TOWN, {RIVERSIDE: 1})])
def test_only_a_move_to_the_partner_counts_for_the_pair(
    host: str, missing: Mapping[str, int]
) -> None:
    assert _short(paired_problem(), ("wu", RIVERSIDE), ("lin", host)) == missing


@pytest.mark.parametrize(
    ("units", "cells"),
    [
        ((unit(RIVERSIDE, pair_partner=HILLTOP), unit(HILLTOP, unit_stages=["高中"])), 0),
        ((unit(RIVERSIDE, pair_partner=HILLTOP), unit(HILLTOP, unit_stages=None)), 2),
        ((unit(RIVERSIDE), unit(HILLTOP, pair_partner=HILLTOP)), 0),
    ],
    ids=["no common stage", "stages by its posts", "paired with itself"],
)
def test_a_pair_has_cells_for_common_stages_only(units: Sequence[Row], cells: int) -> None:
    problem = problem_of(
        county(THREE, units=units, posts=[post(RIVERSIDE), post(HILLTOP)]), paired_pack()
    )

    assert len(problem.quotas) == cells


@pytest.mark.parametrize(("at", "kept"), [(None, 0), (HILLTOP, 0), (NEW_TOWN, 1)])
def test_an_override_for_either_school_lifts_equal_sides(at: str | None, kept: int) -> None:
    lifted = decision("例外批准", None, at, "swap")

    assert len(paired_problem(decisions=[lifted]).equal_sides) == kept


def test_a_school_in_two_pairs_is_refused_with_all_it_concerns() -> None:
    chain = (*UNITS[:1], unit(HILLTOP, pair_partner=NEW_TOWN), unit(NEW_TOWN))

    with pytest.raises(QuestionError) as refused:
        paired_problem(units=chain)

    found = [(each.code, dict(each.values)) for each in refused.value.problems]
    assert found == [("planning.pair-in-two", {"units": HILLTOP})]


def test_a_pair_that_cannot_reach_its_number_sends_equally_few_and_says_so() -> None:
    roster = county(THREE[:3], units=UNITS)
    outcome = plan(roster, asked(roster, paired_pack(each=2)), seed=1)

    assert isinstance(outcome, Planned)
    of_quota = [each for each in outcome.plan.unmet if each.kind == "quota"]
    assert [(each.pair, each.unit_id, each.amount) for each in of_quota] == [
        (PAIR, HILLTOP, 1),
        (PAIR, RIVERSIDE, 1),
    ]


def test_a_conflict_names_equal_sides_apart_from_the_number() -> None:
    roster = county(THREE[:1], units=UNITS, decisions=[decision("固定", "lin", HILLTOP)])
    outcome = plan(roster, asked(roster, paired_pack()), seed=1)

    assert isinstance(outcome, Conflict)
    assert conflict_lines(outcome)[1:3] == (
        "1. “结对互派”（；规则 swap）：双方互派人数相等",
        "2. 决定：人员 lin 固定到单位 hilltop",
    )


def test_a_plan_keeps_the_pair_of_an_unmet_number_when_written_and_read() -> None:
    roster = county(THREE[:3], units=UNITS)
    outcome = plan(roster, asked(roster, paired_pack(each=2)), seed=1)
    assert isinstance(outcome, Planned)

    again = plan_of_text(plan_text(outcome.plan))

    assert {each.pair for each in again.unmet} == {PAIR}
