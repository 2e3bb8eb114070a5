"""The registry holds exactly the facts that a pack can name."""

from junheng.engine.policy.vocabulary import AFTER_PLAN, FACTS, OF_PLACEMENTS, About
from junheng.engine.roster.tables import BY_ID
from junheng.engine.screening.facts.registry import COLUMN_FACTS, MOVE_FACTS, REGISTRY


def test_registry_computes_exactly_the_registered_facts() -> None:
    computed = {*REGISTRY, *MOVE_FACTS}

    assert computed == set(FACTS) - {*AFTER_PLAN, *OF_PLACEMENTS}


def test_facts_of_moves_are_those_the_vocabulary_says_are_about_moves() -> None:
    assert set(MOVE_FACTS) == {name for name, f in FACTS.items() if f.about is About.MOVE}


def test_each_column_fact_is_a_column_of_persons_or_units() -> None:
    persons = {column.id for column in BY_ID["persons"].columns} | {"birth_date"}
    units = {column.id for column in BY_ID["units"].columns}

    lacking = [
        name
        for name in COLUMN_FACTS
        if name not in (units if FACTS[name].about is About.UNIT else persons)
    ]

    assert lacking == []
