"""Counts of interchangeable persons against the model that names every person."""

from datetime import date
from functools import cache
from random import Random

import numpy as np
import pytest

from junheng.engine.planning.building import build
from junheng.engine.planning.certificate import Limits, Prover
from junheng.engine.planning.constraints import CONSTRAINTS
from junheng.engine.planning.levels import ByCount, ByPerson
from junheng.engine.planning.lexicographic import Best, NoPlan, Pooling, best
from junheng.engine.planning.matrix import Ints, Mask
from junheng.engine.planning.model import Model, whole_model
from junheng.engine.planning.objectives import OBJECTIVES
from junheng.engine.planning.pooling import Pooled, pooled
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.solvers.highs import Session
from junheng.engine.planning.solvers.programmes import Floats
from junheng.engine.policy.items import Bound
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate, tiny
from junheng.engine.screening import screen
from tests.engine.planning.cast import county, decision, person, problem_of
from tests.engine.planning.hand_screening import (
    SENIOR,
    by_lot,
    number,
    pack_of,
    planning_item,
    screened,
)

ON = date(2026, 8, 31)
PACKS = ("datong-example", "district-managed-example")
EARLY = ("unmet_obligations", "balance", "wishes")


@cache
def sample(pack_id: str, seed: int) -> Problem:
    roster = generate(units=20, persons=500, seed=seed, on=ON)
    return build(roster, screen(roster, resolve(load(pack_id), on=ON)), seed=4)


def _pool(problem: Problem) -> Pooled:
    return pooled(whole_model(problem, problem.objectives), problem.arcs, EARLY)


def small(seed: int) -> Problem:
    planning = planning_item(
        duties=(("teacher", ("everyone", "quota")[seed % 2]),),
        leavers_at_most=Bound(number=number(1 + seed % 3)),
        forms=(("transfer", "exchange"), ("exchange",))[seed // 2 % 2],
        counted_at=("host", "origin")[seed // 4 % 2],
    )
    roster = tiny(seed, units=3 + seed % 4, persons=12 + seed % 9)
    pack = pack_of(planning, transfer=SENIOR if seed % 3 else None)
    return build(roster, screened(roster, pack, by_lot(seed)), seed=1)


def _swapped(pool: Pooled, chosen: Mask, dice: Random) -> Mask:
    """Let the persons of each group change places with each other."""
    swapped = chosen.copy()
    for group in pool.groups:
        order = list(range(len(group.arcs)))
        dice.shuffle(order)
        swapped[group.arcs] = chosen[group.arcs[order]]
    return swapped


@pytest.mark.parametrize("pack_id", PACKS)
def test_persons_of_a_group_change_places_and_no_row_and_no_early_value_changes(
    pack_id: str,
) -> None:
    problem, dice = sample(pack_id, 2), Random(7)  # noqa: S311 -- not for security
    pool = _pool(problem)
    chosen = np.random.default_rng(7).random(len(problem.arcs)) < 0.3

    swapped = _swapped(pool, chosen, dice)

    assert (swapped != chosen).any()
    for constraint in CONSTRAINTS[1:]:
        block = constraint(problem)
        totals = [
            np.bincount(
                block.on_arcs.row,
                weights=block.on_arcs.value * mask[block.on_arcs.column],
                minlength=len(block.names),
            ).tolist()
            for mask in (chosen, swapped)
        ]
        assert totals[0] == totals[1]
    values = [[OBJECTIVES[each].value(problem, m) for each in EARLY] for m in (chosen, swapped)]
    assert values[0] == values[1]


@pytest.mark.parametrize("pack_id", PACKS)
def test_relaxed_counts_reach_what_relaxed_persons_reach_and_prove_it(pack_id: str) -> None:
    problem = sample(pack_id, 3)
    model, pool = whole_model(problem, problem.objectives), _pool(problem)
    prover = Prover(model, problem.arcs.person)
    open_columns = Limits(
        _whole(model.programme.column_lower), _whole(model.programme.column_upper)
    )
    for each in EARLY:
        by_person, by_count = ByPerson(model, Session(model.programme)), _counting(model, pool)
        reached = by_person.session.relax(by_person.cost(each)).bound
        answer = by_count.session.relax(by_count.cost(each))
        duals, _ = by_count.duals(answer)
        proof = prover.certificate(model.costs[each], open_columns, duals, [])

        assert answer.bound == pytest.approx(reached, rel=1e-9, abs=1e-6)
        assert proof.scaled / 2**proof.digits == pytest.approx(reached, rel=1e-7, abs=1e-3)


def _counting(model: Model, pool: Pooled) -> ByCount:
    return ByCount(model, pool, Session(pool.programme))


def _whole(limits: Floats) -> Ints:
    return np.rint(limits).astype(np.int64)


@pytest.mark.parametrize("pack_id", PACKS)
@pytest.mark.parametrize("seed", [2, 5])
def test_counting_and_naming_find_the_same_plan_in_a_sample_county(
    pack_id: str, seed: int
) -> None:
    found, named = (best(sample(pack_id, seed), pooling=each) for each in Pooling)

    assert isinstance(found, Best)
    assert isinstance(named, Best)
    assert found.stages == named.stages
    assert found.chosen.tolist() == named.chosen.tolist()


def test_counting_and_naming_agree_in_every_early_stage_of_random_counties() -> None:
    differ = []
    plans = 0
    for seed in range(60):
        problem = small(seed)
        found, named = (best(problem, objectives=EARLY, pooling=each) for each in Pooling)
        if isinstance(found, Best) and isinstance(named, Best):
            plans += 1
            differ += [seed] if found.stages != named.stages else []
        else:
            differ += [] if isinstance(found, NoPlan) and isinstance(named, NoPlan) else [seed]

    assert differ == []
    assert plans > 40


def test_alike_persons_are_one_group_until_a_decision_or_a_wish_tells_them_apart() -> None:
    two = [person("lin"), person("zhao")]
    pinned = [decision("固定", "lin", "hilltop")]
    wished = [
        {"person_id": "lin", "wish_kind": "志愿", "wish_rank": 1, "unit_id": "hilltop"},
    ]
    alike = problem_of(county(two))
    by_decision = problem_of(county(two, decisions=pinned))
    by_wish = problem_of(county(two, wishes=wished))

    sizes = [
        [len(g.arcs) for g in _pool(each).groups] for each in (alike, by_decision, by_wish)
    ]

    assert sizes == [[2], [1, 1], [1, 1]]


@pytest.mark.parametrize("pack_id", PACKS)
def test_counts_need_fewer_columns_than_arcs_in_a_sample_county(pack_id: str) -> None:
    pool = _pool(sample(pack_id, 2))

    assert pool.hubs
    assert pool.n_counts < 0.8 * pool.n_arcs
