"""Populations and bounds: whom a quota, an indicator or an entitlement is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure, Setting
from junheng.engine.policy.kind import PERSON
from junheng.engine.policy.reader import Node, written
from junheng.engine.policy.shapes import (
    Field,
    Many,
    Mention,
    Reading,
    Record,
    Schema,
    SettingOf,
    Word,
    read_fields,
    table_schema,
)
from junheng.engine.policy.vocabulary import POPULATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Whom a quota counts.

    Attributes
    ----------
    among : ``staff``, ``full_time``, ``meeting_conditions``, ``due``, ``movers``,
        ``movers_and_volunteers``, ``movers_and_serving``, ``serving``; with a horizon also
        ``served`` and ``movers_and_served``
    who : of these, only those for whom it holds
    arrangement : of the movers, only those under one of these forms
    """

    among: Setting
    who: Condition | None = None
    arrangement: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A number, a share of a population (exact, §5), or a number issued by hand."""

    number: Figure | None = None
    share: Figure | None = None
    of: Population | None = None
    issued: bool = False


POPULATION = Record(
    {
        "among": Field(SettingOf(POPULATIONS, "base"), "从哪些人中", required=True),
        "who": Field(PERSON, "其中哪些人"),
        "arrangement": Field(
            Many(Mention(("arrangements",)), lone=True), "只计以这些形式交流的人"
        ),
    },
    Population,
    "一个人群",
)


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
        return Bound(
            number=found.get("number"),
            share=found.get("share"),
            of=found.get("of"),
            issued="issued" in found,
        )

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return table_schema(self._fields())


BOUND = BoundOf(POPULATION)
