"""What makes a plan better: one short module for each objective; :data:`OBJECTIVES` the index.

An objective is two things that must agree: a cost over columns for the solver, and a value in
exact integers computed from the chosen moves alone. The value is what a plan reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from junheng.engine.planning.objectives.balance import BALANCE, balance
from junheng.engine.planning.objectives.changes import CHANGES
from junheng.engine.planning.objectives.objective import Cost, Objective
from junheng.engine.planning.objectives.per_move import DRAW, TRAVEL, WISHES
from junheng.engine.planning.objectives.selection import SELECTION
from junheng.engine.planning.objectives.unmet import UNMET_OBLIGATIONS
from junheng.engine.policy.items.planning import BALANCE_PART

UNMET = UNMET_OBLIGATIONS.id
CHANGED = CHANGES.id


class _Objectives(dict[str, Objective]):
    """Objectives by id; one of an indicator of balance comes into being when asked for."""

    def __missing__(self, objective: str) -> Objective:
        if not objective.startswith(BALANCE_PART):
            raise KeyError(objective)
        return balance(objective.removeprefix(BALANCE_PART))


_FIXED = (UNMET_OBLIGATIONS, SELECTION, BALANCE, WISHES, TRAVEL, CHANGES, DRAW)
OBJECTIVES: Mapping[str, Objective] = MappingProxyType(
    _Objectives({each.id: each for each in _FIXED})
)

__all__ = ["CHANGED", "OBJECTIVES", "UNMET", "Cost", "Objective"]
