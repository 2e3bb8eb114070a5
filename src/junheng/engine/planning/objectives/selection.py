"""Selection (选派次序): how many candidates stay while somebody further down the order moves.

In a group with tiers 0 … T-1, let x_i be 1 where person i moves, and z_t be 1 where somebody of
a tier after t moves: x_k ≤ z_t for every k of tier t+1, and z_(t+1) ≤ z_t. Then i of tier t is
passed over where z_t - x_i is 1, so p_i ≥ z_t - x_i, p_i ≥ 0 counts it exactly for a whole z_t.
One row for each person, not for each tier (m_(t+1) ≤ n_(t+1)·z_t would be as true), since the
relaxation of the whole tier lets many move in part and none be passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

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
        arcs = [_arcs_of(by_person, persons, tier) for tier in ranking.tiers]
        own += _ranked(rows, ranking, arcs)
    return Cost(
        constant=0,
        arcs=np.zeros(len(problem.arcs), dtype=np.int64),
        own=ints(own),
        block=rows.block(),
    )


def _arcs_of(by_person: Ints, persons: Ints, tier: Ints) -> list[Ints]:
    """Return the arcs of each person of a tier."""
    first, last = np.searchsorted(persons, tier), np.searchsorted(persons, tier, "right")
    return [by_person[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)]


def _ranked(rows: Rows, ranking: Ranking, arcs: list[list[Ints]]) -> list[int]:
    """Add the rows of one group; return the costs of its columns: z_t, then p_i, by tiers."""
    name = Name(rule=ranking.rule)
    costs: list[int] = []
    before: int | None = None
    for stay, go in pairwise(arcs):
        falling = rows.row(name, [], upper=1 if before is None else 0)
        later = rows.own(falling, 1, upper=1)
        if before is not None:
            rows.also(falling, before, -1)
        for moves in go:
            rows.also(rows.row(name, [(moves, 1)], upper=0), later, -1)
        for moves in stay:
            owed = rows.row(name, [(moves, 1)], lower=0)
            rows.also(owed, later, -1)
            rows.own(owed, 1, upper=1)
        costs += [0, *[1] * len(stay)]
        before = later
    return costs


SELECTION = Objective(
    id="selection",
    cost=_cost,
    value=lambda problem, chosen: len(passed_over(problem, chosen)),
)
"""Persons passed over in the orders of the pack; each counts once in each order."""
