"""Objectives strictly in order: each proven before the next, and kept from then on.

For each objective: the linear relaxation gives a bound, rounded up to a whole number; a
mixed-integer solve closes what is left; the exact value then becomes a row that all later
stages keep, and every column whose reduced cost exceeds the gap is fixed, which loses no plan
that keeps the value. After the draw, plans that are equal in everything are told apart by the
lexicographically smallest list of moves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, isfinite

import numpy as np

from junheng.engine.planning.constraints import CONSTRAINTS
from junheng.engine.planning.matrix import Block, Mask
from junheng.engine.planning.model import Model, whole_model
from junheng.engine.planning.names import Name
from junheng.engine.planning.objectives import OBJECTIVES
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.solvers.highs import Answer, Floats, Session, Status
from junheng.errors import EngineBug
from junheng.errors import Problem as Finding

Progress = Callable[[str], None]
"""Told the id of each stage as it begins; an exception raised here ends the planning."""

TIE = "tie"
_LARGEST_COEFFICIENT = 1024.0
"""Rows that keep a value are scaled down to this, so that one unit stays above tolerances."""
_SLACK = 1e-6
_ROUNDING = 1e-6
"""How far a relaxation's value may lie above a whole number and still be that number."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What one objective reached: an exact value and a proven bound."""

    id: str
    value: int
    bound: int


@dataclass(frozen=True, slots=True)
class Best:
    """The best choice of arcs found, stage by stage.

    ``complete`` says that every stage was proven and ties were decided.
    """

    chosen: Mask
    stages: tuple[Stage, ...]
    complete: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class NoPlan:
    """No choice of arcs keeps all constraints."""


@dataclass(frozen=True, slots=True)
class NoTime:
    """The time was up before any plan was found."""

    seconds: float


@dataclass(slots=True)
class _Search:
    """A running search: the incumbent, the values reached, and the arcs not yet fixed."""

    problem: Problem
    model: Model
    session: Session
    without: frozenset[Name]
    kept: tuple[Block, ...]
    open_arcs: Mask
    chosen: Mask | None = None
    columns: Floats | None = None
    reached: list[Stage] = field(default_factory=list)


def best(
    problem: Problem,
    *,
    objectives: Sequence[str] | None = None,
    without: frozenset[Name] = frozenset(),
    seconds: float | None = None,
    progress: Progress | None = None,
) -> Best | NoPlan | NoTime:
    """Find the best choice of arcs, objective after objective.

    Parameters
    ----------
    objectives : ids in order; the problem's own when not given
    without : groups of rows that are relaxed
    seconds : limit on the solver's time; None for none
    """
    wanted = tuple(problem.objectives if objectives is None else objectives)
    tell = progress or _quiet
    model = whole_model(problem, wanted, without)
    session = Session(model.programme, seconds=seconds)
    everything = np.ones(model.n_arcs, dtype=np.bool_)
    kept = tuple(constraint(problem) for constraint in CONSTRAINTS)
    search = _Search(problem, model, session, without, kept, everything)
    search.chosen = _nobody(search)
    reached = search.reached
    for each in wanted:
        tell(each)
        stage = _stage(search, each)
        if isinstance(stage, NoPlan):
            return stage
        if stage is None:
            break
        reached.append(stage)
        if stage.value != stage.bound:
            break
    if search.chosen is None:
        return NoTime(search.session.spent)
    proven = len(reached) == len(wanted) and all(s.value == s.bound for s in reached)
    if proven and objectives is None:
        tell(TIE)
        proven = _settle_ties(search, reached[-1])
    return Best(
        search.chosen,
        (*reached, *_unreached(search, wanted[len(reached) :])),
        proven,
        search.session.spent,
    )


def feasible(
    problem: Problem, *, without: frozenset[Name], seconds: float | None = None
) -> bool | None:
    """Return whether some choice of arcs keeps all rows but those of some groups.

    None when the time was up first.
    """
    model = whole_model(problem, (), without)
    session = Session(model.programme, seconds=seconds)
    answer = session.solve(np.zeros(model.n_arcs))
    if answer.columns is not None:
        return True
    return False if answer.status is Status.INFEASIBLE else None


def _nobody(search: _Search) -> Mask | None:
    """Return the plan that moves nobody, if it keeps everything: the first incumbent."""
    stays = np.zeros(search.model.n_arcs, dtype=np.bool_)
    broken = [
        name
        for block in search.kept
        for name in block.broken(stays)
        if name.group not in search.without
    ]
    return None if broken else stays


def _stage(search: _Search, objective: str) -> Stage | NoPlan | None:
    """Prove one objective; None when the time was up before anything was known."""
    cost = search.model.costs[objective].astype(np.float64)
    constant = search.model.constants[objective]
    relaxed = search.session.relax(cost)
    if relaxed.status is Status.INFEASIBLE:
        return _none(search)
    if relaxed.status is Status.TIME_UP:
        return None
    bound = _rounded_up(relaxed.bound)
    value = None if search.chosen is None else _value(search, objective) - constant
    if value is None or value > bound:
        answer = search.session.solve(cost, search.columns)
        if answer.status is Status.INFEASIBLE:
            return _none(search)
        value = _take(search, objective, answer, value)
        if value is None:
            return None
        # The solver's word that it is optimal is not taken; its bound is compared with the
        # exact value. Both bounds hold, and no bound lies above a plan that was found.
        bound = min(value, max(bound, _rounded_up(answer.bound, otherwise=bound)))
    _keep(search, objective, relaxed, value)
    return Stage(objective, value + constant, bound + constant)


