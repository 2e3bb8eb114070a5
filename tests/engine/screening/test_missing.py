"""What is asked for where a rule could not be answered."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import tiny
from junheng.engine.roster.roster import Roster, roster_of
from junheng.engine.roster.supplement import MissingFact
from junheng.engine.screening import missing, screen

ON = date(2026, 8, 31)


def _without_sex(birth: date) -> Roster:
    """Return a county of one school whose persons were all born on a day, sex unknown."""
    roster = tiny(0, 1, 1)
    persons = roster["persons"].with_columns(
        sex=pl.lit(None, pl.String), birth=pl.lit(birth), recruited_on=pl.lit(date(2002, 9, 1))
    )
    stints = roster["stints"].with_columns(since=pl.lit(date(2015, 9, 1)), cycle_completed=True)
    tables = {name: roster[name] for name in roster.given}
    return roster_of(
        tables | {"persons": persons, "stints": stints, "wishes": roster["wishes"][:0]}
    )


@pytest.mark.parametrize(
    ("birth", "asked"),
    [
        (date(1980, 8, 31), [MissingFact("P01", "persons", "sex", "U1")]),
        (date(1981, 8, 31), []),
    ],
)
def test_sex_is_asked_for_where_the_limit_of_age_depends_on_it(
    birth: date, asked: list[MissingFact]
) -> None:
    roster = _without_sex(birth)

    found = missing(screen(roster, resolve(load("datong-example"), on=ON)))

    assert list(found) == asked
