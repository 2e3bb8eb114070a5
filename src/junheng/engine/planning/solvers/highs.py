"""HiGHS: linear relaxations and mixed-integer programmes over arrays.

One thread and a fixed seed, so that equal questions take equal paths. What a plan reports never
rests on these floating-point answers: values are computed again in exact integers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from importlib.metadata import version

import highspy
import numpy as np

from junheng.engine.planning.solvers.programmes import (
    Cut,
    Floats,
    Programme,
    Row,
    cut,
    whole,
)

SOLVER = f"HiGHS {version('highspy')}"
_RANDOM_SEED = 20_260_901
_TOLERANCE = 1e-9
_WHOLE = 1e-6
"""How far from whole a column may be in a first try; solutions are verified in integers."""
_WORTH_SHRINKING = 0.7
_NONE = np.zeros(0, dtype=np.int64)
_ABSOLUTE_GAP = 0.5
"""Costs are whole numbers: a plan within half a unit of the bound is the best there is."""


class Status(Enum):
    """How a solve ended."""

    OPTIMAL = auto()
    INFEASIBLE = auto()
    TIME_UP = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a solve found.

    Attributes
    ----------
    columns : values of the columns; None where no solution was found
    cost : cost of these columns
    bound : proven lower bound of the cost
    duals : duals of all rows, for a relaxation: cost less duals over a column is its reduced
        cost; for an infeasible one a ray, if the solver has any; None where nothing was left
    """

    status: Status
    columns: Floats | None
    cost: float
    bound: float
    duals: Floats | None = None


class Stopped(Exception):
    """The caller asked the solver to stop."""


@dataclass(slots=True)
class _Relaxed:
    """A relaxation the solver keeps, and the limits it stands at."""

    left: Cut
    model: highspy.Highs
    lower: Floats
    upper: Floats

    def narrow(self, lower: Floats, upper: Floats) -> None:
        """Set the limits of columns; those that were taken out stay where they are."""
        columns = self.left.columns
        changed = (lower != self.lower)[columns] | (upper != self.upper)[columns]
        index = np.flatnonzero(changed).astype(np.int32)
        at = columns[index]
        if len(at):
            self.model.changeColsBounds(len(index), index, lower[at], upper[at])
        self.lower, self.upper = lower, upper


class Session:
    """One programme that is solved again and again with other costs and further rows.

    Relaxed and whole solves use the same rows; columns that were fixed are left out of what
    the solver sees. ``seconds`` limits the solver's own time in all; None sets no limit.
    ``cancelled`` is asked again and again while the solver runs. Whole solves of at most
    ``plain`` columns go without the solver's presolve, and so do relaxations where ``compact``
    says that the programme has little for it to take away.

    Raises
    ------
    Stopped
        From every solve, once ``cancelled`` said yes.
    """

    def __init__(
        self,
        programme: Programme,
        *,
        seconds: float | None = None,
        cancelled: Callable[[], bool] | None = None,
        plain: int = 0,
        compact: bool = False,
    ) -> None:
        self._base = whole(programme)
        self._seconds = seconds
        self._cancelled = cancelled
        self._plain = plain
        self._compact = compact
        self._spent = 0.0
        self._lower = programme.column_lower.copy()
        self._upper = programme.column_upper.copy()
        self._further: list[Row] = []
        self._relaxed: _Relaxed | None = None

    @property
    def spent(self) -> float:
        """Seconds spent in the solver so far."""
        return self._spent

    def relax(
        self,
        cost: Floats,
        *,
        lower: Floats | None = None,
        upper: Floats | None = None,
        freed: int | None = None,
    ) -> Answer:
        """Solve the linear relaxation for a cost, from where the last one ended.

        Parameters
        ----------
        lower, upper : narrower limits of the columns, for this solve alone
        freed : number of the required row that limits nothing in this solve
        """
        least, most = self._within(lower, upper)
        if self._relaxed is None:
            self._shrink()
            left = cut(self._base, self._further, self._lower, self._upper)
            model = _loaded(left.programme, whole=False)
            if self._compact:
                model.setOptionValue("presolve", "off")
            self._relaxed = _Relaxed(left, model, self._lower.copy(), self._upper.copy())
        relaxed = self._relaxed
        relaxed.narrow(least, most)
        if freed is not None:
            self._set_row(relaxed, freed, Row(_NONE, np.zeros(0), -np.inf, np.inf))
        answer = self._run(relaxed.model, relaxed.left, cost)
        if freed is not None:
            self._set_row(relaxed, freed, self._further[freed].within(relaxed.left))
        if not len(relaxed.left.columns):
            return answer
        if answer.status is Status.INFEASIBLE:
            model = relaxed.model
            _, known, ray = model.getDualRay()  # type: ignore[attr-defined]  # -- highspy is not typed
            return replace(answer, duals=np.array(ray) if known else None)
        if answer.status is not Status.OPTIMAL:
            return answer
        duals = np.array(relaxed.model.getSolution().row_dual)
        return replace(answer, bound=answer.cost, duals=duals)

    def solve(
        self,
        cost: Floats,
        hint: Floats | None = None,
        *,
        lower: Floats | None = None,
        upper: Floats | None = None,
        exacting: bool = False,
    ) -> Answer:
        """Solve in whole columns for a cost, from a known solution if there is one.

        Parameters
        ----------
        lower, upper : narrower limits of the columns, for this solve alone
        exacting : keep columns as near to whole numbers as the solver can, at any price
        """
        self._shrink()
        least, most = self._within(lower, upper)
        rows = [replace(each, upper=each.upper + each.slack) for each in self._further]
        left = cut(self._base, rows, least, most)
        model = _loaded(left.programme, whole=True)
        model.setOptionValue("mip_feasibility_tolerance", _TOLERANCE if exacting else _WHOLE)
        if len(left.columns) <= self._plain:
            model.setOptionValue("presolve", "off")
        if hint is not None:
            solution = highspy.HighsSolution()
            solution.col_value = hint[left.columns].tolist()
            model.setSolution(solution)
        answer = self._run(model, left, cost)
        if answer.status is Status.INFEASIBLE or not len(left.columns):
            return answer
        bound = model.getInfo().mip_dual_bound + float(cost @ left.fixed)
        return replace(answer, bound=bound)

    def require(
        self, coefficients: Floats, *, lower: float, upper: float, slack: float = 0.0
    ) -> None:
        """Add a row for all solves to come.

        Parameters
        ----------
        slack : how much the upper limit gives way in whole solves, which round
        """
        index = np.flatnonzero(coefficients)
        row = Row(index, coefficients[index], lower, upper, slack)
        self._further.append(row)
        if self._relaxed is None:
            return
        mine = row.within(self._relaxed.left)
        at = mine.index.astype(np.int32)
        self._relaxed.model.addRow(mine.lower, mine.upper, len(at), at, mine.value)

    def bound_columns(self, *, lower: Floats, upper: Floats) -> None:
        """Narrow the limits of all columns for all solves to come."""
        self._lower, self._upper = lower.copy(), upper.copy()

    def _set_row(self, relaxed: _Relaxed, number: int, row: Row) -> None:
        """Give a required row of the relaxation the limits of a row."""
        at = len(self._base.programme.row_lower) + number
        relaxed.model.changeRowBounds(at, row.lower, row.upper)

    def _within(self, lower: Floats | None, upper: Floats | None) -> tuple[Floats, Floats]:
        """Return the limits of one solve."""
        least = self._lower if lower is None else np.maximum(self._lower, lower)
        most = self._upper if upper is None else np.minimum(self._upper, upper)
        return least, most

    def _shrink(self) -> None:
        """Take columns that stand still for good out of what solves begin with."""
        still_open = int((self._lower < self._upper).sum())
        if still_open < _WORTH_SHRINKING * len(self._base.columns):
            self._base = cut(self._base, (), self._lower, self._upper)

    def _run(self, model: highspy.Highs, left: Cut, cost: Floats) -> Answer:
        """Solve for a cost of the whole programme; the time counts."""
        if self._cancelled is not None and self._cancelled():
            raise Stopped
        if not len(left.columns):
            return _without_columns(left, cost)
        seconds = np.inf if self._seconds is None else self._seconds - self._spent
        if seconds <= 0:
            return Answer(status=Status.TIME_UP, columns=None, cost=np.inf, bound=-np.inf)
        before = model.getRunTime()
        model.setOptionValue("time_limit", before + seconds)
        size = len(left.columns)
        model.changeColsCost(size, np.arange(size, dtype=np.int32), cost[left.columns])
        _run_or_stop(model, self._cancelled)
        self._spent += model.getRunTime() - before
        return _answer(model, left, cost)


