"""Forms of exchange (交流形式) and the relations (关系) a person keeps or changes in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from junheng.engine import codes
from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import (
    Condition,
    Figure,
    Literal,
    ParameterRef,
    Setting,
    Unset,
)
from junheng.engine.policy.item import Item, Strength
from junheng.engine.policy.items.requirements import REQUIREMENT, Requirement
from junheng.engine.policy.kind import BODIES, MOVE, PERSON, UNIT, Kind, Values
from junheng.engine.policy.reader import Node, Scalar, Table
from junheng.engine.policy.shapes import (
    STRENGTH,
    YES_NO,
    Field,
    Many,
    Mention,
    OrUnset,
    Reading,
    Record,
    Schema,
    SettingOf,
    Shape,
    Word,
    read_fields,
    table_schema,
)
from junheng.engine.policy.topics import TOPICS
from junheng.engine.policy.vocabulary import SPELL_KINDS


@dataclass(frozen=True, slots=True)
class HeldBy:
    """A relation is held by a third body, such as the county's talent centre."""

    body: str


Pointer = str | HeldBy | Unset
"""Who holds a relation: ``origin``, ``host``, ``moves``, ``per_case``, or a third body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Item):
    """Who holds five relations during a move; ``moves`` means it passes to the host."""

    strength: Strength
    personnel: Pointer
    establishment: Pointer
    pay: Pointer
    performance_pay: Pointer
    appraisal: Pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """That a form may last longer: at which units, decided by whom, by how many years."""

    units: Condition | None = None
    decided_by: tuple[str, ...] = ()
    at_most: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How long a form lasts.

    Attributes
    ----------
    exactly, at_least, at_most : years
    counted : ``cumulative`` over all spells, or ``per_exchange``
    until : it also has to last until this holds; ``otherwise`` says what if it does not
    credit_from : kinds of service of another sort that count towards it
    starts : id of the date it is counted from; otherwise each exchange from its own start
    unit : ``years``, ``school_years`` or ``months``, as the figures are stated
    extension : whether and how it may be made longer
    open_ended : the text means it to have no end
    """

    exactly: Figure | None = None
    at_least: Figure | None = None
    at_most: Figure | None = None
    counted: str = "per_exchange"
    until: Condition | None = None
    otherwise: str = ""
    credit_from: tuple[str, ...] = ()
    extension: Extension | None = None
    starts: Setting = ""
    open_ended: bool = False
    unit: str = "years"

    def in_years(self, figure: Figure | None) -> Figure | None:
        """Return a figure of this span in years."""
        if self.unit != "months" or not isinstance(figure, Literal):
            return figure
        return Literal(
            tuple(each / 12 if isinstance(each, Fraction) else each for each in figure.values)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A way through several posts (轮岗路径).

    Attributes
    ----------
    steps_from : where the posts are named; empty where the text does not say
    each, all : months each post, and all together, may last at most
    measured : whether a limit is meant for each post or for all together
    """

    steps_from: str = ""
    each: Figure | None = None
    all: Figure | None = None
    measured: Setting = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement(Item):
    """A form of exchange (交流形式); a move takes the first in order whose conditions hold.

    Attributes
    ----------
    decided_by, implemented_by, joint : who decides it, carries it out, and acts together
    who : which persons it is for; None for any
    moves : which moves it is for; None for any
    prefer : which moves it is meant for above all
    tracks : which tracks it is for; empty for any
    within : the place a move stays in: ``own_unit``, ``township``, ``zone`` or ``county``
    changes : ``unit``, or ``post`` inside the unit
    subjects : only teachers of these; empty for all
    full_time : part-time forms are arranged by hand, not by the planner
    first : it is carried out before the other forms
    length_relation, length : ``exactly`` or ``at_least`` and the years, as ``span`` says; for
        ``exactly`` it gives the end of the move
    span : how long it lasts, whole
    relation : id of the relation; ``moves`` as its personnel pointer means the person transfers
    path : the posts it leads through
    partner : (what is the same, where) of the colleague a person is paired with
    backfill : (body, where) that takes over the work left behind
    numbers_by : who decides how many
    requires : what it needs on record
    found_by : how the persons are found, such as ``competition``
    then_filed : once decided it is filed with a higher authority
    counts_as_exchange : whether it counts as exchange
    """

    decided_by: tuple[str, ...] = ()
    implemented_by: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    who: Condition | None = None
    moves: Condition | None = None
    prefer: Condition | None = None
    tracks: tuple[str, ...] = ()
    within: str = ""
    changes: str = "unit"
    subjects: tuple[str, ...] = ()
    full_time: bool = True
    first: bool = False
    length_relation: str = ""
    length: Figure | None = None
    span: Span | Unset | None = None
    relation: Setting = ""
    path: Path | None = None
    partner: tuple[str, str] | None = None
    backfill: tuple[tuple[str, ...], str] | None = None
    numbers_by: tuple[str, ...] = ()
    requires: tuple[Requirement, ...] = ()
    found_by: str = ""
    then_filed: bool = False
    counts_as_exchange: Setting = "yes"


_HOLDERS = ("origin", "host", "moves", "per_case")
_HELD_BY = {"held_by": Field(Mention(("bodies",)), "由哪一机构", required=True)}


@dataclass(frozen=True, slots=True)
class PointerShape:
    """Who holds a relation: one of the words, ``{held_by: body}``, or unset."""

    says: str = " · ".join(f"`{each}`" for each in _HOLDERS) + "；或 `{held_by: 机构}`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Table) and "held_by" in node.places:
            found = read_fields(node, _HELD_BY, reading, self.says)
            return HeldBy(found["held_by"]) if found else None
        return SettingOf(_HOLDERS, "choice").read(node, reading)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        named = table_schema(_HELD_BY)
        return {"anyOf": [SettingOf(_HOLDERS, "choice").schema(), named]}


POINTER: Shape = PointerShape()
_YEARS = FigureOf("years", also=("school_years", "months"))
_OF_KIND = (word for words in SPELL_KINDS.values() for word in words)
_CREDITED = (*SPELL_KINDS, *dict.fromkeys(_OF_KIND))

_EXTENSION = Record(
    {
        "in": Field(UNIT, "在哪些单位可以延长", attribute="units"),
        "decided_by": Field(BODIES, "由谁决定"),
        "at_most": Field(_YEARS, "最多延长几年"),
    },
    Extension,
    "延长的条件",
)

_SPAN = Record(
    {
        "exactly": Field(_YEARS, "恰为"),
        "at_least": Field(_YEARS, "不少于"),
        "at_most": Field(_YEARS, "不超过"),
        "counted": Field(Word(("cumulative", "per_exchange")), "累计，还是每次"),
        "until": Field(PERSON, "还须到这一条件成立"),
        "otherwise": Field(Word(("continue",)), "不成立时"),
        "credit_from": Field(
            Many(Word(_CREDITED), lone=True), "哪些其他经历可以抵算；只作说明"
        ),
        "from": Field(SettingOf((), "choice", "dates"), "从哪一天算起", attribute="starts"),
        "may_extend": Field(_EXTENSION, "可以延长", attribute="extension"),
    },
    Span,
    "期限，如 `{exactly: 3}`；无期限写 `open_ended`",
)


@dataclass(frozen=True, slots=True)
class SpanShape:
    """A span, ``open_ended`` where the text means the form to have no end, or unset."""

    says: str = f"{_SPAN.title}，或 `{{unset: 原因}}`"

    @property
    def inner(self) -> Mapping[str, Field]:
        """Return the keys of a span, for the reference."""
        return _SPAN.fields

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Scalar) and node.text == "open_ended":
            return Span(open_ended=True)
        found = OrUnset(_SPAN).read(node, reading)
        if not isinstance(found, Span):
            return found
        stated = (found.exactly, found.at_least, found.at_most)
        named = [each.parameter for each in stated if isinstance(each, ParameterRef)]
        units = {reading.units.get(each, "years") for each in named}
        if len(units) > 1:
            reading.wrong("two-units", node.place, found="、".join(sorted(units)))
        return replace(found, unit=next(iter(units), "years"))

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"anyOf": [{"const": "open_ended"}, OrUnset(_SPAN).schema()]}


_AT_MOST = Record(
    {"at_most": Field(FigureOf("months"), "最多", required=True)},
    lambda at_most: at_most,
    "`{at_most: 月}`",
)
_PATH = Record(
    {
        "steps_from": Field(Word(("personal_plan", "notice")), "岗位由何处确定；只作说明"),
        "each": Field(_AT_MOST, "每个岗位最多多久"),
        "all": Field(_AT_MOST, "全程最多多久"),
        "measured": Field(SettingOf(("each", "total"), "choice"), "限期按每个岗位还是合计"),
    },
    Path,
    "经过几个岗位的路径",
)

_BACKFILL = Record(
    {
        "by": Field(BODIES, "由谁", required=True),
        "at": Field(Word(("origin", "host")), "在哪校", required=True),
    },
    lambda by, at: (by, at),
    "空出的工作由谁承担；只作说明",
)

_PARTNER = Record(
    {
        "same": Field(Word(("subject", "stage", "post")), "与谁相同", required=True),
        "at": Field(Word(("host", "origin")), "在哪校", required=True),
    },
    lambda same, at: (same, at),
    "结对的同事",
)


def _arrangement(values: Values, table: Table, reading: Reading) -> Values:
    span = values.pop("length")
    for relation in ("exactly", "at_least"):
        figure = getattr(span, relation, None)
        if figure is not None:
            return {**values, "span": span, "length_relation": relation, "length": figure}
    return {**values, "span": span, "length": span if isinstance(span, Unset) else None}


_HOLDER = {
    "personnel": "人事关系",
    "establishment": "编制",
    "pay": "工资",
    "performance_pay": "绩效工资",
    "appraisal": "考核",
}

KINDS: Mapping[str, Kind] = {
    "relations": Kind(
        "关系",
        Relation,
        {
            "strength": Field(STRENGTH, "强度", required=True),
            **{key: Field(POINTER, says, required=True) for key, says in _HOLDER.items()},
        },
    ),
    "arrangements": Kind(
        "交流形式",
        Arrangement,
        {
            "decided_by": Field(BODIES, "由谁决定"),
            "implemented_by": Field(BODIES, "由谁实施；只作说明"),
            "joint": Field(BODIES, "会同谁办理"),
            "for": Field(PERSON, "用于哪些人", attribute="who"),
            "moves": Field(MOVE, "用于哪些交流"),
            "prefer": Field(MOVE, "以哪些交流为主"),
            "tracks": Field(Many(Mention(("tracks",))), "用于哪些类别"),
            "within": Field(
                Word(("own_unit", "township", "zone", "county")), "在什么范围内进行"
            ),
            "changes": Field(Word(("unit", "post")), "换单位还是只换岗位"),
            "subjects": Field(Many(Word(codes.SUBJECT.codes)), "只限这些学科"),
            "full_time": Field(YES_NO, "是否全职"),
            "first": Field(YES_NO, "是否先于其他形式进行"),
            "length": Field(SpanShape(), "期限", required=True),
            "relation": Field(SettingOf((), "choice", "relations"), "关系；编制用的形式须写"),
            "path": Field(_PATH, "路径"),
            "partner": Field(_PARTNER, "结对"),
            "backfill": Field(_BACKFILL, "空出的工作由谁承担；只作说明"),
            "numbers_by": Field(BODIES, "人数由谁确定；只作说明"),
            "requires": Field(Many(REQUIREMENT), "手续"),
            "process": Field(
                Word(("competition", "assignment", "recruitment", "agreement")),
                "怎样产生人选；只作说明",
                attribute="found_by",
            ),
            "then_filed": Field(YES_NO, "确定后是否报上级备案；只作说明"),
            "counts_as_exchange": Field(
                SettingOf(TOPICS["yes_no"], "yes_no"), "是否计为交流", required=True
            ),
        },
        arrange=_arrangement,
    ),
}
