"""Objectives strictly in order: each proven before the next, and kept from then on.

For each objective: the linear relaxation gives a bound, rounded up to a whole number; a
mixed-integer solve closes what is left; the exact value then becomes a row that all later
stages keep, and every arc and own column whose reduced cost exceeds the gap is fixed, which
loses no plan that keeps the value. After the draw, plans that are equal in everything are told
apart by the lexicographically smallest list of moves.

The first stages, up to the first objective that looks at each person, run on counts of
interchangeable persons (:mod:`junheng.engine.planning.pooling`), which is the same programme
with fewer columns. The others, and the ties, run person by person on the arcs left open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import takewhile
from math import ceil, isfinite

import numpy as np

from junheng.engine.planning.constraints import CONSTRAINTS
from junheng.engine.planning.levels import ByCount, ByPerson, Level
from junheng.engine.planning.matrix import Block, Mask
from junheng.engine.planning.model import Model, whole_model
from junheng.engine.planning.names import Name
from junheng.engine.planning.objectives import OBJECTIVES
from junheng.engine.planning.pooling import pooled
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.solvers.highs import Answer, Floats, Session, Status
from junheng.errors import EngineBug
from junheng.errors import Problem as Finding

Progress = Callable[[str], None]
"""Told the id of each stage as it begins; an exception raised here ends the planning."""

TIE = "tie"
_ROUNDING = 1e-6
"""How far a relaxation's value may lie above a whole number and still be that number."""


class Pooling(Enum):
    """Whether the first stages count persons who are alike, or name every one."""

    ALIKE = auto()
    NONE = auto()


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
    """A running search: the incumbent, the values reached, and what is not yet fixed.

    ``still`` are arcs and own columns that are open, ``full`` those fixed at their upper limit,
    ``spent`` seconds of levels that are left behind.
    """

    problem: Problem
    model: Model
    level: Level
    seconds: float | None
    without: frozenset[Name]
    kept: tuple[Block, ...]
    still: Mask
    full: Mask
    chosen: Mask | None = None
    columns: Floats | None = None
    reached: list[Stage] = field(default_factory=list)
    spent: float = 0.0


def best(
    problem: Problem,
    *,
    objectives: Sequence[str] | None = None,
    without: frozenset[Name] = frozenset(),
    seconds: float | None = None,
    progress: Progress | None = None,
    pooling: Pooling = Pooling.ALIKE,
) -> Best | NoPlan | NoTime:
    """Find the best choice of arcs, objective after objective.

    Parameters
    ----------
    objectives : ids in order; the problem's own when not given
    without : groups of rows that are relaxed
    seconds : limit on the solver's time; None for none
    pooling : whether the first stages count interchangeable persons; the answer is the same
    """
    wanted = tuple(problem.objectives if objectives is None else objectives)
    tell = progress or _quiet
    by_count = _first(wanted) if pooling is Pooling.ALIKE else ()
    search = _search(problem, wanted, by_count, without, seconds)
    reached = search.reached
    for each in wanted:
        tell(each)
        if each not in by_count:
            _by_person(search)
        stage = _stage(search, each)
        if isinstance(stage, NoPlan):
            return stage
        if stage is None:
            break
        reached.append(stage)
        if stage.value != stage.bound:
            break
    if search.chosen is None:
        return NoTime(_spent(search))
    proven = len(reached) == len(wanted) and all(s.value == s.bound for s in reached)
    if proven and objectives is None:
        tell(TIE)
        _by_person(search)
        proven = _settle_ties(search)
    return Best(
        search.chosen,
        (*reached, *_unreached(search, wanted[len(reached) :])),
        proven,
        _spent(search),
    )


def _first(objectives: Sequence[str]) -> tuple[str, ...]:
    """Return the objectives before the first that looks at each person."""
    return tuple(takewhile(lambda each: not OBJECTIVES[each].by_person, objectives))


def _search(
    problem: Problem,
    objectives: Sequence[str],
    by_count: Sequence[str],
    without: frozenset[Name],
    seconds: float | None,
) -> _Search:
    """Return a search at its beginning: nothing reached, everything open."""
    limited = tuple(each for each, _ in problem.ceilings)
    model = whole_model(problem, tuple(dict.fromkeys((*objectives, *limited))), without)
    level: Level
    if by_count and not any(OBJECTIVES[each].by_person for each in limited):
        pool = pooled(model, problem.arcs, tuple(dict.fromkeys((*by_count, *limited))))
        level = ByCount(model, pool, seconds=seconds)
    else:
        level = ByPerson(model, seconds=seconds)
    search = _Search(
        problem=problem,
        model=model,
        level=level,
        seconds=seconds,
        without=without,
        kept=tuple(constraint(problem) for constraint in CONSTRAINTS),
        still=np.ones(len(model.programme.column_lower), dtype=np.bool_),
        full=np.zeros(len(model.programme.column_lower), dtype=np.bool_),
    )
    _limit(search)
    search.chosen = _first_plan(search)
    return search


