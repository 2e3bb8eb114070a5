"""Every shipped pack that moves teachers plans a small county, and the audit agrees."""

from functools import cache
from pathlib import Path

import polars as pl
import pytest

from junheng.engine.audit import audit
from junheng.engine.planning import Planned, plan, refuse_unset
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.screening import screen
from junheng.errors import UnsetFigures
from tests.engine.planning.shipped import ON, Shipped, adopted

PACKS = (
    Shipped("paired-schools-lechang", ("paired-swap", "main-and-village", "support")),
    Shipped("support-teaching", ("support",)),
    Shipped(
        "autonomous-county",
        ("leaders-regular", "alliance", "team", "regular"),
        {
            "eligible-base": "due",
            "floor-rounding": "up",
            "floor-scope": "each-school",
            "affiliated-number": "1",
            "leader-length": "3",
        },
    ),
    Shipped(
        "autonomous-county",
        ("leaders-regular", "alliance", "team", "regular"),
        {
            "eligible-base": "due",
            "floor-rounding": "up",
            "floor-scope": "together",
            "affiliated-number": "1",
            "leader-length": "3",
        },
    ),
    Shipped("ruian", ("stand-in", "cooperation")),
    Shipped("wushi", ("tempering-exchange", "activation-exchange", "voluntary-exchange")),
    Shipped("school-partnership-xinmi", ("seconded", "full-time")),
    Shipped("datong", ("cooperative", "optimising")),
    Shipped("district-managed", ("rebalancing", "within-township", "rural-junior")),
)


@cache
def _county() -> Roster:
    return generate(units=8, persons=140, seed=3, on=ON)


def _issuing(roster: Roster, pack: ResolvedPack) -> Roster:
    """Issue one person in the first unit for each quota that is issued by hand."""
    issued = [quota.id for quota in pack.items.quotas.values() if quota.bound.issued]
    if not issued:
        return roster
    unit = roster["units"]["unit_id"][0]
    rows = [{"quota_id": each, "unit_id": unit, "number": 1} for each in issued]
    held = {table: roster[table].drop("source", "row") for table in roster.given}
    return roster_of({**held, "issued_quotas": pl.DataFrame(rows)})


@pytest.mark.parametrize("shipped", PACKS, ids=lambda each: each.pack)
def test_a_county_under_a_shipped_pack_gets_a_plan_that_passes_the_audit(
    shipped: Shipped, tmp_path: Path
) -> None:
    resolved = adopted(shipped, tmp_path)
    roster = _issuing(_county(), resolved)
    screening = screen(roster, resolved)

    outcome = plan(roster, screening, seed=1)

    assert isinstance(outcome, Planned)
    assert all(each.proven for each in outcome.plan.objectives)
    found = audit(roster, screening, outcome.plan)
    assert [violation.code for violation in found.violations if violation.blocks] == []


@pytest.mark.parametrize(
    ("pack", "code"),
    [("hiring-generic", "pack.plans-nobody"), ("support-teaching", "pack.no-planning")],
)
def test_a_pack_that_plans_nothing_says_whether_it_could(pack: str, code: str) -> None:
    with pytest.raises(UnsetFigures) as refused:
        refuse_unset(resolve(load(pack), on=ON))

    assert [each.code for each in refused.value.problems][-1:] == [code]
