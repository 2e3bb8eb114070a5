"""Records that only some policies read are there, and disturb nothing else."""

from datetime import date

import polars as pl
import pytest

from junheng.engine.roster.generator import generate, shares
from junheng.engine.roster.roster import Roster

ON = date(2026, 8, 31)


@pytest.fixture(scope="module")
def county() -> Roster:
    return generate(units=60, persons=3000, seed=5, on=ON)


@pytest.mark.parametrize("table", ["benefits", "incidents", "children", "travel", "scores"])
def test_every_further_table_has_rows_of_known_persons(county: Roster, table: str) -> None:
    frame = county[table]
    persons = county["persons"]["person_id"]

    stated = frame["person_id"].drop_nulls()

    assert frame.height > 0
    assert stated.is_in(persons.implode()).all()


def test_teachers_know_when_they_began_and_leaders_when_they_leave(county: Roster) -> None:
    persons = county["persons"]
    leads = persons["office_level"].is_in(["正校级", "副校级"])

    assert persons["leaves_office_on"].is_not_null().to_list() == leads.to_list()
    assert (persons["teaching_since"].drop_nulls() <= ON).all()


def test_honours_are_confirmed_about_as_often_as_the_table_says(county: Roster) -> None:
    stated = county["honours"]["confirmed"].drop_nulls()

    assert abs(stated.to_list().count(True) * 1000 / len(stated) - shares.CONFIRMED) < 60


def test_ways_lead_from_homes_or_between_the_schools_of_a_zone(county: Roster) -> None:
    zones = dict(county["units"].select("unit_id", "zone").iter_rows())
    ways = county["travel"].filter(pl.col("from_unit").is_not_null())

    pairs = ways.select("from_unit", "unit_id").rows()

    assert [pair for pair in pairs if zones[pair[0]] != zones[pair[1]]] == []
    assert ways["person_id"].null_count() == ways.height
