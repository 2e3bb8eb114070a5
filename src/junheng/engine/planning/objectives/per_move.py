"""Objectives that add up a figure of each move: wishes, travel, the draw."""

from __future__ import annotations

import numpy as np

from junheng.engine.planning.matrix import Ints, Mask, Rows, ints
from junheng.engine.planning.objectives.objective import Cost, Objective
from junheng.engine.planning.problem import Problem


def _wishes_cost(problem: Problem) -> Cost:
    """Return what moving costs beyond keeping: whoever moves is not kept."""
    wishes = problem.wishes
    beyond = wishes.moved - wishes.kept[problem.arcs.person]
    return _plain(int(wishes.kept.sum()), beyond)


def _wishes_value(problem: Problem, chosen: Mask) -> int:
    stays = np.ones(len(problem.staff.ids), dtype=np.bool_)
    stays[problem.arcs.person[chosen]] = False
    return int(problem.wishes.moved[chosen].sum()) + int(problem.wishes.kept[stays].sum())


def _plain(constant: int, arcs: Ints) -> Cost:
    return Cost(constant=constant, arcs=arcs, own=ints([]), block=Rows().block())


WISHES = Objective(
    id="wishes",
    cost=_wishes_cost,
    value=_wishes_value,
    scale=lambda problem: problem.wishes.scale,
)
"""Costs of wishes granted, passed over and not asked for, as the pack sets them."""

TRAVEL = Objective(
    id="travel",
    cost=lambda problem: _plain(0, problem.metres),
    value=lambda problem, chosen: int(problem.metres[chosen].sum()),
    by_person=True,
)
"""Great-circle metres from home, else from the present unit, over all moves."""

DRAW = Objective(
    id="draw",
    cost=lambda problem: _plain(0, problem.draws),
    value=lambda problem, chosen: int(problem.draws[chosen].sum()),
    by_person=True,
)
"""The published draw (§9): the least sum of the hashed weights wins."""
