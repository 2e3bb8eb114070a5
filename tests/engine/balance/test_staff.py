"""Who counts where when a plan begins, and what is refused rather than guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from junheng.engine.balance.staff import Staff, staff_at_start
from junheng.engine.policy.items import Outcome
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.roster import Roster, roster_of
from junheng.errors import QuestionError
from tests.engine.balance.county_of_three import DAY, HILLTOP, RIVERSIDE, county, person

PACK = resolve(load("datong-example"), on=DAY)


def _staff(roster: Roster, **outcomes: Outcome) -> Staff:
    known = dict.fromkeys(roster["persons"]["person_id"], Outcome.DUE) | outcomes
    return staff_at_start(roster, PACK, known)


def _exchange(**known: Any) -> dict[str, Any]:
    row = {
        "person_id": "林",
        "exchange_kind": "轮岗",
        "relation_moved": False,
        "since": date(2023, 9, 1),
        "until": date(2026, 9, 1),
        "origin_unit": HILLTOP,
        "host_unit": RIVERSIDE,
    }
    return row | known


@pytest.mark.parametrize(
    "known",
    [
        {"employment": "聘用"},
        {"in_post": "长期病休"},
        {"agreed_retirement": date(2026, 8, 31)},
        {"birth": date(1960, 1, 1)},
    ],
    ids=["hired", "on-leave", "agreed-to-retire", "past-the-statutory-age"],
)
def test_person_off_the_staff_is_not_counted(known: dict[str, Any]) -> None:
    roster = county([person("林", RIVERSIDE, **known), person("赵", RIVERSIDE)])

    assert list(_staff(roster).members) == ["赵"]


def test_person_retiring_on_the_first_day_still_counts() -> None:
    roster = county([person("林", RIVERSIDE, agreed_retirement=date(2026, 9, 1))])

    assert list(_staff(roster).members) == ["林"]


def test_person_out_of_scope_is_neither_counted_nor_asked_about() -> None:
    roster = county([person("林", RIVERSIDE, employment=None)])

    assert dict(_staff(roster, 林=Outcome.OUT_OF_SCOPE).members) == {}


def test_exchange_ended_on_the_first_day_returns_the_person_and_the_establishment() -> None:
    roster = county([person("林", RIVERSIDE)], exchanges=[_exchange()])

    found = _staff(roster).members["林"]

    assert (found.unit, found.establishment_unit, found.serving) == (HILLTOP, HILLTOP, False)


def test_exchange_ending_a_day_later_is_being_served() -> None:
    roster = county([person("林", RIVERSIDE)], exchanges=[_exchange(until=date(2026, 9, 2))])

    found = _staff(roster).members["林"]

    assert (found.unit, found.serving, found.serving_at_origin) == (RIVERSIDE, True, HILLTOP)


@pytest.mark.parametrize("moved", [True, None])
def test_ended_exchange_returns_nobody_whose_relation_moved_or_may_have(
    *, moved: bool | None
) -> None:
    roster = county([person("林", RIVERSIDE)], exchanges=[_exchange(relation_moved=moved)])

    assert _staff(roster).members["林"].unit == RIVERSIDE


def test_leader_fills_a_leadership_post_and_no_subject() -> None:
    head = person("余", HILLTOP, office_level="正校级", role="校长")

    found = _staff(county([head])).members["余"]

    assert (found.leader, found.role, found.subject) == (True, "校长", "")


def test_every_blank_cell_that_counting_needs_is_named_at_once() -> None:
    roster = county(
        [
            person("林", RIVERSIDE, stage=None),
            person("赵", RIVERSIDE, in_post=None),
            person("余", HILLTOP, office_level="副校级", role="教师"),
        ]
    )

    with pytest.raises(QuestionError) as refused:
        _staff(roster)

    named = [(p.values["person"], p.values["column"]) for p in refused.value.problems]
    assert sorted(named) == [("余", "现任职务"), ("林", "任教学段"), ("赵", "在岗状态")]


def test_missing_tables_are_named() -> None:
    with pytest.raises(QuestionError) as refused:
        staff_at_start(roster_of({}), PACK, {})

    tables = [problem.values["table"] for problem in refused.value.problems]
    assert tables == ["单位", "人员", "岗位"]


def test_unknown_retirement_counts_the_person_and_is_noted() -> None:
    roster = county([person("何", RIVERSIDE, birth=None)])

    found = _staff(roster)

    assert list(found.members) == ["何"]
    assert [note.code for note in found.notes] == ["balance.retirement-unknown"]
