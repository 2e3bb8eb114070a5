"""Balance: the sum over stages of CV² of the counted persons per pupil, exact and convex.

With x_u counted persons and P_u pupils at school u, P and X their sums, CV² + 1 is
P/X² · Σ x_u²/P_u, and x_u² is the sum of the first x_u odd numbers. So the (t+1)-th person at u
costs P·(2t+1)/(X²·P_u): rising with t, which makes the objective a sum of convex steps. Each
step is scaled by 10⁶ and rounded to a whole number. X stays that of the start; moves between
compared schools do not change it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from junheng.engine.planning.constraints.stocks import flows
from junheng.engine.planning.matrix import Ints, Mask, Rows, ints
from junheng.engine.planning.objectives.objective import Cost, Objective
from junheng.engine.planning.problem import Problem, Schools
from junheng.engine.policy.items.planning import BALANCE as ALL
from junheng.engine.policy.items.planning import BALANCE_PART as ONE

SCALE = 1_000_000
Weighed = Sequence[tuple[Schools, int]]
"""Schools of one indicator and stage, with the weight of the indicator."""


def step_cost(schools: Schools, school: int, step: int) -> int:
    """Return the scaled cost of the ``step + 1``-th person at a school, rounded half up."""
    all_pupils = int(schools.pupils.sum())
    over = SCALE * all_pupils * (2 * step + 1)
    under = schools.total**2 * int(schools.pupils[school])
    return (2 * over + under) // (2 * under)


def _value(asked: Weighed, chosen: Mask) -> int:
    return sum(
        weight * step_cost(schools, school, step)
        for schools, weight in asked
        for school, persons in enumerate(schools.stock.after(chosen))
        for step in range(int(persons))
    )


def _cost(problem: Problem, asked: Weighed) -> Cost:
    """Return steps only between the fewest and the most persons a school can end with."""
    rows = Rows()
    constant = 0
    own: list[int] = []
    for schools, weight in asked:
        changing = {place: (came, left) for place, came, left in flows(schools.stock)}
        for school, persons in enumerate(schools.stock.before):
            came, left = changing.get(school, (ints([]), ints([])))
            before = int(persons)
            fewest = max(0, before - _persons(problem, left))
            constant += weight * sum(step_cost(schools, school, s) for s in range(fewest))
            if not len(came) and not len(left):
                continue
            name = schools.stock.names[school]
            level = before - fewest
            row = rows.row(name, [(came, 1), (left, -1)], lower=-level, upper=-level)
            for step in range(fewest, before + _persons(problem, came)):
                rows.own(row, -1, upper=1)
                own.append(weight * step_cost(schools, school, step))
    return Cost(
        constant=constant,
        arcs=ints([0] * len(problem.arcs)),
        own=ints(own),
        block=rows.block(),
    )


def _persons(problem: Problem, arcs: Ints) -> int:
    return len(np.unique(problem.arcs.person[arcs]))


def _rounding_error(asked: Weighed, chosen: Mask) -> int:
    """Return for each indicator half a unit for each step taken, rounded up, by weight."""
    steps: Counter[tuple[str, int]] = Counter()
    for schools, weight in asked:
        steps[schools.indicator, weight] += int(schools.stock.after(chosen).sum())
    return sum(weight * -(-taken // 2) for (_, weight), taken in steps.items())


def balance(part: str = "") -> Objective:
    """Return the objective of one indicator, or of all of them added up by weight."""

    def asked(problem: Problem) -> Weighed:
        return [
            (schools, 1 if part else schools.weight)
            for schools in problem.schools
            if part in ("", schools.indicator)
        ]

    return Objective(
        id=f"{ONE}{part}" if part else ALL,
        cost=lambda problem: _cost(problem, asked(problem)),
        value=lambda problem, chosen: _value(asked(problem), chosen),
        scale=lambda _: SCALE,
        rounding_error=lambda problem, chosen: _rounding_error(asked(problem), chosen),
    )


BALANCE = balance()
"""All indicators of the pack, added up by their weights."""
