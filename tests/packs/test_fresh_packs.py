"""A plan written from the pages alone: its cases, and a county planned under it and audited."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from junheng.engine.audit import audit
from junheng.engine.planning import Planned, plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.screening import screen
from junheng.engine.screening.cases import run_cases

_ON = date(2026, 8, 31)
_PACK = Path(__file__).parent / "fresh" / "cloud-screen"


def test_every_case_of_a_district_with_school_groups_comes_out() -> None:
    assert run_cases(load(_PACK)) == ()


def test_a_county_under_a_plan_written_from_the_pages_gets_one_that_passes_the_audit() -> None:
    resolved = resolve(load(_PACK), on=_ON)
    roster = generate(units=8, persons=140, seed=3, on=_ON)
    screening = screen(roster, resolved)

    outcome = plan(roster, screening, seed=1)

    assert isinstance(outcome, Planned)
    assert outcome.plan.moves
    assert all(each.proven for each in outcome.plan.objectives)
    found = audit(roster, screening, outcome.plan)
    assert [violation.code for violation in found.violations if violation.blocks] == []
