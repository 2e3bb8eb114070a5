"""A plan under the question it answers: what it chooses, and what one change would do to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from junheng.engine.planning.arcs import Given
from junheng.engine.planning.building import build, given_of
from junheng.engine.planning.constraints import CONSTRAINTS
from junheng.engine.planning.matrix import Block, Mask
from junheng.engine.planning.names import Name
from junheng.engine.planning.objectives import OBJECTIVES
from junheng.engine.planning.objectives.unmet import unmet
from junheng.engine.planning.problem import Problem
from junheng.engine.plans.plan import Move, ObjectiveValue, Plan, Unmet
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.verdicts import Screening


@dataclass(frozen=True)
class Situation:
    """A plan under a planning question.

    Attributes
    ----------
    chosen : the arcs that the plan's moves are
    foreign : moves that no arc is: not allowed under this question
    proven : the plan answers this very question, and all its objectives are proven
    """

    roster: Roster
    screening: Screening
    problem: Problem
    plan: Plan
    chosen: Mask
    foreign: tuple[Move, ...]
    proven: bool

    @cached_property
    def given(self) -> Given:
        """Return what stands before any move is looked at."""
        return given_of(self.roster, self.screening)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Return the rows of all constraints."""
        return tuple(constraint(self.problem) for constraint in CONSTRAINTS)

    @cached_property
    def values(self) -> Mapping[str, int]:
        """Return the exact value of every objective of the question."""
        return {each: self.value(each, self.chosen) for each in self.problem.objectives}

    @cached_property
    def unmet(self) -> tuple[Unmet, ...]:
        """Return the obligations that the plan leaves unmet under this question."""
        return unmet(self.problem, self.chosen)

    @cached_property
    def person_of(self) -> Mapping[str, int]:
        """Return the position of each person."""
        return {person: k for k, person in enumerate(self.problem.staff.ids)}

    @cached_property
    def unit_of(self) -> Mapping[str, int]:
        """Return the position of each unit."""
        return {unit: k for k, unit in enumerate(self.problem.units.ids)}

    @cached_property
    def move_of(self) -> Mapping[str, Move]:
        """Return the move of each person who has one."""
        return {move.person_id: move for move in self.plan.moves}

    @cached_property
    def arcs_of(self) -> Mapping[int, list[int]]:
        """Return the arcs of each person who has any."""
        found: dict[int, list[int]] = defaultdict(list)
        for arc, person in enumerate(self.problem.arcs.person.tolist()):
            found[person].append(arc)
        return found

    @cached_property
    def homes(self) -> tuple[tuple[float | None, float | None], ...]:
        """Return latitude and longitude of each person's home; None where blank."""
        rows = self.roster["persons"].sort("person_id")
        return tuple(rows.select("home_latitude", "home_longitude").iter_rows())

    def arcs_to(self, person: int, unit: int) -> list[int]:
        """Return the arcs of a person that lead to a unit; the first is preferred."""
        units = self.problem.arcs.unit
        return [arc for arc in self.arcs_of.get(person, []) if units[arc] == unit]

    def value(self, objective: str, chosen: Mask) -> int:
        """Return the exact value of an objective under a choice of arcs."""
        return OBJECTIVES[objective].value(self.problem, chosen)

    def instead(self, person: int, arc: int | None) -> Mask:
        """Return the plan with one person moved by an arc, or not moved, all else kept."""
        changed = self.chosen.copy()
        changed[self.arcs_of.get(person, [])] = False
        if arc is not None:
            changed[arc] = True
        return changed

    def broken(self, chosen: Mask) -> tuple[Name, ...]:
        """Return what a choice of arcs breaks that the plan keeps."""
        kept = {name for block in self.blocks for name in block.broken(self.chosen)}
        found = (name for block in self.blocks for name in block.broken(chosen))
        return tuple(sorted({name for name in found if name not in kept}))


def situation(
    roster: Roster, screening: Screening, plan: Plan, *, seed: int | None = None
) -> Situation:
    """Put a plan under the question of a roster and a screening.

    The seed of the draw is the plan's own, unless one is given.

    Raises
    ------
    QuestionError
        If the question cannot be asked of this roster and pack.
    """
    drawn = plan.receipt.seed if seed is None else seed
    problem = build(roster, screening, seed=drawn)
    return situated(roster, screening, problem, plan)


def situated(roster: Roster, screening: Screening, problem: Problem, plan: Plan) -> Situation:
    """Put a plan under a question that was built before."""
    chosen, foreign = chosen_of(problem, plan)
    proven = (
        not foreign
        and plan.receipt.screening == screening.receipt
        and bool(plan.objectives)
        and all(each.proven for each in plan.objectives)
    )
    return Situation(roster, screening, problem, plan, chosen, foreign, proven)


def evaluated(standing: Situation) -> Plan:
    """Return a plan with its objectives worked out, none of them proven.

    A plan with moves that are not allowed is returned as it is: what it reaches is not defined.
    """
    if standing.foreign:
        return standing.plan
    problem = standing.problem
    return replace(
        standing.plan,
        objectives=tuple(
            ObjectiveValue(id=each, value=value, bound=0, scale=OBJECTIVES[each].scale(problem))
            for each, value in standing.values.items()
        ),
        unmet=standing.unmet,
    )


def chosen_of(problem: Problem, plan: Plan) -> tuple[Mask, tuple[Move, ...]]:
    """Return the arcs of a plan's moves, and the moves that are no arcs."""
    arcs, ids, units = problem.arcs, problem.staff.ids, problem.units.ids
    blocked = {each.arc for each in problem.blocked}
    place: dict[tuple[str, ...], int] = {}
    ends = zip(arcs.person.tolist(), arcs.unit.tolist(), arcs.subject, strict=True)
    for arc, (person, unit, subject) in enumerate(ends):
        if arc not in blocked:
            place.setdefault((ids[person], units[unit]), arc)
            place[ids[person], units[unit], subject] = arc
    chosen = np.zeros(len(arcs), dtype=np.bool_)
    foreign = []
    for move in plan.moves:
        exact: tuple[str, ...] = (move.person_id, move.to_unit, move.subject)
        if not move.subject:
            exact = exact[:2]
        if exact in place:
            chosen[place[exact]] = True
        else:
            foreign.append(move)
    return chosen, tuple(foreign)
