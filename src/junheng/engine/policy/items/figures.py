"""What a text leaves open or dates: days, switches (开关) and figures with their history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.engine import codes
from junheng.engine.policy import literals
from junheng.engine.policy.condition_shapes import check_measured
from junheng.engine.policy.conditions import Literal, Unset
from junheng.engine.policy.item import Item
from junheng.engine.policy.kind import CLAUSES, TITLE, Kind
from junheng.engine.policy.kind import Values as Found
from junheng.engine.policy.reader import Node, Scalar, Sequence, Table, written
from junheng.engine.policy.shapes import (
    DAY,
    Field,
    OrUnset,
    Pairs,
    Parsed,
    Reading,
    Record,
    Schema,
    Text,
    Word,
    read_fields,
    scalar,
    table_schema,
)
from junheng.engine.policy.topics import TOPICS
from junheng.engine.policy.vocabulary import FACTS, UNITS, FactType


@dataclass(frozen=True, slots=True, kw_only=True)
class DateItem(Item):
    """A day of the programme year, such as the day to which ages are counted.

    ``year`` is ``programme``, ``previous`` or ``next``; ``month_day`` is ``MM-DD``.
    """

    year: str
    month_day: str | Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Item):
    """A reading the text leaves open, with its options; unset until somebody decides.

    Attributes
    ----------
    topic : one of the fixed topics, which give the options
    chosen : the option, or why it is unset
    options : option → Chinese title; given by the topic unless it is ``choice``
    decided_by : who chose
    """

    topic: str
    chosen: str | Unset
    options: tuple[tuple[str, str], ...] = ()
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class RetirementStep:
    """How the statutory age of one retirement kind rises with the month of birth.

    Born before ``first_birth``: ``base_years``. Born in or after it: one month later for each
    ``step_months`` begun since then, at most ``cap_months``.

    Attributes
    ----------
    kind : word of the code list ``retirement_kind``
    base_years : age in completed years
    first_birth : year and month; None where the age does not rise
    step_months, cap_months : months; 0 where the age does not rise
    """

    kind: str
    base_years: int
    first_birth: tuple[int, int] | None = None
    step_months: int = 0
    cap_months: int = 0


@dataclass(frozen=True, slots=True)
class RetirementSchedule:
    """The statutory retirement ages (法定退休年龄表), one step for each retirement kind."""

    steps: tuple[RetirementStep, ...]

    def step(self, kind: str) -> RetirementStep | None:
        """Return the step of one retirement kind; None if the schedule has none."""
        return next((step for step in self.steps if step.kind == kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """One value of a parameter, in force from ``since`` (None: always) until the next.

    ``value`` is a literal, one literal for each word of ``by``, or a retirement schedule.
    ``within`` is the range the text prints where it leaves the figure itself open.
    """

    since: date | Unset | None
    value: Literal | tuple[tuple[str, Literal], ...] | RetirementSchedule | Unset
    source: tuple[str, ...]
    within: tuple[Literal | None, Literal | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Item):
    """A figure with its history; ``by`` names the coded fact or class it differs by, or ''."""

    unit: str
    by: str = ""
    values: tuple[DatedValue, ...]


_MONTHS = Parsed(literals.number, "月数")
_STEP = {
    "years": Field(Parsed(literals.number, "周岁"), "起点年龄", required=True),
    "born_from": Field(Parsed(literals.month, "`YYYY-MM`"), "从哪月出生起延迟"),
    "step_months": Field(_MONTHS, "每几个月延一个月"),
    "cap_months": Field(_MONTHS, "最多延几个月"),
}


def _step(node: Node, kind: str, reading: Reading) -> RetirementStep | None:
    found = read_fields(node, _STEP, reading, "退休年龄的一档")
    if found is None or not all(isinstance(each, Fraction | tuple) for each in found.values()):
        return None
    rising = [key for key in ("born_from", "step_months", "cap_months") if key in found]
    if len(rising) not in {0, 3}:
        reading.wrong("half-a-schedule", node.place, found=written(node))
        return None
    return RetirementStep(
        kind=kind,
        base_years=int(found["years"]),
        first_birth=found.get("born_from"),
        step_months=int(found.get("step_months", 0)),
        cap_months=int(found.get("cap_months", 0)),
    )


def _literal(text: str) -> Literal | literals.Fault:
    """Read an end of a range: a share where it is written with a percent sign."""
    found = literals.literal(text, "share" if text.endswith("%") else "")
    return found if isinstance(found, literals.Fault) else Literal((found,))


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a parameter; each is typed by its unit when the item is put together."""

    says: str = "列表：`{since?, value 或 unset, source}`"

    def _fields(self) -> dict[str, Field]:
        return {
            "since": Field(OrUnset(DAY), "起始日"),
            "value": Field(_AsNode(), "数值"),
            "unset": Field(Text(), "未定的原因"),
            "within": Field(_WITHIN, "原文给出的范围"),
            "source": Field(CLAUSES, "依据", required=True),
        }

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if not isinstance(node, Sequence):
            reading.wrong("not-a-list", node.place, found=written(node), expected=self.says)
            return ()
        if not node.parts:
            reading.wrong("empty-list", node.place, key=node.place.key)
        found = [read_fields(part, self._fields(), reading, self.says) for part in node.parts]
        for part, each in zip(node.parts, found, strict=True):
            if each is not None and ("value" in each) == ("unset" in each):
                reading.wrong("value-or-unset", part.place, found=written(part))
        return tuple(each for each in found if each is not None)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"type": "array", "items": table_schema(self._fields()), "minItems": 1}


