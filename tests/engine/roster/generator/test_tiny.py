from pathlib import Path

import polars as pl
import pytest

from junheng.engine.roster.generator import TINY_DAY, tiny
from junheng.engine.roster.reading import read_roster
from junheng.engine.roster.writing import write_workbook

READ_BY_PLANNING = (
    "sex",
    "birth",
    "employment",
    "in_post",
    "full_time_teacher",
    "establishment_unit",
    "title",
    "subject",
    "stage",
    "office_level",
    "role",
    "home_latitude",
    "home_longitude",
)


@pytest.mark.parametrize("seed", range(0, 60, 6))
def test_tiny_county_has_the_size_asked_for_and_no_blank_cell_that_planning_reads(
    seed: int,
) -> None:
    roster = tiny(seed, 2 + seed % 3, 4 + seed % 6)

    assert roster["units"].height == 2 + seed % 3
    assert roster["persons"].height == 4 + seed % 6
    assert roster["persons"].select(READ_BY_PLANNING).null_count().sum_horizontal()[0] == 0
    assert roster["units"]["establishment"].null_count() == 0


def test_tiny_county_is_the_same_for_the_same_seed() -> None:
    first, second = tiny(11), tiny(11)

    assert all(first[table].equals(second[table]) for table in first.given)
    assert not tiny(12)["persons"].equals(first["persons"])


@pytest.mark.parametrize("seed", range(8))
def test_tiny_county_is_a_roster_without_problems(seed: int, tmp_path: Path) -> None:
    roster = tiny(seed, 3, 8)
    write_workbook(roster, tmp_path / "tiny.xlsx", on=TINY_DAY)

    assert read_roster(tmp_path / "tiny.xlsx").warnings == ()


def test_tiny_counties_vary_in_everything_that_matters() -> None:
    rosters = [tiny(seed) for seed in range(200)]

    def some(table: str, test: pl.Expr) -> int:
        return sum(roster[table].filter(test).height > 0 for roster in rosters)

    everything = pl.lit(value=True)
    counts = {
        "heads": some("persons", pl.col("role") == "校长"),
        "exchanges": some("exchanges", everything),
        "ill": some("circumstances", everything),
        "pinned": some("decisions", pl.col("decision_kind") == "固定"),
        "barred": some("decisions", pl.col("decision_kind") == "禁止"),
        "over": some("posts", pl.col("established") == 0),
    }
    assert min(counts.values()) >= 10, counts
    assert max(counts.values()) < 200, counts
