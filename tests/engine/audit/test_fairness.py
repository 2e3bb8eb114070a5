"""Burden and granted wishes by group, by hand; one or two persons are never told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from junheng.engine.audit import FairnessLine, Granted, fairness, fairness_lines
from junheng.engine.plans.plan import Move, Plan, PlanReceipt
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.roster import Roster
from junheng.engine.screening import Screening, screen
from junheng.messages import Language
from tests.engine.balance.county_of_three import DAY, HILLTOP, RIVERSIDE, county, person, unit

PACK = resolve(load("datong-example"), on=DAY)
STAFF = tuple(f"林{n}" for n in range(12))
EAST = "城东"
ELSEWHERE = unit(EAST, primary_pupils=50)
Known = Mapping[str, Mapping[str, Any]]


def _county(known: Known, wishes: Mapping[str, list[str]]) -> tuple[Roster, Screening]:
    people = [person(who, RIVERSIDE) | dict(known.get(who, {})) for who in STAFF]
    rows = [
        {"person_id": who, "wish_kind": "志愿", "wish_rank": rank, "unit_id": wished}
        for who, units in wishes.items()
        for rank, wished in enumerate(units, start=1)
    ]
    roster = county(people, [ELSEWHERE], **({"wishes": rows} if rows else {}))
    screening = screen(roster, PACK)
    verdicts = screening.verdicts.with_columns(
        outcome=pl.lit("due"),
        track=pl.lit("teacher"),
        because=pl.lit(["teacher-due"], dtype=pl.List(pl.String)),
        strength=pl.lit("hard"),
    )
    return roster, replace(screening, verdicts=verdicts)


def _lines(
    moving: tuple[str, ...], known: Known | None = None, wishes: Mapping[str, list[str]] = {}
) -> tuple[FairnessLine, ...]:
    roster, screening = _county(known or {}, wishes)
    return fairness(roster, screening, _plan(screening, moving))


def _plan(screening: Screening, moving: tuple[str, ...]) -> Plan:
    receipt = PlanReceipt(screening=screening.receipt, solver="", seed=1, programme="")
    moves = tuple(
        Move(person_id=who, from_unit=RIVERSIDE, to_unit=HILLTOP, stage="小学", subject="")
        for who in moving
    )
    return Plan(receipt=receipt, moves=moves)


def _of(lines: tuple[FairnessLine, ...], kind: str) -> list[tuple[tuple[str, ...], int, int]]:
    return [(each.groups, each.movable, each.moved) for each in lines if each.kind == kind]


MEN = {who: {"sex": "男", "retirement_kind": "男"} for who in STAFF[:4]}


def test_wishes_granted_are_counted_by_rank_elsewhere_and_unasked() -> None:
    wishes = {"林0": [HILLTOP], "林1": [EAST, HILLTOP], "林2": [EAST], "林9": [EAST]}

    county_line, *_ = _lines(STAFF[:4], wishes=wishes)

    assert (county_line.movable, county_line.moved, county_line.applied) == (12, 4, 4)
    assert county_line.share == Fraction(1, 3)
    assert county_line.granted == Granted(
        ranks=(1, 1), elsewhere=1, unasked=1, before=0, metres=None
    )


def test_each_group_counts_its_own_and_all_groups_the_whole() -> None:
    lines = _lines((*STAFF[:3], *STAFF[6:9]), MEN)

    assert _of(lines, "sex") == [(("女",), 8, 3), (("男",), 4, 3)]
    for kind in ("age", "sex", "unit", "title", "office", "subject"):
        assert sum(each.movable for each in lines if each.kind == kind) == 12


@pytest.mark.parametrize(
    ("seniors", "groups"),
    [(3, [("一级教师",), ("高级教师",)]), (2, [("一级教师", "高级教师")])],
)
def test_group_of_two_is_put_together_with_the_smallest_other(
    seniors: int, groups: list[tuple[str, ...]]
) -> None:
    titled = {who: {"title": "高级教师"} for who in STAFF[:seniors]}
    titled |= {who: {"title": "一级教师"} for who in STAFF[seniors:]}

    assert [each for each, _, _ in _of(_lines((), titled), "title")] == groups


@pytest.mark.parametrize(("men_moving", "told"), [(3, True), (2, False)])
def test_what_two_movers_wished_is_told_neither_directly_nor_by_subtraction(
    men_moving: int, *, told: bool
) -> None:
    lines = _lines((*STAFF[:men_moving], *STAFF[6:10]), MEN)

    assert [each.granted is not None for each in lines if each.kind == "sex"] == [told, told]


def test_mean_distance_is_exact_and_missing_where_a_position_is() -> None:
    at_hilltop = {"home_latitude": 0.0, "home_longitude": 0.0}
    known = dict.fromkeys(STAFF[:3], at_hilltop)
    placed = {"latitude": 0.0, "longitude": 1.0}
    roster, screening = _county(known, {})
    units = roster["units"].with_columns(
        pl.lit(value, dtype=pl.Float64).alias(name) for name, value in placed.items()
    )
    there = replace(roster, tables={**roster.tables, "units": units})

    found = fairness(there, screening, _plan(screening, STAFF[:3]))[0].granted
    without = fairness(roster, screening, _plan(screening, STAFF[:3]))[0].granted

    assert found is not None
    assert without is not None
    assert (found.metres, without.metres) == (Fraction(111_195), None)


@pytest.mark.parametrize("language", list(Language))
def test_lines_have_words_for_every_group_and_name_nobody(language: Language) -> None:
    roster, screening = _county(MEN, {"林0": [HILLTOP]})
    lines = fairness(roster, screening, _plan(screening, STAFF[:5]))

    texts = list(fairness_lines(lines, roster, language))

    assert [text for text in texts if "{" in text or "林" in text] == []
    assert len(texts) > 7
