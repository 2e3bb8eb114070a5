"""The auditor's reading of conditions and the evaluator's: two codes, one answer."""

from __future__ import annotations

from functools import cache
from random import Random

import numpy as np
import pytest

from junheng.engine.audit.conditions import Answer
from junheng.engine.audit.ground import Ground, ground_of
from junheng.engine.policy.conditions import ClassTest, Condition
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
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
