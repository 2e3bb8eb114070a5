"""Moves: where they go, what they must not do to schools, in which form and relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure, Setting
from junheng.engine.policy.item import Item, Strength
from junheng.engine.policy.kind import BODIES, MOVE, UNIT, Kind, Values
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import (
    STRENGTH,
    YES_NO,
    Field,
    Many,
    Mention,
    Reading,
    Record,
    SettingOf,
    Word,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination(Item):
    """Where those ``who`` is about must, must not, or preferably go."""

    strength: Strength
    who: Condition | None = None
    where: Condition | None = None
    must: Condition | None = None
    must_not: Condition | None = None
    prefer: Condition | None = None
    override_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard(Item):
    """What the staffing after the plan must never show.

    Attributes
    ----------
    exempt : arrivals that a limit on the post structure does not count (超岗聘用); only moves
        for which it certainly holds
    """

    strength: Strength
    never: Condition
    exempt: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Item):
    """Who holds five relations during a move: ``origin``, ``host`` or ``moves``."""

    strength: Strength
    personnel: str
    establishment: str
    pay: str
    performance_pay: str
    appraisal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement(Item):
    """A form of exchange (交流形式); a move takes the first in order whose conditions hold.

    Attributes
    ----------
    moves : which moves it is for; None for any
    tracks : which tracks it is for; empty for any
    length_relation : ``exactly`` or ``at_least``
    length : years; for ``exactly`` it gives the end of the move
    relation : id of the relation; ``moves`` as its personnel pointer means the person transfers
    full_time : part-time forms are arranged by hand, not by the planner
    """

    decided_by: tuple[str, ...] = ()
    moves: Condition | None = None
    tracks: tuple[str, ...] = ()
    length_relation: str = ""
    length: Figure | None = None
    relation: Setting = ""
    full_time: bool = True
    counts_as_exchange: Setting = "yes"


_POINTER = Word(("origin", "host", "moves"))


def _length(values: Values, table: Table, reading: Reading) -> Values:
    relation, figure = values.pop("length", ("", None))
    return {**values, "length_relation": relation, "length": figure}


def _span(**found: Any) -> tuple[str, Any]:
    return next(iter(found.items()), ("", None))


KINDS: Mapping[str, Kind] = {
    "destinations": Kind(
        "去向",
        Destination,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "for": Field(MOVE, "对哪些交流", attribute="who"),
            "where": Field(MOVE, "在何种情形"),
            "must": Field(MOVE, "必须"),
            "must_not": Field(MOVE, "不得"),
            "prefer": Field(MOVE, "优先"),
            "override_by": Field(Mention(("bodies",)), "由谁批准例外"),
        },
    ),
    "guards": Kind(
        "底线",
        Guard,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "never": Field(UNIT, "调整后不得出现", required=True),
            "except": Field(MOVE, "岗位结构不计的调入（超岗聘用）", attribute="exempt"),
        },
    ),
    "relations": Kind(
        "关系",
        Relation,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "personnel": Field(_POINTER, "人事关系", required=True),
            "establishment": Field(_POINTER, "编制", required=True),
            "pay": Field(_POINTER, "工资", required=True),
            "performance_pay": Field(_POINTER, "绩效工资", required=True),
            "appraisal": Field(_POINTER, "考核", required=True),
        },
    ),
    "arrangements": Kind(
        "交流形式",
        Arrangement,
        {
            "decided_by": Field(BODIES, "由谁决定"),
            "moves": Field(MOVE, "用于哪些交流"),
            "tracks": Field(Many(Mention(("tracks",))), "用于哪些类别"),
            "length": Field(
                Record(
                    {"exactly": Field(FigureOf("years")), "at_least": Field(FigureOf("years"))},
                    _span,
                    "`{exactly: 年}` 或 `{at_least: 年}`",
                ),
                "期限",
                required=True,
            ),
            "relation": Field(SettingOf((), "choice", "relations"), "关系", required=True),
            "full_time": Field(YES_NO, "是否全职"),
            "counts_as_exchange": Field(
                SettingOf(("yes", "no"), "yes_no"), "是否计为交流", required=True
            ),
        },
        arrange=_length,
    ),
}
