from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from junheng.engine.planning.constraints.shares import caps
from junheng.engine.planning.objectives.unmet import unmet
from junheng.engine.planning.problem import Problem
from junheng.engine.policy.conditions import Unset
from junheng.engine.policy.items import Bound, Horizon, Quota, Strength
from junheng.errors import QuestionError, UnsetFigures
from tests.engine.planning.cast import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    Row,
    choosing,
    county,
    person,
    problem_of,
)
from tests.engine.planning.hand_screening import number, pack_of, population, share

STAFF = [person(f"p{each}") for each in range(1, 6)]


def _quota(since: int = 2025, years: int = 3, relation: str = "at_least") -> Quota:
    return Quota(
        id="covered",
        title="覆盖",
        strength=Strength.HARD,
        count=population("movers_and_served"),
        relation=relation,
        bound=Bound(share=share(4, 5), of=population("staff")),
        per=("county",),
        each="horizon",
        rounding="up",
        over=Horizon(years=number(years), since=number(since)),
    )


def _served(who: str, since: date) -> Row:
    return {
        "person_id": who,
        "exchange_kind": "定期交流",
        "relation_moved": False,
        "since": since,
        "until": since.replace(year=since.year + 1),
        "origin_unit": RIVERSIDE,
        "host_unit": NEW_TOWN,
    }


def _problem(quota: Quota, *exchanges: Row) -> Problem:
    roster = county(STAFF, exchanges=exchanges)
    return problem_of(roster, pack_of(transfer=None, quotas=(quota,)))


def _missing(problem: Problem, *moves: tuple[str, str]) -> list[int]:
    chosen = choosing(problem, *moves)
    return [each.amount for each in unmet(problem, chosen) if each.kind == "quota"]


@pytest.mark.parametrize(
    ("since", "years", "owed"),
    [(2027, 3, 0), (2026, 3, 2), (2025, 3, 3), (2024, 3, 4), (2023, 3, 4), (2025, 1, 4)],
)
def test_what_is_owed_grows_with_the_years_and_is_rounded_up(
    since: int, years: int, owed: int
) -> None:
    problem = _problem(_quota(since, years))

    assert _missing(problem) == ([owed] if owed else [])


@pytest.mark.parametrize(
    ("begun", "counts"),
    [
        (date(2024, 8, 31), False),
        (date(2024, 9, 1), True),
        (date(2025, 8, 31), True),
    ],
)
def test_an_exchange_counts_from_the_first_day_of_the_first_programme(
    begun: date, *, counts: bool
) -> None:
    problem = _problem(_quota(2024), _served("p1", begun))

    assert _missing(problem) == [4 - counts]


def test_somebody_who_served_and_moves_again_counts_once() -> None:
    problem = _problem(_quota(2024), _served("p1", date(2024, 9, 1)))

    assert _missing(problem, ("p1", HILLTOP)) == [3]
    assert _missing(problem, ("p2", HILLTOP)) == [2]


def test_a_cap_over_years_is_the_whole_number_in_every_year() -> None:
    problem = _problem(_quota(2026, relation="at_most"), _served("p1", date(2025, 9, 1)))
    four = [(f"p{each}", HILLTOP) for each in range(1, 5)]

    assert caps(problem).broken(choosing(problem, *four)) == ()
    assert caps(problem).broken(np.ones(len(problem.arcs), dtype=np.bool_)) != ()


def test_exactly_over_years_owes_by_now_and_caps_the_whole() -> None:
    problem = _problem(_quota(2026, relation="exactly"))
    two = choosing(problem, ("p1", HILLTOP), ("p2", HILLTOP))

    assert [each.amount for each in unmet(problem, two) if each.kind == "quota"] == []
    assert caps(problem).broken(two) == ()


def test_unset_years_are_refused() -> None:
    quota = replace(_quota(), over=Unset("待定", "covered-years"))

    with pytest.raises(UnsetFigures) as refused:
        _problem(quota)

    assert [each.values["id"] for each in refused.value.problems] == ["covered-years"]


def test_a_base_that_the_plan_changes_is_refused() -> None:
    moving = Bound(share=share(1, 2), of=population("movers"))

    with pytest.raises(QuestionError) as refused:
        _problem(replace(_quota(), bound=moving))

    assert {each.code for each in refused.value.problems} == {"planning.horizon-base-moves"}


def test_those_who_served_are_refused_where_no_years_are_stated() -> None:
    with pytest.raises(QuestionError) as refused:
        _problem(replace(_quota(), each="year", over=None))

    assert {each.code for each in refused.value.problems} == {"planning.served-without-span"}
