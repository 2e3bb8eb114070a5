"""Random conditions over every fact agree with the plain interpreter, under every pack."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest

from junheng.engine.policy.items import FactItem
from junheng.engine.policy.loading import load, shipped
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve, resolve_with
from junheng.engine.policy.unset import unset_for
from junheng.engine.policy.vocabulary import FACTS, About, FactType
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.facts.registry import REGISTRY
from tests.engine.screening.counties import ON, ragged_county
from tests.engine.screening.oracle import Oracle
from tests.engine.screening.random_questions import random_condition, random_settings

CONDITIONS = 60
_NOT_READ = {"staffing_gap", "county_has_villages"}


@cache
def _county() -> Roster:
    return ragged_county(41, persons=60)


def _packs() -> list[str]:
    return [name for name in shipped() if _asked(name) is not None]


def _asked(name: str) -> ResolvedPack | None:
    """Return a pack that can screen, as it stands or with the settings of its cases."""
    pack = load(name)
    cases = pack.items.settings.get("for-cases")
    ways = [resolve(pack, on=ON)]
    if cases is not None:
        ways.append(resolve_with(pack, on=ON, settings=dict(cases.values)))
    whole = [way for way in ways if way.items.rules and not unset_for(way, "screening")]
    return whole[0] if whole else None


def _with_every_fact(pack: ResolvedPack, chance: random.Random) -> ResolvedPack:
    """Let the pack ask for every fact, each measured in some way."""
    named = {
        f"any-{fact.replace('_', '-')}": FactItem(
            id=f"any-{fact.replace('_', '-')}",
            title=FACTS[fact].title,
            origin=fact,
            settings=random_settings(chance, fact),
        )
        for fact in REGISTRY
        if fact not in _NOT_READ
        and not any(each not in pack.items.parameters for each in FACTS[fact].reads)
    }
    return replace(pack, items=replace(pack.items, facts={**pack.items.facts, **named}))


@pytest.mark.parametrize("name", _packs())
def test_random_conditions_agree_with_the_plain_interpreter(name: str) -> None:
    chance = random.Random(name)  # noqa: S311 -- picks test inputs
    asked = _asked(name)
    assert asked is not None
    pack = _with_every_fact(asked, chance)
    evaluation, oracle = RosterEvaluation(_county(), pack), Oracle(_county(), pack)
    facts = {
        key: FACTS[item.origin]
        for key, item in pack.items.facts.items()
        if FACTS[item.origin].about in (About.PERSON, About.UNIT)
        and (FACTS[item.origin].words or FACTS[item.origin].type is not FactType.WORD)
    }
    persons = _county()["persons"].sort("person_id").to_dicts()

    for _ in range(CONDITIONS):
        condition = random_condition(chance, facts)
        truth = evaluation.persons(condition)
        found = [None if u else bool(y) for y, u in zip(truth.yes, truth.unknown, strict=True)]
        expected = [oracle.holds(condition, person, None) for person in persons]
        assert (condition, found) == (condition, expected)
