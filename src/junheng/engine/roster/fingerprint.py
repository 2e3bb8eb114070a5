"""The fingerprint of a roster: equal content, equal fingerprint, whatever file it was in."""

from __future__ import annotations

import hashlib

import polars as pl

from junheng.engine.roster.columns import Column, Kind
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import TABLES

FORMAT = "junheng-roster/1"
"""Enters the hash, so that a change of the canonical form changes every fingerprint."""

_DEGREE_PLACES = 7  # a centimetre; makes the text of a coordinate independent of its float


def fingerprint(roster: Roster) -> str:
    """Return the SHA-256 over the canonical rows, as 64 hexadecimal digits.

    Rows are written as escaped text, one per line, and sorted; the order of rows and columns,
    the source file and row numbers do not enter. A table that was given but is empty differs
    from one that was not given (§1).
    """
    digest = hashlib.sha256(f"{FORMAT}\n".encode())
    for table in sorted(TABLES, key=lambda each: each.id):
        if table.id not in roster.given:
            continue
        columns = sorted(table.columns, key=lambda each: each.id)
        names = [name for c in columns for name in _names(c)]
        digest.update(f"\f{table.id}\t{chr(9).join(names)}\n".encode())
        fields = [_written(c, name) for c in columns for name in _names(c)]
        lines = roster[table.id].select(pl.concat_str(fields, separator="\t").alias("line"))
        for line in lines["line"].sort().to_list():
            digest.update(line.encode())
            digest.update(b"\n")
    return digest.hexdigest()


def _names(column: Column) -> tuple[str, ...]:
    return (column.id, column.precision_id) if column.is_date else (column.id,)


def _written(column: Column, name: str) -> pl.Expr:
    """Write a column as text in which tab, line end and null cannot be mistaken."""
    value = pl.col(name)
    match column.kind:
        case Kind.CODES:
            value = value.list.sort().list.join("、")
        case Kind.DEGREES:
            value = (value * 10**_DEGREE_PLACES).round().cast(pl.Int64).cast(pl.String)
        case _:
            value = value.cast(pl.String)
    escaped = (
        value.str.replace_all("\\", "\\\\", literal=True)
        .str.replace_all("\t", "\\t", literal=True)
        .str.replace_all("\n", "\\n", literal=True)
    )
    return escaped.fill_null("\\N")
