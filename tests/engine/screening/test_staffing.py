"""Posts by the staffing standards: pupils, classes and lessons over what a text says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve_with
from junheng.engine.screening import Staffing, staffing, staffing_line
from junheng.engine.screening.findings import Answer
from tests.engine.screening.one_person import roster

_ON = date(2026, 8, 31)
_PRIMARY = {
    "unit_id": "A",
    "unit_kind": "小学",
    "unit_stages": ["小学"],
    "unit_traits": [],
    "primary_pupils": 520,
    "establishment": 26,
}


def _pack(**settings: Any) -> ResolvedPack:
    decided = {"staffing-rounding": "up", "posts-per-class": 2, "boarding-posts": 6}
    return resolve_with(load("national"), on=_ON, settings=decided | settings)


def _of(unit: dict[str, Any], pack: ResolvedPack, **tables: Any) -> tuple[Staffing, ...]:
    persons = [
        {"person_id": f"P{n}", "unit_id": "A", "establishment_unit": "A", "employment": "在编"}
        for n in range(27)
    ]
    given = roster(units=[unit], **{"persons": persons, **tables})
    return staffing(given, pack)


def test_a_primary_school_is_entitled_to_its_pupils_by_the_ratio() -> None:
    (found,) = _of(_PRIMARY, _pack())

    assert found.standard == "primary-establishment"
    assert found.reckoned.exact == Fraction(520, 19)
    assert found.reckoned.entitled == 28
    assert (found.approved, found.established) == (26, 27)


@pytest.mark.parametrize(("rounding", "entitled"), [("down", 27), ("nearest", 27), ("up", 28)])
def test_a_part_of_a_post_is_rounded_as_decided(rounding: str, entitled: int) -> None:
    (found,) = _of(_PRIMARY, _pack(**{"staffing-rounding": rounding}))

    assert found.reckoned.entitled == entitled


def test_a_school_of_two_stages_adds_what_each_stage_comes_to() -> None:
    nine = {"unit_kind": "九年一贯制", "unit_stages": ["小学", "初中"], "junior_pupils": 270}

    (found,) = _of(_PRIMARY | nine | {"primary_pupils": 190}, _pack())

    assert [part.amount for part in found.reckoned.parts] == [10, 20]
    assert found.reckoned.entitled == 30


def test_a_small_school_takes_the_larger_of_two_ways() -> None:
    small = {"unit_traits": ["小规模"], "primary_pupils": 38, "primary_classes": 6}

    (found,) = _of(_PRIMARY | small, _pack())

    assert [part.amount for part in found.reckoned.parts] == [2, 12]
    assert found.reckoned.entitled == 12


def test_pupils_not_stated_leave_the_number_open() -> None:
    (found,) = _of(_PRIMARY | {"primary_pupils": None}, _pack())

    assert found.reckoned.exact is None
    assert found.reckoned.entitled is None


def test_a_school_of_unknown_kind_shows_every_standard_that_may_be_its() -> None:
    found = _of(_PRIMARY | {"unit_traits": None}, _pack())

    assert {each.applies for each in found} == {Answer.UNKNOWN}
    assert [each.standard for each in found] == [
        "primary-establishment",
        "small-establishment",
        "boarding-primary-establishment",
    ]


@pytest.mark.parametrize(("until", "shown"), [(date(2026, 8, 31), 0), (date(2026, 9, 1), 1)])
def test_a_school_closed_by_the_day_has_no_line(until: date, shown: int) -> None:
    assert len(_of(_PRIMARY | {"unit_until": until}, _pack())) == shown


def test_the_line_says_the_arithmetic_and_both_differences() -> None:
    pack = _pack()
    (found,) = _of(_PRIMARY, pack)

    assert staffing_line(found, pack, "甲校") == (
        "甲校：小学编制（师生比）：学生 520 ÷ 19，得 27.37，取整后应有 28。"
        "核定 26，在编 27，比标准少 1 人，超编 1 人。"
    )
