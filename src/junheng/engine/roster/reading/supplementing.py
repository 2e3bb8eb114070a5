"""Merging a filled supplement (待核实补充表) into the roster it was made for."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from junheng.engine.roster.columns import Column, Table
from junheng.engine.roster.findings import Fault, Findings
from junheng.engine.roster.roster import Sheet, roster_of
from junheng.engine.roster.tables import BY_ID


def supplemented(
    frames: Mapping[str, pl.DataFrame],
    added: Mapping[str, pl.DataFrame],
    sheets: tuple[Sheet, ...],
    findings: Findings,
) -> dict[str, pl.DataFrame]:
    """Return the frames with the supplement's cells in their empty places.

    A cell that contradicts the roster and a row whose id the roster lacks are problems, at
    their place in the supplement. A more exact date of the same month or year is taken. Rows
    of tables without a key are appended, except those the roster already has.
    """
    merged = dict(frames)
    for table_id, more in added.items():
        table = BY_ID[table_id]
        if table_id not in frames:
            merged[table_id] = more
            continue
        rows = roster_of({table_id: frames[table_id]})[table_id]  # with every column
        if table.key:
            merged[table_id] = _filled(table, rows, more, (sheets, findings))
        else:
            merged[table_id] = _appended(table, rows, more)
    return merged


def _appended(table: Table, rows: pl.DataFrame, added: pl.DataFrame) -> pl.DataFrame:
    """Append rows, except those that only fill the gaps of a row that is there already."""
    names = [name for name in added.columns if name not in ("source", "row")]
    owner = table.columns[0].id
    numbered, new = rows.with_row_index("_at"), added.with_row_index("_new")
    pairs = numbered.join(new, on=owner, suffix="_added").filter(
        pl.all_horizontal(_agrees(name) for name in names if name != owner)
    )
    pairs = pairs.unique("_at", keep="first", maintain_order=True)
    pairs = pairs.unique("_new", keep="first", maintain_order=True)
    filled = pairs.with_columns(
        pl.coalesce(name, f"{name}_added").alias(name) for name in names if name != owner
    ).select("_at", *rows.columns)
    kept = numbered.join(filled, on="_at", how="anti")
    old = pl.concat([kept, filled]).sort("_at").drop("_at")
    fresh = new.join(pairs, on="_new", how="anti").drop("_new")
    return pl.concat([old, fresh], how="diagonal")


def _agrees(name: str) -> pl.Expr:
    old, new = pl.col(name), pl.col(f"{name}_added")
    return old.is_null() | old.eq_missing(new)


def _filled(
    table: Table,
    rows: pl.DataFrame,
    added: pl.DataFrame,
    where: tuple[tuple[Sheet, ...], Findings],
) -> pl.DataFrame:
    sheets, findings = where
    key = list(table.key)
    if any(name not in added.columns for name in key):
        return rows  # the missing header is reported already
    strange = added.join(rows, on=key, how="anti")
    findings.add_frame(Fault("roster.supplement-unknown-row"), strange, key[0], sheets)
    doubled = added.filter(pl.struct(key).is_duplicated())
    findings.add_frame(Fault("roster.supplement-row-twice"), doubled, key[0], sheets)
    unique = added.unique(key, keep="first", maintain_order=True)
    joined = rows.join(unique, on=key, how="left", suffix="_added", maintain_order="left")
    for column in table.columns:
        if column.id in key or column.id not in unique.columns:
            continue
        joined = _column_filled(column, joined, (sheets, findings))
    return joined.drop([name for name in joined.columns if name.endswith("_added")])


def _column_filled(
    column: Column, joined: pl.DataFrame, where: tuple[tuple[Sheet, ...], Findings]
) -> pl.DataFrame:
    sheets, findings = where
    old, new = pl.col(column.id), pl.col(f"{column.id}_added")
    take = old.is_null() & new.is_not_null()
    if column.is_date:
        take = take | _more_exact(column)
    contradicts = old.is_not_null() & new.is_not_null() & (old != new) & ~take
    wrong = joined.filter(contradicts).select(
        pl.col("source_added").alias("source"), pl.col("row_added").alias("row")
    )
    findings.add_frame(Fault("roster.supplement-contradicts"), wrong, column.id, sheets)
    names = [column.id, column.precision_id] if column.is_date else [column.id]
    joined = joined.with_columns(take.fill_null(value=False).alias("_take"))
    return joined.with_columns(
        pl.when(pl.col("_take"))
        .then(pl.col(f"{name}_added"))
        .otherwise(pl.col(name))
        .alias(name)
        for name in names
    ).drop("_take")


def _more_exact(column: Column) -> pl.Expr:
    """Say where the added date lies in the month or year that was written before."""
    old, new = pl.col(column.id), pl.col(f"{column.id}_added")
    precision = pl.col(column.precision_id)
    finer = pl.col(f"{column.precision_id}_added") != precision
    within_month = (precision == "month") & (old == new.dt.truncate("1mo"))
    within_year = (precision == "year") & (old == new.dt.truncate("1y"))
    return (finer & (within_month | within_year)).fill_null(value=False)
