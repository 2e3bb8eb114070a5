"""The first objective in a county of two schools that can be counted by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from junheng.engine.audit import Audit, audit
from junheng.engine.plans.plan import Move, Plan, PlanReceipt, Unmet
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import screen
from tests.engine.balance.county_of_three import DAY, HILLTOP, RIVERSIDE, county, person

PACK = resolve(load("datong-example"), on=DAY)


def _post(unit: str, required: int, established: int | None, **known: Any) -> dict[str, Any]:
    row = {
        "unit_id": unit,
        "stage": "小学",
        "subject": "语文",
        "role": "教师",
        "required": required,
        "established": established,
    }
    return row | known


def _county(riverside: int, posts: list[dict[str, Any]]) -> Roster:
    people = [person(f"林{n}", RIVERSIDE) for n in range(riverside)]
    honours = [
        {"person_id": f"林{n}", "honour": "骨干教师", "honour_level": "校级"}
        for n in range(riverside)
    ]
    declared = [
        {"unit_id": unit, "table_name": "荣誉", "complete_as_of": DAY}
        for unit in (RIVERSIDE, HILLTOP)
    ]
    return county(people, posts=posts, honours=honours, declarations=declared)


def _audited(
    roster: Roster, *to_hilltop: str, pack: ResolvedPack = PACK, due: bool = True
) -> Audit:
    screening = screen(roster, pack)
    outcome, because = ("due", ["teacher-due"]) if due else ("not_due", [])
    verdicts = screening.verdicts.with_columns(
        outcome=pl.lit(outcome),
        track=pl.lit("teacher"),
        because=pl.lit(because, dtype=pl.List(pl.String)),
        strength=pl.lit("hard"),
    )
    screening = replace(screening, verdicts=verdicts)
    moves = tuple(
        Move(person_id=who, from_unit=RIVERSIDE, to_unit=HILLTOP, stage="小学", subject="语文")
        for who in to_hilltop
    )
    receipt = PlanReceipt(
        screening=screening.receipt, solver="", seed=1, programme="datong-example-2026"
    )
    return audit(roster, screening, Plan(receipt=receipt, moves=moves))


def _of(found: Audit, *kinds: str) -> list[Unmet]:
    return [each for each in found.unmet if each.kind in kinds]


def test_shortage_and_surplus_are_counted_by_cell_after_the_moves() -> None:
    roster = _county(3, [_post(RIVERSIDE, 1, 2), _post(HILLTOP, 2, 2)])

    before, after = _audited(roster), _audited(roster, "林0")

    cell = {"stage": "小学", "subject": "语文"}
    assert _of(before, "shortage", "surplus") == [
        Unmet(kind="shortage", unit_id=HILLTOP, required=2, reached=0, **cell),
        Unmet(kind="surplus", unit_id=RIVERSIDE, required=2, reached=3, **cell),
    ]
    assert _of(after, "shortage", "surplus") == [
        Unmet(kind="shortage", unit_id=HILLTOP, required=2, reached=1, **cell)
    ]


def test_blank_established_number_sets_no_upper_limit() -> None:
    roster = _county(3, [_post(RIVERSIDE, 1, None), _post(HILLTOP, 0, None)])

    assert _of(_audited(roster), "shortage", "surplus") == []


def test_missing_head_is_a_shortage_of_the_role() -> None:
    head = _post(HILLTOP, 1, 1, role="校长", subject=None, stage=None)
    roster = _county(1, [_post(RIVERSIDE, 1, 1), head])

    assert _of(_audited(roster), "shortage") == [
        Unmet(kind="shortage", unit_id=HILLTOP, role="校长", required=1, reached=0)
    ]


def test_duty_of_everyone_leaves_each_due_person_unmet_until_moved() -> None:
    roster = _county(3, [_post(RIVERSIDE, 0, 9), _post(HILLTOP, 0, 9)])
    planning = PACK.items.planning["example-planning"]
    everyone = replace(planning, duties=(("teacher", "everyone"),))
    items = replace(PACK.items, planning={everyone.id: everyone})
    pack = replace(PACK, items=items)

    found = _audited(roster, "林1", pack=pack)

    assert [each.person_id for each in _of(found, "duty")] == ["林0", "林2"]


def test_floor_of_a_tenth_of_the_due_asks_for_one_of_three() -> None:
    roster = _county(3, [_post(RIVERSIDE, 0, 9), _post(HILLTOP, 0, 9)])

    before, after = _audited(roster), _audited(roster, "林0")

    line = next(each for each in before.quotas if each.id == "teachers-exchanged")
    assert (str(line.exact), line.bound, line.reached, line.met) == ("3/10", 1, 0, False)
    assert [each.rule for each in _of(before, "quota")] == ["teachers-exchanged"]
    met = {each.id: each.met for each in after.quotas}
    assert met["teachers-exchanged"] is True


def test_moving_somebody_who_is_not_due_is_a_hard_violation() -> None:
    roster = _county(12, [_post(RIVERSIDE, 0, 19), _post(HILLTOP, 0, 9)])

    found = _audited(roster, "林0", due=False)

    assert [(v.code, str(v.strength)) for v in found.violations] == [
        ("audit.not-movable", "hard")
    ]
