"""Every fact, measured in random ways, is what the plain interpreter says, for everybody."""

from __future__ import annotations

import random
from datetime import date, timedelta
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
from junheng.engine.screening.days import FOREVER, NEVER
from junheng.engine.screening.facts.measure import Measure
from junheng.engine.screening.facts.moves import Moves
from junheng.engine.screening.facts.registry import MOVE_FACTS, REGISTRY
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
from tests.engine.screening.oracle_units import MOVE_FACTS as MOVES_READ
from tests.engine.screening.oracle_units import UNIT_FACTS
from tests.engine.screening.plain import FAR, LONG_AGO
from tests.engine.screening.random_questions import random_settings

PERSONAL = sorted(
    fact for fact in REGISTRY if FACTS[fact].about is About.PERSON and not FACTS[fact].reads
)
OF_UNITS = sorted(fact for fact in REGISTRY if FACTS[fact].about is About.UNIT)


@cache
def _county(seed: int) -> Roster:
    return ragged_county(seed, persons=150)


@cache
def _ground(seed: int) -> Ground:
    return Ground(_county(seed))


@cache
def _oracle(seed: int) -> Oracle:
    return Oracle(_county(seed), resolve(load("datong-example"), on=ON))


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


SPANS = ("years_to_leaving_office", "years_since_sanction", "years_since_circumstance")


def _day(end: Any) -> date:
    """Write an end of a range of days as the oracle does."""
    known = NEVER < end < FOREVER
    return date(1970, 1, 1) + timedelta(int(end)) if known else LONG_AGO if end < 0 else FAR


def _as_told(fact: str, value: Any) -> Any:
    if fact in SPANS:
        return _span(value)
    return tuple(map(_day, value)) if FACTS[fact].type is FactType.DATE else value


def _open(fact: str, value: Any) -> Any:
    """Write a word that can be any as unknown."""
    words = {value} if isinstance(value, str) else value
    return None if isinstance(words, set) and words >= {*FACTS[fact].words} else words


def _different(fact: str, seed: int) -> dict[str, Any]:
    chance = random.Random(f"{fact}{seed}")  # noqa: S311 -- picks test inputs
    oracle = _oracle(seed)
    settings = random_settings(chance, fact)
    measure = Measure(fact, ON, settings)
    ground = _ground(seed)
    value = REGISTRY[fact](ground, measure).value
    plain = _plain(settings)
    of_unit = FACTS[fact].about is About.UNIT
    found = {}
    for at, row in enumerate((ground.units if of_unit else ground.persons).to_dicts()):
        if isinstance(value, Sets):
            words = tuple(chance.sample(FACTS[fact].words, 2))
            truth = value.overlapping(words)
            one = None if truth.unknown[at] else bool(truth.yes[at])
            other = (
                oracle.shares(row[fact], words)
                if of_unit
                else oracle.overlaps(fact, plain, words, row)
            )
        else:
            one = _as_told(fact, _shown(value, at))
            other = (
                UNIT_FACTS[fact](oracle, plain, row)
                if of_unit
                else oracle.fact(fact, plain, row)
            )
        if _open(fact, one) != _open(fact, other):
            found[next(iter(row.values()))] = (settings, one, other)
    return found


@pytest.mark.parametrize("fact", [*PERSONAL, *OF_UNITS])
@pytest.mark.parametrize("seed", [21, 22, 30])
def test_a_fact_is_what_the_plain_interpreter_says(fact: str, seed: int) -> None:
    assert _different(fact, seed) == {}


@pytest.mark.parametrize("fact", sorted(MOVE_FACTS))
@pytest.mark.parametrize("seed", [21, 22])
def test_a_fact_of_moves_is_what_the_plain_interpreter_says(fact: str, seed: int) -> None:
    chance = random.Random(f"{fact}{seed}")  # noqa: S311 -- picks test inputs
    oracle = _oracle(seed)
    ground = _ground(seed)
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
