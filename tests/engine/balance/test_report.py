"""The balance report of a county that can be reckoned by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import sqrt
from typing import Any

import polars as pl
import pytest

from junheng.engine.balance import BalanceReport, balance, balance_lines, balance_values
from junheng.errors import QuestionError
from junheng.messages import Language
from tests.engine.balance.county_of_three import (
    HILLTOP,
    NEW_TOWN,
    RIVERSIDE,
    Move,
    Moves,
    county,
    person,
    screened,
    unit,
)

FOUR = [person(f"林{n}", RIVERSIDE) for n in range(4)]


def _row(report: BalanceReport, indicator: str, moment: str, stage: str = "小学") -> Any:
    asked = (pl.col("indicator") == indicator) & (pl.col("moment") == moment)
    return report.indicators.filter(asked & (pl.col("stage") == stage)).to_dicts()[0]


def test_backbone_teachers_are_counted_per_hundred_pupils_with_their_coefficient() -> None:
    roster = county(FOUR)

    report = balance(roster, screened(roster, ["林0", "林1", "林2", "林3"]))

    # 4 of 400 pupils; X = 4/300 and 0; S² = 3/4 (4/300 - 1/100)² + 1/4 (1/100)²; CV² = 1/3
    row = _row(report, "L2", "before")
    assert (row["schools"], row["pupils"], row["mean"]) == (2, 400, 1.0)
    assert row["cv"] == pytest.approx(sqrt(1 / 3), abs=1e-15)
    assert row["meets"] is False
    assert _row(report, "L2", "after") == row | {"moment": "after"}


def test_move_changes_the_coefficient_by_its_exact_effect() -> None:
    roster = county(FOUR)
    screening = screened(roster, ["林0", "林1", "林2", "林3"])

    report = balance(roster, screening, Moves([Move("林0", HILLTOP)]))

    assert _row(report, "L2", "after")["cv"] == 0.0
    move = report.moves.filter(pl.col("indicator") == "L2").to_dicts()[0]
    assert (move["from_unit"], move["to_unit"]) == (RIVERSIDE, HILLTOP)
    assert Fraction(move["exact"]) == -Fraction(1, 3) / 100**2


@pytest.mark.parametrize(("relation", "after"), [(False, 4), (True, 3)])
def test_temporary_exchangee_counts_at_origin_where_the_pack_says_so(
    after: int, *, relation: bool
) -> None:
    roster = county(FOUR)
    screening = screened(roster, ["林0", "林1", "林2", "林3"], pack="district-managed-example")
    moves = Moves([Move("林0", HILLTOP, "rebalancing", relation)])

    report = balance(roster, screening, moves)

    asked = (pl.col("unit_id") == RIVERSIDE) & (pl.col("indicator") == "L2")
    amounts = report.schools.filter(asked & (pl.col("moment") == "after"))["amount"]
    assert amounts.to_list() == [after]


def test_move_that_does_not_say_its_relation_is_refused_where_it_matters() -> None:
    roster = county(FOUR)
    screening = screened(roster, [], pack="district-managed-example")
    moves = Moves([Move("林0", HILLTOP, "rebalancing", None), Move("林1", HILLTOP, "", None)])

    with pytest.raises(QuestionError) as refused:
        balance(roster, screening, moves)

    codes = [problem.code for problem in refused.value.problems]
    assert codes == ["balance.relation-unknown"] * 2


def test_unknown_backbone_facts_are_refused_all_at_once_with_their_cells() -> None:
    roster = county(FOUR)
    screening = screened(roster, [], open_cases=["林0", "林3"])

    with pytest.raises(QuestionError) as refused:
        balance(roster, screening)

    named = [(p.code, p.values["person"]) for p in refused.value.problems]
    assert named == [("balance.backbone-unknown", "林0"), ("balance.backbone-unknown", "林3")]


def test_nine_year_school_counts_once_in_each_stage() -> None:
    nine_year = unit(
        NEW_TOWN, unit_stages=["小学", "初中"], primary_pupils=60, junior_pupils=40
    )
    roster = county([*FOUR, person("赵", NEW_TOWN, stage="初中")], [nine_year])

    report = balance(roster, screened(roster, ["赵"]))

    assert _row(report, "L2", "before")["schools"] == 3
    junior = _row(report, "L2", "before", "初中")
    assert (junior["schools"], junior["mean"], junior["cv"]) == (1, 2.5, 0.0)


@pytest.mark.parametrize(("pupils", "compared"), [(49, 2), (50, 3)])
def test_teaching_point_is_compared_from_fifty_pupils(pupils: int, compared: int) -> None:
    point = unit("教学点一", unit_kind="教学点", primary_pupils=pupils)
    roster = county(FOUR, [point])

    report = balance(roster, screened(roster, []))

    assert _row(report, "L2", "before")["schools"] == compared


def test_special_school_is_left_out() -> None:
    roster = county(FOUR, [unit("特校", unit_kind="特殊教育学校", primary_pupils=90)])

    report = balance(roster, screened(roster, []))

    assert _row(report, "L2", "before")["schools"] == 2


def test_blank_number_of_pupils_is_refused_by_cell() -> None:
    roster = county(FOUR, [unit(NEW_TOWN)])

    with pytest.raises(QuestionError, match=r"balance.blank-pupils"):
        balance(roster, screened(roster, []))


def test_qualification_left_blank_leaves_the_first_indicator_open() -> None:
    roster = county([*FOUR, person("何", HILLTOP, education=None)])

    report = balance(roster, screened(roster, []))

    row = _row(report, "L1", "before")
    assert (row["unknown"], row["cv"], row["meets"]) == (1, None, None)


def test_school_rule_is_undecided_without_rooms_and_equipment() -> None:
    five = [person(f"白{n}", HILLTOP, subject="音乐") for n in range(5)]
    roster = county([*FOUR, *five])

    report = balance(roster, screened(roster, ["白0"]))

    rows = {
        row["unit_id"]: row
        for row in report.school_rule.filter(pl.col("moment") == "before").to_dicts()
    }
    # Hilltop: 5, 1 and 5 per hundred, all met; Riverside: far below in three of seven.
    assert (rows[HILLTOP]["met"], rows[HILLTOP]["meets"]) == (3, None)
    assert rows[HILLTOP]["undecided"] == ["L4", "L5", "L6", "L7"]
    assert (rows[RIVERSIDE]["met"], rows[RIVERSIDE]["meets"]) == (0, False)


def test_finished_exchange_returns_and_serving_exchange_counts_at_host() -> None:
    serving = person("孙", HILLTOP)
    back = person("唐", HILLTOP)
    until = {"孙": date(2027, 9, 1), "唐": date(2026, 9, 1)}
    exchanges = [
        {
            "person_id": who,
            "exchange_kind": "轮岗",
            "relation_moved": False,
            "since": date(2024, 9, 1),
            "until": until[who],
            "origin_unit": RIVERSIDE,
            "host_unit": HILLTOP,
        }
        for who in until
    ]
    roster = county([serving, back], exchanges=exchanges)

    report = balance(roster, screened(roster, ["孙", "唐"]))

    asked = (pl.col("indicator") == "L2") & (pl.col("moment") == "before")
    amounts = report.schools.filter(asked).select("unit_id", "amount").rows()
    assert dict(amounts) == {RIVERSIDE: 1.0, HILLTOP: 1.0}


def test_national_rates_name_numerator_and_denominator() -> None:
    roster = county([*FOUR, *[person(f"白{n}", HILLTOP) for n in range(16)]])
    moves = Moves([Move("林0", HILLTOP), Move("林1", HILLTOP)])

    report = balance(roster, screened(roster, ["林0"]), moves)

    found = {rate.id: (rate.count, rate.base, rate.meets) for rate in report.rates}
    assert found == {"rotation-rate": (2, 20, True), "backbone-rate": (1, 2, True)}


@pytest.mark.parametrize("language", list(Language))
def test_lines_are_worded_and_values_are_plain(language: Language) -> None:
    roster = county(FOUR)
    report = balance(roster, screened(roster, ["林0"]), Moves([Move("林0", HILLTOP)]))

    lines = balance_lines(report, language)
    values = balance_values(report)

    assert len(lines) == 1 + 2 * 4 + 2 + 2
    assert not any("{" in line for line in lines)
    assert values["counted_at"] == "host"
