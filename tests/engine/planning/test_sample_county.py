"""The sample county of 20 schools and 500 persons under both example packs."""

from datetime import date

import pytest

from junheng.engine.audit import audit
from junheng.engine.planning import Planned, plan
from junheng.engine.plans import plan_text
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.screening import screen

ON = date(2026, 8, 31)
PACKS = ("datong-example", "district-managed-example")
OBJECTIVES = ("unmet_obligations", "balance", "wishes", "travel", "draw")


@pytest.mark.parametrize("pack_id", PACKS)
def test_the_sample_plan_is_proven_and_the_auditor_finds_the_same_values(pack_id: str) -> None:
    roster = generate(units=20, persons=500, seed=2, on=ON)
    screening = screen(roster, resolve(load(pack_id), on=ON))

    outcome = plan(roster, screening, seed=4)

    assert isinstance(outcome, Planned)
    audited = audit(roster, screening, outcome.plan)
    assert [each.id for each in outcome.plan.objectives if not each.proven] == []
    assert audited.clean
    assert {line.id: line.value for line in audited.objectives} == {
        each.id: each.value for each in outcome.plan.objectives
    }
    assert audited.unmet == outcome.plan.unmet


def test_the_sample_plan_is_the_same_bytes_again() -> None:
    texts = set()
    for _ in range(2):
        roster = generate(units=20, persons=500, seed=3, on=ON)
        outcome = plan(roster, screen(roster, resolve(load(PACKS[0]), on=ON)), seed=4)
        assert isinstance(outcome, Planned)
        texts.add(plan_text(outcome.plan))

    assert len(texts) == 1


@pytest.mark.slow
@pytest.mark.parametrize("limit", [0.05, 0.4])
def test_a_large_county_cut_by_a_time_limit_gets_a_sound_plan_and_honest_gaps(
    limit: float,
) -> None:
    roster = generate(units=100, persons=5000, seed=1, on=ON)
    screening = screen(roster, resolve(load(PACKS[1]), on=ON))

    outcome = plan(roster, screening, seed=4, time_limit=limit)

    assert isinstance(outcome, Planned)
    assert audit(roster, screening, outcome.plan).clean
    assert [o.id for o in outcome.plan.objectives] == list(OBJECTIVES)
    assert [o.id for o in outcome.plan.objectives if not 0 <= o.bound <= o.value] == []
    assert not all(o.proven for o in outcome.plan.objectives)