def _run_or_stop(model: highspy.Highs, cancelled: Callable[[], bool] | None) -> None:
    """Run the solver; stop it when asked to, whatever it is doing."""
    if cancelled is None:
        model.run()
        return
    raised: list[BaseException] = []

    def ask(event: highspy.HighsCallbackEvent) -> None:
        try:
            wanted = bool(raised) or cancelled()
        except BaseException as error:  # it must not cross the solver's frames
            raised.append(error)
            wanted = True
        event.interrupt(wanted)

    events = (model.cbSimplexInterrupt, model.cbIpmInterrupt, model.cbMipInterrupt)
    for each in events:
        each.subscribe(ask)
    try:
        model.run()
    finally:
        for each in events:
            each.unsubscribe(ask)
    if raised:
        raise raised[0]
    if model.getModelStatus() == highspy.HighsModelStatus.kInterrupt:
        raise Stopped


def _without_columns(left: Cut, cost: Floats) -> Answer:
    """Return the answer where nothing can be chosen: all rows are 0."""
    rows = left.programme
    if bool(np.any(rows.row_lower > _TOLERANCE) or np.any(rows.row_upper < -_TOLERANCE)):
        return Answer(status=Status.INFEASIBLE, columns=None, cost=np.inf, bound=np.inf)
    value = float(cost @ left.fixed)
    return Answer(status=Status.OPTIMAL, columns=left.fixed, cost=value, bound=value)


def _loaded(programme: Programme, *, whole: bool) -> highspy.Highs:
    model = highspy.Highs()  # type: ignore[no-untyped-call]  # -- highspy is not typed
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", _RANDOM_SEED),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", _ABSOLUTE_GAP),
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
        # All of them: under whole moves every own column may be whole, and the solver's
        # presolve has been seen to lose plans of programmes that mix both kinds.
        lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    model.passModel(lp)
    return model


def _answer(model: highspy.Highs, left: Cut, cost: Floats) -> Answer:
    status = model.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Answer(status=Status.INFEASIBLE, columns=None, cost=np.inf, bound=np.inf)
    known = highspy.SolutionStatus.kSolutionStatusFeasible
    found = model.getInfo().primal_solution_status == known
    columns = left.whole(np.array(model.getSolution().col_value)) if found else None
    optimal = status == highspy.HighsModelStatus.kOptimal
    return Answer(
        status=Status.OPTIMAL if optimal else Status.TIME_UP,
        columns=columns,
        cost=np.inf if columns is None else float(cost @ columns),
        bound=-np.inf,
    )
