"""Registers of entitlements and of service owed: who, what, by which payer, until when."""

from pathlib import Path

import pytest

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.screening import entitled, owed
from junheng.engine.screening.findings import Answer
from tests.engine.screening.one_person import ON, day, roster, stint

PACK = load(Path(__file__).parent / "incentives.yaml")
_RURAL = {"unit_id": "A", "unit_area": "乡村"}
_URBAN = {"unit_id": "B", "unit_area": "城市"}


def test_staff_of_the_class_get_the_amount_from_the_payer() -> None:
    found = entitled(roster(units=[_RURAL, _URBAN]), resolve(PACK, on=ON))

    rows = [
        (each.entitlement, each.person_id, each.amount, each.payer)
        for each in found
        if each.answer is Answer.YES
    ]
    assert rows == [
        ("rural-subsidy", "P", 300, ("county-finance",)),
        ("reserved", "", None, ()),
    ]


def test_a_unit_not_classified_leaves_the_entitlement_open() -> None:
    found = entitled(roster(), resolve(PACK, on=ON))

    assert [(each.entitlement, each.answer) for each in found][:1] == [
        ("rural-subsidy", Answer.UNKNOWN)
    ]


@pytest.mark.parametrize(
    ("until", "held"), [("2026-09-01", ["exchange-subsidy"]), ("2026-08-31", [])]
)
def test_an_exchange_entitles_as_long_as_it_goes_on(until: str, held: list[str]) -> None:
    exchange = {
        "exchange_kind": "定期交流",
        "since": day("2025-09-01"),
        "until": day(until),
        "origin_unit": "B",
        "host_unit": "A",
    }
    given = roster(person={"unit_id": "B"}, units=[_RURAL, _URBAN], exchanges=[exchange])

    found = entitled(given, resolve(PACK, on=ON))

    assert [each.entitlement for each in found if each.person_id] == held


@pytest.mark.parametrize(
    ("since", "answer"), [("2023-09-01", Answer.YES), ("2023-08-31", Answer.NO)]
)
def test_service_is_owed_until_the_years_are_over(since: str, answer: Answer) -> None:
    given = roster(
        person={"title": "高级教师", "title_since": day(since)},
        units=[_RURAL, _URBAN],
        stints=[stint("A", "2020-09-01")],
    )

    (found,) = owed(given, resolve(PACK, on=ON))

    assert (found.lock, found.answer) == ("stay-after-title", answer)
    assert found.until is not None
    assert found.until.year == 2026


def test_a_title_obtained_at_another_kind_of_unit_binds_nobody() -> None:
    given = roster(
        person={"title": "高级教师", "title_since": day("2025-09-01")},
        units=[_RURAL, _URBAN],
        stints=[stint("B", "2020-09-01", "2026-01-01"), stint("A", "2026-01-01")],
    )

    assert owed(given, resolve(PACK, on=ON)) == ()


def test_a_title_without_a_date_leaves_open_whether_service_is_owed() -> None:
    given = roster(person={"title": "高级教师"}, units=[_RURAL, _URBAN])

    assert [each.answer for each in owed(given, resolve(PACK, on=ON))] == [Answer.UNKNOWN]
