"""Every fact, measured in random ways, is what the plain interpreter says, for everybody."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest

from junheng.engine.policy.conditions import Literal
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.policy.vocabulary import FACTS, About, FactType
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.facts.measure import Measure
from junheng.engine.screening.facts.moves import Moves
from junheng.engine.screening.facts.registry import COLUMN_FACTS, MOVE_FACTS, REGISTRY
from junheng.engine.screening.facts.values import (
    UNBOUNDED,
    FactValue,
    Numbers,
    Sets,
    Truths,
    Words,
)
from junheng.engine.screening.ground import Ground
from tests.engine.screening.counties import ON, ragged_county
from tests.engine.screening.oracle import INFINITE, Oracle
from tests.engine.screening.oracle_facts import FURTHER, SETS
from tests.engine.screening.oracle_units import MOVE_FACTS as MOVES_READ
from tests.engine.screening.oracle_units import UNIT_FACTS
from tests.engine.screening.random_questions import random_settings

PERSONAL = sorted({*FURTHER, *SETS, "years_in_area", "age", "backbone_level"})


@cache
def _county(seed: int) -> Roster:
    return ragged_county(seed, persons=150)


def _plain(settings: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    plain: dict[str, Any] = {k: v.values if isinstance(v, Literal) else v for k, v in settings}
    return plain | ({"spells": dict(plain["spells"])} if "spells" in plain else {})


def _shown(value: FactValue, at: int) -> Any:
    match value:
        case Numbers():
            low, high, scale = value.at(at)
            ends = [
                INFINITE if each >= UNBOUNDED else -INFINITE if each <= -UNBOUNDED else each
                for each in (low, high)
            ]
            return tuple(e if abs(e) == INFINITE else Fraction(e, scale) for e in ends)
        case Words(low, high, words):
            listed = words[int(low[at]) : int(high[at]) + 1]
            return set(listed) if int(high[at]) < len(words) else None
        case Truths(truth):
            return None if truth.unknown[at] else bool(truth.yes[at])
    raise AssertionError(value)


def _span(value: Any) -> Any:
    """Write spans told in months and odd days as the oracle does."""
    if isinstance(value, tuple):
        return tuple(_span(each) for each in value)
    if abs(value) == INFINITE:
        return value
    months, odd = divmod(int(value * 384), 32)
    return Fraction(months, 12) + Fraction(odd, 100_000)


SPANS = ("years_to_leaving_office", "years_since_sanction")


def _different(fact: str, seed: int) -> dict[str, Any]:
    chance = random.Random(f"{fact}{seed}")  # noqa: S311 -- picks test inputs
    roster = _county(seed)
    oracle = Oracle(roster, resolve(load("datong-example"), on=ON))
    settings = random_settings(chance, fact)
    measure = Measure(fact, ON, settings)
    ground = Ground(roster)
    value = REGISTRY[fact](ground, measure).value
    plain = _plain(settings)
    table = ground.units if FACTS[fact].about is About.UNIT else ground.persons
    found = {}
    for at, row in enumerate(table.to_dicts()):
        if isinstance(value, Sets):
            words = tuple(chance.sample(FACTS[fact].words, 2))
            truth = value.overlapping(words)
            one = None if truth.unknown[at] else bool(truth.yes[at])
            other = SETS[fact](oracle, plain, words, row)
        else:
            one = _shown(value, at)
            read = UNIT_FACTS.get(fact)
            other = read(oracle, plain, row) if read else oracle.fact(fact, plain, row)
            one = _span(one) if fact in SPANS else one
        if one != other:
            found[next(iter(row.values()))] = (settings, one, other)
    return found


@pytest.mark.parametrize("fact", [*PERSONAL, *UNIT_FACTS])
@pytest.mark.parametrize("seed", [21, 22, 30])
def test_a_fact_is_what_the_plain_interpreter_says(fact: str, seed: int) -> None:
    assert _different(fact, seed) == {}


@pytest.mark.parametrize("fact", MOVES_READ)
@pytest.mark.parametrize("seed", [21, 22])
def test_a_fact_of_moves_is_what_the_plain_interpreter_says(fact: str, seed: int) -> None:
    chance = random.Random(f"{fact}{seed}")  # noqa: S311 -- picks test inputs
    roster = _county(seed)
    oracle = Oracle(roster, resolve(load("datong-example"), on=ON))
    ground = Ground(roster)
    persons, units = ground.persons.to_dicts(), ground.units.to_dicts()
    who = np.array([chance.randrange(len(persons)) for _ in range(400)])
    where = np.array([chance.randrange(min(len(units), 6)) for _ in range(400)])
    settings = random_settings(chance, fact)

    value = MOVE_FACTS[fact](
        ground, Moves(who, ground.origin_unit[who], where), Measure(fact, ON, settings)
    )

    for at, (person, unit) in enumerate(zip(who, where, strict=True)):
        row, to_unit = persons[person], units[unit]["unit_id"]
        expected = MOVES_READ[fact](oracle, _plain(settings), row, to_unit)
        assert (row["person_id"], _shown(value, at)) == (row["person_id"], expected)


def test_every_computed_fact_has_a_plain_reading() -> None:
    read = {*PERSONAL, *UNIT_FACTS, *MOVES_READ, *COLUMN_FACTS}
    by_rules = {
        "years_since_recruited",
        "years_to_retirement",
        "cycle_completed",
        "applied",
        "wishes_to_stay",
        "unit_area",
        "unit_quality",
        "staffing_gap",
        "county_has_villages",
        "same_county",
        "same_township",
        "same_alliance",
        "subject_gap_filled",
    }

    computed = {*REGISTRY, *MOVE_FACTS}

    assert computed - read - by_rules == set()
    assert all(FACTS[name].type is not FactType.WORDS or name in read for name in computed)
