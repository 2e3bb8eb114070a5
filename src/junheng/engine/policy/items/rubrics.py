"""Rubrics (评分表): how points are given for facts, records and marks, and put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.condition_shapes import FactOf, FigureOf
from junheng.engine.policy.conditions import Condition, Figure, Unset
from junheng.engine.policy.item import Item
from junheng.engine.policy.items.populations import DIMENSIONS
from junheng.engine.policy.kind import PERSON, TITLE, Kind, Values
from junheng.engine.policy.reader import Node, Scalar, Table
from junheng.engine.policy.shapes import (
    Field,
    Many,
    Mention,
    OrUnset,
    Reading,
    Record,
    Schema,
    Text,
    Word,
)
from junheng.engine.policy.vocabulary import About, FactType
from junheng.messages import Bilingual

Points = tuple[tuple[tuple[str, ...], Figure], ...]
"""Points for words, or for several words together: (words, points) in the order written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One step of ``bands``, ``ranges`` or ``rank``.

    Attributes
    ----------
    up_to : of ``bands``: the last number of this band; None for all beyond
    at_least : of ``ranges``: from which number it is
    top : of ``rank``: for the first so many, as a share of those ranked
    points : for each unit in the band; for the whole in ``ranges`` and ``rank``
    """

    up_to: Figure | None = None
    at_least: Figure | None = None
    top: Figure | None = None
    points: Figure


@dataclass(frozen=True, slots=True)
class Window:
    """The years before the day asked in which records must lie.

    ``whole_school_years``: it begins with a school year, the one under way being the last.
    """

    years: Figure | None
    whole_school_years: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricItem:
    """One line of a rubric.

    Attributes
    ----------
    kind : ``per`` (so many points for each), ``bands`` (each unit by the band it lies in),
        ``ranges`` (one figure for the range the number lies in), ``table`` (by a word),
        ``records`` (for each record), ``rank`` (by place among others), ``fixed``, ``panel``
        and ``given`` (marks), ``rubric``
    when : the item counts only for whom it holds; others have 0
    fact : what ``per``, ``bands``, ``ranges``, ``table`` and ``rank`` read
    points : points for each, or for all; negative for a deduction
    table : points by word
    each : ``per``: how many make one; after ``after`` is taken off, parts are dropped
    after : ``per``, ``bands``: units that give nothing
    at_least : ``per``, ``bands``: below it there is nothing
    bands : steps of ``bands``, ``ranges``, ``rank``
    records : table of the roster
    by : columns of that table by whose words points differ
    combine : ``sum``, ``highest``, or of marks ``mean``, ``trimmed_mean``, ``median``
    trim : how many marks ``trimmed_mean`` leaves out at either end
    credits : units added to the fact of those for whom a condition holds
    within : ``rank``: compared inside these dimensions
    smallest_first : ``rank``: the smallest number is the best
    weight, out_of : of ``weighted``: its weight, and the marks it is given out of
    cap : most points of the item; least, for a deduction
    rubric : id of the rubric of kind ``rubric``
    window : ``records``: when they must be of; of the rubric, where none is given
    """

    id: str
    title: str
    kind: str
    when: Condition | None = None
    fact: str = ""
    points: Figure | None = None
    table: Points = ()
    each: Figure | None = None
    after: Figure | None = None
    at_least: Figure | None = None
    bands: tuple[Band, ...] = ()
    records: str = ""
    by: tuple[str, ...] = ()
    combine: str = "sum"
    trim: Figure | None = None
    credits: tuple[tuple[Condition, Figure], ...] = ()
    within: tuple[str, ...] = ()
    smallest_first: bool = False
    weight: Figure | None = None
    out_of: Figure | None = None
    cap: Figure | None = None
    rubric: str = ""
    window: Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric(Item):
    """A scoring table (评分表).

    Attributes
    ----------
    combine : ``sum``; ``weighted``: weight × mark × ``out_of`` ÷ marks it is out of;
        ``lexicographic``: items compared in order, never added
    items : its lines; unset where the text only announces them
    out_of : the most points of the whole
    threshold : least total with which somebody qualifies
    window : when records must be of, in all its lines that do not say
    scored_by : who gives the marks
    then_by : items that decide between equal totals, in order
    """

    combine: str
    items: tuple[RubricItem, ...] | Unset
    out_of: Figure | None = None
    threshold: Figure | None = None
    window: Window | None = None
    scored_by: str = ""
    then_by: tuple[str, ...] = ()


ITEM_KINDS: Mapping[str, tuple[str, ...]] = {
    "per": ("fact", "points"),
    "bands": ("fact", "bands"),
    "ranges": ("fact", "bands"),
    "table": ("fact", "points"),
    "records": ("records", "by", "points"),
    "rank": ("fact", "bands"),
    "fixed": ("points",),
    "panel": ("out_of", "combine"),
    "given": (),
    "rubric": ("rubric",),
}
"""Kinds of rubric items and the keys each needs."""

_TYPES: Mapping[bool, tuple[FactType, ...]] = {
    True: (FactType.WORD, FactType.WORDS, FactType.TRUTH),
    False: (FactType.NUMBER, FactType.TRUTH),
}
"""What a fact must be for points by word, and for all other kinds that read one."""

RECORDS: Mapping[str, tuple[str, ...]] = {
    "honours": ("honour", "honour_level"),
    "appraisals": ("appraisal", "grade"),
    "exchanges": ("exchange_kind",),
    "obligations": ("obligation",),
}
"""Tables whose records a rubric may count, and the columns by which points may differ."""

_NUMBER = FigureOf("")
_POINTS = FigureOf("points")


@dataclass(frozen=True, slots=True)
class PointsShape:
    """One figure, or points by word, nested where several words decide together."""

    says: str = "分值；或 `{词: 分值}`，可以再分一层"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        figures = {"parameter", "unset"}
        if not isinstance(node, Table) or set(node.places) & figures:
            return _POINTS.read(node, reading)
        return tuple(self._rows(node, (), reading))

    def _rows(self, node: Table, path: tuple[str, ...], reading: Reading) -> Any:
        for word, inner in node.entries.items():
            nested = isinstance(inner, Table) and not set(inner.places) & {"parameter", "unset"}
            if nested and isinstance(inner, Table):
                yield from self._rows(inner, (*path, word), reading)
            else:
                yield (*path, word), _POINTS.read(inner, reading)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"anyOf": [_POINTS.schema(), {"type": "object"}]}


_BAND = Record(
    {
        "up_to": Field(_NUMBER, "至（含）"),
        "beyond": Field(_NUMBER, "超过"),
        "at_least": Field(_NUMBER, "不少于"),
        "top": Field(FigureOf("share"), "名次在前多少"),
        "points": Field(_POINTS, "分值", required=True),
    },
    lambda points, up_to=None, beyond=None, at_least=None, top=None: Band(
        up_to=up_to, at_least=at_least, top=top, points=points
    ),
    "一档",
)
_CREDIT = Record(
    {
        "when": Field(PERSON, "对哪些人", required=True),
        "units": Field(_NUMBER, "另加多少", required=True),
    },
    lambda when, units: (when, units),
    "另加的数量",
)
_WINDOW = Record(
    {
        "years": Field(FigureOf("years"), "几年以来"),
        "school_years": Field(FigureOf("years"), "几个学年以来"),
    },
    lambda years=None, school_years=None: Window(years or school_years, years is None),
    "`{years: 年}` 或 `{school_years: 学年}`",
)


def _item(**found: Any) -> RubricItem:
    points = found.pop("points", None)
    tabled = isinstance(points, tuple)
    title = found.pop("title", None)
    found["window"] = found.pop("evidence_window", None)
    orders = {"smallest_first": found.pop("order", "highest_first") == "lowest_first"}
    return RubricItem(
        **found,
        **orders,
        title=title or Bilingual(found["id"]),
        points=None if tabled else points,
        table=points if tabled else (),
    )


ITEM = Record(
    {
        "id": Field(Text(), required=True),
        "title": Field(TITLE, "名称"),
        "kind": Field(Word(tuple(ITEM_KINDS)), "怎样计分", required=True),
        "when": Field(PERSON, "只对这些人计分"),
        "fact": Field(FactOf(About.PERSON), "按哪项事实"),
        "points": Field(PointsShape(), "分值，扣分写负数"),
        "each": Field(_NUMBER, "每多少计一次"),
        "after": Field(_NUMBER, "超过多少才开始计"),
        "at_least": Field(_NUMBER, "不足多少不计"),
        "bands": Field(Many(_BAND), "各档"),
        "records": Field(Word(tuple(RECORDS)), "按哪张表的记录"),
        "by": Field(Many(Text("该表的列"), lone=True), "按哪些列分开"),
        "combine": Field(
            Word(("sum", "highest", "mean", "trimmed_mean", "median")), "几项怎样合并"
        ),
        "trim": Field(FigureOf("persons"), "两端各去掉几个分数"),
        "credits": Field(Many(_CREDIT), "另加的数量"),
        "within": Field(Many(Word(DIMENSIONS), lone=True), "在什么范围内排名"),
        "order": Field(Word(("highest_first", "lowest_first")), "大的在前还是小的在前"),
        "weight": Field(FigureOf("share"), "权重"),
        "out_of": Field(_POINTS, "满分"),
        "cap": Field(_POINTS, "最多计几分；扣分的，最多扣几分（负数）"),
        "rubric": Field(Mention(("rubrics",)), "另一张评分表"),
        "evidence_window": Field(_WINDOW, "只计几年以来的记录，与整张表不同的才写"),
    },
    _item,
    "评分的一项",
)


def _rubric(values: Values, table: Table, reading: Reading) -> Values:
    window = values.pop("evidence_window", None)
    for node in getattr(table.entries.get("items"), "parts", ()):
        kind = node.entries.get("kind") if isinstance(node, Table) else None
        needed = ITEM_KINDS.get(kind.text, ()) if isinstance(kind, Scalar) else ()
        for key in needed:
            if key not in node.places:
                found = kind.text if isinstance(kind, Scalar) else ""
                reading.wrong("rubric-item-lacks", node.place, found=found, key=key)
        if isinstance(node, Table) and "fact" in needed:
            _check_fact(node, reading)
    return {**values, "window": window}


def _check_fact(node: Table, reading: Reading) -> None:
    """Points by word need words, the other kinds numbers; yes and no will do as either."""
    kind, fact = node.entries.get("kind"), node.entries.get("fact")
    known = reading.facts.get(fact.text) if isinstance(fact, Scalar) else None
    if known is None or not (isinstance(fact, Scalar) and isinstance(kind, Scalar)):
        return
    if known.type not in _TYPES[kind.text == "table"]:
        values = {"found": fact.text, "kind": kind.text, "type": known.title}
        reading.wrong("fact-of-other-type", fact.place, **values)


KINDS: Mapping[str, Kind] = {
    "rubrics": Kind(
        "评分表",
        Rubric,
        {
            "combine": Field(
                Word(("sum", "weighted", "lexicographic")),
                "相加、加权，还是依次比较",
                required=True,
            ),
            "items": Field(OrUnset(Many(ITEM)), "各项", required=True),
            "out_of": Field(_POINTS, "满分"),
            "threshold": Field(_POINTS, "最低合格分"),
            "evidence_window": Field(_WINDOW, "只计几年以来的记录"),
            "scored_by": Field(Mention(("bodies",)), "由谁评分；只作说明"),
            "then_by": Field(Many(Text("评分项的编号")), "总分相同时依次比哪几项"),
        },
        arrange=_rubric,
    ),
}