def _take(search: _Search, objective: str, answer: Answer, known: int | None) -> int | None:
    """Make a solution the incumbent if it is better; return the incumbent's value."""
    if answer.columns is None:
        return known
    chosen = answer.columns[: search.model.n_arcs] > 0.5
    _verify(search, chosen)
    value = OBJECTIVES[objective].value(search.problem, chosen)
    value -= search.model.constants[objective]
    if known is not None and known <= value:
        return known
    search.chosen, search.columns = chosen, answer.columns
    return value


def _value(search: _Search, objective: str) -> int:
    if search.chosen is None:
        raise EngineBug([Finding("planning.internal", values={"what": "no incumbent"})])
    return OBJECTIVES[objective].value(search.problem, search.chosen)


def _verify(search: _Search, chosen: Mask) -> None:
    """Check a solution in exact integers: every constraint, and every value reached before."""
    problem = search.problem
    broken = {
        name.rule
        for block in search.kept
        for name in block.broken(chosen)
        if name.group not in search.without
    }
    broken |= {
        stage.id
        for stage in search.reached
        if OBJECTIVES[stage.id].value(problem, chosen) != stage.value
    }
    if broken:
        what = ", ".join(sorted(broken))
        raise EngineBug([Finding("planning.internal", values={"what": what})])


def _keep(search: _Search, objective: str, relaxed: Answer, value: int) -> None:
    """Keep a value from now on, and fix the columns that no plan keeping it can use."""
    cost = search.model.costs[objective].astype(np.float64)
    scale = _LARGEST_COEFFICIENT / max(_LARGEST_COEFFICIENT, float(np.abs(cost).max(initial=0)))
    search.session.require(cost * scale, lower=-np.inf, upper=value * scale + _SLACK)
    if relaxed.reduced is None or relaxed.columns is None:
        return
    gap = value - relaxed.bound
    margin = gap + max(1e-3, 1e-6 * abs(relaxed.bound))
    _fix(search, relaxed.reduced > margin, at_upper=False)
    _fix(search, relaxed.reduced < -margin, at_upper=True)


def _fix(search: _Search, which: Mask, *, at_upper: bool) -> None:
    arcs = np.flatnonzero(which[: search.model.n_arcs] & search.open_arcs)
    search.open_arcs[arcs] = False
    at = np.full(len(arcs), 1.0 if at_upper else 0.0)
    search.session.bound_columns(arcs, lower=at, upper=at)


def _settle_ties(search: _Search, last: Stage) -> bool:
    """Find every other plan with the same values; keep the smallest list of moves.

    Return whether all of them were seen.
    """
    cost = search.model.costs[last.id].astype(np.float64)
    while search.model.n_arcs:
        _exclude(search)
        answer = search.session.solve(np.zeros(len(cost)))
        if answer.status is Status.INFEASIBLE:
            return True
        if answer.columns is None:
            return False
        chosen = answer.columns[: search.model.n_arcs] > 0.5
        _verify(search, chosen)
        search.columns = answer.columns
        if search.chosen is None or moves_in_order(search.problem, chosen) < moves_in_order(
            search.problem, search.chosen
        ):
            search.chosen = chosen
    return True


def _exclude(search: _Search) -> None:
    """Rule out the choice of arcs found last."""
    if search.columns is None:
        return
    n_arcs = search.model.n_arcs
    chosen = search.columns[:n_arcs] > 0.5
    row = np.zeros(len(search.columns))
    row[:n_arcs] = np.where(chosen, -1.0, 1.0)
    search.session.require(row, lower=1.0 - float(chosen.sum()), upper=np.inf)


def moves_in_order(problem: Problem, chosen: Mask) -> list[tuple[int, int]]:
    """Return the moves as sorted pairs of positions; ids are sorted, so pairs sort alike."""
    arcs = problem.arcs
    return sorted(zip(arcs.person[chosen].tolist(), arcs.unit[chosen].tolist(), strict=True))


def _unreached(search: _Search, objectives: Sequence[str]) -> tuple[Stage, ...]:
    """Return the stages the time did not suffice for, with a bound that needs no solver."""
    return tuple(
        Stage(each, _value(search, each), _plain_bound(search.model, each))
        for each in objectives
    )


def _plain_bound(model: Model, objective: str) -> int:
    """Return the constant with every column that lowers the cost at its most, at least 0."""
    cost = model.costs[objective]
    most = int(np.minimum(cost, 0) @ model.programme.column_upper.astype(np.int64))
    return max(0, model.constants[objective] + most)


def _none(search: _Search) -> NoPlan:
    """Return that there is no plan; after a plan was found this cannot be."""
    if search.chosen is not None:
        raise EngineBug([Finding("planning.internal", values={"what": "lost the plan"})])
    return NoPlan()


def _rounded_up(bound: float, otherwise: int = 0) -> int:
    if not isfinite(bound):  # the solver had no time to find any
        return otherwise
    return ceil(bound - _ROUNDING * max(1.0, abs(bound) * 1e-3))


def _quiet(_: str) -> None:
    """Tell nobody."""
