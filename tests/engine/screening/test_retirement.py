"""How long until the statutory retirement date: the schedule, the limit, what is unknown."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.balance.retirement import statutory_date
from junheng.engine.planning.retirement import statutory_retirement
from junheng.engine.policy.items import RetirementSchedule, RetirementStep
from junheng.engine.policy.loading import load
from junheng.engine.policy.pack import ResolvedPack
from junheng.engine.policy.resolving import resolve, unset_for
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.screening import Reader, days, explain, explanation_lines, missing, screen
from junheng.engine.screening.cases import run_cases
from junheng.engine.screening.facts.retirement import SCALE, retires, span
from junheng.errors import UnsetFigures
from tests.engine.screening.counties import ragged_county
from tests.engine.screening.oracle import Oracle
from tests.engine.screening.plain import statutory

ON = date(2026, 8, 31)
PACK = load(Path(__file__).parent / "near_retirement.yaml")
SERVING = date(2016, 9, 1)


def _pack(on: date = ON) -> ResolvedPack:
    return resolve(PACK, on=on)


def _step(kind: str) -> RetirementStep:
    schedule = _pack().figure("retirement-schedule")
    assert isinstance(schedule, RetirementSchedule)
    step = schedule.step(kind)
    assert step is not None
    return step


def _retired(birth: date, step: RetirementStep) -> date:
    return days.day_of(int(retires(np.array([days.number(birth)]), step)[0]))


def _person(**cells: Any) -> Roster:
    row = {"person_id": "P", "unit_id": "A", "recruited_on": SERVING, **cells}
    return roster_of(
        {"persons": pl.DataFrame([row]), "units": pl.DataFrame({"unit_id": ["A"]})}
    )


def _rule(roster: Roster, on: date = ON) -> bool | None:
    answer: bool | None = screen(roster, _pack(on)).rules["near-retirement"][0]
    return answer


@pytest.mark.parametrize(
    ("kind", "birth", "later"),
    [
        ("男", date(1972, 3, 15), 22),
        ("女干部", date(1975, 6, 15), 17),
        ("女工人", date(1980, 6, 15), 33),
        ("男", date(1964, 12, 31), 0),
        ("男", date(1965, 1, 1), 1),
        ("男", date(1976, 8, 31), 35),
        ("男", date(1976, 9, 1), 36),
        ("男", date(1990, 9, 1), 36),
        ("女工人", date(1984, 10, 30), 59),
        ("女工人", date(1984, 11, 1), 60),
    ],
)
def test_the_age_rises_with_the_month_of_birth(kind: str, birth: date, later: int) -> None:
    step = _step(kind)
    level = replace(step, first_birth=None)

    assert _retired(birth, step).replace(day=1) == _months_later(_retired(birth, level), later)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def test_a_birth_whose_day_the_last_month_lacks_retires_on_the_first_of_the_next() -> None:
    assert _retired(date(1970, 10, 31), _step("男")) == date(2032, 5, 1)
    assert _retired(date(1970, 10, 30), _step("男")) == date(2032, 4, 30)


@given(
    st.dates(date(1950, 1, 1), date(2010, 12, 31)), st.sampled_from(["男", "女干部", "女工人"])
)
def test_screening_balance_and_planning_reckon_the_same_date(birth: date, kind: str) -> None:
    step = _step(kind)

    assert (
        _retired(birth, step)
        == statutory_date(birth, step)
        == statutory_retirement(birth, step)
        == statutory(birth, step)
    )


@given(st.dates(), st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-300, 300))
def test_a_span_reaches_a_count_of_months_exactly_when_that_day_has_come(
    until: date, since: date, months: int
) -> None:
    later = days.plus_months(np.array([days.number(since)]), np.array([months]))

    found = span(days.number(since), np.array([days.number(until)]))

    assert (found[0] >= months * SCALE // 12) == (days.number(until) >= later[0])


@pytest.mark.parametrize(
    ("kind", "birth", "outcome"),
    [
        ("女工人", date(1979, 5, 31), "due"),
        ("女工人", date(1979, 5, 30), "barred"),
        ("男", date(1970, 3, 31), "barred"),
        ("男", date(1970, 4, 30), "barred"),
        ("男", date(1970, 5, 1), "due"),
        ("男", date(1960, 1, 1), "barred"),
    ],
)
def test_exactly_five_years_is_not_less_than_five(kind: str, birth: date, outcome: str) -> None:
    """Born 1979-05-31: 2031-08-31, five years on; 1970-03-31: four years and eleven months."""
    screened = screen(_person(retirement_kind=kind, birth=birth), _pack())

    assert screened.verdicts["outcome"].to_list() == [outcome]


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ({"birth": None, "sex": "男"}, None),
        ({"birth": date(1970, 3, 31), "sex": "男"}, True),
        ({"birth": date(1970, 3, 31)}, True),
        ({"birth": date(1970, 5, 1)}, None),
        ({"birth": date(1960, 1, 1)}, True),
        ({"birth": date(1990, 1, 1)}, False),
        ({"birth": date(1977, 1, 1), "sex": "女"}, None),
        ({"birth": date(1977, 1, 1), "sex": "女", "retirement_kind": "女干部"}, False),
        ({"birth": date(1977, 1, 1), "sex": "女", "retirement_kind": "女工人"}, True),
        ({"birth": date(1979, 5, 31), "sex": "女"}, False),
        ({"birth": date(1979, 5, 30), "sex": "女"}, None),
        ({"birth": date(1979, 5, 30), "retirement_kind": "女干部"}, False),
    ],
)
def test_what_can_decide_and_is_not_stated_leaves_it_unknown(
    cells: dict[str, Any], *, answer: bool | None
) -> None:
    assert _rule(_person(**cells)) is answer


@pytest.mark.parametrize(
    ("written", "precision", "answer"),
    [
        (date(1970, 4, 1), "month", True),
        (date(1970, 5, 1), "month", False),
        (date(1970, 1, 1), "year", None),
        (date(1969, 1, 1), "year", True),
        (date(1971, 1, 1), "year", False),
    ],
)
def test_a_birth_by_month_or_year_is_every_day_of_it(
    written: date, precision: str, *, answer: bool | None
) -> None:
    roster = _person(retirement_kind="男", birth=written, birth_precision=precision)

    assert _rule(roster) is answer


def test_a_month_in_which_the_limit_falls_is_unknown() -> None:
    roster = _person(retirement_kind="女工人", birth=date(1979, 5, 1), birth_precision="month")

    assert _rule(roster) is None


@pytest.mark.parametrize("agreed", [date(2027, 1, 1), date(2040, 1, 1), None])
def test_an_agreed_date_does_not_count(agreed: date | None) -> None:
    cells = {"retirement_kind": "男", "birth": date(1970, 5, 1), "agreed_retirement": agreed}
    frame = pl.DataFrame([{"person_id": "P", "unit_id": "A", **cells}]).cast(
        {"agreed_retirement": pl.Date}
    )

    assert _rule(roster_of({"persons": frame})) is False


@pytest.mark.parametrize(("on", "answer"), [(date(2024, 8, 31), True), (ON, False)])
def test_the_schedule_in_force_on_the_day_of_the_question_counts(
    on: date, *, answer: bool
) -> None:
    birth = date(on.year - 55, 8, 30)

    assert _rule(_person(retirement_kind="男", birth=birth), on) is answer


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        ({"sex": "男"}, ["birth"]),
        ({"sex": "女", "birth": date(1977, 1, 1)}, ["retirement_kind"]),
        ({"birth": date(1970, 5, 1)}, ["retirement_kind", "sex"]),
    ],
)
def test_the_cells_that_would_decide_are_asked_for(
    cells: dict[str, Any], asked: list[str]
) -> None:
    found = missing(screen(_person(**cells), _pack()))

    assert [each.column_id for each in found] == asked


def test_an_explanation_tells_the_statutory_date() -> None:
    roster = _person(retirement_kind="男", birth=date(1970, 3, 31))

    told = "\n".join(explanation_lines(explain(screen(roster, _pack()), "P", Reader.OFFICER)))

    assert (
        "距法定退休年限：4 年11 个月（1970-03-31 出生，计算到 2026-08-31；"
        "2031-07-31 达到法定退休年龄），不足 5 年，符合" in told
    )


def test_a_pack_whose_schedule_is_not_set_is_refused(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "near_retirement.yaml").read_text(encoding="utf-8")
    values = "values: [{unset: 示例, source: nr-1}]"
    unset = f"  - {{id: retirement-schedule, title: 退休, unit: schedule, {values}}}\n"
    alone = text.replace('  extends: [{pack: national, version: "1"}]\n', "")
    path = tmp_path / "pack.yaml"
    path.write_text(alone.replace("parameters:\n", f"parameters:\n{unset}"), encoding="utf-8")

    found = unset_for(resolve(load(path), on=ON), "screening")

    assert [each.values["id"] for each in found] == ["retirement-schedule"]


def test_a_pack_without_any_schedule_is_refused_naming_it(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "near_retirement.yaml").read_text(encoding="utf-8")
    alone = text.replace('  extends: [{pack: national, version: "1"}]\n', "")
    path = tmp_path / "pack.yaml"
    path.write_text(alone.partition("cases:")[0], encoding="utf-8")
    pack = resolve(load(path), on=ON)

    with pytest.raises(UnsetFigures) as refused:
        screen(_person(birth=date(1970, 5, 1)), pack)

    assert [each.values["id"] for each in refused.value.problems] == ["retirement-schedule"]


def test_the_cases_of_the_pack_come_out_as_written() -> None:
    assert list(run_cases(PACK)) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_screening_agrees_with_the_plain_interpreter_about_retirement(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- picks test inputs
    births = [date(1970, 3, 31), date(1970, 4, 30), date(1970, 5, 1), date(1979, 5, 30)]
    births += [date(1979, 5, 31), date(1975, 4, 30), date(1975, 5, 1)]
    ragged = ragged_county(seed)
    persons = ragged["persons"]
    turned = [chance.choice([None, *births]) for _ in range(persons.height)]
    kinds = [chance.random() < 0.3 for _ in range(persons.height)]
    changed = persons.with_columns(
        birth=pl.coalesce(pl.Series(turned, dtype=pl.Date), "birth"),
        retirement_kind=pl.when(pl.Series(kinds)).then("retirement_kind"),
    )
    county = roster_of({**{name: ragged[name] for name in ragged.given}, "persons": changed})

    found = screen(county, _pack())

    oracle = Oracle(county, _pack())
    rows = county["persons"].sort("person_id").to_dicts()
    expected = [oracle.verdict(row)[3]["near-retirement"] for row in rows]
    assert found.rules["near-retirement"].to_list() == expected
    assert set(expected) == {True, False, None}
