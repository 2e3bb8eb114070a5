from dataclasses import replace
from datetime import date

import pytest

from junheng.engine.planning import Planned, plan
from junheng.engine.planning.retirement import Birth, retired_before, statutory_retirement
from junheng.engine.policy.items import RetirementSchedule, RetirementStep
from junheng.engine.policy.pack import ResolvedPack
from junheng.messages import word
from tests.engine.planning.cast import asked, county, person, problem_of
from tests.engine.planning.hand_screening import pack_of

Answer = bool | None
MEN = RetirementStep(
    kind="男", base_years=60, first_birth=(1965, 1), step_months=4, cap_months=36
)
WOMEN = RetirementStep(
    kind="女干部", base_years=55, first_birth=(1970, 1), step_months=4, cap_months=36
)
SCHEDULE = RetirementSchedule((MEN, WOMEN))


@pytest.mark.parametrize(
    ("birth", "step", "months"),
    [
        (date(1964, 12, 31), MEN, 0),
        (date(1965, 1, 1), MEN, 1),
        (date(1972, 3, 10), MEN, 22),
        (date(1975, 6, 10), WOMEN, 17),
        (date(1976, 9, 10), MEN, 36),
        (date(1990, 1, 10), MEN, 36),
    ],
)
def test_the_statutory_age_rises_by_month_of_birth_up_to_its_cap(
    birth: date, step: RetirementStep, months: int
) -> None:
    retires = statutory_retirement(birth, step)

    passed = (retires.year - birth.year) * 12 + retires.month - birth.month
    assert (passed, retires.day) == (step.base_years * 12 + months, birth.day)


def test_a_day_the_month_lacks_becomes_the_first_of_the_next() -> None:
    assert statutory_retirement(date(1965, 1, 30), MEN) == date(2025, 3, 1)
    assert statutory_retirement(date(1965, 1, 28), MEN) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("start", "retired"), [(date(2034, 1, 15), False), (date(2034, 1, 16), True)]
)
def test_somebody_retiring_on_the_start_date_is_still_there(
    start: date, retired: Answer
) -> None:
    birth = Birth(date(1972, 3, 15), "day")

    assert retired_before(start, birth=birth, kind="男", schedule=SCHEDULE) is retired


@pytest.mark.parametrize(
    ("start", "retired"),
    [(date(2034, 1, 1), False), (date(2034, 1, 15), None), (date(2034, 2, 1), True)],
)
def test_a_birth_known_by_month_decides_only_where_the_day_does_not_matter(
    start: date, retired: Answer
) -> None:
    birth = Birth(date(1972, 3, 1), "month")

    assert retired_before(start, birth=birth, kind="男", schedule=SCHEDULE) is retired


def test_without_birth_or_kind_nothing_is_known() -> None:
    start, birth = date(2060, 1, 1), Birth(date(1972, 3, 1), "day")

    assert retired_before(start, birth=None, kind="男", schedule=SCHEDULE) is None
    assert retired_before(start, birth=birth, kind=None, schedule=SCHEDULE) is None
    assert retired_before(start, birth=birth, kind="女工人", schedule=SCHEDULE) is None


def _with_schedule(pack: ResolvedPack) -> ResolvedPack:
    known = pack.items.parameters["retirement-schedule"]
    value = replace(known.values[0], value=SCHEDULE)
    parameters = {**pack.items.parameters, known.id: replace(known, values=(value,))}
    return replace(pack, items=replace(pack.items, parameters=parameters))


@pytest.mark.parametrize(
    ("changes", "noted"),
    [
        ({"birth": None, "sex": "男"}, True),
        ({"birth": None, "sex": "男", "agreed_retirement": date(2027, 1, 1)}, False),
        ({"birth": date(1950, 1, 1), "sex": "女"}, True),
        ({"birth": date(1990, 1, 1), "sex": "女"}, False),
        ({"birth": date(1990, 1, 1), "sex": None}, False),
        ({"birth": date(1968, 1, 1), "sex": "男"}, False),
        ({"birth": date(1968, 1, 1), "sex": None}, True),
    ],
)
def test_only_those_who_may_have_reached_an_unknown_age_are_noted(
    changes: dict[str, object], *, noted: bool
) -> None:
    pack = _with_schedule(pack_of(transfer=None))

    problem = problem_of(county([person("lin", **changes)]), pack)

    assert [each.values["person"] for each in problem.notes] == ["lin"] * noted


def test_a_plan_passes_on_what_was_taken_for_granted() -> None:
    roster = county([person("lin", birth=None)])

    outcome = plan(roster, asked(roster, _with_schedule(pack_of())), seed=1)

    assert isinstance(outcome, Planned)
    assert [each.code for each in outcome.notes] == ["planning.retirement-not-known"]
    assert word(outcome.notes[0]).title
