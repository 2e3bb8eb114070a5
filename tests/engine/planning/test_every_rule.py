"""A sample county under a pack that uses every rule: order, kin, neighbours, grades, years."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from junheng.engine.planning import Planned, build, plan
from junheng.engine.planning.lexicographic import Best, Pooling, best
from junheng.engine.plans import Plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import Screening, screen

ON = date(2026, 8, 31)
PACK = Path(__file__).parents[2] / "packs" / "every-rule"


@cache
def _roster() -> Roster:
    return generate(units=20, persons=400, seed=2, on=ON)


def _screening(pack: ResolvedPack) -> Screening:
    return screen(_roster(), pack)


def _pack(objectives: tuple[str, ...] = ()) -> ResolvedPack:
    pack = resolve(load(PACK), on=ON)
    if not objectives:
        return pack
    planning = replace(pack.items.planning["every-planning"], objectives=objectives)
    return replace(pack, items=replace(pack.items, planning={planning.id: planning}))


@cache
def _planned(*objectives: str) -> Plan:
    outcome = plan(_roster(), _screening(_pack(objectives)), seed=4)
    assert isinstance(outcome, Planned)
    return outcome.plan


@pytest.mark.slow
def test_a_sample_county_under_every_rule_is_planned_and_proven() -> None:
    found = _planned()

    subjects = dict(_roster()["persons"].select("person_id", "subject").iter_rows())
    main = ["unmet_obligations", "selection", "balance", "wishes", "travel", "draw"]
    assert [each.id for each in found.objectives if each.proven] == main
    assert found.passed_over == ()
    assert {move.over_quota for move in found.moves} == {"", "no-over-structure"}
    assert [m for m in found.moves if m.subject and m.subject != subjects[m.person_id]]


def test_volunteers_are_ranked_by_the_points_of_a_rubric_up_to_its_cap() -> None:
    screening = _screening(_pack())
    problem = build(_roster(), screening, seed=4)
    years = screening.evaluation.levels("years-here").low

    (ranking,) = (each for each in problem.rankings if each.rule == "volunteers-by-points")
    points = [{min(2 * int(years[person]), 10) for person in tier} for tier in ranking.tiers]

    assert points == [{each} for each in sorted(set().union(*points), reverse=True)]
    assert len(points) > 1


@pytest.mark.slow
def test_counting_and_naming_find_the_same_plan_under_every_rule() -> None:
    problem = build(_roster(), _screening(_pack()), seed=4)

    found, named = (best(problem, pooling=each) for each in Pooling)

    assert isinstance(found, Best)
    assert isinstance(named, Best)
    assert (found.chosen == named.chosen).all()
    assert found.stages == named.stages


@pytest.mark.slow
def test_indicators_in_order_favour_the_first_and_added_up_the_sum_of_all() -> None:
    parts = ("balance:backbone", "balance:educated", "balance:arts")
    ordered = _values(_planned("unmet_obligations", *parts, "balance"))
    added = _values(_planned("unmet_obligations", "balance", *parts))

    assert ordered[parts[0]] < added[parts[0]]
    assert added["balance"] < ordered["balance"]
    weighted = [
        3 * each[parts[0]] + each[parts[1]] + each[parts[2]] for each in (ordered, added)
    ]
    assert [ordered["balance"], added["balance"]] == weighted


def _values(found: Plan) -> dict[str, int]:
    assert all(each.proven for each in found.objectives)
    return {each.id: each.value for each in found.objectives}
