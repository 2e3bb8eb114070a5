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


def _exchanged(*, kind: str | None, relation_moved: bool | None) -> Roster:
    """Return somebody ten years at B, then four at A, with the cycle completed."""
    roster = tiny(0, 2, 1)
    first = (
        roster["stints"]
        .head(1)
        .with_columns(
            unit_id=pl.lit("U2"),
            stint_kind=pl.lit("任教"),
            since=pl.lit(date(2012, 9, 1)),
            until=pl.lit(date(2022, 9, 1)),
            cycle_completed=pl.lit(value=True),
        )
    )
    then = first.with_columns(
        unit_id=pl.lit("U1"),
        stint_kind=pl.lit(kind, pl.String),
        since=pl.lit(date(2022, 9, 1)),
        until=pl.lit(None, pl.Date),
        relation_moved=pl.lit(relation_moved, pl.Boolean),
    )
    person = (
        roster["persons"]
        .head(1)
        .with_columns(unit_id=pl.lit("U1"), birth=pl.lit(date(1986, 3, 1)))
    )
    tables = {name: roster[name] for name in roster.given}
    stints = pl.concat([first, then])
    return roster_of(
        tables | {"persons": person, "stints": stints, "wishes": tables["wishes"][:0]}
    )


@pytest.mark.parametrize(
    ("kind", "moved", "outcome", "asked"),
    [
        ("交流", True, "not_due", set()),
        ("交流", False, "due", set()),
        ("交流", None, "undecided", {"relation_moved"}),
        (None, False, "undecided", {"stint_kind"}),
        (None, None, "undecided", {"stint_kind", "relation_moved"}),
    ],
)
def test_what_was_done_is_asked_for_where_a_blank_leaves_it_open(
    *, kind: str | None, moved: bool | None, outcome: str, asked: set[str]
) -> None:
    screening = screen(
        _exchanged(kind=kind, relation_moved=moved), resolve(load("datong-example"), on=ON)
    )

    assert screening.verdicts["outcome"].to_list() == [outcome]
    assert {fact.column_id for fact in missing(screening)} == asked
