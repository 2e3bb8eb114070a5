"""Five hundred spoilt plans, each found and named; clean plans stay clean."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from junheng.engine.audit import violation_text
from junheng.engine.policy.items import MOVABLE, Destination, Guard, Quota, Rule, Strength
from junheng.engine.screening import screen
from junheng.messages import Language
from tests.engine.audit.mutant import Mutant
from tests.engine.audit.mutations import MUTATIONS, mutants
from tests.engine.audit.worlds import World, world

NUMBER = 500
SEED = 7


@cache
def worlds() -> tuple[World, ...]:
    """Return the counties that are spoilt: both example packs, relations kept and moved."""
    moving = {"exchange-relation": "relation-moves"}
    return (
        world(screen, "datong-example", 3),
        world(screen, "datong-example", 5, settings=moving),
        world(screen, "district-managed-example", 7),
    )


def named(mutant: Mutant) -> bool:
    """Whether the audit finds the violation under its code and rule, where it was put."""
    return any(
        violation.code == mutant.code
        and violation.rule == mutant.rule
        and (not mutant.person or mutant.person in violation.persons)
        and (not mutant.unit or mutant.unit in violation.units)
        and violation.blocks
        for violation in mutant.world.audited().violations
    )


Kind = tuple[str, str, str]
"""Name of the mutation, code and rule."""


def tally(number: int, seed: int) -> tuple[Counter[Kind], Counter[Kind]]:
    """Return how many mutants of each kind were found and named, and how many missed."""
    found: Counter[Kind] = Counter()
    missed: Counter[Kind] = Counter()
    for name, mutant in mutants(list(worlds()), number, seed):
        judged = found if named(mutant) else missed
        judged[name, mutant.code, mutant.rule] += 1
    return found, missed


def binding_rules() -> set[str]:
    """Return every hard or principle item of the packs that a move can break."""
    bound: set[str] = set()
    for each in worlds():
        items = each.pack.items
        closing = [r for r in items.rules.values() if r.effect not in MOVABLE]
        caps = [q for q in items.quotas.values() if q.relation != "at_least"]
        ruled: list[Rule | Quota | Destination | Guard] = [
            *closing,
            *caps,
            *items.destinations.values(),
            *items.guards.values(),
        ]
        bound |= {item.id for item in ruled if item.strength is not Strength.ENCOURAGED}
    return bound


@pytest.mark.slow
def test_each_of_five_hundred_single_violations_is_found_and_named() -> None:
    found, missed = tally(NUMBER, SEED)

    assert dict(missed) == {}
    assert sum(found.values()) == NUMBER
    assert sorted({name for name, _, _ in found}) == sorted(MUTATIONS)
    assert sorted(binding_rules() - {rule for _, _, rule in found}) == []


def test_clean_plans_of_every_kind_of_world_have_no_violations() -> None:
    assert [each.audited().violations for each in worlds()] == [(), (), ()]


@pytest.mark.parametrize("language", list(Language))
def test_every_kind_of_violation_can_be_worded(language: Language) -> None:
    texts = [
        violation_text(violation, language)
        for _, mutant in mutants(list(worlds()), 2 * len(MUTATIONS), SEED)
        for violation in mutant.world.audited().violations
    ]

    assert texts
    assert [text for text in texts if "{" in text] == []
