"""Wishing for, pinning or forbidding what the plan does or leaves anyway."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from hypothesis import assume, given
from hypothesis import strategies as st

from junheng.engine.plans import plan_text
from junheng.engine.plans.plan import Move, Plan
from junheng.engine.roster.roster import Roster
from tests.laws.counties import (
    County,
    counties,
    planned,
    tried,
    values_of,
    with_rows,
    with_table,
)

WISH = "志愿"


def _any_move(plan: Plan, number: int) -> Move:
    assume(plan.moves)
    return plan.moves[number % len(plan.moves)]


def _wishing_first(roster: Roster, move: Move) -> Roster:
    """Put the destination before all other wishes of the person."""
    own = (pl.col("person_id") == move.person_id) & (pl.col("wish_kind") == WISH)
    kept = roster["wishes"].filter(~(own & (pl.col("unit_id") == move.to_unit)))
    later = kept.with_columns(
        wish_rank=pl.when(own).then(pl.col("wish_rank") + 1).otherwise("wish_rank")
    )
    first = {"person_id": move.person_id, "unit_id": move.to_unit}
    first |= {"wish_kind": WISH}
    return with_rows(with_table(roster, "wishes", later), "wishes", first | {"wish_rank": 1})


def _of_any_decisions(plan: Plan) -> str:
    screening = replace(plan.receipt.screening, roster="")
    return plan_text(replace(plan, receipt=replace(plan.receipt, screening=screening)))


def _decided(county: County, kind: str, person: str, unit: str | None) -> County:
    row = {"decision_kind": kind, "person_id": person, "unit_id": unit}
    return county.having(with_rows(county.roster, "decisions", row))


@tried(15)
@given(counties(), st.integers(0, 20))
def test_wishing_for_the_destination_worsens_neither_wishes_nor_what_comes_before(
    county: County, number: int
) -> None:
    before = planned(county)
    move = _any_move(before, number)

    after = planned(county.having(_wishing_first(county.roster, move)))

    old, new = values_of(before), values_of(after)
    assert list(new) == list(old)
    earlier = list(old)[: list(old).index("wishes")]
    assert {name: new[name] for name in earlier} == {name: old[name] for name in earlier}
    assert new["wishes"] <= old["wishes"]


@tried(15)
@given(counties(), st.integers(0, 20))
def test_pinning_a_move_that_is_made_anyway_changes_nothing(
    county: County, number: int
) -> None:
    before = planned(county)
    move = _any_move(before, number)

    after = planned(_decided(county, "固定", move.person_id, move.to_unit))

    assert values_of(after) == values_of(before)
    assert after.moves == before.moves


@tried(15)
@given(counties(), st.integers(0, 80))
def test_pinning_to_the_own_unit_whoever_stays_anyway_changes_nothing(
    county: County, number: int
) -> None:
    before = planned(county)
    moved = {move.person_id for move in before.moves}
    staying = county.roster["persons"].filter(~pl.col("person_id").is_in(moved))
    assume(staying.height)
    row = staying.sort("person_id").row(number % staying.height, named=True)

    after = planned(_decided(county, "固定", row["person_id"], row["unit_id"]))

    assert _of_any_decisions(after) == _of_any_decisions(before)


@tried(15)
@given(counties(), st.integers(0, 80), st.integers(0, 7))
def test_forbidding_a_move_that_is_not_made_changes_no_byte(
    county: County, person: int, unit: int
) -> None:
    before = planned(county)
    persons = county.roster["persons"]["person_id"].sort()
    units = county.roster["units"]["unit_id"].sort()
    who, where = persons[person % len(persons)], units[unit % len(units)]
    assume((who, where) not in {(m.person_id, m.to_unit) for m in before.moves})

    after = planned(_decided(county, "禁止", who, where))

    assert _of_any_decisions(after) == _of_any_decisions(before)
