"""Facts (事实) as a pack measures them: a registered fact with its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.condition_shapes import PARAMETER_SCHEMA, FigureOf, reference
from junheng.engine.policy.conditions import Figure, Literal, Setting
from junheng.engine.policy.item import Item
from junheng.engine.policy.kind import Kind, Values
from junheng.engine.policy.reader import Node, Table, written
from junheng.engine.policy.shapes import (
    UNSET_SCHEMA,
    Field,
    Many,
    Mention,
    Pairs,
    Reading,
    Schema,
    SettingOf,
    Shape,
    Text,
    Word,
    read_fields,
    scalar,
)
from junheng.engine.policy.topics import TOPICS
from junheng.engine.policy.vocabulary import FACTS
from junheng.engine.policy.vocabulary import Setting as Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class FactItem(Item):
    """A registered fact measured as this pack says.

    Attributes
    ----------
    origin : name of the registered fact (``from:`` in YAML)
    settings : setting name → word, list of words, figure or switch reference
    on : id of the date it is taken at; empty for the pack's as-of date
    """

    origin: str
    settings: tuple[tuple[str, FactSetting], ...] = ()
    on: str = ""


FactSetting = Setting | Figure | tuple[tuple[str, Setting], ...]
"""A word, a list of words (Literal), a figure, or one word per kind (``spells``)."""


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
        says = {
            name: shape_of(each).says
            for fact in FACTS.values()
            for name, each in fact.settings.items()
        }
        properties = {
            name: {"anyOf": ways, "description": says[name]} for name, ways in named.items()
        }
        return {"type": "object", "properties": properties, "additionalProperties": False}


FACT_SETTINGS = FactSettings()


@dataclass(frozen=True, slots=True)
class WordsOf:
    """One word or several, ``{parameter: id}`` of unit ``words``, or unset."""

    words: tuple[str, ...]

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return f"{self._many.says}；或 `{{parameter: 编号}}`；或 `{{unset: 原因}}`"

    @property
    def _many(self) -> Many:
        return Many(Word(self.words) if self.words else Text(), lone=True)

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        referred = reference(node, reading, ("words",))
        if referred is not None:
            return referred
        found = self._many.read(node, reading)
        return Literal(found) if isinstance(found, tuple) else found

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"anyOf": [self._many.schema(), PARAMETER_SCHEMA, UNSET_SCHEMA]}


def shape_of(setting: Measure) -> Shape:
    """Return how a setting of a fact is written."""
    if setting.unit:
        return FigureOf(setting.unit)
    if setting.kinds:
        return Pairs(SettingOf(TOPICS[setting.topic], setting.topic), setting.kinds)
    if setting.many:
        return WordsOf(() if setting.open_ended else setting.words)
    return SettingOf(setting.words or TOPICS[setting.topic], setting.topic)


_ONE_OF: Mapping[str, tuple[str, ...]] = {
    "years_in_area": ("areas", "kinds", "quality", "traits"),
}
"""Facts that need at least one of several settings: in schools of which sort."""


def read_settings(origin: str, node: Table, reading: Reading) -> tuple[tuple[str, Any], ...]:
    """Read the settings of a fact by its registration; each it needs must be there."""
    known = FACTS[origin].settings if origin in FACTS else {}
    fields = {name: Field(shape_of(each)) for name, each in known.items()}
    found = read_fields(node, fields, reading, "设定") or {}
    for name, each in known.items():
        if each.required and name not in node.places:
            reading.wrong("missing-setting", node.place, fact=origin, key=name)
    choice = _ONE_OF.get(origin, ())
    if choice and not any(name in node.places for name in choice):
        reading.wrong("missing-setting", node.place, fact=origin, key="、".join(choice))
    return tuple(found.items())


def _fact(values: Values, table: Table, reading: Reading) -> Values:
    node = values.get("settings")
    settings = node if isinstance(node, Table) else Table({}, {}, table.place)
    return {**values, "settings": read_settings(values["origin"], settings, reading)}


KINDS: Mapping[str, Kind] = {
    "facts": Kind(
        "事实",
        FactItem,
        {
            "from": Field(FACTS_SHAPE, "登记的事实", required=True, attribute="origin"),
            "with": Field(FACT_SETTINGS, "怎样量", attribute="settings"),
            "on": Field(Mention(("dates",)), "取哪一天"),
        },
        arrange=_fact,
    ),
}
