"""Names, the order of rows and the file they came from change nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given

from junheng.engine.plans import plan_text
from junheng.engine.plans.plan import Plan
from junheng.engine.roster.fingerprint import fingerprint
from junheng.engine.roster.generator import tiny
from junheng.engine.roster.reading import read_roster
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.writing import write_workbook
from junheng.engine.screening import Screening
from tests.laws.counties import (
    ON,
    County,
    counties,
    planned,
    shuffled,
    tried,
    with_table,
)

SURNAMES = "赵钱孙李周吴郑王"


def _renamed(roster: Roster, seed: int) -> Roster:
    chance = random.Random(seed)  # noqa: S311 -- picks test inputs
    names = [
        "".join(chance.choices(SURNAMES, k=chance.randint(2, 4)))
        for _ in range(roster["persons"].height)
    ]
    persons = roster["persons"].with_columns(person_name=pl.Series(names))
    return with_table(roster, "persons", persons)


def _bytes(screening: Screening) -> bytes:
    return "\n".join(
        [*(str(row) for row in screening.verdicts.rows()), str(screening.rules.rows())]
    ).encode()


def _text_of_any_roster(plan: Plan) -> str:
    """Return plan.json without the fingerprint, in which names count."""
    screening = replace(plan.receipt.screening, roster="")
    return plan_text(replace(plan, receipt=replace(plan.receipt, screening=screening)))


@tried(15)
@given(counties())
def test_other_names_change_no_outcome_and_no_byte_of_the_plan(county: County) -> None:
    renamed = county.having(_renamed(county.roster, county.seed))

    assert _bytes(renamed.screening) == _bytes(county.screening)
    assert _text_of_any_roster(planned(renamed)) == _text_of_any_roster(planned(county))
    assert fingerprint(renamed.roster) != fingerprint(county.roster)


@tried(15)
@given(counties())
def test_another_order_of_rows_changes_no_outcome_and_no_byte_of_the_plan(
    county: County,
) -> None:
    mixed = county.having(shuffled(county.roster, county.seed))

    assert _bytes(mixed.screening) == _bytes(county.screening)
    assert plan_text(planned(mixed)) == plan_text(planned(county))


@tried(15)
@given(counties())
def test_screening_and_planning_twice_give_the_same_bytes(county: County) -> None:
    again = county.having(county.roster)

    assert _bytes(again.screening) == _bytes(county.screening)
    assert plan_text(planned(again)) == plan_text(planned(county))


@tried(15)
@given(counties())
def test_fingerprint_does_not_see_the_order_of_rows_but_every_row(county: County) -> None:
    mixed = shuffled(county.roster, county.seed)
    shorter = with_table(mixed, "persons", mixed["persons"][1:])

    assert fingerprint(mixed) == fingerprint(county.roster)
    assert fingerprint(shorter) != fingerprint(county.roster)


@pytest.mark.parametrize("seed", range(3))
def test_fingerprint_is_that_of_the_roster_read_back_from_a_workbook(
    seed: int, tmp_path: Path
) -> None:
    roster = shuffled(tiny(seed, 3, 8), seed)
    write_workbook(roster, tmp_path / "县.xlsx", on=ON)

    read = read_roster(tmp_path / "县.xlsx")

    assert read.sheets != roster.sheets
    assert fingerprint(read) == fingerprint(roster)
