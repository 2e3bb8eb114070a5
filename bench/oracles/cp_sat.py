"""CP-SAT of OR-Tools on the whole programme, in exact integers."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from bench.oracles.questions import Question
from bench.oracles.staged import Kept, main

_WIDE = 2**40
"""Stands for no limit of a row; no row comes near it."""


def solve(
    question: Question, number: int, kept: Kept, seconds: float
) -> tuple[int, bool] | None:
    """Solve one objective to the last unit, two workers."""
    model = cp_model.CpModel()
    programme = question.programme
    limits = zip(programme.column_lower.tolist(), programme.column_upper.tolist(), strict=True)
    columns = [model.new_int_var(int(low), int(high), "") for low, high in limits]
    for row in range(len(programme.row_lower)):
        part = slice(programme.start[row], programme.start[row + 1])
        terms = [columns[at] for at in programme.index[part].tolist()]
        values = np.rint(programme.value[part]).astype(int).tolist()
        low = max(programme.row_lower[row], -_WIDE)
        high = min(programme.row_upper[row], _WIDE)
        total = cp_model.LinearExpr.weighted_sum(terms, values)
        model.add_linear_constraint(total, int(low), int(high))
    for cost, value in kept:
        model.add(cp_model.LinearExpr.weighted_sum(columns, cost.tolist()) <= value)
    total = cp_model.LinearExpr.weighted_sum(columns, question.costs[number].tolist())
    model.minimize(total)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return round(solver.objective_value), status == cp_model.OPTIMAL


if __name__ == "__main__":
    main(solve)
