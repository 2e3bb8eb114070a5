"""Objectives strictly in order: each proven before the next, and kept from then on.

For each objective: the linear relaxation gives a bound, rounded up to a whole number; a
mixed-integer solve closes what is left; the exact value then becomes a row that all later
stages keep, and every column that no plan keeping it can use is left out, which loses no plan.
After the draw, plans that are equal in everything are told apart by the lexicographically
smallest list of moves.

The first stages, up to the first objective that looks at each person, run on counts of
interchangeable persons (:mod:`junheng.engine.planning.pooling`), which is the same programme
with fewer columns. The others, and the ties, run person by person on the arcs left open.

On counts, bounds are nearly always reached. So all objectives but the last of these stages are
first assumed to reach theirs, and one mixed-integer solve at the end shows it: a plan found is
the proof. Where none is found, the stages are proven one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import takewhile

import numpy as np

from junheng.engine.planning.matrix import Mask
from junheng.engine.planning.model import whole_model
from junheng.engine.planning.names import Name
from junheng.engine.planning.objectives import OBJECTIVES
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.search import (
    Ground,
    NoPlan,
    Search,
    Stage,
    begin,
    first_plan,
    ground,
    moves_in_order,
)
from junheng.engine.planning.solvers.highs import Session, Status

__all__ = [
    "TIE",
    "Best",
    "NoPlan",
    "NoTime",
    "Pooling",
    "Progress",
    "Stage",
    "best",
    "feasible",
    "moves_in_order",
]

Progress = Callable[[str], None]
"""Told the id of each stage as it begins; an exception raised here ends the planning."""
Cancelled = Callable[[], bool]
"""Asked again and again, also while the solver runs, whether to stop."""

TIE = "tie"
_MOST = 0.75


class Pooling(Enum):
    """Whether the first stages count persons who are alike, or name every one."""

    ALIKE = auto()
    NONE = auto()


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
class NoTime:
    """The time was up before any plan was found."""

    seconds: float


def best(  # noqa: PLR0913 -- the public surface
    problem: Problem,
    *,
    objectives: Sequence[str] | None = None,
    without: frozenset[Name] = frozenset(),
    seconds: float | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    pooling: Pooling = Pooling.ALIKE,
) -> Best | NoPlan | NoTime:
    """Find the best choice of arcs, objective after objective.

    Parameters
    ----------
    objectives : ids in order; the problem's own when not given
    without : groups of rows that are relaxed
    seconds : limit on the solver's time; None for none
    cancelled : asked again and again whether to stop
    pooling : whether the first stages count interchangeable persons; the answer is the same

    Raises
    ------
    Stopped
        Once ``cancelled`` said yes.
    """
    wanted = tuple(problem.objectives if objectives is None else objectives)
    tell = _once(progress or _quiet)
    early = _first(wanted) if pooling is Pooling.ALIKE else ()
    base = ground(problem, wanted, by_count=early, without=without, cancelled=cancelled)
    search = _begun(base, early if base.pool else (), seconds, tell)
    for each in wanted[len(search.reached) :]:
        if search.reached and search.reached[-1].value != search.reached[-1].bound:
            break
        tell(each)
        if each not in early:
            search.by_person()
        before = len(search.reached)
        if search.stage(each) is not None:
            return NoPlan()
        if len(search.reached) == before:
            break
    if search.chosen is None:
        return NoTime(search.total)
    reached = tuple(search.reached)
    proven = len(reached) == len(wanted) and all(s.value == s.bound for s in reached)
    if proven and objectives is None:
        tell(TIE)
        search.by_person()
        proven = search.settle_ties()
    unreached = (
        Stage(each, search.value(each), search.plain_bound(each))
        for each in wanted[len(reached) :]
    )
    return Best(search.chosen, (*reached, *unreached), proven, search.total)


def feasible(
    problem: Problem,
    *,
    without: frozenset[Name],
    seconds: float | None = None,
    cancelled: Cancelled | None = None,
) -> bool | None:
    """Return whether some choice of arcs keeps all rows but those of some groups.

    None when the time was up first.
    """
    model = whole_model(problem, (), without)
    session = Session(model.programme, seconds=seconds, cancelled=cancelled)
    answer = session.solve(np.zeros(model.n_arcs))
    if answer.columns is not None:
        return True
    return False if answer.status is Status.INFEASIBLE else None


def _begun(base: Ground, early: Sequence[str], seconds: float | None, tell: Progress) -> Search:
    """Return a search that has the early objectives behind it, or is at its beginning."""
    spent, spare = 0.0, None
    if len(early) > 1:
        # Most of the time: what is left must do for proving stage by stage.
        search = begin(base, None if seconds is None else seconds * _MOST)
        if _assumed(search, early, tell):
            search.seconds = seconds
            return search
        spent, spare = search.total, search.spare
    search = begin(base, None if seconds is None else max(0.0, seconds - spent))
    search.chosen = first_plan(base) if spare is None else spare
    search.spent = 0.0 if seconds is None else spent
    return search


def _assumed(search: Search, early: Sequence[str], tell: Progress) -> bool:
    """Assume all early objectives but the last at their bounds, and try to prove them all."""
    for each in early[:-1]:
        tell(each)
        if not search.assume(each):
            return False
    tell(early[-1])
    return search.stage(early[-1]) is None and len(search.reached) == len(early)


def _first(objectives: Sequence[str]) -> tuple[str, ...]:
    """Return the objectives before the first that looks at each person."""
    return tuple(takewhile(lambda each: not OBJECTIVES[each].by_person, objectives))


def _once(tell: Progress) -> Progress:
    """Tell each stage only the first time it begins."""
    told: set[str] = set()

    def telling(stage: str) -> None:
        if stage not in told:
            told.add(stage)
            tell(stage)

    return telling


def _quiet(_: str) -> None:
    """Tell nobody."""
