"""The auditor's reading of conditions and the evaluator's: two codes, one answer."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from random import Random

import numpy as np
import pytest

from junheng.engine.audit.conditions import Answer
from junheng.engine.audit.ground import Ground, ground_of
from junheng.engine.policy.conditions import (
    ClassTest,
    Comparator,
    Comparison,
    Condition,
    FactTest,
    Literal,
)
from junheng.engine.policy.loading import load
from junheng.engine.policy.registered.units import AFTER_PLAN
from junheng.engine.policy.registration import Fact
from junheng.engine.policy.resolving import resolve
from junheng.engine.policy.vocabulary import FACTS, About, FactType
from junheng.engine.roster.generator import TINY_DAY, generate
from junheng.engine.screening import screen
from junheng.engine.screening.verdicts import Truth

PACKS = ("datong-example", "district-managed-example")


@cache
def county(pack_id: str) -> Ground:
    """Return a county as the auditor sees it."""
    roster = generate(units=20, persons=400, seed=23, on=TINY_DAY)
    return ground_of(roster, screen(roster, resolve(load(pack_id), on=TINY_DAY)))


def _answers(truth: Truth) -> list[Answer]:
    return [
        None if unknown else bool(yes)
        for yes, unknown in zip(truth.yes, truth.unknown, strict=True)
    ]


@pytest.mark.parametrize("pack_id", PACKS)
def test_classes_have_the_same_members_in_both_readings(pack_id: str) -> None:
    ground = county(pack_id)
    evaluation = ground.screening.evaluation
    for item in ground.pack.items.classes.values():
        asked = ClassTest(item.id)
        if item.of == "person":
            found = [ground.ask.person(asked, person) for person in evaluation.person_ids]
            expected = _answers(evaluation.persons(asked))
        else:
            found = [ground.ask.unit(item.when, unit) for unit in evaluation.unit_ids]
            expected = _answers(evaluation.units(item.when))
        assert (item.id, found) == (item.id, expected)


@pytest.mark.parametrize("pack_id", PACKS)
def test_conditions_about_moves_have_the_same_answers_in_both_readings(pack_id: str) -> None:
    ground = county(pack_id)
    evaluation = ground.screening.evaluation
    random = Random(4)  # noqa: S311 -- not for secrets
    people = sorted(random.choices(sorted(ground.staff.members), k=400))
    hosts = random.choices(evaluation.unit_ids, k=400)
    at = np.array([evaluation.person_ids.index(person) for person in people])
    to = np.array([evaluation.unit_ids.index(unit) for unit in hosts])
    for title, condition in _about_moves(ground):
        found = [
            ground.ask.move(condition, person, unit)
            for person, unit in zip(people, hosts, strict=True)
        ]
        assert (title, found) == (title, _answers(evaluation.moves(condition, at, to)))


def _about_moves(ground: Ground) -> list[tuple[str, Condition]]:
    items = ground.pack.items
    found = [(form.id, form.moves) for form in items.arrangements.values()]
    for rule in items.destinations.values():
        parts = (rule.who, rule.where, rule.must, rule.must_not, rule.prefer)
        found += [(rule.id, part) for part in parts]
    return [(title, condition) for title, condition in found if condition is not None]


def _leaf(name: str, fact: Fact) -> FactTest | None:
    """Return a question about a registered fact that needs no settings."""
    if any(setting.required for setting in fact.settings.values()):
        return None
    match fact.type:
        case FactType.TRUTH:
            comparison = Comparison(Comparator.IS, Literal((True,)))
        case FactType.NUMBER:
            comparison = Comparison(Comparator.AT_LEAST, Literal((Fraction(1),)))
        case FactType.WORD if fact.words:
            comparison = Comparison(Comparator.IS, Literal((fact.words[0],)))
        case _:
            return None
    return FactTest(name, (comparison,))


def _leaves(about: About) -> list[FactTest]:
    found = (_leaf(name, fact) for name, fact in FACTS.items() if fact.about is about)
    return [leaf for leaf in found if leaf and leaf.fact not in AFTER_PLAN]


@pytest.mark.parametrize("leaf", _leaves(About.PERSON), ids=lambda leaf: leaf.fact)
def test_each_fact_of_persons_has_one_answer(leaf: FactTest) -> None:
    ground = county(PACKS[0])
    evaluation = ground.screening.evaluation

    found = [ground.ask.person(leaf, person) for person in evaluation.person_ids]

    assert found == _answers(evaluation.persons(leaf))


@pytest.mark.parametrize("leaf", _leaves(About.UNIT), ids=lambda leaf: leaf.fact)
def test_each_fact_of_units_has_one_answer(leaf: FactTest) -> None:
    ground = county(PACKS[0])
    evaluation = ground.screening.evaluation

    found = [ground.ask.unit(leaf, unit) for unit in evaluation.unit_ids]

    assert found == _answers(evaluation.units(leaf))


@pytest.mark.parametrize("leaf", _leaves(About.MOVE), ids=lambda leaf: leaf.fact)
def test_each_fact_of_moves_has_one_answer(leaf: FactTest) -> None:
    ground = county(PACKS[0])
    evaluation = ground.screening.evaluation
    people = sorted(ground.staff.members)[:40]
    pairs = [(person, unit) for person in people for unit in evaluation.unit_ids]
    at = np.array([evaluation.person_ids.index(person) for person, _ in pairs])
    to = np.array([evaluation.unit_ids.index(unit) for _, unit in pairs])

    found = [ground.ask.move(leaf, person, unit) for person, unit in pairs]

    assert found == _answers(evaluation.moves(leaf, at, to))
