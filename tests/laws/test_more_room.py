"""More room never makes a plan impossible."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from junheng.engine.roster.roster import Roster
from tests.laws.counties import (
    County,
    counties,
    plan_if_any,
    planned,
    tried,
    with_rows,
    with_table,
)


def _larger(roster: Roster, unit: str, by: int) -> Roster:
    here = pl.when(unit_id=unit).then(by).otherwise(0)
    units = roster["units"].with_columns(establishment=pl.col("establishment") + here)
    return with_table(roster, "units", units)


def _unit(county: County, number: int) -> str:
    units = county.roster["units"]["unit_id"].sort()
    return str(units[number % len(units)])


@tried(20)
@given(counties(), st.integers(0, 7), st.integers(1, 5))
def test_a_larger_establishment_never_makes_a_feasible_county_infeasible(
    county: County, number: int, by: int
) -> None:
    planned(county)

    larger = _larger(county.roster, _unit(county, number), by)

    assert plan_if_any(county.having(larger)) is not None


@tried(20)
@given(counties(), st.integers(0, 7), st.sampled_from(["语文", "数学", "音乐"]))
def test_a_post_that_may_stay_empty_never_makes_a_feasible_county_infeasible(
    county: County, number: int, subject: str
) -> None:
    planned(county)

    post = {
        "unit_id": _unit(county, number),
        "stage": "小学",
        "subject": subject,
        "role": "教师",
        "required": 0,
        "established": 1,
    }

    assert plan_if_any(county.having(with_rows(county.roster, "posts", post))) is not None
