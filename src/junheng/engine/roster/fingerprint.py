"""The fingerprint of a roster: equal content, equal fingerprint, whatever file it was in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import polars as pl

from junheng.engine.roster.columns import Column, Kind, Table
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import TABLES

FORMAT = "junheng-roster/2"
"""Enters the hash, so that a change of the canonical form changes every fingerprint."""

_DEGREE_PLACES = 7  # a centimetre; makes the text of a coordinate independent of its float
_CHUNK = 1 << 16  # rows hashed at once, so that no copy of a whole table is made
_SPECIAL = r"[\\\t\n]"
_ESCAPED = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"))
_NULL = "\\N"  # no escaped text holds a single backslash before N
_LISTED = "、"


def fingerprint(roster: Roster) -> str:
    """Return the SHA-256 over the canonical rows, as 64 hexadecimal digits.

    Rows are written as escaped text, one per line, and sorted, after a line that names the
    table, its number of rows and its columns; the order of rows and columns, the source file
    and row numbers do not enter. A table that was given but is empty differs from one that was
    not given (§1).
    """
    digest = hashlib.sha256(f"{FORMAT}\n".encode())
    for table in sorted(TABLES, key=lambda each: each.id):
        if table.id not in roster.given:
            continue
        frame = roster[table.id]
        names = [name for column in _columns(table) for name in _names(column)]
        head = "\t".join([table.id, str(frame.height), *names])
        digest.update(f"\f{head}\n".encode())
        for chunk in _chunks(_lines(frame, table)):
            digest.update(chunk)
    return digest.hexdigest()


def _columns(table: Table) -> list[Column]:
    """Return the columns by id, ids of things first: lines that differ early sort faster."""
    return sorted(table.columns, key=lambda each: (not each.id.endswith("_id"), each.id))


def _names(column: Column) -> tuple[str, ...]:
    return (column.id, column.precision_id) if column.is_date else (column.id,)


def _lines(frame: pl.DataFrame, table: Table) -> pl.Series:
    """Write each row as one line and sort the lines by their bytes."""
    fields = frame.select(
        _written(column, name) for column in _columns(table) for name in _names(column)
    )
    blank = [name for name in fields.columns if fields[name].null_count() == frame.height]
    filled = [name for name in fields.columns if name not in blank]
    special = fields.select(pl.col(filled).str.contains(_SPECIAL).any())
    unsafe = [name for name in filled if special[name].item()]
    parts = [
        pl.lit(_NULL) if name in blank else _escaped(pl.col(name), doing=name in unsafe)
        for name in fields.columns
    ]
    line = pl.concat_str(parts, separator="\t").alias("line")
    return fields.with_columns(line)["line"].sort()  # one line per row even if all is blank


def _written(column: Column, name: str) -> pl.Expr:
    """Write a column as text: days as numbers, of a list every word behind a mark."""
    value = pl.col(name)
    match column.kind:
        case Kind.CODES:
            word = pl.element().str.replace_all("\\", "\\\\", literal=True)
            word = word.str.replace_all(_LISTED, f"\\{_LISTED}", literal=True)
            marked = pl.concat_str(pl.lit(_LISTED), word)
            return value.list.sort().list.eval(marked).list.join("")
        case Kind.DATE | Kind.UNTIL if name == column.id:
            return value.to_physical().cast(pl.String)
        case Kind.DEGREES:
            return (value * float(10**_DEGREE_PLACES)).round().cast(pl.Int64).cast(pl.String)
        case _:
            return value.cast(pl.String)


def _escaped(text: pl.Expr, *, doing: bool) -> pl.Expr:
    """Write text in which tab, line end and null cannot be mistaken."""
    if doing:
        for special, instead in _ESCAPED:
            text = text.str.replace_all(special, instead, literal=True)
    return text.fill_null(_NULL)


def _chunks(lines: pl.Series) -> Iterator[bytes]:
    """Yield the lines, each with its end, some thousands at once."""
    for start in range(0, lines.len(), _CHUNK):
        joined = lines.slice(start, _CHUNK).str.join("\n").cast(pl.Binary)
        chunk: bytes = joined.item()
        yield chunk
        yield b"\n"
