"""Each rule of its own in random counties: all plans tried, persons counted and named."""

from functools import cache

import pytest

from junheng.engine.planning import Conflict, Planned, plan
from junheng.engine.planning.building import build
from junheng.engine.planning.lexicographic import Best, Pooling, best
from junheng.engine.plans import Plan
from tests.engine.planning.brute_force import County
from tests.engine.planning.random_rules import DRAW_SEED, RULES, counties
from tests.engine.planning.trying import Verdict, best_by_trying, preference

_FEW = range(12)
_MANY = range(12, 60)


@pytest.mark.parametrize("rule", RULES)
def test_planner_finds_the_same_best_plan_as_trying_all_under_each_rule(rule: str) -> None:
    assert [seed for seed in _FEW if not _agrees(rule, seed)] == []


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_planner_finds_the_same_best_plan_under_each_rule_in_many_counties(rule: str) -> None:
    assert [seed for seed in _MANY if not _agrees(rule, seed)] == []


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_each_rule_changes_the_plan_in_a_good_share_of_the_counties(rule: str) -> None:
    changed = [seed for seed in (*_FEW, *_MANY) if _bites(rule, seed)]

    assert len(changed) >= 12


@pytest.mark.parametrize("rule", RULES)
def test_counting_and_naming_find_the_same_plan_under_each_rule(rule: str) -> None:
    assert [seed for seed in range(40) if not _pooled_alike(rule, seed)] == []


@cache
def _tried(rule: str, seed: int) -> Verdict | None:
    return best_by_trying(counties(rule, seed)[0])


def _agrees(rule: str, seed: int) -> bool:
    county = counties(rule, seed)[0]
    outcome = plan(county.roster, county.screening, seed=DRAW_SEED)
    expected = _tried(rule, seed)
    if expected is None or not isinstance(outcome, Planned):
        return expected is None and isinstance(outcome, Conflict)
    return _as_verdict(county, outcome.plan) == expected


def _as_verdict(county: County, found: Plan) -> Verdict:
    assert all(each.proven for each in found.objectives)
    return Verdict(
        tuple(each.value for each in found.objectives),
        tuple(
            (move.person_id, move.to_unit, preference(county, move.person_id, move.subject))
            for move in found.moves
        ),
        frozenset(move.person_id for move in found.moves if move.over_quota),
        tuple((each.rule, each.person_id) for each in found.passed_over),
    )


def _bites(rule: str, seed: int) -> bool:
    with_rule, without = (
        plan(county.roster, county.screening, seed=DRAW_SEED) for county in counties(rule, seed)
    )
    if isinstance(with_rule, Planned) and isinstance(without, Planned):
        return with_rule.plan.moves != without.plan.moves
    return type(with_rule) is not type(without)


def _pooled_alike(rule: str, seed: int) -> bool:
    county = counties(rule, seed)[0]
    problem = build(county.roster, county.screening, seed=DRAW_SEED)
    found, named = (best(problem, pooling=each) for each in Pooling)
    if isinstance(found, Best) and isinstance(named, Best):
        same = found.chosen.tolist() == named.chosen.tolist()
        return same and found.stages == named.stages
    return type(found) is type(named)
