"""Paired schools (结对学校): who counts for which side, in two schools that can be counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from junheng.engine.audit import Audit, QuotaLine, audit
from junheng.engine.plans.plan import Move, Plan, PlanReceipt
from junheng.engine.policy.items import Bound, Population, Strength
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import screen
from junheng.errors import QuestionError
from tests.engine.audit.rules import is_word, number, pair_quota, with_items
from tests.engine.balance.county_of_three import (
    DAY,
    FOUNDED,
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    county,
    person,
    unit,
)

PACK = resolve(load("datong-example"), on=DAY)
TWO: dict[str, Any] = {
    "relation": "exactly",
    "bound": Bound(number=number(2)),
    "equal_sides": False,
}
BY_STAGE = ("pair", "side", "stage")
NINE_YEARS = unit(
    NEW_TOWN,
    unit_area="乡村",
    unit_stages=["小学", "初中"],
    primary_pupils=100,
    junior_pupils=100,
)
HERE = "–".join(sorted((RIVERSIDE, HILLTOP)))


def _roster(**partners: str) -> Roster:
    """Return three schools of four teachers each, of which some name a partner."""
    schools = (RIVERSIDE, HILLTOP, NEW_TOWN)
    people = [person(f"{school}{n}", school) for school in schools for n in range(4)]
    known = {"stage": "小学", "subject": "语文", "role": "教师", "required": 0}
    posts = [{"unit_id": school, "established": 9, **known} for school in schools]
    honours = [
        {"person_id": each["person_id"], "honour": "骨干教师", "honour_level": "县级"}
        for each in people
    ]
    roster = county(people, [NINE_YEARS], posts=posts, honours=honours)
    named = pl.col("unit_id").replace_strict(partners, default=None, return_dtype=pl.String)
    units = roster["units"].with_columns(pair_partner=named)
    return replace(roster, tables={**roster.tables, "units": units})


PAIRED = {HILLTOP: RIVERSIDE}


def _audited(
    *moves: tuple[str, str],
    partners: dict[str, str] = PAIRED,
    decisions: list[dict[str, Any]] | None = None,
    outcome: str = "due",
    **quota: Any,
) -> Audit:
    """Audit moves, each of a person of a school to a school; all have the same outcome."""
    rule = pair_quota(**quota)
    pack = with_items(PACK, quotas={rule.id: rule})
    roster = _roster(**partners)
    if decisions:
        frame = pl.DataFrame(decisions, schema=roster["decisions"].schema)
        roster = replace(roster, tables={**roster.tables, "decisions": frame})
    screening = screen(roster, pack)
    verdicts = screening.verdicts.with_columns(
        outcome=pl.lit(outcome),
        track=pl.lit("teacher"),
        because=pl.lit(["teacher-due"], dtype=pl.List(pl.String)),
        strength=pl.lit("hard"),
    )
    screening = replace(screening, verdicts=verdicts)
    receipt = PlanReceipt(
        screening=screening.receipt, solver="", seed=1, programme="datong-example-2026"
    )
    made = tuple(
        Move(person_id=who, from_unit=who[:-1], to_unit=to, stage="小学", subject="语文")
        for who, to in sorted(moves)
    )
    return audit(roster, screening, Plan(receipt=receipt, moves=made))


def _lines(found: Audit) -> dict[tuple[str, ...], tuple[int, int]]:
    lines: list[QuotaLine] = [line for line in found.quotas if line.id == "swap"]
    return {line.cell: (line.reached, line.bound) for line in lines}


def test_either_side_has_its_cell_whether_anybody_goes_or_not() -> None:
    found = _audited((f"{RIVERSIDE}0", HILLTOP), per=BY_STAGE, **TWO)

    assert _lines(found) == {
        (HERE, RIVERSIDE, "小学"): (1, 2),
        (HERE, HILLTOP, "小学"): (0, 2),
    }


def test_who_goes_to_a_third_school_counts_for_no_pair() -> None:
    found = _audited((f"{RIVERSIDE}0", NEW_TOWN), per=BY_STAGE, **TWO)

    assert {reached for reached, _ in _lines(found).values()} == {0}


@pytest.mark.parametrize(("to", "reached"), [(HILLTOP, 4), (NEW_TOWN, 4)])
def test_volunteer_counts_at_the_own_school_wherever_the_plan_sends_them(
    to: str, reached: int
) -> None:
    both = Population(among="movers_and_volunteers")

    found = _audited((f"{RIVERSIDE}0", to), outcome="may", count=both, **TWO)

    assert _lines(found)[HERE, RIVERSIDE][0] == reached


def test_school_for_which_the_quota_is_not_has_no_cell_even_with_nobody_in_it() -> None:
    partners = {NEW_TOWN: RIVERSIDE}
    found = _audited(partners=partners, units=is_word("unit_area", "城市"), **TWO)

    assert {side for _, side in _lines(found)} == {RIVERSIDE}
    assert [each.unit_id for each in found.unmet if each.rule == "swap"] == [RIVERSIDE]


def test_cell_of_a_pair_by_zone_stands_with_nobody_in_it() -> None:
    found = _audited(per=("pair", "zone"), equal_sides=False)

    assert _lines(found) == {(HERE, "第1片区"): (0, 9)}


def test_what_a_side_sends_too_few_is_owed_at_its_school() -> None:
    found = _audited((f"{RIVERSIDE}0", HILLTOP), per=BY_STAGE, **TWO)

    owed = {e.unit_id: (e.reached, e.required) for e in found.unmet if e.rule == "swap"}
    assert owed == {RIVERSIDE: (1, 2), HILLTOP: (0, 2)}


@pytest.mark.parametrize(("sent", "codes"), [(2, []), (3, ["audit.cap"])])
def test_side_that_sends_more_than_its_number_breaks_the_cap(
    sent: int, codes: list[str]
) -> None:
    found = _audited(*((f"{RIVERSIDE}{n}", HILLTOP) for n in range(sent)), **TWO)

    here = [each for each in found.violations if each.rule == "swap"]
    assert [each.code for each in here] == codes
    assert {each.units for each in here} <= {(RIVERSIDE,)}


@pytest.mark.parametrize(("back", "codes"), [(2, []), (1, ["audit.unequal-sides"])])
def test_sides_that_owe_the_same_send_the_same(back: int, codes: list[str]) -> None:
    there = [(f"{RIVERSIDE}{n}", HILLTOP) for n in range(2)]

    found = _audited(*there, *((f"{HILLTOP}{n}", RIVERSIDE) for n in range(back)))

    here = [each for each in found.violations if each.rule == "swap"]
    assert [each.code for each in here] == codes
    assert [each.blocks for each in here] == [True] * len(codes)


@pytest.mark.parametrize("at", [RIVERSIDE, HILLTOP])
def test_unequal_sides_in_principle_are_lifted_by_a_decision_for_either_a28(at: str) -> None:
    decision = {"decision_kind": "例外批准", **FOUNDED, "unit_id": at, "rule_id": "swap"}

    found = _audited(
        (f"{RIVERSIDE}0", HILLTOP), decisions=[decision], strength=Strength.PRINCIPLE
    )

    assert [(e.code, e.blocks) for e in found.violations if e.rule == "swap"] == [
        ("audit.unequal-sides", False)
    ]


def test_stage_that_the_partner_does_not_teach_has_no_cell() -> None:
    found = _audited(partners={NEW_TOWN: RIVERSIDE}, per=BY_STAGE, **TWO)

    assert {stage for _, _, stage in _lines(found)} == {"小学"}


def test_school_in_two_pairs_refuses_the_question() -> None:
    with pytest.raises(QuestionError, match=r"audit.pair-in-two"):
        _audited(partners={HILLTOP: RIVERSIDE, NEW_TOWN: RIVERSIDE})
