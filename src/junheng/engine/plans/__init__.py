"""Plans (方案): the plan type, plan.json and the plan workbook."""

from junheng.engine.plans.comparing import (
    MoveChange,
    ObjectiveChange,
    PlanChanges,
    UnmetChange,
    compare_plans,
)
from junheng.engine.plans.files import examine_plan, read_plan
from junheng.engine.plans.plan import Move, ObjectiveValue, PassedOver, Plan, PlanReceipt, Unmet
from junheng.engine.plans.reading import plan_of_text
from junheng.engine.plans.workbook import (
    PlanReading,
    examine_plan_workbook,
    read_plan_workbook,
    write_plan_workbook,
)
from junheng.engine.plans.writing import plan_text, plan_values

__all__ = [
    "Move",
    "MoveChange",
    "ObjectiveChange",
    "ObjectiveValue",
    "PassedOver",
    "Plan",
    "PlanChanges",
    "PlanReading",
    "PlanReceipt",
    "Unmet",
    "UnmetChange",
    "compare_plans",
    "examine_plan",
    "examine_plan_workbook",
    "plan_of_text",
    "plan_text",
    "plan_values",
    "read_plan",
    "read_plan_workbook",
    "write_plan_workbook",
]
