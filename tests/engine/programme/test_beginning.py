"""A programme begins with what screening knows, and asks the same of classes."""

from __future__ import annotations

import pytest

from junheng.engine.policy.conditions import ClassTest
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.programme import beginning, calendar_of
from junheng.engine.programme.frame import view_of
from junheng.engine.roster.generator import TINY_DAY, tiny
from junheng.engine.screening import Screening, screen


@pytest.fixture(scope="module", params=["datong-example", "district-managed-example"])
def screening(request: pytest.FixtureRequest) -> Screening:
    """Return the screening of a very small county."""
    return screen(tiny(3), resolve(load(request.param), on=TINY_DAY))


def test_everybody_and_every_unit_takes_part_with_the_outcome_screening_gave(
    screening: Screening,
) -> None:
    state = beginning(screening, programme="2025")
    verdicts = screening.verdicts.iter_rows(named=True)

    assert {each.id: each.outcome for each in state.members.values()} == {
        row["person_id"]: row["outcome"] for row in verdicts
    }
    assert tuple(state.units) == screening.evaluation.unit_ids
    assert state.day == TINY_DAY


def test_every_class_of_persons_is_answered_as_screening_answers_it(
    screening: Screening,
) -> None:
    state = beginning(screening, programme="2025")
    evaluation, pack = screening.evaluation, screening.evaluation.pack
    reader = next(iter(pack.items.steps.values()))
    persons = [name for name, item in pack.items.classes.items() if item.of == "person"]

    for name in persons:
        truth = evaluation.persons(ClassTest(name))
        for place, person in enumerate(evaluation.person_ids):
            view = view_of(state, pack, calendar_of(pack), reader, person, TINY_DAY)
            known = None if truth.unknown[place] else bool(truth.yes[place])
            assert view.holds(ClassTest(name)) is known, (name, person)
