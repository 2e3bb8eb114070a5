"""Checks of careers: stints that overlap, two units at once, the present unit.

Dates by month or year are given the benefit of the doubt: a stint that ends in September and
one that begins in the same September do not overlap for certain and are not reported.
"""

from __future__ import annotations

import polars as pl

from junheng.engine.roster.findings import WARNING, Fault, Findings
from junheng.engine.roster.roster import Roster

_AT_HOME = ("任教", "任职")
"""Kinds of stint that fill a person's time; exchanges and leave run beside them."""


def check_stints(roster: Roster, findings: Findings) -> None:
    """Report stints of one person that cannot both be true."""
    at_home = _certain(roster["stints"]).filter(
        pl.col("stint_kind").is_in(_AT_HOME) | pl.col("stint_kind").is_null()
    )
    pairs = _overlapping(at_home)
    same_unit = pl.col("unit_id") == pl.col("unit_id_other")
    same_post = pl.col("post").eq_missing(pl.col("post_other"))
    elsewhere = pairs.filter(~same_unit)
    twice = pairs.filter(same_unit & same_post)
    beside = pairs.filter(same_unit & ~same_post)
    sheets = roster.sheets
    findings.add_frame(Fault("roster.two-units-at-once"), elsewhere, "since", sheets)
    findings.add_frame(Fault("roster.stints-overlap"), twice, "since", sheets)
    findings.add_frame(Fault("roster.posts-overlap", severity=WARNING), beside, "since", sheets)
    _check_present_unit(roster, at_home, findings)


def _certain(stints: pl.DataFrame) -> pl.DataFrame:
    """Add the latest possible first day and the earliest possible end of each stint."""
    since, until = pl.col("since"), pl.col("until")
    latest = (
        pl.when(pl.col("since_precision") == "month")
        .then(since.dt.offset_by("1mo").dt.offset_by("-1d"))
        .when(pl.col("since_precision") == "year")
        .then(since.dt.offset_by("1y").dt.offset_by("-1d"))
        .otherwise(since)
    )
    earliest = (
        pl.when(pl.col("until_precision") == "month")
        .then(until.dt.offset_by("-1mo").dt.offset_by("1d"))
        .when(pl.col("until_precision") == "year")
        .then(until.dt.offset_by("-1y").dt.offset_by("1d"))
        .otherwise(until)
    )
    return stints.with_columns(latest.alias("_latest"), earliest.alias("_earliest"))


def _overlapping(stints: pl.DataFrame) -> pl.DataFrame:
    """Return the later row of each pair of one person that overlaps for certain."""
    rows = stints.filter(pl.col("_latest").is_not_null()).with_row_index("_index")
    several = rows.filter(pl.len().over("person_id") > 1)
    first = several.select("person_id", "unit_id", "post", "_latest", "_earliest", "_index")
    pairs = several.join(first, on="person_id", suffix="_other").filter(
        pl.col("_index") > pl.col("_index_other")
    )
    return pairs.filter(
        (pl.col("_latest") < pl.col("_earliest_other")).fill_null(value=True)
        & (pl.col("_latest_other") < pl.col("_earliest")).fill_null(value=True)
    )


def _check_present_unit(roster: Roster, at_home: pl.DataFrame, findings: Findings) -> None:
    """Warn where a person's only open stint is at another unit than the person's row says."""
    still = at_home.filter(pl.col("until").is_null() & (pl.len().over("person_id") > 0))
    only = still.filter(pl.len().over("person_id") == 1).select("person_id", "unit_id")
    persons = roster["persons"].join(only, on="person_id", suffix="_stint")
    temporary = roster["stints"].filter(
        pl.col("until").is_null() & ~pl.col("stint_kind").is_in(_AT_HOME)
    )
    elsewhere = persons.filter(pl.col("unit_id") != pl.col("unit_id_stint")).join(
        temporary.select("person_id", "unit_id"), on=["person_id", "unit_id"], how="anti"
    )
    findings.add_frame(
        Fault("roster.present-unit-differs", severity=WARNING),
        elsewhere,
        "unit_id",
        roster.sheets,
    )
