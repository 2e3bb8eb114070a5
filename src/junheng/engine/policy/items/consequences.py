"""What follows from what happened (后果): on an event, a grade, or the end of service, acts.

An act here is only what the text provides for; somebody decides before it takes effect (§13).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure, Setting
from junheng.engine.policy.item import Item, Strength
from junheng.engine.policy.items.times import EVENT, WHOLE, WITHIN, Within
from junheng.engine.policy.kind import PLACEMENT, Kind, Values
from junheng.engine.policy.reader import Node, Table
from junheng.engine.policy.shapes import (
    STRENGTH,
    YES_NO,
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
    read_fields,
    table_schema,
)
from junheng.engine.policy.topics import TOPICS


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing to be done to or for a person.

    Attributes
    ----------
    act : one word of ``ACT_KEYS``, which lists the keys each takes
    matters : what a ban is from, or what may be chosen (``from`` in YAML)
    length : years of a ban, extension, repetition or term
    starts, overlap : when a ban begins, and how it meets another (``run_together``: side by
        side; ``run_on``: one after the other)
    when : only where this holds
    by : how many post grades
    at_lowest : what if there is no lower grade
    of : entitlements or honours concerned
    to : bodies it is referred or reported to
    at : where the person settles or waits: ``host``, ``origin``
    relation : pointers that change, such as personnel → moves
    highest : the highest grade a capped appraisal may still have
    what : measures of the text that have no act of their own, in its words
    """

    act: str
    matters: tuple[str, ...] = ()
    length: Figure | None = None
    starts: Setting | None = None
    overlap: Setting | None = None
    when: Condition | None = None
    by: Figure | None = None
    within: str = ""
    at_lowest: Setting | None = None
    of: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    at: str = ""
    relation: tuple[tuple[str, str], ...] = ()
    appraisal: str = ""
    highest: str = ""
    years: str = ""
    mode: Setting | None = None
    arrangement: str = ""
    credited_as: str = ""
    measured_by: str = ""
    keeps_grade: bool = False
    about: str = ""
    what: tuple[str, ...] = ()
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What a consequence follows from; exactly one of event, appraisal, end.

    Attributes
    ----------
    event : word of an event
    times, during : fires once the event has happened so many times, of one ``month``, ``term``,
        ``year``, ``school_year``, of ``twelve_months`` up to the day, or ``ever``
    lapsed, unless : fires once so long has gone by since the event, none of these after it
    appraisal, grades, in_a_row : a grade of an appraisal, so many times running
    end_of : ``service`` or ``year``; ``number``: of the so-manieth year only
    """

    event: str = ""
    times: int = 1
    during: Setting = "ever"
    lapsed: Within | None = None
    unless: tuple[str, ...] = ()
    appraisal: str = ""
    grades: tuple[str, ...] = ()
    in_a_row: int = 1
    end_of: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence(Item):
    """Acts that follow from a trigger; ``otherwise`` where ``when`` does not hold.

    ``who`` (``for`` in YAML) says which placements it is about at all.
    """

    strength: Strength
    on: tuple[Trigger, ...]
    who: Condition | None = None
    when: Condition | None = None
    then: tuple[Act, ...] = ()
    otherwise: tuple[Act, ...] = ()
    decided_by: str = ""


_YEARS = FigureOf("years", also=("school_years",))
_BODIES = Many(Mention(("bodies",)), lone=True)
_POINTERS = ("personnel", "establishment", "pay", "performance_pay", "appraisal")

ACT_FIELDS: Mapping[str, Field] = {
    "from": Field(Many(Text(), lone=True), "限制哪些事，或可选哪些", attribute="matters"),
    "length": Field(_YEARS, "几年"),
    "starts": Field(SettingOf(TOPICS["sanction_start"], "sanction_start"), "从何时起"),
    "overlap": Field(
        SettingOf(TOPICS["sanction_overlap"], "sanction_overlap"), "与已有的如何算"
    ),
    "when": Field(PLACEMENT, "只在此条件下"),
    "by": Field(FigureOf("grades"), "几级"),
    "within": Field(Word(("same_band",)), "只在同一层级内"),
    "at_lowest": Field(SettingOf(TOPICS["lowest_grade"], "lowest_grade"), "已在最低一级时"),
    "of": Field(Many(Text(), lone=True), "哪些待遇或荣誉"),
    "to": Field(_BODIES, "给谁"),
    "at": Field(Word(("host", "origin")), "在哪里"),
    "relation": Field(Pairs(Word(("moves", "origin", "host")), _POINTERS), "哪些关系怎样变"),
    "appraisal": Field(Mention(("appraisals",)), "哪项考核"),
    "grade": Field(
        Record(
            {"at_most": Field(Text(), "最高等次", required=True)},
            lambda at_most: at_most,
            "`{at_most: 等次}`",
        ),
        "最高还能得什么等次",
        attribute="highest",
    ),
    "years": Field(Word(("served",)), "计多少年"),
    "mode": Field(SettingOf(("cancel", "propose"), "choice"), "取消还是建议取消"),
    "arrangement": Field(Mention(("arrangements",)), "转为哪种形式"),
    "as": Field(Word(("exchange",)), "计作什么；只作说明", attribute="credited_as"),
    "measured_by": Field(Mention(("facts", "registered")), "按哪个事实"),
    "keeps_grade": Field(YES_NO, "职级不低于现职；只作说明，由决定的机构核对"),
    "about": Field(Text(), "针对谁"),
    "what": Field(Many(Text(), lone=True), "什么处理，用原文的词"),
    "decided_by": Field(Mention(("bodies",)), "由谁决定"),
}
"""Every key an act can have."""

_ANY = ("when", "decided_by")
ACT_KEYS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        "ban": (("from", "length", "starts"), ("overlap",)),
        "may_choose": (("from",), ()),
        "return": ((), ("keeps_grade",)),
        "settle": ((), ("relation", "at")),
        "complete": ((), ()),
        "extend": ((), ("length",)),
        "repeat": (("length",), ()),
        "continue": ((), ()),
        "continue_as": (("arrangement",), ("length",)),
        "replace": ((), ()),
        "wait_and_train": ((), ("at",)),
        "remove_from_office": ((), ()),
        "lower_post_grade": (("by", "at_lowest"), ()),
        "raise_post_grade": (("by",), ("within",)),
        "set_term": ((), ("length", "measured_by")),
        "cancel_entitlement": (("of",), ()),
        "cancel_honour": ((), ("of", "mode")),
        "cap_appraisal": (("appraisal", "grade"), ()),
        "credit": ((), ("as", "years")),
        "admonish": ((), ()),
        "end_contract": ((), ()),
        "automatic_resignation": ((), ()),
        "no_return": ((), ()),
        "refer": (("to",), ("about",)),
        "report_to": (("to",), ("about",)),
        "record": ((), ("to",)),
        "measure": (("what",), ("length", "to")),
    }
)
"""Each act with the keys it must and may have, beside ``when`` and ``decided_by``."""

CONTRADICTORY = (
    frozenset({"return", "settle"}),
    frozenset({"return", "no_return"}),
    frozenset({"complete", "extend"}),
    frozenset({"return", "repeat"}),
)
"""Acts that cannot both be done to one person at one time."""


@dataclass(frozen=True, slots=True)
class ActOf:
    """One act with the keys that go with it."""

    says: str = "`{act: 动作, …}`，动作不同，可写的键也不同"

    def _fields(self, act: str) -> dict[str, Field]:
        required, optional = ACT_KEYS.get(act, ((), tuple(ACT_FIELDS)))
        named = {key: ACT_FIELDS[key] for key in (*required, *optional, *_ANY)}
        must = {
            key: replace(each, required=True) for key, each in named.items() if key in required
        }
        return {"act": Field(Word(tuple(ACT_KEYS)), required=True), **named, **must}

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        act = node.entries.get("act") if isinstance(node, Table) else None
        before = reading.errors
        fields = self._fields(getattr(act, "text", ""))
        found = read_fields(node, fields, reading, self.says)
        if found is None or reading.errors > before:
            return None
        return Act(**found)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return table_schema({"act": Field(Word(tuple(ACT_KEYS)), required=True), **ACT_FIELDS})


ACTS = Many(ActOf())


class _Grades:
    """One grade, several, or ``{among: […]}``."""

    says = "等次，或 `{among: [等次, …]}`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        inner = (
            node.entries["among"]
            if isinstance(node, Table) and (set(node.entries) == {"among"})
            else node
        )
        return Many(Text(), lone=True).read(inner, reading)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {}


DURING = ("month", "term", "year", "school_year", "twelve_months", "ever")
"""Within what events are counted up."""


def _trigger(**found: Any) -> Trigger:
    return Trigger(**found)


_TRIGGER = Record(
    {
        "event": Field(EVENT, "发生何事"),
        "times": Field(WHOLE, "累计到第几次"),
        "in": Field(
            SettingOf(DURING, "choice"), "在多长时间内累计，不写为历来", attribute="during"
        ),
        "lapsed": Field(WITHIN, "此后过了多久"),
        "unless": Field(Many(EVENT, lone=True), "这期间没有发生何事"),
        "appraisal": Field(Mention(("appraisals",)), "哪项考核"),
        "grade": Field(_Grades(), "哪些等次", attribute="grades"),
        "in_a_row": Field(WHOLE, "连续几次"),
        "end_of": Field(Word(("service", "year")), "期满或满年"),
        "number": Field(WHOLE, "第几年"),
    },
    _trigger,
    "`{event}`、`{appraisal, grade}` 或 `{end_of}`",
)


def _waits(trigger: Trigger) -> bool:
    """Whether a trigger that names a time or what stops it has both an event and a time."""
    return bool(trigger.event) and trigger.lapsed is not None and trigger.times == 1


def _consequence(values: Values, table: Table, reading: Reading) -> Values:
    for trigger in values.get("on", ()):
        ways = [trigger.event, trigger.appraisal, trigger.end_of] if trigger else []
        if sum(bool(each) for each in ways) != 1:
            reading.wrong("no-single-trigger", table.place)
        if trigger and (trigger.lapsed or trigger.unless) and not _waits(trigger):
            reading.wrong("lapsed-without-event", table.place)
        if trigger and trigger.during != "ever" and trigger.times == 1:
            reading.wrong("counted-in-without-times", table.place)
    if not values.get("then") and not values.get("otherwise"):
        reading.wrong("nothing-follows", table.place)
    return values


KINDS: Mapping[str, Kind] = {
    "consequences": Kind(
        "后果",
        Consequence,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            "on": Field(Many(_TRIGGER), "因何而起", required=True),
            "for": Field(PLACEMENT, "只对哪些派任", attribute="who"),
            "when": Field(PLACEMENT, "条件"),
            "then": Field(ACTS, "条件成立时"),
            "otherwise": Field(ACTS, "条件不成立时"),
            "decided_by": Field(Mention(("bodies",)), "由谁决定"),
        },
        arrange=_consequence,
    ),
}