_WITHIN = Record(
    {
        "at_least": Field(Parsed(_literal, "数值"), "不小于"),
        "at_most": Field(Parsed(_literal, "数值"), "不大于"),
    },
    lambda at_least=None, at_most=None: (at_least, at_most),
    "`{at_least, at_most}`",
)


@dataclass(frozen=True, slots=True)
class _AsNode:
    """A value whose type is known only later."""

    says: str = "数值、按类分开的数值，或列表"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        return node

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {}


def read_value(node: Node, unit: str, by: str, reading: Reading) -> Any:
    """Read a parameter's value: a literal, one for each word of ``by``, or a schedule."""
    if unit == "schedule":
        return _schedule(node, reading)
    if by:
        return _by_word(node, unit, by, reading)
    return _value(node, unit, reading)


def _schedule(node: Node, reading: Reading) -> RetirementSchedule:
    if not isinstance(node, Table):
        reading.wrong("not-pairs", node.place, found=written(node), expected="退休年龄表")
        return RetirementSchedule(())
    for kind, place in node.places.items():
        if kind not in codes.RETIREMENT_KIND.codes:
            reading.unlisted("not-in-list", Scalar(kind, place), codes.RETIREMENT_KIND.codes)
    steps = (_step(each, kind, reading) for kind, each in node.entries.items())
    return RetirementSchedule(tuple(step for step in steps if step is not None))


def _by_word(
    node: Node, unit: str, by: str, reading: Reading
) -> tuple[tuple[str, Literal], ...]:
    if not isinstance(node, Table):
        reading.wrong("not-by-word", node.place, found=written(node), by=by)
        return ()
    known = FACTS[by].words if by in FACTS else ()
    for word, place in node.places.items():
        if known and word not in known:
            reading.unlisted("not-in-list", Scalar(word, place), known)
    return tuple((word, _value(each, unit, reading)) for word, each in node.entries.items())


def _value(node: Node, unit: str, reading: Reading) -> Literal:
    if isinstance(node, Sequence) and not node.parts:
        reading.wrong("empty-list", node.place, key=node.place.key)
    if unit == "indicator" and isinstance(node, Sequence):
        return Literal(tuple(_one(part, "ratio", reading) for part in node.parts))
    if unit in {"words", "cost"} and isinstance(node, Sequence):
        return Literal(tuple(_one(part, unit, reading) for part in node.parts))
    return Literal((_one(node, unit, reading),))


