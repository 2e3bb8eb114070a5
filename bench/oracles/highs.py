"""HiGHS on the whole programme, objective after objective, nothing of the planner's."""

from __future__ import annotations

import highspy
import numpy as np

from bench.oracles.questions import Question
from bench.oracles.staged import Kept, main

_SLACK = 1e-6


def loaded(question: Question, number: int, kept: Kept) -> highspy.Highs:
    """Return a model with one objective and the rows that keep earlier ones."""
    programme = question.programme
    model = highspy.Highs()  # type: ignore[no-untyped-call]  # -- highspy is not typed
    model.silent()
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(programme.column_lower), len(programme.row_lower)
    lp.col_cost_ = question.costs[number].astype(np.float64)
    lp.col_lower_, lp.col_upper_ = programme.column_lower, programme.column_upper
    lp.row_lower_, lp.row_upper_ = programme.row_lower, programme.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = programme.start.astype(np.int32)
    lp.a_matrix_.index_ = programme.index.astype(np.int32)
    lp.a_matrix_.value_ = programme.value
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    model.passModel(lp)
    for cost, value in kept:
        index = np.flatnonzero(cost).astype(np.int32)
        row = cost[index].astype(np.float64)
        model.addRow(-highspy.kHighsInf, value + _SLACK, len(index), index, row)
    return model


def solve(
    question: Question, number: int, kept: Kept, seconds: float
) -> tuple[int, bool] | None:
    """Solve one objective to the last unit, one thread."""
    model = loaded(question, number, kept)
    options = (("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5))
    for option, value in (*options, ("time_limit", seconds)):
        model.setOptionValue(option, value)
    model.run()
    known = highspy.SolutionStatus.kSolutionStatusFeasible
    if model.getInfo().primal_solution_status != known:
        return None
    proven = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return round(model.getInfo().objective_function_value), proven


if __name__ == "__main__":
    main(solve)
