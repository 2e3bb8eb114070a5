"""Changes: how many persons an earlier plan and this one place differently."""

from __future__ import annotations

import numpy as np

from junheng.engine.planning.matrix import Mask, Rows, ints
from junheng.engine.planning.objectives.objective import Cost, Objective
from junheng.engine.planning.problem import Problem


def _cost(problem: Problem) -> Cost:
    """Return one for each person who moves anew, and one less where a move stays as it was."""
    arcs = np.zeros(len(problem.arcs), dtype=np.int64)
    constant = 0
    if problem.earlier is not None:
        arcs[~np.isin(problem.arcs.person, problem.earlier.persons)] = 1
        arcs[problem.earlier.arcs] = -1
        constant = len(problem.earlier.persons) + problem.earlier.gone
    return Cost(constant=constant, arcs=arcs, own=ints([]), block=Rows().block())


def _value(problem: Problem, chosen: Mask) -> int:
    if problem.earlier is None:
        return 0
    movers = set(problem.arcs.person[chosen].tolist())
    same = int(chosen[problem.earlier.arcs].sum())
    moved = movers | set(problem.earlier.persons.tolist())
    return len(moved) + problem.earlier.gone - same


CHANGES = Objective(id="changes", cost=_cost, value=_value)
"""Persons moved elsewhere, no longer moved, or newly moved; 0 without an earlier plan."""
