"""The auditor finds nothing to blame in plans of the planner, which shares no code with it."""

from __future__ import annotations

from functools import cache

import pytest

from junheng.engine.audit import Audit, audit
from junheng.engine.planning import Planned, plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import TINY_DAY, generate, tiny
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import screen

PLANS = 200
KINDS = (
    ("datong-example", ""),
    ("datong-example", "relation-moves"),
    ("district-managed-example", ""),
)


@cache
def pack_of(kind: tuple[str, str]) -> ResolvedPack:
    """Return an example pack, as it is or with relations that move."""
    settings = {"exchange-relation": kind[1]} if kind[1] else {}
    return resolve(load(kind[0]), on=TINY_DAY, settings=settings)


def _audited(roster: Roster, kind: tuple[str, str], seed: int) -> Audit | None:
    """Plan and audit; None where no plan keeps every rule."""
    screening = screen(roster, pack_of(kind))
    found = plan(roster, screening, seed=seed)
    return audit(roster, screening, found.plan) if isinstance(found, Planned) else None


@pytest.mark.slow
def test_nothing_is_invented_about_two_hundred_plans_of_the_planner() -> None:
    audited = 0
    seed = 0
    blamed = {}
    while audited < PLANS:
        roster = tiny(seed, 2 + seed % 3, 4 + seed % 6)
        found = _audited(roster, KINDS[seed % len(KINDS)], seed)
        audited += found is not None
        if found is not None and found.violations:
            blamed[seed] = [(v.code, v.rule) for v in found.violations]
        seed += 1

    assert blamed == {}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_plan_of_a_county_of_twenty_schools_is_clean_and_says_the_truth(
    kind: tuple[str, str],
) -> None:
    roster = generate(units=20, persons=400, seed=11, on=TINY_DAY)

    found = _audited(roster, kind, 11)

    assert found is not None
    assert found.violations == ()
    assert [line.stated for line in found.objectives] == [
        line.value for line in found.objectives
    ]
