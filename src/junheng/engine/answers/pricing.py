"""The price (代价) of something else: the same question asked with a pin or a figure more.

The best plan under the imagined pin is compared with today's plan, objective by objective. A
price is exact where its objective is proven, and otherwise lies between the proven bound and
the best plan found in time. When no published objective changes, an equally good plan exists
and only the draw decided; this is said, never hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from junheng.engine.answers.situation import Situation
from junheng.engine.answers.what_if import NobodyMoves, Sent, WhatIf, asked
from junheng.engine.planning.arcs import rules_against
from junheng.engine.planning.building import DRAW
from junheng.engine.planning.conflict import explain_conflict
from junheng.engine.planning.lexicographic import Best, NoPlan, NoTime, Progress, best
from junheng.engine.planning.names import Name
from junheng.engine.planning.objectives import CHANGED, OBJECTIVES
from junheng.engine.planning.outcome import Conflict, OutOfTime
from junheng.engine.planning.planner import plan_of
from junheng.engine.planning.problem import Earlier, Problem
from junheng.engine.plans.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One objective now and then, in units of ``1/scale``; ``bound`` is proven for then."""

    id: str
    now: int
    then: int
    bound: int
    scale: int

    @property
    def difference(self) -> int:
        """How much worse the objective is then; negative where it is better."""
        return self.then - self.now

    @property
    def proven(self) -> bool:
        """Whether no plan under the imagined pin can be better, given those before."""
        return self.then == self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What something imagined would cost.

    Attributes
    ----------
    objectives : in the pack's order, without the draw
    exact : today's plan is proven for this very question, and so is every objective then
    changes : persons placed otherwise than in today's plan
    changes_proven : no equally good plan places fewer persons otherwise
    plan : the best plan then
    """

    objectives: tuple[Compared, ...]
    exact: bool
    changes: int
    changes_proven: bool
    plan: Plan

    @property
    def tie(self) -> bool:
        """Whether no published objective changes: only the draw decided."""
        return all(each.difference == 0 for each in self.objectives)

    @property
    def first(self) -> Compared | None:
        """The first objective that changes; None where none does."""
        return next((each for each in self.objectives if each.difference), None)


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """A move that no plan may hold, with the rules and structural truths against it."""

    person_id: str
    unit_id: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeepsNot:
    """What it would break if nobody moved: decisions and rules by name."""

    broken: tuple[Name, ...]


Answer = Price | NotAllowed | KeepsNot | Conflict | OutOfTime


def price(
    situation: Situation,
    what_ifs: Sequence[WhatIf],
    *,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Answer:
    """Answer what the plan would be with all of these imagined at once.

    Parameters
    ----------
    time_limit : seconds of solver time; then the price is stated with its bound

    Raises
    ------
    QuestionError
        If a person, unit or quota is not known.
    """
    problem = asked(situation, what_ifs)
    if NobodyMoves() in what_ifs:
        return _of_nobody(situation)
    for each in what_ifs:
        if isinstance(each, Sent):
            against = rules_of(situation, each.person_id, each.unit_id)
            if against:
                return NotAllowed(each.person_id, each.unit_id, against)
    question = replace(problem, earlier=earlier_of(situation))
    published = published_objectives(problem)
    match best(
        question, objectives=(*published, CHANGED), seconds=time_limit, progress=progress
    ):
        case Best() as found:
            return _compared(situation, question, found)
        case NoPlan():
            return explain_conflict(problem, situation.screening.evaluation.pack)
        case NoTime(seconds):
            return OutOfTime(seconds)


def rules_of(situation: Situation, person_id: str, unit_id: str) -> tuple[str, ...]:
    """Return what forbids a move outright; empty where it is allowed."""
    person, unit = situation.person_of[person_id], situation.unit_of[unit_id]
    if unit == situation.problem.staff.works_at[person]:
        return ()
    blocked = {each.arc for each in situation.problem.blocked}
    if any(arc not in blocked for arc in situation.arcs_to(person, unit)):
        return ()
    move = (person, unit)
    return rules_against(situation.screening.evaluation, situation.given, [move])[move]


def published_objectives(problem: Problem) -> tuple[str, ...]:
    """Return the objectives of a question without the draw."""
    return tuple(each for each in problem.objectives if each != DRAW)


def earlier_of(situation: Situation) -> Earlier:
    """Return the plan as one from which another may differ."""
    persons = [situation.person_of.get(move.person_id) for move in situation.plan.moves]
    known = sorted({person for person in persons if person is not None})
    return Earlier(
        arcs=np.flatnonzero(situation.chosen).astype(np.int64),
        persons=np.array(known, dtype=np.int64),
        gone=sum(person is None for person in persons),
    )


def _compared(situation: Situation, question: Problem, found: Best) -> Price:
    *published, changes = found.stages
    return Price(
        objectives=tuple(
            Compared(
                id=stage.id,
                now=situation.values[stage.id],
                then=stage.value,
                bound=stage.bound,
                scale=OBJECTIVES[stage.id].scale(question),
            )
            for stage in published
        ),
        exact=situation.proven and all(stage.value == stage.bound for stage in published),
        changes=changes.value,
        changes_proven=changes.value == changes.bound and found.complete,
        plan=plan_of(question, replace(found, stages=tuple(published))),
    )


def _of_nobody(situation: Situation) -> Answer:
    problem = situation.problem
    nobody = np.zeros(len(problem.arcs), dtype=np.bool_)
    broken = situation.broken(nobody)
    if broken:
        return KeepsNot(broken)
    values = {each: situation.value(each, nobody) for each in published_objectives(problem)}
    return Price(
        objectives=tuple(
            Compared(
                id=each,
                now=situation.values[each],
                then=value,
                bound=value,
                scale=OBJECTIVES[each].scale(problem),
            )
            for each, value in values.items()
        ),
        exact=situation.proven,
        changes=len(situation.plan.moves),
        changes_proven=True,
        plan=replace(situation.plan, moves=(), objectives=(), unmet=()),
    )
