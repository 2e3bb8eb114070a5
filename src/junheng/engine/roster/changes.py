"""What differs between two rosters: new, gone and changed rows, from → to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from junheng.engine.roster.cells import MASK, Written, written_rows
from junheng.engine.roster.columns import Column, Table
from junheng.engine.roster.rematching import rematch
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import TABLES
from junheng.errors import Problem

_SCHEMA = {
    "table": pl.String(),
    "key": pl.String(),
    "kind": pl.String(),
    "column": pl.String(),
    "from": pl.String(),
    "to": pl.String(),
}


class ChangeKind(StrEnum):
    """What happened to a row between the old and the new roster."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; private values are masked from the start.

    Attributes
    ----------
    table_id : the table
    key : id of the person, unit or quota whose row it is
    kind : new, gone or changed
    column_id : the column that changed; empty where the whole row is new or gone
    before, after : the cell as written in our own form; for a whole row its name, or, where
        the table has no key, all its filled cells
    """

    table_id: str
    key: str
    kind: ChangeKind
    column_id: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """All differences, in the order of tables, keys and columns.

    Attributes
    ----------
    changes : one each
    problems : rows of a form without ids that fit several persons of the old roster
    """

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def frame(self) -> pl.DataFrame:
        """The differences with columns table, key, kind, column, from, to, all text."""
        rows = [
            (c.table_id, c.key, c.kind.value, c.column_id, c.before, c.after)
            for c in self.changes
        ]
        return pl.DataFrame(rows, schema=_SCHEMA, orient="row")

    def counts(self) -> Mapping[tuple[str, ChangeKind], int]:
        """Return how many rows of each table are new, gone and changed; 0 is left out."""
        cells = {(c.table_id, c.key, c.kind) for c in self.changes if c.column_id}
        counted = Counter((table_id, kind) for table_id, _, kind in cells)
        counted.update((c.table_id, c.kind) for c in self.changes if not c.column_id)
        return dict(sorted(counted.items()))


def compare(old: Roster, new: Roster) -> Changes:
    """Compare two rosters.

    Persons and units are matched by id, their columns one by one. Rows of other tables are
    matched by their whole content: a row that changed is one gone and one new. Where a row
    stands in its file does not matter; how exactly a date was written does. Persons and units
    of a form without ids are found again first (:mod:`.rematching`).
    """
    again = rematch(old, new)
    found: list[Change] = []
    for table in TABLES:
        changed = _keyed if table.key else _unkeyed
        found += changed(table, old[table.id], again.roster[table.id])
    return Changes(tuple(found), again.problems)


_Row = tuple[Written, ...]


def _keyed(table: Table, old: pl.DataFrame, new: pl.DataFrame) -> Iterator[Change]:
    before, after = _by_key(table, old), _by_key(table, new)
    for key in sorted(before.keys() | after.keys()):
        if key not in after:
            name = _text(table.columns[1], before[key][1])
            yield Change(table.id, key, ChangeKind.GONE, before=name)
        elif key not in before:
            name = _text(table.columns[1], after[key][1])
            yield Change(table.id, key, ChangeKind.NEW, after=name)
        else:
            yield from _cells(table, key, before[key], after[key])


def _cells(table: Table, key: str, before: _Row, after: _Row) -> Iterator[Change]:
    for column, was, now in zip(table.columns, before, after, strict=True):
        if was != now:
            texts = _text(column, was), _text(column, now)
            yield Change(table.id, key, ChangeKind.CHANGED, column.id, *texts)


def _unkeyed(table: Table, old: pl.DataFrame, new: pl.DataFrame) -> Iterator[Change]:
    before, after = Counter(written_rows(table, old)), Counter(written_rows(table, new))
    rows = [(row, ChangeKind.GONE) for row in (before - after).elements()]
    rows += [(row, ChangeKind.NEW) for row in (after - before).elements()]
    ordered = sorted(rows, key=lambda each: (_owner(table, each[0]), _order(each[0]), each[1]))
    for row, kind in ordered:
        content = "；".join(
            f"{column.header} {_text(column, value)}"
            for column, value in zip(table.columns, row, strict=True)
            if value is not None
        )
        if kind is ChangeKind.GONE:
            yield Change(table.id, _owner(table, row), kind, before=content)
        else:
            yield Change(table.id, _owner(table, row), kind, after=content)


def _by_key(table: Table, frame: pl.DataFrame) -> dict[str, _Row]:
    return {str(row[0]): row for row in written_rows(table, frame)}


def _owner(table: Table, row: _Row) -> str:
    """Return the person, else the unit, else the first cell of a row without a key."""
    cells = {column.id: value for column, value in zip(table.columns, row, strict=True)}
    return str(cells.get("person_id") or cells.get("unit_id") or row[0] or "")


def _order(row: _Row) -> tuple[str, ...]:
    return tuple("" if value is None else str(value) for value in row)


def _text(column: Column, value: Written) -> str:
    if value is None:
        return ""
    return MASK if column.private else str(value)
