"""Parting plans at a step of a bound that rises with a number."""

import numpy as np

from junheng.engine.planning.branching import Steps
from junheng.engine.planning.building import build
from junheng.engine.planning.certificate import Limits
from junheng.engine.planning.matrix import Entries, Stairs, ints
from junheng.engine.planning.model import Model, row_wise, whole_model
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.solvers.highs import Session, Status
from junheng.engine.planning.solvers.programmes import Floats, Programme
from junheng.engine.roster.generator import tiny
from tests.engine.planning.hand_screening import by_lot, pack_of, planning_item, screened
from tests.engine.planning.test_objectives import QUOTAS

UNMET = "unmet_obligations"


def _stairs() -> tuple[Programme, Stairs]:
    """Return columns b, count and three ranges 0, 1-3, 4-6 that ask for 0, 1 and 2."""
    number = [(0, 0, 1), (0, 3, -1), (0, 4, -4)]
    reached = [(1, 1, 1), (1, 3, -1), (1, 4, -2)]
    row, column, value = (ints([e[k] for e in number + reached]) for k in range(3))
    start, index, values = row_wise(Entries(row, column, value), 2)
    programme = Programme(
        column_lower=np.zeros(5),
        column_upper=np.array([6.0, 6.0, 1.0, 1.0, 1.0]),
        row_lower=np.zeros(2),
        row_upper=np.full(2, np.inf),
        start=start,
        index=index,
        value=values,
    )
    stairs = Stairs(
        columns=ints([2, 3, 4]),
        first=ints([0, 1, 4]),
        last=ints([0, 3, 6]),
        bound=ints([0, 1, 2]),
        number=0,
        reached=1,
    )
    return programme, stairs


def _halves(b: float, count: float, *ranges: float) -> tuple[list[int], list[int]] | None:
    programme, stairs = _stairs()
    limits = Limits(np.zeros(5, dtype=np.int64), np.ones(5, dtype=np.int64))
    steps = Steps([stairs], programme, ints([0, 1]), 0)
    found = steps.halves(np.array([b, count, *ranges]), limits)
    return None if found is None else (found[0].upper.tolist(), found[1].upper.tolist())


def test_a_number_between_two_corners_parts_below_and_above_the_step_it_is_on() -> None:
    assert _halves(5.0, 1.75, 0.0, 0.25, 0.75) == ([1, 1, 1, 1, 0], [1, 1, 0, 0, 1])


def test_a_number_between_two_ranges_counts_as_on_the_upper_step() -> None:
    assert _halves(3.4, 1.4, 0.0, 0.8, 0.2) == ([1, 1, 1, 1, 0], [1, 1, 0, 0, 1])


def test_a_mixture_of_ranges_that_reaches_the_step_is_left_alone() -> None:
    assert _halves(5.0, 2.0, 0.0, 0.25, 0.75) is None
    assert _halves(3.0, 1.0, 0.0, 1.0, 0.0) is None


def test_no_plan_that_could_be_chosen_is_lost_between_the_halves() -> None:
    lost, parted = [], 0
    for seed in range(30):
        problem = _problem(seed)
        model = whole_model(problem, (UNMET,))
        session, limits = Session(model.programme), _limits(model)
        cost = model.costs[UNMET].astype(np.float64)
        relaxed, best = session.relax(cost), session.solve(cost)
        if relaxed.columns is None or best.status is not Status.OPTIMAL:
            continue
        steps = Steps(model.stairs, model.programme, np.arange(len(model.names)), 0)
        halves = steps.halves(_between(model, relaxed.columns), limits)
        if halves is None:
            continue
        parted += 1
        found = [
            session.solve(cost, upper=half.upper.astype(np.float64)).cost for half in halves
        ]
        lost += [seed] if round(min(found)) != round(best.cost) else []

    assert lost == []
    assert parted > 5


def _problem(seed: int) -> Problem:
    item = planning_item(duties=(("teacher", "everyone"),))
    roster = tiny(seed, units=3 + seed % 2, persons=10)
    return build(roster, screened(roster, pack_of(item, quotas=QUOTAS), by_lot(seed)), seed=3)


def _between(model: Model, columns: Floats) -> Floats:
    """Return a solution whose stairs stand halfway between their first and last range."""
    found = columns.copy()
    for stairs in model.stairs:
        found[stairs.columns] = 0
        found[stairs.columns[[0, -1]]] = 0.5
    return found


def _limits(model: Model) -> Limits:
    programme = model.programme
    return Limits(
        np.rint(programme.column_lower).astype(np.int64),
        np.rint(programme.column_upper).astype(np.int64),
    )
