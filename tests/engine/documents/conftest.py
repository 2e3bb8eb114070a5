"""A planned and audited sample county, made once for all tests of documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from junheng.engine.audit import Audit, audit
from junheng.engine.planning import Planned, plan
from junheng.engine.plans import Plan
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.screening import Screening, screen

ON = date(2026, 8, 31)


@dataclass(frozen=True, slots=True)
class County:
    """What every document of a county is made from."""

    screening: Screening
    plan: Plan
    audited: Audit


@pytest.fixture(scope="session")
def county() -> County:
    """A sample county of 20 units and 500 persons with its plan."""
    roster = generate(units=20, persons=500, seed=7, on=ON)
    screening = screen(roster, resolve(load("datong-example"), on=ON))
    outcome = plan(roster, screening, seed=7)
    assert isinstance(outcome, Planned)
    return County(screening, outcome.plan, audit(roster, screening, outcome.plan))
