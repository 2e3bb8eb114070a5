"""Relatives: some must not meet in one place, others must not be separated.

For a place v let in_v be the arcs of somebody that lead there. Whoever starts in v is there
after the plan unless they move: 1 - all arcs + in_v.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from junheng.engine.planning.matrix import Block, Ints, Rows
from junheng.engine.planning.problem import Kin, Problem


@dataclass(frozen=True, slots=True)
class _Person:
    """All arcs of one person, where each leads, and where the person starts."""

    arcs: Ints
    to: Ints
    start: int

    def into(self, place: int) -> Ints:
        return np.asarray(self.arcs[self.to == place])

    def out(self) -> Ints:
        return np.asarray(self.arcs[self.to != self.start])


def kin_kept(problem: Problem) -> Block:
    """Keep relatives apart, or together, as the pack says."""
    rows = Rows()
    for kin in problem.kin:
        first, second = _person(problem, kin, kin.first), _person(problem, kin, kin.second)
        if kin.together:
            _together(rows, kin, first, second)
        else:
            _apart(rows, kin, first, second)
    return rows.block()


def _person(problem: Problem, kin: Kin, person: int) -> _Person:
    arcs = np.flatnonzero(problem.arcs.person == person)
    to = kin.place[problem.arcs.unit[arcs]]
    return _Person(arcs, to, int(kin.place[problem.staff.works_at[person]]))


def _apart(rows: Rows, kin: Kin, first: _Person, second: _Person) -> None:
    """Forbid the same place, but for two who start there and both stay."""
    for place in sorted({*first.to.tolist(), *second.to.tolist()}):
        if first.start == second.start == place:
            continue
        terms, there = [], 0
        for person in (first, second):
            terms.append((person.into(place), 1))
            if person.start == place:
                terms.append((person.arcs, -1))
                there += 1
        rows.row(kin.name, terms, upper=1 - there)
    if first.start == second.start:
        for one, other in ((first, second), (second, first)):
            within = one.into(one.start)
            if len(within):  # moving inside the common place needs the other to leave it
                rows.row(kin.name, [(within, 1), (other.out(), -1)], upper=0)


def _together(rows: Rows, kin: Kin, first: _Person, second: _Person) -> None:
    """Let both be in the same place afterwards; they start in one."""
    for place in sorted({*first.to.tolist(), *second.to.tolist()} - {first.start}):
        terms = [(first.into(place), 1), (second.into(place), -1)]
        rows.row(kin.name, terms, lower=0, upper=0)
