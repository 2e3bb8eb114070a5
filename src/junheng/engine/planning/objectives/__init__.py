"""What makes a plan better: one short module for each objective; :data:`OBJECTIVES` the index.

An objective is two things that must agree: a cost over columns for the solver, and a value in
exact integers computed from the chosen moves alone. The value is what a plan reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from junheng.engine.planning.objectives.balance import BALANCE
from junheng.engine.planning.objectives.changes import CHANGES
from junheng.engine.planning.objectives.objective import Cost, Objective
from junheng.engine.planning.objectives.per_move import DRAW, TRAVEL, WISHES
from junheng.engine.planning.objectives.unmet import UNMET_OBLIGATIONS

UNMET = UNMET_OBLIGATIONS.id

OBJECTIVES: Mapping[str, Objective] = MappingProxyType(
    {each.id: each for each in (UNMET_OBLIGATIONS, BALANCE, WISHES, TRAVEL, CHANGES, DRAW)}
)

__all__ = ["OBJECTIVES", "UNMET", "Cost", "Objective"]
