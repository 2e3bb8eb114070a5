"""The planner: from a screened roster to a plan, a conflict, or the end of the time."""

from __future__ import annotations

import numpy as np

from junheng.engine.planning.building import build
from junheng.engine.planning.conflict import explain_conflict
from junheng.engine.planning.lexicographic import (
    Best,
    Cancelled,
    NoPlan,
    NoTime,
    Progress,
    Stage,
    best,
)
from junheng.engine.planning.matrix import Mask
from junheng.engine.planning.objectives import OBJECTIVES
from junheng.engine.planning.objectives.selection import passed_over
from junheng.engine.planning.objectives.unmet import unmet
from junheng.engine.planning.outcome import Conflict, OutOfTime, Planned
from junheng.engine.planning.over_quota import over_quota
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.shortages import shortages
from junheng.engine.planning.solvers.highs import SOLVER
from junheng.engine.plans.plan import Move, ObjectiveValue, Plan, PlanReceipt
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening


def plan(
    roster: Roster,
    screening: Screening,
    *,
    seed: int,
    time_limit: float | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Planned | Conflict | OutOfTime:
    """Decide who moves and where, best under the pack's objectives, strictly in their order.

    Parameters
    ----------
    roster : the roster that was screened
    screening : outcomes of all persons, with the evaluation behind them
    seed : published seed of the draw (§9)
    time_limit : seconds of solver time; then the best plan so far is given with its gap
    progress : told the id of each stage as it begins; an exception it raises ends the planning
    cancelled : asked again and again, also inside a long solve, whether to stop

    Returns
    -------
    Planned : a plan that keeps every hard rule; its objectives say what is proven
    Conflict : no plan exists; the smallest set of rules and decisions that clash
    OutOfTime : the time was up before any plan was found

    Raises
    ------
    QuestionError
        If figures, tables or cells that the question reads are missing; all are listed.
    Stopped
        Once ``cancelled`` said yes; nothing is known then.
    """
    problem = build(roster, screening, seed=seed)
    pack = screening.evaluation.pack
    match best(problem, seconds=time_limit, progress=progress, cancelled=cancelled):
        case Best() as found:
            return Planned(plan_of(problem, found), problem.notes, shortages(problem))
        case NoPlan():
            return explain_conflict(problem, pack, cancelled=cancelled)
        case NoTime(seconds):
            return OutOfTime(seconds)


def plan_of(problem: Problem, found: Best) -> Plan:
    """Write a choice of arcs as a plan, with values computed again from the choice."""
    named = over_quota(problem, found.chosen)
    return Plan(
        receipt=PlanReceipt(
            screening=problem.receipt,
            solver=SOLVER,
            seed=problem.seed,
            programme=problem.programme,
        ),
        moves=tuple(
            _move(problem, arc, named.get(arc, ""))
            for arc in np.flatnonzero(found.chosen).tolist()
        ),
        objectives=tuple(_reached(problem, found.chosen, stage) for stage in found.stages),
        unmet=unmet(problem, found.chosen),
        passed_over=passed_over(problem, found.chosen),
    )


def _move(problem: Problem, arc: int, over_quota: str) -> Move:
    staff, units = problem.staff, problem.units
    person = int(problem.arcs.person[arc])
    form = problem.forms[problem.arcs.form[arc]]
    return Move(
        person_id=staff.ids[person],
        from_unit=units.ids[staff.works_at[person]],
        to_unit=units.ids[problem.arcs.unit[arc]],
        stage=staff.stage[person],
        subject=problem.arcs.subject[arc],
        form=form.id,
        since=form.since,
        until=form.until,
        relation_moved=form.relation_moved,
        reason=staff.because[person],
        over_quota=over_quota,
    )


def _reached(problem: Problem, chosen: Mask, stage: Stage) -> ObjectiveValue:
    objective = OBJECTIVES[stage.id]
    return ObjectiveValue(
        id=stage.id,
        value=objective.value(problem, chosen),
        bound=stage.bound,
        scale=objective.scale(problem),
        rounding_error=objective.rounding_error(problem, chosen),
    )
