"""A roster of one person and two schools, and the value of one fact for the person."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.engine import codes
from junheng.engine.policy.conditions import Literal
from junheng.engine.policy.vocabulary import FACTS, About
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening.facts.measure import Measure
from junheng.engine.screening.facts.registry import REGISTRY
from junheng.engine.screening.facts.values import (
    UNBOUNDED,
    FactValue,
    Numbers,
    Truths,
    Words,
)
from junheng.engine.screening.ground import Ground

Row = dict[str, Any]
Settings = dict[str, Any]
ON = date(2026, 8, 31)
TENURE: Settings = {
    "same": ["unit"],
    "doing": ["teaching"],
    "clock": "calendar_years",
    "part_year": "drop",
    "identity": "legal_entity",
    "spells": {"support": "counted", "leave": "breaks"},
    "gap": 0,
}
YEARS: Settings = {"clock": "calendar_years", "part_year": "drop"}


def day(text: str) -> date:
    return date.fromisoformat(text)


def stint(unit: str, since: str, until: str | None = None, **more: Any) -> Row:
    """Return a stint of teaching; a start of four figures is known by year alone."""
    year = len(since) == 4
    return {
        "person_id": "P",
        "unit_id": unit,
        "post": "教师",
        "stint_kind": "任教",
        "since": date(int(since), 1, 1) if year else day(since),
        "since_precision": "year" if year else "day",
        "until": day(until) if until else None,
        **more,
    }


def roster(*, person: Row | None = None, closed: bool = True, **tables: list[Row]) -> Roster:
    """Return the roster; rows of a table belong to the person unless they say otherwise."""
    declared = [
        {"unit_id": unit, "table_name": name, "complete_as_of": ON}
        for unit in ("A", "B")
        for name in codes.TABLE_NAME.codes
        if closed
    ]
    rows: dict[str, list[Row]] = {
        "persons": [{"person_id": "P", "unit_id": "A", **(person or {})}],
        "units": [{"unit_id": "A"}, {"unit_id": "B"}],
        "declarations": declared,
        **tables,
    }
    needed: dict[str, list[Row]] = {name: [] for name in BY_ID if name not in rows}
    return roster_of({name: _frame(name, each) for name, each in {**needed, **rows}.items()})


def _frame(name: str, rows: list[Row]) -> pl.DataFrame:
    schema = BY_ID[name].schema
    names = dict.fromkeys(key for row in rows for key in row) or {"person_id": None}
    filled = [
        {"person_id": "P", **row} if "person_id" in schema and name != "travel" else row
        for row in rows
    ]
    keys = {*names, *(key for row in filled for key in row)} & {*schema}
    return pl.DataFrame(filled, schema={key: schema[key] for key in schema if key in keys})


def measure(fact: str, settings: Settings | None = None, on: date = ON) -> Measure:
    """Return the question for a fact; lists, numbers and mappings as a pack writes them."""
    given = (settings or {}).items()
    return Measure(fact, on, tuple((name, _typed(each)) for name, each in given))


def _typed(value: Any) -> Any:
    match value:
        case dict():
            return tuple(value.items())
        case list():
            return Literal(tuple(value))
        case int() | Fraction():
            return Literal((Fraction(value),))
        case date():
            return Literal((value,))
    return value


def value(asked: Measure, given: Roster, at: int = 0) -> Any:
    """Return a fact of the first person or unit: a pair, yes, no, None, or words."""
    assert FACTS[asked.name].about in (About.PERSON, About.UNIT)
    return shown(REGISTRY[asked.name](Ground(given), asked).value, at)


def shown(found: FactValue, at: int = 0) -> Any:
    match found:
        case Numbers():
            low, high, scale = found.at(at)
            return tuple(
                None if abs(each) >= UNBOUNDED else Fraction(each, scale)
                for each in (low, high)
            )
        case Truths(truth):
            return None if truth.unknown[at] else bool(truth.yes[at])
        case Words(low, high, words):
            return list(words[int(low[at]) : int(high[at]) + 1])
    raise AssertionError(found)
