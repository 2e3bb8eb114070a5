"""Service at the host school (在岗期间): events, attendance, workloads, appraisals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure
from junheng.engine.policy.item import Item, Strength
from junheng.engine.policy.items.times import EVENT
from junheng.engine.policy.kind import PLACEMENT, Kind, Values
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import (
    STRENGTH,
    YES_NO,
    Field,
    Many,
    Mention,
    Reading,
    Record,
    Text,
    Word,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWord(Item):
    """Something that can happen in a programme beside the engine's own words (事件)."""

    recorded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One condition of a ladder and the event it raises."""

    when: Condition
    raises: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Item):
    """When a record of service raises an event (考勤等认定).

    Attributes
    ----------
    ladder : rungs from the mildest up; a single ``when``/``raises`` is a ladder of one
    highest_only : only the last rung reached counts
    """

    ladder: tuple[Rung, ...]
    highest_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload(Item):
    """What must be done, or how things must be, during service (工作量与在岗要求).

    Attributes
    ----------
    arrangement : forms it is for; empty: all
    must : a condition that must hold
    tasks : kinds of work, counted together
    relation, number : ``at_least`` or ``exactly`` so many times
    each : ``school_year``, ``year``, ``term`` or ``service``
    per : ``person``, or ``subject``: shared by those of one subject at one host
    """

    strength: Strength
    arrangement: tuple[str, ...] = ()
    must: Condition | None = None
    tasks: tuple[str, ...] = ()
    relation: str = ""
    number: Figure | None = None
    each: str = "service"
    per: str = "person"
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Automatic:
    """The grade an event gives by itself."""

    grade: str
    on: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal(Item):
    """An appraisal (考核): on which scale, how often, by whom.

    Attributes
    ----------
    scale : id of the scale of grades
    each : how often: ``calendar_year``, ``school_year``, ``year``, ``term``, ``service``,
        ``on_request``
    by, assisted_by, together_with : bodies
    """

    scale: str
    each: tuple[str, ...]
    by: str
    assisted_by: tuple[str, ...] = ()
    together_with: tuple[str, ...] = ()
    document: str = ""
    automatic: tuple[Automatic, ...] = ()


_RUNG = Record(
    {
        "when": Field(PLACEMENT, "条件", required=True),
        "raises": Field(EVENT, "记为哪件事", required=True),
    },
    Rung,
    "一级：`{when, raises}`",
)
_AUTOMATIC = Record(
    {
        "grade": Field(Text(), "等次", required=True),
        "on": Field(Many(EVENT, lone=True), "因哪些事", required=True),
    },
    Automatic,
    "`{grade, on}`",
)
_COUNTS = ("at_least", "exactly")


def _attendance(values: Values, table: Table, reading: Reading) -> Values:
    single = {key: values.pop(key) for key in ("when", "raises") if key in values}
    if bool(single) == ("ladder" in values) or len(single) == 1:
        reading.wrong("ladder-or-one", table.place)
        return {**values, "ladder": ()}
    return {**values, "ladder": (Rung(**single),)} if single else values


def _workload(values: Values, table: Table, reading: Reading) -> Values:
    counted = {key: values.pop(key) for key in _COUNTS if key in values}
    ways = (values.get("must") is not None, bool(values.get("tasks")))
    if sum(ways) != 1 or len(counted) != int(ways[1]):
        reading.wrong("must-or-do", table.place)
    named: dict[str, Any] = {}
    for relation, number in counted.items():
        named = {"relation": relation, "number": number}
    return {**values, **named}


_BODIES = Many(Mention(("bodies",)), lone=True)

KINDS: Mapping[str, Kind] = {
    "events": Kind(
        "事件",
        EventWord,
        {"recorded_by": Field(_BODIES, "由谁认定")},
    ),
    "attendance": Kind(
        "考勤认定",
        Attendance,
        {
            "when": Field(PLACEMENT, "条件"),
            "raises": Field(EVENT, "记为哪件事"),
            "ladder": Field(Many(_RUNG), "由轻到重的各级"),
            "highest_only": Field(YES_NO, "只取最重一级"),
        },
        arrange=_attendance,
    ),
    "workloads": Kind(
        "工作量与在岗要求",
        Workload,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "arrangement": Field(Many(Mention(("arrangements",)), lone=True), "对哪些形式"),
            "must": Field(PLACEMENT, "须成立的条件"),
            "do": Field(Many(Text(), lone=True), "要做的工作，几种合计", attribute="tasks"),
            "at_least": Field(FigureOf("times"), "不少于几次"),
            "exactly": Field(FigureOf("times"), "恰好几次"),
            "each": Field(
                Word(("service", "school_year", "year", "term", "quarter", "month")), "每多久"
            ),
            "per": Field(Word(("person", "subject")), "每人，还是同校同学科合计"),
            "document": Field(Mention(("documents",)), "记在哪张表"),
        },
        arrange=_workload,
    ),
    "appraisals": Kind(
        "考核",
        Appraisal,
        {
            "scale": Field(Mention(("scales",)), "等次表", required=True),
            "each": Field(
                Many(
                    Word(
                        (
                            "school_year",
                            "calendar_year",
                            "year",
                            "term",
                            "service",
                            "on_request",
                        )
                    ),
                    lone=True,
                ),
                "多久一次",
                required=True,
            ),
            "by": Field(Mention(("bodies",)), "由谁考核", required=True),
            "assisted_by": Field(_BODIES, "由谁配合；只作说明"),
            "together_with": Field(_BODIES, "会同谁"),
            "document": Field(Mention(("documents",)), "用哪张表"),
            "automatic": Field(Many(_AUTOMATIC), "因事自动得的等次"),
        },
    ),
}
