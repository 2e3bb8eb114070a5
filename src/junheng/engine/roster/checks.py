"""Checks across rows and tables, on whole columns at once.

A check reports rows, never persons. What cannot be decided because a table or a date is missing
is not reported (§1).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import polars as pl

from junheng.engine.roster.columns import Kind, Table
from junheng.engine.roster.findings import ERROR, WARNING, Fault, Findings
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.stint_checks import check_stints
from junheng.engine.roster.tables import TABLES
from junheng.errors import Problem, Severity

LATITUDES, LONGITUDES = (3.0, 54.0), (73.0, 136.0)
"""Degrees within which China lies; outside, latitude and longitude are usually swapped."""

_UNIT_COLUMNS = (
    "unit_id",
    "establishment_unit",
    "parent_unit",
    "successor_unit",
    "pair_partner",
)
_UNITS_ELSEWHERE = (
    "relation_unit",
    "origin_unit",
    "host_unit",
    "assessor_unit",
    "from_unit",
)
"""These may lie outside the authority's own units: only a warning."""

_PERSON_COLUMNS = ("person_id", "relative_id", "partner_id")
_OFFERED = 20  # wrong ids for which the nearest known one is looked up; more is another fault


def cross_row_problems(roster: Roster) -> tuple[Problem, ...]:
    """Return every contradiction between rows and tables.

    Parameters
    ----------
    roster : typed tables, also with cells that were in error and are null
    """
    findings = Findings()
    _check_keys(roster, findings)
    _check_persons_twice(roster, findings)
    _check_references(roster, findings)
    _check_intervals(roster, findings)
    _check_quantities(roster, findings)
    _check_coordinates(roster, findings)
    _check_hierarchy(roster, findings)
    _check_stages(roster, findings)
    _check_overrides(roster, findings)
    check_stints(roster, findings)
    return findings.problems


def _check_keys(roster: Roster, findings: Findings) -> None:
    for table in TABLES:
        if table.key:
            doubled = roster[table.id].filter(
                pl.struct(table.key).is_duplicated() & pl.col(table.key[0]).is_not_null()
            )
            findings.add_frame(
                Fault(f"roster.{table.id}-twice"), doubled, table.key[0], roster.sheets
            )


def _check_persons_twice(roster: Roster, findings: Findings) -> None:
    persons, sheets = roster["persons"], roster.sheets
    number = pl.col("id_number")
    findings.add_frame(
        Fault("roster.id-number-twice"),
        persons.filter(number.is_not_null() & number.is_duplicated()),
        "id_number",
        sheets,
    )
    same = ["person_name", "birth", "unit_id"]
    told_apart = number.drop_nulls().n_unique().over(same) == pl.len().over(same)
    reported = pl.col("person_id").is_duplicated() | (
        number.is_not_null() & number.is_duplicated()
    )
    alike = persons.filter(
        pl.all_horizontal(pl.col(same).is_not_null())
        & pl.struct(same).is_duplicated()
        & ~told_apart
        & ~reported
    )
    findings.add_frame(
        Fault("roster.person-alike", severity=WARNING), alike, "person_name", sheets
    )


def _check_references(roster: Roster, findings: Findings) -> None:
    targets = (
        ("units", "unit_id", _UNIT_COLUMNS, ERROR, "roster.unknown-unit"),
        ("units", "unit_id", _UNITS_ELSEWHERE, WARNING, "roster.unit-elsewhere"),
        ("persons", "person_id", _PERSON_COLUMNS, ERROR, "roster.unknown-person"),
    )
    for home, key, column_ids, severity, code in targets:
        if home not in roster.given or roster[home][key].null_count():
            continue  # without all ids nobody can say which reference is wrong
        known = roster[home][key].drop_nulls().unique()
        for table_id, column_id in _columns(roster, column_ids):
            if (table_id, column_id) == (home, key):
                continue
            wrong = roster[table_id].filter(~pl.col(column_id).is_in(known.implode()))
            _report_unknown(code, wrong, column_id, known, (roster, findings, severity))


