"""Planning again (异议之后少改): the same question anew, with as few changes as wanted.

A *change* is a person whom the old and the new plan place differently: moved elsewhere or to
another subject, no longer moved, or newly moved. Three ways to ask:

- without loss: every objective at its new optimum, then the fewest changes, then the draw;
- with a loss: the balance, and each objective after it, may be worse than without loss by a
  share, the objectives before it not at all;
- with a limit: the best plan in the objectives' order among those with at most so many changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256

from junheng.engine.planning.building import DRAW
from junheng.engine.planning.conflict import explain_conflict
from junheng.engine.planning.lexicographic import Best, NoPlan, NoTime, Progress, best
from junheng.engine.planning.objectives import CHANGED
from junheng.engine.planning.outcome import Conflict, OutOfTime
from junheng.engine.planning.planner import plan_of
from junheng.engine.planning.pricing import earlier_of, published_objectives
from junheng.engine.planning.problem import Problem
from junheng.engine.planning.situation import situation
from junheng.engine.plans.comparing import PlanChanges, compare_plans
from junheng.engine.plans.plan import ObjectiveValue, Plan
from junheng.engine.plans.writing import plan_text
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening

LOSSES = (Fraction(1, 1000), Fraction(1, 200), Fraction(1, 100))
"""Shares of the balance that the table gives away, beside none at all."""
_BALANCE = "balance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """A plan made from an earlier one.

    Attributes
    ----------
    loss : share by which the balance may be worse than its optimum; None with a limit
    most : the limit on changes; None without one
    changes : persons placed otherwise than before
    fewest_proven : no plan under these terms changes less; True with a limit that holds
    moved : everybody affected, with before and after
    """

    plan: Plan
    loss: Fraction | None
    most: int | None
    changes: int
    fewest_proven: bool
    moved: PlanChanges


@dataclass(frozen=True, slots=True)
class TooFew:
    """No plan differs for at most ``most`` persons; ``fewest`` is the least that does.

    ``fewest`` is None where the time did not suffice to find it.
    """

    most: int
    fewest: int | None


Answer = Replanned | TooFew | Conflict | OutOfTime


@dataclass(frozen=True)
class Again:
    """A question asked again after a plan; its answers are computed one by one."""

    roster: Roster
    screening: Screening
    earlier: Plan
    problem: Problem
    time_limit: float | None = None
    progress: Progress | None = None

    def within(self, seconds: float) -> Again:
        """Return the question with a limit on each answer, and nobody told of progress."""
        return replace(self, time_limit=seconds, progress=None)

    def without_loss(self) -> Answer:
        """Return the plan of the best objectives that changes least."""
        return self._answer(self._ordered(CHANGED, DRAW), self.problem, loss=Fraction(0))

    def with_loss(self, loss: Fraction, best_of: Plan) -> Answer:
        """Return the plan that changes least where the balance and what follows may lose.

        Parameters
        ----------
        best_of : the plan without loss
        """
        limited = replace(self.problem, ceilings=self._ceilings(best_of, loss))
        order = (*self._strict(), CHANGED, *self._rest(), DRAW)
        return self._answer(order, limited, loss=loss)

    def with_limit(self, most: int) -> Answer:
        """Return the best plan that differs for at most so many persons."""
        limited = replace(self.problem, ceilings=((CHANGED, most),))
        found = self._answer(self._ordered(DRAW), limited, most=most)
        if not isinstance(found, Conflict):
            return found
        match best(self.problem, objectives=(CHANGED,), seconds=self.time_limit):
            case Best(stages=(stage,)):
                return TooFew(most, stage.value if stage.value == stage.bound else None)
            case _:
                return found

    def _ordered(self, *then: str) -> tuple[str, ...]:
        return (*published_objectives(self.problem), *then)

    def _strict(self) -> tuple[str, ...]:
        """Return the objectives before the first that may lose."""
        published = published_objectives(self.problem)
        loses = [k for k, each in enumerate(published) if may_lose(each)]
        return published[: loses[0]] if loses else published

    def _rest(self) -> tuple[str, ...]:
        return published_objectives(self.problem)[len(self._strict()) :]

    def _ceilings(self, best_of: Plan, loss: Fraction) -> tuple[tuple[str, int], ...]:
        values = {each.id: each.value for each in best_of.objectives}
        return tuple((each, int(values[each] * (1 + loss))) for each in self._rest())

    def _answer(
        self,
        order: Sequence[str],
        problem: Problem,
        *,
        loss: Fraction | None = None,
        most: int | None = None,
    ) -> Answer:
        ordered = replace(problem, objectives=tuple(order))
        match best(ordered, seconds=self.time_limit, progress=self.progress):
            case Best() as found:
                return self._replanned(problem, found, loss, most)
            case NoPlan():
                pack = self.screening.evaluation.pack
                return explain_conflict(replace(problem, ceilings=()), pack)
            case NoTime(seconds):
                return OutOfTime(seconds)

    def _replanned(
        self, problem: Problem, found: Best, loss: Fraction | None, most: int | None
    ) -> Replanned:
        stages = {stage.id: stage for stage in found.stages}
        kept = replace(found, stages=tuple(s for s in found.stages if s.id != CHANGED))
        plan = plan_of(problem, kept)
        terms = f"loss {loss}" if most is None else f"at most {most} changes"
        receipt = replace(plan.receipt, parent=fingerprint_of(self.earlier), terms=terms)
        plan = replace(plan, receipt=receipt, objectives=_in_order(plan, self.problem))
        moved = compare_plans(self.earlier, plan)
        counted = stages.get(CHANGED)
        return Replanned(
            plan=plan,
            loss=loss,
            most=most,
            changes=len(moved.affected),
            fewest_proven=counted is None or counted.value == counted.bound,
            moved=moved,
        )


def again(
    roster: Roster,
    screening: Screening,
    earlier: Plan,
    *,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Again:
    """Ask the question of a roster and a screening again, after an earlier plan.

    The seed of the draw is that of the earlier plan. Its moves need not be allowed any more.

    Raises
    ------
    QuestionError
        If the question cannot be asked of this roster and pack.
    """
    standing = situation(roster, screening, earlier)
    problem = replace(standing.problem, earlier=earlier_of(standing))
    return Again(roster, screening, earlier, problem, time_limit, progress)


def fewest_by_loss(
    question: Again, best_of: Replanned, losses: Sequence[Fraction] = LOSSES
) -> tuple[Answer, ...]:
    """Return the plan without loss and those that give some balance away for fewer changes.

    Losses beyond the first that needs no change, or where nothing balances, are left out.
    """
    found: list[Answer] = [best_of]
    balanced = any(may_lose(each.id) and each.value for each in best_of.plan.objectives)
    changes = best_of.changes
    for loss in losses:
        if not balanced or not changes:
            break
        answer = question.with_loss(loss, best_of.plan)
        changes = answer.changes if isinstance(answer, Replanned) else changes
        found.append(answer)
    return tuple(found)


def fingerprint_of(plan: Plan) -> str:
    """Return the SHA-256 of a plan's plan.json, as 64 hexadecimal digits."""
    return sha256(plan_text(plan).encode()).hexdigest()


def may_lose(objective: str) -> bool:
    """Return whether an objective is about balance: it and those after it may be traded."""
    return objective == _BALANCE or objective.startswith(f"{_BALANCE}:")


def _in_order(plan: Plan, problem: Problem) -> tuple[ObjectiveValue, ...]:
    """Return the objectives in the pack's order, whatever order they were solved in."""
    values = {each.id: each for each in plan.objectives}
    return tuple(values[each] for each in problem.objectives if each in values)
