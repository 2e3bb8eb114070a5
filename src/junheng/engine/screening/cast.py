"""The person of a worked case: a roster of one, and the facts the case states outright."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import polars as pl

from junheng.engine.policy.items import Case
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.vocabulary import FACTS, Fact, FactType
from junheng.engine.roster.columns import Column, Kind
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening import days
from junheng.engine.screening.facts.registry import COLUMN_FACTS
from junheng.engine.screening.facts.values import (
    UNBOUNDED,
    FactValue,
    Numbers,
    Sets,
    Truths,
    Words,
    known_truths,
    known_words,
)
from junheng.engine.screening.kleene import all_unknown, certain
from junheng.engine.screening.verdicts import Truth
from junheng.errors import PackError, Problem

PERSON, UNIT = "P", "A"
"""Ids of the person and of the unit, which the rows of a case may name."""
_LIKE, _FROM_ROSTER = "like", "from_roster"
_DATED = ("unit_area", "unit_quality")
_COLUMN_OF = {"birth_date": "birth"}


@dataclass(frozen=True, slots=True)
class Played:
    """A case as a question: the roster of one person, and the facts stated directly."""

    roster: Roster
    given: Mapping[str, FactValue]


def played(case: Case, pack: ResolvedPack) -> Played:
    """Put a case's person on a roster.

    Facts that are columns become cells; others are stated; a table given with rows counts as
    declared complete; whatever is not given is unknown.
    """
    facts = _facts(case, pack)
    tables = {name: value for name, value in facts.items() if name in BY_ID and _is_rows(value)}
    columns = {
        name: value for name, value in facts.items() if name in COLUMN_FACTS or name in _DATED
    }
    given = {
        name: _value(_fact(pack, name), value)
        for name, value in facts.items()
        if name not in tables and name not in columns and value != _FROM_ROSTER
    }
    frames = {
        "persons": _one_row("persons", {"person_id": PERSON, "unit_id": UNIT}, columns),
        "units": _one_row("units", {"unit_id": UNIT}, columns),
        "declarations": _declared(tables, pack.on),
        **{name: _rows(name, rows) for name, rows in tables.items()},
    }
    return Played(roster_of(frames), given)


def _is_rows(value: object) -> bool:
    """Return whether rows are written; a list of words states the fact of the same name."""
    return isinstance(value, tuple) and all(isinstance(each, Mapping) for each in value)


def _facts(case: Case, pack: ResolvedPack) -> dict[str, object]:
    """Return what a case states of its person, on top of the person it is like."""
    own = dict(case.person)
    like = own.pop(_LIKE, None)
    if like is None:
        return own
    return {**dict(pack.items.cast[str(like)].values), **own}


def _fact(pack: ResolvedPack, name: str) -> Fact:
    item = pack.items.facts.get(name)
    return FACTS[item.origin if item else name]


def _one_row(table: str, ids: Mapping[str, str], facts: Mapping[str, object]) -> pl.DataFrame:
    row: dict[str, object] = dict(ids)
    names = {column.id for column in BY_ID[table].columns}
    for name, value in facts.items():
        column = _COLUMN_OF.get(name, name)
        if column in names:
            row[column] = _cell(BY_ID[table].column(column), value)
    return pl.DataFrame([row], schema={name: BY_ID[table].schema[name] for name in row})


def _rows(table: str, rows: object) -> pl.DataFrame:
    """Return the rows of a table, of the person and, where none is named, of the unit."""
    written = rows if isinstance(rows, tuple) else ()
    columns = {column.id: column for column in BY_ID[table].columns}
    filled = (
        {"person_id": PERSON, "unit_id": UNIT} if table == "stints" else {"person_id": PERSON}
    )
    _refuse_strange_columns(table, written)
    cells = [
        {name: _cell(columns[name], value) for name, value in {**filled, **row}.items()}
        for row in written
    ]
    names = dict.fromkeys([*filled, *(name for row in cells for name in row)])
    return pl.DataFrame(cells, schema={name: BY_ID[table].schema[name] for name in names})


def _refuse_strange_columns(table: str, rows: tuple[Mapping[str, object], ...]) -> None:
    """Name every column a case's rows have and the table has not."""
    known = {column.id for column in BY_ID[table].columns}
    strange = sorted({name for row in rows for name in row} - known)
    if strange:
        raise PackError(
            Problem("pack.unknown-case-fact", values={"id": f"{table}.{name}"})
            for name in strange
        )


def _declared(tables: Mapping[str, object], on: date) -> pl.DataFrame:
    rows = [
        {"unit_id": UNIT, "table_name": BY_ID[name].sheet, "complete_as_of": on}
        for name in tables
    ]
    schema = BY_ID["declarations"].schema
    kept = ("unit_id", "table_name", "complete_as_of")
    return pl.DataFrame(rows, schema={name: schema[name] for name in kept})


def _cell(column: Column, value: object) -> object:
    """Type one cell; a day at which something ends is written as the first it is no more."""
    if value is None:
        return None
    if column.kind is Kind.CODES:
        return list(value) if isinstance(value, tuple) else [value]
    if column.is_date:
        return date.fromisoformat(str(value))
    if column.kind is Kind.YES_NO:
        return value == "yes"
    if column.kind is Kind.NUMBER:
        return Decimal(str(value))
    return int(str(value)) if column.kind is Kind.WHOLE else str(value)


def _value(fact: Fact, value: object) -> FactValue:
    """Type a fact that is stated; a blank one is unknown."""
    match fact.type:
        case FactType.NUMBER:
            return _number(value)
        case FactType.TRUTH:
            unknown = all_unknown(1)
            return (
                Truths(unknown) if value is None else known_truths(np.array([value == "yes"]))
            )
        case FactType.WORDS:
            return _set(value)
        case FactType.WORD:
            return _word(fact, value)
        case FactType.DATE:
            day = None if value is None else days.number(date.fromisoformat(str(value)))
            low, high = (days.NEVER, days.FOREVER) if day is None else (day, day)
            return Numbers(np.array([low]), np.array([high]))


def _number(value: object) -> Numbers:
    if value is None:
        return Numbers(np.array([-UNBOUNDED]), np.array([UNBOUNDED]))
    exact = Fraction(str(value))
    known = np.array([exact.numerator])
    return Numbers(known, known, exact.denominator)


def _set(value: object) -> Sets:
    held = value if isinstance(value, tuple) else (value,)

    def overlapping(words: tuple[str, ...]) -> Truth:
        if value is None:
            return all_unknown(1)
        return certain(np.array([any(word in words for word in held)]))

    return Sets(1, overlapping)


def _word(fact: Fact, value: object) -> Words:
    words = fact.words if value is None or value in fact.words else (*fact.words, str(value))
    code = -1 if value is None else words.index(str(value))
    return known_words(np.array([code]), words, open_ended=fact.open_ended)
