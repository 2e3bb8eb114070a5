"""Planning (编制方案): who goes where, proven best under the rules."""

from junheng.engine.planning.building import build, refuse_unset
from junheng.engine.planning.outcome import Conflict, OutOfTime, Planned, Relaxation
from junheng.engine.planning.planner import plan
from junheng.engine.planning.solvers.highs import Stopped
from junheng.engine.planning.wording import conflict_lines

__all__ = [
    "Conflict",
    "OutOfTime",
    "Planned",
    "Relaxation",
    "Stopped",
    "build",
    "conflict_lines",
    "plan",
    "refuse_unset",
]
