"""When something is to be done: moments of the year, windows, and spans after an event."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.engine.policy import literals
from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Figure, Literal, Setting, SwitchRef, Unset
from junheng.engine.policy.reader import Node, Scalar
from junheng.engine.policy.shapes import (
    Field,
    Many,
    Mention,
    OrUnset,
    Parsed,
    Reading,
    Record,
    Schema,
    SettingOf,
    Text,
    Word,
)
from junheng.engine.policy.topics import TOPICS
from junheng.engine.policy.vocabulary import EVENTS

DAY_COUNT = SettingOf(TOPICS["day_count"], "day_count")
HALF_MONTH = SettingOf(TOPICS["span_of_month"], "span_of_month")
ROLL = SettingOf(("yes", "no"), "yes_no")
"""Whether a last day that is not worked is put off to the next working day (顺延)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day, a third of a month (旬) or a month of a programme year.

    Attributes
    ----------
    date : id of an item of kind ``dates`` that gives the day; then there is no month
    month, day : ``day`` is 0 where only a month, or a part of one, is stated
    part : ``early`` (1–10), ``middle`` (11–20), ``late`` (21 to the end); of a day ``morning``
        or ``afternoon``; else empty
    year : ``programme``, ``previous`` or ``next``
    boundary : ``inclusive`` or ``exclusive``: whether 某日前 takes in the day; None: not said
    roll : whether a closing day that is not worked is put off; None: not said, so it is not
    """

    date: str = ""
    month: int = 0
    day: int = 0
    part: str = ""
    year: str = "programme"
    boundary: Setting | None = None
    roll: Setting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a step may and must be done; each end a moment, unset, or not stated (None)."""

    opens: Moment | Unset | None = None
    closes: Moment | Unset | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """How soon after an event something is due.

    Attributes
    ----------
    amount, unit : ``days``, ``working_days``, ``weeks`` or ``months``; 0 days: at once
    least : not sooner than so many days
    after : id of a step or word of an event; empty for what the item itself follows
    extended_on, extended_by : an event of the person, and how much longer it makes the span
    day_count : calendar or working days, whether the first day counts; weeks too are counted
        in days by it
    half_month : days of half a month, for halves of months
    roll : whether a last day that is not worked is put off; None: not said, so it is not
    """

    amount: Figure | None
    unit: str
    least: Figure | None = None
    after: Setting = ""
    extended_on: str = ""
    extended_by: Figure | None = None
    day_count: Setting | None = None
    half_month: Setting | None = None
    roll: Setting | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The id of an item of these kinds, or one of the engine's own words."""

    kinds: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        own = " · ".join(f"`{word}`" for word in self.words)
        return f"{Mention(self.kinds).says}，或 {own}"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Scalar) and node.text in self.words:
            return node.text
        return Mention(self.kinds).read(node, reading)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"type": "string"}


PERSON_WORD = "person"
"""The person concerned, as an actor, where a body could stand."""
ACTOR = Named(("bodies",), (PERSON_WORD,))
ACTORS = Many(ACTOR, lone=True)
EVENT = Named(("events",), EVENTS)


def _whole(text: str) -> Any:
    found = literals.number(text)
    if isinstance(found, literals.Fault) or found.denominator != 1 or found < 1:
        return literals.Fault("not-whole", "1、2、3 …")
    return int(found)


WHOLE = Parsed(_whole, "从 1 起的整数")
_MONTHS_OF_A_YEAR = 12


def _month(text: str) -> Any:
    found = _whole(text)
    if isinstance(found, literals.Fault) or found > _MONTHS_OF_A_YEAR:
        return literals.Fault("not-a-month-number", "1 – 12")
    return found


def _moment(**found: Any) -> Moment:
    month, day = found.pop("month", 0), 0
    if "month_day" in found:
        month, day = (int(each) for each in found.pop("month_day").split("-"))
    found.pop("time", None)
    return Moment(month=month, day=day, **found)


