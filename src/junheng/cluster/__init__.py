"""Many counties: each is planned by a process of its own, so that one lost costs only one."""

from junheng.cluster.job import (
    CountyCancelled,
    CountyConflict,
    CountyFailed,
    CountyOutOfTime,
    CountyPlanned,
    CountyRefused,
    CountyResult,
    CountyTask,
)
from junheng.cluster.runner import Reached, Started, plan_counties

__all__ = [
    "CountyCancelled",
    "CountyConflict",
    "CountyFailed",
    "CountyOutOfTime",
    "CountyPlanned",
    "CountyRefused",
    "CountyResult",
    "CountyTask",
    "Reached",
    "Started",
    "plan_counties",
]
