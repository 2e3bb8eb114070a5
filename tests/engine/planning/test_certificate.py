"""Bounds proven in integers against the best plans a solver finds."""

import numpy as np

from junheng.engine.planning.building import build
from junheng.engine.planning.certificate import Kept, Limits, Prover
from junheng.engine.planning.model import Model, whole_model
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.solvers.highs import Session, Status
from junheng.engine.roster.generator import tiny
from tests.engine.planning.hand_screening import (
    by_lot,
    pack_of,
    planning_item,
    screened,
)
from tests.engine.planning.test_objectives import QUOTAS

UNMET, BALANCE = "unmet_obligations", "balance"


def _problem(seed: int) -> Problem:
    item = planning_item(duties=(("teacher", "everyone"),))
    roster = tiny(seed, units=3 + seed % 2, persons=10)
    return build(roster, screened(roster, pack_of(item, quotas=QUOTAS), by_lot(seed)), seed=3)


def _limits(model: Model) -> Limits:
    programme = model.programme
    return Limits(
        np.rint(programme.column_lower).astype(np.int64),
        np.rint(programme.column_upper).astype(np.int64),
    )


def test_no_duals_whatever_prove_more_than_the_best_plan_reaches() -> None:
    wrong, compared = [], 0
    for seed in range(25):
        problem = _problem(seed)
        model = whole_model(problem, (BALANCE,))
        found = Session(model.programme).solve(model.costs[BALANCE].astype(np.float64))
        if found.status is not Status.OPTIMAL:
            continue
        dice, compared = np.random.default_rng(seed), compared + 1
        for scale in (0.1, 10.0, 1e5, 1e12):
            duals = dice.normal(size=len(model.names)) * scale
            proof = Prover(model, problem.arcs.person).certificate(
                model.costs[BALANCE], _limits(model), duals, []
            )
            wrong += [seed] if proof.bound > round(found.cost) else []

    assert wrong == []
    assert compared > 10


def test_narrowed_limits_keep_the_best_plan_and_leave_columns_out() -> None:
    lost, left_out = [], 0
    for seed in range(25):
        problem = _problem(seed)
        model = whole_model(problem, (BALANCE,))
        session = Session(model.programme)
        cost = model.costs[BALANCE].astype(np.float64)
        relaxed, found = session.relax(cost), session.solve(cost)
        if relaxed.duals is None or found.columns is None:
            continue
        value, limits = round(found.cost), _limits(model)
        proof = Prover(model, problem.arcs.person).certificate(
            model.costs[BALANCE], limits, relaxed.duals, []
        )
        narrow = proof.narrowed(limits, value)
        left_out += int((narrow.upper < limits.upper).sum())
        session.bound_columns(
            lower=narrow.lower.astype(np.float64), upper=narrow.upper.astype(np.float64)
        )
        again = session.solve(cost)
        lost += [seed] if round(again.cost) != value else []

    assert lost == []
    assert left_out > 0


def test_a_prover_within_limits_proves_the_same_as_one_that_looks_at_everything() -> None:
    different, narrowed = [], 0
    for seed in range(15):
        problem = _problem(seed)
        model = whole_model(problem, (BALANCE,))
        relaxed = Session(model.programme).relax(model.costs[BALANCE].astype(np.float64))
        if relaxed.duals is None:
            continue
        prover, cost = Prover(model, problem.arcs.person), model.costs[BALANCE]
        proof = prover.certificate(cost, _limits(model), relaxed.duals, [])
        narrow = proof.narrowed(_limits(model), proof.bound)
        narrowed += int((narrow.upper < _limits(model).upper).sum())
        bounds = {
            each.certificate(cost, narrow, relaxed.duals, []).bound
            for each in (prover, prover.within(narrow))
        }
        different += [seed] if len(bounds) > 1 else []

    assert different == []
    assert narrowed > 0


def test_duals_too_large_for_64_bits_still_prove_what_is_true() -> None:
    problem = _problem(2)
    model = whole_model(problem, (BALANCE,))
    cost, limits = model.costs[BALANCE], _limits(model)
    relaxed = Session(model.programme).relax(cost.astype(np.float64))
    assert relaxed.duals is not None
    prover = Prover(model, problem.arcs.person)

    fine = prover.certificate(cost, limits, relaxed.duals, [])
    coarse = prover.certificate(cost * 2**27, limits, relaxed.duals * 2**27, [])

    assert coarse.digits < 22 <= fine.digits
    assert coarse.bound <= fine.bound * 2**27
    assert coarse.bound > (fine.bound - 1) * 2**27


def test_a_value_that_is_kept_strengthens_the_bound_of_the_next_objective() -> None:
    problem = _problem(2)
    model = whole_model(problem, (UNMET, BALANCE))
    session = Session(model.programme)
    first = round(session.solve(model.costs[UNMET].astype(np.float64)).cost)
    row = model.costs[UNMET].astype(np.float64)
    free = session.relax(model.costs[BALANCE].astype(np.float64))
    session.require(row, lower=-np.inf, upper=first)
    bound = session.relax(model.costs[BALANCE].astype(np.float64))
    prover, n_rows = Prover(model, problem.arcs.person), len(model.names)
    assert bound.duals is not None
    assert free.duals is not None

    kept = [(Kept(model.costs[UNMET], first), float(bound.duals[n_rows]))]
    cost, limits = model.costs[BALANCE], _limits(model)
    with_row = prover.certificate(cost, limits, bound.duals[:n_rows], kept)
    without = prover.certificate(cost, limits, free.duals, [])

    assert abs(with_row.scaled / 2**with_row.digits - bound.bound) < 1e-3
    assert with_row.scaled / 2**with_row.digits > without.scaled / 2**without.digits + 1
