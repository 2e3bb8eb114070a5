"""Scenarios that only a plan can answer: limits it may not pass, and who goes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest

from junheng.engine.audit import Audit, audit
from junheng.engine.plans.plan import Move, Plan, PlanReceipt
from junheng.engine.policy.items import Strength
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve, resolve_with
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import screen
from junheng.engine.screening.verdicts import Evaluation
from tests.engine.balance.county_of_three import DAY, HILLTOP, RIVERSIDE, county, person, unit

_AUTONOMOUS_DAY = date(2021, 8, 31)


def _posts(at: str, title_posts: int) -> list[dict[str, Any]]:
    """Return subject posts of a school, and how many senior posts it is allowed."""
    subject = {"unit_id": at, "stage": "小学", "subject": "语文", "role": "教师"}
    band = {"unit_id": at, "grade_band": "高级", "established": title_posts}
    return [{**subject, "required": 0, "established": 9}, band]


def _honours(*persons: str) -> list[dict[str, Any]]:
    held = {"honour": "骨干教师", "honour_level": "县级"}
    return [{"person_id": who, **held} for who in persons]


def _audited_at(establishment: int, senior_posts: int) -> Audit:
    """Audit a senior teacher going for good to a school with so much room."""
    pack = resolve(
        load("datong-example"), on=DAY, settings={"exchange-relation": "relation-moves"}
    )
    people = [
        person("林", RIVERSIDE, title="高级教师"),
        person("赵", HILLTOP, title="高级教师"),
    ]
    people += [person(f"周{n}", RIVERSIDE) for n in range(9)]
    honours = _honours(*(each["person_id"] for each in people))
    posts = [*_posts(RIVERSIDE, 9), *_posts(HILLTOP, senior_posts)]
    roster = county(people, posts=posts, honours=honours)
    hilltop = pl.when(pl.col("unit_id") == HILLTOP).then(establishment)
    units = roster["units"].with_columns(establishment=hilltop.otherwise("establishment"))
    roster = replace(roster, tables={**roster.tables, "units": units})
    screening = screen(roster, pack)
    verdicts = screening.verdicts.with_columns(
        outcome=pl.lit("due"),
        track=pl.lit("teacher"),
        because=pl.lit(["teacher-due"], dtype=pl.List(pl.String)),
        strength=pl.lit("hard"),
    )
    screening = replace(screening, verdicts=verdicts)
    receipt = PlanReceipt(
        screening=screening.receipt, solver="", seed=1, programme="datong-example-2026"
    )
    move = Move(
        person_id="林", from_unit=RIVERSIDE, to_unit=HILLTOP, stage="小学", subject="语文"
    )
    return audit(roster, screening, Plan(receipt=receipt, moves=(move,)))


@pytest.mark.parametrize(
    ("establishment", "senior_posts", "codes"),
    [
        (2, 2, []),
        (1, 2, [("audit.establishment", "no-over-establishment")]),
        (2, 1, [("audit.structure", "no-over-structure")]),
    ],
)
def test_exchange_above_establishment_or_structure_is_refused_by_its_clause_a47(
    establishment: int, senior_posts: int, codes: list[tuple[str, str]]
) -> None:
    found = _audited_at(establishment, senior_posts).violations

    assert [(each.code, each.rule) for each in found] == codes
    assert all(each.values["cites"] == "七.5" for each in found)
    assert all(each.strength is Strength.HARD and each.blocks for each in found)


def _autonomous(roster: Roster) -> tuple[ResolvedPack, Evaluation]:
    pack = load("autonomous-county")
    values = dict(pack.items.settings["for-cases"].values)
    resolved = resolve_with(pack, on=_AUTONOMOUS_DAY, settings=values)
    return resolved, screen(roster, resolved).evaluation


@cache
def _with_rural_years(*rural: str) -> Roster:
    """Two teachers of one school, of whom these have taught at a village school."""
    stints = [
        {"person_id": who, "unit_id": at, "stint_kind": "任教", "since": begun, "until": ended}
        for who in ("林", "赵")
        for at, begun, ended in (
            ("村小" if who in rural else RIVERSIDE, date(2000, 9, 1), date(2005, 9, 1)),
            (RIVERSIDE, date(2005, 9, 1), None),
        )
    ]
    village = unit("村小", unit_area="乡村", unit_quality="一般")
    declared = [
        {"unit_id": RIVERSIDE, "table_name": "任职经历", "complete_as_of": _AUTONOMOUS_DAY}
    ]
    people = [person(who, RIVERSIDE) for who in ("林", "赵")]
    roster = county(people, [village], stints=stints, declarations=declared)
    units = roster["units"].with_columns(pl.col("unit_quality").fill_null("一般"))
    return replace(roster, tables={**roster.tables, "units": units})


@pytest.mark.parametrize(("rural", "first"), [("林", "赵"), ("赵", "林")])
def test_of_two_equals_the_one_without_rural_experience_goes_first_a55(
    rural: str, first: str
) -> None:
    pack, evaluation = _autonomous(_with_rural_years(rural))
    (key,) = pack.items.selection["without-rural-first"].keys
    assert key.prefer is not None

    preferred = evaluation.persons(key.prefer)

    ids = list(evaluation.person_ids)
    assert [who for who in ids if preferred.yes[ids.index(who)]] == [first]
    assert [who for who in ids if preferred.no[ids.index(who)]] == [rural]


@pytest.mark.parametrize(("senior_posts", "above"), [(1, True), (2, False)])
def test_senior_teacher_sent_where_no_senior_post_is_free_is_hired_above_them_a61(
    *, senior_posts: int, above: bool
) -> None:
    village = unit("村小", unit_area="乡村", unit_quality="一般")
    people = [
        person("林", RIVERSIDE, title="高级教师"),
        person("赵", "村小", title="高级教师"),
    ]
    posts = [*_posts(RIVERSIDE, 9), *_posts("村小", senior_posts)]
    pack, evaluation = _autonomous(county(people, [village], posts=posts))
    item = pack.items.entitlements["over-quota-teachers"]
    assert item.population.move is not None

    who = np.array([list(evaluation.person_ids).index("林")])
    to = np.array([list(evaluation.unit_ids).index("村小")])

    assert bool(evaluation.moves(item.population.move, who, to).yes[0]) is above
    assert (item.gives, item.release) == ("over_quota_post", "first_vacancy")