def _limit(search: _Search) -> None:
    """Keep the objectives that have one below their ceilings."""
    for objective, most in search.problem.ceilings:
        search.level.require(objective, most - search.model.constants[objective])


def _by_person(search: _Search) -> None:
    """Go over to the programme over arcs, with all that was learnt on counts."""
    before = search.level
    if not isinstance(before, ByCount):
        return
    search.spent += before.session.spent
    left = None if search.seconds is None else max(0.0, search.seconds - search.spent)
    level = ByPerson(search.model, seconds=left)
    level.narrow(search.still, search.full)
    search.level = level
    _limit(search)
    for stage in search.reached:
        level.require(stage.id, stage.value - search.model.constants[stage.id])
    if search.chosen is not None and search.columns is not None:
        search.columns = level.columns(search.chosen, before.own(search.columns))


def _spent(search: _Search) -> float:
    return search.spent + search.level.session.spent


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


def _first_plan(search: _Search) -> Mask | None:
    """Return the first incumbent: the earlier plan, else nobody moves; None if both break.

    It has no columns of its own yet, so it is compared but not handed to the solver.
    """
    candidates = [np.zeros(search.model.n_arcs, dtype=np.bool_)]
    if search.problem.earlier is not None:
        again = candidates[0].copy()
        again[search.problem.earlier.arcs] = True
        candidates.insert(0, again)
    return next((each for each in candidates if not _broken(search, each)), None)


def _broken(search: _Search, chosen: Mask) -> set[str]:
    """Return the rules and ceilings that a choice of arcs does not keep, exactly."""
    rules = {
        name.rule
        for block in search.kept
        for name in block.broken(chosen)
        if name.group not in search.without
    }
    return rules | {
        objective
        for objective, most in search.problem.ceilings
        if OBJECTIVES[objective].value(search.problem, chosen) > most
    }


def _stage(search: _Search, objective: str) -> Stage | NoPlan | None:
    """Prove one objective; None when the time was up before anything was known."""
    session, cost = search.level.session, search.level.cost(objective)
    constant = search.model.constants[objective]
    relaxed = session.relax(cost)
    if relaxed.status is Status.INFEASIBLE:
        return _none(search)
    if relaxed.status is Status.TIME_UP:
        return None
    bound = _rounded_up(relaxed.bound)
    value = None if search.chosen is None else _value(search, objective) - constant
    if value is None or value > bound:
        answer = session.solve(cost, search.columns)
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
    chosen = search.level.chosen(answer.columns)
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
    problem, broken = search.problem, _broken(search, chosen)
    broken |= {
        stage.id
        for stage in search.reached
        if OBJECTIVES[stage.id].value(problem, chosen) != stage.value
    }
    if broken:
        what = ", ".join(sorted(broken))
        raise EngineBug([Finding("planning.internal", values={"what": what})])


def _keep(search: _Search, objective: str, relaxed: Answer, value: int) -> None:
    """Keep a value from now on, and fix what no plan keeping it can use or miss."""
    reduced = search.level.reduced(objective, relaxed, search.still)
    search.level.require(objective, value)
    if reduced is None:
        return
    gap = value - relaxed.bound
    margin = gap + max(1e-3, 1e-6 * abs(relaxed.bound))
    search.full |= search.still & (reduced < -margin)
    search.still &= np.abs(reduced) <= margin
    search.level.narrow(search.still, search.full)


def _settle_ties(search: _Search) -> bool:
    """Find every other plan with the same values; keep the smallest list of moves.

    Return whether all of them were seen.
    """
    nothing = np.zeros(len(search.model.programme.column_lower))
    while search.model.n_arcs:
        _exclude(search)
        answer = search.level.session.solve(nothing)
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
    search.level.session.require(row, lower=1.0 - float(chosen.sum()), upper=np.inf)


def moves_in_order(problem: Problem, chosen: Mask) -> list[tuple[int, int, int]]:
    """Return the moves as sorted triples of person, unit and arc; ids are sorted likewise.

    Arcs of one person to one unit stand in the order of what may be taught.
    """
    arcs = problem.arcs
    at = np.flatnonzero(chosen)
    return list(zip(arcs.person[at].tolist(), arcs.unit[at].tolist(), at.tolist(), strict=True))


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
