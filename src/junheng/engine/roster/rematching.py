"""Finding the same persons and units again in a roster whose form holds no ids.

A form without 人员编号 gets assigned ids by row, so that a new row would shift them all. At a
re-import a person is known by 身份证号, else by name, birth and unit together; a unit by its
name. Whoever fits several is not guessed but reported.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import polars as pl

from junheng.engine.roster.columns import Kind
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import BY_ID, TABLES
from junheng.errors import Problem

_PERSON_COLUMNS = frozenset({"person_id", "relative_id", "partner_id"})
_OTHER_IDS = frozenset({"rule_id", "quota_id"})


@dataclass(frozen=True, slots=True)
class Rematch:
    """A new roster with the ids of the old one.

    Attributes
    ----------
    roster : the new roster; persons that fit nobody, or several, keep an id of their own
    problems : the rows that fit several persons of the old roster
    """

    roster: Roster
    problems: tuple[Problem, ...]


def rematch(old: Roster, new: Roster) -> Rematch:
    """Give persons and units of a re-import whose ids were assigned the ids they had.

    Ids that stand in the new file are never touched; a roster without files is returned as
    it is.
    """
    unit_ids = _matched_units(old, new)
    renamed_units = _renamed(new, unit_ids, persons=False) if unit_ids else new
    person_ids, problems = _matched_persons(old, renamed_units)
    roster = _renamed(renamed_units, person_ids, persons=True) if person_ids else renamed_units
    return Rematch(roster, problems)


def _assigned(roster: Roster, table_id: str) -> pl.DataFrame:
    """Return the rows whose key stands in no cell of a file."""
    key = BY_ID[table_id].key[0]
    without = [n for n, sheet in enumerate(roster.sheets) if not sheet.letters.get(key)]
    return roster[table_id].filter(pl.col("source").is_in(without).fill_null(value=False))


def _matched_units(old: Roster, new: Roster) -> Mapping[str, str]:
    assigned = _assigned(new, "units")
    known = _grouped(old["units"].select("unit_name", "unit_id").iter_rows())
    matched = {
        unit_id: known[name][0]
        for name, unit_id in assigned.select("unit_name", "unit_id").iter_rows()
        if len(known.get(name, ())) == 1
    }
    return _completed(matched, assigned["unit_id"].to_list(), _ids(old, "units"), "U{:03d}")


def _matched_persons(old: Roster, new: Roster) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    assigned = _assigned(new, "persons")
    if assigned.height == 0:
        return {}, ()
    rows = (
        old["persons"]
        .select("id_number", "person_name", "birth", "unit_id", "person_id")
        .rows()
    )
    by_number = _grouped((row[0], row[4]) for row in rows if row[0] is not None)
    by_name = _grouped((row[1:4], row[4]) for row in rows)
    fitting = {
        row["person_id"]: by_number.get(row["id_number"])
        or by_name.get((row["person_name"], row["birth"], row["unit_id"]), [])
        for row in assigned.iter_rows(named=True)
    }
    claimed = Counter(found[0] for found in fitting.values() if len(found) == 1)
    matched = {
        person_id: found[0]
        for person_id, found in fitting.items()
        if len(found) == 1 and claimed[found[0]] == 1
    }
    problems = [
        _ambiguous(new, row["source"], row["row"], fitting[row["person_id"]])
        for row in assigned.iter_rows(named=True)
        if fitting[row["person_id"]] and row["person_id"] not in matched
    ]
    completed = _completed(
        matched, assigned["person_id"].to_list(), _ids(old, "persons"), "T{:04d}"
    )
    return completed, tuple(problems)


def _ambiguous(new: Roster, source: int, row: int, found: list[str]) -> Problem:
    values = {"count": str(len(found)), "found": "、".join(sorted(found))}
    return Problem(
        "forms.ambiguous-match",
        place=new.sheets[source].place(row, "person_name"),
        values=MappingProxyType(values),
    )


def _completed(
    matched: Mapping[str, str], assigned: Iterable[str], taken: set[str], pattern: str
) -> Mapping[str, str]:
    """Give every assigned id its old one; a stranger whose id is taken gets the next free.

    ``pattern`` formats a number; ids of another form, such as credit codes, are kept.
    """
    assigned = list(assigned)
    used = taken.union(assigned)
    free = (each for each in map(pattern.format, itertools.count(1)) if each not in used)
    form = re.compile(rf"{pattern[0]}\d+")
    return {
        each: matched[each]
        if each in matched
        else (next(free) if each in taken and form.fullmatch(each) else each)
        for each in assigned
    }


def _ids(roster: Roster, table_id: str) -> set[str]:
    return set(roster[table_id][BY_ID[table_id].key[0]].to_list())


def _grouped(pairs: Iterable[tuple[object, str]]) -> dict[object, list[str]]:
    grouped: dict[object, list[str]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return dict(grouped)


def _renamed(roster: Roster, ids: Mapping[str, str], *, persons: bool) -> Roster:
    """Replace ids in every column that holds them."""
    tables = {}
    for table in TABLES:
        columns = [
            column.id
            for column in table.columns
            if column.kind is Kind.ID
            and column.id not in _OTHER_IDS
            and (column.id in _PERSON_COLUMNS) == persons
        ]
        tables[table.id] = roster[table.id].with_columns(
            pl.col(name).replace(dict(ids)) for name in columns
        )
    return replace(roster, tables=MappingProxyType(tables))
