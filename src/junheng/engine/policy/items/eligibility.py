"""Eligibility: classes of persons and units, and rules with their effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from junheng.engine.policy.condition_shapes import ConditionOf, FigureOf
from junheng.engine.policy.conditions import AnyOf, ClassTest, Condition, Figure, Setting
from junheng.engine.policy.item import IfUnknown, Item, Outcome, Strength
from junheng.engine.policy.items.requirements import REQUIREMENT, Requirement
from junheng.engine.policy.kind import PERSON, Kind, Values
from junheng.engine.policy.reader import Scalar, Table
from junheng.engine.policy.shapes import (
    STRENGTH,
    Field,
    Many,
    Mention,
    Reading,
    Record,
    SettingOf,
    Text,
    Word,
)
from junheng.engine.policy.topics import TOPICS
from junheng.engine.policy.vocabulary import About


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassItem(Item):
    """A class of persons or units.

    Attributes
    ----------
    of : ``person`` or ``unit``
    when : who belongs to it; of a class with parts, whoever belongs to one of them
    parts : classes it is made of, in order, for figures that differ by class
    overlap : ``first_listed``: who belongs to several parts counts in the first of them;
        ``each``: in every one of them
    nobody : what to do with whoever belongs to no part: ``refuse`` or ``none``
    """

    of: str
    when: Condition
    parts: tuple[str, ...] = ()
    overlap: Setting = ""
    nobody: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long a deferral may last in all."""

    at_most: Figure
    counted: str
    starts: str
    strength: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Item):
    """A condition with an effect on persons.

    The rule's truth is ``who and when and not unless`` with its requirements.
    """

    effect: Outcome
    strength: Strength
    when: Condition
    who: Condition | None = None
    unless: Condition | None = None
    track: str = ""
    if_unknown: IfUnknown
    unknown_because: str = ""
    requires: tuple[Requirement, ...] = ()
    if_unmet: str = ""
    limit: Limit | None = None
    private: str = ""
    decided_by: str = ""


EFFECTS = tuple(
    each.value for each in Outcome if each not in {Outcome.NOT_DUE, Outcome.UNDECIDED}
)
EFFECT = Word(EFFECTS, Outcome)


def about(of: str) -> About:
    """Return what a class is about, by its ``of``."""
    return About.UNIT if of == "unit" else About.PERSON


def _by_subject(table: Table) -> Mapping[str, Field]:
    node = table.entries.get("of")
    shape = ConditionOf(about(node.text if isinstance(node, Scalar) else ""))
    return {**_CLASS, "when": replace(_CLASS["when"], shape=shape)}


def _class(values: Values, table: Table, reading: Reading) -> Values:
    parts = values.get("parts", ())
    if ("when" in values) == bool(parts):
        reading.wrong("when-or-parts", table.place, found="、".join(table.entries))
    if bool(parts) != ("overlap" in values) or bool(parts) != ("nobody" in values):
        reading.wrong("parts-half-said", table.place, expected="parts、overlap、nobody")
    belongs = AnyOf(tuple(ClassTest(part) for part in parts))
    return {**values, "when": values.get("when", belongs)}


_CLASS: Mapping[str, Field] = {
    "of": Field(Word(("person", "unit")), "关于人员还是单位", required=True),
    "when": Field(PERSON, "条件"),
    "parts": Field(Many(Mention(("classes",))), "由哪些类别组成，先后为序"),
    "overlap": Field(
        SettingOf(TOPICS["overlap"], "overlap"), "属几个组成部分的，归第一个还是各计一次"
    ),
    "nobody": Field(Word(("refuse", "none")), "哪个组成部分都不属的：拒答还是不计"),
}

KINDS: Mapping[str, Kind] = {
    "classes": Kind(
        "人群与单位类别",
        ClassItem,
        _CLASS,
        arrange=_class,
        choose=_by_subject,
    ),
    "rules": Kind(
        "规则",
        Rule,
        {
            "effect": Field(EFFECT, "结果", required=True),
            "strength": Field(STRENGTH, "强度", required=True),
            "when": Field(PERSON, "条件", required=True),
            "who": Field(PERSON, "对哪些人"),
            "unless": Field(PERSON, "除非"),
            "track": Field(Mention(("tracks",)), "类别"),
            "if_unknown": Field(
                Word(tuple(each.value for each in IfUnknown), IfUnknown),
                "事实不明时",
                required=True,
            ),
            "unknown_because": Field(Text(), "按不明处理的理由"),
            "requires": Field(Many(REQUIREMENT), "手续"),
            "if_unmet": Field(Word(("not_applied",)), "手续不全时"),
            "limit": Field(
                Record(
                    {
                        "at_most": Field(FigureOf("years"), required=True),
                        "counted": Field(Word(("cumulative", "each_time")), required=True),
                        "starts": Field(
                            Word(("first_approval", "decision", "school_year")), required=True
                        ),
                        "strength": Field(STRENGTH, required=True),
                    },
                    Limit,
                    "期限",
                ),
                "最长期限",
            ),
            "private": Field(Word(("health", "family", "discipline")), "不公开的事由"),
            "decided_by": Field(Mention(("bodies",)), "由谁决定"),
        },
    ),
}
