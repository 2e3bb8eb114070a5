"""Forms and returns (表册、报告) with their copies, and duties that come round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure, Setting
from junheng.engine.policy.item import Item
from junheng.engine.policy.items.consequences import ACTS, Act
from junheng.engine.policy.items.times import (
    ACTOR,
    ACTORS,
    ROLL,
    WHOLE,
    WITHIN,
    Named,
    Within,
)
from junheng.engine.policy.kind import PLACEMENT, Kind, Values
from junheng.engine.policy.reader import Table
from junheng.engine.policy.shapes import (
    Field,
    Many,
    Mention,
    Reading,
    Record,
    Text,
    Word,
)
from junheng.engine.policy.vocabulary import EVENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """So many copies to one recipient.

    ``to`` is a body, ``person``, ``public``, or ``routed``: to whom the step says; where there
    is none, any one of ``one_of`` will do.
    """

    number: Figure
    to: str = ""
    one_of: tuple[str, ...] = ()
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Item):
    """A form, return or report (表册) that somebody prepares and others receive.

    Attributes
    ----------
    states : what it must say before it can be sent or published
    also : other names it goes by
    archive : the body that keeps it; ``yes`` where none is named
    """

    prepared_by: str
    copies: tuple[Copy, ...]
    fields: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    archive: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a duty is due: at the rounds of a year, on days, after events, or before a step.

    Attributes
    ----------
    every : ``month``, ``quarter``, ``half_year``, ``term`` or ``year``; empty otherwise
    at : ``middle`` or ``end`` of each
    by_day : by that day of each month; 0: not stated
    dates : ids of items of kind ``dates``: once by each
    roll : whether a day that is not worked is put off to the next that is
    after : events
    within : how soon after them, after the end of the round, or after those days
    before : a step
    """

    every: str = ""
    at: tuple[str, ...] = ()
    by_day: int = 0
    dates: tuple[str, ...] = ()
    roll: Setting | None = None
    after: tuple[str, ...] = ()
    within: Within | None = None
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Item):
    """Something to be done again and again, or whenever something happens (例行责任).

    ``per`` says for whom each time: everybody who serves, each ``unit``, or the ``programme``.
    """

    by: tuple[str, ...]
    due: Due
    per: str = "person"
    who: Condition | None = None
    document: str = ""
    to: tuple[str, ...] = ()
    then: tuple[Act, ...] = ()


_COPY = Record(
    {
        "to": Field(Named(("bodies",), ("person", "public", "routed")), "给谁"),
        "one_of": Field(Many(Mention(("bodies",))), "给其中任何一处都可以"),
        "number": Field(FigureOf("copies"), "几份", required=True),
        "form": Field(Word(("electronic", "printed")), "电子稿还是打印稿"),
    },
    Copy,
    "一处：`{to, number}` 或 `{one_of: [机构, …], number}`",
)


ROUNDS = ("month", "quarter", "half_year", "term", "year")
"""How often a duty comes round."""
_NO_CALENDAR = frozenset({"term", "year"})

_DUE = Record(
    {
        "every": Field(Word(ROUNDS), "每月、每季、每半年、每学期、每年"),
        "at": Field(Many(Word(("middle", "end")), lone=True), "期中、期末"),
        "by_day": Field(WHOLE, "每月几日前（含当日），只用于 `every: month`"),
        "dates": Field(Many(Mention(("dates",)), lone=True), "`dates` 里的哪几天以前"),
        "roll": Field(ROLL, "遇到休息日是否顺延"),
        "after": Field(Many(Named(("events", "steps"), EVENTS), lone=True), "何事之后"),
        "within": Field(WITHIN, "多久内：事情发生以后、每期结束以后或者那几天以后"),
        "before": Field(Mention(("steps",)), "哪一步之前"),
    },
    Due,
    "何时：`{every}`、`{dates}`、`{after, within}` 或 `{before}`",
)


def _paper(values: Values, table: Table, reading: Reading) -> Values:
    for copy in values.get("copies", ()):
        if isinstance(copy, Copy) and bool(copy.to) == bool(copy.one_of):
            found = str(values.get("id", ""))
            reading.wrong("no-single-recipient", table.place, found=found)
    return values


def _duty(values: Values, table: Table, reading: Reading) -> Values:
    due = values.get("due")
    if not isinstance(due, Due):
        return values
    found = str(values.get("id", ""))
    if sum(map(bool, (due.every, due.dates, due.after, due.before))) != 1:
        reading.wrong("no-single-due", table.place, found=found)
    if due.by_day and due.every != "month":
        reading.wrong("day-of-no-month", table.place, found=found)
    if due.within is not None and due.every in _NO_CALENDAR:
        reading.wrong("term-without-end", table.place, found=found)
    return values


KINDS: Mapping[str, Kind] = {
    "documents": Kind(
        "表册",
        Paper,
        {
            "prepared_by": Field(ACTOR, "由谁填报；只作说明", required=True),
            "copies": Field(Many(_COPY), "送给谁、几份", required=True),
            "fields": Field(Many(Text(), lone=True), "栏目"),
            "must_state": Field(
                Many(Text(), lone=True), "必须写明的内容，缺一不得发出", attribute="states"
            ),
            "also": Field(Many(Text(), lone=True), "又名"),
            "archive": Field(Named(("bodies",), ("yes", "no")), "存档，或由谁存档"),
        },
        arrange=_paper,
    ),
    "duties": Kind(
        "例行责任",
        Duty,
        {
            "by": Field(ACTORS, "由谁办", required=True),
            "due": Field(_DUE, "何时", required=True),
            "per": Field(
                Word(("person", "unit", "programme")),
                "对谁各办一次，不写为每个在交流的人",
            ),
            "for": Field(PLACEMENT, "只对哪些派任", attribute="who"),
            "document": Field(Mention(("documents",)), "用哪张表"),
            "to": Field(Many(Mention(("bodies",)), lone=True), "送给谁"),
            "then": Field(ACTS, "随后怎么办"),
        },
        arrange=_duty,
    ),
}
