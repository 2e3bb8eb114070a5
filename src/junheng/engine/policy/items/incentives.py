"""What exchange gives and asks: entitlements (待遇), gates (门槛) and locks (服务期)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.condition_shapes import ANY_UNIT, FigureOf
from junheng.engine.policy.conditions import Condition, Figure, Unset
from junheng.engine.policy.item import IfUnknown, Item, Strength
from junheng.engine.policy.items.consequences import ACTS, Act
from junheng.engine.policy.items.populations import POPULATION, Population
from junheng.engine.policy.kind import PERSON, UNIT, Kind, Values
from junheng.engine.policy.reader import Node, Scalar, Table
from junheng.engine.policy.shapes import (
    STRENGTH,
    Field,
    Many,
    Mention,
    OrUnset,
    Reading,
    Record,
    Schema,
    Text,
    Word,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement(Item):
    """What somebody gets (待遇); the engine names payer, basis and clause and pays nothing.

    Attributes
    ----------
    population : who gets it (``for`` in YAML)
    gives : one of :data:`GIVES`
    amount : in the unit of its parameter; or ``same_as_host``
    times : a multiple of what ``of`` names
    of : another payment by name, or ids of entitlements for ``same_as``
    payer : ids of the bodies that pay, each its part
    matters : what a priority is in (``in`` in YAML)
    each : how often
    release : when an over-quota post ends: ``first_vacancy`` or ``last_in_first_out``
    """

    population: Population
    gives: str
    amount: Figure | str | None = None
    times: Figure | None = None
    of: tuple[str, ...] = ()
    payer: tuple[str, ...] | Unset = ()
    matters: tuple[str, ...] = ()
    each: str = ""
    release: str = ""
    strength: Strength = Strength.HARD


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate(Item):
    """What somebody needs to have done before a matter is open to them (门槛).

    Attributes
    ----------
    opens : the titles, honours or posts it stands before
    who : for whom it is; None for everybody
    when : what has to hold; None where two rates are compared
    compare : (whose rate, not below whose), as conditions on persons
    since : the day from which it is asked; before it the gate is open
    """

    opens: tuple[str, ...]
    strength: Strength
    who: Condition | None = None
    when: Condition | None = None
    compare: tuple[Condition, Condition] | None = None
    since: Figure | None = None
    if_unknown: IfUnknown = IfUnknown.ASK
    unknown_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtained:
    """What binds somebody: a title, an honour, or having been recruited as something."""

    title: str = ""
    honour: str = ""
    recruited: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock(Item):
    """How long somebody has to stay after getting something (服务期).

    Attributes
    ----------
    after : any of these begins the time
    obtained_at : only if it was obtained at such a unit
    stay : years
    at : ``same_unit``, ``same_zone``, or ``same_kind`` of unit
    excused : leaving for these reasons is no breach: ``organisational``, ``retirement``
    breach : what follows when somebody leaves all the same
    """

    strength: Strength
    after: tuple[Obtained, ...]
    obtained_at: Condition | None = None
    stay: Figure
    at: str
    excused: tuple[str, ...] = ()
    breach: tuple[Act, ...] = ()


GIVES = (
    "allowance",
    "subsidy",
    "bonus",
    "housing",
    "preference",
    "priority",
    "points",
    "reserved_posts",
    "keep_post_grade",
    "exempt_from_ratio",
    "over_quota_post",
    "same_as",
    "training",
    "leave",
    "honour",
)
"""What an entitlement may give."""

_ANY = FigureOf(ANY_UNIT)
_EACH = Word(("day", "month", "term", "year", "school_year", "once"))


@dataclass(frozen=True, slots=True)
class _Amount:
    """A figure, or as much as at the host."""

    says: str = f"{_ANY.says}；或 `same_as_host`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        same = isinstance(node, Scalar) and node.text == "same_as_host"
        return "same_as_host" if same else _ANY.read(node, reading)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"anyOf": [{"const": "same_as_host"}, _ANY.schema()]}


def _entitlement(values: Values, table: Table, reading: Reading) -> Values:
    if values["gives"] == "same_as":
        for node in getattr(table.entries.get("of"), "parts", ()):
            if isinstance(node, Scalar):
                reading.mention(node, "entitlements")
    return values


_COMPARE = Record(
    {
        "rate_of": Field(PERSON, "哪些人的比率", required=True),
        "not_below": Field(PERSON, "不低于哪些人的", required=True),
    },
    lambda rate_of, not_below: (rate_of, not_below),
    "两个比率的比较",
)


def _gate(values: Values, table: Table, reading: Reading) -> Values:
    if ("when" in values) == ("compare" in values):
        reading.wrong("gate-without-condition", table.place, found="、".join(table.entries))
    return values


_OBTAINED = Record(
    {
        "title": Field(Text(), "职称"),
        "honour": Field(Text(), "荣誉"),
        "recruited": Field(Text(), "招聘类别"),
    },
    Obtained,
    "取得了什么",
)
_AFTER = Record(
    {
        "any_of": Field(Many(_OBTAINED), "取得其中之一", required=True),
        "obtained_at": Field(UNIT, "在怎样的单位取得"),
    },
    lambda any_of, obtained_at=None: {"after": any_of, "obtained_at": obtained_at},
    "从何时起",
)
_STAY = Record(
    {"at_least": Field(FigureOf("years"), "年数", required=True)},
    lambda at_least: at_least,
    "`{at_least: 年}`",
)


def _lock(values: Values, table: Table, reading: Reading) -> Values:
    return {**values, **values.pop("after")}


KINDS: Mapping[str, Kind] = {
    "entitlements": Kind(
        "待遇",
        Entitlement,
        {
            "for": Field(POPULATION, "给哪些人", required=True, attribute="population"),
            "gives": Field(Word(GIVES), "给什么", required=True),
            "amount": Field(_Amount(), "多少"),
            "times": Field(_ANY, "是 `of` 的几倍"),
            "of": Field(Many(Text(), lone=True), "以哪一项为准"),
            "payer": Field(OrUnset(Many(Mention(("bodies",)), lone=True)), "由谁承担"),
            "in": Field(Many(Text(), lone=True), "在哪些事项上", attribute="matters"),
            "each": Field(_EACH, "每多久"),
            "release": Field(Word(("first_vacancy", "last_in_first_out")), "超岗聘用何时结束"),
            "strength": Field(STRENGTH, "强度"),
        },
        arrange=_entitlement,
    ),
    "gates": Kind(
        "门槛",
        Gate,
        {
            "opens": Field(Many(Text(), lone=True), "评聘、参评什么", required=True),
            "strength": Field(STRENGTH, "强度", required=True),
            "for": Field(PERSON, "对哪些人", attribute="who"),
            "when": Field(PERSON, "须具备的条件"),
            "compare": Field(_COMPARE, "两个比率的比较"),
            "since": Field(FigureOf("date"), "从哪天起要求"),
            "if_unknown": Field(
                Word(tuple(each.value for each in IfUnknown), IfUnknown), "事实不明时"
            ),
            "unknown_because": Field(Text(), "按不明处理的理由"),
        },
        arrange=_gate,
    ),
    "locks": Kind(
        "服务期",
        Lock,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "after": Field(_AFTER, "从何时起", required=True),
            "stay": Field(_STAY, "须服务多久", required=True),
            "at": Field(Word(("same_unit", "same_zone", "same_kind")), "在哪里", required=True),
            "excused": Field(
                Many(Word(("organisational", "retirement", "illness")), lone=True),
                "哪些离开不算违约",
            ),
            "breach": Field(ACTS, "违约时"),
        },
        arrange=_lock,
    ),
}
