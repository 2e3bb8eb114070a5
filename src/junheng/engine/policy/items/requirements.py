"""Requirements (手续): what a rule needs on record before it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure
from junheng.engine.policy.kind import BODIES, PERSON
from junheng.engine.policy.shapes import YES_NO, Field, Record, Text, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing a rule needs on record: evidence, application, approval, publicity, decision.

    Attributes
    ----------
    kind : ``evidence``, ``application``, ``approval``, ``publicity`` or ``decision``
    bodies : who approves or decides, in order; for evidence, who may issue it
    what : kind of evidence, or where it is publicised
    days : length of publicity, in days
    only_for : the requirement applies only where this holds
    """

    kind: str
    bodies: tuple[str, ...] = ()
    what: str = ""
    days: Figure | None = None
    only_for: Condition | None = None


_WHERE = Word(("inside_unit", "county"))


def _requirement(**found: Any) -> Requirement:
    kind = next((each for each in _REQUIREMENTS if each in found), "")
    value = found.get(kind)
    approvers = found.get(kind) if kind in {"approval", "decision"} else found.get("from_")
    return Requirement(
        kind=kind,
        bodies=approvers or (),
        what=str(value) if kind in {"evidence", "publicity"} else "",
        days=found.get("days"),
        only_for=found.get("only_for"),
    )


_REQUIREMENTS = ("evidence", "application", "approval", "publicity", "decision")

REQUIREMENT = Record(
    {
        "evidence": Field(Text(), "证明材料"),
        "from": Field(BODIES, "由谁出具", attribute="from_"),
        "application": Field(YES_NO, "须本人申请"),
        "approval": Field(BODIES, "依次由谁批准"),
        "decision": Field(BODIES, "由谁决定"),
        "publicity": Field(_WHERE, "在何处公示"),
        "days": Field(FigureOf("days"), "公示天数"),
        "only_for": Field(PERSON, "只在此条件下需要"),
    },
    _requirement,
    "一项手续",
)
