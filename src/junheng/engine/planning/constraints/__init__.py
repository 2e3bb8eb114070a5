"""What every plan keeps: one short module for each family; :data:`CONSTRAINTS` is the index.

A constraint is a function of the problem that returns rows over the arcs. Each is tested alone,
without a solver.
"""

from __future__ import annotations

from collections.abc import Callable

from junheng.engine.planning.constraints.decided import bans_and_rules, pins
from junheng.engine.planning.constraints.persons import one_place
from junheng.engine.planning.constraints.relatives import kin_kept
from junheng.engine.planning.constraints.shares import caps, equal_sides, leavers
from junheng.engine.planning.constraints.stocks import (
    establishment,
    heads_kept,
    leadership_posts,
    post_structure,
)
from junheng.engine.planning.matrix import Block
from junheng.engine.planning.problem import Problem

Constraint = Callable[[Problem], Block]

CONSTRAINTS: tuple[Constraint, ...] = (
    one_place,
    establishment,
    post_structure,
    leadership_posts,
    heads_kept,
    caps,
    equal_sides,
    leavers,
    kin_kept,
    pins,
    bans_and_rules,
)

__all__ = ["CONSTRAINTS", "Constraint"]
