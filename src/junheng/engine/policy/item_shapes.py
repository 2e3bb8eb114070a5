"""Shapes that only items have: titles, dated values, settings of facts, bounds of quotas."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.engine import codes
from junheng.engine.policy import items, literals
from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Literal, Unset
from junheng.engine.policy.reader import Node, Scalar, Sequence, Table, written
from junheng.engine.policy.shapes import (
    DAY,
    SCALAR,
    Field,
    Many,
    Mention,
    OrUnset,
    Pairs,
    Parsed,
    Reading,
    Record,
    Schema,
    SettingOf,
    Shape,
    Text,
    Word,
    read_fields,
    scalar,
    table_schema,
)
from junheng.engine.policy.vocabulary import FACTS, TOPICS, Setting

OPEN = Word(("nation", "province", "city", "county", "district", "school"))
"""Levels of authorities, highest first."""


@dataclass(frozen=True, slots=True)
class Title:
    """A Chinese title, or ``{zh, en}``; read as a pair."""

    says: str = "中文名称，或 `{zh, en}`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Scalar):
            return (node.text, "")
        keys = {"zh": Field(Text(), required=True), "en": Field(Text(), required=True)}
        found = read_fields(node, keys, reading, self.says)
        return (found["zh"], found["en"]) if found else ("", "")

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        keys = {"zh": Field(Text(), required=True), "en": Field(Text(), required=True)}
        return {"anyOf": [SCALAR, table_schema(keys)]}


TITLE = Title()


@dataclass(frozen=True, slots=True)
class RegisteredFact:
    """The name of a registered fact."""

    says: str = "登记的事实"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        found = scalar(node, reading, self.says)
        if found is None:
            return ""
        if found.text not in FACTS:
            reading.unlisted("unknown-fact", found, tuple(FACTS))
        return found.text

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"enum": list(FACTS)}


FACTS_SHAPE = RegisteredFact()


@dataclass(frozen=True, slots=True)
class FactSettings:
    """The settings of a fact, kept as nodes' shapes say; checked against its registration."""

    says: str = "量法的各项设定"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if not isinstance(node, Table):
            reading.wrong("not-pairs", node.place, found=written(node), expected=self.says)
            return ()
        return node

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        named: dict[str, list[Schema]] = {}
        for fact in FACTS.values():
            for name, setting in fact.settings.items():
                ways = named.setdefault(name, [])
                schema = shape_of(setting).schema()
                ways += [] if schema in ways else [schema]
        properties = {name: {"anyOf": ways} for name, ways in named.items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}


FACT_SETTINGS = FactSettings()


def shape_of(setting: Setting) -> Shape:
    """Return how a setting of a fact is written."""
    if setting.unit:
        return FigureOf(setting.unit)
    if setting.kinds:
        return Pairs(SettingOf(TOPICS[setting.topic], setting.topic), setting.kinds)
    if setting.many:
        return Many(Word(setting.words), lone=True)
    return SettingOf(setting.words or TOPICS[setting.topic], setting.topic)


def read_settings(origin: str, node: Table, reading: Reading) -> tuple[tuple[str, Any], ...]:
    """Read the settings of a fact by its registration; each it needs must be there."""
    known = FACTS[origin].settings if origin in FACTS else {}
    fields = {name: Field(shape_of(each)) for name, each in known.items()}
    found = read_fields(node, fields, reading, "设定") or {}
    for name, each in known.items():
        if each.required and name not in node.places:
            reading.wrong("missing-setting", node.place, fact=origin, key=name)
    return tuple((name, _listed(known[name], value)) for name, value in found.items())


