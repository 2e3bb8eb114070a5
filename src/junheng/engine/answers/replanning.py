"""Planning again (异议之后少改): the same question anew, with as few changes as wanted.

A *change* is a person whom the old and the new plan place differently: moved elsewhere or to
another subject, no longer moved, or newly moved. Three ways to ask:

- without loss: every objective at its new optimum, then the fewest changes, then the draw;
- with a loss: the balance, and each objective after it, may be worse than without loss by a
  share, the objectives before it not at all;
- with a limit: the best plan in the objectives' order among those with at most so many changes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from hashlib import sha256

from junheng.engine.answers.pricing import earlier_of, published_objectives
from junheng.engine.answers.situation import situation
from junheng.engine.planning.building import DRAW
from junheng.engine.planning.conflict import explain_conflict
from junheng.engine.planning.lexicographic import Best, NoPlan, NoTime, Progress, best
from junheng.engine.planning.objectives import CHANGED
from junheng.engine.planning.outcome import Conflict, OutOfTime
from junheng.engine.planning.planner import plan_of
from junheng.engine.planning.problem import Problem
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
    """No plan differs for at most ``most`` persons; ``fewest`` is the least that does."""

    most: int
    fewest: int


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

    def with_loss(self, loss: Fraction, best_of: Replanned) -> Answer:
        """Return the plan that changes least where the balance and what follows may lose.

        Parameters
        ----------
        best_of : the plan without loss
        """
        ceilings = self._ceilings(best_of, loss)
        least = 0 if self.fewest is None else self.fewest
        tried = range(least, best_of.changes)
        found = least + bisect_left(tried, 1, key=lambda n: self._may_do(n, ceilings))
        if found == best_of.changes:
            return replace(best_of, loss=loss)
        match self._limited(found):
            case Replanned() as plan if _within(plan, ceilings):
                return replace(plan, loss=loss, most=None)
        limited = replace(self.problem, ceilings=tuple(ceilings.items()))
        order = (*self._strict(), CHANGED, *self._rest(), DRAW)
        return self._answer(order, limited, loss=loss)

    def _may_do(self, changes: int, ceilings: Mapping[str, int]) -> bool:
        """Whether so many changes may keep ceilings.

        The objectives that may not lose, and the first that may, are as good as they can be in
        the best plan with so many changes: if one of them is above, no such plan exists.
        """
        found = self._limited(changes)
        if not isinstance(found, Replanned):
            return not isinstance(found, TooFew)
        reached = {each.id: each for each in found.plan.objectives}
        first = (*self._strict(), *self._rest()[:1])
        return all(reached[each].bound <= ceilings[each] for each in first)

    def _limited(self, changes: int) -> Answer:
        if changes not in self._known:
            self._known[changes] = self.with_limit(changes)
        return self._known[changes]

    @cached_property
    def _known(self) -> dict[int, Answer]:
        return {}

    def with_limit(self, most: int) -> Answer:
        """Return the best plan that differs for at most so many persons."""
        limited = replace(self.problem, ceilings=((CHANGED, most),))
        return self._answer(self._ordered(DRAW), limited, most=most)

    @cached_property
    def fewest(self) -> int | None:
        """Return how few changes any plan has; None where it is not known, or there is none."""
        match best(self.problem, objectives=(CHANGED,), seconds=self.time_limit):
            case Best(stages=(stage,)) if stage.value == stage.bound:
                return stage.value
            case _:
                return None

    def _ordered(self, *then: str) -> tuple[str, ...]:
        return (*published_objectives(self.problem), *then)

    def _strict(self) -> tuple[str, ...]:
        """Return the objectives before the first that may lose."""
        published = published_objectives(self.problem)
        loses = [k for k, each in enumerate(published) if may_lose(each)]
        return published[: loses[0]] if loses else published

    def _rest(self) -> tuple[str, ...]:
        return published_objectives(self.problem)[len(self._strict()) :]

    def _ceilings(self, best_of: Replanned, loss: Fraction) -> Mapping[str, int]:
        """Return the largest value each objective may have; only some may lose."""
        rest = self._rest()
        return {
            each.id: int(each.value * (1 + loss)) if each.id in rest else each.value
            for each in best_of.plan.objectives
            if each.id != DRAW
        }

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
            case NoPlan() if problem.ceilings and self.fewest is not None:
                return TooFew(most or 0, self.fewest)
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
    seed: int | None = None,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Again:
    """Ask the question of a roster and a screening again, after an earlier plan.

    The seed of the draw is that of the earlier plan, unless one is given. Its moves need not
    be allowed any more.

    Raises
    ------
    QuestionError
        If the question cannot be asked of this roster and pack.
    """
    standing = situation(roster, screening, earlier, seed=seed)
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
        answer = question.with_loss(loss, best_of)
        changes = answer.changes if isinstance(answer, Replanned) else changes
        found.append(answer)
    return tuple(found)


def fingerprint_of(plan: Plan) -> str:
    """Return the SHA-256 of a plan's plan.json, as 64 hexadecimal digits."""
    return sha256(plan_text(plan).encode()).hexdigest()


def may_lose(objective: str) -> bool:
    """Return whether an objective is about balance: it and those after it may be traded."""
    return objective == _BALANCE or objective.startswith(f"{_BALANCE}:")


def _within(found: Replanned, ceilings: Mapping[str, int]) -> bool:
    """Whether a plan keeps all ceilings."""
    values = {each.id: each.value for each in found.plan.objectives}
    return all(values[each] <= most for each, most in ceilings.items())


def _in_order(plan: Plan, problem: Problem) -> tuple[ObjectiveValue, ...]:
    """Return the objectives in the pack's order, whatever order they were solved in."""
    values = {each.id: each for each in plan.objectives}
    return tuple(values[each] for each in problem.objectives if each in values)
