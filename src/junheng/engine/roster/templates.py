"""Empty forms, and one workbook per unit to confirm, sign and send back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from junheng.engine.roster.cells import written_rows
from junheng.engine.roster.columns import Table
from junheng.engine.roster.layout import GUIDE_SHEET, Form, open_form, write_table
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import TABLES
from junheng.messages import sentence

OFFICE_ONLY = ("decisions", "issued_quotas")
"""Tables the bureau keeps itself; schools do not get their rows."""

OFFICE_FILE = "局内留存.xlsx"
"""Holds the rows that belong to no single unit, and the tables of the bureau."""

_NAME_LENGTH = 60
_UNSAFE = re.compile(r'[\\/:*?"<>|~\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def write_template(path: Path) -> None:
    """Write the empty workbook of our own form.

    One sheet per table in the order of :data:`TABLES`, after a page that explains them;
    drop-downs from the code lists, ids and dates as text so that no digit is lost.
    """
    with open_form(path) as form:
        write_guide(form, TABLES)
        for table in TABLES:
            write_table(form, table)


def write_unit_workbooks(roster: Roster, folder: Path) -> tuple[Path, ...]:
    """Write one workbook per unit with its rows of every table; return the files by name.

    A row belongs to the unit it names, else to the working unit of its person. Id numbers are
    included: the workbooks go back to those who supplied them. What belongs to no unit, and the
    bureau's own decisions and quotas, go to :data:`OFFICE_FILE`. Reading the whole folder gives
    the same roster again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    owned = {table.id: _owners(roster, table) for table in TABLES}
    given = [table for table in TABLES if table.id in roster.given]
    names: dict[str, str] = dict(roster["units"].select("unit_id", "unit_name").iter_rows())
    taken = {OFFICE_FILE.casefold()}
    files = []
    for unit_id in sorted(names):
        path = folder / _file_name(unit_id, names[unit_id], taken)
        parts = {t.id: roster[t.id].filter(owned[t.id] == unit_id) for t in given}
        _write_unit(path, names[unit_id] or unit_id, given, parts)
        files.append(path)
    rest = {
        t.id: roster[t.id].filter(~owned[t.id].is_in(list(names)).fill_null(value=False))
        for t in given
    }
    if any(part.height for part in rest.values()):
        path = folder / OFFICE_FILE
        _write_unit(path, sentence("forms.office"), given, rest)
        files.append(path)
    return tuple(files)


def write_guide(form: Form, tables: Iterable[Table]) -> None:
    """Write the first sheet: how to fill in, and what each sheet is for."""
    sheet = form.sheet(GUIDE_SHEET)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, sentence("forms.guide-title"), form.styles.title)
    rules = sentence("forms.guide-rules").strip().split("\n")
    row = 2
    for number, rule in enumerate(rules, start=1):
        sheet.write_string(row, 0, f"{number}", form.styles.note)
        sheet.write_string(row, 1, rule, form.styles.note)
        row += 1
    row += 1
    for table in tables:
        purpose = sentence(f"forms.purpose-{table.id}".replace("_", "-"))
        sheet.write_string(row, 0, table.sheet, form.styles.header)
        sheet.write_string(row, 1, purpose, form.styles.note)
        row += 1


def signature_lines(unit: str) -> tuple[str, ...]:
    """Return the two lines above the sheet 填报确认 that a unit signs."""
    return (
        sentence("forms.statement", unit=unit),
        sentence("forms.signature", unit=unit),
    )


def _write_unit(
    path: Path, unit: str, given: Iterable[Table], parts: Mapping[str, pl.DataFrame]
) -> None:
    with open_form(path) as form:
        write_guide(form, given)
        for table in TABLES:
            if table.id == "declarations":
                rows = written_rows(table, parts[table.id]) if table.id in parts else ()
                write_table(form, table, rows, lines=signature_lines(unit))
            elif table.id in parts and (parts[table.id].height or table.id not in OFFICE_ONLY):
                write_table(form, table, written_rows(table, parts[table.id]))


def _owners(roster: Roster, table: Table) -> pl.Series:
    """Return the unit each row belongs to; null where it belongs to none."""
    frame = roster[table.id]
    names = {column.id for column in table.columns}
    if table.id in OFFICE_ONLY:
        return pl.Series("owner", [None] * frame.height, dtype=pl.String)
    if "person_id" not in names or table.id == "persons":
        return frame["unit_id"].alias("owner")
    working = roster["persons"].select("person_id", owner="unit_id").unique("person_id")
    return frame.join(working, on="person_id", how="left", maintain_order="left")["owner"]


def _file_name(unit_id: str, unit_name: str | None, taken: set[str]) -> str:
    """Return a file name that every system accepts and no other unit has."""
    stem = (
        _UNSAFE.sub("_", f"{unit_id} {unit_name or ''}").strip(" .")[:_NAME_LENGTH].strip(" .")
    )
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"单位 {stem}".strip()
    name, number = f"{stem}.xlsx", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}({number}).xlsx"
    taken.add(name.casefold())
    return name
