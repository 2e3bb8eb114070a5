"""Decisions and rules about single moves: pins, and what stands against a pinned move.

Moves that a rule or a ban forbids are no arcs at all, unless a pin asks for them; then they
are arcs with a row for each reason against them, so that a conflict can name both sides.
"""

from __future__ import annotations

import numpy as np

from junheng.engine.planning.matrix import Block, Rows, ints
from junheng.engine.planning.problem import Problem


def pins(problem: Problem) -> Block:
    """Choose an arc of each pin; no arc of a person who is pinned to stay."""
    rows = Rows()
    for pin in problem.pins:
        if not len(pin.arcs):
            away = np.flatnonzero(problem.arcs.person == pin.person)
            rows.row(pin.name, [(away, 1)], upper=0)
        else:
            rows.row(pin.name, [(pin.arcs, 1)], lower=1)
    return rows.block()


def bans_and_rules(problem: Problem) -> Block:
    """Forbid pinned moves that are not allowed, one row for each reason."""
    rows = Rows()
    for blocked in problem.blocked:
        rows.row(blocked.name, [(ints([blocked.arc]), 1)], upper=0)
    return rows.block()
