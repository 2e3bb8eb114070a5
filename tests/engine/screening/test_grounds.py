"""Which rules rest on a private ground, through whatever they mention (§12)."""

from dataclasses import replace
from datetime import date

import pytest

from junheng.engine.policy.conditions import Condition, FactTest, Not, RuleTest
from junheng.engine.policy.items import Rule
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.screening.grounds import rests_on_ground


@pytest.fixture(scope="module")
def pack() -> ResolvedPack:
    return resolve(load("datong-example"), on=date(2026, 8, 31))


def _rule(pack: ResolvedPack, when: Condition) -> Rule:
    return replace(pack.items.rules["teacher-due"], id="new", who=None, when=when, private="")


def test_a_rule_that_says_so_and_one_that_forgot_to_rest_on_a_ground(
    pack: ResolvedPack,
) -> None:
    health = pack.items.rules["defer-health"]
    silent = replace(health, id="new", private="")

    assert [rests_on_ground(pack, each) for each in (health, silent)] == [True, True]


def test_a_rule_carries_the_grounds_of_the_rule_it_mentions(pack: ResolvedPack) -> None:
    carrying = _rule(pack, Not(RuleTest("defer-health")))
    plain = _rule(pack, Not(RuleTest("teacher-due")))

    assert [rests_on_ground(pack, each) for each in (carrying, plain)] == [True, False]


def test_a_circumstance_is_a_ground_only_if_its_kinds_are(pack: ResolvedPack) -> None:
    circumstances = {
        name: item for name, item in pack.items.facts.items() if item.origin == "circumstance"
    }

    grounds = {
        name: rests_on_ground(pack, _rule(pack, FactTest(name, ()))) for name in circumstances
    }

    assert set(grounds.values()) == {True, False}
    assert rests_on_ground(pack, _rule(pack, FactTest("circumstance", ())))
    assert not rests_on_ground(pack, _rule(pack, FactTest("age", ())))
