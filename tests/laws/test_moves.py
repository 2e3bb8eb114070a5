"""Who may be moved, where everybody is afterwards, and what a plan says of itself."""

from __future__ import annotations

from collections import Counter

from hypothesis import given

from junheng.engine.audit import audit
from junheng.engine.policy.items import Outcome
from tests.laws.counties import County, counties, planned, tried

MOVABLE = {Outcome.DUE, Outcome.MAY, Outcome.SUPERVISED}


@tried(20)
@given(counties())
def test_nobody_is_moved_who_is_not_due_volunteering_or_supervised(county: County) -> None:
    outcomes = dict(county.screening.verdicts.select("person_id", "outcome").iter_rows())

    found = planned(county)

    wrongly = {m.person_id: outcomes[m.person_id] for m in found.moves}
    assert {p: outcome for p, outcome in wrongly.items() if outcome not in MOVABLE} == {}


@tried(20)
@given(counties())
def test_everybody_is_in_one_place_and_the_county_neither_gains_nor_loses(
    county: County,
) -> None:
    persons = county.roster["persons"]["person_id"].to_list()
    found = planned(county)

    audited = audit(county.roster, county.screening, found)

    before: Counter[tuple[str, ...]] = Counter()
    after: Counter[tuple[str, ...]] = Counter()
    for line in audited.staffing:
        cell = (line.stage, line.subject, line.role)
        before[cell] += line.before
        after[cell] += line.after
    moved = [move.person_id for move in found.moves]
    assert (sorted(set(moved)), after) == (moved, before)
    assert set(moved) <= set(persons)
    assert [m.person_id for m in found.moves if m.to_unit == m.from_unit] == []


@tried(20)
@given(counties())
def test_every_plan_is_clean_and_the_auditor_counts_the_same_values(county: County) -> None:
    found = planned(county)

    audited = audit(county.roster, county.screening, found)

    assert audited.violations == ()
    assert {line.id: line.value for line in audited.objectives} == {
        each.id: each.value for each in found.objectives
    }
    assert audited.unmet == found.unmet
