"""Populations and bounds: whom a quota, an indicator or an entitlement is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.engine.policy.condition_shapes import FigureOf
from junheng.engine.policy.conditions import Condition, Figure, Setting
from junheng.engine.policy.kind import MOVE, PERSON
from junheng.engine.policy.reader import Node, Table, written
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
from junheng.engine.policy.topics import TOPICS

IN_STEPS = ("applicants", "nominees", "taking_part", "placed_by_hand", "speakers")
"""Populations that the steps of a programme make, and no plan."""

POPULATIONS = (
    "staff",
    "full_time",
    "meeting_conditions",
    "due",
    "movers",
    "movers_and_volunteers",
    "movers_and_serving",
    "serving",
    "served",
    "movers_and_served",
    *IN_STEPS,
)
"""Whom a quota may count (who each word stands for: docs/explanation)."""

DIMENSIONS = (
    "programme",
    "county",
    "unit",
    "zone",
    "stage",
    "subject",
    "pair",
    "side",
    "grade",
)
"""What a quota or indicator may be stated for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Whom a quota counts.

    Attributes
    ----------
    among : one of :data:`POPULATIONS`; ``served`` and ``movers_and_served`` with a horizon
    who : of these, only those for whom it holds
    move : of the movers, only those whose move it holds for
    arrangement : of the movers, only those under one of these forms
    moved : of the movers, only those whose personnel relation moves
    counting : ``persons``, each once, or ``assignments``; empty for persons
    """

    among: Setting
    who: Condition | None = None
    move: Condition | None = None
    arrangement: tuple[str, ...] = ()
    moved: bool = False
    counting: Setting = ""

    @property
    def planned(self) -> bool:
        """Whether a plan decides who belongs to it, or it is known before any plan."""
        return self.among not in IN_STEPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A number, a share of a population (exact, §5), or a number issued by hand.

    ``issued_in`` is the step in which the number is issued; empty where the pack names none.
    ``tolerance`` belongs to ``about``: a share or a number of persons either way.
    """

    number: Figure | None = None
    share: Figure | None = None
    of: Population | None = None
    issued: bool = False
    issued_in: str = ""
    tolerance: Figure | None = None


@dataclass(frozen=True, slots=True)
class _Number:
    """A figure, or the step that issues it (read as the step's id)."""

    says: str = FigureOf("persons").says

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        if isinstance(node, Table) and set(node.places) == {"issued_in"}:
            return Mention(("steps",)).read(node.entries["issued_in"], reading)
        return FigureOf("persons", also=("posts",)).read(node, reading)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        issued = {
            "type": "object",
            "properties": {
                "issued_in": {"type": "string", "description": "在哪一步下达，写步骤编号"}
            },
            "required": ["issued_in"],
            "additionalProperties": False,
        }
        return {"anyOf": [FigureOf("persons").schema(), issued]}


@dataclass(frozen=True, slots=True)
class _Move:
    """A condition on moves; ``{to: condition}`` stands for one on the unit they lead to."""

    says: str = MOVE.says

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        towards = isinstance(node, Table) and set(node.entries) == {"to"}
        inner = node.entries["to"] if towards and isinstance(node, Table) else node
        return MOVE.read(inner, reading)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        towards = {
            "type": "object",
            "properties": {"to": {**MOVE.schema(), "description": "接收单位要满足的条件"}},
            "required": ["to"],
            "additionalProperties": False,
        }
        return {"anyOf": [MOVE.schema(), towards]}


POPULATION = Record(
    {
        "among": Field(SettingOf(POPULATIONS, "base"), "从哪些人中", required=True),
        "who": Field(PERSON, "其中哪些人"),
        "move": Field(_Move(), "只计这样的交流"),
        "arrangement": Field(
            Many(Mention(("arrangements",)), lone=True), "只计以这些形式交流的人"
        ),
        "relation": Field(Word(("moved",), bool), "只计人事关系随迁的人", attribute="moved"),
        "counting": Field(
            SettingOf(TOPICS["assignments_or_persons"], "assignments_or_persons"),
            "按人计，还是按任务计",
        ),
    },
    Population,
    "一个人群",
)


@dataclass(frozen=True, slots=True)
class BoundOf:
    """A number, a share of a population, or a number issued by hand."""

    population: Record
    about: bool = False

    @property
    def says(self) -> str:
        """Describe the shape in Chinese."""
        return "`{share, of}`、`{number}` 或 `{issued: yes}`"

    @property
    def inner(self) -> Mapping[str, Field]:
        """Return the keys of a bound, for the reference."""
        return self._about(share=True) if self.about else self._fields()

    def _fields(self) -> dict[str, Field]:
        return {
            "share": Field(FigureOf("share"), "比例"),
            "of": Field(self.population, "以谁为分母"),
            "number": Field(_Number(), "人数；`{issued_in: 步骤}` 为该步骤下达的人数"),
            "issued": Field(Word(("yes",)), "由主管部门下达"),
        }

    def _about(self, *, share: bool) -> dict[str, Field]:
        tolerance = FigureOf("share" if share else "persons")
        return {**self._fields(), "tolerance": Field(tolerance, "上下浮动", required=True)}

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the typed value; see :class:`~junheng.engine.policy.shapes.Shape`."""
        share = isinstance(node, Table) and "share" in node.places
        fields = self._about(share=share) if self.about else self._fields()
        found = read_fields(node, fields, reading, self.says)
        if found is None:
            return None
        ways = [key for key in ("share", "number", "issued") if key in found]
        if len(ways) != 1:
            reading.wrong(
                "no-single-bound", node.place, found=written(node), expected=self.says
            )
        if ("share" in found) != ("of" in found):
            reading.wrong("share-without-base", node.place, found=written(node))
        number = found.get("number")
        step = number if isinstance(number, str) else ""
        return Bound(
            number=None if step else number,
            share=found.get("share"),
            of=found.get("of"),
            issued="issued" in found or bool(step),
            issued_in=step,
            tolerance=found.get("tolerance"),
        )

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return table_schema(self.inner)


BOUND = BoundOf(POPULATION)
ABOUT = BoundOf(POPULATION, about=True)
