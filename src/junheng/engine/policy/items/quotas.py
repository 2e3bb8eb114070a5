"""Quotas (指标) and reported indicators: whom they count, and the bound they set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure, Setting, Unset
from junheng.engine.policy.item import Item, Strength
from junheng.engine.policy.items.populations import (
    ABOUT,
    BOUND,
    DIMENSIONS,
    POPULATION,
    Bound,
    Population,
)
from junheng.engine.policy.kind import UNIT, Kind, Values
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import (
    STRENGTH,
    YES_NO,
    Field,
    Many,
    Mention,
    OrUnset,
    Reading,
    Record,
    SettingOf,
    Word,
)
from junheng.engine.policy.topics import TOPICS


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
    relation : ``at_least``, ``at_most``, ``exactly``; or ``about``, which is resolved into a
        floor and a cap
    per : ``county``, ``unit``, ``zone``, ``subject`` …; one bound for each combination
    rounding : ``up``, ``down``, ``nearest``, ``exact``, or ``none`` for numbers
    units : only cells of these units
    part_of : the quota this one is a part of
    over : for ``each`` of ``horizon``: over which years the bound is reached
    split_by : class with parts; resolved into one quota for each part
    equal_sides : of two sides of a pair as many move one way as the other
    considers : what the authority weighs when it issues the number
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
    split_by: str = ""
    equal_sides: bool = False
    considers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Item):
    """A rate that is reported and, where ``at_least`` is given, compared (national rates)."""

    count: Population
    of: Population
    per: tuple[str, ...]
    at_least: Figure | None = None


CONSIDERED = (
    "unit_establishment",
    "post_structure",
    "staff_count",
    "due_count",
    "subject_gap",
    "full_time_teachers",
    "classes",
    "pupils",
)
"""What an authority may weigh when it issues numbers to units."""

_ROUNDING = SettingOf((*TOPICS["rounding"], "none"), "rounding")


def _quota(values: Values, table: Table, reading: Reading) -> Values:
    relation = next((each for each in RELATIONS if each in values), "")
    bound = values.get(relation) or Bound()
    rest = {key: each for key, each in values.items() if key not in RELATIONS}
    return {**rest, "relation": relation, "bound": bound}


_HORIZON = Record(
    {
        "years": Field(FigureOf("years"), "几年", required=True),
        "since": Field(FigureOf("year"), "起始年度", required=True),
    },
    Horizon,
    "累计的时段",
)
RELATIONS = ("at_least", "at_most", "exactly", "about")


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
            "about": Field(ABOUT, "左右"),
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
            "split_by": Field(Mention(("classes",)), "按哪个类别的组成部分各为一项"),
            "equal_sides": Field(YES_NO, "双方人数是否相等"),
            "considers": Field(Many(Word(CONSIDERED)), "下达时考虑哪些情况"),
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
