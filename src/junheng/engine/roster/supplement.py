"""The fill-in workbook for facts that are missing (待核实补充表).

It looks like our own form: sheets of the same names with the columns that are missing, one
sheet per table, and 填报确认 for tables nobody has declared complete. Every command takes it
back as ``--supplement``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from junheng.engine.roster.cells import Written, written_rows
from junheng.engine.roster.columns import Column, Table
from junheng.engine.roster.layout import (
    GUIDE_SHEET,
    Form,
    open_form,
    write_table,
)
from junheng.engine.roster.roster import Roster
from junheng.engine.roster.tables import BY_ID, TABLES
from junheng.messages import sentence

ORIENTATION = (
    Column("unit_name", "单位名称"),
    Column("person_name", "姓名"),
)
"""Columns that only tell the officer who a row is about; reading drops them where the table
has no such column."""


@dataclass(frozen=True, slots=True, order=True)
class MissingFact:
    """A fact that a verdict needs and the roster lacks.

    Attributes
    ----------
    person_id : whom it is missing for; empty where it is missing for a unit
    table_id : the table that would hold it
    column_id : the column; empty where the whole table is not known to be complete
    unit_id : the unit that supplies it
    """

    person_id: str
    table_id: str
    column_id: str
    unit_id: str


def write_supplement(missing: Iterable[MissingFact], roster: Roster, path: Path) -> None:
    """Write the workbook in which units fill in what is missing.

    Persons and units get one row each with the missing columns coloured. Of what happened to
    a person (stints, honours …) the rows known are shown with their gaps coloured, and a row
    to fill where none is known. A table that no unit declared complete gets a line per unit in
    填报确认. Order: table, unit, person.
    """
    facts = sorted(set(missing))
    by_table: dict[str, list[MissingFact]] = defaultdict(list)
    for fact in facts:
        by_table[fact.table_id].append(fact)
    names = _Names(roster)
    with open_form(path) as form:
        _write_guide(form)
        for table in TABLES:
            wanted = [fact for fact in by_table[table.id] if fact.column_id]
            whole = [fact for fact in by_table[table.id] if not fact.column_id]
            if table.key and wanted:
                _write_keyed(form, table, wanted, names)
            elif not table.key and table.id != "declarations" and (wanted or whole):
                _write_history(form, table, [*wanted, *whole], names)
        _write_declarations(form, facts, names)


class _Names:
    """Looks up what orients the officer."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.units: Mapping[str, str] = dict(
            roster["units"].select("unit_id", "unit_name").iter_rows()
        )
        self.persons: Mapping[str, str] = dict(
            roster["persons"].select("person_id", "person_name").iter_rows()
        )

    def orientation(self, fact: MissingFact) -> tuple[str, str]:
        """Return the names of unit and person, in the order of :data:`ORIENTATION`."""
        unit = self.units.get(fact.unit_id) or fact.unit_id
        return unit, self.persons.get(fact.person_id) or ""


def _write_keyed(form: Form, table: Table, facts: Sequence[MissingFact], names: _Names) -> None:
    """Write one row per person or unit with the columns missing for anybody."""
    key = table.column(table.key[0])
    asked: dict[str, set[str]] = defaultdict(set)
    first: dict[str, MissingFact] = {}
    for fact in facts:
        row_id = fact.person_id if key.id == "person_id" else fact.unit_id
        asked[row_id].add(fact.column_id)
        first.setdefault(row_id, fact)
    wanted = set().union(*asked.values())
    columns = [column for column in table.columns if column.id in wanted]
    oriented = ORIENTATION if key.id == "person_id" else ORIENTATION[:1]
    known = _known_cells(names.roster, table, list(asked))
    position = {column.id: index for index, column in enumerate(table.columns)}
    blank: tuple[Written, ...] = (None,) * len(table.columns)
    rows = [
        (
            row_id,
            *names.orientation(first[row_id])[: len(oriented)],
            *(known.get(row_id, blank)[position[column.id]] for column in columns),
        )
        for row_id in sorted(asked, key=lambda row_id: (first[row_id].unit_id, row_id))
    ]
    shown = [key, *oriented, *columns]
    write_table(form, table, rows, columns=shown, wanted=frozenset(wanted))


def _known_cells(
    roster: Roster, table: Table, row_ids: Sequence[str]
) -> Mapping[str, tuple[Written, ...]]:
    """Return the cells of the rows asked about, by id."""
    rows = roster[table.id].filter(pl.col(table.key[0]).is_in(row_ids))
    return {str(cells[0]): cells for cells in written_rows(table, rows)}


def _write_history(
    form: Form, table: Table, facts: Sequence[MissingFact], names: _Names
) -> None:
    """Write the rows known of each person asked about, else one row to fill."""
    owner = "person_id" if any(c.id == "person_id" for c in table.columns) else "unit_id"
    by_owner: dict[tuple[str, str], list[MissingFact]] = defaultdict(list)
    for fact in facts:
        by_owner[fact.unit_id, getattr(fact, owner)].append(fact)
    oriented = ORIENTATION if owner == "person_id" else ORIENTATION[:1]
    columns = (table.column(owner), *oriented, *(c for c in table.columns if c.id != owner))
    shown = [c for c in table.columns if c.id != owner]
    position = {column.id: index for index, column in enumerate(table.columns)}
    frames = names.roster[table.id].partition_by(owner, as_dict=True)
    rows: list[tuple[Written, ...]] = []
    for (_, row_id), asked in sorted(by_owner.items(), key=lambda item: item[0]):
        label = names.orientation(asked[0])[: len(oriented)]
        frame = frames.get((row_id,), names.roster[table.id].clear())
        known = list(written_rows(table, frame)) or [(None,) * len(table.columns)]
        rows += [(row_id, *label, *(cells[position[c.id]] for c in shown)) for cells in known]
    wanted = {f.column_id for f in facts if f.column_id} or {c.id for c in shown}
    write_table(form, table, rows, columns=columns, wanted=frozenset(wanted))


def _write_declarations(form: Form, facts: Sequence[MissingFact], names: _Names) -> None:
    """Write a line for every unit and table that is not known to be complete."""
    table = BY_ID["declarations"]
    sheets = {t.sheet: t.id for t in TABLES}
    declarable = table.column("table_name").codes
    pairs = sorted(
        {(f.unit_id, BY_ID[f.table_id].sheet) for f in facts if not f.column_id},
        key=lambda pair: (pair[0], list(sheets).index(pair[1])),
    )
    if declarable is None or not pairs:
        return
    columns = (table.columns[0], ORIENTATION[0], *table.columns[1:])
    blank = (None,) * (len(table.columns) - 2)
    rows = [
        (unit_id, names.units.get(unit_id) or unit_id, sheet, *blank)
        for unit_id, sheet in pairs
        if sheet in declarable.codes
    ]
    write_table(
        form,
        table,
        rows,
        lines=(sentence("forms.supplement-statement"), sentence("forms.signature", unit="")),
        columns=columns,
        wanted=frozenset({"complete_as_of", "declared_by", "declared_on"}),
    )


def _write_guide(form: Form) -> None:
    sheet = form.sheet(GUIDE_SHEET)
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, sentence("forms.supplement-title"), form.styles.title)
    rules = sentence("forms.supplement-rules").strip().split("\n")
    for row, rule in enumerate(rules, start=2):
        sheet.write_string(row, 0, rule, form.styles.note)
