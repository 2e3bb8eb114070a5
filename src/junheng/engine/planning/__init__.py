"""Planning (编制方案): who goes where, proven best under the rules."""

from junheng.engine.planning.building import build
from junheng.engine.planning.explaining import Reasons, reasons
from junheng.engine.planning.explaining_words import reasons_lines, stay_lines
from junheng.engine.planning.outcome import Conflict, OutOfTime, Planned, Relaxation
from junheng.engine.planning.planner import plan
from junheng.engine.planning.solvers.highs import Stopped
from junheng.engine.planning.wording import conflict_lines

__all__ = [
    "Conflict",
    "OutOfTime",
    "Planned",
    "Reasons",
    "Relaxation",
    "Stopped",
    "build",
    "conflict_lines",
    "plan",
    "reasons",
    "reasons_lines",
    "stay_lines",
]
