"""Requirements (手续): what a rule needs on record before it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure, Setting
from junheng.engine.policy.kind import BODIES, PERSON
from junheng.engine.policy.shapes import (
    YES_NO,
    Field,
    Many,
    Mention,
    Record,
    SettingOf,
    Text,
    Word,
)
from junheng.engine.policy.topics import TOPICS


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing a rule needs on record.

    Attributes
    ----------
    kind : ``evidence``, ``application``, ``recommendation``, ``approval``, ``decision``,
        ``publicity``, ``consent``, ``reason`` or ``agreement``
    bodies : who recommends, approves or decides, in order; for evidence, who may issue it
    what : kind of evidence, or where it is publicised
    days : length of publicity, in days
    detail : how much of a ground is publicised
    only_for : the requirement applies only where this holds
    after : steps that come first
    collectively : decided by the leadership together (集体研究), not by one person
    """

    kind: str
    bodies: tuple[str, ...] = ()
    what: str = ""
    days: Figure | None = None
    detail: Setting = ""
    only_for: Condition | None = None
    collectively: bool = False
    after: tuple[str, ...] = ()


_WHERE = Word(("inside_unit", "county", "meeting", "wall", "website"))
_KINDS = (
    "evidence",
    "application",
    "recommendation",
    "approval",
    "decision",
    "publicity",
    "consent",
    "reason",
    "agreement",
)
_BY_BODIES = ("recommendation", "approval", "decision")


def _requirement(**found: Any) -> Requirement:
    kind = next((each for each in _KINDS if each in found), "")
    value = found.get(kind)
    bodies = value if kind in _BY_BODIES else found.get("from_")
    return Requirement(
        kind=kind,
        bodies=bodies or (),
        what=str(value) if kind in {"evidence", "publicity"} else "",
        days=found.get("days"),
        detail=found.get("detail", ""),
        only_for=found.get("only_for"),
        collectively=found.get("collectively", False),
        after=found.get("after", ()),
    )


REQUIREMENT = Record(
    {
        "evidence": Field(Text(), "证明材料"),
        "from": Field(BODIES, "由谁出具", attribute="from_"),
        "application": Field(YES_NO, "须本人申请"),
        "recommendation": Field(BODIES, "由谁推荐"),
        "approval": Field(BODIES, "依次由谁批准"),
        "decision": Field(BODIES, "由谁决定"),
        "publicity": Field(_WHERE, "在何处公示"),
        "days": Field(FigureOf("days"), "公示天数"),
        "detail": Field(
            SettingOf(TOPICS["publicity_detail"], "publicity_detail"), "公示写到什么程度"
        ),
        "consent": Field(YES_NO, "须本人同意"),
        "reason": Field(YES_NO, "须书面说明理由"),
        "agreement": Field(Word(("mutual",)), "须双方同意"),
        "collectively": Field(YES_NO, "须集体研究；只作说明"),
        "after": Field(Many(Mention(("steps",)), lone=True), "在哪些步骤之后"),
        "only_for": Field(PERSON, "只在此条件下需要"),
    },
    _requirement,
    "一项手续",
)
