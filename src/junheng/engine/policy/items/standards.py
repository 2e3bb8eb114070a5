"""Staffing standards (编制标准): how many posts a unit is entitled to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure, Setting
from junheng.engine.policy.item import Item
from junheng.engine.policy.kind import UNIT, Kind, Values
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import Field, Many, Reading, Record, SettingOf, Word
from junheng.engine.policy.topics import TOPICS


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One way to count posts; exactly one of the figures is stated.

    Attributes
    ----------
    one_per_pupils : pupils for each post
    per_class : posts for each class
    lessons_over_load : lessons a week of one teacher, into which all lessons are divided
    posts : so many posts whatever the size
    stage : the only stage whose pupils or classes count; empty for all
    """

    one_per_pupils: Figure | None = None
    per_class: Figure | None = None
    lessons_over_load: Figure | None = None
    posts: Figure | None = None
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard(Item):
    """How many posts units of a kind are entitled to: the sum, or the largest, of measures."""

    who: Condition
    gives: str
    combine: str
    measures: tuple[Measure, ...]
    rounding: Setting


_MEASURE = Record(
    {
        "one_per_pupils": Field(FigureOf("pupils", also=("ratio",)), "每多少学生一个"),
        "per_class": Field(FigureOf("persons_per_class"), "每班几个"),
        "lessons_over_load": Field(FigureOf("lessons"), "每人每周几节"),
        "posts": Field(FigureOf("posts"), "固定几个"),
        "stage": Field(Word(("小学", "初中")), "只算哪个学段的学生、班级"),
    },
    Measure,
    "一种算法",
)
_MEASURES = Many(_MEASURE)


def _standard(values: Values, table: Table, reading: Reading) -> Values:
    stated = [key for key in ("sum_of", "larger_of") if key in values]
    if len(stated) != 1:
        reading.wrong("standard-without-measures", table.place, found="、".join(stated) or "—")
        return {**values, "combine": "", "measures": ()}
    rest: dict[str, Any] = {
        key: each for key, each in values.items() if key not in ("sum_of", "larger_of")
    }
    return {**rest, "combine": stated[0], "measures": values[stated[0]]}


KINDS: Mapping[str, Kind] = {
    "standards": Kind(
        "编制标准",
        Standard,
        {
            "for": Field(UNIT, "对哪些单位", required=True, attribute="who"),
            "gives": Field(Word(("establishment", "posts")), "核定编制还是岗位", required=True),
            "sum_of": Field(_MEASURES, "几种算法相加"),
            "larger_of": Field(_MEASURES, "几种算法取大"),
            "rounding": Field(SettingOf(TOPICS["rounding"], "rounding"), "取整", required=True),
        },
        arrange=_standard,
    ),
}
