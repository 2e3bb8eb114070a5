"""Births: completed from the identity number, and compared with it."""

from __future__ import annotations

import polars as pl

from junheng.engine.roster.findings import WARNING, Fault, Findings
from junheng.engine.roster.roster import Sheet


def births_completed(
    frames: dict[str, pl.DataFrame], sheets: tuple[Sheet, ...], findings: Findings
) -> None:
    """Complete births given by month or year from the identity number, where both agree.

    A birth or sex that contradicts the number is reported and stays as written; an empty
    birth is taken from the number with a warning. Changes ``frames`` in place.
    """
    persons = frames.get("persons")
    if persons is None or "id_number" not in persons.columns:
        return
    number = pl.col("id_number")
    persons = persons.with_columns(
        number.str.slice(6, 8).str.to_date("%Y%m%d", strict=False).alias("_born"),
        pl.when(number.str.slice(16, 1).cast(pl.Int8, strict=False) % 2 == 1)
        .then(pl.lit("男"))
        .when(number.is_not_null())
        .then(pl.lit("女"))
        .alias("_sex"),
    )
    if "sex" in persons.columns:
        contradicts = (pl.col("sex") != pl.col("_sex")).fill_null(value=False)
        findings.add_frame(
            Fault("roster.sex-contradicts-id", severity=WARNING),
            persons.filter(contradicts),
            "sex",
            sheets,
        )
    if "birth" not in persons.columns:
        nothing = (
            pl.lit(None, pl.Date).alias("birth"),
            pl.lit(None, pl.String).alias("birth_precision"),
        )
        persons = persons.with_columns(nothing)
    frames["persons"] = _completed(persons, sheets, findings).drop("_born", "_sex")


def _completed(
    persons: pl.DataFrame, sheets: tuple[Sheet, ...], findings: Findings
) -> pl.DataFrame:
    born, birth, precision = pl.col("_born"), pl.col("birth"), pl.col("birth_precision")
    same = (
        pl.when(precision == "day")
        .then(birth == born)
        .when(precision == "month")
        .then(birth == born.dt.truncate("1mo"))
        .when(precision == "year")
        .then(birth == born.dt.truncate("1y"))
    )
    persons = persons.with_columns(same.alias("_same"))
    wrong = persons.filter(~pl.col("_same"))
    findings.add_frame(
        Fault("roster.birth-contradicts-id", severity=WARNING), wrong, "birth", sheets
    )
    missing = persons.filter(birth.is_null() & born.is_not_null())
    findings.add_frame(
        Fault("roster.birth-from-id", severity=WARNING), missing, "birth", sheets
    )
    take = born.is_not_null() & (pl.col("_same") | birth.is_null())
    return persons.with_columns(
        pl.when(take).then(born).otherwise(birth).alias("birth"),
        pl.when(take).then(pl.lit("day")).otherwise(precision).alias("birth_precision"),
    ).drop("_same")
