from datetime import date
from hashlib import sha256

import polars as pl
import pytest

from junheng.engine.roster.checks import cross_row_problems
from junheng.engine.roster.generator import generate
from junheng.engine.roster.roster import Roster

ON = date(2026, 8, 31)


@pytest.fixture(scope="module")
def county() -> Roster:
    return generate(units=20, persons=500, seed=1, on=ON)


def _digest(roster: Roster) -> str:
    text = "\n".join(f"{t}\n{roster[t].write_json()}" for t in sorted(roster.given))
    return sha256(text.encode()).hexdigest()


def test_county_has_exactly_the_units_and_persons_asked_for(county: Roster) -> None:
    assert county["units"].height == 20
    assert county["persons"].height == 500
    assert county["persons"]["person_id"].n_unique() == 500


def test_county_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    first = _digest(generate(units=20, persons=100, seed=1, on=ON))

    assert _digest(generate(units=20, persons=100, seed=1, on=ON)) == first
    assert _digest(generate(units=20, persons=100, seed=2, on=ON)) != first


@pytest.mark.parametrize("seed", range(4))
def test_county_holds_no_contradiction_that_a_check_would_report(seed: int) -> None:
    assert cross_row_problems(generate(units=20, persons=500, seed=seed, on=ON)) == ()


def test_several_counties_share_neither_ids_nor_zones_across_their_borders() -> None:
    roster = generate(units=60, persons=1500, seed=1, on=ON, counties=3)

    units = roster["units"].select("unit_id", "county")
    hosts = roster["exchanges"].join(units, left_on="host_unit", right_on="unit_id")
    both = hosts.join(units, left_on="origin_unit", right_on="unit_id", suffix="_origin")

    assert roster["units"]["unit_id"].n_unique() == 60
    assert set(roster["units"]["county"]) == {"示例县", "示例2县", "示例3县"}
    assert both.height > 0
    assert both.filter(pl.col("county") != pl.col("county_origin")).height == 0


def test_stints_of_a_person_follow_one_another_without_gap(county: Roster) -> None:
    stints = county["stints"].sort("person_id", "since")
    following = stints.with_columns(next=pl.col("since").shift(-1).over("person_id"))

    inner = following.filter(pl.col("next").is_not_null())

    assert (inner["until"] == inner["next"]).all()
    last = following.filter(pl.col("next").is_null())
    assert last["until"].null_count() == last.height == 500


def test_persons_work_where_their_last_stint_is(county: Roster) -> None:
    present = county["stints"].filter(pl.col("until").is_null())

    both = county["persons"].join(present, on="person_id", suffix="_stint")

    assert (both["unit_id"] == both["unit_id_stint"]).all()


def test_exchanges_under_way_and_exchanges_that_end_at_the_start_both_occur() -> None:
    roster = generate(units=100, persons=5000, seed=1, on=ON)
    at_host = (
        roster["exchanges"]
        .join(
            roster["persons"],
            left_on=["person_id", "host_unit"],
            right_on=["person_id", "unit_id"],
        )
        .filter(~pl.col("relation_moved"))
    )

    start = date(2026, 9, 1)

    assert at_host.filter(pl.col("until") > start).height > 20
    assert at_host.filter(pl.col("until") == start).height > 10
    assert at_host.filter(pl.col("until") < start).height == 0


def test_towns_have_surplus_and_villages_are_short(county: Roster) -> None:
    on_it = county["persons"].filter(pl.col("employment") == "在编")
    counts = on_it.group_by(unit_id="establishment_unit").len()
    schools = county["units"].filter(pl.col("zone").is_not_null()).join(counts, on="unit_id")
    gap = schools.with_columns(gap=pl.col("len").cast(pl.Int64) - pl.col("establishment"))

    by_area = dict(gap.group_by("unit_area").agg(pl.col("gap").sum()).iter_rows())

    assert by_area["城市"] > 0
    assert by_area["乡村"] < 0


def test_most_units_have_declared_circumstances_complete_and_a_few_have_not(
    county: Roster,
) -> None:
    still = county["units"].filter(pl.col("unit_until").is_null())
    declared = county["declarations"].filter(pl.col("table_name") == "情形")

    assert still.height - declared["unit_id"].n_unique() == 1
    assert (declared["complete_as_of"] < ON).all()


def test_cells_that_planning_needs_are_filled_for_everybody(county: Roster) -> None:
    needed = ("employment", "in_post", "stage", "subject", "role", "unit_id", "title")

    assert county["persons"].select(needed).null_count().sum_horizontal()[0] == 0


def test_some_facts_are_blank_so_that_something_is_undecided(county: Roster) -> None:
    persons, stints = county["persons"], county["stints"]
    open_teaching = stints.filter(pl.col("until").is_null(), pl.col("stint_kind") == "任教")

    assert persons.filter(pl.col("birth_precision") == "month")["id_number"].null_count() > 0
    assert open_teaching["cycle_completed"].null_count() > 0
    assert persons["recruited_on"].null_count() > 0


@pytest.mark.parametrize(
    ("units", "persons", "counties", "seed"),
    [(1, 60, 1, 0), (2, 9, 1, 0), (3, 60, 2, 0), (2, 10, 0, 0), (2, 10, 1, -1)],
)
def test_impossible_sizes_and_seeds_are_refused(
    units: int, persons: int, counties: int, seed: int
) -> None:
    with pytest.raises(ValueError, match="a county needs"):
        generate(units=units, persons=persons, seed=seed, on=ON, counties=counties)


def test_smallest_county_allowed_can_be_made() -> None:
    roster = generate(units=2, persons=10, seed=0, on=ON)

    assert roster["persons"].height == 10
    assert cross_row_problems(roster) == ()


@pytest.mark.slow
def test_hundred_thousand_persons_are_made_with_all_tables() -> None:
    roster = generate(units=1500, persons=100_000, seed=1, on=ON)

    assert roster["persons"].height == 100_000
    assert roster["persons"]["id_number"].drop_nulls().is_unique().all()
