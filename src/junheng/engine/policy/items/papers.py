"""Forms and returns (表册、报告) with their copies, and duties that come round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure
from junheng.engine.policy.item import Item
from junheng.engine.policy.items.consequences import ACTS, Act
from junheng.engine.policy.items.times import ACTOR, ACTORS, WITHIN, Named, Within
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

    ``to`` is a body, ``person``, ``public``, or ``routed``: to whom the step says.
    """

    to: str
    number: Figure
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
    """When a duty is due: at the rounds of a year, after events, or before a step.

    Attributes
    ----------
    every : ``month``, ``term`` or ``year``; empty otherwise
    at : ``middle`` or ``end`` of each
    after, within : events, and how soon after
    before : a step
    """

    every: str = ""
    at: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    within: Within | None = None
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Item):
    """Something to be done again and again, or whenever something happens (例行责任)."""

    by: tuple[str, ...]
    due: Due
    who: Condition | None = None
    document: str = ""
    to: tuple[str, ...] = ()
    then: tuple[Act, ...] = ()


_COPY = Record(
    {
        "to": Field(Named(("bodies",), ("person", "public", "routed")), "给谁", required=True),
        "number": Field(FigureOf("copies"), "几份", required=True),
        "form": Field(Word(("electronic", "printed")), "电子稿还是打印稿"),
    },
    Copy,
    "一处：`{to, number}`",
)


_DUE = Record(
    {
        "every": Field(Word(("month", "term", "year")), "每月、每学期、每年"),
        "at": Field(Many(Word(("middle", "end")), lone=True), "期中、期末"),
        "after": Field(Many(Named(("events", "steps"), EVENTS), lone=True), "何事之后"),
        "within": Field(WITHIN, "多久内"),
        "before": Field(Mention(("steps",)), "哪一步之前"),
    },
    Due,
    "何时：`{every}`、`{after, within}` 或 `{before}`",
)


def _duty(values: Values, table: Table, reading: Reading) -> Values:
    due = values.get("due")
    ways = [due.every, due.after, due.before] if isinstance(due, Due) else []
    if sum(bool(each) for each in ways) != 1:
        reading.wrong("no-single-due", table.place, found=str(values.get("id", "")))
    return values


KINDS: Mapping[str, Kind] = {
    "documents": Kind(
        "表册",
        Paper,
        {
            "prepared_by": Field(ACTOR, "由谁填报", required=True),
            "copies": Field(Many(_COPY), "送给谁、几份", required=True),
            "fields": Field(Many(Text(), lone=True), "栏目"),
            "must_state": Field(
                Many(Text(), lone=True), "必须写明的内容，缺一不得发出", attribute="states"
            ),
            "also": Field(Many(Text(), lone=True), "又名"),
            "archive": Field(Named(("bodies",), ("yes", "no")), "存档，或由谁存档"),
        },
    ),
    "duties": Kind(
        "例行责任",
        Duty,
        {
            "by": Field(ACTORS, "由谁办", required=True),
            "due": Field(_DUE, "何时", required=True),
            "for": Field(PLACEMENT, "只对哪些派任", attribute="who"),
            "document": Field(Mention(("documents",)), "用哪张表"),
            "to": Field(Many(Mention(("bodies",)), lone=True), "送给谁"),
            "then": Field(ACTS, "随后怎么办"),
        },
        arrange=_duty,
    ),
}