def _one(node: Node, unit: str, reading: Reading) -> Any:
    found = scalar(node, reading, unit)
    if found is None:
        return ""
    value = literals.literal(found.text, unit)
    if isinstance(value, literals.Fault):
        reading.wrong(value.code, found.place, found=found.text, expected=value.expected)
        return ""
    return value


@dataclass(frozen=True, slots=True)
class _By:
    """What a figure differs by: a coded fact, a class with parts, or bands of a number."""

    says: str = "代码类事实如 `sex`、有组成部分的类别、`unit`，或 `{bands_of: 事实}`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        banded = isinstance(node, Table) and set(node.entries) == {"bands_of"}
        named = node.entries["bands_of"] if banded and isinstance(node, Table) else node
        found = scalar(named, reading, self.says)
        if found is None:
            return ""
        known = (*reading.facts, *reading.class_of, "unit", "retirement_kind")
        if found.text not in known:
            reading.unlisted("unknown-fact", found, known)
        if found.text in reading.class_of:
            reading.mention(found, "classes")
        fact = reading.facts.get(found.text)
        if fact is not None and not banded:
            check_measured(found, fact, reading)
            if fact.type is not FactType.WORD:
                values = {"found": found.text, "title": fact.title, "expected": self.says}
                reading.wrong("figure-by-other-fact", found.place, **values)
        return found.text

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {}


def _owned(value: Any, owner: str) -> Any:
    return Unset(value.why, owner) if isinstance(value, Unset) else value


def _date(values: Found, table: Table, reading: Reading) -> Found:
    return {**values, "month_day": _owned(values["month_day"], values["id"])}


def _switch(values: Found, table: Table, reading: Reading) -> Found:
    decided = values.pop("decided", "")
    unset = values.pop("unset", None)
    chosen = values.pop("chosen", "") if unset is None else Unset(unset, values["id"])
    return {**values, "chosen": chosen, "decided_by": decided}


def _dated(values: Found, table: Table, reading: Reading) -> Found:
    unit, by, owner = values["unit"], values.get("by", ""), values["id"]
    dated = tuple(
        DatedValue(
            since=_owned(each.get("since"), owner),
            value=(
                Unset(each["unset"], owner)
                if "unset" in each
                else read_value(each["value"], unit, by, reading)
            ),
            source=each["source"],
            within=each.get("within"),
        )
        for each in values["values"]
        if ("value" in each) != ("unset" in each)
    )
    sources = dict.fromkeys(clause for each in dated for clause in each.source)
    return {**values, "values": dated, "source": values.get("source") or tuple(sources)}


KINDS: Mapping[str, Kind] = {
    "dates": Kind(
        "日期",
        DateItem,
        {
            "year": Field(Word(("previous", "programme", "next")), "哪一年", required=True),
            "month_day": Field(
                OrUnset(Parsed(literals.month_day, "`MM-DD`")), "月日", required=True
            ),
        },
        sourced=False,
        arrange=_date,
    ),
    "switches": Kind(
        "开关",
        Switch,
        {
            "topic": Field(Word(tuple(TOPICS)), "主题，决定有哪些选项", required=True),
            "unset": Field(Text(), "未定的原因"),
            "chosen": Field(Text(), "选定的选项"),
            "decided": Field(
                Record(
                    {
                        "by": Field(Text(), required=True),
                        "on": Field(DAY),
                        "note": Field(Text()),
                    },
                    lambda by, on=None, note="": by if on is None else f"{by} {on}",
                    "由谁决定",
                ),
                "由谁、何时决定",
            ),
            "options": Field(Pairs(TITLE), "`choice` 的选项和名称"),
        },
        sourced=False,
        arrange=_switch,
    ),
    "parameters": Kind(
        "参数",
        Parameter,
        {
            "unit": Field(Word(UNITS), "单位", required=True),
            "by": Field(_By(), "数值按什么分开"),
            "values": Field(Values(), "历次数值", required=True),
        },
        sourced=False,
        arrange=_dated,
    ),
}
