"""HiGHS: linear relaxations and mixed-integer programmes over arrays.

One thread and a fixed seed, so that equal questions take equal paths. What a plan reports never
rests on these floating-point answers: values are computed again in exact integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from importlib.metadata import version

import highspy
import numpy as np
from numpy.typing import NDArray

from junheng.engine.planning.matrix import Mask

Floats = NDArray[np.float64]

SOLVER = f"HiGHS {version('highspy')}"
_RANDOM_SEED = 20_260_901
_TOLERANCE = 1e-9
_ABSOLUTE_GAP = 0.5
"""Costs are whole numbers: a plan within half a unit of the bound is the best there is."""


class Status(Enum):
    """How a solve ended."""

    OPTIMAL = auto()
    INFEASIBLE = auto()
    TIME_UP = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Columns with bounds, and rows ``lower <= A x <= upper``; ``A`` in row-wise sparse form.

    ``start[r]`` to ``start[r + 1]`` are the entries of row ``r`` in ``index`` and ``value``.
    """

    column_lower: Floats
    column_upper: Floats
    whole: Mask
    row_lower: Floats
    row_upper: Floats
    start: NDArray[np.int64]
    index: NDArray[np.int64]
    value: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a solve found.

    Attributes
    ----------
    columns : values of the columns; None where no solution was found
    cost : cost of these columns
    bound : proven lower bound of the cost
    reduced : reduced costs of the columns, for a relaxation
    duals : duals of the rows, for a relaxation: cost less duals over a column is its reduced
        cost
    """

    status: Status
    columns: Floats | None
    cost: float
    bound: float
    reduced: Floats | None = None
    duals: Floats | None = None


class Session:
    """One programme that is solved again and again with other costs and further rows.

    Relaxed and whole solves use the same rows. ``seconds_left`` counts the solver's own time;
    None sets no limit.
    """

    def __init__(self, programme: Programme, *, seconds: float | None = None) -> None:
        self._size = len(programme.column_lower)
        self._seconds = seconds
        self._spent = 0.0
        self._empty = _without_columns(programme)
        self._relaxed = _loaded(programme, whole=False)
        self._mixed = _loaded(programme, whole=True)

    @property
    def spent(self) -> float:
        """Seconds spent in the solver so far."""
        return self._spent

    def relax(self, cost: Floats) -> Answer:
        """Solve the linear relaxation for a cost."""
        return self._run(self._relaxed, cost)

    def solve(self, cost: Floats, hint: Floats | None = None) -> Answer:
        """Solve in whole columns for a cost, from a known solution if there is one."""
        if hint is not None:
            solution = highspy.HighsSolution()
            solution.col_value = hint.tolist()
            self._mixed.setSolution(solution)
        return self._run(self._mixed, cost)

    def require(self, coefficients: Floats, *, lower: float, upper: float) -> None:
        """Add a row for all solves to come."""
        index = np.flatnonzero(coefficients).astype(np.int32)
        for model in (self._relaxed, self._mixed):
            model.addRow(lower, upper, len(index), index, coefficients[index])

    def bound_columns(
        self, columns: NDArray[np.int64], *, lower: Floats, upper: Floats
    ) -> None:
        """Narrow the bounds of some columns for all solves to come."""
        if not len(columns):
            return
        index = columns.astype(np.int32)
        for model in (self._relaxed, self._mixed):
            model.changeColsBounds(len(index), index, lower, upper)

    def _run(self, model: highspy.Highs, cost: Floats) -> Answer:
        if not self._size:
            return self._empty
        if self._seconds is not None:
            left = self._seconds - self._spent
            if left <= 0:
                return Answer(status=Status.TIME_UP, columns=None, cost=np.inf, bound=-np.inf)
            model.setOptionValue("time_limit", model.getRunTime() + left)
        model.changeColsCost(self._size, np.arange(self._size, dtype=np.int32), cost)
        before = model.getRunTime()
        model.run()
        self._spent += model.getRunTime() - before
        return _answer(model, mixed=model is self._mixed)


def _without_columns(programme: Programme) -> Answer:
    """Return the answer where nothing can be chosen: all rows are 0."""
    if bool(np.any(programme.row_lower > 0) or np.any(programme.row_upper < 0)):
        return Answer(status=Status.INFEASIBLE, columns=None, cost=np.inf, bound=np.inf)
    nothing = np.zeros(0)
    return Answer(status=Status.OPTIMAL, columns=nothing, cost=0.0, bound=0.0, reduced=nothing)


def _loaded(programme: Programme, *, whole: bool) -> highspy.Highs:
    model = highspy.Highs()  # type: ignore[no-untyped-call]  # -- highspy is not typed
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", _RANDOM_SEED),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", _ABSOLUTE_GAP),
        ("mip_feasibility_tolerance", _TOLERANCE),
        ("primal_feasibility_tolerance", _TOLERANCE),
        ("dual_feasibility_tolerance", _TOLERANCE),
    ):
        model.setOptionValue(option, value)
    lp = highspy.HighsLp()
    lp.num_col_ = len(programme.column_lower)
    lp.num_row_ = len(programme.row_lower)
    lp.col_cost_ = np.zeros(lp.num_col_)
    lp.col_lower_ = programme.column_lower
    lp.col_upper_ = programme.column_upper
    lp.row_lower_ = programme.row_lower
    lp.row_upper_ = programme.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = programme.start.astype(np.int32)
    lp.a_matrix_.index_ = programme.index.astype(np.int32)
    lp.a_matrix_.value_ = programme.value
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(each)] for each in programme.whole]
    model.passModel(lp)
    return model


def _answer(model: highspy.Highs, *, mixed: bool) -> Answer:
    status = model.getModelStatus()
    details = model.getInfo()
    found = details.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if status == highspy.HighsModelStatus.kInfeasible:
        return Answer(status=Status.INFEASIBLE, columns=None, cost=np.inf, bound=np.inf)
    solution = model.getSolution()
    columns = np.array(solution.col_value) if found else None
    cost = details.objective_function_value if found else np.inf
    optimal = status == highspy.HighsModelStatus.kOptimal
    if mixed:
        return Answer(
            status=Status.OPTIMAL if optimal else Status.TIME_UP,
            columns=columns,
            cost=cost,
            bound=details.mip_dual_bound,
        )
    return Answer(
        status=Status.OPTIMAL if optimal else Status.TIME_UP,
        columns=columns,
        cost=cost,
        bound=cost if optimal else -np.inf,
        reduced=np.array(solution.col_dual) if optimal else None,
        duals=np.array(solution.row_dual) if optimal else None,
    )