def _filled(roster: Roster) -> Iterator[Table]:
    return (table for table in TABLES if not roster[table.id].is_empty())


def _columns(roster: Roster, column_ids: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for table in _filled(roster):
        for column in table.columns:
            if column.id in column_ids and column.kind is Kind.ID:
                yield table.id, column.id


def _report_unknown(
    code: str,
    wrong: pl.DataFrame,
    column_id: str,
    known: pl.Series,
    where: tuple[Roster, Findings, Severity],
) -> None:
    roster, findings, severity = where
    if wrong.is_empty():
        return
    ids = known.sort().to_list()
    for number, ((found,), rows) in enumerate(wrong.group_by(column_id, maintain_order=True)):
        near = difflib.get_close_matches(str(found), ids, n=1) if number < _OFFERED else []
        values = {"found": str(found), "nearest": near[0] if near else "—"}
        group = str(found) if number < _OFFERED else "further"
        fault = Fault(code, values, severity, group)
        findings.add_frame(fault, rows, column_id, roster.sheets)


def _check_intervals(roster: Roster, findings: Findings) -> None:
    for table in _filled(roster):
        ids = {column.id for column in table.columns}
        for column in table.columns:
            since = column.id.removesuffix("until") + "since"
            if column.kind is Kind.UNTIL and since in ids:
                empty = roster[table.id].filter(pl.col(since) >= pl.col(column.id))
                fault = Fault("roster.ends-before-start")
                findings.add_frame(fault, empty, column.id, roster.sheets)


def _check_overrides(roster: Roster, findings: Findings) -> None:
    """Report approved exceptions that name no rule, give no reason or have no approver."""
    overrides = roster["decisions"].filter(pl.col("decision_kind") == "例外批准")
    for column_id in ("rule_id", "reason", "approver"):
        blank = overrides.filter(pl.col(column_id).is_null())
        findings.add_frame(Fault("roster.override-incomplete"), blank, column_id, roster.sheets)


def _check_quantities(roster: Roster, findings: Findings) -> None:
    for table in _filled(roster):
        for column in table.columns:
            if column.kind in (Kind.WHOLE, Kind.NUMBER):
                below = roster[table.id].filter(pl.col(column.id) < 0)
                findings.add_frame(
                    Fault("roster.negative-number"), below, column.id, roster.sheets
                )


def _check_coordinates(roster: Roster, findings: Findings) -> None:
    for table_id, prefix in (("units", ""), ("persons", "home_")):
        for name, (low, high) in (("latitude", LATITUDES), ("longitude", LONGITUDES)):
            column_id = prefix + name
            outside = roster[table_id].filter(~pl.col(column_id).is_between(low, high))
            values = {"low": f"{low:g}", "high": f"{high:g}"}
            fault = Fault("roster.coordinate-out-of-range", values)
            findings.add_frame(fault, outside, column_id, roster.sheets)


def _check_hierarchy(roster: Roster, findings: Findings) -> None:
    """Report units that are their own superior, directly or through others."""
    units = roster["units"]
    parents = dict(units.select("unit_id", "parent_unit").drop_nulls().iter_rows())
    in_circle = [unit for unit in parents if _returns_to(unit, parents)]
    rows = units.filter(pl.col("unit_id").is_in(in_circle))
    findings.add_frame(Fault("roster.unit-above-itself"), rows, "parent_unit", roster.sheets)


def _returns_to(unit: str, parents: dict[str, str]) -> bool:
    above, seen = parents.get(unit), set[str]()
    while above is not None and above not in seen:
        if above == unit:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _check_stages(roster: Roster, findings: Findings) -> None:
    offered = roster["units"].select("unit_id", "unit_stages").drop_nulls().unique("unit_id")
    for table_id in ("persons", "posts"):
        rows = roster[table_id].join(offered, on="unit_id", how="inner")
        stage = pl.col("stage")
        wrong = rows.filter(stage.is_not_null() & ~pl.col("unit_stages").list.contains(stage))
        fault = Fault("roster.stage-not-offered", severity=WARNING)
        findings.add_frame(fault, wrong, "stage", roster.sheets)