def _listed(setting: Setting, value: Any) -> Any:
    return Literal(value) if setting.many and isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class BoundOf:
    """A number, a share of a population, or a number issued by hand."""

    population: Record

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return "`{share, of}`、`{number}` 或 `{issued: yes}`"

    def _fields(self) -> dict[str, Field]:
        return {
            "share": Field(FigureOf("share"), "比例"),
            "of": Field(self.population, "以谁为分母"),
            "number": Field(FigureOf("persons"), "人数"),
            "issued": Field(Word(("yes",)), "由主管部门下达"),
        }

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        found = read_fields(node, self._fields(), reading, self.says)
        if found is None:
            return None
        ways = [key for key in ("share", "number", "issued") if key in found]
        if len(ways) != 1:
            reading.wrong(
                "no-single-bound", node.place, found=written(node), expected=self.says
            )
        if ("share" in found) != ("of" in found):
            reading.wrong("share-without-base", node.place, found=written(node))
        return items.Bound(
            number=found.get("number"),
            share=found.get("share"),
            of=found.get("of"),
            issued="issued" in found,
        )

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return table_schema(self._fields())


_MONTHS = Parsed(literals.number, "月数")
_STEP = {
    "years": Field(Parsed(literals.number, "周岁"), "起点年龄", required=True),
    "born_from": Field(Parsed(literals.month, "`YYYY-MM`"), "从哪月出生起延迟"),
    "step_months": Field(_MONTHS, "每几个月延一个月"),
    "cap_months": Field(_MONTHS, "最多延几个月"),
}


def _step(node: Node, kind: str, reading: Reading) -> items.RetirementStep | None:
    found = read_fields(node, _STEP, reading, "退休年龄的一档")
    if found is None or not all(isinstance(each, Fraction | tuple) for each in found.values()):
        return None
    rising = [key for key in ("born_from", "step_months", "cap_months") if key in found]
    if len(rising) not in {0, 3}:
        reading.wrong("half-a-schedule", node.place, found=written(node))
        return None
    return items.RetirementStep(
        kind=kind,
        base_years=int(found["years"]),
        first_birth=found.get("born_from"),
        step_months=int(found.get("step_months", 0)),
        cap_months=int(found.get("cap_months", 0)),
    )


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a parameter; each is typed by its unit when the item is put together."""

    says: str = "列表：`{since?, value 或 unset, source}`"

    def _fields(self) -> dict[str, Field]:
        return {
            "since": Field(OrUnset(DAY), "起始日"),
            "value": Field(_AsNode(), "数值"),
            "unset": Field(Text(), "未定的原因"),
            "source": Field(Many(Mention(("clauses",)), lone=True), "依据", required=True),
        }

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if not isinstance(node, Sequence):
            reading.wrong("not-a-list", node.place, found=written(node), expected=self.says)
            return ()
        found = [read_fields(part, self._fields(), reading, self.says) for part in node.parts]
        for part, each in zip(node.parts, found, strict=True):
            if each is not None and ("value" in each) == ("unset" in each):
                reading.wrong("value-or-unset", part.place, found=written(part))
        return tuple(each for each in found if each is not None)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"type": "array", "items": table_schema(self._fields()), "minItems": 1}


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


def _schedule(node: Node, reading: Reading) -> items.RetirementSchedule:
    if not isinstance(node, Table):
        reading.wrong("not-pairs", node.place, found=written(node), expected="退休年龄表")
        return items.RetirementSchedule(())
    for kind, place in node.places.items():
        if kind not in codes.RETIREMENT_KIND.codes:
            reading.unlisted("not-in-list", Scalar(kind, place), codes.RETIREMENT_KIND.codes)
    steps = (_step(each, kind, reading) for kind, each in node.entries.items())
    return items.RetirementSchedule(tuple(step for step in steps if step is not None))


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


def dated(values: Any, unit: str, by: str, owner: str, reading: Reading) -> Any:
    """Type the dated values of a parameter, given its unit and what it differs by."""
    return tuple(
        items.DatedValue(
            since=_owned(each.get("since"), owner),
            value=(
                Unset(each["unset"], owner)
                if "unset" in each
                else read_value(each["value"], unit, by, reading)
            ),
            source=each["source"],
        )
        for each in values
        if ("value" in each) != ("unset" in each)
    )


def _owned(since: Any, owner: str) -> Any:
    return Unset(since.why, owner) if isinstance(since, Unset) else since
