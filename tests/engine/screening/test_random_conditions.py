"""Random conditions over every fact agree with the plain interpreter, under every pack."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest

from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items import FactItem
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.vocabulary import FACTS, About, FactType
from junheng.engine.roster.roster import Roster
from junheng.engine.screening.evaluation import RosterEvaluation
from junheng.engine.screening.facts.registry import REGISTRY
from tests.engine.screening.asking import asked, packs_with_rules
from tests.engine.screening.counties import ragged_county
from tests.engine.screening.oracle import Oracle
from tests.engine.screening.random_questions import random_condition, random_settings

CONDITIONS = 60


@cache
def _county() -> Roster:
    return ragged_county(41, persons=60)


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
        if not any(each not in pack.items.parameters for each in FACTS[fact].reads)
    }
    return replace(pack, items=replace(pack.items, facts={**pack.items.facts, **named}))


@pytest.mark.parametrize("name", packs_with_rules())
def test_random_conditions_agree_with_the_plain_interpreter(name: str) -> None:
    chance = random.Random(name)  # noqa: S311 -- picks test inputs
    pack = _with_every_fact(asked(name), chance)
    evaluation, oracle = RosterEvaluation(_county(), pack), Oracle(_county(), pack)
    facts = {
        key: FACTS[item.origin]
        for key, item in pack.items.facts.items()
        if not any(isinstance(value, Unset) for _, value in item.settings)
        and FACTS[item.origin].about in (About.PERSON, About.UNIT)
        and (FACTS[item.origin].words or FACTS[item.origin].type is not FactType.WORD)
    }
    persons = _county()["persons"].sort("person_id").to_dicts()

    for _ in range(CONDITIONS):
        condition = random_condition(chance, facts)
        truth = evaluation.persons(condition)
        found = [None if u else bool(y) for y, u in zip(truth.yes, truth.unknown, strict=True)]
        expected = [oracle.holds(condition, person, None) for person in persons]
        assert (condition, found) == (condition, expected)