_PARTS = ("early", "middle", "late", "morning", "afternoon")
MOMENT = OrUnset(
    Record(
        {
            "month_day": Field(Parsed(literals.month_day, "`MM-DD`"), "某日"),
            "month": Field(Parsed(_month, "1 – 12"), "某月"),
            "date": Field(Mention(("dates",)), "`dates` 里的某日"),
            "part": Field(Word(_PARTS), "上、中、下旬，或上午、下午"),
            "year": Field(Word(("previous", "programme", "next")), "哪一年，不写为当年"),
            "boundary": Field(SettingOf(TOPICS["boundary"], "boundary"), "“前”是否含当日"),
            "roll": Field(ROLL, "截止那天休息的是否顺延"),
            "time": Field(Text(), "几点或第几节，只作说明"),
        },
        _moment,
        "时间点：`{month_day: MM-DD, boundary}`、`{month: 5, part: late}` 或 `{month: 9}`",
    )
)


def _window(**found: Any) -> Window:
    if "on" in found:
        return Window(opens=found["on"], closes=found["on"])
    return Window(**found)


WINDOW = Record(
    {
        "opens": Field(MOMENT, "何时起可以办"),
        "closes": Field(MOMENT, "何时止"),
        "on": Field(MOMENT, "就在某时办"),
    },
    _window,
    "时段：`{opens, closes}` 或 `{on}`",
)


_SPANS = ("days", "working_days", "weeks", "months")


def _within(**found: Any) -> Within:
    unit = next((each for each in _SPANS if each in found), "days")
    amount = found.pop(unit, None)
    return Within(amount=amount, unit=unit, **found)


AT_ONCE = Within(
    amount=Literal((Fraction(0),)), unit="days", day_count="calendar_first_not_counted"
)


@dataclass(frozen=True, slots=True)
class _Begun:
    """The step or event a span counts from, a switch whose options are such, or unset."""

    says: str = (
        f"{Named(('steps', 'events'), EVENTS).says}；或 `{{switch: 编号}}`，"
        "选项写步骤或事件的编号；或 `{unset: 原因}`"
    )

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        named = Named(("steps", "events"), EVENTS)
        if isinstance(node, Scalar):
            return named.read(node, reading)
        found = SettingOf((), "choice").read(node, reading)
        if isinstance(found, SwitchRef):
            for option in reading.topics.get(found.switch, ("", ()))[1]:
                named.read(Scalar(option, node.place), reading)
        return found

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return SettingOf((), "choice").schema()


_SPAN = Record(
    {
        "days": Field(FigureOf("days"), "几日内"),
        "working_days": Field(FigureOf("working_days", also=("days",)), "几个工作日内"),
        "weeks": Field(FigureOf("weeks"), "几周内"),
        "months": Field(FigureOf("months"), "几个月内"),
        "at_least": Field(
            FigureOf("days", also=("working_days",)), "至少几日", attribute="least"
        ),
        "after": Field(_Begun(), "从哪一步或哪件事起"),
        "extended_on": Field(EVENT, "出了哪件事就延长，如“经批准可以延长”"),
        "extended_by": Field(
            FigureOf("days", also=("working_days", "weeks", "months")), "延长多少，单位同上"
        ),
        "day_count": Field(DAY_COUNT, "自然日还是工作日、首日算不算"),
        "half_month": Field(HALF_MONTH, "半个月是几天"),
        "roll": Field(ROLL, "最后一天休息的是否顺延到下一个工作日"),
    },
    _within,
    "期限：`{days: 数, after, day_count}`",
)


@dataclass(frozen=True, slots=True)
class SpanOrAtOnce:
    """A span, or ``at_once``."""

    says: str = "期限：`{days: 数, after, day_count}`，或 `at_once`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Scalar) and node.text == "at_once":
            return AT_ONCE
        return _SPAN.read(node, reading)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"anyOf": [{"const": "at_once"}, _SPAN.schema()]}


WITHIN = SpanOrAtOnce()
