"""What the planner needs beyond the rules (编制方案)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from junheng.engine import codes
from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Always, Condition, Figure, Literal, Setting
from junheng.engine.policy.item import Item
from junheng.engine.policy.items.populations import BOUND, Bound
from junheng.engine.policy.kind import PERSON, TITLE, Kind, Values
from junheng.engine.policy.reader import Node, Scalar, Sequence, Table
from junheng.engine.policy.shapes import (
    Field,
    Many,
    Mention,
    Pairs,
    Reading,
    Record,
    Schema,
    SettingOf,
    Text,
    Word,
)

BALANCE = "balance"
BALANCE_PART = "balance:"
"""The objective of all indicators together, and how that of one of them begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalancePart:
    """One indicator of the balance objective.

    Attributes
    ----------
    of : whom it counts
    weight : whole and above 0; None where the indicators are not added up
    """

    id: str
    title: str
    of: Condition
    weight: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning(Item):
    """What the planner needs beyond the rules (编制方案), all decided by the authority.

    Attributes
    ----------
    start : id of the date on which moves begin
    duties : track → ``everyone`` (each due person not moved is an unmet obligation) or
        ``quota`` (only the quotas oblige)
    in_post : in-post statuses that count for staffing and may be moved
    neighbouring_subjects : pairs (own, taught) beyond the main subject; strict when empty
    leavers_at_most : upper limit on those who leave a unit, with its rounding; required
    leavers_rounding : ``up``, ``down`` or ``nearest``
    wish_costs : cost of a listed wish by rank, the first entry being rank 1
    elsewhere_cost, kept_cost, unasked_cost : cost of an applicant sent to a unit not listed,
        of an applicant who stays, and of anyone else who moves
    forms : ids of the arrangements the planner may use, in order of rank
    counted_at : ``host`` or ``origin``: where a temporary exchangee counts for balance
    balances : the indicators of the balance objective, at least one
    balance_of : the only indicator's condition; of several, that of the one called
        ``backbone``, else of the first
    objectives : in order; of ``unmet_obligations``, ``selection``, ``balance``,
        ``balance:<id>``, ``wishes``, ``travel``
    """

    start: str
    duties: tuple[tuple[str, str], ...]
    in_post: tuple[str, ...]
    neighbouring_subjects: tuple[tuple[str, str], ...]
    leavers_at_most: Bound
    leavers_rounding: Setting
    wish_costs: Figure
    elsewhere_cost: Figure
    kept_cost: Figure
    unasked_cost: Figure
    forms: tuple[str, ...]
    counted_at: Setting
    balances: tuple[BalancePart, ...]
    balance_of: Condition
    objectives: tuple[str, ...]


def _planning(values: Values, table: Table, reading: Reading) -> Values:
    costs = values.pop("costs") or {}
    balances = values.pop("balance_of") or ()
    named = [each for each in balances if each.id == _BACKBONE]
    first = next(iter([*named, *balances]), None)
    return {
        **values,
        **costs,
        "balances": balances,
        "balance_of": Always() if first is None else first.of,
        "neighbouring_subjects": values.get("neighbouring_subjects", ()),
    }


def _costs(**found: Any) -> dict[str, Any]:
    return found


_COST = FigureOf("cost")
_OBJECTIVES = ("unmet_obligations", "selection", BALANCE, "wishes", "travel")
_BACKBONE = "backbone"


@dataclass(frozen=True, slots=True)
class _Objective:
    """The id of an objective: a word of the list, or ``balance:`` and an indicator."""

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return f"{Word(_OBJECTIVES).says} · `{BALANCE_PART}编号`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Scalar) and node.text.startswith(BALANCE_PART):
            return node.text
        return Word(_OBJECTIVES).read(node, reading)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        one: Schema = {"type": "string", "pattern": f"^{BALANCE_PART}[a-z0-9-]+$"}
        return {"anyOf": [Word(_OBJECTIVES).schema(), one]}


_PART = Record(
    {
        "id": Field(Text("编号"), "目标里写 `balance:编号`", required=True),
        "title": Field(TITLE, "名称", required=True),
        "of": Field(PERSON, "计哪些人", required=True),
        "weight": Field(FigureOf("times"), "合计时的权数，正整数"),
    },
    BalancePart,
    "一项均衡指标",
)


@dataclass(frozen=True, slots=True)
class _Balances:
    """One condition, or a list of indicators; read as a tuple of indicators."""

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return f"{PERSON.says}，或列表：`{{id, title, of, weight?}}`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Sequence):
            found = Many(_PART).read(node, reading)
            return tuple(each for each in found if each is not None)
        one = BalancePart(id=BALANCE, title="", of=PERSON.read(node, reading))
        return (replace(one, weight=Literal((Fraction(1),))),)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"anyOf": [PERSON.schema(), Many(_PART).schema()]}


KINDS: Mapping[str, Kind] = {
    "planning": Kind(
        "编制方案",
        Planning,
        {
            "start": Field(Mention(("dates",)), "交流开始日", required=True),
            "duties": Field(
                Pairs(Word(("everyone", "quota"))), "各类别人人须走还是按指标", required=True
            ),
            "in_post": Field(
                Many(Word(codes.IN_POST.codes)), "计为在岗、可以交流的在岗状态", required=True
            ),
            "neighbouring_subjects": Field(
                Many(Many(Word(codes.SUBJECT.codes))),
                "可以互补的学科：`[[本人学科, 任教学科]]`",
            ),
            "leavers_at_most": Field(BOUND, "一校最多流出", required=True),
            "rounding": Field(
                SettingOf(("up", "down", "nearest"), "rounding"),
                "流出上限怎样取整",
                required=True,
                attribute="leavers_rounding",
            ),
            "costs": Field(
                Record(
                    {
                        "wish": Field(
                            FigureOf("cost", many=True), required=True, attribute="wish_costs"
                        ),
                        "elsewhere": Field(_COST, required=True, attribute="elsewhere_cost"),
                        "kept": Field(_COST, required=True, attribute="kept_cost"),
                        "unasked": Field(_COST, required=True, attribute="unasked_cost"),
                    },
                    _costs,
                    "志愿的代价",
                ),
                "志愿的代价",
                required=True,
            ),
            "forms": Field(
                Many(Mention(("arrangements",))), "可用的形式，先后为序", required=True
            ),
            "counted_at": Field(
                SettingOf(("host", "origin"), "counted_at"), "交流期间计入哪校", required=True
            ),
            "balance_of": Field(_Balances(), "均衡目标计哪些人", required=True),
            "objectives": Field(Many(_Objective()), "目标次序", required=True),
        },
        arrange=_planning,
    ),
}
