"""Everybody goes to one place at most."""

from __future__ import annotations

import numpy as np

from junheng.engine.planning.matrix import Block, Rows
from junheng.engine.planning.names import Name, Structure
from junheng.engine.planning.problem import Problem


def one_place(problem: Problem) -> Block:
    """Choose at most one arc for each person."""
    rows = Rows()
    persons, first = np.unique(problem.arcs.person, return_index=True)
    parts = np.split(np.arange(len(problem.arcs)), first[1:]) if len(persons) else []
    for person, arcs in zip(persons, parts, strict=True):
        name = Name(rule=Structure.ONE_PLACE, person_id=problem.staff.ids[person])
        rows.row(name, [(arcs, 1)], upper=1)
    return rows.block()
