"""Where moves go, and what they must not do to the staffing of schools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.engine.policy.conditions import Condition
from junheng.engine.policy.item import Item, Strength
from junheng.engine.policy.kind import MOVE, UNIT, Kind
from junheng.engine.policy.shapes import STRENGTH, Field, Mention, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination(Item):
    """Where those ``who`` is about must, must not, or preferably go.

    ``else_is`` says what a move is that breaks ``must``: ``transfer`` is no exchange at all but
    is handled as a transfer (跨县的按调动办理).
    """

    strength: Strength
    who: Condition | None = None
    where: Condition | None = None
    must: Condition | None = None
    must_not: Condition | None = None
    prefer: Condition | None = None
    override_by: str = ""
    else_is: str = ""


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
            "override_by": Field(Mention(("bodies",)), "由谁批准例外；只作说明"),
            "else_is": Field(Word(("transfer",)), "不合 `must` 的按什么办理；只作说明"),
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
}
