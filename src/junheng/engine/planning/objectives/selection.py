"""Selection (选派次序): how many candidates stay while somebody further down the order moves.

In a group with tiers 0 … T-1, let m_t of the n_t persons of tier t move, and let z_t be 1
where somebody of a later tier moves. Then n_t·z_t - m_t persons of tier t are passed over where
z_t is 1, none where it is 0, so p_t ≥ n_t·z_t - m_t, p_t ≥ 0 is exact for a whole z_t. And z_t
is 1 where it must be if m_(t+1) ≤ n_(t+1)·z_t and z_(t+1) ≤ z_t.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from junheng.engine.planning.matrix import Ints, Mask, Rows, ints
from junheng.engine.planning.names import Name
from junheng.engine.planning.objectives.objective import Cost, Objective
from junheng.engine.planning.problem import Problem, Ranking
from junheng.engine.plans.plan import PassedOver


def passed_over(problem: Problem, chosen: Mask) -> tuple[PassedOver, ...]:
    """Return who stays while somebody of a strictly later tier of the group moves, sorted."""
    moves = np.zeros(len(problem.staff.ids), dtype=np.bool_)
    moves[problem.arcs.person[chosen]] = True
    found = {
        PassedOver(rule=ranking.rule, person_id=problem.staff.ids[person])
        for ranking in problem.rankings
        for person in _passed(ranking, moves)
    }
    return tuple(sorted(found))


def _passed(ranking: Ranking, moves: Mask) -> Iterator[int]:
    later = False
    for tier in reversed(ranking.tiers):
        if later:
            yield from tier[~moves[tier]].tolist()
        later = later or bool(moves[tier].any())


def _cost(problem: Problem) -> Cost:
    rows = Rows()
    own: list[int] = []
    by_person = np.argsort(problem.arcs.person, kind="stable")
    persons = problem.arcs.person[by_person]
    for ranking in problem.rankings:
        arcs = [
            np.concatenate(
                [
                    by_person[
                        np.searchsorted(persons, p) : np.searchsorted(persons, p, "right")
                    ]
                    for p in tier.tolist()
                ]
            )
            for tier in ranking.tiers
        ]
        own += _ranked(rows, ranking, arcs)
    return Cost(
        constant=0,
        arcs=np.zeros(len(problem.arcs), dtype=np.int64),
        own=ints(own),
        block=rows.block(),
    )


def _ranked(rows: Rows, ranking: Ranking, arcs: list[Ints]) -> list[int]:
    """Add the rows of one group; return the cost of its columns, z_t and p_t by turns."""
    name = Name(rule=ranking.rule)
    size = [len(tier) for tier in ranking.tiers]
    costs: list[int] = []
    before = None
    for tier in range(len(size) - 1):
        reached = rows.row(name, [(arcs[tier + 1], 1)], upper=0)
        later = rows.own(reached, -size[tier + 1], upper=1, whole=True)
        if before is not None:
            falling = rows.row(name, [], upper=0)
            rows.also(falling, later, 1)
            rows.also(falling, before, -1)
        owed = rows.row(name, [(arcs[tier], 1)], lower=0)
        rows.also(owed, later, -size[tier])
        rows.own(owed, 1, upper=size[tier])
        costs += [0, 1]
        before = later
    return costs


SELECTION = Objective(
    id="selection",
    cost=_cost,
    value=lambda problem, chosen: len(passed_over(problem, chosen)),
)
"""Persons passed over in the orders of the pack; each counts once in each order."""
