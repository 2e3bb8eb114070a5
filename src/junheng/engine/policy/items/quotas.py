"""Quotas (指标) and reported indicators: whom they count, and the bound they set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure, Setting, Unset
from junheng.engine.policy.item import Item, Strength
from junheng.engine.policy.items.populations import BOUND, POPULATION, Bound, Population
from junheng.engine.policy.kind import UNIT, Kind, Values
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import (
    STRENGTH,
    Field,
    Many,
    Mention,
    OrUnset,
    Reading,
    Record,
    SettingOf,
    Word,
)
from junheng.engine.policy.vocabulary import DIMENSIONS, TOPICS


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """The years over which a quota is reached: so many, from programme year ``since``."""

    years: Figure
    since: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Item):
    """How many must or may be exchanged (指标).

    Attributes
    ----------
    relation : ``at_least``, ``at_most`` or ``exactly``
    per : ``county``, ``unit``, ``zone``, ``subject`` …; one bound for each combination
    rounding : ``up``, ``down``, ``nearest``, ``exact``, or ``none`` for numbers
    units : only cells of these units
    part_of : the quota this one is a part of
    over : for ``each`` of ``horizon``: over which years the bound is reached
    """

    strength: Strength
    count: Population
    relation: str
    bound: Bound
    per: tuple[str, ...]
    each: str
    rounding: Setting
    units: Condition | None = None
    part_of: str = ""
    over: Horizon | Unset | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Item):
    """A rate that is reported and, where ``at_least`` is given, compared (national rates)."""

    count: Population
    of: Population
    per: tuple[str, ...]
    at_least: Figure | None = None


_ROUNDING = SettingOf((*TOPICS["rounding"], "none"), "rounding")


def _quota(values: Values, table: Table, reading: Reading) -> Values:
    relation = next((each for each in _RELATIONS if each in values), "")
    bound = values.get(relation) or Bound()
    rest = {key: each for key, each in values.items() if key not in _RELATIONS}
    return {**rest, "relation": relation, "bound": bound}


_RELATIONS = ("at_least", "at_most", "exactly")
_HORIZON = Record(
    {
        "years": Field(FigureOf("years"), "几年", required=True),
        "since": Field(FigureOf("year"), "起始年度", required=True),
    },
    Horizon,
    "累计的时段",
)


KINDS: Mapping[str, Kind] = {
    "quotas": Kind(
        "指标",
        Quota,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "count": Field(POPULATION, "计哪些人", required=True),
            "at_least": Field(BOUND, "不少于"),
            "at_most": Field(BOUND, "不超过"),
            "exactly": Field(BOUND, "恰为"),
            "per": Field(Many(Word(DIMENSIONS), lone=True), "按什么分别计算", required=True),
            "each": Field(
                Word(("programme", "year", "school_year", "horizon")), "每多久", required=True
            ),
            "over": Field(
                OrUnset(_HORIZON),
                "累计的时段：`{years: 几年, since: 起始年度}`，用于 `horizon`",
            ),
            "rounding": Field(_ROUNDING, "取整", required=True),
            "units": Field(UNIT, "只对这些单位"),
            "part_of": Field(Mention(("quotas",)), "属于哪项指标的一部分"),
        },
        arrange=_quota,
    ),
    "indicators": Kind(
        "报告指标",
        Indicator,
        {
            "count": Field(POPULATION, "分子", required=True),
            "of": Field(POPULATION, "分母", required=True),
            "per": Field(Many(Word(DIMENSIONS), lone=True), "按什么分别计算", required=True),
            "at_least": Field(FigureOf("share"), "对照的下限"),
        },
    ),
}
